"""The pages of the graph explorer: the picture, and the picture as a file (SVG, GraphML, a page that stands alone)."""

from __future__ import annotations

import json
import math
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.show.palette import ROLES, THINGS
from kg.show.web import assets
from kg.show.web.entries import Thing
from kg.show.web.explorer import Picture, edges_data, nodes_data, picture, visible, wrapped
from kg.show.web.messages import Words
from kg.show.web.site import Address, Page, Site

#: Half the size of a node in the drawing, and the height of a line of its label.
_SIZE, _LINE_HEIGHT = 9, 13


def explore(site: Site, request: Request, t: Words) -> Page | Response:
    """The explorer; its JSON form is what the script draws, its CSV form the edges."""
    if words := request.query_params.get("add", "").strip()[:200]:
        hits = site.catalogue.search(words, 1)
        found = hits[0].thing.key if hits else None
        address = Address(request)
        opened = [*request.query_params.getlist("open"), *([found] if found else [])]
        return RedirectResponse(address.listing(add=None, open=opened), 303)
    drawn = picture(site, request, t)
    data = {
        **_data(drawn, t),
        "starts": [*site.catalogue.things("agency", 10), *site.catalogue.things("plan", 10)],
        "ready": assets.ready(),
        "missing": assets.MISSING,
    }
    table = [
        {
            "from": edge.source.label,
            "to": edge.target.label,
            "kind": edge.kind,
            "label": edge.label,
            "doc": edge.fact.doc,
            "quote": edge.fact.quote,
        }
        for edge in visible(drawn, request.query_params.getlist("hide"))[1]
    ]
    return Page("explore.html", t("explore.title"), data, table, [thing.iri for thing in drawn.things.values()][:40])


def _data(drawn: Picture, t: Words) -> dict[str, Any]:
    """A picture with its legend."""
    kinds = dict.fromkeys(thing.kind for thing in drawn.things.values())
    roles = dict.fromkeys(edge.kind for edge in drawn.edges.values())
    return {
        "nodes": nodes_data(drawn, t),
        "edges": edges_data(drawn),
        "kinds": {
            kind: {"label": t(f"a.{kind}"), "colour": _style(kind).colour, "shape": _style(kind).shape}
            for kind in kinds
        },
        "roles": {role: {"label": t.code("edge", role), "colour": ROLES[role].colour} for role in roles},
    }


def _style(kind: str) -> Any:
    return THINGS["other" if kind == "cited" else kind]


def standalone(site: Site, request: Request, t: Words) -> Response:
    """The picture as one HTML file that needs no server: everything is within it."""
    if not assets.ready():
        raise HTTPException(404)
    drawn = picture(site, request, t)
    data = {**_data(drawn, t), "hidden": request.query_params.getlist("hide")}
    # In a script element only “</” could end it, and in JSON it may be written otherwise
    content = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    scripts = [
        (assets.STATIC / name).read_text(encoding="utf-8") for name in ("vendor/vis-network.min.js", "explore.js")
    ]
    page = site.templates.get_template("standalone.html").render(
        t=t,
        title=_title(drawn, t),
        data=Markup(content),
        style=Markup((assets.STATIC / "site.css").read_text(encoding="utf-8")),
        scripts=[Markup(script.replace("</script", "<\\/script")) for script in scripts],
        nodes=data["nodes"],
        kinds=data["kinds"],
        built=site.manifest.built[:10],
    )
    return _file(page, "text/html; charset=utf-8", "graph.html")


def _title(drawn: Picture, t: Words) -> str:
    names = [thing.label for thing, _ in drawn.opened] or [t("explore.title")]
    return "、".join(dict.fromkeys(names[:3]))


def graphml(site: Site, request: Request, t: Words) -> Response:
    """A picture as GraphML (http://graphml.graphdrawing.org), with the place of each node and each edge's words."""
    drawn = picture(site, request, t)
    things, edges = visible(drawn, request.query_params.getlist("hide"))
    keys = {
        "node": {"label": "string", "kind": "string", "iri": "string", "x": "double", "y": "double"},
        "edge": {"role": "string", "words": "string", "doc": "string", "quote": "string", "fact": "string"},
    }
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [
        f'<key id="{key}" for="{of}" attr.name="{key}" attr.type="{kind}"/>'
        for of, named in keys.items()
        for key, kind in named.items()
    ]
    lines.append('<graph edgedefault="directed">')
    for thing in things:
        x, y = drawn.where[thing.id]
        values = {"label": thing.label, "kind": thing.kind, "iri": thing.iri, "x": f"{x:.1f}", "y": f"{y:.1f}"}
        lines.append(f'<node id="n{thing.id}">{_values(values)}</node>')
    for edge in edges:
        said = {"role": edge.kind, "words": edge.label, "doc": edge.fact.doc}
        said |= {"quote": edge.fact.quote, "fact": edge.fact.iri}
        lines.append(f'<edge source="n{edge.source.id}" target="n{edge.target.id}">{_values(said)}</edge>')
    lines.append("</graph></graphml>")
    return _file("\n".join(lines), "application/graphml+xml", "graph.graphml")


def _values(values: dict[str, str]) -> str:
    return "".join(f'<data key="{key}">{escape(value)}</data>' for key, value in values.items())


def svg(site: Site, request: Request, t: Words) -> Response:
    """A picture as SVG, with its legend."""
    drawn = picture(site, request, t)
    things, edges = visible(drawn, request.query_params.getlist("hide"))
    xs, ys = ([drawn.where[thing.id][axis] for thing in things] or [0.0] for axis in (0, 1))
    left, top = min(xs) - 110, min(ys) - 50
    width, height = max(max(xs) - left + 110, 420), max(ys) - top + 90
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
    ]
    for edge in edges:
        (x1, y1), (x2, y2) = drawn.where[edge.source.id], drawn.where[edge.target.id]
        line = f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="{ROLES[edge.kind].colour}">'
        lines.append(f"{line}<title>{escape(edge.label)}</title></line>")
    for thing in things:
        x, y = drawn.where[thing.id]
        lines.append(_shape(thing, x, y))
        for number, line in enumerate(wrapped(thing.label).split("\n")):
            below = y + _SIZE + _LINE_HEIGHT * (number + 1)
            lines.append(f'<text x="{x:.0f}" y="{below:.0f}" text-anchor="middle">{escape(line)}</text>')
    shown = {thing.kind for thing in things}
    x = left + 12
    for kind in sorted(shown):
        lines.append(f'<circle cx="{x:.0f}" cy="{top + height - 16:.0f}" r="5" fill="{_style(kind).colour}"/>')
        lines.append(f'<text x="{x + 9:.0f}" y="{top + height - 12:.0f}">{escape(t(f"a.{kind}"))}</text>')
        x += 30 + 11 * len(t(f"a.{kind}"))
    return _file("\n".join([*lines, "</svg>"]), "image/svg+xml", "graph.svg")


#: The corners of a node's shape, in halves of its size.
_CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
    "triangleDown": ((0, 1.2), (1.1, -0.9), (-1.1, -0.9)),
    "star": tuple(
        (size * math.sin(math.pi * corner / 5), -size * math.cos(math.pi * corner / 5))
        for corner, size in enumerate((1.4, 0.6) * 5)
    ),
}


def _shape(thing: Thing, x: float, y: float) -> str:
    style = _style(thing.kind)
    title = f"<title>{escape(thing.label)}</title>"
    if style.shape not in _CORNERS:
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_SIZE}" fill="{style.colour}">{title}</circle>'
    points = " ".join(f"{x + _SIZE * a:.1f},{y + _SIZE * b:.1f}" for a, b in _CORNERS[style.shape])
    return f'<polygon points="{points}" fill="{style.colour}">{title}</polygon>'


def _file(content: str, media_type: str, name: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media_type)
