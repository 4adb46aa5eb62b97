"""N-Quads as they are written: escaped, sorted, read back alike."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.nquads import Quads, iri, literal


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("市水利局", "xsd:string", '"市水利局"'),
        ('a"b\\c\nd\re\tf\b\f', "xsd:string", '"a\\"b\\\\c\\nd\\re\\tf\\b\\f"'),
        ("\x00\x1f\x7f", "xsd:string", '"\\u0000\\u001F\\u007F"'),
        (2035, "xsd:gYear", '"2035"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        (False, "xsd:boolean", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (0.95, "xsd:decimal", '"0.95"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ],
)
def test_literals_are_spelled_as_the_standard_says(value: str | int | float, datatype: str, expected: str) -> None:
    assert literal(value, datatype) == expected


def test_a_graph_is_a_sorted_set_that_can_be_read_back() -> None:
    quads = Quads("https://x/g")
    text = 'a"b\\c\nd\r\x00\U0001f600\u2028'
    for subject in ("https://x/b", "https://x/a", "https://x/b"):
        quads.say(iri(subject), "rdfs:label", text)
    graph = quads.finish()
    lines = graph.content.decode().split("\n")[:-1]
    assert (lines, graph.quads) == (sorted(lines), 2)
    read = list(ox.parse(graph.content, format=ox.RdfFormat.N_QUADS))
    assert [(quad.subject.value, quad.object.value, quad.graph_name.value) for quad in read] == [
        ("https://x/a", text, "https://x/g"),
        ("https://x/b", text, "https://x/g"),
    ]


def test_what_is_not_stated_is_not_written() -> None:
    quads = Quads("https://x/g")
    quads.say(iri("https://x/a"), "rdfs:label", None)
    quads.say(iri("https://x/a"), "rdfs:label", "")
    assert quads.finish().quads == 0
    quads.say(iri("https://x/a"), "gz:length", 0, "xsd:integer")
    quads.say(iri("https://x/a"), "gz:inContents", False, "xsd:boolean")
    assert quads.finish().quads == 2
