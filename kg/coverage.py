"""Visible recall: what the gazettes name and what the graph made of it.

The kept source texts are read once more for everything that a fact could be made of (:mod:`kg.extract.mentions`), and
each mention is held against the evidence of the graph's facts.  What is left shows where to look for missed facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.mentions import KINDS, Mention, mentions
from kg.extract.place import place_of
from kg.graph.store import Graph
from kg.graph.vocabulary import TABLES, term
from kg.read import read_text


class State(StrEnum):
    """What became of a mention: it led to a fact; its words are known from another place; nothing."""

    USED = "used"
    KNOWN = "known"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class CoveredMention:
    """A mention, what became of it, and the tables of the facts that rest on it."""

    mention: Mention
    state: State
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """How many mentions of one kind a document has, and what became of them."""

    kind: str
    used: int
    known: int
    unused: int

    @property
    def total(self) -> int:
        """All mentions of the kind."""
        return self.used + self.known + self.unused

    @property
    def share(self) -> float | None:
        """The share that led to a fact or is known, None where there are no mentions."""
        return (self.used + self.known) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """The coverage of one printed document.

    ``text`` is the source text from ``start``, to which the offsets of ``mentions`` refer; ``iri`` is the document's
    in the graph, None where the graph does not have it.
    """

    file: str
    number: str
    title: str
    iri: str | None
    start: int
    text: str
    mentions: tuple[CoveredMention, ...]

    def figure(self, kind: str) -> Figure:
        """The figure for one of :data:`kg.extract.mentions.KINDS`."""
        return _figure(kind, self.mentions)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures for all kinds."""
        return tuple(map(self.figure, KINDS))


#: The tables whose facts a kind of mention can lead to.  An agency that is only listed as named has no part in a fact.
_LEADS_TO: dict[str, frozenset[str]] = {
    "agency": frozenset(TABLES) - {"agencies"},
    "quantity": frozenset({"targets", "projects"}),
    "year": frozenset(TABLES) - {"agencies", "memberships", "portfolios"},
    "person": frozenset({"memberships", "appointments", "portfolios", "assignments"}),
}

_EVIDENCE = """
SELECT ?type ?file ?start ?end WHERE {
    GRAPH ?graph {
        ?fact a ?type ; gz:statedIn ?document ; gz:evidence|gz:furtherEvidence ?place .
        ?place oa:hasSource/gz:fileName ?file ; oa:hasSelector ?position .
        ?position oa:start ?start ; oa:end ?end
    }
}"""
#: For each file, the tables of the facts that rest on a character of it.
Ground = Mapping[int, frozenset[str]]


def coverage(graph: Graph) -> list[DocumentCoverage]:
    """The coverage of every document of a graph, in the order of files and of the text.

    The program that reads the mentions should be the one that built the graph: another version may read them otherwise.
    """
    grounds = _grounds(graph)
    covered: list[DocumentCoverage] = []
    for file in graph.manifest.files:
        text = graph.text(file.name)
        iris = {document.reference: document.iri for document in file.documents}
        for document in read_text(text, file.name).documents:
            found = mentions(document, place_of(document))
            start, end = document.span
            covered.append(
                DocumentCoverage(
                    file=file.name,
                    number=document.number,
                    title=document.title.squeezed().string,
                    iri=iris.get(document.number),
                    start=start,
                    text=text[start:end],
                    mentions=tuple(judged(found, grounds.get(file.name, {}))),
                )
            )
    return covered


def judged(found: Iterable[Mention], ground: Ground) -> Iterator[CoveredMention]:
    """What became of the mentions of one document.

    A mention is used where it shares a character with the evidence of a fact that such a mention can lead to.  The
    same words elsewhere are known if they name an agency or a person; a number or a year says something new each time.
    """
    found = list(found)
    tables = [frozenset().union(*(ground.get(i, frozenset()) for i in range(m.start, m.end))) for m in found]
    known = {(m.kind, m.words) for m, led_to in zip(found, tables, strict=True) if led_to & _names(m.kind)}
    for mention, led_to in zip(found, tables, strict=True):
        used = led_to & _LEADS_TO[mention.kind]
        if used:
            yield CoveredMention(mention, State.USED, tuple(table for table in TABLES if table in used))
        elif (mention.kind, mention.words) in known:
            yield CoveredMention(mention, State.KNOWN)
        else:
            yield CoveredMention(mention, State.UNUSED)


def totals(covered: Iterable[DocumentCoverage]) -> tuple[Figure, ...]:
    """The figures of several documents together."""
    everything = [mention for document in covered for mention in document.mentions]
    return tuple(_figure(kind, everything) for kind in KINDS)


def _names(kind: str) -> frozenset[str]:
    """The tables that know a mention of this kind by its words."""
    return {"agency": _LEADS_TO["agency"] | {"agencies"}, "person": _LEADS_TO["person"]}.get(kind, frozenset())


def _figure(kind: str, covered: Iterable[CoveredMention]) -> Figure:
    counts = dict.fromkeys(State, 0)
    for each in covered:
        counts[each.state] += each.mention.kind == kind
    return Figure(kind, counts[State.USED], counts[State.KNOWN], counts[State.UNUSED])


def _grounds(graph: Graph) -> dict[str, Ground]:
    """For each file, what rests on each of its characters."""
    tables = {term(layout.type)[1:-1]: table for table, layout in TABLES.items()}
    grounds: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in graph.select(_EVIDENCE):
        table = tables.get(row["type"] or "")
        if table:
            for offset in range(int(row["start"] or 0), int(row["end"] or 0)):
                grounds[row["file"] or ""][offset].add(table)
    return {
        file: {offset: frozenset(found) for offset, found in characters.items()} for file, characters in grounds.items()
    }
