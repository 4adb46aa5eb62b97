"""Saved queries: one competency question each, in a file of ``ontology/queries`` that any SPARQL 1.1 server runs.

A file begins with a header of comments::

    # title-zh: 某机构承担的任务
    # title-en: Tasks of an agency
    # description-zh: …
    # description-en: …
    # param agency: agency required; zh: 机构; en: agency

and has one line ``VALUES ?agency { UNDEF }`` for each parameter, at the place where a value narrows the search most.
UNDEF means any; binding puts the terms of the value there, spelled by Oxigraph, so no value can change the query.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph as ox

from kg.graph.naming import is_iri
from kg.graph.store import Graph, QueryError, Result
from kg.graph.vocabulary import PREFIXES, ROLES, ontology_folder

_HEADER = re.compile(r"#\s*(title|description)-(zh|en):\s*(.+)")
_PARAMETER = re.compile(r"#\s*param\s+(\w+):\s*(\w+)\s*(required|optional);\s*zh:\s*(.+?);\s*en:\s*(.+)")
_SLOT = "VALUES ?{name} {{ UNDEF }}"

#: How an entity is found by one of its names, by the type of the parameter.
_LOOKUPS = {
    "agency": "SELECT DISTINCT ?found ?name { ?found skos:prefLabel|skos:altLabel ?name ; a ?type "
    "VALUES ?type { gz:Agency gz:Collective gz:LeadingGroup } }",
    "group": "SELECT DISTINCT ?found ?name { ?found a gz:LeadingGroup ; skos:prefLabel|skos:altLabel ?name }",
    "plan": "SELECT DISTINCT ?found ?name { ?found a gz:Plan ; dct:title ?name }",
    "person": "SELECT DISTINCT ?found ?name { ?found a foaf:Person ; foaf:name ?name }",
    "document": "SELECT DISTINCT ?found ?name { ?found a gz:Document ; dct:identifier|dct:title ?name }",
    "indicator": "SELECT DISTINCT ?found ?name { ?found a gz:Indicator ; skos:prefLabel|skos:altLabel ?name }",
    "task": "SELECT DISTINCT ?found ?name { ?found a gz:Task ; rdfs:label ?name }",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a saved query asks for; ``type`` says how it is read, ``title`` has ``zh`` and ``en``."""

    name: str
    type: str
    required: bool
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question with a name; ``title`` and ``description`` have ``zh`` and ``en``."""

    name: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    text: str


@cache
def saved() -> dict[str, SavedQuery]:
    """All saved queries by name."""
    paths = sorted((ontology_folder() / "queries").glob("*.rq"))
    return {path.stem: parse(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def parse(name: str, text: str) -> SavedQuery:
    """Read a saved query and its header.  QueryError if something is missing in it."""
    words: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    parameters = []
    for line in text.splitlines():
        if match := _HEADER.match(line):
            words[match[1]][match[2]] = match[3].strip()
        elif match := _PARAMETER.match(line):
            parameters.append(Parameter(match[1], match[2], match[3] == "required", {"zh": match[4], "en": match[5]}))
    lacking = [f"{kind}-{language}" for kind in words for language in ("zh", "en") if language not in words[kind]]
    lacking += [_SLOT.format(name=parameter.name) for parameter in parameters if text.count(_slot(parameter)) != 1]
    if lacking:
        raise QueryError(f"the saved query {name} lacks {', '.join(lacking)}.")
    return SavedQuery(name, words["title"], words["description"], tuple(parameters), text)


def _slot(parameter: Parameter) -> str:
    return _SLOT.format(name=parameter.name)


def run(graph: Graph, name: str, values: Mapping[str, str]) -> Result:
    """Run a saved query with values for its parameters.  QueryError names what is wrong with name or values."""
    queries = saved()
    if name not in queries:
        raise QueryError(f"there is no saved query {name}{_nearest(name, queries)}; list them with: kg queries")
    return graph.query(bind(graph, queries[name], values))


def bind(graph: Graph, query: SavedQuery, values: Mapping[str, str]) -> str:
    """The text of a saved query with values in place.

    A name of an agency, plan, person … stands for all entities that are called so, in any form known to the graph.
    QueryError for an unknown parameter, a missing one, or a value that nothing in the graph answers to.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"the query {query.name} has no parameter {name}; {takes}.")
    text = query.text
    for name, parameter in known.items():
        if values.get(name):
            terms = " ".join(sorted(str(term) for term in _terms(graph, parameter, values[name])))
            text = text.replace(_slot(parameter), f"VALUES ?{name} {{ {terms} }}")
        elif parameter.required:
            raise QueryError(f"the query {query.name} needs a value for {name} ({parameter.title['zh']}).")
    return text


def _terms(graph: Graph, parameter: Parameter, value: str) -> list[ox.NamedNode | ox.Literal]:
    value = value.strip()
    if parameter.type in _LOOKUPS:
        return [ox.NamedNode(found) for found in find(graph, parameter.type, value)]
    if parameter.type not in _READERS:
        raise QueryError(f"the parameter {parameter.name} has the unknown type {parameter.type}.")
    return [_READERS[parameter.type](value)]


def find(graph: Graph, kind: str, name: str) -> list[str]:
    """The IRIs of the entities of a kind that have this name in any of its forms; an IRI stands for itself.

    QueryError, with the nearest names, if there is none.
    """
    if is_iri(name):
        return [name]
    found = sorted({row["found"] or "" for row in graph.select(_LOOKUPS[kind], name=name)})
    if not found:
        names = sorted({row["name"] or "" for row in graph.select(_LOOKUPS[kind])})
        raise QueryError(f"no {kind} in the graph is called {name}{_nearest(name, names)}.")
    return found


def _nearest(name: str, names: Iterable[str]) -> str:
    names = list(names)
    near = [other for other in names if name in other][:3] or difflib.get_close_matches(name, names, 3, 0.5)
    return f"; near it: {', '.join(near)}" if near else ""


def _year(value: str) -> ox.Literal:
    if not re.fullmatch(r"\d{4}", value):
        raise QueryError(f"{value} is not a year; write four digits.")
    return ox.Literal(value, datatype=ox.NamedNode(f"{PREFIXES['xsd']}gYear"))


def _month(value: str) -> ox.Literal:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        raise QueryError(f"{value} is not a month; write a year and a month, such as 2031-06, or a year.")
    return ox.Literal(value)


def _date(value: str) -> ox.Literal:
    try:
        return ox.Literal(date.fromisoformat(value).isoformat())
    except ValueError as error:
        raise QueryError(f"{value} is not a day; write it as 2031-06-30.") from error


def _number(value: str) -> ox.Literal:
    if not re.fullmatch(r"\d{1,9}", value):
        raise QueryError(f"{value} is not a number; write digits.")
    return ox.Literal(int(value))


def _role(value: str) -> ox.NamedNode:
    if value not in ROLES:
        raise QueryError(f"{value} is not a role; choose one of {', '.join(ROLES)}.")
    return ox.NamedNode(ROLES[value].replace("gz:", PREFIXES["gz"]))


def _iri(value: str) -> ox.NamedNode:
    if not is_iri(value):
        raise QueryError(f"{value} is not an IRI.")
    return ox.NamedNode(value)


_READERS: dict[str, Callable[[str], ox.NamedNode | ox.Literal]] = {
    "year": _year,
    "month": _month,
    "date": _date,
    "number": _number,
    "role": _role,
    "iri": _iri,
    "text": ox.Literal,
}
