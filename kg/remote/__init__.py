"""Graphs on SPARQL servers: a graph folder put on one, and one asked as if it were a graph folder."""

from __future__ import annotations

from kg.graph.naming import Naming


def record_graph(naming: Naming) -> str:
    """The named graph on a server that lists what was published there, and with which content."""
    return naming.path("graph", "published")


def union_graph(naming: Naming) -> str:
    """The named graph on a server that holds every statement once: the default graph of a graph folder's own store.

    Servers differ in what they take for the default graph, and some count a statement once for each named graph that
    it stands in; with this graph as the default graph all of them give the same answers.
    """
    return naming.path("graph", "union")
