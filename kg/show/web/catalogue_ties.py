"""What ties things to each other beside facts: places in a hierarchy, reorganisations, posts held, one identity.

A part of the catalogue (see :mod:`kg.show.web.catalogue_build`), taken from the graphs of links across documents.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping

from kg.graph.store import Graph

SCHEMA = """
CREATE TABLE tie (subject INTEGER, relation TEXT, object INTEGER, year INTEGER, note TEXT);
CREATE TABLE tenure (person INTEGER, agency INTEGER, post TEXT, begin TEXT, end TEXT, first TEXT, last TEXT);
CREATE TABLE alias (iri TEXT UNIQUE, key TEXT UNIQUE, entity INTEGER);
"""
INDEXES = """
CREATE INDEX tie_subject ON tie (subject, relation);
CREATE INDEX tie_object ON tie (object, relation);
CREATE INDEX tenure_person ON tenure (person);
CREATE INDEX tenure_agency ON tenure (agency);
"""
#: Relation → statements; ``year`` and ``note`` where there are any.
_TIES = {
    "unit": "?subject org:unitOf ?object",
    "member": "?subject org:hasMember ?object",
    "became": "?event org:originalOrganization ?subject ; org:resultingOrganization ?object "
    "OPTIONAL { ?event dct:date ?year } OPTIONAL { ?event gz:changeKind ?note }",
}
_TENURES = """
SELECT ?person ?agency ?post ?begin ?end ?first ?last {
    ?tenure a gz:Tenure ; org:member ?person ; gz:heldPost ?post
    OPTIONAL { ?tenure org:organization ?agency } OPTIONAL { ?tenure gz:appointed ?begin }
    OPTIONAL { ?tenure gz:removed ?end } OPTIONAL { ?tenure gz:firstSeen ?first } OPTIONAL { ?tenure gz:lastSeen ?last }
}"""
#: A name as one document prints it, and what it was found to mean among all documents.
_IDENTITIES = (
    "?fact gz:indicator ?printed ; gz:measures ?meant",
    "?fact gz:person|org:member|gz:leader ?printed ; gz:identifiedPerson ?meant",
)


def identities(graph: Graph) -> dict[str, str]:
    """Printed indicators and people, and what each means; the most frequent where it means several things."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pattern in _IDENTITIES:
        rows = graph.select(f"SELECT ?printed ?meant (COUNT(?fact) AS ?n) {{ {pattern} }} GROUP BY ?printed ?meant")
        for row in rows:
            found[row["printed"] or ""][row["meant"] or ""] = int(row["n"] or 0)
    first = {printed: min(meant, key=lambda iri: (-meant[iri], iri)) for printed, meant in found.items()}
    return {printed: meant for printed, meant in first.items() if meant != printed}


def write(database: sqlite3.Connection, graph: Graph, entities: Mapping[str, int]) -> None:
    """Write the ties between the things of the catalogue, and the posts that people held."""
    for relation, pattern in _TIES.items():
        for row in graph.select(f"SELECT DISTINCT ?subject ?object ?year ?note {{ {pattern} }} ORDER BY ?year ?object"):
            ends = entities.get(row["subject"] or ""), entities.get(row["object"] or "")
            if None not in ends:
                year = int(row["year"]) if row["year"] else None
                database.execute(
                    "INSERT INTO tie VALUES (?, ?, ?, ?, ?)", (ends[0], relation, ends[1], year, row["note"])
                )
    for row in graph.select(_TENURES):
        person, agency = entities.get(row["person"] or ""), entities.get(row["agency"] or "")
        days = (row["begin"], row["end"], row["first"], row["last"])
        database.execute("INSERT INTO tenure VALUES (?, ?, ?, ?, ?, ?, ?)", (person, agency, row["post"], *days))
