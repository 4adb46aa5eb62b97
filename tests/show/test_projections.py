"""Projections of the sample: what nodes, edges and weights are, and what they carry."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from kg.graph.folder import GraphError
from kg.graph.store import Graph, open_graph
from kg.show.explain import explain
from kg.show.network import UnknownNameError, year_of
from kg.show.palette import ROLES, THINGS
from kg.show.projections import KINDS, project
from kg.show.tables import rows
from tests import linked
from tests.fakes import write_graph

WHOLE = [kind for kind in KINDS if kind != "neighbourhood"]


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Graph:
    return open_graph(sample_graph)


@pytest.mark.parametrize("kind", WHOLE)
def test_all_carry_the_same_attributes(graph: Graph, kind: str) -> None:
    network = project(graph, kind)

    assert len(network)
    for _, values in network.nodes(data=True):
        assert values.keys() >= {"label", "name", "kind", "kind_zh", "kind_en", "weight", "title", "facts", "years"}
        assert values["kind"] in THINGS
    for _, _, values in network.edges(data=True):
        assert values.keys() >= {"kind", "kind_zh", "kind_en", "weight", "title", "facts"}
        assert values["kind"] in ROLES


@pytest.mark.parametrize("kind", WHOLE)
def test_the_facts_of_an_edge_can_be_explained(graph: Graph, kind: str) -> None:
    _, _, values = next(iter(project(graph, kind).edges(data=True)))

    for iri in values["facts"]:
        assert explain(graph, iri).evidence
    assert values["facts"] or kind == "hierarchy", "only units are joined by no single fact"


def test_the_responsibility_network_of_a_plan_or_year_is_a_part(graph: Graph) -> None:
    whole, of_plan = project(graph, "responsibility"), project(graph, "responsibility", plan="绿道")

    assert 0 < len(of_plan) < len(whole)
    assert set(of_plan.edges) <= set(whole.edges)
    assert len(project(graph, "responsibility", year=1999)) == 0


def test_a_body_is_one_node_whatever_second_name_stands_in_brackets(tmp_path: Path) -> None:
    facts = (
        linked.document(linked.NOW, "三亚市人民政府关于储备的意见", "2030-01-20", "三亚市人民政府"),
        linked.mention(linked.NOW, "市发展改革委", "三亚市发展和改革委员会", "市"),
        linked.mention(linked.NOW, "市发展改革委（市粮食局）", "三亚市发展和改革委员会（三亚市粮食局）", "市"),
        linked.task(linked.NOW, "市发展改革委", "编制规划", "一、规划"),
        linked.task(linked.NOW, "市发展改革委（市粮食局）", "储备粮食", "二、储备"),
    )
    network = project(open_graph(write_graph(tmp_path / "g.kg", facts)), "responsibility")

    assert {node: values["weight"] for node, values in network.nodes(data=True)} == {"三亚市发展和改革委员会": 2}


def test_citations_look_back(graph: Graph) -> None:
    network = project(graph, "citations")

    assert nx.is_directed_acyclic_graph(network)
    assert {values["kind"] for _, values in network.nodes(data=True)} >= {"document", "national", "regional"}
    citing = {row["doc"] for row in rows(graph, "citations")}
    assert sum(1 for node in network if network.out_degree(node)) <= len(citing)


def test_a_body_stands_below_another_once(graph: Graph) -> None:
    network = project(graph, "hierarchy")

    assert nx.is_directed_acyclic_graph(network)
    assert all(values["weight"] == 1 for _, _, values in network.edges(data=True))


def test_people_are_joined_to_groups_alone(graph: Graph) -> None:
    network = project(graph, "groups")
    named = {(row["person"], row["group"]) for row in rows(graph, "memberships") if row["person"]}

    drawn = [dict(edge) for edge in network.edges]
    assert {(edge["person"], edge["group"]) for edge in drawn} == named
    assert {values["kind"] for *_, values in network.edges(data=True)} == {"chair", "member"}
    assert all(values["weight"] == network.degree(node) for node, values in network.nodes(data=True))


def test_an_indicator_weighs_its_targets(graph: Graph) -> None:
    network = project(graph, "indicators")
    targets = rows(graph, "targets")

    assert sum(weight for *_, weight in network.edges(data="weight")) == len(targets)
    binding = {row["indicator"] for row in targets if row["nature"] == "约束性"}
    drawn = {values["kind"] for node, _, values in network.edges(("indicator", min(binding)), data=True)}
    assert "binding" in drawn


def test_a_neighbourhood_grows_with_the_hops(graph: Graph) -> None:
    one = project(graph, "neighbourhood", node="栖澜市财政局")
    two = project(graph, "neighbourhood", node="栖澜市财政局", hops=2, most=10_000)

    assert set(one) < set(two)
    (centre,) = [node for node, values in one.nodes(data=True) if values.get("centre")]
    assert all(nx.has_path(one.to_undirected(), centre, node) for node in one)
    assert nx.eccentricity(one.to_undirected(), centre) == 1
    assert "task" in {values["kind"] for _, values in one.nodes(data=True)}


def test_a_neighbourhood_takes_no_more_than_told(graph: Graph) -> None:
    assert len(project(graph, "neighbourhood", node="栖澜市财政局", hops=3, most=25)) == 25


def test_what_is_not_there_is_told(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="云上市财政局"):
        project(graph, "neighbourhood", node="云上市财政局")
    with pytest.raises(GraphError, match="responsibility"):
        project(graph, "responsabilities")
    with pytest.raises(GraphError, match="does not take"):
        project(graph, "groups", year=2031)


@pytest.mark.parametrize(
    ("number", "year"),
    [("云政办〔2031〕5号", 2031), ("云江市节水条例", None), ("云政办发〔2022〕12、13号", 2022)],
)
def test_the_year_of_a_document_number(number: str, year: int | None) -> None:
    assert year_of(number) == year
