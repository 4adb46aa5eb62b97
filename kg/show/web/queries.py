"""Saved queries as forms, and the editor for all others."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.graph.answers import Outcome, Question
from kg.graph.queries import saved
from kg.graph.vocabulary import PREFIXES, ROLES
from kg.show.web import assets, results
from kg.show.web.catalogue import Catalogue
from kg.show.web.messages import Words
from kg.show.web.protocol import STATUS
from kg.show.web.site import Page, Site

#: Rows of an answer that a page shows; its other forms have all.
SHOWN = 500
#: Things of an answer whose statements its RDF forms give.
MOST_THINGS = 100


def queries(site: Site, request: Request, t: Words) -> Page:
    """The list of saved queries."""
    found = list(saved().values())
    table = [
        {"name": each.name, "title": each.title[t.language], "description": each.description[t.language]}
        for each in found
    ]
    return Page("queries.html", t("queries.title"), {"queries": found}, table)


async def query(site: Site, request: Request, t: Words) -> Page:
    """A saved query: its form, and its answer once the required values are given."""
    known = saved()
    name = request.path_params["name"]
    if name not in known:
        raise HTTPException(404)
    chosen = known[name]
    values = {p.name: request.query_params.get(p.name, "").strip() for p in chosen.parameters}
    data: dict[str, Any] = {
        "query": chosen,
        "values": values,
        "options": {p.name: _options(site.catalogue, p.type) for p in chosen.parameters},
        "error": None,
        "asked": not any(p.required and not values[p.name] for p in chosen.parameters),
        "total": 0,
        "answer": None,
        "chart": None,
        "sparql": chosen.text,
    }
    if not data["asked"]:
        return Page("query.html", chosen.title[t.language], data)
    answer = await site.workers.ask(Question(name, values=values))
    data["sparql"] = answer.sparql or chosen.text
    if answer.outcome is not Outcome.DONE:
        data["error"] = answer.body.decode()
        return Page("query.html", chosen.title[t.language], data, status=STATUS[answer.outcome])
    content = json.loads(answer.body)
    header, bindings = content["head"]["vars"], content["results"]["bindings"]
    table = [{variable: row.get(variable, {}).get("value") for variable in header} for row in bindings]
    data["total"] = len(table)
    if table:
        data["answer"] = results.shown(site.catalogue, header, bindings[:SHOWN])
        data["chart"] = results.chart(header, table, bindings)
    things = data["answer"].things[:MOST_THINGS] if table else ()
    return Page("query.html", chosen.title[t.language], data, table or None, [thing.iri for thing in things])


def _options(catalogue: Catalogue, kind: str) -> list[str]:
    """Values to choose from."""
    if kind == "role":
        return list(ROLES)
    if kind in ("agency", "plan", "person", "group", "document", "indicator"):
        return [each.label for each in catalogue.things(kind, 400)]
    return []


def editor(site: Site, request: Request, t: Words) -> Page:
    """The query editor."""
    data = {"ready": assets.ready(), "missing": assets.MISSING, "query": request.query_params.get("query", "")}
    return Page("editor.html", t("editor.title"), data)


def vocabulary(site: Site, request: Request, t: Words) -> Response:
    """What the editor completes: our prefixes, and the classes and properties that the graph uses."""
    return JSONResponse({"prefixes": PREFIXES, "terms": site.catalogue.terms(t.language), "example": EXAMPLE})


EXAMPLE = """\
SELECT ?agency (COUNT(?task) AS ?tasks) WHERE {
  ?task prov:qualifiedAssociation ?fact .
  ?fact prov:hadRole gz:LeadRole ; prov:agent/skos:prefLabel ?agency .
} GROUP BY ?agency ORDER BY DESC(?tasks) LIMIT 20
"""
