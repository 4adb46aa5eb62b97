"""The saved queries on three real gazettes: how many rows they have, at least; and that validation finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.check import check_evidence, check_links
from kg.graph.queries import saved
from kg.graph.shapes import check_shapes
from kg.graph.store import Graph, open_graph

pytestmark = pytest.mark.slow

#: Rows without any parameter given, some tenth below what was counted; a query that has no rows there is not listed.
FLOORS = {
    "agency-duties": 1500,
    "annual-rates": 45,
    "basis-of-documents": 70,
    "binding-share": 13,
    "binding-targets": 14,
    "busiest-agencies": 200,
    "cooperation": 430,
    "cooperation-of-year": 450,
    "delay-after-basis": 24,
    "facts-by-form": 14,
    "facts-of-document": 3400,
    "fields-without-targets": 150,
    "indicator-over-years": 500,
    "lead-tasks-of-year": 50,
    "leading-groups": 18,
    "near-conflicts": 1,
    "offices-of-groups": 6,
    "plans-ending": 13,
    "plans-not-printed": 3,
    "plans-without-targets": 11,
    "plans-without-tasks": 3,
    "posts-of-person": 370,
    "targets-of-year": 430,
    "targets-without-task": 350,
    "tasks-of-collectives": 20,
    "tasks-under-one-identity": 80,
    "tasks-with-two-leads": 40,
    "tasks-without-deadline": 500,
    "tasks-without-lead": 370,
    "tasks-without-target": 450,
}


@pytest.fixture(scope="module")
def graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    from kg.build import build

    folder = tmp_path_factory.mktemp("real") / "g.kg"
    build([shared / "gazettes"], folder)
    return open_graph(folder)


def test_questions_have_rows(graph: Graph) -> None:
    few = {name: rows for name, floor in FLOORS.items() if (rows := len(graph.select(saved()[name].text))) < floor}
    assert few == {}


def test_every_question_can_be_asked(graph: Graph) -> None:
    for query in saved().values():
        graph.select(query.text)


def test_validation_finds_nothing(graph: Graph) -> None:
    assert check_evidence(graph).faults == ()
    assert check_links(graph) == ()
    assert check_shapes(graph).faults == ()
