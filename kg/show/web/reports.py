"""Reports over the whole graph: gaps in responsibilities, values that contradict each other, two plans compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from kg.show.web.catalogue import Catalogue, FactRow, Filter, Thing
from kg.show.web.columns import aim
from kg.show.web.gaps import QUESTIONS
from kg.show.web.messages import Words
from kg.show.web.site import Page, Site

#: Entries that a report shows of each kind; its CSV has all.
SHOWN = 200


def reports(site: Site, request: Request, t: Words) -> Page:
    """Gaps in who answers for what, and indicators with different values for the same year."""
    catalogue = site.catalogue
    chosen = request.query_params.get("report", "no-lead")
    chosen = chosen if chosen in QUESTIONS else "no-lead"
    found = catalogue.rows("SELECT entity, year, unit, scope FROM report WHERE name = ? ORDER BY rowid", chosen)
    things = [(thing, row) for row in found if (thing := catalogue.thing_by_id(row[0])) is not None]
    counts = dict(catalogue.rows("SELECT name, COUNT(*) FROM report GROUP BY name"))
    data: dict[str, Any] = {
        "counts": {name: counts.get(name, 0) for name in QUESTIONS},
        "chosen": chosen,
        "tasks": [],
        "conflicts": [],
    }
    table: Iterable[dict[str, Any]]
    if chosen == "conflicts":
        data["conflicts"] = [(thing, row[1], _aims(catalogue, thing, row[1])) for thing, row in things[:SHOWN]]
        table = (
            {"indicator": thing.label, "year": row[1], "unit": row[2], "scope": row[3], "iri": thing.iri}
            for thing, row in things
        )
    else:
        data["tasks"] = [thing for thing, _ in things[:SHOWN]]
        table = ({"task": thing.label, "section": thing.note, "iri": thing.iri} for thing, _ in things)
    return Page("reports.html", t("reports.title"), data, table)


def _aims(catalogue: Catalogue, thing: Thing, year: int | None) -> list[tuple[str, FactRow]]:
    found = catalogue.facts(Filter("targets", year=year, of=(thing.id,)), limit=20)
    return [(aim(fact.fields), fact) for fact in found]


def compare(site: Site, request: Request, t: Words) -> Page:
    """Two plans side by side: their targets by indicator, their agencies by number of tasks."""
    catalogue = site.catalogue
    plans = catalogue.things("plan", 1000)
    chosen = [catalogue.thing(request.query_params.get(side, "")) for side in ("a", "b")]
    targets: dict[str, list[list[FactRow]]] = {}
    agencies: dict[int, tuple[Thing, list[int]]] = {}
    for side, plan in enumerate(chosen):
        if plan is None:
            continue
        for fact in catalogue.facts(Filter("targets", of=(plan.id,)), limit=1000):
            targets.setdefault(fact.fields["indicator"], [[], []])[side].append(fact)
        named = [fact.link("agency") for fact in catalogue.facts(Filter("assignments", of=(plan.id,)), limit=5000)]
        for number, count in Counter(thing.id for thing in named if thing).items():
            thing = next(each for each in named if each and each.id == number)
            agencies.setdefault(number, (thing, [0, 0]))[1][side] = count
    shared = sorted(targets.items(), key=lambda item: -sum(map(bool, item[1])))
    data = {
        "plans": plans,
        "a": chosen[0],
        "b": chosen[1],
        "targets": shared,
        "agencies": sorted(agencies.values(), key=lambda pair: (-min(pair[1]), -sum(pair[1]))),
    }
    table = [
        {"indicator": name, "a": [aim(f.fields) for f in sides[0]], "b": [aim(f.fields) for f in sides[1]]}
        for name, sides in shared
    ]
    return Page("compare.html", t("compare.title"), data, table)
