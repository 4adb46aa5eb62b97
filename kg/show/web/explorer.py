"""The graph explorer: what a thing is joined to, and where each node stands.

A picture is told by the things opened in it, in their order: the same address gives the same picture, and opening one
more thing moves nothing that is there.  A thing is opened as a whole, or by one kind of relation (``key~lead``).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Any

from starlette.requests import Request

from kg.show.palette import ROLES
from kg.show.web.catalogue import Catalogue
from kg.show.web.columns import aim
from kg.show.web.entries import FactRow, Filter, Thing
from kg.show.web.messages import Words
from kg.show.web.site import Site

#: Neighbours that opening a thing shows at once, and that opening one kind of relation shows.
NEIGHBOURS, MOST_NEIGHBOURS = 24, 200
#: Things that may be opened in one picture, and things shown beside them (the rows of an answer, say).
OPENED, SHOWN = 60, 40
#: Facts looked at for the neighbours of a thing, by kind of relation: a plan has several of each of its tasks.
_FACTS, _FACTS_OF_PLANS = 60, 400
#: The room of a node with its label, in pixels; the nearest ring around a thing, and from one ring to the next.
WIDTH, HEIGHT = 150.0, 68.0
_RADIUS, _RING, _WIDE = 150.0, 76.0, 1.8

#: Which things a fact joins: from, to, what the edge says (a field), by the kind of relation that it is.
_JOINS: dict[str, dict[str, tuple[str, str, str]]] = {
    "assignments": {"role": ("task", "agency", "role"), "tasks": ("plan", "task", "")},
    "targets": {"targets": ("plan", "indicator", "aim"), "serving": ("serving", "indicator", "aim")},
    "memberships": {"memberships": ("group", "person", "role")},
    "appointments": {"appointments": ("person", "agency", "post")},
    "portfolios": {"portfolios": ("person", "agency", "relation")},
    "citations": {"citations": ("document", "cited", "relation")},
    "documents": {"issued": ("issuer", "document", "")},
    "plans": {"plans": ("document", "self", "")},
}
#: The kinds of relations by which a thing may be opened, in the order in which its neighbours stand.
RELATIONS = (
    *("lead", "responsible", "cooperating", "supervising"),
    *(name for joins in _JOINS.values() for name in joins if name != "role"),
)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two things joined by a fact: ``relation`` is the kind by which it is opened, ``kind`` that of its colour."""

    source: Thing
    target: Thing
    relation: str
    kind: str
    label: str
    fact: FactRow

    def other(self, thing: Thing) -> Thing:
        """The end that is not this thing."""
        return self.target if self.source.id == thing.id else self.source


@dataclass(slots=True)
class Picture:
    """The things and edges of a picture, and where each thing stands."""

    things: dict[int, Thing] = field(default_factory=dict)
    where: dict[int, tuple[float, float]] = field(default_factory=dict)
    edges: dict[tuple[int, int, str, str], Edge] = field(default_factory=dict)
    #: By thing: the relations that it may be opened by, how many neighbours are known of each, how many are shown.
    relations: dict[int, dict[str, tuple[int, int]]] = field(default_factory=dict)
    opened: list[tuple[Thing, str | None]] = field(default_factory=list)
    _taken: defaultdict[tuple[int, int], list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def open(self, thing: Thing, found: Sequence[Edge], relation: str | None = None) -> None:
        """Add a thing with its neighbours, all or those of one kind of relation."""
        self.show([thing])
        self.opened.append((thing, relation))
        groups: dict[str, dict[int, Thing]] = {}
        for edge in found:
            groups.setdefault(edge.relation, {}).setdefault(edge.other(thing).id, edge.other(thing))
        wanted = [group for name, group in groups.items() if relation in (None, name)]
        # A few of each kind, so that none hides the others
        mixed = (other for row in zip_longest(*(group.values() for group in wanted)) for other in row if other)
        unseen = {other.id: other for other in mixed if other.id not in self.things}
        new = dict(islice(unseen.items(), MOST_NEIGHBOURS if relation else NEIGHBOURS))
        ordered = {number: other for group in wanted for number, other in group.items() if number in new}
        self._place(list(ordered.values()), self.where[thing.id])
        self.join(edge for edge in found if relation in (None, edge.relation))
        self.relations[thing.id] = {
            name: (len(group), sum(number in self.things for number in group)) for name, group in groups.items()
        }

    def show(self, things: Iterable[Thing]) -> None:
        """Add things without their neighbours."""
        new = [thing for thing in things if thing.id not in self.things]
        if new and not self.things:
            self._put(new.pop(0), (0.0, 0.0))
        self._place(new, (0.0, 0.0))

    def join(self, found: Iterable[Edge]) -> None:
        """Add the edges both of whose ends are there."""
        for edge in found:
            if edge.source.id in self.things and edge.target.id in self.things:
                self.edges.setdefault((edge.source.id, edge.target.id, edge.relation, edge.kind), edge)

    def _place(self, things: Sequence[Thing], centre: tuple[float, float]) -> None:
        """Put things on the nearest free spots around a point, in their order from the left over the top."""
        spots = sorted(islice(self._spots(centre), len(things)), key=lambda spot: _angle(spot, centre))
        for thing, spot in zip(things, spots, strict=True):
            self._put(thing, spot)

    def _put(self, thing: Thing, spot: tuple[float, float]) -> None:
        self.things[thing.id], self.where[thing.id] = thing, spot
        self._taken[_square(spot)].append(spot)

    def _spots(self, centre: tuple[float, float]) -> Iterator[tuple[float, float]]:
        """Free places around a point, nearest ring first, facing away from the middle of the picture."""
        x, y = centre
        outward, arc = (math.atan2(y, x), math.pi * 1.1) if math.hypot(x, y) > 1 else (math.pi / 2, 2 * math.pi)
        given: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        ring = 0
        while True:
            radius = _RADIUS + ring * _RING
            places = max(3, int(arc * radius * _WIDE / WIDTH))
            for place in range(places):
                # from the middle of the arc to both sides
                side = (place + 1) // 2 * (1 if place % 2 else -1)
                angle = outward + (side + ring % 2 / 2) * arc / places
                spot = (x + _WIDE * radius * math.cos(angle), y + radius * math.sin(angle))
                if _is_free(spot, self._taken) and _is_free(spot, given):
                    given[_square(spot)].append(spot)
                    yield spot
            ring += 1


def _square(spot: tuple[float, float]) -> tuple[int, int]:
    return math.floor(spot[0] / WIDTH), math.floor(spot[1] / HEIGHT)


def _is_free(spot: tuple[float, float], taken: dict[tuple[int, int], list[tuple[float, float]]]) -> bool:
    """Whether a node with its label at a spot would cover none that is there."""
    column, row = _square(spot)
    near = (taken.get((column + across, row + down), ()) for across in (-1, 0, 1) for down in (-1, 0, 1))
    return all(abs(spot[0] - x) >= WIDTH or abs(spot[1] - y) >= HEIGHT for spots in near for x, y in spots)


def _angle(spot: tuple[float, float], centre: tuple[float, float]) -> float:
    return math.atan2(spot[1] - centre[1], spot[0] - centre[0])


def edges_of(catalogue: Catalogue, thing: Thing, t: Words, most: int = _FACTS) -> list[Edge]:
    """The edges at a thing, by kind of relation; of so many facts of each kind."""
    most = max(most, _facts_of(thing))
    found: list[Edge] = []
    for kind, count in catalogue.kinds_of(thing):
        roles = list(ROLES) if kind == "assignments" and count > most and thing.kind != "plan" else [None]
        for role in roles:
            for fact in catalogue.facts(Filter(kind, value=role, of=(thing.id,)), limit=most):
                found += [edge for edge in _edges(fact, t) if thing.id in (edge.source.id, edge.target.id)]
    return sorted(found, key=lambda edge: RELATIONS.index(edge.relation))


def _facts_of(thing: Thing) -> int:
    """How many facts of a kind are looked at for the neighbours of a thing."""
    return _FACTS_OF_PLANS if thing.kind in ("plan", "document") else _FACTS


def _edges(fact: FactRow, t: Words) -> Iterator[Edge]:
    for relation, (begin, end, says) in _JOINS.get(fact.kind, {}).items():
        source, target = fact.link(begin), fact.link(end)
        if source is None or target is None or source.id == target.id:
            continue
        kind, label = "link", t.code(says, fact.fields.get(says) or "")
        if relation == "role":
            kind, relation = fact.fields["role"], fact.fields["role"]
        elif says == "aim":
            kind = "target"
            label = f"{aim(fact.fields)}{t('explore.by', year=year) if (year := fact.fields['target_year']) else ''}"
        elif relation == "citations":
            kind = fact.fields["relation"] if fact.fields["relation"] in ROLES else "mentions"
        elif relation == "memberships":
            kind = "member"
        elif not says:
            kind, label = "part", ""
        yield Edge(source, target, relation, kind, label, fact)


def picture(site: Site, request: Request, t: Words) -> Picture:
    """The picture that an address tells of: ``open=key``, ``open=key~relation``, ``show=key``; ``hide=kind``."""
    drawn, given = Picture(), request.query_params
    for key in given.getlist("open")[:OPENED]:
        thing, relation = site.catalogue.thing(key), None
        if thing is None:
            key, _, relation = key.rpartition("~")
            thing = site.catalogue.thing(key) if relation in RELATIONS else None
        if thing is not None:
            found = edges_of(site.catalogue, thing, t, MOST_NEIGHBOURS if relation else _FACTS)
            drawn.open(thing, found, relation)
    shown = [thing for key in given.getlist("show")[:SHOWN] if (thing := site.catalogue.thing(key))]
    drawn.show(shown)
    for thing in shown:
        drawn.join(edges_of(site.catalogue, thing, t))
    return drawn


def visible(drawn: Picture, hidden: Sequence[str]) -> tuple[list[Thing], list[Edge]]:
    """What is left of a picture without some kinds of things, and without edges of these kinds."""
    things = [thing for thing in drawn.things.values() if thing.kind not in hidden]
    kept = {thing.id for thing in things}
    edges = [edge for edge in drawn.edges.values() if {edge.source.id, edge.target.id} <= kept]
    return things, [edge for edge in edges if edge.kind not in hidden]


def nodes_data(drawn: Picture, t: Words) -> list[dict[str, Any]]:
    """The nodes as the script draws them."""
    opened = Counter(thing.id for thing, _ in drawn.opened)
    return [
        {
            "id": thing.id,
            "key": thing.key,
            "label": wrapped(thing.label),
            "title": thing.label,
            "kind": thing.kind,
            "href": thing.href,
            "x": round(drawn.where[number][0]),
            "y": round(drawn.where[number][1]),
            "open": bool(opened[number]),
            "relations": [
                {
                    "name": name,
                    "label": relation_words(name, t),
                    "known": known,
                    "shown": shown,
                    "more": known >= _facts_of(thing),
                }
                for name, (known, shown) in drawn.relations.get(number, {}).items()
            ],
        }
        for number, thing in drawn.things.items()
    ]


def edges_data(drawn: Picture) -> list[dict[str, Any]]:
    """The edges as the script draws them."""
    return [
        {
            "id": number,
            "from": edge.source.id,
            "to": edge.target.id,
            "kind": edge.kind,
            "label": edge.label if len(edge.label) <= _EDGE_LABEL else f"{edge.label[: _EDGE_LABEL - 1]}…",
            "title": edge.label,
            "quote": " ".join(edge.fact.quote.split()),
            "doc": edge.fact.doc,
            "href": edge.fact.href,
        }
        for number, edge in enumerate(drawn.edges.values())
    ]


#: Characters of a line of a node's label, lines at most, characters on an edge.
_LINE, _LINES, _EDGE_LABEL = 10, 2, 14


def wrapped(label: str) -> str:
    """A label in two short lines."""
    lines = [label[i : i + _LINE] for i in range(0, len(label), _LINE)]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][:-1]}…"]
    return "\n".join(lines)


def relation_words(name: str, t: Words) -> str:
    """What a kind of relation is called."""
    return t(f"role.{name}") if name in ROLES else t(f"relation.{name}")
