"""Saved queries keep to forms that are fast in Oxigraph and that every SPARQL 1.1 server knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.graph.queries import saved
from kg.graph.vocabulary import PREFIXES

#: What a saved query must not say, and what to write instead; strings and comments do not count.
FORBIDDEN = {
    r"\bNOT\s+EXISTS\b": "MINUS is hundreds of times faster than FILTER NOT EXISTS",
    r"\bLATERAL\b": "LATERAL is no SPARQL 1.1",
    r"\bSERVICE\b": "a graph asks no other server",
    r"\bFROM\b": "a graph loads nothing",
    r"\b(INSERT|DELETE|LOAD|CLEAR|DROP)\b": "a saved query changes nothing",
    r"<https?://(?!data\.europa|purl\.org|policy-kg\.example|www\.w3\.org|xmlns\.com)": "an unknown namespace",
}
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|(?<=\s)#[^\n]*|\A#[^\n]*|(?<=\n)#[^\n]*')


def slow_forms(text: str) -> list[str]:
    """What is wrong with the form of a query, one sentence each."""
    plain = _STRING_OR_COMMENT.sub('""', text)
    found = [reason for pattern, reason in FORBIDDEN.items() if re.search(pattern, plain, re.IGNORECASE)]
    try:
        tree = parseQuery(text)
    except Exception as error:
        return [*found, f"it is no SPARQL 1.1: {error}"]
    for optional in _nodes(tree, "OptionalGraphPattern"):
        if _triples(optional["graph"]) > 1:
            found.append("an OPTIONAL has several patterns: nest one in the other")
    return found


def _nodes(value: Any, name: str) -> Iterator[CompValue]:
    if isinstance(value, CompValue) and value.name == name:
        yield value
    children = value.values() if isinstance(value, dict) else value if _is_list(value) else ()
    for child in children:
        yield from _nodes(child, name)


def _triples(graph: Any) -> int:
    """The triple patterns directly in a group; a path of two steps is two.  A SELECT of its own runs once: none."""
    if graph.name == "SubSelect":
        return 0
    count = 0
    for part in graph.get("part", []):
        if part.name == "TriplesBlock":
            for triples in part["triples"]:
                predicates = list(triples)[1::3]
                count += sum(1 + _steps(predicate) for predicate in predicates)
    return count


def _steps(predicate: Any) -> int:
    """How many further steps a property path has: one behind each slash."""
    return sum(max(0, len(path["part"]) - 1) for path in _nodes(predicate, "PathSequence"))


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) or type(value).__name__ == "ParseResults"


@pytest.mark.parametrize("name", sorted(saved()))
def test_saved_queries_have_no_slow_form(name: str) -> None:
    assert slow_forms(saved()[name].text) == []


GOOD = "PREFIX gz: <https://policy-kg.example/ontology#>\nSELECT ?x WHERE { ?x gz:due ?d . %s }"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("FILTER NOT EXISTS { ?x gz:rule ?r }", "MINUS"),
        ("FILTER(not  exists { ?x gz:rule ?r })", "MINUS"),
        ("OPTIONAL { ?x gz:rule ?r . ?x gz:confidence ?c }", "OPTIONAL has several patterns"),
        ("OPTIONAL { ?x gz:rule ?r ; gz:confidence ?c }", "OPTIONAL has several patterns"),
        ("OPTIONAL { ?x gz:statedIn/gz:rule ?r }", "OPTIONAL has several patterns"),
        ("OPTIONAL { ?x gz:setBy ?p OPTIONAL { ?p gz:rule ?r ; gz:page ?g } }", "OPTIONAL has several patterns"),
        ("LATERAL { SELECT ?r WHERE { ?x gz:rule ?r } }", "LATERAL"),
        ("SERVICE <http://www.w3.org/x> { ?x gz:rule ?r }", "asks no other server"),
        ("?x <http://elsewhere.example/p> ?r", "unknown namespace"),
        ("?x gz:rule", "no SPARQL 1.1"),
    ],
)
def test_the_lint_names_slow_and_foreign_forms(pattern: str, reason: str) -> None:
    assert any(reason in found for found in slow_forms(GOOD % pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        "OPTIONAL { ?x gz:setBy ?p OPTIONAL { ?p gz:rule ?r } }",
        'MINUS { ?x gz:rule "NOT EXISTS" }',
        "?x gz:statedIn/gz:rule ?r  # not SERVICE\n",
        "OPTIONAL { ?x gz:due|gz:dueEachYear ?r }",
        "OPTIONAL { { SELECT ?x ?r WHERE { ?x gz:rule ?r ; gz:page ?g } } }",
    ],
)
def test_the_lint_lets_fast_forms_pass(pattern: str) -> None:
    assert slow_forms(GOOD % pattern) == []


def test_the_prefixes_of_saved_queries_are_those_of_the_program() -> None:
    for query in saved().values():
        for prefix, iri in re.findall(r"PREFIX (\w+): <([^>]+)>", query.text):
            assert PREFIXES[prefix] == iri, query.name
