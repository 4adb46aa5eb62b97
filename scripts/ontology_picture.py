"""Draw the model as one picture, ontology/model.svg: which classes link to which, as the sample's graph has it.

    make ontology

Where a class stands, and between which the links are worth drawing, is chosen here; by which properties they are linked
is asked of the graph built from the sample gazettes, so that the picture cannot show what the program does not write.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from html import escape
from math import hypot
from pathlib import Path

import rdflib
from rdflib.namespace import RDFS

from kg.build import build
from kg.cli_demo import SAMPLE
from kg.graph.store import Graph, open_graph
from kg.graph.vocabulary import PREFIXES, ontology_folder
from kg.show.rdf import curie

FILE = Path("ontology/model.svg")
#: Column and row of each class.
CLASSES: dict[str, tuple[int, int]] = {
    "gz:SourceFile": (0, 0), "oa:SpecificResource": (1, 0), "gz:Fact": (2, 0), "gz:Document": (3, 0),
    "gz:GazetteIssue": (4, 0), "gz:Indicator": (0, 1), "gz:Target": (1, 1), "gz:Plan": (2, 1),
    "gz:CitedDocument": (3, 1), "gz:Task": (1, 2), "gz:Assignment": (2, 2), "gz:Citation": (3, 2),
    "gz:Project": (4, 2), "gz:LeadingGroup": (0, 3), "gz:Place": (0, 2), "gz:Agency": (2, 3),
    "gz:AgencyMention": (3, 3), "gz:Membership": (0, 4), "foaf:Person": (1, 4), "gz:Appointment": (2, 4),
    "org:Post": (3, 4), "gz:Collective": (4, 4), "gz:Portfolio": (0, 5), "gz:Tenure": (1, 5),
}  # fmt: skip
#: The pairs of classes whose links are drawn; every fact stands for all kinds of facts.
PAIRS = [
    ("oa:SpecificResource", "gz:SourceFile"), ("gz:Fact", "oa:SpecificResource"), ("gz:Fact", "gz:Document"),
    ("gz:Document", "gz:GazetteIssue"), ("gz:Document", "gz:Plan"), ("gz:Document", "gz:CitedDocument"),
    ("gz:Target", "gz:Indicator"), ("gz:Target", "gz:Plan"), ("gz:Task", "gz:Target"), ("gz:Task", "gz:Assignment"),
    ("gz:Assignment", "gz:Plan"), ("gz:Assignment", "gz:Agency"), ("gz:Assignment", "foaf:Person"),
    ("gz:Citation", "gz:CitedDocument"), ("gz:Citation", "gz:Plan"), ("gz:Project", "gz:Agency"),
    ("gz:AgencyMention", "gz:Agency"), ("gz:Agency", "gz:Place"), ("gz:Membership", "gz:LeadingGroup"),
    ("gz:Membership", "foaf:Person"), ("gz:Appointment", "foaf:Person"), ("gz:Appointment", "org:Post"),
    ("org:Post", "gz:Agency"), ("gz:Collective", "gz:Agency"), ("gz:Portfolio", "foaf:Person"),
    ("gz:Tenure", "foaf:Person"),
]  # fmt: skip
#: The sample's city is invented, so no table of divisions knows the areas of its agencies.
_NOT_IN_SAMPLE = {("gz:Agency", "gz:Place"): ["dct:spatial"]}
#: Labels of classes that other vocabularies define.
_OTHERS = {
    "oa:SpecificResource": "原文位置 · place in the text",
    "foaf:Person": "人员 · person",
    "org:Post": "职务 · post",
}
_DERIVED = {"gz:Tenure"}
#: Facts are told apart from what they are about, and from what is drawn from several of them.
_FACT, _THING, _FROM_FACTS = "#fff3d6", "#e6eef7", "#e9f5e9"
_WIDTH, _HEIGHT, _STEP_X, _STEP_Y, _MARGIN = 184, 46, 336, 118, 24

_LINKS = """
SELECT DISTINCT ?from ?link ?to WHERE { ?x a ?from ; ?link ?y . ?y a ?to . FILTER(?link != rdf:type) }
"""


def links(graph: Graph) -> dict[tuple[str, str], list[str]]:
    """The properties between the instances of each pair of classes, as prefixed names, in the sample's graph."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sorted(graph.select(_LINKS), key=str):
        start, link, end = (curie(row[name] or "") for name in ("from", "link", "to"))
        found[start, end].append(link)
    return {**found, ("gz:Fact", "oa:SpecificResource"): found["gz:Target", "oa:SpecificResource"],
            ("gz:Fact", "gz:Document"): found["gz:Target", "gz:Document"], **_NOT_IN_SAMPLE}  # fmt: skip


def picture(found: dict[tuple[str, str], list[str]]) -> str:
    """The picture as SVG."""
    ontology = rdflib.Graph().parse(ontology_folder() / "policy.ttl")
    columns, rows = (max(place[axis] for place in CLASSES.values()) for axis in (0, 1))
    width, height = columns * _STEP_X + _WIDTH + 2 * _MARGIN, rows * _STEP_Y + _HEIGHT + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="13">',
        "<title>政策知识图谱模型 · The model of the policy graph</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#556"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(_arrow(pair, found.get(pair, [])) for pair in PAIRS),
        *(_box(name, _label(ontology, name), _fill(ontology, name)) for name in CLASSES),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _label(ontology: rdflib.Graph, name: str) -> str:
    if name in _OTHERS:
        return _OTHERS[name]
    node = rdflib.URIRef(PREFIXES["gz"] + name.removeprefix("gz:"))
    labels = {label.language: str(label) for label in ontology.objects(node, RDFS.label)}  # type: ignore[attr-defined]
    return f"{labels['zh']} · {labels['en']}"


def _fill(ontology: rdflib.Graph, name: str) -> str:
    node, fact = (rdflib.URIRef(PREFIXES["gz"] + each.removeprefix("gz:")) for each in (name, "gz:Fact"))
    if name in _DERIVED:
        return _FROM_FACTS
    return _FACT if node in (*ontology.subjects(RDFS.subClassOf, fact), fact) else _THING


def _centre(name: str) -> tuple[float, float]:
    column, row = CLASSES[name]
    return _MARGIN + _WIDTH / 2 + column * _STEP_X, _MARGIN + _HEIGHT / 2 + row * _STEP_Y


def _box(name: str, label: str, fill: str) -> str:
    x, y = _centre(name)
    return (
        f'<g><rect x="{x - _WIDTH / 2:g}" y="{y - _HEIGHT / 2:g}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" '
        f'fill="{fill}" stroke="#556"/><text x="{x:g}" y="{y - 4:g}" text-anchor="middle">{escape(label)}</text>'
        f'<text x="{x:g}" y="{y + 14:g}" text-anchor="middle" fill="#556" font-size="11">{name}</text></g>'
    )


def _arrow(pair: tuple[str, str], properties: list[str]) -> str:
    """A line from border to border with the names of the properties on it."""
    (x1, y1), (x2, y2) = _centre(pair[0]), _centre(pair[1])
    x, y = x2 - x1, y2 - y1
    # how much of the way lies inside of the box at either end
    inside = min(_WIDTH / 2 / abs(x) if x else 1.0, _HEIGHT / 2 / abs(y) if y else 1.0) + 2 / hypot(x, y)
    line = (
        f'<line x1="{x1 + x * inside:.0f}" y1="{y1 + y * inside:.0f}" x2="{x2 - x * inside:.0f}" '
        f'y2="{y2 - y * inside:.0f}" stroke="#556" marker-end="url(#tip)"/>'
    )
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2 - 6 * (len(properties) - 1)
    spans = "".join(
        f'<text x="{middle_x:.0f}" y="{middle_y + 13 * index + 4:.0f}" text-anchor="middle" font-size="11" fill="#223" '
        f'stroke="#fff" stroke-width="4" paint-order="stroke">{escape(name.removeprefix("gz:"))}</text>'
        for index, name in enumerate(properties)
    )
    return f"<g>{line}{spans}</g>"


def main() -> None:
    """Draw the picture; a pair of classes that nothing links ends the program."""
    with tempfile.TemporaryDirectory() as folder:
        build([SAMPLE], Path(folder) / "sample.kg")
        found = links(open_graph(Path(folder) / "sample.kg"))
    missing = [pair for pair in PAIRS if not found.get(pair)]
    if missing:
        sys.exit(f"nothing links {missing}; mend PAIRS in scripts/ontology_picture.py")
    FILE.write_text(picture(found), encoding="utf-8")
    print(f"{FILE} written")


if __name__ == "__main__":
    main()
