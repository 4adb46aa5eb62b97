"""Reading the catalogue (see :mod:`kg.show.web.catalogue_build`): things, facts by filter, facets, search, places."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.show.web.entries import FactRow, Filter, Hit, Mark, PassageHit, Place, Printed, Tenure, Thing, Tie
from kg.show.web.grams import folded, match

#: The most things that are kept in memory.
MOST_KEPT = 50_000
#: The columns that lists of facts are narrowed by.
FACET_COLUMNS = ("value", "year", "agency", "plan", "doc", "deadline", "band")
SORTS = {
    "text": "file, start, id",
    "doc": "doc, start",
    "value": "value, doc, start",
    "year": "year DESC, doc, start",
    "agency": "agency, doc, start",
    "confidence": "confidence, doc, start",
}
_FACT = "id, iri, key, kind, doc, document, file, start, stop, page, quote, rule, confidence, fields"
_THING = "entity.id, iri, key, entity.kind, label, entity.note, facts"


class Catalogue:
    """An open catalogue.  Used from one thread; every method is a look-up by an index."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?immutable=1", uri=True, check_same_thread=False)
        #: Things that facts linked to: the same few hundred hang on most pages.
        self._linked_to: dict[int, Thing] = {}

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def thing(self, key: str) -> Thing | None:
        """The thing with this key or IRI, its own or that of one of its printed forms."""
        known = self._thing("key = ? OR iri = ?", key, key)
        return known or self._thing("id = (SELECT entity FROM alias WHERE key = ? OR iri = ?)", key, key)

    def thing_by_id(self, number: int) -> Thing | None:
        """The thing with this number."""
        return self._thing("id = ?", number)

    def _thing(self, condition: str, *values: object) -> Thing | None:
        row = self._database.execute(f"SELECT {_THING} FROM entity WHERE {condition}", values).fetchone()
        return Thing(*row) if row else None

    def things(self, kind: str, limit: int, offset: int = 0) -> list[Thing]:
        """Things of a kind, those with most facts first."""
        found = self._database.execute(
            f"SELECT {_THING} FROM entity WHERE kind = ? ORDER BY facts DESC, label LIMIT ? OFFSET ?",
            (kind, limit, offset),
        )
        return [Thing(*row) for row in found]

    def counts(self) -> dict[str, int]:
        """How many things there are of each kind."""
        return dict(self._database.execute("SELECT kind, COUNT(*) FROM entity GROUP BY kind"))

    def names(self, thing: Thing) -> list[str]:
        """The other names of a thing."""
        found = self._database.execute("SELECT text FROM name WHERE entity = ? ORDER BY rowid", (thing.id,))
        return [text for (text,) in found if text != thing.label]

    def facts(self, wanted: Filter, sort: str = "text", limit: int = 50, offset: int = 0) -> list[FactRow]:
        """The facts that a filter leaves, with the things that they link to."""
        condition, values = _condition(wanted)
        found = self._database.execute(
            f"SELECT {_FACT} FROM fact WHERE {condition} ORDER BY {SORTS[sort]} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return self._linked([_fact(row) for row in found])

    def count(self, wanted: Filter) -> int:
        """How many facts a filter leaves."""
        condition, values = _condition(wanted)
        (number,) = self._database.execute(f"SELECT COUNT(*) FROM fact WHERE {condition}", values).fetchone()
        return int(number)

    def counts_by(self, wanted: Filter, column: str, limit: int = 12) -> list[tuple[str, int]]:
        """The values of a column among the facts that a filter leaves, the most frequent first."""
        condition, values = _condition(wanted)
        return list(
            self._database.execute(
                f"SELECT {column}, COUNT(*) AS n FROM fact WHERE {condition} AND {column} IS NOT NULL "
                f"GROUP BY {column} ORDER BY n DESC, {column} LIMIT ?",
                (*values, limit),
            )
        )

    def fact(self, key: str) -> list[FactRow]:
        """The rows of a fact: one for each file that prints it."""
        found = self._database.execute(f"SELECT {_FACT} FROM fact WHERE key = ? OR iri = ? ORDER BY id", (key, key))
        return self._linked([_fact(row) for row in found])

    def kinds_of(self, thing: Thing) -> list[tuple[str, int]]:
        """How many facts of each kind link to a thing."""
        return self.rows(
            "SELECT kind, COUNT(*) FROM fact WHERE id IN (SELECT fact FROM link WHERE entity = ?) GROUP BY kind",
            thing.id,
        )

    def facts_of(self, document: int, file: str) -> list[FactRow]:
        """All facts that a document states as a file prints it."""
        sql = f"SELECT {_FACT} FROM fact WHERE document = ? AND file = ? ORDER BY {SORTS['text']}"
        return self._linked([_fact(row) for row in self._database.execute(sql, (document, file))])

    def facts_by_id(self, numbers: Sequence[int]) -> list[FactRow]:
        """The facts with these numbers, in the order of the text."""
        condition = f"id IN ({_marks(numbers)}) ORDER BY {SORTS['text']}"
        found = self._database.execute(f"SELECT {_FACT} FROM fact WHERE {condition}", tuple(numbers))
        return self._linked([_fact(row) for row in found])

    def _linked(self, facts: list[FactRow]) -> list[FactRow]:
        by_id = {fact.id: fact for fact in facts}
        for batch in _batches(list(by_id), 500):
            found = self._database.execute(
                f"SELECT fact, relation, entity FROM link WHERE fact IN ({_marks(batch)}) "
                "ORDER BY fact, relation, entity",
                batch,
            ).fetchall()
            known = self._known({number for _, _, number in found})
            for fact, relation, number in found:
                by_id[fact].links.setdefault(relation, []).append(known[number])
        return facts

    def _known(self, numbers: Iterable[int]) -> dict[int, Thing]:
        """Things by number, kept for the next page."""
        if len(self._linked_to) > MOST_KEPT:
            self._linked_to.clear()
        for batch in _batches([number for number in numbers if number not in self._linked_to], 500):
            found = self._database.execute(f"SELECT {_THING} FROM entity WHERE id IN ({_marks(batch)})", batch)
            self._linked_to |= {thing.id: thing for thing in (Thing(*row) for row in found)}
        return self._linked_to

    def places(self, fact: FactRow) -> list[Place]:
        """What a fact rests on, the deciding place first."""
        found = self._database.execute(
            "SELECT file, start, stop, page, quote, deciding FROM place WHERE fact = ? ORDER BY deciding DESC, start",
            (fact.id,),
        )
        return [
            Place(file, start, stop, page, quote, bool(deciding)) for file, start, stop, page, quote, deciding in found
        ]

    def printed(self, document: int) -> list[Printed]:
        """Where a document is printed."""
        found = self._database.execute(
            "SELECT file, gazette, start, stop FROM printed WHERE document = ? ORDER BY file, start", (document,)
        )
        return [Printed(*row) for row in found]

    def marks(self, document: int, printed: Printed) -> list[Mark]:
        """The places within a printed document that its facts rest on, in the order of the text."""
        found = self._database.execute(
            "SELECT place.start, place.stop, fact.id, fact.kind, fact.key, fact.fields FROM place "
            "JOIN fact ON fact.id = place.fact WHERE fact.document = ? AND place.file = ? AND place.start >= ? "
            "AND place.stop <= ? ORDER BY place.start, place.stop DESC, fact.id",
            (document, printed.file, printed.start, printed.stop),
        )
        return [Mark(start, stop, fact, kind, key, json.loads(words)) for start, stop, fact, kind, key, words in found]

    def ties(self, thing: Thing, relation: str, *, back: bool = False) -> list[Tie]:
        """The things that a thing is tied to by a relation, or with ``back`` those that are tied to it."""
        near, far = ("object", "subject") if back else ("subject", "object")
        found = self._database.execute(
            f"SELECT {_THING}, year, tie.note FROM tie JOIN entity ON entity.id = tie.{far} "
            f"WHERE tie.{near} = ? AND relation = ? ORDER BY year, facts DESC, label",
            (thing.id, relation),
        )
        return [Tie(Thing(*row[:-2]), row[-2], row[-1]) for row in found]

    def tenures(self, thing: Thing) -> list[Tenure]:
        """The posts that a person held, or that people held in an agency, by time."""
        found = self._database.execute(
            "SELECT person, agency, post, begin, end, first, last FROM tenure WHERE person = ? OR agency = ? "
            "ORDER BY COALESCE(begin, first, end), post",
            (thing.id, thing.id),
        ).fetchall()
        known = self._known({number for row in found for number in row[:2] if number})
        return [Tenure(known.get(row[0]), known.get(row[1]), *row[2:]) for row in found]

    def partners(self, thing: Thing, limit: int = 20) -> list[tuple[Thing, int]]:
        """The agencies that share tasks with an agency, and how many."""
        found = self._database.execute(
            f"SELECT {_THING}, shared FROM (SELECT other.entity AS partner, COUNT(DISTINCT task.entity) AS shared "
            "FROM link AS mine JOIN link AS task ON task.fact = mine.fact AND task.relation = 'task' "
            "JOIN link AS same ON same.entity = task.entity AND same.relation = 'task' "
            "JOIN link AS other ON other.fact = same.fact AND other.relation = 'agency' "
            "WHERE mine.entity = ? AND mine.relation = 'agency' AND other.entity != mine.entity GROUP BY partner) "
            "JOIN entity ON entity.id = partner ORDER BY shared DESC, label LIMIT ?",
            (thing.id, limit),
        )
        return [(Thing(*row[:-1]), row[-1]) for row in found]

    def search(self, words: str, limit: int = 20, kind: str | None = None) -> list[Hit]:
        """Things by a part of one of their names: whole names first, then beginnings, then what has most facts."""
        expression, wanted = match(words), folded(words)
        if expression is None:
            return []
        narrowed = "AND entity.kind = ?" if kind else ""
        found = self._database.execute(
            f"SELECT {_THING}, name.text FROM name_index JOIN name ON name.rowid = name_index.rowid "
            f"JOIN entity ON entity.id = name.entity WHERE name_index MATCH ? {narrowed} "
            "ORDER BY folded != ?, instr(folded, ?) != 1, instr(folded, ?) = 0, kind = 'cited', kind = 'task', "
            "facts DESC, length(folded) LIMIT ?",
            (expression, *([kind] if kind else []), wanted, wanted, wanted, 4 * limit),
        )
        hits: dict[int, Hit] = {}
        for *thing, name in found:
            hits.setdefault(thing[0], Hit(Thing(*thing), name))
        return list(hits.values())[:limit]

    def passages(self, words: str, limit: int = 20, offset: int = 0) -> list[PassageHit]:
        """Lines of the documents that have the words, in the order of the files."""
        expression = match(words)
        if expression is None:
            return []
        found = self._database.execute(
            "SELECT document, start, text FROM passage_index JOIN passage ON passage.id = passage_index.rowid "
            "WHERE passage_index MATCH ? ORDER BY passage.id LIMIT ? OFFSET ?",
            (expression, limit, offset),
        )
        return [
            PassageHit(thing, start, text)
            for document, start, text in found
            if (thing := self.thing_by_id(document)) is not None
        ]

    def terms(self, language: str) -> dict[str, list[dict[str, str | None]]]:
        """The properties and classes that the graph uses, with their labels in a language (zh or en)."""
        column = "en" if language == "en" else "zh"
        found = self.rows(f"SELECT iri, is_class, {column} FROM term ORDER BY iri")
        return {
            name: [{"iri": iri, "label": label} for iri, is_class, label in found if is_class == wanted]
            for name, wanted in (("properties", 0), ("classes", 1))
        }

    def rows(self, sql: str, *values: object) -> list[Any]:
        """The rows of a query of a report's own."""
        return self._database.execute(sql, values).fetchall()


def _fact(row: tuple[Any, ...]) -> FactRow:
    return FactRow(*(*row[:-1], json.loads(row[-1])))


def _condition(wanted: Filter) -> tuple[str, list[object]]:
    parts, values = ["1"], list[object]()
    for column in ("kind", "value", "year", "doc", "plan", "agency", "deadline", "band"):
        if (value := getattr(wanted, column)) is not None:
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.confidence is not None:
        parts.append("confidence >= ?")
        values.append(wanted.confidence)
    for number in wanted.of:
        relation = "AND relation = ?" if wanted.relation else ""
        parts.append(f"id IN (SELECT fact FROM link WHERE entity = ? {relation})")
        values += [number, *([wanted.relation] if wanted.relation else [])]
    if wanted.at is not None:
        parts.append("id IN (SELECT fact FROM place WHERE file = ? AND start < ? AND stop > ?)")
        values += [wanted.at[0], wanted.at[2], wanted.at[1]]
    if wanted.words:
        parts.append("(instr(quote, ?) OR instr(fields, ?))")
        values += [wanted.words, wanted.words]
    return " AND ".join(parts), values


def _marks(numbers: Sequence[int]) -> str:
    return ", ".join("?" * len(numbers))


def _batches(numbers: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (numbers[i : i + size] for i in range(0, len(numbers), size))
