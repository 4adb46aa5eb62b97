"""Answers of graphs, to be compared."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.store import Graph

#: Columns of joined names: SPARQL leaves the order of GROUP_CONCAT open.
JOINED = {"agencies", "collectives", "names", "targets", "basis", "oldTargets", "newTargets"} | {
    "lead", "responsible", "cooperating", "leader",
}  # fmt: skip
_SEPARATORS = "、；"

Row = dict[str, str | list[str]]


def answer(graph: Graph, sparql: str) -> list[Row]:
    """The rows of an answer in their order, terms spelled in full; joined names as sorted lists."""
    found = graph.query(sparql)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: _cell(name, row[name]) for name in names} for row in found]


def _cell(name: str, term: object) -> str | list[str]:
    if name in JOINED and isinstance(term, ox.Literal):
        text = term.value
        for separator in _SEPARATORS:
            text = text.replace(separator, " ")
        return sorted(text.split(" "))
    return "" if term is None else str(term)
