"""The figures of a graph: facts by kind, gazette and document, agencies by tasks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.facts import TABLES
from kg.graph.store import open_graph
from kg.show.stats import stats
from tests import invented
from tests.fakes import write_graph


def test_facts_are_counted_by_kind_gazette_and_document(tmp_path: Path) -> None:
    other = [replace(fact, doc="澜政办〔2030〕9号") for fact in invented.FACTS[:3]]
    found = stats(open_graph(write_graph(tmp_path / "g.kg", invented.FACTS, other)))
    assert list(found.facts) == list(TABLES)
    assert sum(found.facts.values()) == len(invented.FACTS) + 3
    assert [(each.gazette, each.file, each.documents, sum(each.facts.values())) for each in found.gazettes] == [
        ("2030-1", invented.FILE, 1, len(invented.FACTS)),
        ("2030-1", f"2-{invented.FILE}", 1, 3),
    ]
    assert [(each.number, each.title, sum(each.facts.values())) for each in found.documents] == [
        (invented.NUMBER, invented.TITLE, len(invented.FACTS)),
        ("澜政办〔2030〕9号", invented.TITLE, 3),
    ]
    assert (found.sources, found.built) == (2, "2030-02-01T00:00:00+00:00")


def test_agencies_are_counted_by_tasks_and_role(tmp_path: Path) -> None:
    found = stats(open_graph(write_graph(tmp_path / "g.kg", invented.FACTS)))
    assert [(each.name, each.lead, each.responsible, each.cooperating, each.tasks) for each in found.agencies] == [
        ("各县区人民政府", 0, 0, 1, 1),
        ("市财政局", 0, 0, 1, 1),
        ("澜州市住房和城乡建设局", 0, 1, 0, 1),
        ("澜州市水利局", 1, 0, 0, 1),
    ]
