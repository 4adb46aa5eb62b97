"""What each kind of fact links to: agencies, people, plans, tasks, indicators, groups, cited documents.

Literals that hang on the fact itself are written by :mod:`kg.graph.rdf` from the layout in the vocabulary; here are the
nodes around it.  Every node is described in the graph of the document that names it, so that a graph stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kg.facts import (
    Agency,
    Appointment,
    Assignment,
    Citation,
    Document,
    Membership,
    Place,
    Plan,
    Portfolio,
    Project,
    Target,
    number_key,
)
from kg.graph import quantities
from kg.graph.deadlines import deadline
from kg.graph.naming import Naming, area_names, is_iri
from kg.graph.nquads import Quads, iri
from kg.graph.vocabulary import (
    ACTIONS,
    CITATION_LINKS,
    LEVELS,
    LIST_LINKS,
    NATURES,
    RELATIONS,
    ROLES,
    TABLES,
    Term,
    term,
)

_COLLECTIVE = "集体"
_OTHER = "其他"
#: Full names of national bodies begin so; full names of others begin with the name of their area.
_NATIONAL = ("中华人民共和国", "国务院", "中国", "全国", "国家")
#: Bare names of groups (领导小组, 综合协调组) mean another one in each document, where nothing tells whose they are.
_OF_ITS_DOCUMENT = re.compile(r"(?:组|联席会议|指挥部|专班|办公室)$")
#: So do those who are in them, where the group is not named: 各成员单位, 联席会议成员单位.
_ITS_MEMBERS = re.compile(r"(?:领导小组|协调小组|专责小组|指挥部|联席会议|工作专班)?(?:的)?各?成员单位")
#: Two names of one body; what else stands in brackets (试行, 广西) ends in no class word.
_BRACKETED = re.compile(r"([^（）]+)（([^（）]+[局委会办部院室心校厅署])）")
#: A name that begins so speaks of the area of its document (市财政局, 各县区人民政府), even if it passes for canonical.
_RELATIVE = ("各", "市", "县", "区", "省", "自治", "州", "盟", "旗", "我")


@dataclass(frozen=True, slots=True)
class Writer:
    """A document's graph being written.

    ``place`` is the area whose government speaks; ``agencies`` are the document's agency facts by surface form, which
    settle for all other facts which body a printed name means; ``date`` is the document's (ISO 8601).
    """

    quads: Quads
    naming: Naming
    document: Term
    place: Place | None
    gazette: Term | None
    agencies: dict[str, Agency]
    date: str | None = None

    def entity(self, node: Term, kind: str, label: str | None = None, label_property: str = "skos:prefLabel") -> Term:
        """State a node's class and label; gives the node."""
        self.quads.add(node, "rdf:type", term(kind))
        self.quads.say(node, label_property, label)
        return node

    def agency(self, name: str, canonical: str | None = None, intended: str | None = None) -> Term:
        """The agency that a printed name means, described by its names and level."""
        mention = self.agencies.get(name)
        level = mention.level if mention else None
        canonical = canonical or (mention.canonical if mention else None)
        intended = intended or (mention.intended if mention else None)
        whole = canonical or intended or name
        full, others = (whole, []) if level == _COLLECTIVE else _names_of_one_body(whole)
        if mention and mention.entity and is_iri(mention.entity) and canonical == mention.canonical:
            node = iri(mention.entity)
        else:
            everywhere = self._holds_everywhere(name, full, level)
            node = iri(self.naming.agency(full, None if everywhere else self._where(full)))
        self.entity(node, "gz:Collective" if level == _COLLECTIVE else "gz:Agency", full)
        for other in {name, intended or name, whole, *others} - {full}:
            self.quads.say(node, "skos:altLabel", other)
        if level:
            self.quads.add(node, "gz:level", term(LEVELS[level]))
        return node

    def _holds_everywhere(self, name: str, full: str, level: str | None) -> bool:
        """Whether a full name means one body wherever it is said; else it is kept apart by place."""
        if level == _COLLECTIVE or full.startswith(_RELATIVE):
            return False
        if full.startswith((*area_names(self.place), *_NATIONAL)):
            return True
        # Resolving gives a name it does not know back as it was, with no level or level 其他
        return full != name if level is None else level != _OTHER

    def _where(self, full: str) -> str:
        """What a name that does not hold everywhere is kept apart by: its document, where the document alone tells."""
        bare = _OF_ITS_DOCUMENT.search(full) and not full.startswith(_RELATIVE)
        return self._tail if bare or _ITS_MEMBERS.fullmatch(full) else self.here()

    def here(self) -> str:
        """What a name that holds in one place only is kept apart by: the smallest area, else the document."""
        names = area_names(self.place)
        return names[-1] if names else self._tail

    @property
    def _tail(self) -> str:
        """What the document's IRI ends with."""
        return self.document[1:-1].rsplit("/", 1)[-1]

    def person(self, name: str) -> Term:
        """A person by name within the place of the document."""
        return self.entity(iri(self.naming.path("person", self.here(), name)), "foaf:Person", name, "foaf:name")

    def plan(self, title: str) -> Term:
        """A plan of this document."""
        return self.entity(iri(self.naming.plan(self.document[1:-1], title)), "gz:Plan", title, "dct:title")

    def concept(self, kind: str, label: str, type_: str = "skos:Concept") -> Term:
        """A word of an open list (文种, 规划类型, 组长 …) as a concept."""
        return self.entity(iri(self.naming.path(kind, label)), type_, label)


def _names_of_one_body(name: str) -> tuple[str, list[str]]:
    """The first name of a body that has others in brackets, and those: 甲市财政局（甲市金融工作办公室）."""
    match = _BRACKETED.fullmatch(name)
    return (match[1], match[2].split("、")) if match else (name, [])


def date_type(value: str | None) -> str:
    """The datatype of a printed date: xsd:date if it is a whole ISO 8601 date, else plain words."""
    try:
        date.fromisoformat(value or "")
    except ValueError:
        return "xsd:string"
    return "xsd:date"


def _document(writer: Writer, node: Term, fact: Document) -> None:
    quads = writer.quads
    quads.say(node, "dct:identifier", fact.doc)
    if fact.doc != fact.title:
        quads.say(node, "eli:id_local", fact.doc)
    if fact.kind:
        quads.add(node, "eli:type_document", writer.concept("document-type", fact.kind))
    if fact.gazette:
        gazette = writer.gazette or iri(writer.naming.path("gazette", writer.here(), fact.gazette))
        quads.add(node, "gz:printedIn", writer.entity(gazette, "gz:GazetteIssue", fact.gazette, "dct:identifier"))
    if fact.place:
        quads.add(node, "gz:place", _place(writer, fact.place))
    targets: dict[str, Callable[[str], Term]] = {
        "issuers": writer.agency,
        "addressees": writer.agency,
        "attached": writer.plan,
    }
    columns = TABLES["documents"].columns
    for field, link in LIST_LINKS.items():
        item_property = columns[field].path
        for position, name in enumerate(getattr(fact, field), start=1):
            thing = targets[field](name)
            item = iri(f"{node[1:-1]}#{field}-{position}")
            quads.add(node, item_property, writer.entity(item, "schema:ListItem", name, "schema:name"))
            quads.say(item, "schema:position", position, "xsd:integer")
            quads.add(item, "schema:item", thing)
            quads.add(node, link, thing)


def _place(writer: Writer, place: Place) -> Term:
    names = area_names(place)
    node = iri(writer.naming.path("place", *(names or [place.code or "-"])))
    writer.entity(node, "gz:Place", names[-1] if names else place.code)
    writer.quads.say(node, "gz:province", place.province)
    writer.quads.say(node, "gz:city", place.city)
    writer.quads.say(node, "gz:county", place.county)
    writer.quads.say(node, "gz:divisionCode", place.code)
    return node


def _plan(writer: Writer, node: Term, fact: Plan) -> None:
    quads = writer.quads
    quads.add(writer.document, "gz:issues", node)
    if fact.type:
        quads.add(node, "dct:type", writer.concept("plan-type", fact.type))
    if fact.period_start is None and fact.period_end is None:
        return
    period = writer.entity(iri(f"{node[1:-1]}#period"), "time:ProperInterval")
    quads.add(node, "dct:temporal", period)
    for link, year in (("time:hasBeginning", fact.period_start), ("time:hasEnd", fact.period_end)):
        if year is not None:
            instant = writer.entity(iri(writer.naming.path("year", str(year))), "time:Instant")
            quads.say(instant, "time:inXSDgYear", year, "xsd:gYear")
            quads.add(period, link, instant)


def _target(writer: Writer, node: Term, fact: Target) -> None:
    quads = writer.quads
    quads.add(node, "gz:indicator", writer.concept("indicator", fact.indicator, "gz:Indicator"))
    quads.say(node, "gz:value", quantities.decimal(fact.value), "xsd:decimal")
    quads.say(node, "gz:baselineValue", quantities.decimal(fact.baseline_value), "xsd:decimal")
    if fact.plan:
        quads.add(node, "gz:setBy", writer.plan(fact.plan))
    if fact.nature:
        quads.add(node, "gz:nature", term(NATURES[fact.nature]))
    unit, multiplier = quantities.unit(fact.unit)
    if unit:
        quads.add(node, "gz:unit", term(f"unit:{unit}"))
    if multiplier != 1:
        quads.say(node, "gz:multiplier", multiplier, "xsd:integer")


def _assignment(writer: Writer, node: Term, fact: Assignment) -> None:
    quads = writer.quads
    task = iri(writer.naming.task(writer.document[1:-1], fact))
    writer.entity(task, "gz:Task", fact.task, "rdfs:label")
    quads.say(task, "gz:sectionPath", fact.section)
    quads.add(task, "gz:statedIn", writer.document)
    quads.add(task, "prov:qualifiedAssociation", node)
    quads.add(node, "prov:hadRole", term(ROLES[fact.role]))
    quads.say(node, "gz:surface", fact.agency)
    if fact.agency:
        quads.add(node, "prov:agent", writer.agency(fact.agency, fact.canonical, fact.intended))
    if fact.leader:
        quads.add(node, "gz:leader", writer.person(fact.leader))
    if fact.plan:
        quads.add(node, "prov:hadPlan", writer.plan(fact.plan))
    due = deadline(fact.deadline, writer.date)
    quads.say(node, "gz:due", due.date, "xsd:date")
    quads.say(node, "gz:dueEachYear", due.yearly, "xsd:gMonthDay")


def _membership(writer: Writer, node: Term, fact: Membership) -> None:
    group = writer.entity(writer.agency(fact.group), "gz:LeadingGroup")
    writer.quads.say(node, "gz:groupName", fact.group)
    writer.quads.add(node, "org:organization", group)
    writer.quads.add(node, "org:role", writer.concept("role", fact.role, "org:Role"))
    if fact.person:
        writer.quads.add(node, "org:member", writer.person(fact.person))


def _appointment(writer: Writer, node: Term, fact: Appointment) -> None:
    quads = writer.quads
    quads.add(node, "gz:person", writer.person(fact.person))
    quads.add(node, "gz:action", term(ACTIONS[fact.action]))
    names = (fact.organisation or writer.here(), fact.post)
    post = writer.entity(iri(writer.naming.path("post", *names)), "org:Post", fact.post)
    quads.add(node, "org:post", post)
    if fact.organisation:
        quads.add(post, "org:postIn", writer.agency(fact.organisation))


def _portfolio(writer: Writer, node: Term, fact: Portfolio) -> None:
    writer.quads.add(node, "gz:person", writer.person(fact.person))
    if fact.object in writer.agencies:
        writer.quads.add(node, "gz:agency", writer.agency(fact.object))


def _citation(writer: Writer, node: Term, fact: Citation) -> None:
    quads = writer.quads
    reference = number_key(fact.cited_number) if fact.cited_number else fact.cited_title
    if reference is None:
        raise ValueError("a citation names neither a title nor a number")
    cited = writer.entity(iri(writer.naming.document(reference)), "gz:CitedDocument", reference, "dct:identifier")
    quads.say(cited, "eli:id_local", fact.cited_number)
    quads.add(node, "gz:cited", cited)
    quads.add(node, "gz:relation", term(RELATIONS[fact.relation]))
    quads.add(writer.document, CITATION_LINKS[fact.relation], cited)


def _agency(writer: Writer, node: Term, fact: Agency) -> None:
    exact = replace(writer, agencies={**writer.agencies, fact.surface: fact})
    writer.quads.add(node, "gz:agency", exact.agency(fact.surface))
    if fact.level:
        writer.quads.add(node, "gz:level", term(LEVELS[fact.level]))


def _project(writer: Writer, node: Term, fact: Project) -> None:
    writer.quads.say(node, "gz:investment", quantities.decimal(fact.investment), "xsd:decimal")
    if fact.owner:
        writer.quads.add(node, "gz:owner", writer.agency(fact.owner))


WRITERS: dict[str, Callable[[Writer, Term, Any], None]] = {
    "documents": _document,
    "plans": _plan,
    "targets": _target,
    "assignments": _assignment,
    "memberships": _membership,
    "appointments": _appointment,
    "portfolios": _portfolio,
    "citations": _citation,
    "agencies": _agency,
    "projects": _project,
}
