"""The graph as one RDF file: every format says every statement, and JSON-LD says it in the words of the context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph.folder import GraphError
from kg.graph.store import Graph, open_graph
from kg.graph.vocabulary import PREFIXES, ontology_folder
from kg.show.rdf import export_rdf
from tests import invented
from tests.fakes import write_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("rdf") / "g.kg", invented.FACTS))


def statements(graph: Graph) -> set[ox.Quad]:
    return {quad for content in graph.record() for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize("suffix", ["nq", "trig", "jsonld"])
def test_formats_with_named_graphs_say_every_statement(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"g.{suffix}"
    assert export_rdf(graph, path) == graph.manifest.quads == len(statements(graph))
    assert set(ox.parse(path=str(path), format=ox.RdfFormat.from_extension(suffix))) == statements(graph)


def test_turtle_says_every_triple_once(graph: Graph, tmp_path: Path) -> None:
    triples = {quad.triple for quad in statements(graph)}
    assert export_rdf(graph, tmp_path / "g.ttl") == len(triples)
    assert {quad.triple for quad in ox.parse(path=str(tmp_path / "g.ttl"))} == triples
    assert "gz:Assignment" in (tmp_path / "g.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["nq", "trig", "ttl", "jsonld"])
def test_the_same_graph_gives_the_same_bytes(graph: Graph, tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        export_rdf(graph, tmp_path / f"{name}.{suffix}")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_json_ld_reads_like_json(graph: Graph, tmp_path: Path) -> None:
    export_rdf(graph, tmp_path / "g.jsonld")
    data = json.loads((tmp_path / "g.jsonld").read_text(encoding="utf-8"))
    assert data["@context"] == context()
    nodes = [node for named in data["graph"] for node in named["graph"]]
    target = next(node for node in nodes if node.get("indicatorText") == "河岸绿化率")
    said = ("type", "valueText", "value", "comparator", "gz:unit", "targetYear", "nature", "confidence")
    assert {name: target[name] for name in said} == {
        "type": "gz:Target",
        "valueText": "85.5",
        "value": "85.5",
        "comparator": ">=",
        "gz:unit": "unit:PERCENT",
        "targetYear": "2035",
        "nature": "gz:Binding",
        "confidence": "0.8",
    }


def test_another_library_reads_the_json_ld_alike(graph: Graph, tmp_path: Path) -> None:
    export_rdf(graph, tmp_path / "g.jsonld")
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "g.jsonld", format="json-ld")
    assert sum(len(named) for named in dataset.graphs()) == graph.manifest.quads


def context() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))
    return loaded["@context"]


def test_the_context_has_a_word_for_every_property_of_facts(graph: Graph) -> None:
    ontology = next(entry.iri for entry in graph.manifest.graphs if entry.iri.endswith("/ontology"))
    defined = {value["@id"] if isinstance(value, dict) else value for value in context().values()} | set(context())
    used = {quad.predicate.value for quad in statements(graph) if quad.graph_name.value != ontology}
    short = {f"{prefix}:{iri.removeprefix(name)}" for iri in used for prefix, name in PREFIXES.items() if name in iri}
    # rdf:type is “type”; “name” is foaf:name's word, the other one keeps its prefix
    assert short - defined == {"rdf:type", "schema:name"}


def test_the_context_knows_the_prefixes_of_the_program() -> None:
    assert {name: value for name, value in context().items() if name in PREFIXES} == PREFIXES


def test_an_unknown_suffix_and_a_place_that_cannot_be_written_are_said(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"choose one of \.ttl, \.trig, \.nq, \.jsonld"):
        export_rdf(graph, tmp_path / "g.xml")
    with pytest.raises(GraphError, match="cannot be written"):
        export_rdf(graph, tmp_path / "missing" / "g.ttl")
