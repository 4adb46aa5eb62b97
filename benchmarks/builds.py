"""Builds of 10, 100 and more gazettes with one worker and two: time, memory, what an unchanged build takes.

    python -m benchmarks.builds [--sizes 10 100] [--workers 1 2] [--keep FOLDER] [--write]

“Work” is the time of all cores together: other work on the machine changes it least.  The gazettes are made from the
sample by renaming places (:mod:`benchmarks.gazettes`).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks import gazettes
from benchmarks.measured import Run, machine, run, show, table
from kg.graph.folder import Folder


def measure(count: int, workers: list[int], folder: Path) -> list[list[object]]:
    """The rows of the table for so many gazettes; the last graph and the gazettes stay in the folder."""
    source, graph = folder / f"gazettes-{count}", folder / f"{count}.kg"
    characters = gazettes.write(count, source)
    rows: list[list[object]] = []
    alone: Run | None = None
    for number in workers:
        shutil.rmtree(graph, ignore_errors=True)
        done = run("-m", "kg", "build", source, "--graph", graph, "--workers", number)
        alone = alone or done
        again = run("-m", "kg", "build", source, "--graph", graph)
        if "up to date" not in again.output:
            raise SystemExit(f"a build of unchanged files built something:\n{again.output}")
        rows.append([
            f"{count:,}", f"{characters / 1e6:.2f} M", f"{Folder(graph).read().quads:,}", number,
            f"{done.seconds:.1f} s", f"{alone.seconds / done.seconds:.2f}", f"{1000 * done.work / count:.0f} ms",
            f"{done.memory:.0f} MB", f"{again.seconds:.2f} s",
        ])  # fmt: skip
        print(*rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--keep", type=Path, help="where gazettes and graphs stay")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    about = machine()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="policy-kg-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        rows = [row for size in options.sizes for row in measure(size, options.workers, folder)]
    finally:
        if not options.keep:
            shutil.rmtree(folder)
    header = [
        "gazettes", "characters", "statements", "workers", "build", "times one worker", "work a gazette",
        "memory at most",
        "unchanged",
    ]  # fmt: skip
    show("Builds at scale", "python -m benchmarks.builds --write", [about, "", *table(header, rows)], options.write)


if __name__ == "__main__":
    main()
