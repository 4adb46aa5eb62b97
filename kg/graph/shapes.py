"""A graph is held against its shapes (SHACL, ``ontology/shapes.ttl``), each document by itself.

Shapes are checked by pySHACL, the extra ``policy-kg[shacl]``: a graph is built, asked and shown without it.  The graph
of one document is small, so that pySHACL over rdflib is fast enough; a whole graph at once would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import rdflib
from rdflib.namespace import RDF, SH

from kg.graph.check import Fault
from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES, ontology_folder

_OA, _GZ = rdflib.Namespace(PREFIXES["oa"]), rdflib.Namespace(PREFIXES["gz"])
#: How a value that breaks a shape is told: not longer.
_LONGEST_VALUE = 80


class ShapesError(GraphError):
    """Shapes cannot be checked: pySHACL is missing."""


@dataclass(frozen=True, slots=True)
class ShapesCheck:
    """What the check of all shapes gave: how many named graphs were looked at, and the faults."""

    checked: int
    faults: tuple[Fault, ...]


def check_shapes(graph: Graph) -> ShapesCheck:
    """Hold every document's graph, and every graph derived from them, against the shapes.

    Raises ShapesError if pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise ShapesError("shapes need pySHACL; install it with: pip install 'policy-kg[shacl]'") from error
    faults: list[Fault] = []
    checked = 0
    for entry, content in zip(graph.manifest.graphs, graph.record(named=False), strict=True):
        if entry.iri == ONTOLOGY_GRAPH:
            continue
        checked += 1
        data = rdflib.Graph().parse(data=content, format="nt")
        holds, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", inplace=True)
        if not holds:
            faults += sorted(_faults(report, data), key=lambda fault: (fault.iri, fault.message))
    return ShapesCheck(checked, tuple(dict.fromkeys(faults)))


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "shapes.ttl")


def _faults(report: rdflib.Graph, data: rdflib.Graph) -> Iterator[Fault]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        messages = sorted(report.objects(result, SH.resultMessage), key=_language, reverse=True)
        value = report.value(result, SH.value)
        told = f" (“{str(value)[:_LONGEST_VALUE]}”)" if value is not None and value != focus else ""
        for node in _facts_behind(data, focus):
            yield Fault(str(node), " · ".join(map(str, messages)) + told)


def _language(message: rdflib.term.Node) -> str:
    return (message.language or "") if isinstance(message, rdflib.Literal) else ""


def _facts_behind(data: rdflib.Graph, focus: rdflib.term.Node | None) -> list[rdflib.term.Node]:
    """The facts whose evidence is at fault, where a place or its selectors are; else the node itself."""
    if focus is None:
        return []
    places = {focus, *data.subjects(_OA.hasSelector, focus)}
    facts = {
        fact for link in (_GZ.evidence, _GZ.furtherEvidence) for place in places for fact in data.subjects(link, place)
    }
    return sorted(facts, key=str) or [focus]
