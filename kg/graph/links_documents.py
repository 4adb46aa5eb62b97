"""Links of documents: what citations mean, stubs of what nobody prints, announced plans, chains of documents."""

from __future__ import annotations

from kg.facts import Place
from kg.graph.links import LinkGraph, Printed, World
from kg.graph.naming import area_names
from kg.graph.nquads import iri
from kg.graph.vocabulary import CITATION_LINKS, LEVELS, RELATIONS, term
from kg.resolve.documents import (
    DOCUMENT,
    Cited,
    KnownDocument,
    KnownPlan,
    Resolved,
    resolve_citations,
)
from kg.resolve.issuers import Issuer, issuer, teach, title_level
from kg.resolve.link import Link

_PRINTED, _ANNOUNCED = "gz:textIn", "gz:announcedIn"
#: Share of right links, estimated by reading: a cited title tells what its document issues.
_ISSUES = 0.95


def document_links(world: World, graph: LinkGraph) -> None:
    """Write what citations mean, and what is known of documents and plans that nobody prints."""
    citations = _citations(world)
    plans = _plans(world)
    documents = [
        KnownDocument(each.iri, each.number, each.title, each.date, tuple(area_names(each.place)))
        for each in world.documents.values()
    ]
    found = resolve_citations(citations, documents, plans, world.naming.document, world.naming.plan)
    for link in found.links:
        graph.add(link)
    _chain(citations, found.links, graph)
    _texts(world, plans, graph)
    _stubs(world, found, graph)


def _citations(world: World) -> list[Cited]:
    rows = world.rows(
        "?c a gz:Citation ; gz:statedIn ?d ; gz:relation ?r . "
        "OPTIONAL { ?c gz:citedNumber ?number } OPTIONAL { ?c gz:citedTitle ?title }",
        "c d number title r",
    )
    names = {term(relation).strip("<>"): name for name, relation in RELATIONS.items()}
    return [Cited(row["c"], row["d"], row.get("number"), row.get("title"), names[row["r"]]) for row in rows]


def _plans(world: World) -> list[KnownPlan]:
    rows = world.rows("?p a gz:Plan ; dct:title ?title . ?d gz:issues ?p", "p title d")
    return [KnownPlan(row["p"], row["title"], row["d"]) for row in rows]


def _chain(citations: list[Cited], links: tuple[Link, ...], graph: LinkGraph) -> None:
    """Join citing and cited document directly: from a city's plan over the region's to the State's."""
    relations = {cited.iri: cited for cited in citations}
    for link in links:
        cited = relations[link.subject]
        # A decision about what a citation means decides about the chain too
        stated = graph.verdict(link) == "accept" or (link.doubt is None and graph.verdict(link) is None)
        if link.predicate == DOCUMENT and stated and link.object != cited.document:
            predicate = CITATION_LINKS[cited.relation]
            graph.add(Link(cited.document, predicate, link.object, "documents.chain", link.confidence, link.sources))


def _texts(world: World, plans: list[KnownPlan], graph: LinkGraph) -> None:
    """Which document prints a plan's text, and which only announces it."""
    for plan in plans:
        document = world.documents.get(plan.document)
        if document:
            predicate = _PRINTED if document.in_full else _ANNOUNCED
            graph.add(Link(plan.iri, predicate, document.iri, "documents.text", 0.95, (plan.iri,)))


def _stubs(world: World, found: Resolved, graph: LinkGraph) -> None:
    """What is known of documents and plans that are cited only: title, number, issuer, level."""
    taught = _taught(list(world.documents.values()), world)
    cited_by: dict[str, set[str]] = {}
    for link in found.links:
        if link.doubt is None:
            cited_by.setdefault(link.object, set()).add(link.subject)
    stubs = {link.object for link in found.links if link.predicate == DOCUMENT} - set(world.documents)
    for node in sorted(stubs):
        sources = cited_by.get(node, set())
        subject = graph.describe(node, "gz:CitedDocument", found.titles.get(node), sources, "dct:title")
        number = found.numbers.get(node)
        graph.quads.say(subject, "eli:id_local", number)
        known = issuer(number, taught) if number else None
        level = known.level if known else title_level(found.titles.get(node, ""))
        if known:
            body = world.agency(known.name, Place())
            graph.describe(body, "gz:Agency", known.name, sources)
            graph.quads.add(subject, "eli:passed_by", iri(body))
        if level:
            graph.quads.add(subject, "gz:level", term(LEVELS[level]))
    for node, plan in sorted(found.plans.items()):
        sources = cited_by.get(node, set())
        graph.describe(node, "gz:Plan", plan.title, sources, "dct:title")
        graph.add(Link(plan.document, "gz:issues", node, "documents.issues", _ISSUES, tuple(sorted(sources))))


def _taught(documents: list[Printed], world: World) -> dict[str, Issuer]:
    """The issuers whose letters the printed documents show."""
    rows = world.rows("?d gz:issuerItem ?item . ?item schema:position 1 ; schema:name ?name", "d name")
    first = {row["d"]: row["name"] for row in rows}
    return teach((each.number, first[each.iri], each.place) for each in documents if each.number and each.iri in first)
