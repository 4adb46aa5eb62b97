"""Loading a graph and asking all saved questions: our store, Virtuoso, oxrdflib, rdflib.

    python -m benchmarks.stores [--sizes 50000 1000000] [--limit SECONDS] [--keep FOLDER] [--write]

Each store loads in a process of its own; each question is asked once, in a process forked from it that is ended at the
limit.  Virtuoso (Debian's package) is asked by `kg query URL`; the time to load it is that of `kg publish`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import copies
from benchmarks.measured import machine, memory, show, table
from benchmarks.queries import _ways, common
from kg.graph.queries import bind, saved
from kg.graph.store import Graph, open_graph
from kg.graph.vocabulary import PREFIXES

STORES = ("kg", "Virtuoso", "oxrdflib", "rdflib")
#: Up to here a store is tried at all: above, loading takes longer than the rest together.
MOST = {"kg": 20_000_000, "Virtuoso": 2_000_000, "oxrdflib": 2_000_000, "rdflib": 2_000_000}
LOADING_LIMIT = 600

Ask = Callable[[str], int]


def questions(graph: Graph) -> dict[str, str]:
    """All saved questions, bound to the names that occur most."""
    names = common(graph)
    return {query.name: bind(graph, query, next(iter(_ways(query.parameters, names)))) for query in saved().values()}


def loaded(store: str, folder: Path) -> tuple[Ask, float, int]:
    """How a store is asked for the number of rows, the seconds that loading took, and the process that holds it."""
    begun = time.perf_counter()
    if store == "Virtuoso":
        return _virtuoso(folder, begun)
    graph = open_graph(folder)
    if store == "kg":
        return (lambda text: len(graph.select(text))), time.perf_counter() - begun, os.getpid()
    import rdflib

    if store == "oxrdflib":
        from oxrdflib import OxigraphStore

        target: rdflib.Graph = rdflib.Dataset(store=OxigraphStore(store=graph.store))
    else:
        begun = time.perf_counter()
        target = rdflib.Graph()
        target.parse(data=b"".join({*b"".join(graph.record(named=False)).splitlines(keepends=True)}), format="nt")
    seconds = time.perf_counter() - begun
    return (lambda text: len(list(target.query(text, initNs=PREFIXES)))), seconds, os.getpid()


def _virtuoso(folder: Path, begun: float) -> tuple[Ask, float, int]:
    from kg.remote.graph import RemoteGraph
    from kg.remote.publish import publish
    from kg.remote.server import Server

    address, pid = os.environ["VIRTUOSO"].split()
    begun = time.perf_counter()
    publish(folder, Server(f"{address}/sparql-graph-crud-auth", "dba", "dba"))
    seconds = time.perf_counter() - begun
    # A connection of its own for each question: they are asked from different processes
    return (lambda text: len(RemoteGraph(Server(f"{address}/sparql")).select(text))), seconds, int(pid)


@contextmanager
def virtuoso(folder: Path) -> Iterator[bool]:
    """A Virtuoso of its own, named in the environment; false where it is not installed."""
    program = shutil.which("virtuoso-t")
    if program is None:
        yield False
        return
    from tests.remote.conftest import _INI

    place = folder / "virtuoso"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    sql, http = _free_port(), _free_port()
    text = _INI.format(folder=place, sql=sql, http=http).replace("= 10000", "= 170000").replace("= 6000", "= 130000")
    (place / "virtuoso.ini").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while socket.socket().connect_ex(("127.0.0.1", http)):
            time.sleep(0.5)
        os.environ["VIRTUOSO"] = f"http://127.0.0.1:{http} {process.pid}"
        yield True
    finally:
        process.terminate()
        process.wait(120)
        shutil.rmtree(place, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def timed(ask: Ask, text: str, limit: float) -> tuple[float, int] | None:
    """Milliseconds and rows of a question, asked in a process of its own; None where it was ended at the limit."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            begun = time.perf_counter()
            rows = ask(text)
            os.write(writing, json.dumps([1000 * (time.perf_counter() - begun), rows]).encode())
        except Exception as error:
            print(f"failed: {error}", file=sys.stderr)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return tuple(json.loads(answer)) if answer else None


def serve_one(store: str, folder: Path, limit: float) -> None:
    """Load a store, ask it everything, print what was measured as JSON."""
    ask, seconds, pid = loaded(store, folder)
    weight = memory(pid)
    texts = json.loads((folder.parent / f"{folder.name}.questions").read_text(encoding="utf-8"))
    answers = {name: timed(ask, text, limit) for name, text in texts.items()}
    print(json.dumps({"seconds": seconds, "memory": weight, "answers": answers}))


def measure(size: int, folder: Path, limit: float) -> list[list[object]]:
    """The rows of the table for a size."""
    path = copies.write(size, folder)
    graph = open_graph(path)
    texts = folder / f"{path.name}.questions"
    texts.write_text(json.dumps(questions(graph)), encoding="utf-8")
    quads = f"{graph.manifest.quads:,}"
    del graph
    rows: list[list[object]] = []
    first: dict[str, list[float] | None] = {}
    for store in STORES:
        if size > MOST[store] or (store == "Virtuoso" and "VIRTUOSO" not in os.environ):
            continue
        command = [sys.executable, "-m", "benchmarks.stores", "--one", store, str(path), "--limit", str(limit)]
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LOADING_LIMIT + 40 * limit, check=True)
        except subprocess.TimeoutExpired:
            rows.append([quads, store, f"> {LOADING_LIMIT} s", *["—"] * 6])
            continue
        found = json.loads(done.stdout)
        first = first or found["answers"]
        times = [answer[0] for answer in found["answers"].values() if answer]
        both = {name for name in first if first[name] and found["answers"][name]}
        others = sum(found["answers"][name][1] != first[name][1] for name in both)  # type: ignore[index]
        ratios = [found["answers"][name][0] / max(first[name][0], 0.01) for name in both]  # type: ignore[index]
        unanswered = len(found["answers"]) - len(times)
        rows.append([
            quads, store, f"{found['seconds']:.1f} s", f"{found['memory']:.0f} MB",
            f"{statistics.median(times):.1f} ms", f"{max(times):.0f} ms", f"{statistics.median(ratios):.1f}",
            unanswered, others,
        ])  # fmt: skip
        print(*rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50_000, 1_000_000])
    parser.add_argument("--limit", type=float, default=10, help="seconds for a question")
    parser.add_argument("--keep", type=Path, help="where graphs stay")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    if options.one:
        serve_one(options.one[0], Path(options.one[1]), options.limit)
        return
    about = machine()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="policy-kg-"))
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[list[object]] = []
    for size in options.sizes:
        with virtuoso(folder):
            rows += measure(size, folder, options.limit)
        os.environ.pop("VIRTUOSO", None)
    if not options.keep:
        shutil.rmtree(folder)
    header = [
        "statements", "store", "load", "memory", "question, median", "slowest", "median ratio to kg",
        f"over {options.limit:g} s", "other number of rows",
    ]  # fmt: skip
    lines = [f"All {len(saved())} saved questions, on {about}", "", *table(header, rows)]
    show("Stores and the saved questions", "python -m benchmarks.stores --write", lines, options.write)


if __name__ == "__main__":
    main()
