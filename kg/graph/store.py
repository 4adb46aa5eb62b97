"""The Oxigraph index over a graph folder: open it, query it.

A small graph is loaded into memory (some 350 bytes a statement); a large one goes to a store on disk inside the folder,
made at the first opening and used until the graph changes.  Nothing is ever fetched: SERVICE is refused.

The store's default graph holds every statement once: it is the union that queries without GRAPH see.  Oxigraph's own
``use_default_graph_as_union`` counts a statement once for each graph that it stands in, which inflates every COUNT.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.graph.folder import FileEntry, Folder, GraphError, Manifest
from kg.graph.vocabulary import PREFIXES

#: Up to here a graph is held in memory, where joins are 3 to 15 times faster than on disk.
MEMORY_LIMIT = 5_000_000
#: Statements are handed to Oxigraph in pieces of about this many bytes.
_CHUNK = 64_000_000
#: A build may clean files away while they are being loaded: then there is a new manifest to start again from.
_ATTEMPTS = 5

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
SparqlTerm = ox.NamedNode | ox.BlankNode | ox.Literal

#: The word anywhere, in a string or comment too: what is a string only a whole parser knows (``?a<?b&&'x>'``), and a
#: hole here would open a closed network.  Only a variable may have this name.
_SERVICE = re.compile(r"(?<![?$\w])SERVICE(?!\w)", re.IGNORECASE)
#: SPARQL's code point escapes (19.2), which could hide a letter of the word.
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U00([0-9A-Fa-f]{6})")

#: Where the parser stopped, and the rule of SPARQL that it names where it is not a matter of spelling.
_PLACE = re.compile(r"error at (\d+):(\d+)")
_RULE = re.compile(r"\bThe [^,\[]+\w")


class QueryError(GraphError):
    """A query that is wrong or not allowed."""


class Graph:
    """An opened graph: its manifest, its source texts, and a store to query."""

    def __init__(self, folder: Folder, manifest: Manifest, store: ox.Store) -> None:
        self.path = folder.path
        self.manifest = manifest
        self.store = store
        self._folder = folder

    def query(
        self,
        sparql: str,
        *,
        base_iri: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        **substitutions: SparqlTerm | str,
    ) -> Result:
        """Run a SPARQL 1.1 query over the union of all named graphs, or over the graphs that its FROM clauses name.

        Args:
            sparql: the query; the prefixes of :data:`kg.graph.vocabulary.PREFIXES` need not be declared.
            base_iri: what relative IRIs in the query are resolved against.
            default_graphs: the graphs whose union is asked, whatever the query says (SPARQL 1.1 Protocol, 2.1.4).
            named_graphs: the graphs that GRAPH sees, likewise.
            substitutions: values for projected variables; a string is taken as a plain literal.

        Raises QueryError for a syntax error, an update, or SERVICE.
        """
        return self._run(sparql, substitutions, base_iri, default_graphs, named_graphs)

    def _run(
        self,
        sparql: str,
        substitutions: Mapping[str, SparqlTerm | str],
        base_iri: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        refuse_service(sparql)
        values: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): ox.Literal(value) if isinstance(value, str) else value
            for name, value in substitutions.items()
        }
        dataset = default_graphs or named_graphs
        try:
            return self.store.query(
                sparql,
                base_iri=base_iri,
                prefixes=PREFIXES,
                default_graph=[ox.NamedNode(iri) for iri in default_graphs] if dataset else None,
                named_graphs=[ox.NamedNode(iri) for iri in named_graphs] if dataset else None,
                substitutions=values or None,
            )
        except (SyntaxError, RuntimeError, OSError, ValueError) as error:
            raise QueryError(f"the query cannot be run: {_reason(sparql, str(error))}.") from error

    def select(self, sparql: str, **substitutions: SparqlTerm | str) -> list[dict[str, str | None]]:
        """The rows of a SELECT query as plain strings by variable; None where a variable is unbound."""
        solutions = self._run(sparql, substitutions)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("a SELECT query was expected.")
        names = [variable.value for variable in solutions.variables]
        return [{name: getattr(row[name], "value", None) for name in names} for row in solutions]

    def graph(self, iri: str) -> Iterator[ox.Quad]:
        """The statements of a named graph."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))

    def describe(self, iri: str) -> Iterator[ox.Quad]:
        """The statements about a node, with the named graphs they stand in."""
        found = self.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        return (quad for quad in found if isinstance(quad.graph_name, ox.NamedNode))

    def record(self, *, named: bool = True) -> Iterator[bytes]:
        """The sorted N-Quads lines of each named graph; with ``named=False`` as N-Triples, without the graph's name."""
        for entry in self.manifest.graphs:
            content = self._folder.content(entry)
            yield content if named else without_graph(content, entry.iri)

    @cached_property
    def files(self) -> dict[str, FileEntry]:
        """The source files by name."""
        return {file.name: file for file in self.manifest.files}

    def text(self, name: str) -> str:
        """The decoded text of the source file with this name.  GraphError if there is none."""
        if name not in self.files:
            raise GraphError(f"{self.path} has no source file {name}.")
        return self._folder.text(self.files[name])


def open_graph(path: str | Path, *, memory_limit: int = MEMORY_LIMIT) -> Graph:
    """Open a graph folder, above ``memory_limit`` statements by a store on disk.  GraphError says what is wrong."""
    folder = Folder(Path(path))
    for attempt in range(_ATTEMPTS):
        manifest = folder.read()
        try:
            store = _load(folder, manifest) if manifest.quads <= memory_limit else _index(folder, manifest)
        except FileNotFoundError:
            time.sleep(0.05 * attempt)
        except SyntaxError as error:
            raise GraphError(
                f"{path} holds a damaged file ({error}); build the graph again into a new folder."
            ) from error
        except OSError as error:
            reason = error.strerror or error
            raise GraphError(f"{path} cannot be opened ({reason}); a large graph needs room for an index.") from error
        else:
            return Graph(folder, manifest, store)
    raise GraphError(f"{path} lacks files that its manifest names; build the graph again.")


def _load(folder: Folder, manifest: Manifest) -> ox.Store:
    store = ox.Store()
    _fill(store, folder, manifest)
    return store


def _index(folder: Folder, manifest: Manifest) -> ox.Store:
    """The store on disk for this state of the graph, made if it is not there; another process may make it meanwhile."""
    target = folder.path / "index" / manifest.content
    if target.exists():
        with contextlib.suppress(OSError, RuntimeError):
            return ox.Store.read_only(str(target))
        # A copy of the folder was interrupted: the index is made of the record, and can be made again
        shutil.rmtree(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    temporary.mkdir(parents=True)
    try:
        store = ox.Store(str(temporary))
        _fill(store, folder, manifest)
        store.optimize()
        del store
        temporary.replace(target)
    except OSError:
        shutil.rmtree(temporary, ignore_errors=True)
        if not target.exists():
            raise
    return ox.Store.read_only(str(target))


def _fill(store: ox.Store, folder: Folder, manifest: Manifest) -> None:
    chunk: list[bytes] = []
    size = 0
    for entry in manifest.graphs:
        content = folder.content(entry)
        chunk += [content, without_graph(content, entry.iri)]
        size += len(content)
        if size > _CHUNK:
            _bulk_load(store, chunk)
            chunk, size = [], 0
    _bulk_load(store, chunk)


def _bulk_load(store: ox.Store, chunk: list[bytes]) -> None:
    # Lenient: the IRIs are our own and were checked when they were made
    store.bulk_load(b"".join(chunk), format=ox.RdfFormat.N_QUADS, lenient=True)


def without_graph(content: bytes, iri: str) -> bytes:
    """The N-Quads lines of a named graph as statements of the default graph: its name is the last term of each."""
    return content.replace(f" <{iri}> .\n".encode(), b" .\n")


def refuse_service(sparql: str) -> None:
    """Raise QueryError where a query would have a server ask another one."""
    if _SERVICE.search(_unescaped(sparql)):
        raise QueryError("the word SERVICE is not allowed in a query: a graph asks no other server for answers.")


def _unescaped(sparql: str) -> str:
    return _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), sparql)


def _reason(sparql: str, message: str) -> str:
    """What is wrong with a query, in one line: the parser lists every token it would have taken, over many lines."""
    place = _PLACE.match(message)
    if place is None:
        return " ".join(message.split()).rstrip(".")
    line, column = int(place[1]), int(place[2])
    before = sparql.splitlines()[line - 1][: column - 1].strip()
    rule = _RULE.search(message)
    return f"line {line}, after “{before[-30:]}”" + (f": {rule[0]}" if rule else "")
