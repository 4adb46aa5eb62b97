"""What is in a graph, in figures: facts by kind, gazette and document, agencies by tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph.store import Graph
from kg.graph.vocabulary import TABLES

_AGENCIES = """
SELECT ?agency ?name ?role ?tasks WHERE {
    ?total a gz:AgencyTotal ; gz:agency ?agency ; prov:hadRole ?code ; gz:taskCount ?tasks .
    ?code skos:notation ?role .
    ?agency skos:prefLabel ?name .
}
"""


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """A document and the number of its facts by table; ``number`` is its title where it has none."""

    number: str
    title: str | None
    gazette: str | None
    iri: str
    facts: dict[str, int]


@dataclass(frozen=True, slots=True)
class GazetteCount:
    """A source file, the gazette issue in it (None for a single document), its documents and facts."""

    gazette: str | None
    file: str
    documents: int
    facts: dict[str, int]


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """An agency and the number of tasks in each role; ``tasks`` counts a task once for each role."""

    name: str
    iri: str
    lead: int = 0
    responsible: int = 0
    cooperating: int = 0
    supervising: int = 0

    @property
    def tasks(self) -> int:
        """Tasks in all roles together."""
        return self.lead + self.responsible + self.cooperating + self.supervising


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a graph; ``built`` is the moment of the build (ISO 8601, UTC)."""

    facts: dict[str, int]
    gazettes: tuple[GazetteCount, ...]
    documents: tuple[DocumentCount, ...]
    agencies: tuple[AgencyCount, ...]
    sources: int
    quads: int
    built: str


def stats(graph: Graph) -> Stats:
    """The figures of a graph: tables in their order, files by name, agencies with most tasks first."""
    manifest = graph.manifest
    documents = [
        DocumentCount(document.reference, document.title, file.gazette, document.iri, document.facts)
        for file in manifest.files
        for document in file.documents
    ]
    gazettes = [
        GazetteCount(file.gazette, file.name, len(file.documents), _sum(document.facts for document in file.documents))
        for file in manifest.files
    ]
    return Stats(
        facts=_sum(document.facts for document in documents),
        gazettes=tuple(gazettes),
        documents=tuple(documents),
        agencies=tuple(_agencies(graph)),
        sources=len(manifest.files),
        quads=manifest.quads,
        built=manifest.built,
    )


def _sum(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return {table: total[table] for table in TABLES}


def _agencies(graph: Graph) -> list[AgencyCount]:
    roles: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in graph.select(_AGENCIES):
        roles[row["name"] or "", row["agency"] or ""][row["role"] or ""] = int(row["tasks"] or 0)
    counts = [AgencyCount(name, iri, **by_role) for (name, iri), by_role in roles.items()]
    return sorted(counts, key=lambda count: (-count.tasks, count.name, count.iri))
