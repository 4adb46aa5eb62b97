"""Checking: a quote that the source does not have, a place outside of it, a link to nothing are all named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.facts import Evidence
from kg.graph.check import check_evidence, check_links
from kg.graph.store import open_graph
from tests import invented
from tests.fakes import rewrite_graph, write_graph

TASK = next(fact for fact in invented.FACTS if type(fact).__name__ == "Assignment")
WRONG = Evidence(invented.FILE, 0, 3, "桐川市")
LENGTH = len(invented.TEXT)


def faults(path: Path, *evidence: Evidence) -> list[str]:
    graph = open_graph(write_graph(path, [replace(TASK, evidence=evidence)]))
    return [fault.message for fault in check_evidence(graph).faults]


def test_every_place_of_every_fact_is_looked_at(tmp_path: Path) -> None:
    check = check_evidence(open_graph(write_graph(tmp_path / "g.kg", invented.FACTS)))
    assert check.checked == sum(len(fact.evidence) for fact in invented.FACTS)
    assert check.faults == ()


def test_white_space_does_not_count(tmp_path: Path) -> None:
    start = invented.TEXT.index("印发澜州市\n“绿岸”")
    assert faults(tmp_path / "g.kg", Evidence(invented.FILE, start, start + 10, "印 发澜州市“绿岸”")) == []


@pytest.mark.parametrize(
    ("evidence", "message"),
    [
        ([WRONG], "the source says “澜州市” at [0, 3), the quote “桐川市”"),
        ([*TASK.evidence, WRONG], "the source says “澜州市” at [0, 3), the quote “桐川市”"),
        ([Evidence(invented.FILE, 5, 99_999, "x")], f"[5, 99999) lies outside of the source ({LENGTH} characters)"),
        ([Evidence(invented.FILE, 5, 5, "")], "it has no evidence"),
        ([], "it has no evidence"),
    ],
)
def test_wrong_evidence_is_named(tmp_path: Path, evidence: list[Evidence], message: str) -> None:
    assert message in "\n".join(faults(tmp_path / "g.kg", *evidence))


def test_a_source_text_that_was_changed_is_named(tmp_path: Path) -> None:
    path = write_graph(tmp_path / "g.kg", invented.FACTS)
    (kept,) = (path / "sources").iterdir()
    kept.write_text(invented.TEXT.replace("水利局", "水务局"), encoding="utf-8")
    check = check_evidence(open_graph(path))
    assert (check.faults[0].iri, check.faults[0].message) == (invented.FILE, "the kept source text has been changed")
    assert any("市水务局" in fault.message for fault in check.faults)


def test_a_source_text_that_is_lost_is_named(tmp_path: Path) -> None:
    path = write_graph(tmp_path / "g.kg", invented.FACTS)
    (kept,) = (path / "sources").iterdir()
    kept.unlink()
    assert {fault.message for fault in check_evidence(open_graph(path)).faults} == {
        "the text of its source is not kept in the graph"
    }


def test_links_lead_somewhere(tmp_path: Path) -> None:
    assert check_links(open_graph(write_graph(tmp_path / "g.kg", invented.FACTS))) == ()


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    path = write_graph(tmp_path / "g.kg", invented.FACTS)
    person = "<https://policy-kg.example/person/澜州市/吴大亮> "
    rewrite_graph(path, invented.NUMBER, lambda lines: [line for line in lines if not line.startswith(person)])
    found = check_links(open_graph(path))
    assert {fault.message.split(" leads to ")[1] for fault in found} == {
        "https://policy-kg.example/person/澜州市/吴大亮, of which nothing is said"
    }
    assert len(found) == 3
