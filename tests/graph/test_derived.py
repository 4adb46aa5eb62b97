"""Totals over all documents: distinct tasks, each with the document graphs it was counted from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.facts import Assignment, Document, Fact
from kg.graph.store import Graph, open_graph
from tests import invented
from tests.fakes import write_graph

HEAD = invented.FACTS[0]
assert isinstance(HEAD, Document)


def document(number: str, *tasks: str) -> list[Fact]:
    """A document with assignments written as “任务/牵头、牵头/配合、配合”."""
    facts: list[Fact] = [replace(HEAD, doc=number)]
    for line in tasks:
        task, *agencies = line.split("/")
        for role, names in zip(("lead", "cooperating", "supervising"), agencies, strict=False):
            for name in filter(None, names.split("、")):
                facts.append(
                    Assignment(
                        doc=number, evidence=HEAD.evidence, rule="a.b", confidence=1, task=task, agency=name, role=role
                    )
                )
    return facts


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    one = document(
        "澜政办〔2030〕1号",
        "修路/市交通局/市财政局、市住建局/市政府办",
        "修路/市交通局/市财政局",
        "种树/市林业局/市财政局",
    )
    two = document("澜政办〔2030〕2号", "修桥/市交通局、市水利局/市财政局", "养护/市交通局/市交通局")
    return open_graph(write_graph(tmp_path / "g.kg", one, two))


def test_tasks_are_counted_by_agency_and_role(graph: Graph) -> None:
    found = graph.select(
        """SELECT ?name ?role ?tasks (COUNT(?origin) AS ?graphs) WHERE {
            ?total a gz:AgencyTotal ; gz:agency/skos:prefLabel ?name ; prov:hadRole/skos:notation ?role ;
                gz:taskCount ?tasks ; prov:wasDerivedFrom ?origin . ?origin a gz:DocumentGraph
        } GROUP BY ?total ?name ?role ?tasks"""
    )
    assert {tuple(row.values()) for row in found} == {
        # the same task named twice in a document is one task
        ("市交通局", "lead", "3", "2"),
        ("市交通局", "cooperating", "1", "1"),
        ("市水利局", "lead", "1", "1"),
        ("市林业局", "lead", "1", "1"),
        ("市财政局", "cooperating", "3", "2"),
        ("市住建局", "cooperating", "1", "1"),
        ("市政府办", "supervising", "1", "1"),
    }


def test_pairs_of_lead_and_partner_share_tasks(graph: Graph) -> None:
    found = graph.select(
        """SELECT ?lead ?partner ?tasks WHERE {
            ?pair a gz:CoResponsibility ; gz:leadAgency/skos:prefLabel ?lead ;
                gz:partnerAgency/skos:prefLabel ?partner ; gz:taskCount ?tasks }"""
    )
    assert {tuple(row.values()) for row in found} == {
        ("市交通局", "市财政局", "2"),
        ("市交通局", "市住建局", "1"),
        ("市林业局", "市财政局", "1"),
        ("市水利局", "市财政局", "1"),
        # neither the supervising body nor an agency with itself
    }


def test_a_document_that_two_files_print_counts_once(tmp_path: Path) -> None:
    facts = document("澜政办〔2030〕1号", "修路/市交通局/市财政局")
    graph = open_graph(write_graph(tmp_path / "g.kg", facts, facts))
    assert graph.select("SELECT DISTINCT ?tasks WHERE { ?total gz:taskCount ?tasks }") == [{"tasks": "1"}]
