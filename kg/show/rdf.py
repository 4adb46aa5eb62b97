"""A graph as one RDF file: N-Quads, TriG, Turtle, or JSON-LD with the context of ``ontology/context.jsonld``.

All of them are made from the record (the sorted N-Quads files), so the same graph gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.graph.dataset import void_iri
from kg.graph.folder import GraphError
from kg.graph.naming import Naming
from kg.graph.store import Graph
from kg.graph.vocabulary import PREFIXES, ontology_folder

_CURIE_NAME = re.compile(r"[\w-]+")


def export_rdf(graph: Graph, file: str | Path) -> int:
    """Write the whole graph into a file whose suffix says how: .nq, .trig, .ttl (without named graphs) or .jsonld.

    Gives the number of statements written.  GraphError for another suffix, or if the file cannot be written.
    """
    path = Path(file)
    if path.suffix not in _WRITERS:
        raise GraphError(f"{path.name}: the suffix says how to write RDF; choose one of {', '.join(_WRITERS)}.")
    try:
        with path.open("wb") as out:
            return _WRITERS[path.suffix](graph, out)
    except OSError as error:
        raise GraphError(f"{path} cannot be written ({error.strerror}); choose another place.") from error


def description(graph: Graph) -> str:
    """The description of a graph as a dataset (VoID), as Turtle.  GraphError where its build has written none."""
    where = void_iri(Naming(graph.manifest.base))
    found = graph.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{where}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o")
    statements = list(found) if isinstance(found, ox.QueryTriples) else []
    if not statements:
        raise GraphError(f"{graph.path} does not describe itself; build it again.")
    used = {name: space for name, space in PREFIXES.items() if name in ("void", "dct", "prov", "rdf", "gz")}
    turtle = ox.serialize(statements, format=ox.RdfFormat.TURTLE, prefixes=used) or b""
    return turtle.decode()


def _nquads(graph: Graph, out: IO[bytes]) -> int:
    for content in graph.record():
        out.write(content)
    return graph.manifest.quads


def _trig(graph: Graph, out: IO[bytes]) -> int:
    quads = (quad for content in graph.record() for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS))
    ox.serialize(quads, out, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    return graph.manifest.quads


def _turtle(graph: Graph, out: IO[bytes]) -> int:
    # Sorted, so that what different documents say of one thing stands together
    lines = sorted({line for content in graph.record(named=False) for line in content.splitlines()})
    quads = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    ox.serialize((quad.triple for quad in quads), out, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return len(lines)


def _json_ld(graph: Graph, out: IO[bytes]) -> int:
    context = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    compact = _Compact(context)
    out.write(f'{{"@context": {_json(context)},\n"graph": ['.encode())
    for index, content in enumerate(graph.record()):
        quads = list(ox.parse(content, format=ox.RdfFormat.N_QUADS))
        nodes = ",\n".join(_json(node) for node in compact.nodes(quads))
        name = _json(quads[0].graph_name.value)
        out.write(f'{"," if index else ""}\n{{"id": {name}, "graph": [\n{nodes}]}}'.encode())
    out.write(b"\n]}\n")
    return graph.manifest.quads


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Compact:
    """Says statements in the words of a JSON-LD context (JSON-LD 1.1, compact form)."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.terms: dict[str, tuple[str, str]] = {}
        for word, definition in context.items():
            if isinstance(definition, dict):
                self.terms[_expand(definition["@id"])] = (word, definition["@type"])
            elif not definition.startswith(("@", "http")):
                self.terms[_expand(definition)] = (word, "xsd:string")

    def nodes(self, quads: Iterable[ox.Quad]) -> Iterator[dict[str, Any]]:
        """One node object for each subject; statements about one subject stand together."""
        for subject, group in groupby(quads, key=lambda quad: _value(quad.subject)):
            node: dict[str, Any] = {"id": subject}
            for quad in group:
                word, value = self._statement(quad)
                node.setdefault(word, []).append(value)
            yield {
                word: value[0] if isinstance(value, list) and len(value) == 1 else value for word, value in node.items()
            }

    def _statement(self, quad: ox.Quad) -> tuple[str, Any]:
        predicate, value = quad.predicate.value, quad.object
        if predicate == f"{PREFIXES['rdf']}type":
            return "type", curie(_value(value))
        word, kind = self.terms.get(predicate, (curie(predicate), ""))
        if isinstance(value, ox.Literal):
            if value.language:
                return word, {"@value": value.value, "@language": value.language}
            datatype = curie(value.datatype.value)
            plain = datatype == kind or (datatype == "xsd:string" and not kind)
            return word, value.value if plain else {"@value": value.value, "@type": datatype}
        name = curie(_value(value))
        return word, name if kind == "@id" else {"id": name}


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Triple):
        raise TypeError("a graph folder holds no statements about statements")
    return term.value


def _expand(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest


def curie(iri: str) -> str:
    """A term of a known vocabulary as prefixed name; any other IRI as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _CURIE_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


_WRITERS: dict[str, Callable[[Graph, IO[bytes]], int]] = {
    ".ttl": _turtle,
    ".trig": _trig,
    ".nq": _nquads,
    ".jsonld": _json_ld,
}
