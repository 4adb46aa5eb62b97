"""Graphs that no single document gives: the ontology, the build's own provenance, totals counted over all documents.

They are made anew by each build; every derived statement names the document graphs it was counted from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import pyoxigraph as ox

from kg.graph.folder import FileEntry, Folder, GraphEntry, Manifest, Unread
from kg.graph.naming import Naming, digest
from kg.graph.nquads import NamedGraph, Quads, iri
from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES, Term, ontology_folder, term

_LEAD = term("gz:LeadRole")
#: Whom a lead agency shares a task with; a supervising body stands outside of it.
_PARTNERS = (term("gz:ResponsibleRole"), term("gz:CooperatingRole"))
#: What counting needs of a document's graph are statements with these predicates only: the rest is not even parsed.
_COUNTED = PREFIXES["prov"].encode()


@dataclass(frozen=True, slots=True)
class _Link:
    """An agency's role in a task."""

    task: str
    agency: str
    role: str


def ontology_graph() -> NamedGraph:
    """The ontology as a named graph: labels and notations of all codes are at hand in every query."""
    quads = Quads(ONTOLOGY_GRAPH)
    for statement in ox.parse(_ontology(), format=ox.RdfFormat.TURTLE):
        quads.copy(str(statement.subject), str(statement.predicate), str(statement.object))
    return quads.finish()


@cache
def ontology_version() -> str:
    """The owl:versionInfo of the ontology."""
    return _ontology().split("owl:versionInfo", 1)[1].split('"')[1]


@cache
def _ontology() -> str:
    return (ontology_folder() / "policy.ttl").read_text(encoding="utf-8")


def build_graph(naming: Naming, manifest: Manifest, version: str) -> NamedGraph:
    """The provenance of a build: program and versions, files read, files that could not be read.  It has no clock."""
    quads = Quads(naming.path("graph", "build"))
    build, program = iri(naming.build), iri(naming.path("program", manifest.program, version))
    quads.add(build, "rdf:type", term("prov:Activity"))
    quads.add(build, "prov:wasAssociatedWith", program)
    quads.add(build, "prov:used", iri(ONTOLOGY_GRAPH))
    quads.add(program, "rdf:type", term("prov:SoftwareAgent"))
    quads.say(program, "rdfs:label", manifest.program)
    quads.say(program, "schema:softwareVersion", version)
    quads.say(program, "gz:fingerprint", manifest.fingerprint)
    files: list[FileEntry | Unread] = [*manifest.files, *manifest.unread]
    for file in files:
        # A file whose bytes cannot be read has no hash
        source = iri(naming.source(file.sha256 or digest(file.name)))
        quads.add(build, "prov:used", source)
        quads.add(source, "rdf:type", term("gz:SourceFile" if file.sha256 else "prov:Entity"))
        quads.say(source, "gz:fileName", file.name)
        quads.say(source, "gz:sha256", file.sha256)
        if isinstance(file, Unread):
            quads.say(source, "gz:problem", file.message)
    return quads.finish()


def totals_graph(naming: Naming, folder: Folder, files: Sequence[FileEntry]) -> NamedGraph:
    """Tasks by agency and role, and by pair of lead and partner agency, counted over all documents."""
    totals: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    pairs: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    seen: set[str] = set()
    for file in files:
        for document in file.documents:
            links = _links(folder, document.graph)
            # A document that two files print counts once; a task's IRI names its document
            new = [link for link in links if link.task not in seen]
            seen.update(link.task for link in links)
            for key, count in Counter((link.agency, link.role) for link in set(new)).items():
                totals[key][document.graph.iri] += count
            for key, count in Counter(_pairs(new)).items():
                pairs[key][document.graph.iri] += count
    quads = Quads(naming.path("graph", "totals"))
    for (agency, role), counts in totals.items():
        node = _total(quads, naming, "gz:AgencyTotal", agency + role, counts)
        quads.copy(node, term("gz:agency"), agency)
        quads.copy(node, term("prov:hadRole"), role)
    for (lead, partner), counts in pairs.items():
        node = _total(quads, naming, "gz:CoResponsibility", lead + partner, counts)
        quads.copy(node, term("gz:leadAgency"), lead)
        quads.copy(node, term("gz:partnerAgency"), partner)
    return quads.finish()


def _total(quads: Quads, naming: Naming, kind: str, key: str, counts: Counter[str]) -> Term:
    node = iri(naming.path("total", digest(key)))
    quads.add(node, "rdf:type", term(kind))
    quads.say(node, "gz:taskCount", counts.total(), "xsd:integer")
    for graph in counts:
        quads.add(node, "prov:wasDerivedFrom", iri(graph))
    return node


def _links(folder: Folder, graph: GraphEntry) -> set[_Link]:
    lines = (line for line in folder.graph_path(graph).read_bytes().splitlines() if _COUNTED in line)
    found: dict[str, dict[str, str]] = {"qualifiedAssociation": {}, "agent": {}, "hadRole": {}}
    for quad in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS):
        name = quad.predicate.value.removeprefix(PREFIXES["prov"])
        if name == "qualifiedAssociation":
            found[name][str(quad.object)] = str(quad.subject)
        elif name in found:
            found[name][str(quad.subject)] = str(quad.object)
    tasks, roles = found["qualifiedAssociation"], found["hadRole"]
    return {_Link(tasks[assignment], agency, roles[assignment]) for assignment, agency in found["agent"].items()}


def _pairs(links: Iterable[_Link]) -> Iterator[tuple[str, str]]:
    """Lead and partner agency of each task, once for each task."""
    by_task: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in links:
        by_task[link.task][link.role].add(link.agency)
    for roles in by_task.values():
        partners = set().union(*(roles.get(role, set()) for role in _PARTNERS))
        yield from ((lead, partner) for lead, partner in product(roles.get(_LEAD, ()), partners) if lead != partner)
