"""What a server holds of a graph, as a named graph on it: the manifest of what was published, in JSON literals.

::

    <base>graph/published   a void:Dataset ; rdf:value "{ the manifest but its files, and what is unfinished }" ;
                            dct:hasPart <source of a file> .
    <source of a file>      rdf:value "[ its place among the files, { the file in the manifest } ]" .

The manifest names each graph's content by a hash, so that publishing again sends what has changed and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.graph.folder import GraphError, Manifest
from kg.graph.naming import Naming
from kg.graph.vocabulary import PREFIXES
from kg.remote import record_graph

_TYPE, _VALUE = ox.NamedNode(f"{PREFIXES['rdf']}type"), ox.NamedNode(f"{PREFIXES['rdf']}value")
_PART = ox.NamedNode(f"{PREFIXES['dct']}hasPart")
_DATASET = ox.NamedNode("http://rdfs.org/ns/void#Dataset")

#: Finds the records on a server, without the files in them, and the files of one.
HEADS = f"SELECT ?record ?json {{ GRAPH ?record {{ ?record a {_DATASET} ; {_VALUE} ?json }} }}"
FILES = f"SELECT ?json {{{{ GRAPH <{{record}}> {{{{ <{{record}}> {_PART} ?file . ?file {_VALUE} ?json }}}} }}}}"


@dataclass(frozen=True, slots=True)
class Record:
    """What was published: a manifest, and the IRIs of graphs that may hold anything, as publishing did not end."""

    manifest: Manifest
    unfinished: tuple[str, ...] = ()

    def to_ntriples(self) -> bytes:
        """The record as the content of its named graph."""
        naming = Naming(self.manifest.base)
        data = json.loads(self.manifest.to_json())
        files = data.pop("files")
        node = ox.NamedNode(record_graph(naming))
        head = _literal(data | {"unfinished": self.unfinished})
        triples = [ox.Triple(node, _TYPE, _DATASET), ox.Triple(node, _VALUE, head)]
        for place, file in enumerate(files):
            source = ox.NamedNode(naming.source(file["sha256"]))
            triples += [ox.Triple(node, _PART, source), ox.Triple(source, _VALUE, _literal([place, file]))]
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""

    @classmethod
    def from_json(cls, head: str, files: Iterable[str], where: str) -> Record:
        """A record from its parts.  GraphError where another version of the program wrote it."""
        try:
            data = json.loads(head)
            unfinished = tuple(data.pop("unfinished"))
            parts = sorted((json.loads(file) for file in files), key=lambda part: int(part[0]))
            whole = data | {"files": [file for _, file in parts]}
            manifest = Manifest.from_json(json.dumps(whole), Path(where))
        except (ValueError, KeyError, TypeError) as error:
            raise GraphError(f"{where} holds a record that this program cannot read ({error!r}).") from error
        return cls(manifest, unfinished)

    @classmethod
    def from_ntriples(cls, content: bytes, where: str) -> Record | None:
        """The record in a named graph's content; None where there is none."""
        triples = list(ox.parse(content, format=ox.RdfFormat.N_TRIPLES, lenient=True))
        heads = {triple.subject for triple in triples if triple.predicate == _TYPE}
        values = [triple for triple in triples if triple.predicate == _VALUE]
        head = [triple.object.value for triple in values if triple.subject in heads]
        files = [triple.object.value for triple in values if triple.subject not in heads]
        return cls.from_json(head[0], files, where) if head else None


def _literal(data: object) -> ox.Literal:
    """JSON in ASCII: there are servers that spoil other characters in long literals."""
    return ox.Literal(json.dumps(data, ensure_ascii=True))
