"""Explaining a fact: what it says, the words it rests on in their context, its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.facts import TABLES
from kg.graph.folder import GraphError
from kg.graph.store import Graph, open_graph
from kg.show.explain import explain, render
from kg.show.tables import rows
from tests import invented
from tests.fakes import write_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("explain") / "g.kg", invented.FACTS))


def task(graph: Graph) -> str:
    iri: str = next(row["iri"] for row in rows(graph, "assignments") if row["agency"] == "市水利局")
    return iri


def test_a_fact_is_explained_with_its_fields_document_rule_and_places(graph: Graph) -> None:
    found = explain(graph, task(graph), context=6)
    assert (found.table, found.rule, found.confidence) == ("assignments", "assignments.paren", 0.93)
    assert (found.document.number, found.document.title) == (invented.NUMBER, invented.TITLE)
    assert {name: found.fields[name] for name in ("task", "agency", "role", "leader")} == {
        "task": "修复岸线",
        "agency": "市水利局",
        "role": "lead",
        "leader": None,
    }
    # the deciding words first, though they stand behind the others in the text
    assert [(place.before, place.quote, place.after) for place in found.evidence] == [
        ("（牵头单位：", "市水利局", "；配合单位："),
        ("任务\n（一）", "修复岸线", "。6月底前完"),
    ]


def test_every_fact_of_every_kind_can_be_explained(graph: Graph) -> None:
    for table in TABLES:
        for row in rows(graph, table):
            found = explain(graph, row["iri"])
            assert (found.table, found.evidence[0].quote) == (table, row["quote"])


def test_the_words_are_marked_in_plain_text(graph: Graph) -> None:
    text = render(explain(graph, task(graph)))
    assert "（牵头单位：【市水利局】；配合单位：市财政局" in text
    assert "assignments.paren, confidence 0.93" in text
    assert f"{invented.FILE} [283, 287)" in text
    assert "leader" not in text


def test_context_ends_where_the_text_ends(graph: Graph) -> None:
    iri = next(row["iri"] for row in rows(graph, "agencies") if row["start"] == 0)
    passage = explain(graph, iri, context=10_000).evidence[0]
    assert passage.before + passage.quote + passage.after == invented.TEXT


@pytest.mark.parametrize(
    "iri", ["https://policy-kg.example/agency/澜州市水利局", "https://policy-kg.example/fact/none", "", "x> <y"]
)
def test_what_is_no_fact_is_said(graph: Graph, iri: str) -> None:
    with pytest.raises(GraphError, match="is not a fact of this graph"):
        explain(graph, iri)


def test_a_fact_of_a_document_printed_twice_shows_both_places(tmp_path: Path) -> None:
    graph = open_graph(write_graph(tmp_path / "g.kg", invented.FACTS, invented.FACTS))
    found = explain(graph, task(graph))
    assert [place.file for place in found.evidence] == ["2-2030-1.txt", "2030-1.txt"] * 2
