"""Links for a human: how many there are by rule, and those in doubt with the words that both sides rest on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.graph.store import Graph

#: How much of the text around its evidence a side is shown with, in characters before and behind.
CONTEXT = 30

_COUNTS = """
SELECT ?rule ?status (COUNT(DISTINCT ?link) AS ?links) WHERE {
    ?link a gz:Link ; gz:linkRule ?rule ; gz:linkStatus/skos:notation ?status
}
GROUP BY ?rule ?status ORDER BY ?rule ?status
"""
_DOUBTFUL = """
SELECT DISTINCT ?link ?doubt ?rule ?confidence ?left ?right ?source WHERE {
    ?link gz:doubt ?doubt ; gz:linkRule ?rule ; gz:linkConfidence ?confidence ; rdf:subject ?left ; rdf:object ?right .
    OPTIONAL { ?link prov:wasDerivedFrom ?source }
    MINUS { ?decision gz:decides ?link }
}
ORDER BY ?rule ?doubt ?link ?source
"""
_SIDES = """
SELECT DISTINCT ?source ?side WHERE {
    ?link gz:doubt ?doubt ; prov:wasDerivedFrom ?source ; rdf:subject|rdf:object ?side .
    ?source gz:measures|gz:identifiedPerson|gz:resolvedTo|gz:agency|prov:agent ?side
}
"""
_PLACES = """
SELECT DISTINCT ?source ?number ?file ?start ?end WHERE {
    ?link gz:doubt ?doubt ; prov:wasDerivedFrom ?source .
    ?source gz:statedIn/dct:identifier ?number ; gz:evidence ?place .
    ?place oa:hasSource/gz:fileName ?file ; oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end
}
ORDER BY ?source ?file ?start
"""
_NAMES = """
SELECT DISTINCT ?node ?name WHERE {
    ?link gz:doubt ?doubt ; rdf:subject|rdf:object ?node .
    ?node skos:prefLabel|dct:title|foaf:name|gz:citedTitle|gz:personName ?name
}
ORDER BY ?node ?name
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a link: its node, its name, and where a document names it, in context."""

    iri: str
    name: str
    document: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A link in doubt: its IRI, which a decision names; why it is in doubt; both sides."""

    iri: str
    doubt: str
    rule: str
    confidence: float
    left: Side
    right: Side

    def row(self) -> dict[str, str]:
        """The question as a row of the list that can be filled in and given back as decisions."""
        return {
            "iri": self.iri,
            **dict.fromkeys(("decision", "field", "value", "who", "when", "why"), ""),
            "question": self.doubt,
            "rule": self.rule,
            "confidence": f"{self.confidence:g}",
            "left": self.left.name,
            "left_document": self.left.document,
            "left_context": self.left.context,
            "right": self.right.name,
            "right_document": self.right.document,
            "right_context": self.right.context,
        }


def link_counts(graph: Graph) -> list[tuple[str, str, int]]:
    """The number of links by rule and status."""
    return [(row["rule"] or "", row["status"] or "", int(row["links"] or 0)) for row in graph.select(_COUNTS)]


def questions(graph: Graph) -> list[Question]:
    """The links in doubt that nobody has decided yet, by rule."""
    shown = _Shown(graph)
    sources: defaultdict[str, list[str]] = defaultdict(list)
    links: dict[str, dict[str, str]] = {}
    for row in graph.select(_DOUBTFUL):
        link = row["link"] or ""
        links[link] = {key: value or "" for key, value in row.items()}
        sources[link] += [row["source"]] if row["source"] else []
    return [
        Question(
            iri=link,
            doubt=row["doubt"],
            rule=row["rule"],
            confidence=float(row["confidence"]),
            left=shown.side(row["left"], row["right"], sources[link]),
            right=shown.side(row["right"], row["left"], sources[link]),
        )
        for link, row in links.items()
    ]


class _Shown:
    """What is needed to show the sides of links in doubt, asked for once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._texts: dict[str, str] = {}
        self._about: defaultdict[str, set[str]] = defaultdict(set)
        for row in graph.select(_SIDES):
            self._about[row["source"] or ""].add(row["side"] or "")
        self._places: dict[str, dict[str, str | None]] = {}
        for row in graph.select(_PLACES):
            self._places.setdefault(row["source"] or "", row)
        self._names: dict[str, str] = {}
        for row in graph.select(_NAMES):
            self._names.setdefault(row["node"] or "", row["name"] or "")

    def side(self, node: str, other: str, sources: list[str]) -> Side:
        """A side with a fact about it, which is not one about the other side if there is a choice."""
        about = [each for each in sources if each == node or node in self._about[each]]
        elsewhere = [each for each in sources if each != other and other not in self._about[each]]
        fact = next(iter([each for each in about if each != other] or elsewhere), None)
        name = self._names.get(node, node)
        if fact is None or fact not in self._places:
            return Side(node, name)
        place = self._places[fact]
        return Side(node, name, place["number"] or "", self._context(place))

    def _context(self, place: dict[str, str | None]) -> str:
        file = place["file"] or ""
        if file not in self._texts:
            self._texts[file] = self._graph.text(file)
        text, start, end = self._texts[file], int(place["start"] or 0), int(place["end"] or 0)
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return "".join(f"{before}【{text[start:end]}】{after}".split())
