"""The W3C's tests of the SPARQL 1.1 protocol, service description and graph store protocol, against the endpoint.

Everything that concerns queries passes; everything that concerns updates is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph as RdfGraph
from rdflib import Namespace, URIRef
from rdflib.collection import Collection
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.graph.answers import Limits
from kg.graph.folder import Folder, Manifest
from kg.graph.nquads import NamedGraph
from kg.graph.workers import Workers
from kg.show.web.protocol import Endpoint

SUITE = Path(__file__).resolve().parents[4] / "shared" / "w3c" / "sparql" / "sparql11"
DATA = "http://kasei.us/2009/09/sparql/data/"
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SD = "http://www.w3.org/ns/sparql-service-description#"

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the W3C's tests (../shared/w3c) are not beside the repository"
)


def entries(suite: str) -> list[tuple[str, RdfGraph, Any]]:
    """The tests of a manifest: their names, the manifest, their nodes."""
    path = SUITE / suite / "manifest.ttl"
    if not path.is_file():
        return []
    manifest = RdfGraph().parse(path)
    (head,) = manifest.objects(predicate=MF.entries)
    return [(str(node).rpartition("#")[2], manifest, node) for node in Collection(manifest, head)]


PROTOCOL = entries("protocol")
QUERIES = [entry for entry in PROTOCOL if entry[0].startswith(("query_", "bad_query_", "bad_multiple_queries"))]
UPDATES = [entry for entry in PROTOCOL if "update" in entry[0]]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An endpoint over the data of the tests."""
    folder = Folder(tmp_path_factory.mktemp("w3c") / "w3c.kg")
    empty = Manifest("test", "-", "-", "https://policy-kg.example/", "2031-01-01T00:00:00Z")
    with folder.writing(empty):
        graphs = []
        for path in sorted((SUITE / "protocol").glob("data*.nt")):
            name = f"{DATA}{path.stem}.rdf"
            quads = [ox.Quad(*quad.triple, ox.NamedNode(name)) for quad in ox.parse(path=path)]
            lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
            graphs.append(folder.keep(NamedGraph(name, lines, len(quads))))
        manifest = Manifest(**{**{f: getattr(empty, f) for f in empty.__slots__}, "shared": tuple(graphs)})
        folder.commit(manifest)
    workers = Workers.start(folder.path, Limits(workers=1))
    endpoint = Endpoint(workers, manifest)
    app = Starlette(
        routes=[
            Route("/sparql/", endpoint.sparql, methods=["GET", "POST"]),
            Route("/graphs", endpoint.graphs, methods=["GET"]),
        ],
        lifespan=lambda _: workers,
    )
    with TestClient(app, base_url="http://www.example") as client:
        yield client


def sent(client: TestClient, manifest: RdfGraph, test: Any) -> Iterator[tuple[Any, set[str], RdfGraph, Any]]:
    """Each request of a test with its response, the statuses expected, and the node of what is expected."""
    (connection,) = manifest.objects(test, MF.action)
    (requests,) = manifest.objects(connection, HT.requests)
    for request in Collection(manifest, requests):
        headers = {}
        if (listed := manifest.value(request, HT.headers)) is not None:
            headers = {
                str(manifest.value(h, HT.fieldName)): str(manifest.value(h, HT.fieldValue))
                for h in Collection(manifest, listed)
            }
        body = manifest.value(request, HT.body)
        content = None
        if body is not None:
            encoding = str(manifest.value(body, CNT.characterEncoding) or "UTF-8")
            content = str(manifest.value(body, CNT.chars)).encode(encoding)
        method, path = str(manifest.value(request, HT.methodName)), str(manifest.value(request, HT.absolutePath))
        response = client.request(method, path, headers=headers, content=content, follow_redirects=False)
        expected = manifest.value(request, HT.resp)
        statuses = {str(status)[-3] for status in manifest.objects(expected, MF.expectedStatus)}
        yield response, statuses, manifest, expected


@pytest.mark.parametrize(("name", "manifest", "test"), QUERIES, ids=[entry[0] for entry in QUERIES])
def test_query(client: TestClient, name: str, manifest: RdfGraph, test: Any) -> None:
    for response, statuses, _, expected in sent(client, manifest, test):
        assert str(response.status_code)[0] in statuses, response.text
        kind = manifest.value(expected, MF.expectedFormat)
        if kind is not None:
            known = ox.RdfFormat if str(kind) == "RDF" else ox.QueryResultsFormat
            assert known.from_media_type(response.headers["content-type"].split(";")[0]) is not None
        boolean = manifest.value(expected, MF.expectedBoolean)
        if boolean is not None:
            assert response.json()["boolean"] is boolean.toPython()


@pytest.mark.parametrize(("name", "manifest", "test"), UPDATES, ids=[entry[0] for entry in UPDATES])
def test_update_is_refused(client: TestClient, name: str, manifest: RdfGraph, test: Any) -> None:
    response, *_ = next(sent(client, manifest, test))

    assert 400 <= response.status_code < 500


def test_every_protocol_test_is_run() -> None:
    assert len(QUERIES) + len(UPDATES) == len(PROTOCOL) == 34


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"]
)
def test_service_description(client: TestClient, accept: str) -> None:
    response = client.get("/sparql/", headers={"Accept": accept})

    assert response.headers["content-type"].startswith(accept)
    described = list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(accept)))
    endpoints = {(s.subject.value, s.object.value) for s in described if s.predicate.value == f"{SD}endpoint"}
    assert endpoints == {("http://www.example/sparql/",) * 2}
    assert any(s.object == ox.NamedNode(f"{SD}Service") for s in described)


def graph_store_requests() -> list[tuple[str, str, str]]:
    """The names, methods and paths of the graph store tests: their requests stand in their comments."""
    found = []
    for name, manifest, test in entries("http-rdf-update"):
        words = " ".join(map(str, manifest.objects(test, URIRef("http://www.w3.org/2000/01/rdf-schema#comment"))))
        if match := re.search(r"\b(GET|HEAD|PUT|POST|DELETE) \S+", words):
            found.append((name, match[1], words))
    return found


@pytest.mark.parametrize(("name", "method", "words"), graph_store_requests(), ids=lambda value: str(value)[:40])
def test_graph_store(client: TestClient, name: str, method: str, words: str) -> None:
    there = "404" not in words  # the status that the comment expects
    parameters = {"graph": f"{DATA}data1.rdf" if there else f"{DATA}nothing.rdf"}
    response = client.request(method, "/graphs", params=parameters, headers={"Accept": "text/turtle"})

    if method in ("GET", "HEAD"):
        assert response.status_code == (200 if there else 404)
    else:
        assert response.status_code == 405
