"""Conflicts: one indicator of one area with different values for the same year in two documents, with both quotes."""

from __future__ import annotations

from kg.graph.store import Graph
from kg.show.places import Places, placed
from kg.show.report import answered
from kg.show.sections import Section

#: The saved queries of the report, in its order.
CONFLICTS = ("conflicting-targets", "conflicting-baselines", "near-conflicts")


def conflicts(graph: Graph, places: Places | None = None) -> list[Section]:
    """Targets that disagree, baselines that disagree, and targets of indicators that may be one and disagree.

    1万 and 10000 agree, and so do a province and its city.
    """
    places = places or Places(graph)
    return [placed(placed(answered(graph, name), places), places, "other") for name in CONFLICTS]
