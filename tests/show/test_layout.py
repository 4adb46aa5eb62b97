"""Where nodes stand: near what they are linked with, off each other's labels, in little room and soon."""

from __future__ import annotations

import math

import networkx as nx
import pytest

from kg.show.layout import font, positions, radius


def labelled(network: nx.Graph, label: str = "云江市水利局") -> nx.Graph:
    for _, values in network.nodes(data=True):
        values |= {"label": label, "kind": "agency", "weight": 1, "title": label}
    return network


def box(network: nx.Graph, node: int, places: dict[int, tuple[int, int]]) -> tuple[float, float, float, float]:
    """The room of a node with its label below it."""
    (x, y), values = places[node], network.nodes[node]
    half = max(radius(values), font(values) * len(values["label"]) / 2)
    return x - half, x + half, y - radius(values), y + radius(values) + font(values)


def covering(network: nx.Graph, places: dict[int, tuple[int, int]]) -> int:
    boxes = [box(network, node, places) for node in network]
    return sum(
        one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
        for index, one in enumerate(boxes)
        for other in boxes[:index]
    )


@pytest.mark.parametrize(
    "network",
    [
        nx.complete_graph(40),
        nx.star_graph(60),
        nx.path_graph(2),
        nx.empty_graph(30),
        nx.disjoint_union_all([nx.complete_graph(12), nx.path_graph(5), nx.path_graph(2), nx.empty_graph(6)]),
    ],
    ids=["all linked", "star", "pair", "none linked", "parts"],
)
def test_no_label_covers_another(network: nx.Graph) -> None:
    assert covering(labelled(network), positions(network)) == 0


def test_communities_stand_apart() -> None:
    network = labelled(nx.planted_partition_graph(2, 20, 0.6, 0.01, seed=2))
    places = positions(network)

    def far(pairs: list[tuple[int, int]]) -> float:
        return sum(math.dist(places[one], places[other]) for one, other in pairs) / len(pairs)

    within = [(one, other) for one in range(20) for other in range(one)]
    between = [(one, other) for one in range(20) for other in range(20, 40)]
    assert far(between) > 1.5 * far(within)


def test_many_small_parts_fill_a_page_as_wide_as_a_screen() -> None:
    network = labelled(nx.disjoint_union_all([nx.star_graph(5)] * 12 + [nx.path_graph(2)] * 20))
    places = positions(network).values()
    width, height = (max(side) - min(side) for side in zip(*places, strict=True))

    assert 1 < width / height < 3


def test_the_same_network_stands_the_same_however_it_was_made() -> None:
    network = labelled(nx.disjoint_union_all([nx.powerlaw_cluster_graph(40, 2, 0.3, seed=1), *[nx.path_graph(3)] * 4]))
    other = network.__class__()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from(reversed(list(network.edges(data=True))))

    assert positions(network) == positions(other)
