"""Measures over saved queries: how long plans take, how much of a text is a commitment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.queries import measure
from kg.facts import Assignment
from kg.graph.queries import saved
from kg.graph.store import Graph, open_graph
from kg.show.explain import explain
from kg.show.measures import commitments, commitments_by_kind, delays, reworded
from tests.asked import DOCUMENTS, NEW, OLD, REMOVING, TEXT, asked_graph, with_links
from tests.fakes import write_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return asked_graph(tmp_path_factory.mktemp("measures") / "g.kg")


def test_delays_are_medians_by_kind_of_document(graph: Graph) -> None:
    (delay,) = delays(graph)
    assert (delay.kind, delay.citations, delay.years) == ("通知", 3, 1)


def test_commitments_are_counted_in_their_own_document(graph: Graph) -> None:
    found = {each.document: each for each in commitments(graph)}
    assert found[NEW].commitments > 0
    assert found[REMOVING].commitments == 0
    assert all(0 <= each.share <= 1 for each in found.values())


def test_commitments_are_summed_by_kind_of_document_and_year(graph: Graph) -> None:
    found = {(each.kind, each.date): each for each in commitments_by_kind(graph)}
    of_year = [each for each in commitments(graph) if each.kind == "通知" and (each.date or "").startswith("2031")]
    assert found["通知", "2031"].commitments == sum(each.commitments for each in of_year) > 0
    assert found["通知", "2031"].sentences == sum(each.sentences for each in of_year)


def test_a_task_comes_again_in_other_words(tmp_path: Path) -> None:
    bank, words = "修复青石河岸线", "修复青石河两岸岸线"
    later = [
        replace(fact, task=words) if isinstance(fact, Assignment) and fact.task == bank else fact
        for fact in DOCUMENTS[2]
    ]
    again = open_graph(with_links(write_graph(tmp_path / "g.kg", DOCUMENTS[1], later, text=TEXT)))
    (found,) = reworded(again, 0.7)
    assert (found.earlier, found.task, found.later, found.again) == (OLD, bank, NEW, words)
    assert all(explain(again, fact).evidence for fact in found.facts)
    assert reworded(again, 0.95) == []


def test_the_benchmark_asks_every_saved_query(graph: Graph) -> None:
    assert set(measure(graph, runs=1)) == set(saved())
