"""VoID: a graph says itself what it holds, and says what counting it gives."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import main
from kg.graph.folder import GraphError
from kg.graph.store import Graph, open_graph
from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES
from kg.show.rdf import description
from tests import invented
from tests.fakes import write_graph

BASE = "https://policy-kg.example/"
VOID = rdflib.Namespace(PREFIXES["void"])
DATA = f"FILTER(?g NOT IN (<{BASE}graph/void>, <{ONTOLOGY_GRAPH}>))"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("void") / "g.kg", invented.FACTS))


def counted(graph: Graph, query: str) -> dict[str, int]:
    return {row["what"] or "": int(row["n"] or 0) for row in graph.select(query)}


def said(graph: Graph, kind: str, count: str) -> dict[str, int]:
    return counted(graph, f"SELECT ?what ?n {{ ?d void:{kind}Partition ?p . ?p void:{kind} ?what ; void:{count} ?n }}")


def test_things_are_counted_by_class(graph: Graph) -> None:
    found = counted(
        graph, f"SELECT ?what (COUNT(DISTINCT ?x) AS ?n) {{ GRAPH ?g {{ ?x a ?what }} {DATA} }} GROUP BY ?what"
    )
    assert said(graph, "class", "entities") == found
    assert found[PREFIXES["gz"] + "Target"] == sum(type(fact).__name__ == "Target" for fact in invented.FACTS)


def test_statements_are_counted_by_property_and_as_a_whole(graph: Graph) -> None:
    found = counted(graph, f"SELECT ?what (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?x ?what ?y }} {DATA} }} GROUP BY ?what")
    assert said(graph, "property", "triples") == found
    (row,) = graph.select("SELECT ?n { ?d a void:Dataset ; void:triples ?n ; void:uriSpace ?space }")
    assert int(row["n"] or 0) == sum(found.values())


def test_the_vocabularies_are_those_that_are_used(graph: Graph) -> None:
    named = {row["v"] or "" for row in graph.select("SELECT ?v { ?d void:vocabulary ?v }")}
    assert named >= {ONTOLOGY_GRAPH, PREFIXES["eli"], PREFIXES["org"], PREFIXES["prov"], PREFIXES["oa"]}
    assert PREFIXES["void"] not in named


def test_the_command_prints_it_as_turtle(sample_graph: Path) -> None:
    done = CliRunner().invoke(main, ["stats", str(sample_graph), "--void"])
    assert done.exit_code == 0
    printed = rdflib.Graph().parse(data=done.stdout, format="turtle")
    assert len(printed) == len(list(open_graph(sample_graph).graph(f"{BASE}graph/void")))
    target = rdflib.URIRef(f"{BASE}dataset/class/gz:Target")
    assert int(str(printed.value(target, VOID.entities))) == 212


def test_a_graph_that_does_not_describe_itself_says_so(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.show.rdf.void_iri", lambda naming: f"{BASE}graph/nowhere")
    with pytest.raises(GraphError, match="build it again"):
        description(graph)
