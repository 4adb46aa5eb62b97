"""How fast facts are extracted, against reading the file, the tokenizer alone and jieba, all in one run.

    python -m benchmarks.extraction FILE…  [--repeat N]

Prints characters per second of CPU time on one core, the best of N runs, and each as a ratio to jieba's segmentation
(the yardstick most Chinese text tools start from; `pip install jieba`, left out where it is not installed).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.extract.context import Context
from kg.extract.pipeline import COMPONENTS, load
from kg.extract.place import place_of
from kg.read import read_file
from kg.read.model import PrintedDocument
from kg.resolve import resolve


def cpu(work: Callable[[], Any], repeat: int) -> float:
    """Seconds of CPU time that the work takes, the best of several runs."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def component_times(documents: list[PrintedDocument]) -> dict[str, float]:
    """Seconds of CPU time of every component, and of resolving, over all documents."""
    nlp = load()
    seconds = dict.fromkeys((*COMPONENTS, "resolve"), 0.0)
    for document in documents:
        start, end = document.span
        doc = nlp.make_doc(document.source.text[start:end])
        doc._.offset, doc._.document = start, document
        doc._.context = Context(place=place_of(document))
        for kind, (_, component) in zip(COMPONENTS, nlp.pipeline, strict=True):
            begun = time.process_time()
            doc = component(doc)
            seconds[kind] += time.process_time() - begun
        begun = time.process_time()
        resolve(doc._.context.facts)
        seconds["resolve"] += time.process_time() - begun
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()

    texts = [path.read_text(encoding="utf-8") for path in options.files]
    characters = sum(map(len, texts))
    documents = [document for path in options.files for document in read_file(path).documents]
    nlp = load()
    rows = {
        "decode the file": cpu(lambda: [path.read_text(encoding="utf-8") for path in options.files], options.repeat),
        "tokenizer alone": cpu(lambda: [nlp.make_doc(text) for text in texts], options.repeat),
    }
    if find_spec("jieba"):
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        rows["jieba segmentation"] = cpu(lambda: [list(jieba.cut(text)) for text in texts], options.repeat)
    rows["read (kg.read)"] = cpu(lambda: [read_file(path) for path in options.files], options.repeat)
    runs = [component_times(documents) for _ in range(options.repeat)]
    best = {kind: min(run[kind] for run in runs) for kind in runs[0]}
    rows |= {f"  {kind}": seconds for kind, seconds in best.items()}
    rows["extract and resolve"] = min(sum(run.values()) for run in runs)
    rows["all (read, extract, resolve)"] = rows["read (kg.read)"] + rows["extract and resolve"]

    yardstick = rows.get("jieba segmentation")
    print(f"{characters:,} characters in {len(texts)} files, best of {options.repeat}, CPU time of one core")
    print(f"{'':32}{'seconds':>9}{'characters/s':>15}{'× jieba':>10}")
    for name, seconds in rows.items():
        ratio = f"{yardstick / seconds:10.2f}" if yardstick and seconds else f"{'–':>10}"
        print(f"{name:32}{seconds:9.3f}{characters / max(seconds, 1e-9):15,.0f}{ratio}")


if __name__ == "__main__":
    main()
