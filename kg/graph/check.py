"""A graph is checked, not believed: evidence against the kept source texts, links against what they lead to,
what is derived against what it derives from.

The source text between the offsets of every place that a fact rests on must be the quote of that place.
White space is left out of the comparison, as OCR and page breaks put it inside words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.folder import GraphError
from kg.graph.naming import is_iri
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


#: Derived statements are those of a link, or about something that says what it derives from.
_UNFOUNDED = """
SELECT DISTINCT ?subject ?link ?object WHERE {{
    GRAPH ?graph {{ ?subject ?link ?object }}
    FILTER(STRSTARTS(STR(?graph), "{base}graph/links/") || STR(?graph) = "{base}graph/totals")
    MINUS {{ GRAPH ?graph {{ ?subject prov:wasDerivedFrom ?source }} }}
    MINUS {{ GRAPH ?graph {{ ?made rdf:subject ?subject ; rdf:predicate ?link ; rdf:object ?object }} }}
}}
ORDER BY ?subject ?link ?object
"""
_MISPLACED = """
SELECT DISTINCT ?subject ?kind WHERE {
    GRAPH ?graph { ?graph a gz:DocumentGraph . ?subject a ?kind
        VALUES ?kind { gz:Link gz:Tenure gz:AgencyTotal gz:CoResponsibility gz:Decision org:ChangeEvent } }
}
ORDER BY ?subject
"""

_QUOTES = """
SELECT ?thing ?fact ?quote WHERE {{
    {{ VALUES ?thing {{ {things} }} ?thing gz:rule|gz:statedIn ?rule BIND(?thing AS ?fact) }}
    UNION {{ VALUES ?thing {{ {things} }} ?fact ?link ?thing . ?fact gz:rule ?rule }}
    UNION {{
        VALUES ?thing {{ {things} }}
        ?thing prov:wasDerivedFrom|prov:qualifiedAssociation|dct:subject ?fact . ?fact gz:rule ?rule
    }}
    ?fact {evidence} ?place . ?place oa:hasSelector ?words . ?words oa:exact ?quote FILTER(?quote != "")
}}
"""
#: So many things are asked for at once.
_AT_ONCE = 500


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


def check_derivations(graph: Graph) -> tuple[Fault, ...]:
    """Derived statements that say not what they derive from, or stand in the graph of a document."""
    unfounded = graph.select(_UNFOUNDED.format(base=graph.manifest.base))
    misplaced = graph.select(_MISPLACED)
    return (
        *(
            Fault(row["subject"] or "", f"{row['link']} {row['object']} is derived and says not from what")
            for row in unfounded
        ),
        *(
            Fault(row["subject"] or "", f"it is derived ({row['kind']}) and stands in the graph of a document")
            for row in misplaced
        ),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The fact that a fault is about, or that names what it is about, and the fact's words."""

    fact: str
    quote: str


def quotes(graph: Graph, faults: Iterable[Fault]) -> dict[str, Words]:
    """The words behind faults, by what these are about.

    A fact has its own deciding words, or further ones where it lost those.  What is no fact (a person, a period, a
    link) has those of the first fact, by IRI, that names it or that it derives from; a source file has none.
    """
    wanted = sorted({fault.iri for fault in faults if is_iri(fault.iri)})
    found: dict[str, Words] = {}
    for evidence in ("gz:evidence", "gz:furtherEvidence"):
        missing = [iri for iri in wanted if iri not in found]
        for start in range(0, len(missing), _AT_ONCE):
            things = " ".join(f"<{iri}>" for iri in missing[start : start + _AT_ONCE])
            for row in graph.select(_QUOTES.format(things=things, evidence=evidence)):
                thing, words = row["thing"] or "", Words(row["fact"] or "", row["quote"] or "")
                known = found.get(thing)
                # Its own words before those of others
                if known is None or (words.fact != thing, words.fact) < (known.fact != thing, known.fact):
                    found[thing] = words
    return found


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
