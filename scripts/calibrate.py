"""Count how many facts of each rule are right on the answer keys, and say how well the confidences hold.

    python -m scripts.calibrate --gazettes DIR --keys DIR [--write]

Each gazette is first judged by counts from the others alone: of the facts given .9, nine in ten should be right.
``--write`` records the counts of all of them in kg/data/confidence.tsv.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from kg.alike import document_key
from kg.extract import extract
from kg.extract.confidence import Counts, confidence
from kg.facts import TABLES
from kg.read import read_file
from kg.resolve import resolve
from kg.score import read_coverage, read_tables, score
from scripts.accuracy import REPOSITORY, SAMPLE

TARGET = REPOSITORY / "kg" / "data" / "confidence.tsv"
#: Tables whose rows pair one to one with those of a key, so that a row is right or wrong as a whole.
PAIRED = [table for table in TABLES if table not in ("documents", "plans")]
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)

Key = tuple[str, float]
Judged = dict[Key, tuple[int, int]]


def judged(gazettes: Iterable[Path], keys: Path) -> Judged:
    """How many facts of each rule and first guess are right and wrong, on gazettes that have a key."""
    found: dict[str, list[dict[str, object]]] = {table: [] for table in TABLES}
    with patch("kg.extract.confidence.counted", return_value={}):
        for path in gazettes:
            for document in read_file(path).documents:
                for fact in resolve(extract(document)):
                    table = next(name for name, kind in TABLES.items() if type(fact) is kind)
                    found[table].append(asdict(fact))
    coverage = read_coverage(keys)
    wrong: Counter[Key] = Counter()
    every: Counter[Key] = Counter()
    for table, total in score(read_tables(keys), coverage, found).items():
        if table not in PAIRED:
            continue
        docs = {document_key(doc) for doc in coverage[table]}
        every.update(_key(row) for row in found[table] if document_key(str(row["doc"])) in docs)
        wrong.update(_key(miss.row) for miss in total.misses if miss.what == "wrong" and isinstance(miss.row, dict))
    return {key: (every[key] - wrong[key], wrong[key]) for key in every}


def _key(row: Mapping[str, object]) -> Key:
    return str(row["rule"]), float(str(row["confidence"]))


def added(parts: Iterable[Judged]) -> Counts:
    """The sum of several counts."""
    total: defaultdict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for part in parts:
        for key, (right, wrong) in part.items():
            total[key][0] += right
            total[key][1] += wrong
    return {key: (right, wrong) for key, (right, wrong) in total.items()}


def table_of(parts: Mapping[str, Judged]) -> Iterator[str]:
    """Lines that set confidences given beside the share that was right, every gazette judged by the others."""
    bins: defaultdict[float, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for name, part in parts.items():
        others = added(other for other_name, other in parts.items() if other_name != name)
        for (rule, guess), (right, wrong) in part.items():
            given = confidence(rule, guess, others)
            cell = bins[max(low for low in BINS if low <= given)]
            cell[0] += right
            cell[1] += right + wrong
            cell[2] += given * (right + wrong)
    yield f"{'given':>14}{'facts':>8}{'mean given':>12}{'right':>8}"
    for low, high in pairwise(BINS):
        exact, count, mass = bins[low]
        if count:
            yield f"{low:>6.2f} – {min(high, 1.0):>4.2f}{count:>9.0f}{mass / count:>12.3f}{exact / count:>8.3f}"


def write(counts: Counts) -> None:
    """Record the counts, sorted, below the comment lines that the file has."""
    head = [line for line in TARGET.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    body = [f"{rule}\t{guess}\t{right}\t{wrong}" for (rule, guess), (right, wrong) in sorted(counts.items())]
    TARGET.write_text("\n".join([*head, "rule\tguess\tright\twrong", *body, ""]), encoding="utf-8")


def main() -> None:
    """Count, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazettes", type=Path, required=True, help="folder with <issue>.txt")
    parser.add_argument("--keys", type=Path, required=True, help="folder with a folder <issue> for each answer key")
    parser.add_argument("--write", action="store_true", help="record the counts in kg/data/confidence.tsv")
    options = parser.parse_args()
    parts = {"sample": judged(sorted(SAMPLE.glob("*.txt")), SAMPLE / "keys")}
    for key in sorted(options.keys.iterdir()):
        parts[key.name] = judged([options.gazettes / f"{key.name}.txt"], key)
    print("\n".join(table_of(parts)))
    if options.write:
        write(added(parts.values()))


if __name__ == "__main__":
    main()
