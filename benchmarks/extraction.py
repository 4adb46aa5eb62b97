"""How fast facts are extracted, against a floor, reading the file alone, the tokenizer alone and jieba, all in one run.

    python -m benchmarks.extraction FILE…  [--repeat N] [--write]

Prints characters per second of CPU time on one core, and how many times the floor and jieba's segmentation each takes.
All sides take turns and the best of N turns counts, since other work slows a shared machine.  The floor is what a
program without any thought of its own would need: the tokenizer, and the patterns by which each kind of fact is found,
each run once over the text.  jieba is the yardstick most Chinese text tools start from (``pip install jieba``, left out
where it is not installed).  ``--write`` puts the figures into docs/measured.md.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.extract import appointments, bodies, periods, quantities, references
from kg.extract.assignments import labels
from kg.extract.body_patterns import core
from kg.extract.context import Context
from kg.extract.memberships import groups
from kg.extract.pipeline import COMPONENTS, load
from kg.extract.place import place_of
from kg.read import read_file
from kg.read.model import PrintedDocument
from kg.resolve import resolve

MEASURED = Path(__file__).resolve().parent.parent / "docs" / "measured.md"
SECTION = "## Extraction, characters a second"
#: Rows of the result that the others are compared with.
FLOOR, JIEBA = "floor: tokenizer and patterns", "jieba segmentation"
EXTRACT, ALL = "extract and resolve", "all: read, extract, resolve"

Seconds = dict[str, float]


def cpu(work: Callable[[], Any]) -> float:
    """Seconds of CPU time that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def patterns() -> list[re.Pattern[str]]:
    """The patterns by which facts are found in running text; that of bodies, run in windows, is not among them."""
    return [
        references._SERIAL,
        labels.label_pattern(),
        labels._role_words(),
        quantities._pattern(),
        periods._PERIOD,
        groups._SETS_UP,
        appointments._DECIDES,
    ]


def match_all(lines: Iterable[str]) -> None:
    """Run every pattern once over every line: what is matched is thrown away."""
    every, body = patterns(), core(False)
    for line in lines:
        for pattern in every:
            for _ in pattern.finditer(line):
                pass
        for start, end in bodies._windows(line):
            for _ in body.finditer(line, start, end):
                pass


def forget() -> None:
    """Empty the caches of what was asked of strings: what one turn has found must not count for the next."""
    for module in [module for name, module in sys.modules.items() if name.startswith("kg.")]:
        for function in vars(module).values():
            # rdflib's namespaces have every attribute that they are asked for
            if callable(getattr(function, "cache_info", None)) and function.cache_info().maxsize is not None:
                function.cache_clear()


def component_times(documents: list[PrintedDocument]) -> Seconds:
    """Seconds of CPU time of every component, and of resolving, over all documents; the tokenizer's first."""
    nlp = load()
    seconds = dict.fromkeys(("tokenize", *COMPONENTS, "resolve"), 0.0)
    for document in documents:
        start, end = document.span
        begun = time.process_time()
        doc = nlp.make_doc(document.source.text[start:end])
        doc._.offset, doc._.document = start, document
        doc._.context = Context(place=place_of(document))
        seconds["tokenize"] += time.process_time() - begun
        for kind, (_, component) in zip(COMPONENTS, nlp.pipeline, strict=True):
            begun = time.process_time()
            doc = component(doc)
            seconds[kind] += time.process_time() - begun
        begun = time.process_time()
        resolve(doc._.context.facts)
        seconds["resolve"] += time.process_time() - begun
    return seconds


def turn(files: list[Path]) -> Seconds:
    """One turn of all sides: seconds of CPU time by what was done; names of components are indented."""
    forget()
    texts = [path.read_text(encoding="utf-8") for path in files]
    nlp = load()
    seconds = {
        "decode the file": cpu(lambda: [path.read_text(encoding="utf-8") for path in files]),
        "tokenizer alone": cpu(lambda: [nlp.make_doc(text) for text in texts]),
        FLOOR: cpu(lambda: match_all(line for text in texts for line in text.splitlines())),
    }
    seconds[FLOOR] += seconds["tokenizer alone"]
    if find_spec("jieba"):
        import jieba

        seconds[JIEBA] = cpu(lambda: [list(jieba.cut(text)) for text in texts])
    documents: list[PrintedDocument] = []
    seconds["read"] = cpu(lambda: documents.extend(doc for path in files for doc in read_file(path).documents))
    components = component_times(documents)
    seconds |= {f"  {kind}": taken for kind, taken in components.items()}
    seconds[EXTRACT] = sum(components.values())
    seconds[ALL] = seconds["read"] + seconds[EXTRACT]
    return seconds


def measured(files: list[Path], repeat: int) -> tuple[int, Seconds]:
    """The number of characters, and the best of several turns for each row; a first turn warms up."""
    if find_spec("jieba"):
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
    turn(files)
    turns = [turn(files) for _ in range(repeat)]
    characters = sum(len(path.read_text(encoding="utf-8")) for path in files)
    return characters, {row: min(seconds[row] for seconds in turns) for row in turns[0]}


def table(characters: int, seconds: Seconds) -> list[str]:
    """The figures as a Markdown table."""
    lines = ["| | seconds | characters a second | × floor | × jieba |", "|---|---|---|---|---|"]
    for name, taken in seconds.items():
        ratios = (f"{taken / seconds[row]:.2f}" if row in seconds else "–" for row in (FLOOR, JIEBA))
        indent = "\u2003" * (len(name) - len(name.lstrip()) > 0)
        speed = characters / max(taken, 1e-9)
        lines.append(f"| {indent}{name.strip()} | {taken:.3f} | {speed:,.0f} | {' | '.join(ratios)} |")
    return lines


def write(lines: list[str]) -> None:
    """Put the figures into their section of docs/measured.md."""
    old = MEASURED.read_text(encoding="utf-8") if MEASURED.exists() else "# Measured\n"
    kept = re.sub(rf"\n{re.escape(SECTION)}\n.*?(?=\n## |\Z)", "", old, flags=re.DOTALL)
    command = "Printed by `python -m benchmarks.extraction GAZETTE… --write` (`make bench`)."
    MEASURED.write_text("\n".join([kept.rstrip(), "", SECTION, "", command, *lines, ""]), encoding="utf-8")


def main() -> None:
    """Measure, print, and write the figures if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()

    characters, seconds = measured(options.files, options.repeat)
    lines = [
        f"{characters:,} characters in {len(options.files)} gazettes, CPU time of one core, the best of "
        f"{options.repeat} turns; load average of the machine: {os.getloadavg()[0]:.1f}.",
        "",
        *table(characters, seconds),
    ]
    print("\n".join(lines))
    if options.write:
        write(lines)


if __name__ == "__main__":
    main()
