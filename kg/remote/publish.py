"""A graph folder put on a server, by the SPARQL 1.1 Graph Store HTTP Protocol: only the named graphs that changed.

A record on the server (:mod:`kg.remote.record`) says what each graph holds.  It is put first, with the graphs that are
about to change marked as unfinished, and again when all is done: publishing that was interrupted is made up for by the
next, and until then no one takes half a graph for a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.graph.folder import Folder
from kg.graph.naming import Naming
from kg.graph.store import Graph, open_graph, without_graph
from kg.remote import record_graph, union_graph
from kg.remote.record import Record
from kg.remote.server import RemoteError, Server

_N_TRIPLES = ox.RdfFormat.N_TRIPLES.media_type
#: The union is sent in pieces of about this many bytes: few servers take gigabytes in one request.
_PIECE = 16_000_000


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: named graphs put, deleted, left as they were, and the statements of all."""

    put: int
    deleted: int
    unchanged: int
    quads: int


def publish(path: str | Path, server: Server, progress: Callable[[int, int, str], None] | None = None) -> Published:
    """Make the named graphs on a server those of a graph folder.

    Args:
        path: the graph folder.
        server: its address is that of the server's Graph Store Protocol.
        progress: called with the number of graphs done, the number of all to do, and the IRI of the last one.

    Raises:
        GraphError: there is no graph, or the server is not there, refuses, or answers something else.
    """
    folder = Folder(Path(path))
    manifest = folder.read()
    naming = Naming(manifest.base)
    store = _Store(server)
    before = store.record(record_graph(naming))
    known = _known(before)
    graphs = {entry.iri: entry for entry in manifest.graphs}
    changed = [entry for entry in graphs.values() if known.get(entry.iri) != entry.file]
    gone = sorted(known.keys() - graphs.keys())
    done = Published(len(changed), len(gone), len(graphs) - len(changed), manifest.quads)
    if before and before == Record(manifest):
        return done
    report = progress or (lambda *_: None)
    if changed or gone:
        opened = open_graph(path)
        total = len(changed) + len(gone) + 1
        unfinished = (*(entry.iri for entry in changed), *gone)
        store.put(record_graph(naming), Record(manifest, unfinished).to_ntriples())
        for number, entry in enumerate(changed, start=1):
            store.put(entry.iri, without_graph(folder.content(entry), entry.iri))
            report(number, total, entry.iri)
        for number, iri in enumerate(gone, start=len(changed) + 1):
            store.delete(iri)
            report(number, total, iri)
        for piece, content in enumerate(_union(opened)):
            (store.add if piece else store.put)(union_graph(naming), content)
        report(total, total, union_graph(naming))
    store.put(record_graph(naming), Record(manifest).to_ntriples())
    return done


def _known(record: Record | None) -> dict[str, str]:
    """The content of each graph on the server by its IRI; empty where it may be anything."""
    if record is None:
        return {}
    known = {entry.iri: entry.file for entry in record.manifest.graphs}
    return known | dict.fromkeys(record.unfinished, "")


def _union(graph: Graph) -> Iterator[bytes]:
    """Every statement once, in pieces."""
    lines: list[str] = []
    size = 0
    for quad in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        lines.append(f"{quad.triple} .\n")
        size += len(lines[-1])
        if size > _PIECE:
            yield "".join(lines).encode()
            lines, size = [], 0
    yield "".join(lines).encode()


class _Store:
    """The named graphs on a server, each named in the query string (indirect graph identification, 4.2)."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def record(self, iri: str) -> Record | None:
        """What was published before."""
        answer = self._server.request(
            "GET", params={"graph": iri}, headers={"Accept": _N_TRIPLES}, missing_is_none=True
        )
        if answer is None:
            return None
        try:
            return Record.from_ntriples(answer.content, str(self._server.url))
        except SyntaxError as error:
            raise RemoteError(
                f"{self._server.url} does not answer as a graph store ({error}); give the address of its SPARQL 1.1 "
                "Graph Store HTTP Protocol."
            ) from error

    def put(self, iri: str, content: bytes) -> None:
        """Put a named graph in the place of what is there."""
        self._send("PUT", iri, content)

    def add(self, iri: str, content: bytes) -> None:
        """Add statements to a named graph."""
        self._send("POST", iri, content)

    def delete(self, iri: str) -> None:
        """Delete a named graph, if it is there."""
        self._server.request("DELETE", params={"graph": iri}, missing_is_none=True)

    def _send(self, method: str, iri: str, content: bytes) -> None:
        headers = {"Content-Type": _N_TRIPLES}
        self._server.request(method, params={"graph": iri}, content=content, headers=headers)
