"""Where the nodes of a picture stand: linked ones near each other, no label on another, the same every time."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

#: Pictures are wider than high by the square of this, as screens are
WIDE = 1.3
#: Labels are moved off each other so many times at most
MOST_STEPS = 400
#: Height of a line of a label, in font sizes
LINE = 1.3


def radius(values: Mapping[str, Any]) -> float:
    """The radius of a node in pixels: its area grows with its weight."""
    return min(5 + 3 * math.sqrt(values["weight"]), 40)


def font(values: Mapping[str, Any]) -> float:
    """The size of a node's label in pixels."""
    return 10 + radius(values) / 2


def strongest(network: nx.Graph, most: int) -> nx.Graph:
    """The network, or the part of it between the nodes with most links, the centre always among them."""
    if len(network) <= most:
        return network

    def strength(node: Any) -> tuple[bool, int]:
        return bool(network.nodes[node].get("centre")), network.degree(node)

    return _part(network, set(sorted(network, key=strength, reverse=True)[:most]))


def positions(network: nx.Graph) -> dict[Any, tuple[int, int]]:
    """Where each node stands, in pixels; the same network gives the same picture.

    Linked nodes are pulled together; the parts of a network that nothing joins stand in rows, the largest first.

    Args:
        network: nodes with ``label`` and ``weight``, by which they take room.
    """
    undirected = network.to_undirected()
    parts = [_spread(_part(undirected, part)) for part in nx.connected_components(undirected)]
    parts.sort(key=lambda part: part.width * part.height, reverse=True)
    widest = max([WIDE * math.sqrt(sum(part.width * part.height for part in parts)), *(part.width for part in parts)])
    placed: dict[Any, tuple[int, int]] = {}
    left = top = height = 0.0
    for part in parts:
        if left + part.width > widest:
            left, top, height = 0.0, top + height, 0.0
        placed |= {node: (round(left + x), round(top + y)) for node, (x, y) in part.positions.items()}
        left, height = left + part.width, max(height, part.height)
    return placed


def _part(network: nx.Graph, kept: Collection[Any]) -> nx.Graph:
    """The network between some of its nodes, in its own order: networkx's views follow that of the hashes."""
    part = network.__class__()
    part.add_nodes_from((node, values) for node, values in network.nodes(data=True) if node in kept)
    part.add_edges_from(edge for edge in network.edges(data=True) if edge[0] in kept and edge[1] in kept)
    return part


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part of a network in a rectangle of its own."""

    positions: dict[Any, tuple[float, float]]
    width: float
    height: float


def _spread(part: nx.Graph) -> _Part:
    """Positions of a connected part: linked nodes near each other (ForceAtlas2), then labels moved off each other."""
    # a step takes the square of the number of nodes: two thousand are to take seconds, not minutes
    steps = 20 + min(180, 15_000 // len(part))
    layout = nx.forceatlas2_layout(part, max_iter=steps, seed=1, weight=None) if len(part) > 1 else {}
    where = np.array([layout.get(node, (0.0, 0.0)) for node in part], dtype=float)
    extent = np.maximum(np.ptp(where, axis=0), 1e-9)
    sizes = np.array([_room(values) for _, values in part.nodes(data=True)])
    side = math.sqrt(sizes.prod(axis=1).sum())
    where = _apart((where - where.min(axis=0)) / extent * side * (WIDE, 1 / WIDE), sizes)
    # rectangles have the label below the node: the node is above their middle
    where[:, 1] -= [LINE / 2 * font(values) for _, values in part.nodes(data=True)]
    where += sizes.max(axis=0) / 2 - where.min(axis=0)
    width, height = where.max(axis=0) + sizes.max(axis=0) / 2
    return _Part({node: (x, y) for node, (x, y) in zip(part, where.tolist(), strict=True)}, width, height)


def _apart(where: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move rectangles of the given sizes off each other, a little at each step, each pair along its lesser overlap.

    Rectangles are compared in the order of their heights on the page, each with the next, the one after it and so on
    until none is near enough: of all pairs of two thousand, a thirtieth.
    """
    for _ in range(MOST_STEPS):
        order = np.argsort(where[:, 1], kind="stable")
        at, room, push = where[order], sizes[order], np.zeros_like(where)
        for ahead in range(1, len(at)):
            distance = at[ahead:] - at[:-ahead]
            if distance[:, 1].min() >= room[:, 1].max():
                break
            needed = (room[ahead:] + room[:-ahead]) / 2
            overlap = needed - np.abs(distance)
            touching = (overlap > 0).all(axis=1)
            # as a share of the room needed: labels are wide and low, and would all be pushed up and down otherwise
            across = overlap[:, 0] * needed[:, 1] < overlap[:, 1] * needed[:, 0]
            move = np.where(np.stack((touching & across, touching & ~across), axis=1), overlap, 0.0)
            move *= np.where(distance < 0, -0.25, 0.25)
            push[ahead:] += move
            push[:-ahead] -= move
        if not push.any():
            break
        where[order] += push
    return where


def _room(values: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height in pixels of a node with its label below it and some air around."""
    return max(2 * radius(values), font(values) * len(values["label"])) + 20, 2 * radius(values) + LINE * font(
        values
    ) + 12
