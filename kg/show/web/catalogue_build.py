"""The catalogue: what the pages show, taken from the graph once into an SQLite file with the indexes that they need.

A page is then a handful of look-ups, whatever the size of the graph, and no page ever runs SPARQL.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kg.graph.folder import Manifest
from kg.graph.store import Graph
from kg.graph.vocabulary import TABLES, ontology_folder
from kg.show.tables import COMMON, Row, rows
from kg.show.web import catalogue_ties, gaps
from kg.show.web.grams import folded, grams

SCHEMA = """
CREATE TABLE entity (
    id INTEGER PRIMARY KEY, iri TEXT UNIQUE, key TEXT UNIQUE, kind TEXT, label TEXT, note TEXT, facts INTEGER DEFAULT 0
);
CREATE TABLE name (entity INTEGER, text TEXT, folded TEXT);
CREATE TABLE fact (
    id INTEGER PRIMARY KEY, iri TEXT, key TEXT, kind TEXT, doc TEXT, document INTEGER, file TEXT, start INTEGER,
    stop INTEGER, page INTEGER, quote TEXT, rule TEXT, confidence REAL, fields TEXT, value TEXT, year INTEGER,
    plan TEXT, agency TEXT, deadline INTEGER, band TEXT
);
CREATE TABLE link (fact INTEGER, relation TEXT, entity INTEGER, UNIQUE (fact, relation, entity));
CREATE TABLE place (fact INTEGER, file TEXT, start INTEGER, stop INTEGER, page INTEGER, quote TEXT, deciding INTEGER);
CREATE TABLE printed (document INTEGER, file TEXT, gazette TEXT, start INTEGER, stop INTEGER);
CREATE TABLE passage (id INTEGER PRIMARY KEY, document INTEGER, file TEXT, start INTEGER, text TEXT);
CREATE TABLE term (iri TEXT, is_class INTEGER, zh TEXT, en TEXT);
CREATE VIRTUAL TABLE name_index USING fts5(grams, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE passage_index USING fts5(grams, content='', tokenize="unicode61 remove_diacritics 0");
"""
INDEXES = """
CREATE INDEX fact_iri ON fact (iri);
CREATE INDEX fact_key ON fact (key);
CREATE INDEX fact_kind ON fact (kind, id);
CREATE INDEX fact_document ON fact (document, kind);
CREATE INDEX link_entity ON link (entity, relation, fact);
CREATE INDEX place_fact ON place (fact);
CREATE INDEX place_file ON place (file, start);
CREATE INDEX printed_document ON printed (document);
CREATE INDEX name_entity ON name (entity);
CREATE INDEX entity_kind ON entity (kind, facts DESC);
CREATE INDEX fact_year ON fact (kind, year);
CREATE INDEX fact_value ON fact (kind, value);
CREATE INDEX fact_plan ON fact (kind, plan);
CREATE INDEX fact_doc ON fact (kind, doc);
CREATE INDEX fact_agency ON fact (kind, agency);
CREATE INDEX fact_deadline ON fact (kind, deadline);
CREATE INDEX fact_band ON fact (kind, band);
UPDATE entity SET facts = (SELECT COUNT(DISTINCT fact) FROM link WHERE entity = entity.id);
ANALYZE;
"""

#: The things that have pages: their kinds, the query for their names (the first kind that a thing has is its own).
_ENTITIES = {
    "group": "?thing a gz:LeadingGroup ; skos:prefLabel|skos:altLabel ?name",
    "collective": "?thing a gz:Collective ; skos:prefLabel|skos:altLabel ?name",
    "agency": "?thing a gz:Agency ; skos:prefLabel|skos:altLabel ?name",
    "document": "?thing a gz:Document ; gz:rule ?rule ; dct:title|dct:identifier ?name",
    "plan": "?thing a gz:Plan ; dct:title ?name",
    "cited": "?thing a gz:CitedDocument ; dct:identifier|dct:title ?name",
    "person": "?thing a foaf:Person ; foaf:name ?name",
    "indicator": "?thing a gz:Indicator ; skos:prefLabel|skos:altLabel ?name",
    "task": "?thing a gz:Task ; rdfs:label ?name",
}
#: What names a thing where it has several names.
_LABELS = ("skos:prefLabel", "dct:title", "foaf:name", "rdfs:label")
#: A line about a thing, beside its name.
_NOTES = {
    "agency": "?thing a gz:Agency ; gz:level/skos:notation ?note",
    "document": "?thing a gz:Document ; dct:identifier ?note",
    "task": "?thing a gz:Task ; gz:sectionPath ?note",
    "indicator": "?thing a gz:Indicator ; gz:unitText ?note",
}
#: How facts hang on things.
_LINKS = {
    "agency": "prov:agent|gz:agency|org:post/org:postIn|gz:owner",
    "group": "org:organization",
    "issuer": "eli:passed_by",
    "addressee": "gz:addressee",
    "person": "gz:person|org:member|gz:leader|gz:identifiedPerson",
    "task": "^prov:qualifiedAssociation",
    "plan": "gz:setBy|prov:hadPlan",
    "indicator": "gz:indicator|gz:measures",
    "cited": "gz:cited",
    "document": "gz:statedIn",
    "serving": "^gz:serves",
}
#: The field of each table by whose values its facts are sorted into groups.
FACETS = {
    "documents": "kind",
    "plans": "type",
    "targets": "nature",
    "assignments": "role",
    "memberships": "role",
    "appointments": "action",
    "portfolios": "relation",
    "citations": "relation",
    "agencies": "level",
    "projects": "nature",
}
#: Confidences that belong together, from and to.
BANDS = ((0.95, 1.0), (0.9, 0.95), (0.8, 0.9), (0.6, 0.8))
_PLACES = """
SELECT ?graph ?fact ?file ?start ?stop ?quote ?page ?deciding WHERE {
    GRAPH ?graph {
        ?fact gz:evidence|gz:furtherEvidence ?place .
        ?place oa:hasSource ?source ; oa:hasSelector ?position , ?words .
        ?source gz:fileName ?file .
        ?position oa:start ?start ; oa:end ?stop .
        ?words oa:exact ?quote .
        OPTIONAL { ?place gz:page ?page }
        OPTIONAL { ?fact gz:evidence ?place BIND(1 AS ?deciding) }
    }
}"""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def kept_at(graph: Path, manifest: Manifest) -> Path | None:
    """Where the catalogue of this state of a graph is kept from one start to the next; None if nothing can be written.

    It lies beside the Oxigraph index and may be thrown away like that one.  Its name has a hash of the code and of the
    saved queries that make catalogues: another version of the program makes its own.
    """
    package = Path(__file__).parents[2]
    sources = [path for room in ("graph", "show") for path in (package / room).rglob("*.py")]
    sources += (ontology_folder() / "queries").glob("*.rq")
    code = b"".join(path.read_bytes() for path in sorted(sources))
    folder = graph / "index"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return folder / f"{manifest.content}.{sha256(code).hexdigest()[:12]}.sqlite" if os.access(folder, os.W_OK) else None


def build(graph: Graph, path: Path) -> None:
    """Write the catalogue of a graph into a new file, which is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    _write(graph, temporary)
    temporary.replace(path)
    for other in path.parent.glob("*.sqlite"):
        if other != path:
            other.unlink(missing_ok=True)


def _write(graph: Graph, path: Path) -> None:
    with sqlite3.connect(path) as database:
        # A file that is there whole or not at all needs no journal
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.executescript(SCHEMA + catalogue_ties.SCHEMA + gaps.SCHEMA)
        entities = _write_entities(database, graph)
        facts = _write_facts(database, graph, entities)
        _write_links(database, graph, entities, facts)
        catalogue_ties.write(database, graph, entities)
        _write_places(database, graph, facts)
        _write_texts(database, graph, entities)
        _write_terms(database, graph)
        database.executescript(INDEXES + catalogue_ties.INDEXES)
        gaps.write(database, graph)
    database.close()


def key_of(base: str, iri: str) -> str:
    """What a page's address says of a thing: its IRI below the graph's base, decoded; a foreign IRI behind ``-/``."""
    return unquote(iri.removeprefix(base)) if iri.startswith(base) else f"-/{unquote(iri)}"


def _write_entities(database: sqlite3.Connection, graph: Graph) -> dict[str, int]:
    """Write the things with their names; gives their numbers by IRI, also by the IRIs of what they are printed as."""
    meant = catalogue_ties.identities(graph)
    kinds: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for kind, pattern in _ENTITIES.items():
        for row in graph.select(f"SELECT DISTINCT ?thing ?name {{ {pattern} }} ORDER BY ?thing ?name"):
            thing = meant.get(row["thing"] or "", row["thing"] or "")
            if kinds.setdefault(thing, kind) == kind:
                names.setdefault(thing, []).append(row["name"] or "")
    labels: dict[str, str] = {}
    for link in _LABELS:
        for row in graph.select(f"SELECT ?thing (MIN(?name) AS ?label) {{ ?thing {link} ?name }} GROUP BY ?thing"):
            labels.setdefault(row["thing"] or "", row["label"] or "")
    notes: dict[str, str] = {}
    for pattern in _NOTES.values():
        for row in graph.select(f"SELECT ?thing (MIN(?note) AS ?words) {{ {pattern} }} GROUP BY ?thing"):
            notes.setdefault(row["thing"] or "", row["words"] or "")
    numbers = {}
    for number, (thing, kind) in enumerate(kinds.items(), start=1):
        label = labels.get(thing) or names[thing][0]
        key = key_of(graph.manifest.base, thing)
        database.execute(
            "INSERT OR IGNORE INTO entity VALUES (?, ?, ?, ?, ?, ?, 0)",
            (number, thing, key, kind, label, notes.get(thing)),
        )
        numbers[thing] = number
        if kind != "task":
            _write_names(database, number, dict.fromkeys([label, *names[thing]]))
        else:
            _write_names(database, number, [label])
    for printed, thing in meant.items():
        if thing in numbers:
            key = key_of(graph.manifest.base, printed)
            database.execute("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", (printed, key, numbers[thing]))
    return numbers | {printed: numbers[thing] for printed, thing in meant.items() if thing in numbers}


def _write_names(database: sqlite3.Connection, entity: int, names: Iterable[str]) -> None:
    for name in names:
        cursor = database.execute("INSERT INTO name VALUES (?, ?, ?)", (entity, name, folded(name)))
        database.execute("INSERT INTO name_index (rowid, grams) VALUES (?, ?)", (cursor.lastrowid, grams(name)))


Facts = dict[tuple[str, str], int]


def _write_facts(database: sqlite3.Connection, graph: Graph, entities: dict[str, int]) -> Facts:
    """Write all rows of the fact tables; gives their numbers by file and IRI."""
    documents = _documents(graph)
    gazette_years = {file.name: _year(file.gazette) for file in graph.manifest.files}
    numbers: Facts = {}
    for table in TABLES:
        for row in rows(graph, table):
            fields = {name: value for name, value in row.items() if name not in (*COMMON, "doc")}
            number = len(numbers) + 1
            numbers[row["file"], row["iri"]] = number
            year = fields.get("target_year") or _year(row["doc"]) or gazette_years.get(row["file"])
            plan = fields["title"] if table == "plans" else fields.get("plan")
            agency = fields.get("canonical") or fields.get("agency") or fields.get("organisation")
            database.execute(
                f"INSERT OR IGNORE INTO fact VALUES ({', '.join('?' * 20)})",
                (
                    number,
                    row["iri"],
                    key_of(graph.manifest.base, row["iri"]),
                    table,
                    row["doc"],
                    entities.get(documents.get(row["iri"], "")),
                    row["file"],
                    row["start"],
                    row["end"],
                    row["page"],
                    row["quote"],
                    row["rule"],
                    row["confidence"],
                    json.dumps(fields, ensure_ascii=False),
                    fields.get(FACETS[table]),
                    year,
                    plan,
                    agency,
                    _year(fields.get("deadline")),
                    _band(row["confidence"]),
                ),
            )
    return numbers


def _band(confidence: float) -> str:
    """The stretch of confidence that a list of facts is narrowed by."""
    return next((f"{least:.2f}–{most:.2f}" for least, most in BANDS if confidence >= least), f"< {BANDS[-1][0]:.2f}")


def _year(words: Any) -> int | None:
    found = _YEAR.search(str(words or ""))
    return int(found[0]) if found else None


def _documents(graph: Graph) -> dict[str, str]:
    return {
        row["fact"] or "": row["document"] or ""
        for row in graph.select("SELECT ?fact ?document { ?fact gz:rule ?rule ; gz:statedIn ?document }")
    }


def _write_links(database: sqlite3.Connection, graph: Graph, entities: dict[str, int], facts: Facts) -> None:
    by_iri: dict[str, list[int]] = {}
    for (_, iri), number in facts.items():
        by_iri.setdefault(iri, []).append(number)
    for relation, path in _LINKS.items():
        for row in graph.select(f"SELECT DISTINCT ?fact ?thing {{ ?fact gz:rule ?rule ; {path} ?thing }}"):
            entity = entities.get(row["thing"] or "")
            if entity is not None:
                links = [(number, relation, entity) for number in by_iri.get(row["fact"] or "", ())]
                database.executemany("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", links)
    # A plan is a fact and a thing at once
    for (_, iri), number in facts.items():
        if iri in entities:
            database.execute("INSERT INTO link VALUES (?, 'self', ?)", (number, entities[iri]))


def _write_places(database: sqlite3.Connection, graph: Graph, facts: Facts) -> None:
    seen = set()
    for row in graph.select(_PLACES):
        number = facts.get((row["file"] or "", row["fact"] or ""))
        place = (number, row["file"], int(row["start"] or 0), int(row["stop"] or 0))
        if number is None or place in seen:
            continue
        seen.add(place)
        page = int(row["page"]) if row["page"] else None
        database.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", (*place, page, row["quote"], int(bool(row["deciding"])))
        )


def _write_texts(database: sqlite3.Connection, graph: Graph, entities: dict[str, int]) -> None:
    """The stretch of text of each printed document, and its lines to be searched."""
    heads: dict[str, list[Row]] = {}
    for row in rows(graph, "documents"):
        heads.setdefault(row["file"], []).append(row)
    for file in graph.manifest.files:
        text = graph.text(file.name)
        for document, start, stop in _stretches(text, heads.get(file.name, []), entities):
            database.execute(
                "INSERT INTO printed VALUES (?, ?, ?, ?, ?)", (document, file.name, file.gazette, start, stop)
            )
            for line in _LINE.finditer(text, start, stop):
                cursor = database.execute(
                    "INSERT INTO passage (document, file, start, text) VALUES (?, ?, ?, ?)",
                    (document, file.name, line.start(), line[0].strip()),
                )
                database.execute(
                    "INSERT INTO passage_index (rowid, grams) VALUES (?, ?)", (cursor.lastrowid, grams(line[0]))
                )


def _stretches(text: str, heads: list[Row], entities: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """A document reaches from the line of its title to the next one's; what is only listed in the contents has none."""
    printed = [head for head in heads if head["iri"] in entities]
    starts = [text.rfind("\n", 0, head["start"]) + 1 for head in printed]
    for head, start, stop in zip(printed, starts, [*starts[1:], len(text)], strict=True):
        if stop > start:
            yield entities[head["iri"]], start, stop


def _write_terms(database: sqlite3.Connection, graph: Graph) -> None:
    """The properties and classes that the graph uses, for the query editor to complete, with their labels."""
    labels: dict[str, dict[str, str]] = {}
    for row in graph.select("SELECT ?t ?label (LANG(?label) AS ?language) { ?t rdfs:label ?label }"):
        labels.setdefault(row["t"] or "", {})[row["language"] or ""] = row["label"] or ""
    for query, is_class in (("SELECT DISTINCT ?t { ?s ?t ?o }", 0), ("SELECT DISTINCT ?t { ?s a ?t }", 1)):
        terms = [(row["t"], is_class, labels.get(row["t"] or "", {})) for row in graph.select(query)]
        database.executemany(
            "INSERT INTO term VALUES (?, ?, ?, ?)",
            [(t, is_class, own.get("zh"), own.get("en")) for t, is_class, own in terms],
        )
