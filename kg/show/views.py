"""Graph views: one HTML file, drawn by vis-network through pyvis, that asks nothing of the network.

Positions are computed here and physics is off, so that a picture stands still, is the same every time, and two
thousand nodes are as quick as twenty.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import networkx as nx
import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.show import network as net
from kg.show.explain import passages
from kg.show.fonts import face
from kg.show.layout import font, positions, radius, strongest
from kg.show.palette import CENTRE, ROLES, THINGS, Style
from kg.show.projections import KINDS, collectives, project
from kg.show.tables import rows, with_bodies

#: More nodes than a person can look at, and than a browser draws smoothly
MOST_NODES = 2000
#: More passages of a node or an edge than a click shows
MOST_PASSAGES = 12

# pyvis's page loads bootstrap from outside even where everything else is in line, prints its heading twice and leaves
# a comment about its own build; nothing of that is wanted.
_UNWANTED = re.compile(
    r"<link\s+href=\"https?://[^>]*>|<script\s+src=\"https?://[^>]*>\s*</script>|<center>.*?</center>"
    r"|<!-- <link.*?-->",
    re.DOTALL,
)

#: Latin letters are the machine's own, Chinese ones those that come along, or again the machine's
_CHINESE = "policy-kg Chinese"
_FONT = f"system-ui, '{_CHINESE}', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "navigationButtons": False, "keyboard": {"enabled": False}},
    # vis-network measures labels, so that the whole picture fits the window, and labels.js draws them
    "nodes": {"font": {"face": _FONT}, "scaling": {"label": {"drawThreshold": 1_000_000}}},
    "edges": {"smooth": {"enabled": False}, "arrows": {"to": {"scaleFactor": 0.5}}, "selectionWidth": 2},
}


def projection(graph: Graph, kind: str, **choices: Any) -> str:
    """The page of one of :data:`kg.show.projections.KINDS`, with its choices.  GraphError if there is none so.

    >>> projection(graph.index, "hierarchy")[:15]
    '<!DOCTYPE html>'
    """
    network = project(graph, kind, **choices)
    return page(network, KINDS[kind].title, KINDS[kind].reading, graph)


def agency(graph: Graph, name: str) -> str:
    """The page of one agency, its tasks and the agencies that share them.

    Raises:
        UnknownNameError: no agency, or more than one, goes by the name.

    >>> "<h1>栖澜市财政局</h1>" in agency(graph.index, "市财政局")
    True
    """
    network = net.around_agency(with_bodies(graph), name, collectives(graph))
    reading = "该机构的任务、所属规划与共同承担的机构。 Its tasks, and who shares them."
    return page(network, _centre(network), reading, graph)


def plan(graph: Graph, name: str) -> str:
    """The page of one plan, its tasks, agencies and targets.

    Raises:
        UnknownNameError: no plan, or more than one, goes by the name.

    >>> "任务 task" in plan(graph.index, "绿道")
    True
    """
    network = net.of_plan(with_bodies(graph), rows(graph, "targets"), name, collectives(graph))
    return page(
        network, _centre(network), "任务、机构与目标。 Its tasks, the agencies of each, and its targets.", graph
    )


def constructed(graph: Graph, query: str, title: str) -> str:
    """The page of the statements that a CONSTRUCT query gives.  GraphError if it is another kind of query.

    >>> query = "CONSTRUCT { ?plan gz:setBy ?body } WHERE { ?plan a gz:Plan ; gz:approvedBy ?body }"
    >>> "<h1>批准</h1>" in constructed(graph.index, query, "批准")
    True
    """
    result = graph.query(query)
    if not isinstance(result, ox.QueryTriples):
        raise GraphError("a view is drawn of a CONSTRUCT query: this one gives a table")
    return page(net.of_statements(result), title, graph=graph)


def _centre(network: nx.Graph) -> str:
    """The name of what a view is about: the first line of its title."""
    centre = next(values for _, values in network.nodes(data=True) if values.get("centre"))
    return str(centre["title"].splitlines()[0])


def page(network: nx.Graph, title: str, explanation: str = "", graph: Graph | None = None) -> str:
    """A network (see :mod:`kg.show.network`) as one self-contained HTML page.

    Args:
        network: nodes with ``label``, ``kind``, ``weight``, ``title``; edges with ``kind``, ``weight``, ``title``.
        title: the heading.
        explanation: a line on how to read the picture.
        graph: where the words of the ``facts`` of nodes and edges stand, which a click shows.

    Returns:
        The page.  Of more than :data:`MOST_NODES` nodes the ones with most links are drawn, and the page says so.

    >>> "机构 agency" in page(graph.networkx("responsibility", plan="绿道"), "绿道由谁建设")
    True
    """
    from pyvis.network import Network

    drawn = strongest(network, MOST_NODES)
    evidence = _Evidence(graph, drawn)
    canvas = Network(directed=True, cdn_resources="in_line", width="100%", height="100%")
    numbers = {node: number for number, node in enumerate(drawn)}
    for node, (x, y) in positions(drawn).items():
        values = drawn.nodes[node]
        canvas.add_node(numbers[node], x=x, y=y, **_node(values), **evidence.of(values))
    for source, target, values in drawn.edges(data=True):
        drawing = _edge(values, drawn.is_directed())
        canvas.add_edge(numbers[source], numbers[target], **drawing, **evidence.of(values))
    canvas.options = _OPTIONS
    return _finish(canvas, _header(network, drawn, title, explanation), title, evidence.shown)


class _Evidence:
    """The passages that a page shows on a click: each once, nodes and edges have their numbers."""

    def __init__(self, graph: Graph | None, network: nx.Graph) -> None:
        things = [values for _, values in network.nodes(data=True)]
        things += [values for _, _, values in network.edges(data=True)]
        wanted = {iri for values in things for iri in values.get("facts", ())[:MOST_PASSAGES]}
        self._passages = passages(graph, wanted) if graph and wanted else {}
        self._numbers: dict[tuple[str, str, str, str], int] = {}

    @property
    def shown(self) -> list[tuple[str, str, str, str]]:
        """What stands before each passage, its words, what stands behind it, and where it is."""
        return list(self._numbers)

    def of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The numbers of a thing's passages, and how many more there are."""
        facts = values.get("facts", ())
        known = [self._number(iri) for iri in facts[:MOST_PASSAGES] if iri in self._passages]
        return {"facts": list(dict.fromkeys(known)), "more": max(0, len(facts) - MOST_PASSAGES)}

    def _number(self, iri: str) -> int:
        passage = self._passages[iri]
        before, quote, after = ("".join(part.split()) for part in (passage.before, passage.quote, passage.after))
        where = f"{passage.file}, {passage.start}" + (f", p. {passage.page}" if passage.page is not None else "")
        return self._numbers.setdefault((before, quote, after, where), len(self._numbers))


def _finish(canvas: Any, header: str, title: str, evidence: list[tuple[str, str, str, str]]) -> str:
    """Render pyvis's template, take out what it loads from outside and put header, evidence and our script in.

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
    # the evidence is data in a script element: “<” is escaped so that no word can end it
    data = json.dumps(evidence, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    font = face(f"{title}{header}{data}{json.dumps([nodes, edges], ensure_ascii=False)}", _CHINESE)
    style = f"<style>{font}\nhtml, body {{ font: 14px/1.5 {_FONT}; }}\n{_own('view.css')}</style>"
    scripts = "\n".join(f"<script>{_own(name)}</script>" for name in ("labels.js", "view.js"))
    ours = f'<aside hidden></aside>\n<script type="application/json" id="facts">{data}</script>\n{scripts}\n'
    content = rendered[body.end() :].replace("</body>", f"{ours}</body>")
    return f"{head}{style}</head>\n<body>\n{header}{content}"


def _own(name: str) -> str:
    return files("kg.show").joinpath(name).read_text(encoding="utf-8")


def _header(network: nx.Graph, drawn: nx.Graph, title: str, explanation: str) -> str:
    """Heading, explanation, legend and, where not all is drawn, a notice."""
    kinds = [kind for kind in THINGS if any(values["kind"] == kind for _, values in drawn.nodes(data=True))]
    roles = [kind for kind in ROLES if any(values["kind"] == kind for _, _, values in drawn.edges(data=True))]
    legend = [_sample("node", kind, THINGS[kind], THINGS[kind].shape) for kind in kinds]
    legend += [_sample("edge", kind, ROLES[kind], "line") for kind in roles]
    if any(values.get("centre") for _, values in drawn.nodes(data=True)):
        legend.append(f'<label><i class="dot" style="background: {CENTRE}"></i>中心 centre</label>')
    lines = ['<div class="search"><input type="search" placeholder="查找 search"> <output></output></div>']
    lines.append(f"<h1>{html.escape(title)}</h1>")
    if explanation:
        lines.append(f"<p>{html.escape(explanation)}</p>")
    if len(drawn) < len(network):
        lines.append(
            f'<p class="notice">{len(drawn)} of {len(network)} nodes are drawn, those with most links. '
            f"仅显示联系最多的 {len(drawn)} 个节点（共 {len(network)} 个）。</p>"
        )
    lines.append(f'<p class="legend">{"".join(legend)}</p>')
    return "<header>\n" + "\n".join(lines) + "\n</header>\n"


def _sample(of: str, kind: str, style: Style, form: str) -> str:
    """A box of the legend, which shows and hides the nodes or edges of a kind."""
    box = f'<input type="checkbox" checked data-of="{of}" data-kind="{kind}">'
    return f'<label>{box}<i class="{form}" style="background: {style.colour}"></i>{html.escape(style.name)}</label>'


def _node(values: dict[str, Any]) -> dict[str, Any]:
    style = THINGS[values["kind"]]
    return {
        "label": values["label"],
        "kind": values["kind"],
        "title": values["title"],
        "shape": style.shape,
        "color": CENTRE if values.get("centre") else style.colour,
        "size": radius(values),
        "centre": int(bool(values.get("centre"))),
        "font": {"size": font(values)},
    }


def _edge(values: dict[str, Any], directed: bool) -> dict[str, Any]:
    return {
        "kind": values["kind"],
        "title": values["title"],
        "color": ROLES[values["kind"]].colour,
        "width": min(0.3 + 0.7 * math.sqrt(values["weight"]), 8),
        "arrows": "to" if directed and values["kind"] != "joint" else "",
    }
