"""A fact explained: what it says, the words it rests on in their context, the rule that found it."""

from __future__ import annotations

import html
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.naming import is_iri
from kg.graph.store import Graph
from kg.graph.vocabulary import TABLES, term
from kg.show.palette import FACTS
from kg.show.tables import COMMON, Row, rows

_PLACES = """
SELECT ?fact ?file ?start ?end ?quote ?page ?box ?deciding WHERE {
    GRAPH ?graph {
        ?fact ?link ?place .
        ?place oa:hasSource ?source ; oa:hasSelector ?position , ?words .
        ?source gz:fileName ?file .
        ?position oa:start ?start ; oa:end ?end .
        ?words oa:exact ?quote .
        OPTIONAL { ?place gz:page ?page OPTIONAL { ?place gz:box ?box } }
    }
    BIND(IF(?link = gz:evidence, 0, 1) AS ?deciding)
}
ORDER BY ?deciding ?file ?start
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place that a fact rests on, with the text before and behind it."""

    file: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    page: int | None = None
    box: str | None = None

    @property
    def where(self) -> str:
        """File, characters, page and box in words."""
        page = f", page {self.page}" if self.page is not None else ""
        return f"{self.file} [{self.start}, {self.end}){page}{f' at {self.box} pt' if self.box else ''}"


@dataclass(frozen=True, slots=True)
class DocumentName:
    """The document that a fact stands in; ``number`` is its title where it has none."""

    iri: str
    number: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact with all that it rests on; ``evidence`` has the deciding place first."""

    iri: str
    table: str
    fields: dict[str, Any]
    document: DocumentName
    rule: str
    confidence: float
    evidence: tuple[Passage, ...]


def explain(graph: Graph, iri: str, context: int = 60) -> Explanation:
    """Explain the fact with this IRI, with ``context`` characters of text on both sides of its evidence.

    GraphError if there is no such fact; IRIs of facts stand in the export's column ``iri``.
    """
    table = _table(graph, iri)
    if table is None:
        raise GraphError(
            f"{iri} is not a fact of this graph; exported tables have the IRIs of facts in the column iri."
        )
    row = rows(graph, table, iri)[0]
    places = graph.select(_PLACES, fact=ox.NamedNode(iri))
    return Explanation(
        iri=iri,
        table=table,
        fields=_own(row),
        document=_document(graph, iri),
        rule=row["rule"],
        confidence=row["confidence"],
        evidence=tuple(_passage(graph.text(place["file"] or ""), place, context) for place in places),
    )


def passages(graph: Graph, iris: Collection[str], context: int = 40) -> dict[str, Passage]:
    """The deciding places of many facts, with ``context`` characters on both sides; other IRIs are left out."""
    texts: dict[str, str] = {}
    found: dict[str, Passage] = {}
    for place in graph.select(_PLACES):
        iri, file = place["fact"] or "", place["file"] or ""
        if iri in iris and iri not in found:
            if file not in texts:
                texts[file] = graph.text(file)
            found[iri] = _passage(texts[file], place, context)
    return found


def render(explanation: Explanation) -> str:
    """An explanation as plain text, the words of the evidence between 【 and 】."""
    document = explanation.document
    named = document.number if document.title in (None, document.number) else f"{document.number} {document.title}"
    lines = [explanation.iri, f"{explanation.table}: {named}", ""]
    stated = {name: value for name, value in explanation.fields.items() if value not in (None, [])}
    width = max((len(name) for name in stated), default=0)
    lines += [f"  {name:<{width}}  {_words(value)}" for name, value in stated.items()]
    for passage in explanation.evidence:
        lines += ["", passage.where]
        lines += [f"  …{_one_line(passage.before)}【{_one_line(passage.quote)}】{_one_line(passage.after)}…"]
    lines += ["", f"found by the rule {explanation.rule}, confidence {explanation.confidence:g}"]
    return "\n".join(lines) + "\n"


def render_html(explanation: Explanation) -> str:
    """An explanation as a piece of HTML, the words of the evidence marked; all words of the graph are escaped."""
    document, colour = explanation.document, FACTS[explanation.table].colour
    named = document.number if document.title in (None, document.number) else f"{document.number} {document.title}"
    stated = {name: value for name, value in explanation.fields.items() if value not in (None, [])}
    cells = "".join(
        f'<tr><th style="text-align: left">{html.escape(name)}</th>'
        f'<td style="text-align: left">{html.escape(_words(value))}</td></tr>'
        for name, value in stated.items()
    )
    return (
        f'<div style="border-left: 4px solid {colour}; padding-left: 1em; max-width: 60em">'
        f"<b>{html.escape(FACTS[explanation.table].name)}</b> · {html.escape(named)}<table>{cells}</table>"
        + "".join(_marked(passage, colour) for passage in explanation.evidence)
        + f"<small>found by the rule {html.escape(explanation.rule)}, confidence {explanation.confidence:g}</small>"
        "</div>"
    )


def _marked(passage: Passage, colour: str) -> str:
    before, quote, after = (html.escape(_one_line(text)) for text in (passage.before, passage.quote, passage.after))
    return (
        f'<p style="margin: .6em 0">…{before}<mark style="background: {colour}33">{quote}</mark>{after}…<br>'
        f"<small>{html.escape(passage.where)}</small></p>"
    )


def _table(graph: Graph, iri: str) -> str | None:
    if not is_iri(iri):
        return None
    kinds = {str(term(layout.type)): table for table, layout in TABLES.items()}
    found = graph.select("SELECT ?fact ?kind WHERE { ?fact gz:rule ?rule ; a ?kind }", fact=ox.NamedNode(iri))
    return next((kinds[kind] for row in found if (kind := f"<{row['kind']}>") in kinds), None)


def _own(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in (*COMMON, "doc")}


def _document(graph: Graph, iri: str) -> DocumentName:
    (row, *_) = graph.select(
        """SELECT ?fact ?document ?number (SAMPLE(?name) AS ?title) WHERE {
            ?fact gz:statedIn ?document . ?document dct:identifier ?number OPTIONAL { ?document dct:title ?name }
        } GROUP BY ?fact ?document ?number""",
        fact=ox.NamedNode(iri),
    )
    return DocumentName(row["document"] or "", row["number"] or "", row["title"])


def _passage(text: str, place: dict[str, str | None], context: int) -> Passage:
    file, quote = place["file"] or "", place["quote"] or ""
    start, end = int(place["start"] or 0), int(place["end"] or 0)
    page = int(place["page"]) if place["page"] else None
    return Passage(
        file, start, end, quote, text[max(0, start - context) : start], text[end : end + context], page, place["box"]
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(value: object) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
