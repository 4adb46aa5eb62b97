"""A graph on a SPARQL server, asked as a graph folder is: SPARQL 1.1 Protocol, answers as Oxigraph's own results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.graph.folder import GraphError, Manifest
from kg.graph.naming import Naming
from kg.graph.store import Graph, QueryError, Result, SparqlTerm, open_graph, refuse_service
from kg.graph.vocabulary import PREFIXES
from kg.remote import record_graph, union_graph, virtuoso
from kg.remote.record import HEADS, PARTS, Record, read_head
from kg.remote.server import RemoteError, Server
from kg.remote.tokens import Token, end_of_where, form, tokens

_JSON, _N_TRIPLES = ox.QueryResultsFormat.JSON.media_type, ox.RdfFormat.N_TRIPLES.media_type


def is_url(where: str | Path) -> bool:
    """Whether a graph is named by the URL of a server."""
    return str(where).startswith(("http://", "https://"))


def open_anywhere(where: str | Path) -> Graph:
    """Open a graph folder, or the graph on a SPARQL server by the URL of its endpoint.  GraphError if it is none."""
    return RemoteGraph(Server(str(where))) if is_url(where) else open_graph(where)


class RemoteGraph(Graph):
    """The graph that ``kg publish`` put on a server, or whatever else its endpoint answers from.

    Queries mean the same as on a graph folder: prefixes need not be declared, every statement counts once, SERVICE is
    refused.  What needs the kept source texts is not there.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._is_virtuoso = False
        self.path = Path(str(server.url))
        self._base, self._head = self._find_record()

    @cached_property
    def manifest(self) -> Manifest:  # type: ignore[override]
        """What was published.  GraphError where nothing was."""
        if self._base is None or self._head is None:
            raise GraphError(f"{self._server.url} has no graph that kg publish put there.")
        content = self._answer(PARTS.format(record=record_graph(Naming(self._base))), {}, "SELECT")
        found = _results(content, str(self._server.url))
        parts = [row["json"].value for row in found] if isinstance(found, ox.QuerySolutions) else []
        return Record.from_json(self._head, parts, str(self._server.url)).manifest

    def _run(
        self,
        sparql: str,
        substitutions: Mapping[str, SparqlTerm | str],
        base_iri: str | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        refuse_service(sparql)
        sparql = _with_values(sparql, substitutions)
        parts = tokens(sparql)
        kind = form(parts)
        if not kind:
            raise QueryError("the query cannot be run: it is no SELECT, ASK, CONSTRUCT or DESCRIBE.")
        dataset = {"default-graph-uri": [*default_graphs], "named-graph-uri": [*named_graphs]}
        words = {part.keyword for part in parts}
        if self._base and not default_graphs and not named_graphs and "FROM" not in words:
            naming = Naming(self._base)
            dataset["default-graph-uri"] = [union_graph(naming)]
            if "GRAPH" in words:
                dataset["named-graph-uri"] = [entry.iri for entry in self.manifest.graphs]
        content = self._answer(_declared(sparql, parts, base_iri), dataset, kind)
        if kind in ("CONSTRUCT", "DESCRIBE"):
            return _triples(content)
        if kind == "ASK":
            return _truth(content, str(self._server.url))
        result = _results(content, str(self._server.url))
        if self._is_virtuoso and isinstance(result, ox.QuerySolutions):
            return _normalised(sparql, result)
        return result

    def _answer(self, sparql: str, dataset: Mapping[str, Sequence[str]], kind: str) -> bytes:
        """The body of the answer to a query."""
        accepted = _N_TRIPLES if kind in ("CONSTRUCT", "DESCRIBE") else _JSON
        text = virtuoso.spelled(sparql) if self._is_virtuoso else sparql
        data = {"query": text, **{name: iris for name, iris in dataset.items() if iris}}
        response = self._server.request("POST", data=data, headers={"Accept": accepted})
        assert response is not None
        self._is_virtuoso = self._is_virtuoso or "virtuoso" in response.headers.get("server", "").lower()
        return response.content

    def _find_record(self) -> tuple[str | None, str | None]:
        """Base and manifest, without its lists, of what was published here; None twice where nothing was."""
        content = self._answer(HEADS, {}, "SELECT")
        heads = _results(content, str(self._server.url))
        found = [row["json"].value for row in heads] if isinstance(heads, ox.QuerySolutions) else []
        if len(found) > 1:
            raise RemoteError(
                f"{self._server.url} holds {len(found)} graphs with different bases; publish one to each."
            )
        if not found:
            return None, None
        base, is_unfinished = read_head(found[0], str(self._server.url))
        if is_unfinished:
            raise RemoteError(
                f"{self._server.url} holds a graph that is being published, or whose publishing was interrupted; "
                "wait, or publish it again with: kg publish"
            )
        return base, found[0]

    # --- what only a folder has ------------------------------------------------------------------------------------

    @property
    def store(self) -> ox.Store:  # type: ignore[override]
        """Not on a server."""
        raise self._lacking()

    def graph(self, iri: str) -> Iterator[ox.Quad]:
        """Not on a server."""
        raise self._lacking()

    def describe(self, iri: str) -> Iterator[ox.Quad]:
        """Not on a server."""
        raise self._lacking()

    def record(self, *, named: bool = True) -> Iterator[bytes]:
        """Not on a server."""
        raise self._lacking()

    def text(self, name: str) -> str:
        """Not on a server."""
        raise self._lacking()

    def _lacking(self) -> GraphError:
        return GraphError(
            f"{self._server.url} has the statements alone: this needs the source texts and files of the graph folder; "
            "give the folder."
        )


def _with_values(sparql: str, values: Mapping[str, SparqlTerm | str]) -> str:
    """A SELECT query with values for some variables, joined at the end of its outermost group."""
    if not values:
        return sparql
    parts = tokens(sparql)
    place = parts[end_of_where(parts)].start
    terms = {name: ox.Literal(value) if isinstance(value, str) else value for name, value in values.items()}
    said = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in terms.items())
    return f"{sparql[:place]} {said} {sparql[place:]}"


def _declared(sparql: str, parts: Sequence[Token], base_iri: str | None) -> str:
    """A query with the prefixes that it uses and does not declare, in its first line: line numbers stay."""
    declared = {parts[i + 1].text for i, part in enumerate(parts[:-1]) if part.keyword == "PREFIX"}
    used = {part.text.partition(":")[0] for part in parts if part.kind == "word" and ":" in part.text}
    head = [f"BASE <{base_iri}>"] if base_iri else []
    head += [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if name in used and f"{name}:" not in declared]
    return " ".join([*head, sparql])


def _results(content: bytes, where: str) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    except SyntaxError as error:
        raise RemoteError(
            f"{where} does not answer in SPARQL results ({error}); is it the address of a SPARQL endpoint?"
        ) from error


def _truth(content: bytes, where: str) -> Result:
    """A truth value; Virtuoso may give a table instead, with a row or without."""
    try:
        data = json.loads(content)
        value = data["boolean"] if "boolean" in data else bool(data["results"]["bindings"])
    except (ValueError, KeyError, TypeError):
        return _results(content, where)
    return _results(json.dumps({"head": {}, "boolean": value}).encode(), where)


def _triples(content: bytes) -> ox.QueryTriples:
    """Statements as the result of a query: Oxigraph makes those from a store alone."""
    store = ox.Store()
    store.load(content, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    result = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(result, ox.QueryTriples)
    return result


def _normalised(sparql: str, solutions: ox.QuerySolutions) -> Result:
    """The rows that Virtuoso gave, mended and in order."""
    names = [variable.value for variable in solutions.variables]
    rows: list[virtuoso.Row] = [
        {name: term for name in names if (term := row[name]) is not None and not isinstance(term, ox.Triple)}
        for row in solutions
    ]
    virtuoso.mended(sparql, rows)
    virtuoso.spell_truth(rows)
    lines = ["\t".join(str(row.get(name, "")) for name in names) for row in virtuoso.ordered(sparql, names, rows)]
    head = "\t".join(f"?{name}" for name in names)
    return ox.parse_query_results("\n".join([head, *lines, ""]), format=ox.QueryResultsFormat.TSV)
