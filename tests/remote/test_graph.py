"""A graph on a server answers as its folder does."""

from __future__ import annotations

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.facts import TABLES
from kg.graph.folder import GraphError
from kg.graph.queries import bind, saved
from kg.graph.store import Graph, QueryError
from kg.remote.graph import RemoteGraph
from kg.remote.publish import publish
from kg.remote.server import Server
from kg.show.conflicts import conflicts
from kg.show.gaps import gaps
from kg.show.stats import stats
from kg.show.tables import rows
from tests.asked import asked_graph
from tests.graph.test_questions import QUESTIONS
from tests.remote.answers import answer
from tests.remote.conftest import FakeServer


@pytest.fixture
def folder(tmp_path: Path) -> Graph:
    return asked_graph(tmp_path)


@pytest.fixture
def remote(folder: Graph, fake: FakeServer) -> RemoteGraph:
    publish(folder.path, fake.at("data"))
    return RemoteGraph(fake.at("sparql"))


def test_every_question_has_the_rows_of_the_folder(folder: Graph, remote: RemoteGraph) -> None:
    for name, values, _, _ in QUESTIONS:
        query = saved()[name]
        assert answer(remote, bind(remote, query, values)) == answer(folder, bind(folder, query, values)), name


def test_tables_and_figures_are_those_of_the_folder(folder: Graph, remote: RemoteGraph) -> None:
    assert remote.manifest == folder.manifest
    assert stats(remote) == stats(folder)
    for table in TABLES:
        assert rows(remote, table) == rows(folder, table)


def test_reports_need_no_source_texts(folder: Graph, remote: RemoteGraph) -> None:
    for told, asked in zip(gaps(folder), gaps(remote), strict=True):
        assert [row.get("fact") for row in asked.rows] == [row.get("fact") for row in told.rows], told.name
    assert all(row["quote"] and row["place"] for section in conflicts(remote) for row in section.rows)


def test_statements_and_truth_values_come_back(folder: Graph, remote: RemoteGraph) -> None:
    query = "CONSTRUCT { ?plan dct:title ?title } WHERE { ?plan a gz:Plan ; dct:title ?title }"
    assert sorted(map(str, remote.query(query))) == sorted(map(str, folder.query(query)))  # type: ignore[arg-type]
    assert bool(remote.query("ASK { ?plan a gz:Plan }"))
    assert not bool(remote.query("ASK { ?plan a gz:Nothing }"))


def test_a_value_narrows_the_outermost_group(remote: RemoteGraph) -> None:
    query = "SELECT ?name WHERE { { ?a skos:prefLabel ?name } UNION { ?a skos:altLabel ?name } # } not this one\n }"
    assert {row["name"] for row in remote.select(query, name="市水利局")} == {"市水利局"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("SELECT * { SERVICE <http://other.example/> { ?a ?b ?c } }", "SERVICE is not allowed"),
        ("DELETE WHERE { ?a ?b ?c }", "no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { ?a ?b", "answers 400 Bad Request: syntax error"),
    ],
)
def test_what_cannot_be_asked_is_told(remote: RemoteGraph, query: str, sentence: str) -> None:
    with pytest.raises((QueryError, GraphError), match=sentence):
        remote.query(query)


def test_what_needs_the_folder_is_told(remote: RemoteGraph) -> None:
    for lacking in (lambda: remote.text("2030-1.txt"), lambda: remote.record(), lambda: remote.store):
        with pytest.raises(GraphError, match="give the folder"):
            lacking()


def test_an_endpoint_with_other_data_can_be_asked(fake: FakeServer) -> None:
    fake.store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    other = RemoteGraph(fake.at("sparql"))

    assert other.select("SELECT ?c { <urn:a> <urn:b> ?c }") == [{"c": "c"}]
    with pytest.raises(GraphError, match="has no graph that kg publish put there"):
        _ = other.manifest


def test_a_page_is_no_endpoint() -> None:
    page = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>welcome</html>"))
    with pytest.raises(GraphError, match="is it the address of a SPARQL endpoint"):
        RemoteGraph(Server("http://server.example/", transport=page))
