"""A graph is put on a server: only what changed, whole or told to be unfinished, with sentences for what fails."""

from __future__ import annotations

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.graph.folder import GraphError
from kg.graph.store import open_graph
from kg.remote.graph import RemoteGraph
from kg.remote.publish import Published, publish
from kg.remote.server import Server
from tests import invented
from tests.fakes import write_graph
from tests.remote.conftest import FakeServer

UNION, RECORD = "https://policy-kg.example/graph/union", "https://policy-kg.example/graph/published"


def written(server: FakeServer) -> dict[str, list[str]]:
    """The graphs written to a server since the last look, by method, record and union left out."""
    found: dict[str, list[str]] = {}
    for method, graph in server.asked:
        if method != "GET" and graph not in ("", UNION, RECORD):
            found.setdefault(method, []).append(graph)
    server.asked.clear()
    return found


def test_every_named_graph_is_put_and_the_union_of_all(tmp_path: Path, fake: FakeServer) -> None:
    folder = write_graph(tmp_path / "g.kg", invented.FACTS)
    graph = open_graph(folder)

    result = publish(folder, fake.at("data"))

    entries = list(graph.manifest.graphs)
    assert result == Published(len(entries), 0, 0, graph.manifest.quads)
    for entry in entries:
        on_server = {str(quad.triple) for quad in fake.store.quads_for_pattern(None, None, None, _node(entry.iri))}
        assert on_server == {str(quad.triple) for quad in graph.graph(entry.iri)}
    union = list(fake.store.quads_for_pattern(None, None, None, _node(UNION)))
    assert len(union) == len({str(quad.triple) for entry in entries for quad in graph.graph(entry.iri)})


def test_publishing_again_sends_nothing(tmp_path: Path, fake: FakeServer) -> None:
    folder = write_graph(tmp_path / "g.kg", invented.FACTS)
    publish(folder, fake.at("data"))
    written(fake)

    result = publish(folder, fake.at("data"))

    assert (result.put, result.deleted) == (0, 0)
    assert written(fake) == {}


def test_only_what_changed_is_put_and_what_is_gone_is_deleted(tmp_path: Path, fake: FakeServer) -> None:
    second = [invented.FACTS[0]]
    publish(write_graph(tmp_path / "two.kg", invented.FACTS, second), fake.at("data"))
    written(fake)
    folder = write_graph(tmp_path / "one.kg", invented.FACTS[:-1])

    result = publish(folder, fake.at("data"))

    wrote = written(fake)
    kept = {entry.iri for entry in open_graph(folder).manifest.graphs}
    assert result.deleted == len(wrote["DELETE"]) > 0
    assert not kept & set(wrote["DELETE"])
    assert set(wrote["PUT"]) < kept
    assert {quad.value for quad in fake.store.named_graphs()} == {*kept, UNION, RECORD}


def test_interrupted_publishing_is_told_and_made_up_for(tmp_path: Path, fake: FakeServer) -> None:
    folder = write_graph(tmp_path / "g.kg", invented.FACTS)
    publish(folder, fake.at("data"))
    changed = write_graph(tmp_path / "h.kg", invented.FACTS[:-1])
    fake.broken = UNION
    with pytest.raises(GraphError, match="507 Insufficient Storage: the disk is full"):
        publish(changed, fake.at("data"))

    with pytest.raises(GraphError, match="being published, or whose publishing was interrupted"):
        RemoteGraph(fake.at("sparql"))

    # back to what the server had before: its graphs may be half of the one and half of the other
    fake.broken = ""
    assert publish(folder, fake.at("data")).put > 0
    graph = RemoteGraph(fake.at("sparql"))
    assert graph.select(COUNT) == open_graph(folder).select(COUNT)


COUNT = "SELECT (COUNT(*) AS ?n) { ?fact gz:rule ?rule }"


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_name_and_password_are_given_as_the_server_asks(tmp_path: Path, scheme: str, fake: FakeServer) -> None:
    challenge = f'{scheme} realm="graphs", nonce="1234", qop="auth"' if scheme == "Digest" else 'Basic realm="graphs"'

    class Guarded(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            given = request.headers.get("authorization", "")
            if not given.startswith(scheme) or (scheme == "Basic" and "ZGJhOnNlY3JldA==" not in given):
                return httpx.Response(401, headers={"WWW-Authenticate": challenge})
            return fake.handle_request(request)

    folder = write_graph(tmp_path / "g.kg", invented.FACTS)
    assert publish(folder, Server("http://server.example/data", "dba", "secret", Guarded())).put > 0
    with pytest.raises(GraphError, match="asks who you are; set POLICY_KG_USER and POLICY_KG_PASSWORD"):
        publish(folder, Server("http://server.example/data", transport=Guarded()))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (httpx.Response(401, headers={"WWW-Authenticate": "Basic"}), "does not let dba do this \\(401\\)"),
        (httpx.Response(403), "check name, password and rights"),
        (httpx.Response(405), "is no address for this \\(405\\); check the path"),
        (httpx.Response(200, text="<html>welcome</html>"), "does not answer as a graph store"),
    ],
)
def test_refusals_are_sentences(tmp_path: Path, answer: httpx.Response, sentence: str) -> None:
    server = Server("http://server.example/data", "dba", "x", httpx.MockTransport(lambda _: answer))
    with pytest.raises(GraphError, match=sentence):
        publish(write_graph(tmp_path / "g.kg", invented.FACTS), server)


def test_an_address_that_is_none_and_a_server_that_is_not_there() -> None:
    with pytest.raises(GraphError, match="ftp://x is not an address; write http://host:port/path"):
        Server("ftp://x")
    with pytest.raises(GraphError, match="cannot be reached"):
        Server("http://127.0.0.1:1/sparql").request("GET")


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
