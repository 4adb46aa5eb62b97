"""``kg score``: how many of the facts that people found in a text the graph has."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli_parts import FAULTS_FOUND, GRAPH, InputError, examples
from kg.facts import TABLES

if TYPE_CHECKING:
    from kg.score import Tables, TableScore


@click.command(
    epilog=examples(
        "score policy.kg keys/",
        "score tables/ keys/ --misses 5",
        "score policy.kg keys/ --floor 0.9",
        "score policy.kg keys/ --floor floors.toml --json",
    )
)
@GRAPH
@click.argument("keys", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--misses", default=0, metavar="N", help="Print up to N missed and N wrong rows of a document and table.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--floor", metavar="F1|FILE", help="Exit with 1 below this F1; a TOML file has a line “table = F1” each.")
def score(graph: Path, keys: Path, misses: int, as_json: bool, floor: str | None) -> None:
    """Precision, recall and F1 of a graph's facts against answer keys.

    GRAPH may also be a folder of exported tables. KEYS is a folder of tables in the same form, with a coverage.json
    that says for which documents each table is complete.
    """
    from kg.score import read_coverage, read_tables
    from kg.score import score as score_tables

    floors = _floors(floor) if floor is not None else {}
    scores = score_tables(read_tables(keys), read_coverage(keys), _found(graph))
    if misses:
        _print_misses(scores, misses)
    if as_json:
        click.echo(
            json.dumps({table: total.figures() for table, total in scores.items()}, ensure_ascii=False, indent=1)
        )
    else:
        _print_scores(scores)
    fallen = [(table, total.f1) for table, total in scores.items() if round(total.f1, 3) < floors.get(table, 0.0)]
    for table, f1 in fallen:
        click.echo(f"{table}: F1 {f1:.3f} is below {floors[table]:.3f}", err=True)
    if fallen:
        sys.exit(FAULTS_FOUND)


def _found(graph: Path) -> Tables:
    """The rows of a graph, or of a folder of exported tables."""
    from kg.score import read_tables

    if graph.is_dir() and any(graph.rglob("*.jsonl")):
        return read_tables(graph)

    from kg.graph.store import open_graph
    from kg.show.tables import rows

    opened = open_graph(graph)
    return {table: rows(opened, table) for table in TABLES}


def _floors(given: str) -> dict[str, float]:
    """The F1 that each table must reach."""
    try:
        return dict.fromkeys(TABLES, float(given))
    except ValueError:
        pass
    try:
        floors = tomllib.loads(Path(given).read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{given} is not a TOML file: {error}") from error
    for table, floor in floors.items():
        if table not in TABLES or not isinstance(floor, float | int):
            raise InputError(f"{given}: “{table}” is not a line such as “targets = 0.9” for one of {', '.join(TABLES)}")
    return floors


def _print_misses(scores: Mapping[str, TableScore], most: int) -> None:
    """Print the first missed and wrong rows of every document and table."""
    for table, total in scores.items():
        for (doc, what), misses in groupby(total.misses, lambda miss: (miss.doc, miss.what)):
            for miss in list(misses)[:most]:
                click.echo(f"{table}\t{doc}\t{what}\t{json.dumps(miss.row, ensure_ascii=False)}")


def _print_scores(scores: Mapping[str, TableScore]) -> None:
    """Print a line for each table: counts, precision, recall, F1, and the figures told beside."""
    from kg.show.results import aligned

    header = ["table", "documents", "key", "found", "P", "R", "F1"]
    rows, beside = [], [""] * 2
    for table, total in scores.items():
        figures = total.figures()
        counts = [str(figures[name]) for name in ("documents", "key", "found")]
        rows.append([table, *counts, *(f"{figures[name]:.3f}" for name in ("precision", "recall", "f1"))])
        shares = {name: figures[name] for name in ("strict_f1", "pair_f1", "canonical") if name in figures}
        beside.append("".join(f"  {name} {share:.3f}" for name, share in (shares | figures.get("fields", {})).items()))
    for line, further in zip(aligned(header, rows), beside, strict=True):
        click.echo(line + further)
