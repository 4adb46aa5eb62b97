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
from kg.show.web import assets, drawing
from kg.show.web.catalogue import Catalogue
from kg.show.web.messages import Words
from kg.show.web.protocol import STATUS
from kg.show.web.site import Page, Site

#: Rows of an answer that a page shows; its other forms have all.
SHOWN = 500


def queries(site: Site, request: Request, t: Words) -> Page:
    """The list of saved queries."""
    return Page("queries.html", t("queries.title"), {"queries": list(saved().values())})


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
        "header": [],
        "rows": [],
        "total": 0,
        "shares": {},
        "sparql": chosen.text,
    }
    if any(p.required and not values[p.name] for p in chosen.parameters):
        return Page("query.html", chosen.title[t.language], data)
    answer = await site.workers.ask(Question(name, values=values))
    data["sparql"] = answer.sparql or chosen.text
    if answer.outcome is not Outcome.DONE:
        data["error"] = answer.body.decode()
        return Page("query.html", chosen.title[t.language], data, status=STATUS[answer.outcome])
    content = json.loads(answer.body)
    header = content["head"]["vars"]
    table = [
        {variable: row.get(variable, {}).get("value") for variable in header} for row in content["results"]["bindings"]
    ]
    data["header"], data["total"] = header, len(table)
    data["rows"] = [
        [_cell(site.catalogue, row.get(variable)) for variable in header]
        for row in content["results"]["bindings"][:SHOWN]
    ]
    data["shares"] = {
        index: shares
        for index, variable in enumerate(header)
        if _is_count(content["results"]["bindings"], variable)
        and (shares := drawing.shares([row[variable] for row in table[:SHOWN]]))
    }
    return Page("query.html", chosen.title[t.language], data, table or None)


def _is_count(rows: list[dict[str, Any]], variable: str) -> bool:
    """Numbers are drawn, years are not."""
    return bool(rows) and all(
        row.get(variable, {}).get("datatype", "").endswith(("integer", "decimal", "double")) for row in rows
    )


def _cell(catalogue: Catalogue, value: dict[str, str] | None) -> dict[str, str | None]:
    """A value of an answer with the address of its page, if it is a thing or fact of the graph."""
    if value is None:
        return {"text": None, "href": None}
    if value["type"] != "uri":
        return {"text": value["value"], "href": None}
    thing = catalogue.thing(value["value"])
    if thing is not None:
        return {"text": thing.label, "href": thing.href}
    found = catalogue.fact(value["value"])
    return (
        {"text": found[0].iri.rpartition("/")[2], "href": found[0].href}
        if found
        else {"text": value["value"], "href": None}
    )


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
    return JSONResponse({"prefixes": PREFIXES, "terms": site.catalogue.terms(), "example": EXAMPLE})


EXAMPLE = """\
SELECT ?agency (COUNT(?task) AS ?tasks) WHERE {
  ?task prov:qualifiedAssociation ?fact .
  ?fact prov:hadRole gz:LeadRole ; prov:agent/skos:prefLabel ?agency .
} GROUP BY ?agency ORDER BY DESC(?tasks) LIMIT 20
"""
