"""Facts → RDF: one named graph per document, with every fact as a node that knows its evidence, rule and confidence.

A document's graph depends on that document alone; what looks across documents is made in :mod:`kg.graph.derived`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.facts import TABLES as FACT_TABLES
from kg.facts import Agency, Document, Evidence, Fact
from kg.graph import kinds
from kg.graph.naming import Naming
from kg.graph.nquads import NamedGraph, Quads, iri, literal
from kg.graph.vocabulary import TABLES, Term, term

_TABLE_OF: dict[type[Fact], str] = {kind: table for table, kind in FACT_TABLES.items()}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What a graph says of the file it comes from; ``length`` counts code points of the decoded text."""

    name: str
    sha256: str
    encoding: str
    length: int


@dataclass(frozen=True, slots=True)
class GazetteIssue:
    """A printed issue (公报期): ``identifier`` is ``year-issue``, ``title`` the gazette's name, ``date`` ISO 8601."""

    identifier: str
    title: str | None = None
    running_number: int | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """A document's named graph and what is in it: its number (or title), its IRI, the number of facts by table."""

    reference: str
    title: str | None
    iri: str
    graph: NamedGraph
    facts: dict[str, int]


def gazette_iri(naming: Naming, source: SourceFile, issue: GazetteIssue) -> str:
    """A gazette issue by the gazette's name and ``year-issue``; one without a name by its file."""
    return naming.path("gazette", issue.title or source.name, issue.identifier)


def document_graph(
    naming: Naming,
    source: SourceFile,
    issue: GazetteIssue | None,
    reference: str,
    facts: Sequence[Fact],
    copy: int = 1,
    decide: Callable[[Iterable[tuple[str, Fact]]], Sequence[tuple[str, Fact]]] = list,
) -> DocumentGraph:
    """The named graph of one printed document.

    Args:
        naming: gives the IRIs.
        source: the file the document stands in.
        issue: the gazette issue around it, if any.
        reference: the document's number, or its title where it has none.
        facts: all facts of this document, resolved.
        copy: 2, 3 … for further documents with the same number in the same file.
        decide: takes the facts with their IRIs, gives those that stand, corrected where someone has corrected them.
    """
    head = next((fact for fact in facts if isinstance(fact, Document)), None)
    document = naming.document(reference, head.title, head.date) if head else naming.document(reference)
    decided = decide(zip(naming.facts(document, facts), facts, strict=True))
    names, facts = [name for name, _ in decided], [fact for _, fact in decided]
    head = next((fact for fact in facts if isinstance(fact, Document)), None)
    graph = naming.path("graph", source.name, reference) + (f"-{copy}" if copy > 1 else "")
    quads = Quads(graph)
    _describe_graph(quads, naming, source, document)
    writer = kinds.Writer(
        quads=quads,
        naming=naming,
        document=iri(document),
        place=head.place if head else None,
        gazette=iri(gazette_iri(naming, source, issue)) if issue else None,
        agencies=_by_name([fact for fact in facts if isinstance(fact, Agency)]),
        date=head.date if head else None,
    )
    writer.entity(writer.document, "gz:Document")
    quads.say(writer.document, "dct:identifier", reference)
    for fact, name in zip(facts, names, strict=True):
        _write_fact(writer, naming.source(source.sha256), iri(name), fact)
    return DocumentGraph(
        reference=reference,
        title=head.title if head else None,
        iri=document,
        graph=quads.finish(),
        facts=dict(sorted(Counter(_TABLE_OF[type(fact)] for fact in facts).items())),
    )


def file_graph(
    naming: Naming, source: SourceFile, issue: GazetteIssue | None, problems: Sequence[str] = ()
) -> NamedGraph:
    """The named graph about a file and the gazette issue in it; ``problems`` are what reading found wrong."""
    quads = Quads(naming.path("graph", source.name))
    file = _describe_source(quads, naming, source)
    for problem in problems:
        quads.say(file, "gz:problem", problem)
    if issue:
        node = iri(gazette_iri(naming, source, issue))
        quads.add(node, "rdf:type", term("gz:GazetteIssue"))
        quads.add(node, "prov:wasDerivedFrom", file)
        quads.say(node, "dct:identifier", issue.identifier)
        quads.say(node, "dct:title", issue.title)
        quads.say(node, "gz:runningNumber", issue.running_number, "xsd:integer")
        quads.say(node, "dct:issued", issue.date, kinds.date_type(issue.date))
    return quads.finish()


def _by_name(mentions: Sequence[Agency]) -> dict[str, Agency]:
    """A document's agency facts by what it calls the bodies: as printed, and as meant where the printed form is cut."""
    meant = {mention.intended: mention for mention in mentions if mention.intended}
    return meant | {mention.surface: mention for mention in mentions}


def _describe_source(quads: Quads, naming: Naming, source: SourceFile) -> Term:
    node = iri(naming.source(source.sha256))
    quads.add(node, "rdf:type", term("gz:SourceFile"))
    quads.say(node, "gz:fileName", source.name)
    quads.say(node, "gz:sha256", source.sha256)
    quads.say(node, "gz:encoding", source.encoding)
    quads.say(node, "gz:length", source.length, "xsd:integer")
    return node


def _describe_graph(quads: Quads, naming: Naming, source: SourceFile, document: str) -> None:
    graph = iri(quads.graph)
    quads.add(graph, "rdf:type", term("gz:DocumentGraph"))
    quads.add(graph, "dct:subject", iri(document))
    quads.add(graph, "prov:wasDerivedFrom", _describe_source(quads, naming, source))
    quads.add(graph, "prov:wasGeneratedBy", iri(naming.build))


def _write_fact(writer: kinds.Writer, source: str, node: Term, fact: Fact) -> None:
    table = _TABLE_OF[type(fact)]
    quads, layout = writer.quads, TABLES[table]
    quads.add(node, "rdf:type", term(layout.type))
    quads.add(node, "gz:statedIn", writer.document)
    quads.say(node, "gz:rule", fact.rule)
    quads.add(node, "gz:confidence", literal(round(float(fact.confidence), 4), "xsd:decimal"))
    for index, evidence in enumerate(fact.evidence):
        place = _write_evidence(quads, writer.naming, source, evidence)
        quads.add(node, "gz:furtherEvidence" if index else "gz:evidence", place)
    for field, column in layout.columns.items():
        if column.is_literal:
            value = getattr(fact, field)
            datatype = kinds.date_type(value) if column.datatype == "xsd:date" else column.datatype
            quads.say(node, column.path, value, datatype)
    kinds.WRITERS[table](writer, node, fact)


def _write_evidence(quads: Quads, naming: Naming, source: str, evidence: Evidence) -> Term:
    """A place in the source with its two selectors (W3C Web Annotation Data Model, 4.2)."""
    name = naming.evidence(source, evidence)
    place, position, quote = iri(name), iri(f"{name};position"), iri(f"{name};quote")
    quads.add(place, "rdf:type", term("oa:SpecificResource"))
    quads.add(place, "oa:hasSource", iri(source))
    quads.add(place, "oa:hasSelector", position)
    quads.add(place, "oa:hasSelector", quote)
    quads.add(position, "rdf:type", term("oa:TextPositionSelector"))
    quads.say(position, "oa:start", evidence.start, "xsd:nonNegativeInteger")
    quads.say(position, "oa:end", evidence.end, "xsd:nonNegativeInteger")
    quads.add(quote, "rdf:type", term("oa:TextQuoteSelector"))
    quads.say(quote, "oa:exact", evidence.quote)
    quads.say(place, "gz:page", evidence.page, "xsd:integer")
    quads.say(place, "gz:box", evidence.box)
    return place
