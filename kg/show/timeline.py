"""Timelines: what the documents say of an agency, a person or an indicator, by date."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.graph.queries import find
from kg.graph.store import Graph, QueryError
from kg.show.places import Places, placed
from kg.show.report import answered
from kg.show.sections import Row, Section

_COLUMNS = ("date", "kind", "what", "detail", "document", "fact")
_AGENCY = """
SELECT DISTINCT ?date ?kind ?what ?detail ?document ?fact WHERE {{
    VALUES ?agency {{ {agencies} }}
    {{
        ?fact prov:agent ?agency ; prov:hadRole ?role .
        ?role skos:notation ?kind .
        ?node prov:qualifiedAssociation ?fact ; rdfs:label ?what .
        OPTIONAL {{ ?fact gz:deadlineText ?detail }}
    }} UNION {{
        ?fact eli:passed_by ?agency ; gz:rule ?rule ; dct:title ?what .
        BIND("issued" AS ?kind)
    }} UNION {{
        ?post org:postIn ?agency .
        ?fact org:post ?post ; gz:personName ?what ; gz:postText ?detail ; gz:action ?action .
        ?action skos:notation ?kind .
    }}
    ?fact gz:statedIn ?statedIn .
    ?statedIn dct:identifier ?document .
    OPTIONAL {{ ?statedIn eli:date_document ?date }}
}}
"""
_CHANGES = """
SELECT ?date ?kind ?what ?detail (MIN(?source) AS ?fact) WHERE {{
    VALUES ?agency {{ {agencies} }}
    ?event org:originalOrganization|org:resultingOrganization ?agency ; rdfs:label ?what ; prov:wasDerivedFrom ?source .
    OPTIONAL {{ ?event dct:date ?date }}
    OPTIONAL {{ ?event gz:changeKind ?kind }}
    OPTIONAL {{ ?event dct:source ?detail }}
}}
GROUP BY ?event ?date ?kind ?what ?detail
"""
_TENURES = """
SELECT DISTINCT ?post ?name ?appointed ?firstSeen ?lastSeen ?removed (MIN(?source) AS ?fact) WHERE {{
    VALUES ?base {{ {people} }}
    ?person prov:specializationOf? ?base .
    ?tenure a gz:Tenure ; org:member ?person ; gz:heldPost ?post ; prov:wasDerivedFrom ?source .
    OPTIONAL {{ ?tenure org:organization ?body OPTIONAL {{ ?body skos:prefLabel ?name }} }}
    OPTIONAL {{ ?tenure gz:appointed ?appointed }}
    OPTIONAL {{ ?tenure gz:firstSeen ?firstSeen }}
    OPTIONAL {{ ?tenure gz:lastSeen ?lastSeen }}
    OPTIONAL {{ ?tenure gz:removed ?removed }}
}}
GROUP BY ?tenure ?post ?name ?appointed ?firstSeen ?lastSeen ?removed
ORDER BY ?appointed ?firstSeen ?removed ?post
"""


def timeline(graph: Graph, name: str) -> list[Section]:
    """The timeline of the agency, person or indicator with this name (or IRI), the first kind that has it.

    QueryError if none has.
    """
    kinds: Mapping[str, Callable[[Graph, list[str], str], list[Section]]] = {
        "person": _person,
        "indicator": _indicator,
        "agency": _agency,
    }
    errors = []
    for kind, tell in kinds.items():
        try:
            sections = tell(graph, find(graph, kind, name), name)
        except QueryError as error:
            errors.append(str(error).partition("; near it: ")[2].rstrip("."))
            continue
        if any(section.rows for section in sections):
            return sections
    near = "、".join(filter(None, errors))
    raise QueryError(
        f"no agency, person or indicator in the graph is called {name}{f'; near it: {near}' if near else ''}."
    )


def _person(graph: Graph, people: list[str], name: str) -> list[Section]:
    places = Places(graph)
    events = answered(graph, "posts-of-person", {"person": name})
    columns = ("date", "kind", "what", "where", "note", "document", "fact")
    posts = Section(
        "posts",
        {"zh": f"{name}的任职起止", "en": f"Posts held by {name}"},
        ("post", "name", "appointed", "firstSeen", "lastSeen", "removed", "fact"),
        tuple(graph.select(_TENURES.format(people=_terms(people)))),
    )
    return [placed(Section("timeline", _title(name), columns, events.rows), places), placed(posts, places)]


def _indicator(graph: Graph, indicators: list[str], name: str) -> list[Section]:
    found = answered(graph, "indicator-over-years", {"indicator": name})
    return [placed(Section("timeline", _title(name), found.columns, found.rows), Places(graph))]


def _agency(graph: Graph, agencies: list[str], name: str) -> list[Section]:
    places = Places(graph)
    rows: list[Row] = [*graph.select(_AGENCY.format(agencies=_terms(agencies)))]
    rows += graph.select(_CHANGES.format(agencies=_terms(agencies)))
    rows.sort(key=lambda row: (row["date"] or "", row.get("document") or "", places.order(row["fact"])))
    return [placed(Section("timeline", _title(name), _COLUMNS, tuple(rows)), places)]


def _title(name: str) -> dict[str, str]:
    return {"zh": f"{name}大事记", "en": f"Timeline of {name}"}


def _terms(iris: list[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
