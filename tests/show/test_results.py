"""Query results for people and programs."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from kg.graph.folder import GraphError
from kg.graph.vocabulary import PREFIXES
from kg.show.results import FORMATS, aligned, text, write

STORE = ox.Store()
STORE.load(
    '<urn:a> <urn:name> "云江市水利局" ; <urn:tasks> 12 . <urn:b> <urn:name> "市政府" ; <urn:tasks> 3 .'.encode(),
    format=ox.RdfFormat.TURTLE,
)
SELECT = """
SELECT ?name ?tasks ?note WHERE { ?s <urn:name> ?name ; <urn:tasks> ?tasks OPTIONAL { ?s <urn:note> ?note } }
ORDER BY ?s"""


def written(query: str, format: str) -> str:
    out = io.BytesIO()
    write(STORE.query(query), format, out)  # type: ignore[arg-type]
    return out.getvalue().decode()


def test_a_table_is_aligned_by_the_width_of_its_characters() -> None:
    assert written(SELECT, "table").splitlines() == [
        "name          tasks  note",
        "────────────  ─────  ────",
        "云江市水利局     12",
        "市政府            3",
        "(2 rows)",
    ]


def test_a_table_without_rows() -> None:
    assert written("SELECT ?x WHERE { <urn:none> ?x ?y }", "table").splitlines() == ["x", "─", "(0 rows)"]


@pytest.mark.parametrize(
    ("format", "start"),
    [
        ("csv", "name,tasks,note\r\n云江市水利局,12,"),
        ("tsv", '?name\t?tasks\t?note\n"云江市水利局"\t12'),
        ("json", "{"),
        ("xml", "<?xml"),
    ],
)
def test_formats_for_programs(format: str, start: str) -> None:
    assert written(SELECT, format).startswith(start)


def test_graphs_are_written_as_turtle() -> None:
    construct = f"CONSTRUCT {{ ?s <{PREFIXES['dct']}title> ?name }} WHERE {{ ?s <urn:name> ?name }}"

    assert 'dct:title "市政府"' in written(construct, "ttl")
    assert written(construct, "table") == written(construct, "ttl")


@pytest.mark.parametrize(
    ("query", "format"), [(SELECT, "ttl"), ("ASK { ?s ?p ?o }", "ttl"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv")]
)
def test_a_format_that_does_not_fit_is_told(query: str, format: str) -> None:
    with pytest.raises(GraphError, match=format):
        written(query, format)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_something(format: str) -> None:
    assert written("CONSTRUCT WHERE { ?s ?p ?o }" if format == "ttl" else SELECT, format)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (ox.NamedNode(f"{PREFIXES['gz']}Plan"), "gz:Plan"),
        (ox.NamedNode(f"{PREFIXES['skos']}pref/Label"), f"{PREFIXES['skos']}pref/Label"),
        (ox.NamedNode("urn:x"), "urn:x"),
        (ox.Literal("市政府", language="zh"), "市政府"),
        (ox.Literal(3), "3"),
        (ox.BlankNode("b"), "_:b"),
    ],
)
def test_terms_for_people(term: ox.NamedNode | ox.BlankNode | ox.Literal, words: str) -> None:
    assert text(term) == words


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("市\n政 府", "市 政 府"),
        ("a\x1b[31mred\x07", "a[31mred"),
        ("长" * 40, "长" * 29 + "…"),
        ("https://policy-kg.example/" + "x" * 80, "https://policy-kg.example/" + "x" * 80),
    ],
)
def test_cells_are_one_line_and_harmless(cell: str, printed: str) -> None:
    assert list(aligned(["c"], [[cell]]))[2] == printed


@pytest.mark.parametrize(
    ("column", "lines"),
    [
        (["1", "10"], ["  1", " 10"]),
        (["1", "x"], ["1", "x"]),
        (["1.5", "1,000"], ["  1.5", "1,000"]),
        (["", "7"], ["", "  7"]),
    ],
)
def test_numbers_stand_to_the_right(column: Sequence[str], lines: Sequence[str]) -> None:
    assert [line.rstrip() for line in aligned(["num"], [[value] for value in column])][2:] == list(lines)
