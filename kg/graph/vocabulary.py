"""Namespaces and terms: how the ten kinds of facts are said in RDF.

A term is kept as its N-Quads spelling (``<http://…>``), so that writing quads is joining strings.  The terms of our own
are defined in ``ontology/policy.ttl``; all others belong to the standards named beside their prefix.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NewType

import kg

#: A node or literal in its N-Quads spelling.
Term = NewType("Term", str)

#: The data's IRIs begin with this unless a build names another base; ``.example`` is reserved by RFC 2606 for this use.
DEFAULT_BASE = "https://policy-kg.example/"
#: The named graph that the ontology itself is kept in.
ONTOLOGY_GRAPH = "https://policy-kg.example/ontology"

PREFIXES: dict[str, str] = {
    "gz": f"{ONTOLOGY_GRAPH}#",
    "eli": "http://data.europa.eu/eli/ontology#",  # European Legislation Identifier: documents and citations
    "org": "http://www.w3.org/ns/org#",  # W3C Organization Ontology: agencies, groups, posts
    "prov": "http://www.w3.org/ns/prov#",  # W3C PROV-O: assignments, where statements come from
    "skos": "http://www.w3.org/2004/02/skos/core#",  # W3C SKOS: labels, indicators, code lists
    "oa": "http://www.w3.org/ns/oa#",  # W3C Web Annotation: evidence
    "time": "http://www.w3.org/2006/time#",  # W3C OWL-Time: periods of plans
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",  # ordered lists
    "fabio": "http://purl.org/spar/fabio/",  # printed issues
    "void": "http://rdfs.org/ns/void#",  # W3C VoID: what a graph holds
    "unit": "http://qudt.org/vocab/unit/",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(curie: str) -> Term:
    """The term that a prefixed name (``prov:agent``) stands for.  KeyError for an unknown prefix."""
    prefix, _, name = curie.partition(":")
    return Term(f"<{PREFIXES[prefix]}{name}>")


def ontology_folder() -> Path:
    """Where policy.ttl and the saved queries lie: inside an installed package, beside it in a checkout."""
    package = Path(kg.__file__).parent
    installed = package / "ontology"
    return installed if installed.is_dir() else package.parent / "ontology"


@dataclass(frozen=True, slots=True)
class Column:
    """How one field of a fact is said: the property path from the fact to a literal, and the literal's datatype.

    A single property is written as it stands.  A longer path leads over a node that is written elsewhere (the task, the
    plan, a code with its notation): it is read only.  ``rdfs:Resource`` is a link to a node, ``schema:ListItem`` one to
    the items of an ordered list.
    """

    path: str
    datatype: str = "xsd:string"

    @property
    def is_literal(self) -> bool:
        """Whether it is a literal that hangs on the fact itself."""
        return "/" not in self.path and self.datatype.startswith("xsd:")


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of fact in RDF: its class and its fields in the order of the export."""

    type: str
    columns: dict[str, Column]


_YEAR = "xsd:gYear"

TABLES: dict[str, Table] = {
    "documents": Table(
        "gz:Document",
        {
            "title": Column("dct:title"),
            "issuers": Column("gz:issuerItem", "schema:ListItem"),
            "date": Column("eli:date_document", "xsd:date"),
            "kind": Column("eli:type_document/skos:prefLabel"),
            "attached": Column("gz:attachmentItem", "schema:ListItem"),
            "gazette": Column("gz:printedIn/dct:identifier"),
            "in_contents": Column("gz:inContents", "xsd:boolean"),
            "printed_in_full": Column("gz:printedInFull", "xsd:boolean"),
            "addressees": Column("gz:addresseeItem", "schema:ListItem"),
        },
    ),
    "plans": Table(
        "gz:Plan",
        {
            "title": Column("dct:title"),
            "type": Column("dct:type/skos:prefLabel"),
            "period_start": Column("dct:temporal/time:hasBeginning/time:inXSDgYear", _YEAR),
            "period_end": Column("dct:temporal/time:hasEnd/time:inXSDgYear", _YEAR),
        },
    ),
    "targets": Table(
        "gz:Target",
        {
            "plan": Column("gz:setBy/dct:title"),
            "indicator": Column("gz:indicatorText"),
            "value": Column("gz:valueText"),
            "comparator": Column("gz:comparator"),
            "unit": Column("gz:unitText"),
            "target_year": Column("gz:targetYear", _YEAR),
            "baseline_value": Column("gz:baselineText"),
            "baseline_year": Column("gz:baselineYear", _YEAR),
            "nature": Column("gz:nature/skos:notation"),
            "source": Column("gz:foundIn"),
            "scope": Column("gz:scope"),
            "section": Column("gz:sectionPath"),
        },
    ),
    "assignments": Table(
        "gz:Assignment",
        {
            "plan": Column("prov:hadPlan/dct:title"),
            "task": Column("^prov:qualifiedAssociation/rdfs:label"),
            "agency": Column("gz:surface"),
            "role": Column("prov:hadRole/skos:notation"),
            "leader": Column("gz:personName"),
            "deadline": Column("gz:deadlineText"),
            "source": Column("gz:foundIn"),
            "canonical": Column("gz:canonicalName"),
            "section": Column("^prov:qualifiedAssociation/gz:sectionPath"),
            "intended": Column("gz:intendedName"),
        },
    ),
    "memberships": Table(
        "gz:Membership",
        {
            "group": Column("gz:groupName"),
            "person": Column("gz:personName"),
            "role": Column("org:role/skos:prefLabel"),
            "post": Column("gz:postText"),
        },
    ),
    "appointments": Table(
        "gz:Appointment",
        {
            "person": Column("gz:personName"),
            "action": Column("gz:action/skos:notation"),
            "post": Column("gz:postText"),
            "organisation": Column("gz:organisationText"),
            "date": Column("dct:date", "xsd:date"),
            "note": Column("gz:note"),
        },
    ),
    "portfolios": Table(
        "gz:Portfolio",
        {
            "person": Column("gz:personName"),
            "relation": Column("gz:duty"),
            "object": Column("gz:objectText"),
        },
    ),
    "citations": Table(
        "gz:Citation",
        {
            "cited_title": Column("gz:citedTitle"),
            "cited_number": Column("gz:citedNumber"),
            "relation": Column("gz:relation/skos:notation"),
        },
    ),
    "agencies": Table(
        "gz:AgencyMention",
        {
            "surface": Column("gz:surface"),
            "canonical": Column("gz:canonicalName"),
            "level": Column("gz:level/skos:notation"),
            "intended": Column("gz:intendedName"),
            "entity": Column("gz:agency", "rdfs:Resource"),
        },
    ),
    "projects": Table(
        "gz:Project",
        {
            "name": Column("dct:title"),
            "nature": Column("gz:projectNature"),
            "period": Column("gz:periodText"),
            "investment": Column("gz:investmentText"),
            "investment_unit": Column("gz:investmentUnit"),
            "owner": Column("gz:ownerText"),
        },
    ),
}

#: The words of the fact tables that stand for a concept of the ontology, whose skos:notation they are.
ROLES = {
    "lead": "gz:LeadRole",
    "responsible": "gz:ResponsibleRole",
    "cooperating": "gz:CooperatingRole",
    "supervising": "gz:SupervisingRole",
}
NATURES = {"约束性": "gz:Binding", "预期性": "gz:Anticipatory"}
ACTIONS = {"appoint": "gz:Appointing", "remove": "gz:Removing"}
RELATIONS = {"basis": "gz:Basis", "amends": "gz:Amendment", "repeals": "gz:Repeal", "mentions": "gz:Mention"}
#: The same relations as plain links from the citing document to the cited one.
CITATION_LINKS = {"basis": "eli:based_on", "amends": "eli:amends", "repeals": "eli:repeals", "mentions": "eli:cites"}
LEVELS = {
    "国家": "gz:NationalLevel",
    "自治区": "gz:AutonomousRegionLevel",
    "省": "gz:ProvincialLevel",
    "市": "gz:CityLevel",
    "县区": "gz:CountyLevel",
    "镇": "gz:TownshipLevel",
    "园区": "gz:ParkLevel",
    "集体": "gz:CollectiveLevel",
    "其他": "gz:OtherLevel",
}
#: What the lists in a document's head link to, besides their items in printed order.
LIST_LINKS = {"issuers": "eli:passed_by", "addressees": "gz:addressee", "attached": "gz:issues"}
