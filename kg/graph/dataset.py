"""What a graph holds, told as a dataset: W3C VoID, Describing Linked Datasets (Interest Group Note, 3 March 2011).

The description stands in a named graph of its own, ``<base>graph/void``; ``kg stats GRAPH --void`` prints it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.graph.naming import Naming, digest
from kg.graph.nquads import NamedGraph, Quads, iri
from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES, Term, term

TITLE = "政策知识图谱 · policy knowledge graph"
_TYPE = term("rdf:type").encode()
_N_QUADS = "http://www.w3.org/ns/formats/N-Quads"


def void_iri(naming: Naming) -> str:
    """The named graph that the description stands in."""
    return naming.path("graph", "void")


def void_graph(naming: Naming, contents: Iterable[bytes]) -> NamedGraph:
    """The description of a graph: its statements, its things by class, its statements by property, its vocabularies.

    Args:
        naming: gives the IRIs.
        contents: the N-Quads of all other named graphs but the ontology's.  A thing that several describe counts once
            in its classes; a statement that several make counts once for each.
    """
    members: defaultdict[bytes, set[bytes]] = defaultdict(set)
    properties: Counter[bytes] = Counter()
    for content in contents:
        for line in content.splitlines():
            subject, predicate, value = line.split(b" ", 3)[:3]
            properties[predicate] += 1
            if predicate == _TYPE:
                members[value].add(subject)
    quads = Quads(void_iri(naming))
    dataset = _dataset(quads, f"{naming.base}dataset", properties.total())
    quads.say(dataset, "dct:title", TITLE)
    quads.say(dataset, "void:uriSpace", naming.base)
    quads.add(dataset, "void:feature", iri(_N_QUADS))
    quads.add(dataset, "prov:wasGeneratedBy", iri(naming.build))
    for vocabulary in _vocabularies([*members, *properties]):
        quads.add(dataset, "void:vocabulary", iri(vocabulary))
    for kind, things in members.items():
        part = _part(quads, dataset, naming, "class", kind)
        quads.say(part, "void:entities", len(things), "xsd:integer")
    for name, count in properties.items():
        part = _part(quads, dataset, naming, "property", name)
        quads.say(part, "void:triples", count, "xsd:integer")
    return quads.finish()


def _dataset(quads: Quads, name: str, triples: int | None = None) -> Term:
    node = iri(name)
    quads.add(node, "rdf:type", term("void:Dataset"))
    quads.say(node, "void:triples", triples, "xsd:integer")
    return node


def _part(quads: Quads, dataset: Term, naming: Naming, kind: str, of: bytes) -> Term:
    """A part of the dataset, by class or by property: ``<base>dataset/class/gz:Target``."""
    name = of.decode().strip("<>")
    prefix, space = next(((prefix, space) for prefix, space in PREFIXES.items() if name.startswith(space)), ("", ""))
    short = f"{prefix}:{name.removeprefix(space)}" if prefix else digest(name)
    part = _dataset(quads, naming.path("dataset", kind, short))
    quads.add(dataset, f"void:{kind}Partition", part)
    quads.add(part, f"void:{kind}", Term(of.decode()))
    return part


def _vocabularies(terms: Iterable[bytes]) -> list[str]:
    """The namespaces of the vocabularies that the terms belong to; our own is named by the ontology."""
    names = [each.decode().strip("<>") for each in terms]
    used = {space for space in PREFIXES.values() if any(name.startswith(space) for name in names)}
    return sorted(ONTOLOGY_GRAPH if space == PREFIXES["gz"] else space for space in used)
