"""What damaged and hostile files do to reading and building: nothing may crash, hang, swell, or lose what is good.

    python -m benchmarks.torture [--inputs 20000] [--write]
    python -m benchmarks.torture --only 1234              one of them again; its bytes are kept beside the message

Good files in every format are damaged by chance (:mod:`tests.hostile`): most go through reading, extraction and
resolving, where every fact's quote must stand in the text; one in ten goes into a folder with others, from which a
graph is built that must name what it could not read and hold the facts of the good file among them.  Then come the
files that are made to break readers.  ``--write`` puts the figures into docs/measured.md.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.measured import show
from kg.read import ReadError, read_file
from tests import hostile

#: A damaged file of a few pages; the made ones are larger than any gazette.
SECONDS, SECONDS_MADE = 10.0, 120.0
#: Of a process that reads, in bytes of address space.
MEMORY = 3_000_000_000
#: One input in ten is built with others, in folders of so many.
BUILT_SHARE, FOLDER = 10, 50


@dataclass(slots=True)
class Tally:
    """What became of some inputs."""

    read: int = 0
    refused: int = 0
    facts: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.read, self.refused, self.facts = (
            self.read + other.read,
            self.refused + other.refused,
            self.facts + other.facts,
        )
        self.slowest, self.seconds = max(self.slowest, other.slowest), self.seconds + other.seconds
        self.failures += other.failures


def kind_of(number: int) -> str:
    """The format of the input with this number."""
    kinds = list(hostile.FORMATS)
    return kinds[number % len(kinds)]


def content_of(number: int) -> tuple[str, bytes]:
    """The name and the bytes of the input with this number."""
    kind = kind_of(number)
    return f"{number}.{kind}", hostile.damaged(kind, Random(number))


def facts_of(path: Path) -> int:
    """Take a file through all rooms; every fact must have its quote where it says.

    Of an archive, what cannot be read is passed over as long as one file can.  ReadError as reading raises it.
    """
    from kg.extract import extract
    from kg.inputs import find_inputs
    from kg.resolve import resolve

    count = 0
    refused: list[ReadError] = []
    sources = find_inputs([path])
    for source in sources:
        try:
            issue = read_file(source.path, source.name, source.member)
        except ReadError as error:
            refused.append(error)
            continue
        for document in issue.documents:
            for fact in resolve(extract(document)):
                count += 1
                if not fact.evidence:
                    raise AssertionError("a fact without evidence")
                for evidence in fact.evidence:
                    if issue.source.text[evidence.start : evidence.end] != evidence.quote:
                        raise AssertionError("a quote that does not stand where it says")
    if len(refused) == len(sources):
        raise refused[0]
    return count


def peak_memory() -> int:
    """The peak of this process's memory in bytes; 0 where the system does not say (other than Linux)."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def tried(path: Path, limit: float) -> Tally:
    """What becomes of one file."""
    tally = Tally()
    begun = time.process_time()
    try:
        tally.facts = facts_of(path)
        tally.read = 1
    except ReadError as error:
        tally.refused = 1
        if "\n" in str(error) or len(str(error)) > 400:
            tally.failures.append(f"{path.name}: not one sentence: {error}")
    except Exception as error:  # whatever it is, it is what is looked for
        tally.failures.append(f"{path.name}: {type(error).__name__}: {error}")
    tally.slowest = tally.seconds = time.process_time() - begun
    if tally.slowest > limit:
        tally.failures.append(f"{path.name}: took {tally.slowest:.1f} s (limit {limit:g} s)")
    return tally


def one(number: int) -> tuple[str, Tally, int]:
    """Damage and read the input with this number; gives its format, what became of it, and the peak of memory."""
    name, data = content_of(number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        tally = tried(path, SECONDS)
    return kind_of(number), tally, peak_memory()


def built(numbers: list[int]) -> Tally:
    """Build a graph of a good gazette and the inputs with these numbers; what is wrong with it."""
    from kg.build import build
    from kg.graph.check import check_evidence
    from kg.graph.store import open_graph

    tally = Tally()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "gazettes"
        folder.mkdir()
        (folder / "good.txt").write_text(hostile.GAZETTES[0], encoding="utf-8")
        for number in numbers:
            name, data = content_of(number)
            (folder / name).write_bytes(data)
        try:
            alone = build([folder / "good.txt"], Path(place) / "alone.kg")
            report = build([folder], Path(place) / "all.kg")
            graph = open_graph(Path(place) / "all.kg")
            named = {row["file"] for row in graph.select("SELECT ?file { ?s gz:problem ?p ; gz:fileName ?file }")}
            tally.read, tally.refused = len(report.added) - 1, len(graph.manifest.unread)
            tally.facts = sum(report.facts.values()) - sum(alone.facts.values())
            wrong = list(check_evidence(graph).faults)
            unsaid = {entry.name for entry in graph.manifest.unread} - named
            crashes = [problem.message for problem in report.problems if "please report" in problem.message]
            lost = graph.manifest.files and not any(
                file.documents == open_graph(Path(place) / "alone.kg").manifest.files[0].documents
                for file in graph.manifest.files
            )
            tally.failures += [f"{fault.iri}: {fault.message}" for fault in wrong] + crashes
            tally.failures += [f"{name} is not in the provenance" for name in unsaid]
            if lost:
                tally.failures.append("the good file's facts are not those of the good file alone")
        except Exception as error:
            tally.failures.append(f"building {numbers[0]}–{numbers[-1]}: {type(error).__name__}: {error}")
    tally.seconds = time.perf_counter() - begun
    return tally


def limited() -> None:
    """Limit the memory of this process; a PDF, which has a process of its own otherwise, is read in this one."""
    from kg.read.formats import bounded, pdf

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # What pdfminer says of damaged files is of no interest here
    logging.disable(logging.WARNING)
    bounded.read_pdf = pdf.read  # type: ignore[assignment]


def main() -> None:
    """Damage, read, build, print; exit code 1 where something crashed, hung or got lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--only", type=int, help="one input again, by its number")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    if options.only is not None:
        name, data = content_of(options.only)
        Path(tempfile.gettempdir(), name).write_bytes(data)
        print(f"{Path(tempfile.gettempdir(), name)}: {facts_of(Path(tempfile.gettempdir(), name))} facts")
        return
    lines, failures = measured(options.first, options.inputs, options.processes)
    show("Damaged and hostile files", "make torture", lines, options.write)
    print("\n".join(failures[:100]), file=sys.stderr)
    sys.exit(1 if failures else 0)


def measured(first: int, inputs: int, processes: int) -> tuple[list[str], list[str]]:
    """The report of so many inputs, and what failed."""
    begun = time.monotonic()
    numbers = range(first, first + inputs)
    together = [n for n in numbers if n // len(hostile.FORMATS) % BUILT_SHARE == 0]
    alone = [n for n in numbers if n // len(hostile.FORMATS) % BUILT_SHARE]
    tallies: dict[str, Tally] = defaultdict(Tally)
    context = multiprocessing.get_context("spawn")
    peak = 0
    with context.Pool(processes, initializer=limited) as pool:
        for kind, tally, memory in pool.imap_unordered(one, alone, chunksize=20):
            tallies[kind].add(tally)
            peak = max(peak, memory)
    with context.Pool(processes) as pool:
        folders = [together[i : i + FOLDER] for i in range(0, len(together), FOLDER)]
        for tally in pool.imap_unordered(built, folders):
            tallies["built with others"].add(tally)
    hard = list(made_cases())
    return report(tallies, hard, peak, time.monotonic() - begun), [
        *(failure for tally in tallies.values() for failure in tally.failures),
        *(failure for _, tally, _ in hard for failure in tally.failures),
    ]


def made_cases() -> Iterator[tuple[str, Tally, int]]:
    """What becomes of each file made to break readers, in a process of its own, and the peak of its memory."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in hostile.made().items():
            path = Path(folder) / name
            path.write_bytes(data)
            with context.Pool(1, initializer=limited) as pool:
                try:
                    tally, memory = pool.apply_async(made_case, (path,)).get(SECONDS_MADE)
                except multiprocessing.TimeoutError:
                    tally, memory = Tally(failures=[f"{name}: took longer than {SECONDS_MADE:g} s"]), 0
            yield name, tally, memory
            path.unlink()


def made_case(path: Path) -> tuple[Tally, int]:
    """What becomes of a file, and the peak of this process's memory."""
    return tried(path, SECONDS_MADE), peak_memory()


def report(tallies: dict[str, Tally], hard: list[tuple[str, Tally, int]], peak: int, seconds: float) -> list[str]:
    """The figures as Markdown."""
    count = Counter[str]()
    rows = []
    for kind, tally in tallies.items():
        number = tally.read + tally.refused
        count += Counter(inputs=number, failures=len(tally.failures))
        slowest = f"{tally.slowest:.1f} s" if tally.slowest else "–"
        cells = (kind, f"{number:,}", f"{tally.read:,}", f"{tally.refused:,}", f"{tally.facts:,}", slowest)
        rows.append(f"| {' | '.join(cells)} | {len(tally.failures)} |")
    lines = [
        f"{count['inputs']:,} damaged files in {seconds:.0f} s on {os.cpu_count()} cores: {count['failures']} of them "
        f"crashed, hung, or lost a fact's place. No process that read them grew above {peak / 1e6:.0f} MB.",
        "",
        "| format | inputs | read | refused in a sentence | facts | slowest | failures |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"{len(hard)} files made to break readers:",
        "",
        "| file | outcome | seconds | memory |",
        "|---|---|---|---|",
    ]
    for name, tally, memory in hard:
        outcome = "failed" if tally.failures else "refused" if tally.refused else f"read, {tally.facts:,} facts"
        lines.append(f"| {name} | {outcome} | {tally.seconds:.1f} | {memory / 1e6:.0f} MB |")
    return lines


if __name__ == "__main__":
    main()
