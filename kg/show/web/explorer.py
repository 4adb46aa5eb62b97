"""The graph explorer: what a thing is joined to, and where each node stands.

A picture is told by the things opened in it, in their order: the same address gives the same picture, and opening one
more thing moves nothing that is there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from kg.show.palette import ROLES, THINGS
from kg.show.web import assets
from kg.show.web.catalogue import Catalogue, FactRow, Filter, Thing
from kg.show.web.columns import aim
from kg.show.web.messages import Words
from kg.show.web.site import Page, Site

#: Neighbours that opening a thing shows at once, and things that may be opened in one picture.
NEIGHBOURS, OPENED = 60, 60
#: Facts looked at for the neighbours of a thing.
_FACTS = 600
#: Pixels between a thing and its nearest neighbours, between rings of them, and between any two nodes.
_RADIUS, _RING, _APART = 190.0, 120.0, 62.0

#: Which things a fact joins: from, to, the kind of the edge (None: the fact's role), the words on it (a field).
_JOINS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "assignments": (("task", "agency", "role"), ("plan", "task", "part")),
    "targets": (("plan", "indicator", "aim"),),
    "memberships": (("group", "person", "role"),),
    "appointments": (("person", "agency", "post"),),
    "portfolios": (("person", "agency", "relation"),),
    "citations": (("document", "cited", "relation"),),
    "documents": (("issuer", "document", "issues"),),
    "plans": (("document", "self", "part"),),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """Two things joined by a fact."""

    source: int
    target: int
    kind: str
    label: str
    fact: FactRow


@dataclass(slots=True)
class Picture:
    """The things and edges of a picture, and where each thing stands."""

    things: dict[int, Thing] = field(default_factory=dict)
    where: dict[int, tuple[float, float]] = field(default_factory=dict)
    edges: dict[tuple[int, int, str], Edge] = field(default_factory=dict)
    more: dict[int, int] = field(default_factory=dict)

    def open(self, catalogue: Catalogue, thing: Thing, t: Words) -> None:
        """Add a thing with its neighbours."""
        if thing.id not in self.things:
            self._put(thing, self._spots((0.0, 0.0)) if self.things else iter([(0.0, 0.0)]))
        found = [edge for fact in _facts(catalogue, thing) for edge in _edges(fact, t) if thing.id in _ends(edge)]
        near: dict[int, Thing] = {}
        for edge in found:
            for other in (edge.fact.links[name][0] for name in edge.fact.links):
                if other.id != thing.id and other.id in _ends(edge):
                    near.setdefault(other.id, other)
        spots = self._spots(self.where[thing.id])
        shown = [other for number, other in near.items() if number in self.things]
        new = [other for number, other in near.items() if number not in self.things]
        for other in new[:NEIGHBOURS]:
            self._put(other, spots)
        self.more[thing.id] = len(new[NEIGHBOURS:])
        kept = {thing.id, *(other.id for other in [*shown, *new[:NEIGHBOURS]])}
        for edge in found:
            if edge.source in kept and edge.target in kept:
                self.edges.setdefault((edge.source, edge.target, edge.kind), edge)

    def _put(self, thing: Thing, spots: Iterator[tuple[float, float]]) -> None:
        self.things[thing.id] = thing
        self.where[thing.id] = next(spots)

    def _spots(self, centre: tuple[float, float]) -> Iterator[tuple[float, float]]:
        """Free places around a point, nearest ring first, facing away from the middle of the picture."""
        x, y = centre
        distance = math.hypot(x, y)
        outward, arc = (math.atan2(y, x), math.pi * 1.1) if distance > 1 else (-math.pi / 2, 2 * math.pi)
        ring = 0
        while True:
            radius = _RADIUS + ring * _RING
            places = max(3, int(arc * radius / _APART / 1.5))
            for place in range(places):
                # from the middle of the arc to both sides
                side = (place + 1) // 2 * (1 if place % 2 else -1)
                angle = outward + side * arc / places
                spot = (x + 1.35 * radius * math.cos(angle), y + radius * math.sin(angle))
                if all(math.dist(spot, taken) >= _APART for taken in self.where.values()):
                    yield spot
            ring += 1


def _facts(catalogue: Catalogue, thing: Thing) -> list[FactRow]:
    found = [
        fact
        for kind in _JOINS
        for fact in catalogue.facts(Filter(kind, of=(thing.id,)), "value" if kind == "assignments" else "text", _FACTS)
    ]
    order = list(ROLES).index
    return sorted(found, key=lambda fact: order(fact.fields["role"]) if fact.kind == "assignments" else -1)


def _edges(fact: FactRow, t: Words) -> Iterator[Edge]:
    for begin, end, says in _JOINS[fact.kind]:
        source, target = fact.link(begin), fact.link(end)
        if source is None or target is None or source.id == target.id:
            continue
        if fact.kind == "assignments" and says == "role":
            kind, label = fact.fields["role"], t.code("role", fact.fields["role"])
        elif says == "aim":
            kind, label = "link", f"{aim(fact.fields)}（{fact.fields['target_year'] or '—'}）"
        elif says in ("part", "issues"):
            kind, label = "part", ""
        else:
            kind, label = "link", t.code(says, fact.fields[says] or "")
        yield Edge(source.id, target.id, kind, label, fact)


def _ends(edge: Edge) -> tuple[int, int]:
    return edge.source, edge.target


def picture(site: Site, request: Request, t: Words) -> Picture:
    """The picture that an address tells of."""
    drawn = Picture()
    for key in request.query_params.getlist("open")[:OPENED]:
        thing = site.catalogue.thing(key)
        if thing is not None:
            drawn.open(site.catalogue, thing, t)
    return drawn


def explore(site: Site, request: Request, t: Words) -> Page:
    """The explorer; its JSON form is what the script draws, its CSV form the edges."""
    drawn = picture(site, request, t)
    opened = set(request.query_params.getlist("open"))
    nodes = [
        {
            "id": thing.id,
            "key": thing.key,
            "label": _short(thing.label),
            "title": thing.label,
            "kind": thing.kind,
            "kindName": t(f"a.{thing.kind}"),
            "href": thing.href,
            "x": round(drawn.where[number][0]),
            "y": round(drawn.where[number][1]),
            "open": thing.key in opened,
            "more": drawn.more.get(number, 0),
            **_style(thing.kind),
        }
        for number, thing in drawn.things.items()
    ]
    edges = [
        {
            "from": edge.source,
            "to": edge.target,
            "kind": edge.kind,
            "label": edge.label,
            "colour": ROLES[edge.kind].colour,
            "quote": " ".join(edge.fact.quote.split()),
            "doc": edge.fact.doc,
            "href": edge.fact.href,
        }
        for edge in drawn.edges.values()
    ]
    starts = [*site.catalogue.things("agency", 8), *site.catalogue.things("plan", 8)]
    data = {"nodes": nodes, "edges": edges, "starts": starts, "ready": assets.ready(), "missing": assets.MISSING}
    table = [
        {
            "from": drawn.things[edge.source].label,
            "to": drawn.things[edge.target].label,
            "kind": edge.kind,
            "label": edge.label,
            "doc": edge.fact.doc,
            "quote": edge.fact.quote,
        }
        for edge in drawn.edges.values()
    ]
    return Page("explore.html", t("explore.title"), data, table)


def _style(kind: str) -> dict[str, Any]:
    name = {"group": "agency", "document": "plan", "cited": "thing", "indicator": "target", "person": "thing"}.get(
        kind, kind
    )
    shape = {"group": "hexagon", "document": "box", "person": "star", "cited": "box"}.get(kind, THINGS[name].shape)
    return {"colour": THINGS[name].colour, "shape": shape}


def _short(label: str) -> str:
    return label if len(label) <= 16 else f"{label[:15]}…"


def graphml(site: Site, request: Request, t: Words) -> Response:
    """A picture as GraphML."""
    drawn = picture(site, request, t)
    keys = {"label": "node", "kind": "node", "iri": "node", "role": "edge", "words": "edge"}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{key}" for="{of}" attr.name="{key}" attr.type="string"/>' for key, of in keys.items()]
    lines.append('<graph edgedefault="directed">')
    for number, thing in drawn.things.items():
        lines.append(
            f'<node id="n{number}"><data key="label">{escape(thing.label)}</data><data key="kind">{thing.kind}</data>'
            f'<data key="iri">{escape(thing.iri)}</data></node>'
        )
    for edge in drawn.edges.values():
        lines.append(
            f'<edge source="n{edge.source}" target="n{edge.target}"><data key="role">{edge.kind}</data>'
            f'<data key="words">{escape(edge.label)}</data></edge>'
        )
    lines.append("</graph></graphml>")
    return _file("\n".join(lines), "application/graphml+xml", "graph.graphml")


def svg(site: Site, request: Request, t: Words) -> Response:
    """A picture as SVG."""
    drawn = picture(site, request, t)
    xs, ys = ([at[axis] for at in drawn.where.values()] or [0.0] for axis in (0, 1))
    box = f"{min(xs) - 120:.0f} {min(ys) - 60:.0f} {max(xs) - min(xs) + 240:.0f} {max(ys) - min(ys) + 120:.0f}"
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif" font-size="11">']
    for edge in drawn.edges.values():
        (x1, y1), (x2, y2) = drawn.where[edge.source], drawn.where[edge.target]
        colour = quoteattr(ROLES[edge.kind].colour)
        lines.append(f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke={colour}/>')
    for number, thing in drawn.things.items():
        x, y = drawn.where[number]
        lines.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8" fill="{_style(thing.kind)["colour"]}"/>')
        lines.append(f'<text x="{x:.0f}" y="{y + 22:.0f}" text-anchor="middle">{escape(_short(thing.label))}</text>')
    return _file("\n".join([*lines, "</svg>"]), "image/svg+xml", "graph.svg")


def _file(content: str, media_type: str, name: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media_type)
