"""Reports: sections written as printed tables, CSV, JSON or a spreadsheet, and answers to saved queries as sections."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.queries import run, saved
from kg.graph.store import Graph
from kg.show.cells import unarmed
from kg.show.results import aligned
from kg.show.sections import Section

#: What :func:`written` can write
FORMATS = ("table", "csv", "json")
#: Rows of a section that a printed table shows unless told otherwise; the other forms have all
SHOWN = 20


def answered(graph: Graph, name: str, values: Mapping[str, str] | None = None) -> Section:
    """The answer to a saved query as a section.  QueryError for wrong values."""
    found = run(graph, name, values or {})
    if not isinstance(found, ox.QuerySolutions):
        raise GraphError(f"the saved query {name} gives no table.")
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple({column: getattr(row[column], "value", None) for column in columns} for row in found)
    return Section(name, saved()[name].title, columns, rows)


def written(sections: Sequence[Section], format: str, shown: int = SHOWN) -> str:
    """The text of a report.

    Args:
        sections: its lists, one table each.
        format: one of :data:`FORMATS`; CSV has one table of all columns, with the section's name in the first.
        shown: how many rows of each section a printed table has at most; 0 for all.
    """
    writers = {"csv": _csv, "json": _json}
    return writers[format](sections) if format in writers else "\n".join(_table(each, shown) for each in sections)


def save(sections: Sequence[Section], path: Path) -> int:
    """Write a report into a file, in the form of its ending (.xlsx, .csv, .json); gives the number of rows.

    GraphError for another ending.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from kg.show.sheets import write_workbook

        write_workbook(sections, path)
    elif ending in (".csv", ".json"):
        # Spreadsheets take UTF-8 for what it is by its byte order mark
        encoding = "utf-8-sig" if ending == ".csv" else "utf-8"
        path.write_text(written(sections, ending[1:]), encoding=encoding, newline="")
    else:
        raise GraphError(f"{path}: the ending {ending or '(none)'} is not known; write .xlsx, .csv or .json.")
    return sum(len(section.rows) for section in sections)


def _table(section: Section, shown: int) -> str:
    rows = section.rows[:shown] if shown else section.rows
    columns = [column for column in section.shown if any(row.get(column) for row in rows)]
    lines = [f"{section.title['zh']} · {section.title['en']} ({section.name}): {len(section.rows)}"]
    if rows:
        lines += aligned(columns, [[row.get(column) or "" for column in columns] for row in rows])
    if len(rows) < len(section.rows):
        lines.append(f"… and {len(section.rows) - len(rows)} more")
    return "\n".join(lines) + "\n"


def _csv(sections: Sequence[Section]) -> str:
    columns = list(dict.fromkeys(column for section in sections for column in section.columns))
    named = ["report"] if len(sections) > 1 else []
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*named, *columns], restval="")
    writer.writeheader()
    for section in sections:
        safe = ({name: unarmed(value) for name, value in row.items()} for row in section.rows)
        writer.writerows({**dict.fromkeys(named, section.name), **row} for row in safe)
    return out.getvalue()


def _json(sections: Sequence[Section]) -> str:
    content = {
        section.name: {"title": section.title, "rows": [dict(row) for row in section.rows]} for section in sections
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
