"""Servers to publish to: one in memory, and Virtuoso where it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest

from kg.remote.server import Server

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = 1000000
"""


class FakeServer(httpx.BaseTransport):
    """A server of both protocols over a store in memory; ``asked`` is what was asked of it, ``broken`` what it refuses.

    Its default graph is empty where a query names none, as a server's may be.
    """

    def __init__(self) -> None:
        self.store = ox.Store()
        self.asked: list[tuple[str, str]] = []
        self.broken = ""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        graph = request.url.params.get("graph", "")
        self.asked.append((request.method, graph))
        if self.broken and self.broken in graph:
            return httpx.Response(507, text="the disk is full\n")
        if not graph:
            return self._query(parse_qs(request.content.decode()))
        name = ox.NamedNode(graph)
        if request.method == "GET":
            if not self.store.contains_named_graph(name):
                return httpx.Response(404)
            found = (quad.triple for quad in self.store.quads_for_pattern(None, None, None, name))
            return httpx.Response(200, content=ox.serialize(found, format=ox.RdfFormat.N_TRIPLES))
        if request.method in ("PUT", "DELETE"):
            self.store.remove_graph(name)
        if request.method in ("PUT", "POST"):
            self.store.add_graph(name)
            self.store.load(request.content, format=ox.RdfFormat.N_TRIPLES, to_graph=name, lenient=True)
        return httpx.Response(204)

    def _query(self, form: dict[str, list[str]]) -> httpx.Response:
        dataset = {
            parameter: [ox.NamedNode(iri) for iri in form[name]]
            for parameter, name in (("default_graph", "default-graph-uri"), ("named_graphs", "named-graph-uri"))
            if name in form
        }
        try:
            result = self.store.query(form["query"][0], **dataset)  # type: ignore[arg-type]
        except SyntaxError as error:
            return httpx.Response(400, text=f"syntax error: {error}")
        if isinstance(result, ox.QueryTriples):
            return httpx.Response(200, content=ox.serialize(result, format=ox.RdfFormat.N_TRIPLES))
        return httpx.Response(200, content=result.serialize(format=ox.QueryResultsFormat.JSON))

    def at(self, path: str) -> Server:
        """An address on it."""
        return Server(f"http://server.example/{path}", transport=self)


@pytest.fixture
def fake() -> FakeServer:
    return FakeServer()


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso that any graph can be put on with the name and password “dba”."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian's package virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = _free_port(), _free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(_INI.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", settings],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(process, http)
        yield f"http://127.0.0.1:{http}"
    finally:
        process.terminate()
        process.wait(60)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("Virtuoso did not start")
