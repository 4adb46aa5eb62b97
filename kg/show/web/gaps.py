"""What is missing or contradicts itself: found once, when the catalogue is made, for the reports to show."""

from __future__ import annotations

import sqlite3

_COUNTED = """
SELECT link.entity, NULL, NULL, NULL FROM link JOIN fact ON fact.id = link.fact WHERE link.relation = 'task'
GROUP BY link.entity HAVING {condition} ORDER BY MIN(fact.file), MIN(fact.start)
"""
_COLLECTIVE_ONLY = """
SELECT task.entity, NULL, NULL, NULL FROM link AS task JOIN fact ON fact.id = task.fact
JOIN link AS who ON who.fact = fact.id AND who.relation = 'agency' JOIN entity ON entity.id = who.entity
WHERE task.relation = 'task' GROUP BY task.entity HAVING MIN(entity.kind = 'collective') = 1
ORDER BY MIN(fact.file), MIN(fact.start)
"""
_CONFLICTS = """
SELECT link.entity, fact.year, json_extract(fields, '$.unit'), json_extract(fields, '$.scope')
FROM link JOIN fact ON fact.id = link.fact WHERE link.relation = 'indicator' AND fact.kind = 'targets'
GROUP BY 1, 2, 3, 4 HAVING COUNT(DISTINCT json_extract(fields, '$.value')) > 1 ORDER BY 1, 2
"""
#: What each report looks for: tasks by what is missing or doubled, indicators by values that differ.
QUESTIONS = {
    "nobody": _COUNTED.format(condition="SUM(fact.agency IS NOT NULL) = 0"),
    "leads": _COUNTED.format(condition="COUNT(DISTINCT CASE WHEN value = 'lead' THEN agency END) > 1"),
    "no-lead": _COUNTED.format(condition="COUNT(DISTINCT agency) > 1 AND SUM(value = 'lead') = 0"),
    "no-deadline": _COUNTED.format(condition="SUM(json_extract(fields, '$.deadline') IS NOT NULL) = 0"),
    "collective": _COLLECTIVE_ONLY,
    "conflicts": _CONFLICTS,
}


def write(database: sqlite3.Connection) -> None:
    """Fill the table of reports: by question the things found, in order, with year, unit and scope of a target."""
    for name, sql in QUESTIONS.items():
        database.executemany(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?)", ((name, *row) for row in database.execute(sql).fetchall())
        )
