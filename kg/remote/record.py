"""What a server holds of a graph, as a named graph on it: the manifest of what was published, in JSON literals.

::

    <base>graph/published   a void:Dataset ; rdf:value "{ the manifest but its lists, how many are unfinished }" ;
                            dct:hasPart <part> .
    <part>                  rdf:value "[ the name of a list, a place in it, { what stands there in the manifest } ]" .

Lists are not in the one literal because there are servers that take none of a hundred kilobytes.
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

#: Lists of the manifest, which grow with the graph.
_LISTS = ("files", "unread", "shared")

#: Finds the records on a server, without their lists, and the entries of the lists of one.
HEADS = f"SELECT ?record ?json {{ GRAPH ?record {{ ?record a {_DATASET} ; {_VALUE} ?json }} }}"
PARTS = f"SELECT ?json {{{{ GRAPH <{{record}}> {{{{ <{{record}}> {_PART} ?part . ?part {_VALUE} ?json }}}} }}}}"


@dataclass(frozen=True, slots=True)
class Record:
    """What was published: a manifest, and the IRIs of graphs that may hold anything, as publishing did not end."""

    manifest: Manifest
    unfinished: tuple[str, ...] = ()

    def to_ntriples(self) -> bytes:
        """The record as the content of its named graph."""
        naming = Naming(self.manifest.base)
        data = json.loads(self.manifest.to_json())
        lists = {name: data.pop(name) for name in _LISTS if name in data} | {"unfinished": self.unfinished}
        node = ox.NamedNode(record_graph(naming))
        head = _literal(data | {"unfinished": len(self.unfinished)})
        triples = [ox.Triple(node, _TYPE, _DATASET), ox.Triple(node, _VALUE, head)]
        for name, entries in lists.items():
            for place, entry in enumerate(entries):
                part = ox.NamedNode(f"{node.value}/{name}/{place}")
                triples += [ox.Triple(node, _PART, part), ox.Triple(part, _VALUE, _literal([name, place, entry]))]
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""

    @classmethod
    def from_json(cls, head: str, parts: Iterable[str], where: str) -> Record:
        """A record from its parts.  GraphError where another version of the program wrote it."""
        lists: dict[str, list[object]] = {name: [] for name in (*_LISTS, "unfinished")}
        try:
            data = json.loads(head)
            del data["unfinished"]
            for name, _, entry in sorted((json.loads(part) for part in parts), key=lambda part: int(part[1])):
                lists[name].append(entry)
            unfinished = tuple(map(str, lists.pop("unfinished")))
            manifest = Manifest.from_json(json.dumps(data | lists), Path(where))
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
        parts = [triple.object.value for triple in values if triple.subject not in heads]
        return cls.from_json(head[0], parts, where) if head else None


def read_head(head: str, where: str) -> tuple[str, bool]:
    """The base of what was published, and whether some of it is unfinished.

    GraphError where another version of the program wrote it.
    """
    try:
        data = json.loads(head)
        return str(data["base"]), data["unfinished"] > 0
    except (ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{where} holds a record that this program cannot read ({error!r}).") from error


def _literal(data: object) -> ox.Literal:
    """JSON in ASCII: there are servers that spoil other characters in long literals."""
    return ox.Literal(json.dumps(data, ensure_ascii=True))
