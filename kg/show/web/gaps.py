"""The reports of gaps and conflicts for the pages: those of ``kg gaps`` and ``kg conflicts``, found once.

They are kept in the catalogue row by row, so that a page reads no more than it shows.
"""

from __future__ import annotations

import json
import sqlite3

from kg.graph.store import Graph
from kg.show.conflicts import conflicts
from kg.show.gaps import gaps
from kg.show.places import Places

SCHEMA = """
CREATE TABLE section (name TEXT, zh TEXT, en TEXT, columns TEXT, rows INTEGER);
CREATE TABLE report (name TEXT, fields TEXT);
"""


def write(database: sqlite3.Connection, graph: Graph) -> None:
    """Fill the tables of reports: a section each, and their rows in order."""
    places = Places(graph)
    # The summary has what the pages' own list of sections tells
    _, *found = gaps(graph, places=places)
    for section in (*found, *conflicts(graph, places)):
        title, columns = section.title, json.dumps(section.shown)
        values = (section.name, title["zh"], title["en"], columns, len(section.rows))
        database.execute("INSERT INTO section VALUES (?, ?, ?, ?, ?)", values)
        for row in section.rows:
            fields = json.dumps({column: row.get(column) for column in section.columns}, ensure_ascii=False)
            database.execute("INSERT INTO report VALUES (?, ?)", (section.name, fields))
    database.execute("CREATE INDEX report_name ON report (name)")
