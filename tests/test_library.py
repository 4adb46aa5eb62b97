"""What analysts get: plain tables, explanations, pictures; on the sample."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import kg
from kg.graph.folder import GraphError
from kg.library import Graph, View


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Graph:
    return kg.open(sample_graph)


def test_opening_loads_pandas_and_importing_does_not() -> None:
    code = "import sys, kg; assert 'pandas' not in sys.modules; kg.open; assert 'pandas' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_no_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is not a graph"):
        kg.open(tmp_path)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("7", 7),
        ('"2031"^^xsd:gYear', 2031),
        ("7.5", 7.5),
        ("1e1", 10.0),
        ("true", True),
        ('"2031-05-01"^^xsd:date', "2031-05-01"),
        ('"绿道"', "绿道"),
        ('"绿道"@zh', "绿道"),
        ("gz:Plan", "https://policy-kg.example/ontology#Plan"),
    ],
)
def test_cells_are_plain(graph: Graph, expression: str, value: object) -> None:
    (cell,) = graph.query(f"SELECT ({expression} AS ?x) {{}}")["x"].tolist()

    assert cell == value
    assert isinstance(cell, type(value))


def test_whole_numbers_stay_whole_beside_missing_ones(graph: Graph) -> None:
    table = graph.query("SELECT ?x { VALUES ?x { 1 UNDEF 3 } }")

    assert str(table["x"].dtype) == "Int64"
    assert table["x"].isna().sum() == 1


def test_ask_and_construct_are_tables_too(graph: Graph) -> None:
    assert graph.query("ASK { ?plan a gz:Plan }")["answer"].tolist() == [True]
    triples = graph.query("CONSTRUCT { ?plan a gz:Plan } WHERE { ?plan a gz:Plan }")
    assert list(triples.columns) == ["subject", "predicate", "object"]
    assert len(triples)


def test_values_of_variables(graph: Graph) -> None:
    query = "SELECT ?plan ?title { ?plan a gz:Plan ; dct:title ?title }"
    every = graph.query(query)
    one = graph.query(query, plan=every["plan"].iloc[0])
    named = graph.query(query, title=every["title"].iloc[0])

    assert one["title"].tolist() == [every["title"].iloc[0]]
    assert every["plan"].iloc[0] in named["plan"].tolist()


def test_an_empty_answer_keeps_its_columns(graph: Graph) -> None:
    assert list(graph.query("SELECT ?a ?b { ?a gz:nothing ?b }").columns) == ["a", "b"]


def test_a_table_has_all_rows_and_columns(graph: Graph) -> None:
    from kg.show.tables import columns_of, rows

    for name, besides in (("documents", []), ("targets", []), ("assignments", ["body"])):
        table = graph.table(name)
        assert list(table.columns) == [*columns_of(name), *besides]
        assert len(table) == len(rows(graph.index, name))


def test_saved_questions_name_what_is_wrong(graph: Graph) -> None:
    assert set(graph.questions()["name"]) >= {"agency-duties", "binding-share"}
    with pytest.raises(GraphError, match="agency-dutys"):
        graph.ask("agency-dutys")
    with pytest.raises(GraphError, match="needs a value for agency"):
        graph.ask("agency-duties")


def test_a_fact_is_explained_by_iri_or_row(graph: Graph) -> None:
    row = graph.table("targets").iloc[3]
    by_row, by_iri = graph.explain(row), graph.explain(row["iri"])

    assert repr(by_row) == repr(by_iri)
    assert f"【{row['quote']}】".replace(" ", "")[:8] in repr(by_row).replace(" ", "")
    page = by_row._repr_html_()
    assert "<mark" in page
    assert str(row["indicator"])[:6] in page


def test_rdflib_sees_the_union_and_the_documents(graph: Graph) -> None:
    dataset = graph.rdflib()
    (row,) = dataset.query("SELECT (COUNT(?plan) AS ?n) { ?plan a <https://policy-kg.example/ontology#Plan> }")
    expected = graph.query("SELECT (COUNT(?plan) AS ?n) { ?plan a gz:Plan }")["n"].iloc[0]

    assert int(row.n) == expected
    assert len(list(dataset.graphs())) > 20


def test_a_view_is_a_page_and_a_frame(graph: Graph, tmp_path: Path) -> None:
    view = graph.view("groups")

    assert view.save(tmp_path / "groups.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    frame = View('<p class="a">图</p>')._repr_html_()
    assert 'srcdoc="&lt;p class=&quot;a&quot;&gt;图' in frame


def test_a_network_of_ones_own_can_be_viewed(graph: Graph) -> None:
    network = graph.networkx("responsibility")
    part = network.subgraph(nx.ego_graph(network.to_undirected(), "栖澜市财政局"))

    assert "栖澜市财政局" in graph.view(part, "财政局的圈子").page


def test_tables_join_with_pandas(graph: Graph) -> None:
    joined = pd.merge(graph.table("targets"), graph.table("documents"), on="doc", suffixes=("", "_document"))

    assert len(joined) == len(graph.table("targets"))
