"""Score the real gazettes, the same with foreign place names, and the sample; fail where F1 falls (a ratchet).

    python -m scripts.accuracy --gazettes DIR --keys DIR [--ratchet]

The figures not to fall below stand in accuracy.toml; ``--ratchet`` raises them to what was measured, never lowers them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.build import build
from kg.facts import TABLES
from kg.graph.store import open_graph
from kg.score import TableScore, read_coverage, read_tables, score
from kg.show.tables import rows
from scripts.masked import mask_folder

REPOSITORY = Path(__file__).resolve().parent.parent
FLOORS = REPOSITORY / "accuracy.toml"
SAMPLE = REPOSITORY / "kg" / "data" / "sample"

#: F1 by table, by what was scored: ``2023-1``, ``2023-1 masked``, ``sample``, ``sample at first``
Figures = dict[str, dict[str, float]]

_HEAD = """\
# F1 by gazette and table, below which `make accuracy` fails.  Written by `make ratchet`: figures only go up.
# “masked” is the same gazette with every place name replaced by one of another province.  “at first” was measured once,
# when the texts had been read but neither the rows of their key nor what was missed had been looked at; it stays.
# Where the author of a rule had mended it on that very text before, there is no such figure (memberships of 2022-2).
"""


def measure(gazettes: list[Path], keys: Mapping[str, Path]) -> Iterator[tuple[str, dict[str, TableScore]]]:
    """Build one graph of the gazettes and score it against each answer key; gives the key's name and the scores.

    Raises:
        SystemExit: a gazette could not be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        graph_folder = Path(folder) / "accuracy.kg"
        report = build(gazettes, graph_folder)
        if report.problems:
            raise SystemExit("\n".join(problem.message for problem in report.problems))
        graph = open_graph(graph_folder)
        found = {table: rows(graph, table) for table in TABLES}
    for name, key in keys.items():
        scores = score(read_tables(key), read_coverage(key), found)
        # where there is nothing to find, finding nothing is no merit
        yield name, {table: total for table, total in scores.items() if total.key}


def measure_all(gazettes: Path, keys: Path) -> Iterator[tuple[str, dict[str, TableScore]]]:
    """The scores of the sample, of the gazettes that have a key, and of these with foreign place names."""
    yield from measure([SAMPLE], {"sample": SAMPLE / "keys"})
    if not gazettes.is_dir() or not keys.is_dir():
        print(f"No real gazettes in {gazettes} or no keys in {keys}: the sample alone is scored.\n", file=sys.stderr)
        return
    named = {key.name: key for key in sorted(keys.iterdir()) if (gazettes / f"{key.name}.txt").is_file()}
    yield from measure([gazettes / f"{name}.txt" for name in named], named)
    with tempfile.TemporaryDirectory() as folder:
        masked_texts, masked_keys = Path(folder) / "gazettes", Path(folder) / "keys"
        mask_folder(gazettes, masked_texts)
        mask_folder(keys, masked_keys)
        yield from measure(
            [masked_texts / f"{name}.txt" for name in named],
            {f"{name} masked": masked_keys / name for name in named},
        )


def read_floors() -> Figures:
    """The recorded figures."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}


def write_floors(figures: Figures) -> None:
    """Record figures, gazettes in alphabetical order and tables in that of the export."""
    lines = [_HEAD]
    for name in sorted(figures):
        lines.append(f'["{name}"]')
        lines += [f"{table} = {figures[name][table]:.3f}" for table in TABLES if table in figures[name]]
        lines.append("")
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


def report(name: str, scores: Mapping[str, TableScore], floors: Mapping[str, float]) -> list[str]:
    """Print the scores of one gazette; returns a sentence for each figure that fell."""
    fallen = []
    print(f"{name:16}{'key':>7}{'found':>7}{'P':>8}{'R':>8}{'F1':>8}{'floor':>8}")
    for table, total in scores.items():
        figures, floor = total.figures(), floors.get(table, 0.0)
        numbers = f"{figures['key']:7}{figures['found']:7}{total.precision:8.3f}{total.recall:8.3f}{total.f1:8.3f}"
        print(f"  {table:14}{numbers}{floor:8.3f}")
        if figures["f1"] < floor:
            fallen.append(f"{name}: {table} fell from {floor:.3f} to {figures['f1']:.3f}")
    print(flush=True)
    return fallen


def main() -> int:
    """Measure, print, compare with the recorded figures and raise them if asked to; 1 where one fell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazettes", type=Path, required=True, help="folder with <issue>.txt")
    parser.add_argument("--keys", type=Path, required=True, help="folder with a folder <issue> for each answer key")
    parser.add_argument("--ratchet", action="store_true", help="raise the recorded figures to the measured ones")
    options = parser.parse_args()

    floors, fallen = read_floors(), list[str]()
    for name, scores in measure_all(options.gazettes, options.keys):
        recorded = floors.setdefault(name, {})
        fallen += report(name, scores, recorded)
        recorded |= {table: max(recorded.get(table, 0.0), total.figures()["f1"]) for table, total in scores.items()}
    if options.ratchet:
        write_floors(floors)
    print("\n".join(fallen) if fallen else "No figure fell.")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
