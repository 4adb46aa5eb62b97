"""Measures over saved queries: who is central, how long plans take, how much of a text is a commitment."""

from __future__ import annotations

import pytest

from benchmarks.queries import measure
from kg.graph.queries import saved
from kg.graph.store import Graph
from kg.show.measures import centrality, commitments, delays
from tests.asked import FINANCE, NEW, REMOVING, WATER, asked_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return asked_graph(tmp_path_factory.mktemp("measures") / "g.kg")


def test_agencies_are_central_by_those_they_share_tasks_with(graph: Graph) -> None:
    assert [(each.agency, each.partners, each.tasks) for each in centrality(graph)] == [(WATER, 1, 1), (FINANCE, 1, 1)]
    assert centrality(graph, "2026") == []


def test_delays_are_medians_by_kind_of_document(graph: Graph) -> None:
    (delay,) = delays(graph)
    assert (delay.kind, delay.citations, delay.years) == ("通知", 3, 1)


def test_commitments_are_counted_in_their_own_document(graph: Graph) -> None:
    found = {each.document: each for each in commitments(graph)}
    assert found[NEW].commitments > 0
    assert found[REMOVING].commitments == 0
    assert all(0 <= each.share <= 1 for each in found.values())


def test_the_benchmark_asks_every_saved_query(graph: Graph) -> None:
    assert set(measure(graph, runs=1)) == set(saved())
