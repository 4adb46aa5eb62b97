"""Graphs of links across documents: documents, plans, people, indicators, agencies, and the tasks that serve targets.

They are made anew at each build from all document graphs.  Each statement in them has a node of the class ``gz:Link``
(or is one of a tenure, a change, a concept) that names its rule, its confidence and the facts that it derives from.
Links in doubt have such a node too, but are not stated until someone accepts them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from kg.facts import Place
from kg.graph.folder import FileEntry, Folder
from kg.graph.naming import Naming, area_names, digest
from kg.graph.nquads import NamedGraph, Quads, iri, literal
from kg.graph.store import without_graph
from kg.graph.vocabulary import PREFIXES, Term, term
from kg.resolve.decisions import ACCEPT, Rulings
from kg.resolve.link import Link

#: Links of which a node has one: an accepted doubtful link takes the place of the one that the rules made.
_ONLY_ONE = {"gz:resolvedTo", "gz:measures", "gz:identifiedPerson"}
STATED, DOUBTFUL, REJECTED = "gz:StatedLink", "gz:DoubtfulLink", "gz:RejectedLink"

Row = dict[str, str]

#: Statements that no rule of linking asks for, a third of all: loading them would cost as much as all linking.
_NOT_ASKED_FOR = ("oa:exact", "gz:confidence", "gz:furtherEvidence", "gz:canonicalName", "gz:surface")
_NOT_ASKED = re.compile(
    rb"^[^ ]+ <(?:%s|%s> <%s[A-Za-z]+)> [^\n]*\n"
    % (
        b"|".join(re.escape(term(name)[1:-1].encode()) for name in _NOT_ASKED_FOR),
        re.escape(term("rdf:type")[1:-1].encode()),
        re.escape(PREFIXES["oa"].encode()),
    ),
    re.MULTILINE,
)
#: Graphs are loaded so many at a time.
_GRAPHS = 500


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed document as its graph describes it."""

    iri: str
    number: str | None
    title: str
    date: str | None
    place: Place
    in_full: bool


class World:
    """All document graphs of a build, to be asked before there is a manifest."""

    def __init__(self, naming: Naming, folder: Folder, files: Sequence[FileEntry]) -> None:
        self.naming, self.folder, self.files = naming, folder, files
        self._text = ("", "")
        self._store = ox.Store()
        chunk: list[bytes] = []
        for graph in (graph for file in files for graph in file.graphs):
            # One regular expression over a whole graph: a look at each line would cost more than it saves
            chunk.append(_NOT_ASKED.sub(b"", without_graph(folder.content(graph), graph.iri)))
            if len(chunk) == _GRAPHS:
                self._load(chunk)
                chunk = []
        self._load(chunk)

    def _load(self, chunk: list[bytes]) -> None:
        self._store.bulk_load(b"".join(chunk), format=ox.RdfFormat.N_TRIPLES, lenient=True)

    def rows(self, where: str, variables: str) -> list[Row]:
        """The distinct solutions of a pattern, sorted; unbound variables are left out."""
        if any(name in where for name in _NOT_ASKED_FOR):
            raise ValueError(f"not loaded for linking: {where}")
        names = variables.split()
        chosen = " ".join(f"?{name}" for name in names)
        found = self._store.query(f"SELECT DISTINCT {chosen} WHERE {{ {where} }}", prefixes=PREFIXES)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("a SELECT query gives solutions")
        rows = [{name: term.value for name, term in zip(names, row, strict=True) if term is not None} for row in found]
        return sorted(rows, key=lambda row: [row.get(name, "") for name in names])

    @cached_property
    def documents(self) -> dict[str, Printed]:
        """The printed documents by IRI; what two files print is one document, whole if one of them prints it whole."""
        found: dict[str, Printed] = {}
        rows = self.rows(
            "?d a gz:Document ; dct:title ?title . OPTIONAL { ?d eli:id_local ?number } "
            "OPTIONAL { ?d eli:date_document ?date } OPTIONAL { ?d gz:printedInFull ?full } "
            "OPTIONAL { ?d gz:place ?p OPTIONAL { ?p gz:province ?province } OPTIONAL { ?p gz:city ?city } "
            "OPTIONAL { ?p gz:county ?county } OPTIONAL { ?p gz:divisionCode ?code } }",
            "d title number date full province city county code",
        )
        for row in rows:
            place = Place(row.get("province"), row.get("city"), row.get("county"), row.get("code"))
            full = row.get("full") == "true" or (row["d"] in found and found[row["d"]].in_full)
            date = row.get("date") or (found[row["d"]].date if row["d"] in found else None)
            found[row["d"]] = Printed(row["d"], row.get("number"), row["title"], date, place, full)
        return found

    def text(self, source: str) -> str:
        """The decoded text of a source, by its IRI.  One text is kept at a time: those of a corpus are large."""
        if self._text[0] != source:
            file = next(file for file in self.files if self.naming.source(file.sha256) == source)
            self._text = source, self.folder.text(file)
        return self._text[1]

    def place(self, document: str) -> Place:
        """The area of a document."""
        known = self.documents.get(document)
        return known.place if known else Place()

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Agencies, collectives and leading groups by IRI, with their full names."""
        rows = self.rows(
            "?a skos:prefLabel ?name ; a ?kind VALUES ?kind { gz:Agency gz:Collective gz:LeadingGroup }", "a name"
        )
        return {row["a"]: row["name"] for row in rows}

    @cached_property
    def _agency_by_name(self) -> dict[str, list[str]]:
        table: defaultdict[str, list[str]] = defaultdict(list)
        for node, name in self.agencies.items():
            table[name].append(node)
        return dict(table)

    def agency(self, name: str, place: Place) -> str:
        """The node of an agency with this full name that a document of a place means; a new one if none names it."""
        own = self.naming.agency(name, area_names(place)[-1]) if area_names(place) else ""
        everywhere = self.naming.agency(name, None)
        known = self._agency_by_name.get(name, [])
        return next((node for node in (everywhere, own) if node in known), everywhere)


def authority_list(naming: Naming, rulings: Rulings) -> str:
    """The IRI of the user's own list of agencies, by all that has been decided."""
    return naming.path("authority-list", rulings.digest)


class LinkGraph:
    """A graph of links being written."""

    def __init__(self, naming: Naming, name: str, rulings: Rulings) -> None:
        self.naming, self.rulings = naming, rulings
        self.quads = Quads(naming.path("graph", "links", name))
        self._links: dict[tuple[str, str, str], Link] = {}

    def node(self, link: Link) -> str:
        """The IRI of a link: the same for the same statement, whatever it rests on."""
        return self.naming.path("link", digest(f"{link.subject} {link.predicate} {link.object}"))

    def verdict(self, link: Link) -> str | None:
        """What someone has decided about a link: accept, reject or nothing."""
        if not self.rulings.decisions:
            return None
        decision = self.rulings.verdict(self.node(link))
        return decision.verdict if decision else None

    def add(self, link: Link) -> None:
        """Take a link in; the same link for several reasons is one link with all their sources."""
        key = (link.subject, link.predicate, link.object)
        known = self._links.get(key)
        if known:
            surer = max(known, link, key=lambda each: (each.doubt is None, each.confidence))
            link = replace(surer, sources=tuple(sorted({*known.sources, *link.sources})))
        self._links[key] = link

    def describe(
        self,
        node: str,
        kind: str,
        label: str | None,
        sources: Iterable[str],
        label_property: str = "skos:prefLabel",
    ) -> Term:
        """State class and label of a node that perhaps no document describes, and the facts that speak of it."""
        subject = iri(node)
        self.quads.add(subject, "rdf:type", term(kind))
        self.quads.say(subject, label_property, label)
        self.derive(subject, sources)
        return subject

    def derive(self, node: Term, sources: Iterable[str]) -> None:
        """State the facts that a derived node rests on."""
        for source in sources:
            self.quads.add(node, "prov:wasDerivedFrom", iri(source))

    def finish(self) -> NamedGraph:
        """The graph with all its links."""
        taken = {
            (link.subject, link.predicate)
            for link in self._links.values()
            if link.predicate in _ONLY_ONE and link.doubt and self.verdict(link) == ACCEPT
        }
        for link in self._links.values():
            verdict = self.verdict(link)
            if verdict:
                status = STATED if verdict == ACCEPT else REJECTED
            elif (link.subject, link.predicate) in taken:
                continue
            else:
                status = DOUBTFUL if link.doubt and not link.assumed else STATED
            self._write(link, status)
        return self.quads.finish()

    def _write(self, link: Link, status: str) -> None:
        node = iri(self.node(link))
        quads = self.quads
        subject, target = iri(link.subject), iri(link.object)
        quads.add(node, "rdf:type", term("gz:Link"))
        quads.add(node, "rdf:subject", subject)
        quads.add(node, "rdf:predicate", term(link.predicate))
        quads.add(node, "rdf:object", target)
        quads.add(node, "gz:linkStatus", term(status))
        quads.say(node, "gz:linkRule", link.rule)
        quads.add(node, "gz:linkConfidence", literal(link.confidence, "xsd:decimal"))
        quads.say(node, "gz:doubt", link.doubt)
        self.derive(node, link.sources)
        if status == STATED:
            quads.add(subject, link.predicate, target)
