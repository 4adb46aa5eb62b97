"""All graphs of links of a build, and what people have decided about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from kg.beside import beside
from kg.graph.folder import FileEntry, Folder
from kg.graph.links import LinkGraph, World, authority_list
from kg.graph.links_agencies import agency_links
from kg.graph.links_documents import document_links
from kg.graph.links_people import people_links
from kg.graph.links_targets import indicator_links, task_links
from kg.graph.naming import Naming, digest
from kg.graph.nquads import NamedGraph, Quads, iri
from kg.graph.vocabulary import term
from kg.resolve.decisions import Rulings

_PARTS: dict[str, Callable[[World, LinkGraph], None]] = {
    "documents": document_links,
    "agencies": agency_links,
    "people": people_links,
    "indicators": indicator_links,
    "tasks": task_links,
}


def link_graphs(
    naming: Naming, folder: Folder, files: Sequence[FileEntry], rulings: Rulings | None = None, workers: int = 1
) -> tuple[NamedGraph, ...]:
    """All graphs of links of a build, from the document graphs in a folder.

    Args:
        naming: gives the IRIs.
        folder: holds the document graphs.
        files: the files of the build.
        rulings: what people have decided.
        workers: processes to share the work among.
    """
    world = World(naming, folder, files)
    rules = rulings or Rulings()

    def written(names: Sequence[str]) -> dict[str, NamedGraph]:
        graphs = {name: LinkGraph(naming, name, rules) for name in names}
        for name, graph in graphs.items():
            _PARTS[name](world, graph)
        return {name: graph.finish() for name, graph in graphs.items()}

    shares = [tuple(_PARTS)[number::workers] for number in range(min(workers, len(_PARTS)))]
    others = [beside(partial(written, share)) for share in shares[1:]]
    done = written(shares[0])
    for other in others:
        done |= other()
    graphs = [done[name] for name in _PARTS]
    # A graph without statements is none
    return tuple(graph for graph in (*graphs, _decisions(naming, rules)) if graph.quads)


def _decisions(naming: Naming, rulings: Rulings) -> NamedGraph:
    """What people have decided, by whom, when and why."""
    quads = Quads(naming.path("graph", "decisions"))
    if rulings.authorities:
        quads.add(iri(authority_list(naming, rulings)), "rdf:type", term("prov:Entity"))
    for decision in rulings.decisions:
        node = iri(naming.path("decision", digest(repr(decision))))
        quads.add(node, "rdf:type", term("gz:Decision"))
        quads.add(node, "gz:decides", iri(decision.iri))
        # What was rejected is described nowhere else
        quads.add(iri(decision.iri), "rdf:type", term("prov:Entity"))
        quads.say(node, "gz:verdict", decision.verdict)
        quads.say(node, "gz:correctedField", decision.field)
        quads.say(node, "gz:correctedValue", decision.value)
        quads.say(node, "dct:creator", decision.who)
        quads.say(node, "dct:date", decision.when, "xsd:date")
        quads.say(node, "dct:description", decision.why)
    return quads.finish()
