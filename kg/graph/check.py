"""A graph is checked, not believed: evidence against the kept source texts, links against what they lead to.

The source text between the offsets of every place that a fact rests on must be the quote of that place.
White space is left out of the comparison, as OCR and page breaks put it inside words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.folder import GraphError
from kg.graph.store import Graph

_SPACE = re.compile(r"\s+")
_PLACES = """
SELECT ?fact ?sha256 ?start ?end ?quote WHERE {
    GRAPH ?graph {
        ?fact gz:evidence|gz:furtherEvidence ?place .
        ?place oa:hasSource ?source ; oa:hasSelector ?position , ?words .
        ?source gz:sha256 ?sha256 .
        ?position oa:start ?start ; oa:end ?end .
        ?words oa:exact ?quote .
    }
}
ORDER BY ?fact ?start
"""
_WITHOUT = """
SELECT DISTINCT ?fact WHERE {
    ?fact gz:rule ?rule .
    MINUS { ?fact gz:evidence ?place . ?place oa:hasSelector ?words . ?words oa:exact ?quote }
}
ORDER BY ?fact
"""


_LINKS = """
SELECT DISTINCT ?subject ?link ?object WHERE {{
    ?subject ?link ?object .
    FILTER(ISIRI(?object) && (STRSTARTS(STR(?object), "{base}") || STRSTARTS(STR(?object), STR(gz:))))
    MINUS {{ ?object a ?type }}
}}
ORDER BY ?subject ?link ?object
"""


_QUOTES = """
SELECT ?fact ?quote WHERE { ?fact gz:evidence ?place . ?place oa:hasSelector ?words . ?words oa:exact ?quote }
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fact whose evidence does not hold, or a thing with a link that leads nowhere."""

    iri: str
    message: str


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """What the check of all evidence gave: how many places were looked at, and the faults."""

    checked: int
    faults: tuple[Fault, ...]


def check_evidence(graph: Graph) -> EvidenceCheck:
    """Compare every place that a fact rests on with the kept source text."""
    texts = {file.sha256: _text(graph, file.name) for file in graph.manifest.files}
    places = graph.select(_PLACES)
    faults = list(_damaged_texts(graph, texts))
    for place in places:
        text = texts.get(place["sha256"] or "")
        start, end = int(place["start"] or -1), int(place["end"] or -1)
        message = _fault(text, start, end, place["quote"] or "")
        if message:
            faults.append(Fault(place["fact"] or "", message))
    faults += [Fault(row["fact"] or "", "it has no evidence") for row in graph.select(_WITHOUT)]
    return EvidenceCheck(len(places), tuple(faults))


def check_links(graph: Graph) -> tuple[Fault, ...]:
    """The links to things under the graph's base, or to terms of the ontology, that the graph does not describe."""
    found = graph.select(_LINKS.format(base=graph.manifest.base))
    return tuple(
        Fault(row["subject"] or "", f"{row['link']} leads to {row['object']}, of which nothing is said")
        for row in found
    )


def quotes(graph: Graph, faults: Iterable[Fault]) -> dict[str, str]:
    """The deciding words of the facts that faults are about, by IRI; what is no fact, or lost its words, has none."""
    wanted = {fault.iri for fault in faults}
    if not wanted:
        return {}
    return {row["fact"]: row["quote"] or "" for row in graph.select(_QUOTES) if row["fact"] in wanted}


def _text(graph: Graph, name: str) -> str | None:
    try:
        return graph.text(name)
    except GraphError:
        return None


def _damaged_texts(graph: Graph, texts: dict[str, str | None]) -> Iterator[Fault]:
    """Kept texts that are not what was kept: their files are named by the hash of their content."""
    for file in graph.manifest.files:
        text = texts[file.sha256]
        if text is not None and not file.text.startswith(hashlib.sha256(text.encode()).hexdigest()[:32]):
            yield Fault(file.name, "the kept source text has been changed")


def _fault(text: str | None, start: int, end: int, quote: str) -> str | None:
    if text is None:
        return "the text of its source is not kept in the graph"
    if not 0 <= start < end <= len(text):
        return f"its evidence [{start}, {end}) lies outside of the source ({len(text)} characters)"
    found = text[start:end]
    if _SPACE.sub("", found) != _SPACE.sub("", quote):
        return f"the source says “{found}” at [{start}, {end}), the quote “{quote}”"
    return None
