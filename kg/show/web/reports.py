"""Reports over the whole graph: gaps in responsibilities, values that contradict each other, two plans compared."""

from __future__ import annotations

import json
from collections import Counter

from starlette.requests import Request

from kg.graph.queries import saved
from kg.show.sections import coded, heading
from kg.show.web.catalogue import Catalogue
from kg.show.web.columns import aim
from kg.show.web.entries import FactRow, Filter, Thing
from kg.show.web.messages import Words
from kg.show.web.site import Page, Site

#: Entries that a report shows of each kind; its CSV has all.
SHOWN = 200


def reports(site: Site, request: Request, t: Words) -> Page:
    """Gaps in who answers for what, and figures that contradict each other: what kg gaps and kg conflicts list."""
    catalogue = site.catalogue
    titled = "en" if t.language == "en" else "zh"
    sections = catalogue.rows(f"SELECT name, {titled}, columns, rows FROM section ORDER BY rowid")
    wanted = request.query_params.get("report", "")
    name, title, columns, _ = next((each for each in sections if each[0] == wanted), sections[0])
    columns = json.loads(columns)
    found = catalogue.rows("SELECT fields FROM report WHERE name = ? ORDER BY rowid", name)
    rows = [json.loads(fields) for (fields,) in found]
    data = {
        "sections": [(other, words, count) for other, words, _, count in sections],
        "chosen": name,
        "note": saved()[name].description[t.language] if name in saved() else title,
        "header": [_head(column, t) for column in columns],
        "rows": [[_cell(catalogue, column, row.get(column), t) for column in columns] for row in rows[:SHOWN]],
        "total": len(rows),
    }
    facts = dict.fromkeys(row["fact"] for row in rows[:SHOWN] if row.get("fact"))
    return Page("reports.html", t("reports.title"), data, rows, tuple(facts))


def _head(column: str, t: Words) -> str:
    return heading(column).zh if t.language == "zh" else heading(column).en


def _cell(catalogue: Catalogue, column: str, value: str | None, t: Words) -> tuple[str, str | None]:
    """What a cell says, and the address of the page of the fact or thing that it names."""
    if not value or not heading(column).is_link:
        return (coded(column, value) if t.language == "zh" else value) or "", None
    thing, fact = catalogue.thing(value), catalogue.fact(value)
    return _head(column, t), thing.href if thing else fact[0].href if fact else None


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
