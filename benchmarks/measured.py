"""What benchmarks share: their sections in docs/measured.md, memory and time of processes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MEASURED = Path(__file__).resolve().parent.parent / "docs" / "measured.md"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds by the clock, seconds of all cores, the most MB of it and its children together."""

    seconds: float
    work: float
    memory: float
    output: str


def run(*arguments: object) -> Run:
    """Run ``python ARGUMENTS`` and measure it.  SystemExit with its words where it fails."""
    peak = 0.0
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.25):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    ended.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))} failed:\n{output}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, output)


def memory(pid: int) -> float:
    """MB that a process and its descendants have for themselves (shared pages counted in part)."""
    kilobytes, waiting = 0, [pid]
    while waiting:
        process = waiting.pop()
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
            waiting += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
        except OSError:
            continue
        kilobytes += int(text.split("Pss:")[1].split()[0])
    return kilobytes / 1024


def work(pid: int) -> float:
    """Seconds of all cores that a process and its living descendants have taken so far."""
    ticks, waiting = 0, [pid]
    while waiting:
        process = waiting.pop()
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            waiting += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The lines of a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines]


def machine() -> str:
    """The machine in a sentence, with what others have it do."""
    return f"{os.cpu_count()} cores; load average of other work before: {os.getloadavg()[0]:.1f}."


def show(heading: str, command: str, lines: Sequence[str], write: bool) -> None:
    """Print a section; with ``write``, put it into docs/measured.md in the place of the one with its heading."""
    section = "\n".join([f"## {heading}", "", f"Printed by `{command}`.", *lines, ""])
    print(section)
    if not write:
        return
    text = MEASURED.read_text(encoding="utf-8") if MEASURED.exists() else "# Measured\n"
    pattern = re.compile(rf"## {re.escape(heading)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    written = pattern.sub(lambda _: section + "\n", text) if pattern.search(text) else f"{text.rstrip()}\n\n{section}"
    MEASURED.write_text(written.rstrip() + "\n", encoding="utf-8")
