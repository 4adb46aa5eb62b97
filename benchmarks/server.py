"""How fast `kg serve` gives out pages: idle, and while fifty bad queries run.

    python -m benchmarks.server GRAPH [--seconds N] [--write]
    python -m benchmarks.server GRAPH --copies 9 --gazettes DIR

Eight clients ask for pages of every kind as fast as they are answered: for pages as they are served, most of them kept
in memory, and for pages that nobody has asked for before; both idle and while fifty bad queries come at once.  Prints
what they waited by kind of page, how the bad queries were answered, and the server's memory before, during and after.
``--write`` puts the figures into docs/measured.md.

With ``--copies`` the graph is built first, of so many copies of each gazette, each of other years: so three gazettes
give a graph of a million statements in which the same agencies answer for nine times as many tasks.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from benchmarks.measured import memory, percentile, show
from kg.build import build
from kg.graph.folder import Folder

CLIENTS = 8
#: Cross products, deep paths, huge results, syntax errors.
BAD = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (!gz:nothing)+ ?b . ?c (!gz:nothing)+ ?d }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a",
    "SELECT WHERE { ?a ?b",
)
KINDS = ("agency", "document", "plan", "indicator", "person", "task", "group", "cited")

Times = dict[str, list[float]]


def multiply(gazettes: Path, copies: int, folder: Path) -> None:
    """Write copies of gazettes into a folder, each of other years in its name and in the numbers of its documents."""
    year = re.compile(r"([〔\[（(])(20\d\d)([〕\]）)])")
    for path in sorted(gazettes.glob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        for copy in range(copies):
            later = year.sub(lambda found, by=2 * copy: f"{found[1]}{int(found[2]) + by}{found[3]}", text)
            name = re.sub(r"^\d{4}", lambda found, by=2 * copy: str(int(found[0]) + by), path.name)
            (folder / name).write_text(later, encoding="utf-8")


@contextmanager
def server(graph: Path) -> Iterator[tuple[int, int]]:
    """A server over the graph: its port and process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while True:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit("the server did not start.")
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """The status and body that a path is answered with."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body


def addresses(port: int, each: int) -> dict[str, list[str]]:
    """Pages by kind: the biggest of each and some others."""
    found = {
        "home": ["/"],
        "search": [f"/search?q={quote(words)}" for words in ("市财政", "卫生", "2025", "建设")],
        "facts": ["/facts/assignments", "/facts/targets?year=2025", "/facts/assignments?value=lead&sort=agency"],
        "reports": ["/reports"],
        "queries": ["/queries"],
    }
    for kind in KINDS:
        things = json.loads(get(port, f"/list/{kind}.json")[1])["things"]
        chosen = [
            *things[: each // 2],
            *random.Random(1).sample(things[each // 2 :], min(each // 2, max(len(things) - each // 2, 0))),
        ]
        base = open_base(things[0]["iri"]) if things else ""
        found[kind] = [f"/page/{quote(unquote(thing['iri'].removeprefix(base)))}" for thing in chosen]
        if kind == "document":
            found["text"] = [path.replace("/page/", "/text/") for path in found[kind]]
        if kind == "agency":
            keys = [quote(unquote(thing["iri"].removeprefix(base)), safe="") for thing in chosen]
            found["explorer"] = [f"/explore.json?open={key}" for key in keys]
    return {kind: paths for kind, paths in found.items() if paths}


def open_base(iri: str) -> str:
    """The base of the graph that an IRI of a thing belongs to."""
    match = re.match(r"(.*?/)(?:agency|document|plan|indicator|person|task)/", iri)
    return match[1] if match else ""


def first_times(port: int, pages: dict[str, list[str]]) -> list[float]:
    """Milliseconds until each page is there when it is asked for the first time, one after another."""
    times = []
    for path in (path for paths in pages.values() for path in paths):
        begun = time.perf_counter()
        get(port, path)
        times.append(1000 * (time.perf_counter() - begun))
    return times


def load(port: int, pages: dict[str, list[str]], seconds: float, anew: bool = False) -> Times:
    """What eight clients measure in so many seconds: milliseconds by kind of page.

    With ``anew`` each address is one that was not asked for before, so that no answer is one that was kept.
    """
    times: defaultdict[str, list[float]] = defaultdict(list)
    end = time.monotonic() + seconds
    kinds = list(pages)

    def client(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < end:
            kind = chance.choice(kinds)
            path = chance.choice(pages[kind])
            if anew:
                path += f"{'&' if '?' in path else '?'}anew={random.random()}"
            begun = time.perf_counter()
            status, _ = get(port, path)
            if status in (200, 404):
                times[kind].append(1000 * (time.perf_counter() - begun))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def attack(port: int) -> tuple[Counter[int], list[threading.Thread]]:
    """Fifty bad queries at once; gives the statuses that they are answered with, as they come."""
    statuses: Counter[int] = Counter()

    def ask(query: str) -> None:
        statuses[get(port, f"/sparql?query={quote(query)}")[0]] += 1

    threads = [threading.Thread(target=ask, args=(BAD[number % len(BAD)],)) for number in range(50)]
    for thread in threads:
        thread.start()
    return statuses, threads


def processor(pid: int) -> float:
    """Milliseconds of processor time that a process itself has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table(columns: list[Times]) -> list[str]:
    """The lines of a table: what the eight clients waited by kind of page."""
    lines = [
        "| page | as served: p50 | p95 | beside bad queries: p95 | made anew: p50 | p95 | beside bad queries: p95 |",
        "|---|---|---|---|---|---|---|",
    ]
    everything = [[each for found in times.values() for each in found] for times in columns]
    rows = [(kind, [times.get(kind) or [0.0] for times in columns]) for kind in sorted(columns[0])]
    for kind, (served, served_busy, anew, anew_busy) in [*rows, ("all", everything)]:
        figures = [percentile(served, 0.5), percentile(served, 0.95), percentile(served_busy, 0.95)]
        figures += [percentile(anew, 0.5), percentile(anew, 0.95), percentile(anew_busy, 0.95)]
        lines.append(f"| {kind} | " + " | ".join(f"{figure:.0f} ms" for figure in figures) + " |")
    served, served_busy, anew, anew_busy = (percentile(each, 0.95) for each in everything)
    lines += [
        "",
        f"- Beside fifty bad queries the p95 is {served_busy / served:.1f} times the idle one for pages as served, "
        f"{anew_busy / anew:.1f} times for pages made anew.",
    ]
    return lines


def ready_after(graph: Path) -> float:
    """Seconds from the start of a server until it answers."""
    begun = time.monotonic()
    with server(graph):
        return time.monotonic() - begun


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--copies", type=int, help="build the graph first, of so many copies of the gazettes")
    parser.add_argument("--gazettes", type=Path, default=Path("../shared/gazettes"))
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    if options.copies:
        with tempfile.TemporaryDirectory() as folder:
            multiply(options.gazettes, options.copies, Path(folder))
            build([Path(folder)], options.graph)
    manifest = Folder(options.graph).read()
    others = os.getloadavg()[0]
    for catalogue in (options.graph / "index").glob("*.sqlite"):
        catalogue.unlink()
    first_start = ready_after(options.graph)
    begun = time.monotonic()
    with server(options.graph) as (port, pid):
        later_start = time.monotonic() - begun
        pages = addresses(port, 8)
        first = first_times(port, pages)
        spent = [processor(pid)]
        served = load(port, pages, options.seconds)
        spent.append(processor(pid))
        anew = load(port, pages, options.seconds, anew=True)
        spent.append(processor(pid))
        before = memory(pid)
        statuses, threads = attack(port)
        served_busy = load(port, pages, options.seconds)
        during = memory(pid)
        for thread in threads:
            thread.join()
        more, threads = attack(port)
        anew_busy = load(port, pages, options.seconds, anew=True)
        for thread in threads:
            thread.join()
        statuses.update(more)
        time.sleep(2)
        after = memory(pid)
        weight = len(get(port, "/", {"Accept-Encoding": "gzip"})[1]) / 1000
    each = [(b - a) / sum(map(len, t.values())) for a, b, t in zip(spent, spent[1:], (served, anew), strict=False)]
    answered = ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items()))
    lines = [
        f"A graph of {manifest.quads:,} statements, {CLIENTS} clients, all on {os.cpu_count()} cores; "
        f"load average of other work before: {others:.1f}.",
        "",
        *table([served, served_busy, anew, anew_busy]),
        f"- Processor time of the process that answers, which other work does not change: {each[0]:.1f} ms a page as "
        f"served, {each[1]:.1f} ms made anew.",
        f"- A page is kept in memory once it was asked for. The first time it took one client p50 "
        f"{percentile(first, 0.5):.0f} ms, p95 {percentile(first, 0.95):.0f} ms, at most {max(first):.0f} ms.",
        f"- Ready {first_start:.1f} s after the first start, which makes the catalogue, and {later_start:.1f} s after "
        f"later ones; the home page weighs {weight:.1f} kB on the wire.",
        f"- Twice fifty bad queries at once were answered {answered}.",
        f"- Memory of all processes: {before:.0f} MB before, {during:.0f} MB during, {after:.0f} MB after.",
    ]
    # One section for graphs of each order of size
    size = f"{round(manifest.quads, 1 - len(str(manifest.quads))):,}"
    heading = f"Pages of `kg serve`, about {size} statements"
    show(heading, "python -m benchmarks.server GRAPH --write", lines, options.write)


if __name__ == "__main__":
    main()
