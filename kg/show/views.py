"""Graph views: one HTML file, drawn by vis-network through pyvis, that asks nothing of the network.

Positions are computed here and physics is off, so that a picture stands still, is the same every time, and two
thousand nodes are as quick as twenty.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.show import network as net
from kg.show.palette import ROLES, THINGS, Style
from kg.show.tables import rows

#: More nodes than a person can look at, and than a browser draws smoothly
MOST_NODES = 2000
#: Pictures are wider than high by the square of this, as screens are
WIDE = 1.25
#: The colour of the node that a view is about
CENTRE = "#E69F00"

# pyvis's page loads bootstrap from outside even where everything else is in line, prints its heading twice and leaves
# a comment about its own build; nothing of that is wanted.
_UNWANTED = re.compile(
    r"<link\s+href=\"https?://[^>]*>|<script\s+src=\"https?://[^>]*>\s*</script>|<center>.*?</center>"
    r"|<!-- <link.*?-->",
    re.DOTALL,
)

_FONT = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

_STYLE = (
    f"<style>html, body {{ font: 14px/1.5 {_FONT}; }}</style>"
    """
<style>
  html, body { margin: 0; height: 100%; color: #222; background: #fff; }
  body { display: flex; flex-direction: column; }
  header { padding: .6rem 1rem .4rem; border-bottom: 1px solid #ddd; }
  h1 { font-size: 1.15rem; margin: 0 0 .2rem; }
  header p { margin: 0; color: #555; }
  .legend span { margin-right: 1.1rem; white-space: nowrap; }
  .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; vertical-align: -.05em; }
  .legend i.dot { border-radius: 50%; }
  .legend i.line { height: .25em; vertical-align: .2em; width: 1.4em; }
  .notice { color: #8a4b00 !important; }
  .card { flex: 1; min-height: 0; }
  #mynetwork { border: 0 !important; float: none !important; height: 100% !important; }
  div.vis-tooltip { white-space: pre-line !important; max-width: 34rem; font: inherit !important; padding: .5rem .7rem;
                    background: #fffef6; border: 1px solid #bbb; border-radius: 4px; }
</style>
"""
)

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "navigationButtons": False, "keyboard": {"enabled": False}},
    # a label appears as soon as zooming in makes its letters this many pixels high
    "nodes": {"font": {"face": _FONT, "strokeWidth": 3}, "scaling": {"label": {"drawThreshold": 7}}},
    "edges": {"smooth": {"enabled": False}, "arrows": {"to": {"scaleFactor": 0.5}}, "selectionWidth": 2},
}


def responsibility(graph: Graph) -> str:
    """The page of all agencies joined by tasks."""
    assignments, collectives = rows(graph, "assignments"), _collectives(graph)
    return page(
        net.responsibility(assignments, collectives),
        "责任网络 Responsibility network",
        "箭头由牵头单位（无牵头单位时为责任单位）指向同一任务的其他单位；线越粗，共同任务越多。 "
        "Arrows point from the lead agency of a task to the others; the more tasks, the wider the line.",
    )


def plans(graph: Graph) -> str:
    """The page of agencies and the plans that name them."""
    return page(
        net.agencies_and_plans(rows(graph, "assignments"), _collectives(graph)),
        "机构与规划 Agencies and plans",
        "线的颜色为机构在该规划中最重的角色。 The colour of a line is the weightiest role of the agency in the plan.",
    )


def agency(graph: Graph, name: str) -> str:
    """The page of one agency, its tasks and the agencies that share them.

    Raises:
        UnknownNameError: no agency, or more than one, goes by the name.
    """
    network = net.around_agency(rows(graph, "assignments"), name, _collectives(graph))
    return page(network, _centre(network), "该机构的任务、所属规划与共同承担的机构。 Its tasks, and who shares them.")


def plan(graph: Graph, name: str) -> str:
    """The page of one plan, its tasks, agencies and targets.

    Raises:
        UnknownNameError: no plan, or more than one, goes by the name.
    """
    network = net.of_plan(rows(graph, "assignments"), rows(graph, "targets"), name, _collectives(graph))
    return page(network, _centre(network), "任务、机构与目标。 Its tasks, the agencies of each, and its targets.")


def constructed(graph: Graph, query: str, title: str) -> str:
    """The page of the statements that a CONSTRUCT query gives.  GraphError if it is another kind of query."""
    result = graph.query(query)
    if not isinstance(result, ox.QueryTriples):
        raise GraphError("a view is drawn of a CONSTRUCT query: this one gives a table")
    return page(net.of_statements(result), title)


def _collectives(graph: Graph) -> set[str]:
    """The names that stand for many bodies (集体)."""
    return {row["canonical"] or row["surface"] for row in rows(graph, "agencies") if row["level"] == "集体"}


def _centre(network: nx.Graph) -> str:
    """The name of what a view is about: the first line of its title."""
    centre = next(values for _, values in network.nodes(data=True) if values.get("centre"))
    return str(centre["title"].splitlines()[0])


def page(network: nx.Graph, title: str, explanation: str = "") -> str:
    """A network (see :mod:`kg.show.network`) as one self-contained HTML page.

    Args:
        network: nodes with ``label``, ``kind``, ``weight``, ``title``; edges with ``kind``, ``weight``, ``title``.
        title: the heading.
        explanation: a line on how to read the picture.

    Returns:
        The page.  Of more than :data:`MOST_NODES` nodes the ones with most links are drawn, and the page says so.
    """
    from pyvis.network import Network

    drawn = _strongest(network, MOST_NODES)
    canvas = Network(directed=True, cdn_resources="in_line", width="100%", height="100%")
    numbers = {node: number for number, node in enumerate(drawn)}
    for node, (x, y) in _positions(drawn).items():
        canvas.add_node(numbers[node], x=x, y=y, **_node(drawn.nodes[node]))
    for source, target, values in drawn.edges(data=True):
        canvas.add_edge(numbers[source], numbers[target], **_edge(values, drawn.is_directed()))
    canvas.options = _OPTIONS
    return _finish(canvas, _header(network, drawn, title, explanation), title)


def _finish(canvas: Any, header: str, title: str) -> str:
    """Render pyvis's template, take out what it loads from outside and put the header in.

    Not by ``generate_html``: that turns tooltips into HTML as soon as one of them contains “href”, which any quote may.
    The template writes nodes and edges as JSON with ``<`` and ``>`` escaped, so the patterns below match its own tags
    alone.
    """
    nodes, edges, _, height, width, _ = canvas.get_network_data()
    rendered = canvas.templateEnv.get_template(canvas.path).render(
        nodes=nodes,
        edges=edges,
        height=height,
        width=width,
        options=json.dumps(_OPTIONS, ensure_ascii=False),
        bgcolor="#ffffff",
        cdn_resources="in_line",
    )
    body = re.search(r"</head>\s*<body>", rendered)
    if body is None:
        raise RuntimeError("the page template of the installed pyvis is not the one that this program knows")
    head = _UNWANTED.sub("", rendered[: body.start()])
    head = re.sub(
        r"^\s*<html>\s*<head>", f'<!DOCTYPE html>\n<html lang="zh">\n<head>\n<title>{html.escape(title)}</title>', head
    )
    return f"{head}{_STYLE}</head>\n<body>\n{header}{rendered[body.end() :]}"


def _header(network: nx.Graph, drawn: nx.Graph, title: str, explanation: str) -> str:
    """Heading, explanation, legend and, where not all is drawn, a notice."""
    kinds = [kind for kind in THINGS if any(values["kind"] == kind for _, values in drawn.nodes(data=True))]
    roles = [kind for kind in ROLES if any(values["kind"] == kind for _, _, values in drawn.edges(data=True))]
    legend = [_sample(THINGS[kind], "dot" if THINGS[kind].shape == "dot" else "") for kind in kinds]
    legend += [_sample(ROLES[kind], "line") for kind in roles]
    lines = [f"<h1>{html.escape(title)}</h1>"]
    if explanation:
        lines.append(f"<p>{html.escape(explanation)}</p>")
    if len(drawn) < len(network):
        lines.append(
            f'<p class="notice">{len(drawn)} of {len(network)} nodes are drawn, those with most links. '
            f"仅显示联系最多的 {len(drawn)} 个节点（共 {len(network)} 个）。</p>"
        )
    lines.append(f'<p class="legend">{"".join(legend)}</p>')
    return "<header>\n" + "\n".join(lines) + "\n</header>\n"


def _sample(style: Style, form: str) -> str:
    return f'<span><i class="{form}" style="background: {style.colour}"></i>{html.escape(style.name)}</span>'


def _node(values: dict[str, Any]) -> dict[str, Any]:
    style = THINGS[values["kind"]]
    colour = CENTRE if values.get("centre") else style.colour
    size = _size(values)
    return {
        "label": values["label"],
        "title": values["title"],
        "shape": style.shape,
        "color": colour,
        "size": size,
        "font": {"size": 10 + size / 2},
    }


def _size(values: Mapping[str, Any]) -> float:
    """The radius of a node in pixels: its area grows with its weight."""
    return min(5 + 3 * math.sqrt(values["weight"]), 40)


def _edge(values: dict[str, Any], directed: bool) -> dict[str, Any]:
    return {
        "title": values["title"],
        "color": ROLES[values["kind"]].colour,
        "width": min(0.3 + 0.7 * math.sqrt(values["weight"]), 8),
        "arrows": "to" if directed and values["kind"] != "joint" else "",
    }


def _strongest(network: nx.Graph, most: int) -> nx.Graph:
    """The network, or the part of it between the nodes with most links, the centre always among them."""
    if len(network) <= most:
        return network

    def strength(node: Any) -> tuple[bool, int]:
        return bool(network.nodes[node].get("centre")), network.degree(node)

    return _part(network, set(sorted(network, key=strength, reverse=True)[:most]))


def _part(network: nx.Graph, kept: Collection[Any]) -> nx.Graph:
    """The network between some of its nodes, in its own order: networkx's views follow that of the hashes."""
    part = network.__class__()
    part.add_nodes_from((node, values) for node, values in network.nodes(data=True) if node in kept)
    part.add_edges_from(edge for edge in network.edges(data=True) if edge[0] in kept and edge[1] in kept)
    return part


def _positions(network: nx.Graph) -> dict[Any, tuple[int, int]]:
    """Where each node stands, in pixels; the same network gives the same picture.

    Linked nodes are pulled together; the parts of a network that nothing joins stand in rows, the largest first.
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
    sizes = np.array([_label_size(values) for _, values in part.nodes(data=True)])
    side = math.sqrt(sizes.prod(axis=1).sum())
    where = _apart((where - where.min(axis=0)) / extent * side * (WIDE, 1 / WIDE), sizes, steps)
    where += sizes.max(axis=0) / 2 - where.min(axis=0)
    width, height = where.max(axis=0) + sizes.max(axis=0) / 2
    return _Part({node: (x, y) for node, (x, y) in zip(part, where.tolist(), strict=True)}, width, height)


def _apart(where: NDArray[np.float64], sizes: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """Move rectangles of the given sizes off each other, a little at each step, each pair along its shorter overlap."""
    needed = (sizes[:, None] + sizes[None, :]) / 2
    for _ in range(steps):
        distance = where[:, None] - where[None, :]
        overlap = needed - np.abs(distance)
        touching = (overlap > 0).all(axis=2)
        # a rectangle always touches itself, without pushing: the sign of no distance is zero
        if touching.sum() == len(where):
            break
        across = overlap[..., 0] < overlap[..., 1]
        push = np.where(np.stack((touching & across, touching & ~across), axis=2), overlap, 0.0)
        where = where + (np.sign(distance) * push).sum(axis=1) * 0.25
    return where


def _label_size(values: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height in pixels of a node with its label below it and some air around."""
    size = _size(values)
    font = 10 + size / 2
    return max(2 * size, font * len(values["label"])) + 20, 2 * size + 1.3 * font + 12
