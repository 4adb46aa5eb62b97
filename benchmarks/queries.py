"""How long the saved queries take: ``python -m benchmarks.queries GRAPH [--runs N]``.

Every saved query is asked in the memory store, with values for its required parameters taken from the graph itself:
the names that occur most.  A line for each query, then the median and the slowest.
"""

from __future__ import annotations

import argparse
import statistics
import time

from kg.graph.queries import Parameter, bind, saved
from kg.graph.store import Graph, open_graph

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


def common(graph: Graph) -> dict[str, list[str]]:
    """The names of each type, those that occur most first."""
    found = {}
    for kind, query in _COMMON.items():
        names = [row["name"] or "" for row in graph.select(query)]
        found[kind] = [name for name, _ in sorted(_count(names).items(), key=lambda item: (-item[1], item[0]))]
    return found


def _count(names: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def measure(graph: Graph, runs: int) -> dict[str, tuple[int, float]]:
    """The rows of each saved query and the best of its times in milliseconds: the machine does other things too."""
    names = common(graph)
    result = {}
    for query in saved().values():
        text = bind(graph, query, _values(query.parameters, names))
        times = []
        for _ in range(runs):
            started = time.perf_counter()
            rows = len(graph.select(text))
            times.append(1000 * (time.perf_counter() - started))
        result[query.name] = (rows, min(times))
    return result


def _values(parameters: tuple[Parameter, ...], names: dict[str, list[str]]) -> dict[str, str]:
    """Values for the required parameters; two of one type are two different names."""
    values: dict[str, str] = {}
    for parameter in parameters:
        if parameter.required:
            values[parameter.name] = next(name for name in names[parameter.type] if name not in values.values())
    return values


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    graph = open_graph(arguments.graph)
    result = measure(graph, arguments.runs)
    for name, (rows, milliseconds) in sorted(result.items(), key=lambda item: -item[1][1]):
        print(f"{name:28} {rows:7,} rows {milliseconds:9.1f} ms")
    times = [milliseconds for _, milliseconds in result.values()]
    print(f"{graph.manifest.quads:,} statements: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")


if __name__ == "__main__":
    main()
