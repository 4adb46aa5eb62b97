"""Conflicts: one indicator of one area with different values for the same year in two documents, with both quotes."""

from __future__ import annotations

from kg.graph.store import Graph
from kg.show.report import Section, answered

#: The saved queries of the report, in its order.
CONFLICTS = ("conflicting-targets", "conflicting-baselines")


def conflicts(graph: Graph) -> list[Section]:
    """Targets that disagree, and baselines that disagree; 1万 and 10000 agree, and so do a province and its city."""
    return [answered(graph, name) for name in CONFLICTS]
