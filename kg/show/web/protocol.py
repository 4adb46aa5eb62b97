"""The SPARQL 1.1 endpoint: query protocol, service description, and the Graph Store HTTP Protocol, all read-only.

https://www.w3.org/TR/sparql11-protocol/ · https://www.w3.org/TR/sparql11-service-description/ ·
https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.graph.answers import Answer, Outcome, Question
from kg.graph.folder import Manifest
from kg.graph.naming import is_iri
from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES
from kg.graph.workers import Workers
from kg.show.web.negotiation import RESULTS, SHORT, STATEMENTS, best

#: The most bytes of a request's body.
MOST_BODY = 1_000_000
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_ALLOW = {"Allow": ", ".join(_METHODS)}
_READ_ONLY = "this endpoint is read-only: it takes queries, no updates."
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"

#: What a stopped or refused query is answered with.
STATUS = {
    Outcome.DONE: 200,
    Outcome.WRONG: 400,
    Outcome.NOT_ACCEPTABLE: 406,
    Outcome.TOO_LARGE: 400,
    Outcome.TOO_LONG: 504,
    Outcome.TOO_MUCH: 507,
    Outcome.BUSY: 503,
}


class RefusedError(Exception):
    """A request that cannot be answered: the status and one sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The endpoint of one graph; ``manifest`` describes it."""

    workers: Workers
    manifest: Manifest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for ``/sparql`` (ASGI)."""
        response = await self.sparql(Request(scope, receive))
        await response(scope, receive, send)

    async def sparql(self, request: Request) -> Response:
        """``/sparql``: a query by GET or by one of the two forms of POST; without a query, the service description."""
        if request.method not in _METHODS:
            return PlainTextResponse("a query is asked by GET or POST.\n", 405, _ALLOW)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOW)
        try:
            parameters, text = await _parameters(request)
            if text is None:
                if request.method in ("GET", "HEAD") and not parameters:
                    return self._description(request)
                raise RefusedError(400, "the request has no query: send it as the parameter query.")
            question = _question(request, parameters, text)
        except RefusedError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        return respond(await self.workers.ask(question), f"{_short_name(parameters)}")

    def _description(self, request: Request) -> Response:
        media_type = best(request.headers.get("accept"), (*STATEMENTS, "text/html"))
        if media_type == "text/html":
            return RedirectResponse("/editor", 303)
        form = ox.RdfFormat.from_media_type(media_type or "")
        if form is None:
            return PlainTextResponse("the service description is a graph: accept Turtle or JSON-LD.\n", 406)
        statements = described(self.manifest, _address(request))
        prefixes = {**PREFIXES, "sd": _SD, "void": _VOID}
        return Response(ox.serialize(statements, format=form, prefixes=prefixes), media_type=media_type)

    async def graphs(self, request: Request) -> Response:
        """``/graphs?graph=IRI`` or ``?default``: the statements of a named graph or of all (Graph Store Protocol)."""
        graph, is_default = request.query_params.get("graph"), "default" in request.query_params
        if (graph is None) != is_default:
            return PlainTextResponse("say either ?graph=IRI or ?default.\n", 400)
        named = {entry.iri for entry in self.manifest.graphs}
        if graph is not None and graph not in named:
            return PlainTextResponse("there is no such graph.\n", 404)
        pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        media_type = best(request.headers.get("accept"), STATEMENTS)
        question = Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", None, media_type)
        return respond(await self.workers.ask(question))


class Direct:
    """Leads requests for ``/sparql`` past everything that is for pages: it takes longer than a small query does.

    ``zipped`` is the endpoint for clients that take compressed answers.
    """

    def __init__(self, app: ASGIApp, endpoint: ASGIApp, zipped: ASGIApp) -> None:
        self.app, self._endpoint, self._zipped = app, endpoint, zipped

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http" or scope["path"] != "/sparql":
            await self.app(scope, receive, send)
        elif any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"]):
            await self._zipped(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)


def respond(answer: Answer, name: str = "") -> Response:
    """An answer of the workers as a response; ``name`` is the file name to save it under, if it is to be saved."""
    status = STATUS[answer.outcome]
    headers = {"Vary": "Accept"}
    if answer.outcome is Outcome.BUSY:
        headers["Retry-After"] = "5"
    if status != 200:
        return PlainTextResponse(answer.body + b"\n", status, headers)
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(answer.body, status, headers, answer.media_type)


def described(manifest: Manifest, endpoint: str) -> list[ox.Triple]:
    """The service description of an endpoint, with the graph's figures in VoID."""
    service, dataset, default = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("default")
    rdf_type = ox.NamedNode(f"{PREFIXES['rdf']}type")
    said: list[tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]] = [
        (service, f"{_SD}endpoint", service),
        (service, f"{_SD}supportedLanguage", ox.NamedNode(f"{_SD}SPARQL11Query")),
        (service, f"{_SD}feature", ox.NamedNode(f"{_SD}UnionDefaultGraph")),
        (service, f"{_SD}defaultDataset", dataset),
        (dataset, f"{_SD}defaultGraph", default),
        (dataset, f"{_VOID}triples", ox.Literal(manifest.quads)),
        (dataset, f"{_VOID}sparqlEndpoint", service),
        (dataset, f"{_VOID}uriSpace", ox.Literal(manifest.base)),
        (dataset, f"{_VOID}vocabulary", ox.NamedNode(ONTOLOGY_GRAPH)),
        (dataset, f"{PREFIXES['dct']}modified", ox.Literal(manifest.built)),
    ]
    formats = [ox.QueryResultsFormat.from_media_type(media_type) for media_type in RESULTS]
    graph_formats = [ox.RdfFormat.from_media_type(media_type) for media_type in STATEMENTS]
    said += [(service, f"{_SD}resultFormat", ox.NamedNode(form.iri)) for form in (*formats, *graph_formats) if form]
    kinds: list[tuple[ox.NamedNode | ox.BlankNode, str]] = [
        (service, "Service"),
        (dataset, "Dataset"),
        (default, "Graph"),
    ]
    for number, entry in enumerate(manifest.graphs):
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        kinds += [(named, "NamedGraph"), (graph, "Graph")]
        said += [
            (dataset, f"{_SD}namedGraph", named),
            (named, f"{_SD}name", ox.NamedNode(entry.iri)),
            (named, f"{_SD}graph", graph),
            (graph, f"{_VOID}triples", ox.Literal(entry.quads)),
        ]
    statements = [ox.Triple(node, rdf_type, ox.NamedNode(_SD + kind)) for node, kind in kinds]
    return statements + [ox.Triple(node, ox.NamedNode(link), value) for node, link, value in said]


async def _parameters(request: Request) -> tuple[list[tuple[str, str]], str | None]:
    """The parameters of a request and its query text, from the address or the body."""
    parameters = _pairs(request.scope["query_string"])
    if request.method == "POST":
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in (_FORM, _QUERY, _UPDATE):
            raise RefusedError(415, f"a query is posted as {_FORM} or {_QUERY}.")
        body = await _body(request)
        if kind == _UPDATE:
            raise RefusedError(403, _READ_ONLY)
        if kind == _QUERY:
            if any(name == "query" for name, _ in parameters):
                raise RefusedError(400, "the request has more than one query.")
            return parameters, _decoded(body)
        # The dataset may stand in the address beside a posted form: the tests of the W3C have it there
        parameters += _pairs(body)
    if any(name == "update" for name, _ in parameters):
        raise RefusedError(403, _READ_ONLY)
    texts = [value for name, value in parameters if name == "query"]
    if len(texts) > 1:
        raise RefusedError(400, "the request has more than one query.")
    return parameters, texts[0] if texts else None


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BODY:
            raise RefusedError(413, f"a request has at most {MOST_BODY // 1_000_000} MB.")
    return body


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the request is not in UTF-8, percent-encoded.") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the query is not in UTF-8.") from error


def _question(request: Request, parameters: list[tuple[str, str]], text: str) -> Question:
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    graphs = {name: tuple(given.get(name, ())) for name in ("default-graph-uri", "named-graph-uri")}
    for iri in (iri for iris in graphs.values() for iri in iris):
        if not is_iri(iri):
            raise RefusedError(400, "a graph is named by an absolute IRI.")
    accept = request.headers.get("accept")
    if wanted := given.get("format"):
        if wanted[0] not in SHORT:
            raise RefusedError(400, f"format is one of {', '.join(SHORT)}.")
        accept = SHORT[wanted[0]]
    return Question(
        text,
        results=best(accept, RESULTS),
        statements=best(accept, STATEMENTS),
        default_graphs=graphs["default-graph-uri"],
        named_graphs=graphs["named-graph-uri"],
        base_iri=_address(request),
    )


def _address(request: Request) -> str:
    """The address of a request without its query."""
    return str(URL(scope={**request.scope, "query_string": b""}))


def _short_name(parameters: list[tuple[str, str]]) -> str:
    """An answer that a link asks for in a certain format is to be saved."""
    wanted = [value for name, value in parameters if name == "format" and value in SHORT]
    return f"answer.{wanted[0]}" if wanted else ""
