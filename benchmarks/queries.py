"""How long the saved queries take: ``python -m benchmarks.queries GRAPH… [--runs N] [--write]``.

Every saved query is asked in this process, over the store in memory: with values for its required parameters alone,
then with each optional one too.  The values come from the graph itself: the names that occur most, whose answers are
longest.  Times are those of the processor: a query runs in one thread, so that on an idle machine no more time passes.
A row for each query with its rows and the slowest of these ways, then the median and the slowest of all.
``benchmarks.cities`` makes the gazettes of many cities out of those of one.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measured import machine, show
from kg.graph.queries import Parameter, SavedQuery, bind, saved
from kg.graph.store import Graph, open_graph

HEADING = "Saved queries in memory"
NOTE = (
    "Milliseconds of the processor. A million statements are the same gazettes of eight cities, which\n"
    "`python -m benchmarks.cities` makes out of those of one."
)

#: The name that occurs most often, by the type of a parameter: what takes longest to answer.
_COMMON = {
    "agency": "SELECT ?name { ?fact prov:agent ?x . ?x skos:prefLabel ?name }",
    "plan": "SELECT ?name { ?fact gz:setBy ?x . ?x dct:title ?name }",
    "person": "SELECT ?name { ?fact gz:personName ?name }",
    "document": "SELECT ?name { ?fact gz:statedIn ?x . ?x dct:identifier ?name }",
    "group": "SELECT ?name { ?fact gz:groupName ?name }",
    "indicator": "SELECT ?name { ?fact gz:indicatorText ?name }",
    "task": "SELECT ?name { ?x prov:qualifiedAssociation ?fact ; rdfs:label ?name }",
    "year": "SELECT ?name { ?fact gz:targetYear ?name }",
}
_FIXED = {"month": ["2025-12"], "date": ["2023-01-01"], "number": ["2"], "role": ["lead"]}


def common(graph: Graph) -> dict[str, list[str]]:
    """The names of each type, those that occur most first."""
    found = {}
    for kind, query in _COMMON.items():
        names = [row["name"] or "" for row in graph.select(query)]
        found[kind] = [name for name, _ in sorted(_count(names).items(), key=lambda item: (-item[1], item[0]))]
    return found | _FIXED


def _count(names: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


@dataclass(frozen=True, slots=True)
class Figure:
    """A saved query: its rows, asked with required values alone, and the slowest way of asking it in milliseconds."""

    rows: int
    milliseconds: float


def measure(graph: Graph, runs: int) -> dict[str, Figure]:
    """The figures of all saved queries.  The best of several runs counts: the machine does other things too."""
    names = common(graph)
    return {query.name: _figure(graph, query, names, runs) for query in saved().values()}


def _figure(graph: Graph, query: SavedQuery, names: dict[str, list[str]], runs: int) -> Figure:
    asked = [_best(graph, bind(graph, query, values), runs) for values in _ways(query.parameters, names)]
    return Figure(asked[0].rows, max(each.milliseconds for each in asked))


def _best(graph: Graph, text: str, runs: int) -> Figure:
    times, rows = [], 0
    for _ in range(runs):
        started = time.process_time()
        rows = len(graph.select(text))
        times.append(1000 * (time.process_time() - started))
    return Figure(rows, min(times))


def _ways(parameters: tuple[Parameter, ...], names: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """Values for the required parameters alone, then for each optional one too; two of one type are two names."""
    required: dict[str, str] = {}
    for parameter in parameters:
        if parameter.required:
            required[parameter.name] = next(name for name in names[parameter.type] if name not in required.values())
    yield required
    for parameter in parameters:
        if not parameter.required and names[parameter.type]:
            yield {**required, parameter.name: names[parameter.type][0]}


def table(figures: dict[int, dict[str, Figure]]) -> list[str]:
    """The lines of a table: the queries, slowest first, by the statements of the graphs; the median and the slowest."""
    sizes = sorted(figures)
    largest = figures[sizes[-1]]
    lines = [
        "| query |" + "".join(f" rows of {size:,} statements | ms |" for size in sizes),
        "|---|" + "---:|---:|" * len(sizes),
    ]
    for name in sorted(largest, key=lambda name: -largest[name].milliseconds):
        cells = [f" {each.rows:,} | {each.milliseconds:.1f} |" for each in (figures[size][name] for size in sizes)]
        lines.append(f"| {name} |" + "".join(cells))
    for what, count in (("median", statistics.median), ("slowest", max)):
        values = [count([each.milliseconds for each in figures[size].values()]) for size in sizes]
        lines.append(f"| **{what}** |" + "".join(f" | **{value:.1f}** |" for value in values))
    return lines


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    options = parser.parse_args()
    around = machine()
    figures = {}
    for path in options.graphs:
        graph = open_graph(path)
        figures[graph.manifest.quads] = measure(graph, options.runs)
    show(HEADING, "python -m benchmarks.queries GRAPH… --write", [NOTE, around, "", *table(figures)], options.write)


if __name__ == "__main__":
    main()
