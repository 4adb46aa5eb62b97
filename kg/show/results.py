"""Query results for people and programs: an aligned table, CSV, TSV, JSON, XML (SPARQL 1.1 results), Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import pyoxigraph as ox
from wcwidth import wcswidth, wcwidth

from kg.graph.folder import GraphError
from kg.graph.vocabulary import PREFIXES

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
#: What :func:`write` can write
FORMATS = ("table", *_TABLES, "ttl")
#: Widest cell of a printed table, in columns of the terminal; a Chinese character takes two
WIDEST = 60


def write(result: Result, format: str, out: BinaryIO) -> None:
    """Write a query's result.

    Args:
        result: what a SELECT, ASK, CONSTRUCT or DESCRIBE query gave.
        format: one of :data:`FORMATS`; ``table`` is Turtle where the result is a graph.
        out: where UTF-8 bytes go.

    Raises:
        GraphError: the format does not fit the result.
    """
    if isinstance(result, ox.QueryTriples):
        if format not in ("table", "ttl"):
            raise GraphError(
                f"the result of a CONSTRUCT or DESCRIBE query is a graph: write it as ttl, not as {format}"
            )
        ox.serialize(result, out, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    elif format == "ttl":
        raise GraphError(
            "the result of a SELECT or ASK query is a table: write it as table, csv, tsv, json or xml, not as ttl"
        )
    elif format != "table":
        result.serialize(out, format=_TABLES[format])
    elif isinstance(result, ox.QueryBoolean):
        out.write(b"yes\n" if result else b"no\n")
    else:
        header = [variable.value for variable in result.variables]
        rows = [["" if value is None else text(value) for value in solution] for solution in result]
        lines = [*aligned(header, rows), f"({len(rows)} row{'' if len(rows) == 1 else 's'})"]
        out.write("".join(f"{line}\n" for line in lines).encode())


def text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term for people: a literal's value, an IRI shortened by a known prefix where that is a name."""
    if isinstance(term, ox.Literal):
        return term.value
    if not isinstance(term, ox.NamedNode):
        return str(term)
    for prefix, namespace in PREFIXES.items():
        name = term.value.removeprefix(namespace)
        if name != term.value and name.replace("_", "").replace("-", "").isalnum():
            return f"{prefix}:{name}"
    return term.value


def aligned(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table whose columns stand below each other, numbers to the right, wide characters counted as two.

    Line breaks in cells become spaces, cells wider than :data:`WIDEST` are cut; IRIs are kept whole, to be copied.
    """
    cells = [[_cell(str(value)) for value in row] for row in rows]
    names = [_cell(name) for name in header]
    widths = [max(map(wcswidth, column)) for column in zip(names, *cells, strict=True)]
    numeric = [bool(cells) and all(_is_number(row[index]) for row in cells) for index in range(len(names))]

    def line(row: Sequence[str]) -> str:
        padded = []
        for value, width, right in zip(row, widths, numeric, strict=True):
            space = " " * (width - wcswidth(value))
            padded.append(space + value if right else value + space)
        return "  ".join(padded).rstrip()

    yield line(names)
    yield "  ".join("─" * width for width in widths)
    yield from map(line, cells)


def _is_number(value: str) -> bool:
    return not value or value.replace(".", "", 1).replace(",", "").lstrip("-").isdigit()


def _cell(value: str) -> str:
    """A value on one line, without characters that move the cursor, no wider than is good to read."""
    value = "".join(character for character in " ".join(value.split()) if wcwidth(character) >= 0)
    if wcswidth(value) <= WIDEST or value.startswith(("http://", "https://")):
        return value
    width, kept = 0, 0
    while width + wcwidth(value[kept]) < WIDEST:
        width += wcwidth(value[kept])
        kept += 1
    return value[:kept] + "…"
