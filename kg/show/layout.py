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
#: Rounds of pulling linked nodes together, and of moving labels off each other, at most; each node of a large network
#: gets fewer of them, since what a person waits for is their product
MOST_PULLS, ALL_PULLS = 200, 20_000
MOST_PUSHES, ALL_PUSHES = 400, 60_000
#: Height of a line of a label, in font sizes
LINE = 1.3


def radius(values: Mapping[str, Any]) -> float:
    """The radius of a node in pixels: its area grows with its weight."""
    return min(5 + 3 * math.sqrt(values["weight"]), 40)


def font(values: Mapping[str, Any]) -> float:
    """The size of a node's label in pixels."""
    return 14 + radius(values) / 3


def strongest(network: nx.Graph, most: int) -> nx.Graph:
    """The network, or the part of it between the nodes with most links, the centre always among them."""
    if len(network) <= most:
        return network

    def strength(node: Any) -> tuple[bool, int]:
        return bool(network.nodes[node].get("centre")), network.degree(node)

    return part_of(network, set(sorted(network, key=strength, reverse=True)[:most]))


def positions(network: nx.Graph, widest: float | None = None) -> dict[Any, tuple[int, int]]:
    """Where each node stands, in pixels; the same network gives the same picture.

    Linked nodes are pulled together; the parts of a network that nothing joins stand beside each other.

    Args:
        network: nodes with ``label`` and ``weight``, by which they take room.
        widest: in how many pixels the parts are to find room beside each other; as on a screen where nothing is said.

    >>> network = graph.networkx("groups")
    >>> positions(network).keys() == set(network)
    True
    """
    undirected = part_of(network.to_undirected(), network)
    parts = [_spread(part_of(undirected, part)) for part in nx.connected_components(undirected)]
    return {node: (round(x), round(y)) for node, (x, y) in _packed(parts, widest).items()}


def _packed(parts: list[_Part], widest: float | None) -> dict[Any, tuple[float, float]]:
    """Parts in rows, the highest first; beside a high one the lower ones stand in columns."""
    # unlike parts leave a fifth of their room empty
    area = 1.2 * sum(part.width * part.height for part in parts)
    widest = max([widest or 1.2 * WIDE * math.sqrt(area), *(part.width for part in parts)])
    placed: dict[Any, tuple[float, float]] = {}
    left = top = height = column = filled = 0.0
    for part in sorted(parts, key=lambda part: (-part.height, -part.width)):
        if part.width > column or filled + part.height > height:
            left, column, filled = left + column, part.width, 0.0
            if not placed or left + part.width > widest:
                left, top, height = 0.0, top + height, part.height
        placed |= {node: (left + x, top + filled + y) for node, (x, y) in part.positions.items()}
        filled += part.height
    return placed


def part_of(network: nx.Graph, kept: Collection[Any]) -> nx.Graph:
    """The network between some of its nodes, in the order of their names: networkx's views follow that of hashes."""
    part = network.__class__()
    part.add_nodes_from(sorted(((node, network.nodes[node]) for node in kept), key=lambda item: str(item[0])))
    edges = (edge for edge in network.edges(data=True) if edge[0] in part and edge[1] in part)
    part.add_edges_from(sorted(edges, key=lambda edge: (str(edge[0]), str(edge[1]))))
    return part


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part of a network in a rectangle of its own."""

    positions: dict[Any, tuple[float, float]]
    width: float
    height: float


def _spread(part: nx.Graph) -> _Part:
    """Positions of a connected part: linked nodes near each other, then labels moved off each other."""
    sizes = np.array([_room(values) for _, values in part.nodes(data=True)])
    where = _pulled(part)
    extent = np.maximum(np.ptp(where, axis=0), 1e-9)
    side = math.sqrt(sizes.prod(axis=1).sum())
    where = _apart((where - where.min(axis=0)) / extent * side * (WIDE, 1 / WIDE), sizes)
    where -= (where - sizes / 2).min(axis=0)
    width, height = (where + sizes / 2).max(axis=0)
    # rectangles have the label below the node: the node is above their middle
    where[:, 1] -= [LINE / 2 * font(values) for _, values in part.nodes(data=True)]
    return _Part({node: (x, y) for node, (x, y) in zip(part, where.tolist(), strict=True)}, width, height)


def _pulled(part: nx.Graph) -> NDArray[np.float64]:
    """Linked nodes near each other: ForceAtlas2 (Jacomy et al. 2014), in fewer rounds the more nodes there are."""
    if len(part) == 1:
        return np.zeros((1, 2))
    rounds = min(MOST_PULLS, max(25, ALL_PULLS // len(part)))
    layout = nx.forceatlas2_layout(part, max_iter=rounds, seed=1, weight=None)
    return np.array([layout[node] for node in part], dtype=float)


def _apart(where: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move rectangles of the given sizes off each other, a little at each step, each pair along its lesser overlap.

    Rectangles are compared in the order of their heights on the page, each with the next, the one after it and so on
    until none is near enough: of all pairs of two thousand, a thirtieth.
    """
    for _ in range(min(MOST_PUSHES, ALL_PUSHES // len(where))):
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
    across, size = 2 * radius(values), font(values)
    return max(across, size * _length(values["label"])) + 12, across + LINE * size + 8


def _length(label: str) -> float:
    """The width of a label in letters as wide as high: Latin letters and figures take half of that."""
    return sum(1.0 if ord(letter) > 0x2000 else 0.6 for letter in label)
