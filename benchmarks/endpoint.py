"""Small queries a second: the endpoint of `kg serve` beside `oxigraph serve`, and the time of starting.

    python -m benchmarks.endpoint GRAPH [--seconds N] [--write]

Both servers hold the same statements in memory and get the same queries over HTTP from the same clients, in turns.
Ours bounds every query in time, memory and rows, in processes of their own; the other bounds none.  Needs
`pip install oxigraph` (the server's own program).
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.measured import machine, run, show, table, work
from benchmarks.server import server
from kg.graph.store import open_graph
from kg.graph.vocabulary import PREFIXES

_QUERIES = (
    "SELECT ?title { ?plan a gz:Plan ; dct:title ?title } LIMIT 10",
    "SELECT ?task { ?fact prov:agent ?agency . ?task prov:qualifiedAssociation ?fact } LIMIT 20",
    "SELECT ?value ?year { ?target gz:valueText ?value ; gz:targetYear ?year } LIMIT 20",
    "ASK { ?target gz:nature gz:Binding }",
)
_PREFIXES = " ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("gz", "dct", "prov"))
CLIENTS = (1, 4, 16)
TURNS = 3


@contextmanager
def oxigraph(graph: Path) -> Iterator[tuple[int, int]]:
    """The port and process of an `oxigraph serve` over the statements of a graph."""
    program = shutil.which("oxigraph")
    if program is None:
        raise SystemExit("oxigraph is not installed; install it with: pip install oxigraph")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        content = b"".join({*b"".join(open_graph(graph).record(named=False)).splitlines(keepends=True)})
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("POST", "/store?default", content, {"Content-Type": "application/n-triples"})
        if connection.getresponse().status >= 300:
            raise SystemExit("oxigraph did not take the statements.")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def asked(port: int, pid: int, path: str, clients: int, seconds: float) -> tuple[float, float]:
    """Answers a second to so many clients, and the work of one in ms; what is refused does not count."""
    counts = [0] * clients
    before = work(pid)
    deadline = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = number
        while time.perf_counter() < deadline:
            query = quote(f"{_PREFIXES} {_QUERIES[turn % len(_QUERIES)]}")
            connection.request("GET", f"{path}?query={query}", headers={"Accept": "application/sparql-results+json"})
            response = connection.getresponse()
            response.read()
            counts[number] += response.status == 200
            turn += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds, 1000 * (work(pid) - before) / max(sum(counts), 1)


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    about, quads = machine(), open_graph(options.graph).manifest.quads
    rows: list[list[object]] = []
    with server(options.graph) as ours, oxigraph(options.graph) as theirs:
        for clients in CLIENTS:
            pairs = [
                (
                    *asked(*ours, "/sparql", clients, options.seconds),
                    *asked(*theirs, "/query", clients, options.seconds),
                )
                for _ in range(TURNS)
            ]
            mine, own_work, other, other_work = (statistics.median(side) for side in zip(*pairs, strict=True))
            rows.append([
                clients, f"{mine:.0f}", f"{other:.0f}", f"{mine / other:.2f}",
                f"{own_work:.2f} ms", f"{other_work:.2f} ms", f"{other_work / own_work:.2f}",
            ])  # fmt: skip
            print(*rows[-1], flush=True)
    starts = {
        "python -c pass": ("-c", "pass"),
        "kg --help": ("-m", "kg", "--help"),
        "kg query GRAPH, the first answer": ("-m", "kg", "query", options.graph, _QUERIES[0]),
    }
    taken = {name: [run(*command) for _ in range(5)] for name, command in starts.items()}
    start_rows = [
        [name, f"{min(each.seconds for each in runs):.2f} s", f"{min(each.work for each in runs):.2f} s"]
        for name, runs in taken.items()
    ]
    lines = [
        f"A graph of {quads:,} statements in memory, small queries, all on {about}",
        "",
        *table(
            [
                "clients",
                "kg serve, answers a second",
                "oxigraph serve",
                "ratio",
                "work of an answer, kg serve",
                "oxigraph serve",
                "ratio",
            ],
            rows,
        ),
        "",
        *table(["start, best of five", "by the clock", "work of all cores"], start_rows),
    ]
    show("Endpoint and start", "python -m benchmarks.endpoint GRAPH --write", lines, options.write)


if __name__ == "__main__":
    main()
