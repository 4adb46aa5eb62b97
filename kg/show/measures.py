"""Measures that need more than SPARQL, computed over saved queries: delays, rewordings, the share of commitments."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.graph.store import Graph
from kg.show.report import answered

_SENTENCE_END = re.compile(r"[。！？；]|\n\s*\n")
_HEADS = """
SELECT ?document ?number ?kind ?date ?file ?start WHERE {
    ?document a gz:Document ; gz:rule ?rule ; dct:identifier ?number ; gz:evidence ?place .
    ?place oa:hasSource ?source ; oa:hasSelector ?position .
    ?source gz:fileName ?file .
    ?position oa:start ?start .
    OPTIONAL { ?document eli:date_document ?date }
    OPTIONAL { ?document eli:type_document ?type OPTIONAL { ?type skos:prefLabel ?kind } }
}
"""
_PROMISES = """
SELECT DISTINCT ?file ?start WHERE {
    ?fact a gz:Target ; gz:targetYear ?year ; gz:evidence ?place .
    ?place oa:hasSource ?source ; oa:hasSelector ?position .
    ?source gz:fileName ?file .
    ?position oa:start ?start .
}
"""


_TASKS = """
SELECT ?task ?document ?date ?area (MIN(?assignment) AS ?fact) WHERE {
    ?node rdfs:label ?task ; gz:statedIn ?statedIn ; prov:qualifiedAssociation ?assignment .
    ?statedIn dct:identifier ?document ; eli:date_document ?date ; gz:place ?area .
    FILTER(STRLEN(?task) > 5)
} GROUP BY ?node ?task ?document ?date ?area
"""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A task that a later document of its area sets again in other words, how alike they are, and a fact of each."""

    earlier: str
    task: str
    later: str
    again: str
    alike: float
    facts: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Delay:
    """Documents of a kind: how many years (median) they come after what they rest on, over so many citations."""

    kind: str
    citations: int
    years: float


@dataclass(frozen=True, slots=True)
class Commitments:
    """A document's sentences, and those that promise a number by a year."""

    document: str
    kind: str | None
    date: str | None
    sentences: int
    commitments: int

    @property
    def share(self) -> float:
        """The share of sentences that are commitments."""
        return self.commitments / self.sentences if self.sentences else 0.0


def delays(graph: Graph) -> list[Delay]:
    """Median years between documents and what they rest on, by kind of document; the longest first."""
    years: defaultdict[str, list[int]] = defaultdict(list)
    for row in answered(graph, "delay-after-basis").rows:
        years[row["kind"] or ""].append(int(row["years"] or 0))
    found = [Delay(kind, len(values), statistics.median(values)) for kind, values in years.items()]
    return sorted(found, key=lambda each: (-each.years, each.kind))


def commitments(graph: Graph) -> list[Commitments]:
    """Sentences and commitments of each document; a document goes from its title to the next one's."""
    heads: defaultdict[str, list[tuple[int, dict[str, str | None]]]] = defaultdict(list)
    for row in graph.select(_HEADS):
        heads[row["file"] or ""].append((int(row["start"] or 0), row))
    promises: defaultdict[str, list[int]] = defaultdict(list)
    for row in graph.select(_PROMISES):
        promises[row["file"] or ""].append(int(row["start"] or 0))
    found = []
    for file, documents in sorted(heads.items()):
        documents.sort(key=lambda pair: pair[0])
        text = graph.text(file)
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        # Several promises of one sentence are one commitment
        promised = Counter({bisect_right(ends, start): 1 for start in promises[file]})
        limits = [*(start for start, _ in documents[1:]), len(text)]
        for (start, row), end in zip(documents, limits, strict=True):
            first, last = bisect_right(ends, start), bisect_right(ends, end)
            made = sum(promised[index] for index in range(first, last))
            found.append(Commitments(row["number"] or "", row["kind"], row["date"], last - first, made))
    return found


def commitments_by_kind(graph: Graph) -> list[Commitments]:
    """Sentences and commitments by kind of document and year: ``document`` is empty, ``date`` the year."""
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for each in commitments(graph):
        counts = sums[each.kind or "", (each.date or "")[:4]]
        counts[0] += each.sentences
        counts[1] += each.commitments
    return [Commitments("", kind, year, *counts) for (kind, year), counts in sorted(sums.items())]


def reworded(graph: Graph, alike: float = 0.75) -> list[Reworded]:
    """Tasks that come again in a later document in nearly the same words, the most alike first.

    ``alike`` is the least share of pairs of characters that two tasks have in common (Dice 1945); tasks in the very
    same words are the saved query ``repeated-tasks``.
    """
    tasks = graph.select(_TASKS)
    pairs = [{word[i : i + 2] for i in range(len(word) - 1)} for word in (row["task"] or "" for row in tasks)]
    having: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    for index, row in enumerate(tasks):
        shared = Counter(other for pair in pairs[index] for other in having[pair])
        for pair in pairs[index]:
            having[pair].append(index)
        for other, common in shared.items():
            score = 2 * common / (len(pairs[index]) + len(pairs[other]))
            if score >= alike and row["area"] == tasks[other]["area"] and row["task"] != tasks[other]["task"]:
                old, new = sorted((row, tasks[other]), key=lambda each: each["date"] or "")
                if old["date"] != new["date"]:
                    found.append(_reworded(old, new, score))
    return sorted(found, key=lambda each: (-each.alike, each.earlier, each.task, each.later, each.again))


def _reworded(old: dict[str, str | None], new: dict[str, str | None], score: float) -> Reworded:
    facts = old["fact"] or "", new["fact"] or ""
    words = (old["document"] or "", old["task"] or "", new["document"] or "", new["task"] or "")
    return Reworded(*words, round(score, 2), facts)
