"""`kg serve` under load for ten minutes: mixed clients, slow ones, ones that hang up.  Does it leak, does it end well?

    python -m benchmarks.endurance GRAPH [--minutes N] [--clients N] [--write]

Of the clients half ask for pages, a quarter ask queries of all kinds, an eighth read their answers byte by byte, and an
eighth hang up in the middle of a request or an answer.  Afterwards every answer to a sane request must have been one of
those that are promised, the worker processes must all answer, memory must be what it was after the first minute, no
connection or file may be left open, and the server must end within seconds of being told to.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import signal
import socket
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from benchmarks.measured import machine, memory, percentile, show, table
from benchmarks.server import BAD, addresses, get, server
from kg.graph.store import open_graph

QUICK = (
    "SELECT ?plan ?title { ?plan a gz:Plan ; dct:title ?title } LIMIT 50",
    "SELECT (COUNT(*) AS ?n) { ?fact gz:rule ?rule }",
    "ASK { ?a gz:nature gz:Binding }",
    "CONSTRUCT { ?a skos:prefLabel ?n } WHERE { ?a a gz:Agency ; skos:prefLabel ?n } LIMIT 20",
)
#: What a request may be answered with: done, wrong query, refused while busy, stopped at a limit; a quick query is
#: answered, or refused while busy.
PROMISED = {200, 304, 400, 413, 503, 504, 507}
#: Memory may grow by this share between the first minute and the end, and by this many MB.
GROWTH, SLACK = 0.15, 40
ENDING_SECONDS = 15


class Crowd:
    """The clients and what they have seen."""

    def __init__(self, port: int, paths: list[str], clients: int) -> None:
        self.port, self.paths = port, paths
        self.statuses: Counter[str] = Counter()
        self.times: list[float] = []
        self.failures: list[str] = []
        self._over = threading.Event()
        kinds = [self._page, self._page, self._page, self._page, self._query, self._query, self._slow, self._rude]
        self._threads = [
            threading.Thread(target=self._repeat, args=(kinds[number % len(kinds)], random.Random(number)))
            for number in range(clients)
        ]

    def start(self) -> None:
        """Let all clients begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let all clients end."""
        self._over.set()
        for thread in self._threads:
            thread.join(90)

    def _repeat(self, act: object, chance: random.Random) -> None:
        while not self._over.is_set():
            try:
                act(chance)  # type: ignore[operator]
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{getattr(act, '__name__', '')}: {error!r}")
                time.sleep(0.2)

    def _page(self, chance: random.Random) -> None:
        path = chance.choice(self.paths)
        # every tenth page is one that nobody has asked for before
        fresh = f"{'&' if '?' in path else '?'}fresh={chance.random()}" if chance.random() < 0.1 else ""
        begun = time.perf_counter()
        status, _ = get(self.port, path + fresh)
        self.times.append(1000 * (time.perf_counter() - begun))
        self.statuses[f"page {status}"] += 1
        time.sleep(0.05)

    def _query(self, chance: random.Random) -> None:
        bad = chance.random() < 0.2
        status, _ = get(self.port, f"/sparql?query={quote(chance.choice(BAD if bad else QUICK))}")
        self.statuses[f"{'bad' if bad else 'quick'} query {status}"] += 1
        time.sleep(0.1)

    def _slow(self, chance: random.Random) -> None:
        """Read an answer a hundred bytes at a time."""
        with self._connected() as connection:
            path = chance.choice(self.paths)
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
            for _ in range(200):
                if self._over.is_set() or not connection.recv(100):
                    break
                time.sleep(0.05)
            self.statuses["slow reader"] += 1

    def _rude(self, chance: random.Random) -> None:
        """Hang up: in the middle of a request, before an answer, in the middle of one."""
        with self._connected() as connection:
            request = f"GET /sparql?query={quote(chance.choice(BAD))} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
            connection.sendall(request[: chance.choice((10, len(request) // 2, len(request)))])
            time.sleep(chance.random())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            self.statuses["hung up"] += 1

    def _connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


def workers(pid: int) -> int:
    """The number of processes below a process."""
    found = 0
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += 1 + workers(int(child))
    return found


def open_files(pid: int) -> int:
    """The files and connections that a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def main() -> None:
    """Measure, print, write where that is asked for; SystemExit where something was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    about, quads = machine(), open_graph(options.graph).manifest.quads
    rows: list[list[object]] = []
    with server(options.graph) as (port, pid):
        paths = [path for found in addresses(port, 4).values() for path in found]
        at_rest = (workers(pid), open_files(pid))
        crowd = Crowd(port, paths, options.clients)
        rows.append(["before", 0, f"{memory(pid):.0f} MB", *at_rest])
        crowd.start()
        for minute in range(1, max(round(options.minutes), 1) + 1):
            time.sleep(60 * min(options.minutes, 1))
            row = [minute, sum(crowd.statuses.values()), f"{memory(pid):.0f} MB", workers(pid), open_files(pid)]
            rows.append(row)
            print(*row, flush=True)
        crowd.stop()
        time.sleep(15)  # what is running has its deadline
        rows.append(["after", sum(crowd.statuses.values()), f"{memory(pid):.0f} MB", workers(pid), open_files(pid)])
        answers = [get(port, f"/sparql?query={quote(query)}")[0] for query in QUICK * 4]
        begun = time.perf_counter()
        os.kill(pid, signal.SIGTERM)
        while workers(os.getpid()) and time.perf_counter() - begun < ENDING_SECONDS:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(-1, os.WNOHANG)
            time.sleep(0.05)
        ended = time.perf_counter() - begun
    faults = judged(crowd, rows, at_rest, answers, ended)
    told = ", ".join(f"{number:,} × {what}" for what, number in sorted(crowd.statuses.items()))
    lines = [
        f"A graph of {quads:,} statements, {options.clients} clients, {options.minutes:g} minutes, all on {about}",
        "",
        *table(["minute", "requests", "memory of all processes", "processes below it", "open files"], rows),
        "",
        f"- Answers: {told}; {len(crowd.failures)} broken connections to sane clients.",
        f"- Pages took p50 {percentile(crowd.times, 0.5):.0f} ms, p95 {percentile(crowd.times, 0.95):.0f} ms.",
        f"- Afterwards {answers.count(200)} of {len(answers)} queries were answered; told to end, all processes were "
        f"gone after {ended:.1f} s.",
        f"- Faults: {'; '.join(faults) or 'none'}.",
    ]
    show("`kg serve` under load", "make load", lines, options.write)
    if faults:
        sys.exit(1)


def judged(
    crowd: Crowd, rows: list[list[object]], at_rest: tuple[int, int], answers: list[int], ended: float
) -> list[str]:
    """What was not as it should be, one sentence each."""
    first, last = (float(str(row[2]).split()[0]) for row in (rows[1], rows[-1]))
    statuses = {int(what.rsplit(" ", 1)[1]) for what in crowd.statuses if what[-1].isdigit()}
    quick = {int(what.rsplit(" ", 1)[1]) for what in crowd.statuses if what.startswith("quick query")}
    checks = {
        f"quick queries answered {sorted(quick - {200, 503})}": quick <= {200, 503},
        f"answers {sorted(statuses - PROMISED)} that nobody promised": statuses <= PROMISED,
        f"broken connections: {crowd.failures[:2]}": not crowd.failures,
        f"memory grew from {first:.0f} to {last:.0f} MB": last <= first * (1 + GROWTH) + SLACK,
        f"{rows[-1][3]} processes where {at_rest[0]} were": rows[-1][3] == at_rest[0],
        f"{rows[-1][4]} open files where {at_rest[1]} were": int(str(rows[-1][4])) <= at_rest[1] + 2,
        f"queries are answered {answers}": set(answers) == {200},
        f"not ended after {ended:.0f} s": ended < ENDING_SECONDS,
    }
    return [sentence for sentence, holds in checks.items() if not holds]


if __name__ == "__main__":
    main()
