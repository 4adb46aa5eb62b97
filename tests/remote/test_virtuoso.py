"""Virtuoso gives the rows that the graph folder gives: all saved questions, all tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.facts import TABLES
from kg.graph.queries import bind, saved
from kg.graph.store import Graph, open_graph
from kg.remote import virtuoso as dialect
from kg.remote.graph import RemoteGraph
from kg.remote.publish import publish
from kg.remote.server import Server
from kg.show.stats import stats
from kg.show.tables import rows
from tests.asked import asked_graph
from tests.graph.test_questions import QUESTIONS
from tests.remote.answers import answer

# --- what the client says to it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('SELECT (CONCAT(?a, "、") AS ?b) {}', 'SELECT (CONCAT(?a, REPLACE("x", "x", "、")) AS ?b) {}'),
        ('SELECT * { FILTER(COALESCE(?a, "无") = "无") }', 'SELECT * { FILTER(COALESCE(?a, "无") = "无") }'),
        ('SELECT * { ?a ?b "市"@zh # "无"\n }', 'SELECT * { ?a ?b "市"@zh # "无"\n }'),
        (
            'SELECT (GROUP_CONCAT(DISTINCT ?a; SEPARATOR="；") AS ?b) {}',
            'SELECT (REPLACE(GROUP_CONCAT(DISTINCT ?a; SEPARATOR="=~="), "=~=", "；") AS ?b) {}',
        ),
        (
            'SELECT (REPLACE(GROUP_CONCAT(?a; SEPARATOR="、"), "^、|、$", "") AS ?b) {}',
            'SELECT (REPLACE(REPLACE(GROUP_CONCAT(?a; SEPARATOR="=~="), "^=~=|=~=$", ""), "=~=", "、") AS ?b) {}',
        ),
    ],
)
def test_texts_of_a_query_are_said_so_that_they_last(query: str, said: str) -> None:
    assert dialect.spelled(query) == said


@pytest.mark.parametrize(
    "query", ['{ ?a ?b ?n FILTER(?n = "市A") }', '{ FILTER("市A" = ?n) }', '{ VALUES ?n { "市A" } }']
)
def test_a_variable_set_equal_to_a_text_has_that_text(query: str) -> None:
    answered: list[dialect.Row] = [{"n": ox.Literal("?A"), "m": ox.Literal("?A")}]
    dialect.mended(f"SELECT * {query}", answered)
    assert answered == [{"n": ox.Literal("市A"), "m": ox.Literal("?A")}]


def test_truth_values_are_spelled_as_words() -> None:
    boolean = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    answered: list[dialect.Row] = [{"n": ox.Literal("0", datatype=boolean), "m": ox.Literal("1")}]
    dialect.spell_truth(answered)
    assert answered == [{"n": ox.Literal(False), "m": ox.Literal("1")}]


def test_rows_are_in_the_order_that_the_query_asks_for() -> None:
    given: list[dialect.Row] = [
        {"n": ox.Literal(number), "t": ox.Literal(text)} for number, text in ((1, "乙"), (2, "甲"), (2, "丙"))
    ]

    def order(clause: str) -> Sequence[str]:
        return [row["t"].value for row in dialect.ordered(f"SELECT ?n ?t {{ ?a ?b ?n }} {clause}", ["n", "t"], given)]

    assert order("ORDER BY DESC(?n) ?t") == ["丙", "甲", "乙"]
    assert order("ORDER BY ?t") == ["丙", "乙", "甲"]
    assert order("") == ["乙", "甲", "丙"]
    # what was cut is not put into another order, nor what is ordered by something that is not in the answer
    assert order("ORDER BY ?t LIMIT 3") == ["乙", "甲", "丙"]
    assert order("ORDER BY COUNT(?a)") == ["乙", "甲", "丙"]


# --- what it answers --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(virtuoso: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    """The graph of seven invented documents, in its folder and on the server."""
    folder = asked_graph(tmp_path_factory.mktemp("asked"))
    return folder, put(folder, virtuoso)


def put(folder: Graph, virtuoso: str) -> Graph:
    """The graph on the server, made equal to a folder."""
    publish(folder.path, Server(f"{virtuoso}/sparql-graph-crud-auth", "dba", "dba"))
    return RemoteGraph(Server(f"{virtuoso}/sparql"))


@pytest.mark.parametrize(("name", "values"), [pytest.param(q[0], q[1], id=f"{q[0]} {q[1]}") for q in QUESTIONS])
def test_a_question_has_the_rows_of_the_folder(both: tuple[Graph, Graph], name: str, values: dict[str, str]) -> None:
    folder, remote = both
    query = saved()[name]
    assert bind(remote, query, values) == bind(folder, query, values)
    assert answer(remote, bind(remote, query, values)) == answer(folder, bind(folder, query, values))


def test_tables_figures_statements_and_truth_values(both: tuple[Graph, Graph]) -> None:
    folder, remote = both
    assert stats(remote) == stats(folder)
    for table in TABLES:
        assert rows(remote, table) == rows(folder, table), table
    query = "CONSTRUCT { ?plan dct:title ?title } WHERE { ?plan a gz:Plan ; dct:title ?title }"
    assert sorted(map(str, remote.query(query))) == sorted(map(str, folder.query(query)))  # type: ignore[arg-type]
    assert bool(remote.query("ASK { ?plan a gz:Plan }")) is True
    assert bool(remote.query("ASK { ?plan a gz:Nothing }")) is False


def test_the_sample_published_over_it_answers_every_question(
    virtuoso: str, both: tuple[Graph, Graph], sample_graph: Path
) -> None:
    folder = open_graph(sample_graph)
    remote = put(folder, virtuoso)
    assert both[1].select("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }") == folder.select(
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
    )
    for query in saved().values():
        assert answer(remote, query.text) == answer(folder, query.text), query.name
