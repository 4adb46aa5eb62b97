"""Pages that lead in: home, search, lists of things, lists of facts, what rests on a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.graph.vocabulary import TABLES
from kg.show.accuracy import shipped
from kg.show.web.catalogue import FACET_COLUMNS, SORTS, Catalogue
from kg.show.web.entries import FactRow, Filter, Thing
from kg.show.web.messages import Words
from kg.show.web.said import said_row
from kg.show.web.site import Page, Site

#: Rows of a page of facts, unless the address says otherwise; at most, if it does.
ROWS, MOST_ROWS = 50, 1000
#: Things of a page of a list.
THINGS = 100
LISTED = ("agency", "group", "collective", "document", "plan", "indicator", "person", "task", "cited")


def home(site: Site, request: Request, t: Words) -> Page:
    """What is in the graph, and ways in."""
    manifest, catalogue = site.manifest, site.catalogue
    facts = {table: manifest.facts.get(table, 0) for table in TABLES}
    things = catalogue.counts()
    data = {
        "facts": facts,
        "counts": things,
        "gazettes": [
            {
                "name": file.name,
                "gazette": file.gazette,
                "documents": len(file.documents),
                "facts": sum(sum(document.facts.values()) for document in file.documents),
                "problems": list(file.problems),
            }
            for file in manifest.files
        ],
        "built": manifest.built,
        "quads": manifest.quads,
        "agencies": [*catalogue.things("agency", 12)],
        "documents": catalogue.things("document", 12),
        "years": catalogue.counts_by(Filter("targets"), "year"),
        "accuracy": {table: shipped().get(table) for table in TABLES},
        "at_first": {table: shipped(at_first=True).get(table) for table in TABLES},
    }
    counts = [("fact", kind, count) for kind, count in facts.items()]
    counts += [("thing", kind, count) for kind, count in things.items()]
    table = [{"of": of, "kind": kind, "count": count} for of, kind, count in counts]
    return Page("home.html", t("site.name"), data, table, [f"{manifest.base}build"])


def search(site: Site, request: Request, t: Words) -> Page:
    """Things by name and lines of documents by words; its JSON form gives suggestions while someone types."""
    words = request.query_params.get("q", "").strip()[:200]
    kind = request.query_params.get("kind")
    few = request.query_params.get("few") is not None
    hits = site.catalogue.search(words, 8 if few else 60, kind if kind in LISTED else None)
    data: dict[str, Any] = {
        "words": words,
        "hits": [
            {"name": hit.name, "href": hit.thing.href, "thing": hit.thing, "kind": t(f"a.{hit.thing.kind}")}
            for hit in hits
        ],
        "passages": [] if few else site.catalogue.passages(words, 40),
        "kind": kind,
    }
    table = [
        {
            "kind": hit.thing.kind,
            "label": hit.thing.label,
            "name": hit.name,
            "iri": hit.thing.iri,
            "facts": hit.thing.facts,
        }
        for hit in hits
    ]
    title = f"{t('search.title')}：{words}" if words else t("search.title")
    return Page("search.html", title, data, table, [hit.thing.iri for hit in hits])


def things(site: Site, request: Request, t: Words) -> Page:
    """All things of a kind, those with most facts first."""
    kind = request.path_params["kind"]
    if kind not in LISTED:
        raise HTTPException(404)
    total, page = site.catalogue.counts().get(kind, 0), _number(request, "page", 1)
    found = site.catalogue.things(kind, THINGS, (page - 1) * THINGS)
    data = {"kind": kind, "things": found, "total": total, "page": page, "pages": max(1, -(-total // THINGS))}
    table = ({"iri": each.iri, "label": each.label, "note": each.note, "facts": each.facts} for each in found)
    return Page("things.html", t(f"kind.{kind}"), data, table, [each.iri for each in found])


def facts(site: Site, request: Request, t: Words) -> Page:
    """The facts of a table, narrowed by facets, sorted, by pages."""
    kind = request.path_params["kind"]
    if kind not in TABLES:
        raise HTTPException(404)
    listing = fact_list(site.catalogue, request, Filter(kind))
    return Page("facts.html", t(f"table.{kind}"), listing.data, listing.all_rows(), listing.iris)


def at(site: Site, request: Request, t: Words) -> Page:
    """The facts that rest on a stretch of a source text."""
    file = request.query_params.get("file", "")
    start, stop = _number(request, "start", 0, 0), _number(request, "end", 0, 0)
    found = site.catalogue.facts(Filter(at=(file, start, stop)), limit=200)
    return Page(
        "at.html",
        t("at.title"),
        {"rows": found, "file": file, "start": start, "end": stop},
        [said_row(fact, t) for fact in found],
        [fact.iri for fact in found],
    )


class FactList:
    """A list of facts with its facets, as a part of a page."""

    def __init__(self, catalogue: Catalogue, wanted: Filter, sort: str, page: int, size: int) -> None:
        self._catalogue, self._wanted, self._sort = catalogue, wanted, sort
        total = catalogue.count(wanted)
        rows = catalogue.facts(wanted, sort, size, (page - 1) * size)
        self.iris = [fact.iri for fact in rows]
        self.data = {
            "kind": wanted.kind,
            "rows": rows,
            "total": total,
            "page": page,
            "pages": max(1, -(-total // size)),
            "sort": sort,
            "facets": {
                column: found for column in FACET_COLUMNS if len(found := catalogue.counts_by(wanted, column)) > 0
            },
        }

    def all_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of all pages, as they are exported; looked up only when they are wanted."""
        for fact in self._catalogue.facts(self._wanted, self._sort, limit=-1):
            yield fact.row()


def fact_list(catalogue: Catalogue, request: Request, base: Filter) -> FactList:
    """The facts that a base filter and the parameters of the address leave."""
    given = request.query_params
    wanted = Filter(
        kind=base.kind,
        value=given.get("value"),
        year=_optional(given.get("year")),
        doc=given.get("doc"),
        plan=given.get("plan"),
        agency=given.get("agency"),
        deadline=_optional(given.get("deadline")),
        band=given.get("band"),
        confidence=_fraction(given.get("confidence")),
        of=(*base.of, *(thing.id for key in given.getlist("of") if (thing := catalogue.thing(key)))),
        relation=base.relation,
        words=given.get("words"),
    )
    sort = given.get("sort", "text")
    size = min(_number(request, "size", ROWS), MOST_ROWS)
    return FactList(catalogue, wanted, sort if sort in SORTS else "text", _number(request, "page", 1), size)


def grouped(found: list[FactRow], relation: str) -> dict[int, tuple[Thing, list[FactRow]]]:
    """Facts by the thing that they link to, in their order."""
    groups: dict[int, tuple[Thing, list[FactRow]]] = {}
    for fact in found:
        thing = fact.link(relation)
        if thing is not None:
            groups.setdefault(thing.id, (thing, []))[1].append(fact)
    return groups


def _number(request: Request, name: str, default: int, least: int = 1) -> int:
    value = _optional(request.query_params.get(name))
    return default if value is None else max(value, least)


def _optional(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"[0-9]{1,9}", value) else None


def _fraction(value: str | None) -> float | None:
    return float(value) if value and re.fullmatch(r"[01]?\.?[0-9]{1,4}", value) else None
