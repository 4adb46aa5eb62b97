"""Links of targets: the concept that each one's indicator is, and the tasks that serve it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from kg.graph.links import LinkGraph, Row, World
from kg.resolve.decisions import ACCEPT
from kg.resolve.indicators import Concept, Measured, NearMiss, resolve_indicators
from kg.resolve.link import Link

_SAME_NAME, _NEAR = 0.97, 0.5
#: Shares of right links, estimated by reading: a target in a task's own section, in its row or its sentence.
_SECTION, _ROW = 0.95, 0.95
_MARKER = re.compile(r"^[（(]?[\d一二三四五六七八九十]+[）)]?[.．、章节条]?\s*|^第.{1,4}[章节条]\s*")
_UNHEARD = re.compile(r"[\s,，、。.：:；;]")


def indicator_links(world: World, graph: LinkGraph) -> None:
    """Write the indicators as concepts (SKOS), what each target measures, and near misses in doubt."""
    rows = world.rows("?t a gz:Target ; gz:indicatorText ?name OPTIONAL { ?t gz:unitText ?unit }", "t name unit")
    measured = [Measured(row["t"], row["name"], row.get("unit")) for row in rows]
    concepts, near = resolve_indicators(measured)
    merged = [(miss.left.name, miss.right.name) for miss in near if graph.verdict(_near(world, miss)) == ACCEPT]
    if merged:
        concepts, near = resolve_indicators(measured, merged)
    for concept in concepts:
        node = _concept(world, concept)
        subject = graph.describe(node, "gz:Indicator", concept.name, concept.targets)
        graph.quads.say(subject, "gz:unitText", concept.unit)
        for name in concept.names:
            if name != concept.name:
                graph.quads.say(subject, "skos:altLabel", name)
        for target in concept.targets:
            graph.add(Link(target, "gz:measures", node, "indicators.name", _SAME_NAME, (target,)))
    for miss in near:
        graph.add(_near(world, miss))


def _concept(world: World, concept: Concept) -> str:
    """A concept by its key and unit: an indicator of one name in two units is two."""
    return world.naming.path("indicator", "·".join(filter(None, (concept.key, concept.unit or "无单位"))))


def _near(world: World, miss: NearMiss) -> Link:
    facts = (miss.left.targets[0], miss.right.targets[0])
    nodes = _concept(world, miss.left), _concept(world, miss.right)
    return Link(
        nodes[0], "skos:exactMatch", nodes[1], "indicators.near", _NEAR, facts, f"{miss.reason}，是否同一指标？"
    )


def task_links(world: World, graph: LinkGraph) -> None:
    """Write which task serves which target: the target stands in the task's own section, row or sentence."""
    targets: defaultdict[str, list[Row]] = defaultdict(list)
    for row in world.rows(
        f"?t a gz:Target ; gz:foundIn ?form ; {_PLACE} OPTIONAL {{ ?t gz:sectionPath ?section }}",
        "t d form section source start end",
    ):
        targets[row["d"]].append(row)
    tasks: defaultdict[str, list[Row]] = defaultdict(list)
    for row in world.rows(
        f"?k prov:qualifiedAssociation ?t ; rdfs:label ?label . ?t gz:foundIn ?form ; {_PLACE} "
        "OPTIONAL { ?k gz:sectionPath ?section }",
        "k t d label form section source start end",
    ):
        tasks[row["d"]].append(row)
    lines = _Lines(world)
    for document in sorted(targets.keys() & tasks.keys()):
        for link in (
            *_by_section(targets[document], tasks[document]),
            *_by_row(targets[document], tasks[document], lines),
        ):
            graph.add(link)


_PLACE = (
    "gz:statedIn ?d ; gz:evidence ?place . ?place oa:hasSource ?source ; oa:hasSelector ?position . "
    "?position oa:start ?start ; oa:end ?end ."
)


def _by_section(targets: list[Row], tasks: list[Row]) -> Iterator[Link]:
    """A task that a heading names has all targets of its section, unless a task below the heading has them."""
    headed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for task in tasks:
        section = task.get("section", "")
        heading = section.rpartition(" > ")[2]
        if heading and _plain(task["label"]) and _plain(heading).startswith(_plain(task["label"])):
            headed[section].setdefault(task["k"], task["t"])
    for target in targets:
        path = target.get("section", "").split(" > ")
        for end in range(len(path), 0, -1):
            section = " > ".join(path[:end])
            if section in headed:
                for node, assignment in headed[section].items():
                    yield Link(node, "gz:serves", target["t"], "tasks.section", _SECTION, (assignment, target["t"]))
                break


def _plain(text: str) -> str:
    return _UNHEARD.sub("", _MARKER.sub("", text))


def _by_row(targets: list[Row], tasks: list[Row], lines: _Lines) -> Iterator[Link]:
    """A task and a target in one line of the source: a row of a table, or one sentence about both."""
    by_line: defaultdict[tuple[str, int, str], dict[str, str]] = defaultdict(dict)
    for task in tasks:
        if task["form"] in ("table", "text"):
            line = lines.number(task["source"], int(task["start"]))
            by_line[task["source"], line, task["form"]].setdefault(task["k"], task["t"])
    for target in targets:
        line = lines.number(target["source"], int(target["start"]))
        found = by_line.get((target["source"], line, target["form"]), {})
        # A line of prose that gives several tasks does not say which of them the target belongs to
        if target["form"] == "table" or len(found) == 1:
            for node, assignment in found.items():
                yield Link(node, "gz:serves", target["t"], "tasks.row", _ROW, (assignment, target["t"]))


class _Lines:
    """The lines of the source texts by position."""

    def __init__(self, world: World) -> None:
        self._world = world

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        starts = {}
        for file in self._world.files:
            text = self._world.folder.text(file)
            starts[self._world.naming.source(file.sha256)] = [match.start() for match in re.finditer(r"\n", text)]
        return starts

    def number(self, source: str, position: int) -> int:
        """The number of the line that a position stands in."""
        return bisect_right(self._starts[source], position)
