"""The evidence of an answer: every fact that its rows name, with quote, place, rule and confidence."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.store import Graph, Result

_TABLE = """
SELECT ?fact ?kind ?document ?quote ?file ?start ?end ?page ?deciding ?rule ?confidence WHERE {{
    VALUES ?fact {{ {facts} }}
    ?fact a ?class ; gz:rule ?rule ; gz:confidence ?confidence ; gz:statedIn ?statedIn ; ?link ?place .
    VALUES (?link ?deciding) {{ (gz:evidence true) (gz:furtherEvidence false) }}
    VALUES ?class {{
        gz:Document gz:Plan gz:Target gz:Assignment gz:Membership gz:Appointment gz:Portfolio gz:Citation
        gz:AgencyMention gz:Project
    }}
    ?statedIn dct:identifier ?document .
    ?place oa:hasSource ?source ; oa:hasSelector ?position , ?words .
    ?source gz:fileName ?file .
    ?position oa:start ?start ; oa:end ?end .
    ?words oa:exact ?quote .
    OPTIONAL {{ ?place gz:page ?page }}
    BIND(STRAFTER(STR(?class), "#") AS ?kind)
}}
ORDER BY ?fact DESC(?deciding) ?file ?start
"""
_STATEMENTS = """
CONSTRUCT {{ ?fact ?property ?value . ?place ?placeProperty ?placeValue . ?selector ?selectorProperty ?selectorValue }}
WHERE {{
    VALUES ?fact {{ {facts} }}
    ?fact gz:rule ?rule ; ?property ?value ; gz:evidence|gz:furtherEvidence ?place .
    ?place ?placeProperty ?placeValue ; oa:hasSelector ?selector .
    ?selector ?selectorProperty ?selectorValue .
}}
"""


def evidence(graph: Graph, answer: Result, *, statements: bool = False) -> Result:
    """What the facts that an answer names rest on.

    Args:
        graph: the graph that gave the answer.
        answer: rows; every IRI of a fact in any column counts, each once.
        statements: give the facts' own statements and those of their places, instead of a row for each place.

    Raises:
        GraphError: the answer has no rows of a table.
    """
    if not isinstance(answer, ox.QuerySolutions):
        raise GraphError("only the rows of a SELECT query name facts whose evidence can be told.")
    facts = " ".join(map(str, _nodes(answer)))
    return graph.query((_STATEMENTS if statements else _TABLE).format(facts=facts))


def _nodes(answer: ox.QuerySolutions) -> Iterable[ox.NamedNode]:
    found = {value: None for solution in answer for value in solution if isinstance(value, ox.NamedNode)}
    return sorted(found, key=str)
