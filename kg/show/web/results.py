"""The answer of a query as a page shows it: columns with words for heads, names that link, numbers drawn.

A query names a thing beside its IRI (``?name`` and ``?agency``): the page shows the name alone, as a link.  The files
of the answer (CSV, JSON) keep every column as the query gives it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.graph.vocabulary import ROLES
from kg.show.web import drawing
from kg.show.web.catalogue import Catalogue
from kg.show.web.drawing import Bars
from kg.show.web.entries import FactRow, Thing

#: Bars of a chart.
BARS = 20
#: Columns that the bars of a chart stand for: a time, or else one name or two.
_TIMES = ("year", "stated", "month")
_NAMES = ("name", "leadName", "partnerName", "otherName", "planTitle", "groupName", "person", "collective")
#: Datatypes of numbers and of counts, and whole numbers that count nothing that could be added up.
_NUMBERS = ("integer", "decimal", "double")
_COUNTS = ("integer",)
_NO_COUNTS = ("days", "years", "start", "end", "page")

Binding = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value: the page of what it names, or the fact that it is."""

    text: str | None
    href: str | None = None
    fact: FactRow | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as a page shows it; ``shares`` has the numbers of a column as shares of its largest."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: Mapping[int, list[float]]
    things: tuple[Thing, ...]


@cache
def _labels() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("variables.tsv").open(encoding="utf-8", newline="") as file:
        return {row["variable"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def label(variable: str, language: str) -> str:
    """What a variable of a saved query is called on a page; its own name if nothing better is known."""
    return _labels().get(variable, {}).get(language, variable)


def shown(catalogue: Catalogue, header: Sequence[str], bindings: Sequence[Binding]) -> Shown:
    """The rows of an answer as a page shows them."""
    known: dict[str, tuple[Thing | None, FactRow | None]] = {}
    for binding in bindings:
        for value in binding.values():
            if value["type"] == "uri" and value["value"] not in known:
                thing = catalogue.thing(value["value"])
                found = [] if thing else catalogue.fact(value["value"])
                known[value["value"]] = thing, found[0] if found else None
    columns = {variable: [_cell(binding.get(variable), known) for binding in bindings] for variable in header}
    for named in [variable for variable in header if _things(columns[variable])]:
        beside = next((name for name in header if _names(columns[name], columns[named])), None)
        if beside is not None:
            pairs = zip(columns[beside], columns.pop(named), strict=True)
            columns[beside] = [Cell(cell.text, thing.href, cell.fact) for cell, thing in pairs]
    shares = {
        number: drawn
        for number, variable in enumerate(columns)
        if _is_number(bindings, variable) and (drawn := drawing.shares([cell.text for cell in columns[variable]]))
    }
    things = {thing.id: thing for thing, _ in known.values() if thing}
    return Shown(tuple(columns), tuple(zip(*columns.values(), strict=True)), shares, tuple(things.values()))


def _cell(value: Mapping[str, str] | None, known: Mapping[str, tuple[Thing | None, FactRow | None]]) -> Cell:
    if value is None:
        return Cell(None)
    thing, fact = known.get(value["value"], (None, None)) if value["type"] == "uri" else (None, None)
    if thing is not None:
        return Cell(thing.label, thing.href)
    if fact is not None:
        return Cell(fact.iri.rpartition("/")[2], fact.href, fact)
    return Cell(value["value"])


def _things(cells: Sequence[Cell]) -> bool:
    return any(cell.href and not cell.fact for cell in cells)


def _names(cells: Sequence[Cell], things: Sequence[Cell]) -> bool:
    """Whether a column has no more to say than the names of the things of another."""
    pairs = zip(cells, things, strict=True)
    return cells is not things and all(cell.text == thing.text and not cell.href for cell, thing in pairs)


def _is_number(bindings: Sequence[Binding], variable: str, kinds: tuple[str, ...] = _NUMBERS) -> bool:
    """Whether a column has numbers to draw; years are none."""
    found = [binding[variable] for binding in bindings if variable in binding]
    return bool(found) and all(value.get("datatype", "").endswith(kinds) for value in found)


def chart(header: Sequence[str], table: Sequence[Mapping[str, Any]], bindings: Sequence[Binding]) -> Bars | None:
    """Numbers by year or by name, drawn: a bar for each, in parts by role.  None where an answer has no such numbers.

    Years stand in their order, names by their numbers; of many names those with the largest.
    """
    number = next((name for name in header if name not in _NO_COUNTS and _is_number(bindings, name, _COUNTS)), None)
    time = next((name for name in _TIMES if len({row.get(name) for row in table} - {None}) > 1), None)
    by = [time] if time else [name for name in header if name in _NAMES][:2]
    if number is None or not by:
        return None
    series = "roleName" if "roleName" in header else ""
    parts: dict[str, Counter[str]] = {}
    for row in table:
        words = " — ".join(row[name] or "—" for name in by)
        parts.setdefault(words, Counter())[row[series] or "" if series else ""] += int(row[number] or 0)
    order = sorted(parts) if time else sorted(parts, key=lambda words: -parts[words].total())
    if len(order) < 2:
        return None
    return drawing.bars({words: parts[words] for words in order[:BARS]}, [*ROLES, ""])
