"""All graphs of links of a build, and what people have decided about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


def link_graphs(
    naming: Naming, folder: Folder, files: Sequence[FileEntry], rulings: Rulings | None = None
) -> tuple[NamedGraph, ...]:
    """All graphs of links of a build, from the document graphs in a folder.

    Args:
        naming: gives the IRIs.
        folder: holds the document graphs.
        files: the files of the build.
        rulings: what people have decided.
    """
    world = World(naming, folder, files)
    rules = rulings or Rulings()
    parts: dict[str, Callable[[World, LinkGraph], None]] = {
        "documents": document_links,
        "agencies": agency_links,
        "people": people_links,
        "indicators": indicator_links,
        "tasks": task_links,
    }
    graphs = []
    for name, write in parts.items():
        graph = LinkGraph(naming, name, rules)
        write(world, graph)
        graphs.append(graph.finish())
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
