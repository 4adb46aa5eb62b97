"""Opening and querying: in memory and on disk alike, never asking the network, while builds come and go."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.folder import Folder, GraphError
from kg.graph.store import Graph, open_graph
from tests import invented
from tests.fakes import write_graph


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files that print the same document: all its statements stand in two graphs."""
    return write_graph(tmp_path_factory.mktemp("store") / "g.kg", invented.FACTS, invented.FACTS)


@pytest.fixture(scope="module")
def graph(folder: Path) -> Graph:
    return open_graph(folder)


def test_a_statement_of_two_graphs_counts_once(graph: Graph) -> None:
    assert graph.select("SELECT (COUNT(?fact) AS ?n) WHERE { ?fact a gz:Assignment }") == [{"n": "6"}]
    assert graph.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?fact a gz:Assignment } }") == [{"n": "12"}]


def test_from_takes_one_graph(graph: Graph) -> None:
    name = next(entry.iri for entry in graph.manifest.graphs if entry.iri.endswith(invented.NUMBER))
    query = f"SELECT (COUNT(*) AS ?n) FROM <{name}> WHERE {{ ?total a gz:AgencyTotal }}"
    assert graph.select(query) == [{"n": "0"}]
    assert graph.select(query.replace("AgencyTotal", "Assignment")) == [{"n": "6"}]


def test_values_can_be_put_in_for_variables(graph: Graph) -> None:
    query = "SELECT ?surface ?fact WHERE { ?fact a gz:AgencyMention ; gz:surface ?surface }"
    assert len(graph.select(query)) == 4
    assert len(graph.select(query, surface="市水利局")) == 1
    assert graph.select(query, surface='市水利局" } #') == []


def test_ask_and_construct_work_too(graph: Graph) -> None:
    answer = graph.query("ASK { ?x a gz:Plan }")
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer)
    assert len(list(graph.query("CONSTRUCT { ?x a gz:Plan } WHERE { ?x a gz:Plan }"))) == 2


def test_select_wants_a_select_query(graph: Graph) -> None:
    with pytest.raises(GraphError, match="SELECT"):
        graph.select("ASK { ?x a gz:Plan }")


@pytest.mark.parametrize("query", ["SELECT", "SELECT * WHERE { ?x a unknown:Thing }", "INSERT DATA { <a:b> <a:c> 1 }"])
def test_a_wrong_query_is_one_sentence(graph: Graph, query: str) -> None:
    with pytest.raises(GraphError, match="cannot be run") as error:
        graph.query(query)
    assert "\n" not in str(error.value)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """A server of our own that notes every request it gets."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(500)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/data", seen
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?x.SERVICE<URL>{?s ?p ?o}}",
        "SELECT * { ?s ?p 'x'@en.SERVICE<URL>{?s ?p ?o}}",
        "SELECT * { ?s ?p ?o FILTER(?s<?o&&'x>'='x')SERVICE<URL>{?s?p'o'}}",
        "SELECT * { # a comment\nSERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
        "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
        "ASK { BIND(<URL> AS ?url) SERVICE ?url { ?s ?p ?o } }",
    ],
)
def test_no_query_reaches_another_server(graph: Graph, server: tuple[str, list[str]], query: str) -> None:
    url, seen = server
    with pytest.raises(GraphError, match="SERVICE is not allowed"):
        graph.query(query.replace("URL", url))
    assert seen == []


def test_graphs_named_by_addresses_are_not_fetched(graph: Graph, server: tuple[str, list[str]]) -> None:
    url, seen = server
    assert graph.select(f"SELECT * FROM <{url}> WHERE {{ ?s ?p ?o }}") == []
    assert graph.select(f"SELECT * FROM NAMED <{url}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []
    assert seen == []


def test_a_variable_may_be_called_service(graph: Graph) -> None:
    assert len(graph.select("SELECT ?service WHERE { ?service a gz:Plan }")) == 2


def test_the_store_on_disk_gives_the_same_answers(folder: Path, graph: Graph, tmp_path: Path) -> None:
    copy = tmp_path / "g.kg"
    shutil.copytree(folder, copy)
    query = "SELECT ?fact ?quote WHERE { ?fact gz:evidence/oa:hasSelector/oa:exact ?quote } ORDER BY ?fact ?quote"
    for _ in ("made", "opened again"):
        assert open_graph(copy, memory_limit=0).select(query) == graph.select(query)
    assert [path.name for path in (copy / "index").iterdir()] == [graph.manifest.content]


def test_the_index_can_be_thrown_away(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "g.kg"
    shutil.copytree(folder, copy)
    first = open_graph(copy, memory_limit=0).select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    shutil.rmtree(copy / "index")
    assert open_graph(copy, memory_limit=0).select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == first


def test_no_room_for_an_index_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "g.kg"
    shutil.copytree(folder, copy)
    (copy / "index").write_text("in the way", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be opened"):
        open_graph(copy, memory_limit=0)


def test_source_texts_are_at_hand(graph: Graph) -> None:
    assert graph.text(invented.FILE) == invented.TEXT
    with pytest.raises(GraphError, match="no source file"):
        graph.text("other.txt")


def test_line_ends_of_source_texts_are_kept(tmp_path: Path) -> None:
    text = "一\r\n二\r三\u2028四\n"
    graph = open_graph(write_graph(tmp_path / "g.kg", invented.FACTS, text=text))
    assert graph.text(invented.FILE) == text


def test_a_node_is_described_with_its_graphs(graph: Graph) -> None:
    iri = "https://policy-kg.example/agency/澜州市水利局"
    quads = list(graph.describe(iri))
    assert {quad.subject.value for quad in quads} == {iri}
    assert len({quad.graph_name for quad in quads}) == 2
    assert set(quads) <= {quad for name in graph.manifest.graphs for quad in graph.graph(name.iri)}


@pytest.mark.parametrize("content", ["nothing", "a file"])
def test_what_is_no_graph_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "g.kg"
    if content == "a file":
        path.write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match="is not a graph"):
        open_graph(path)


def test_a_graph_with_a_missing_or_damaged_file_says_so(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "g.kg"
    shutil.copytree(folder, copy)
    path = Folder(copy).graph_path(next(iter(Folder(copy).read().graphs)))
    path.write_bytes(b"<" * path.stat().st_size)
    with pytest.raises(GraphError, match="damaged file"):
        open_graph(copy)
    path.unlink()
    with pytest.raises(GraphError, match="lacks files"):
        open_graph(copy)
