"""The pages of single things: agency, group, document, plan, indicator, person, task, fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.show.palette import ROLES
from kg.show.web import drawing
from kg.show.web.catalogue import Catalogue
from kg.show.web.cells import Matrix
from kg.show.web.entries import FactRow, Filter, Thing
from kg.show.web.messages import Words
from kg.show.web.pages import fact_list, grouped
from kg.show.web.said import said, said_row
from kg.show.web.site import Page, Site

#: The most facts of one kind that a page of a thing lists; lists of facts have them all, by pages.
MOST = 400
#: Characters of text shown on both sides of the words that a fact rests on.
CONTEXT = 160


def page(site: Site, request: Request, t: Words) -> Page:
    """The page of the thing or fact that the address names."""
    key = request.path_params["key"]
    thing = site.catalogue.thing(key)
    if thing is not None:
        return _PAGES[thing.kind](site, request, t, thing)
    found = site.catalogue.fact(key)
    if not found:
        raise HTTPException(404)
    return _fact(site, t, found)


def agency(site: Site, request: Request, t: Words, thing: Thing) -> Page:
    """An agency, a collective or a leading group: what it answers for, who belongs to it, whom it works with."""
    catalogue = site.catalogue
    tasks = fact_list(catalogue, request, Filter("assignments", of=(thing.id,), relation="agency"))
    data = {
        "thing": thing,
        "names": catalogue.names(thing),
        "above": _above(site, thing),
        "ties": {
            "units": catalogue.ties(thing, "unit", back=True),
            "members": catalogue.ties(thing, "member"),
            "collectives": catalogue.ties(thing, "member", back=True),
            "before": catalogue.ties(thing, "became", back=True),
            "after": catalogue.ties(thing, "became"),
        },
        "tenures": catalogue.tenures(thing),
        "tasks": tasks.data,
        "partners": catalogue.partners(thing),
        "roles": dict(catalogue.counts_by(Filter("assignments", of=(thing.id,), relation="agency"), "value")),
        "members": catalogue.facts(Filter("memberships", of=(thing.id,), relation="group"), limit=MOST),
        "appointments": catalogue.facts(Filter("appointments", of=(thing.id,)), "doc", MOST),
        "portfolios": catalogue.facts(Filter("portfolios", of=(thing.id,)), limit=MOST),
        "projects": catalogue.facts(Filter("projects", of=(thing.id,)), limit=MOST),
        "issued": catalogue.facts(Filter("documents", of=(thing.id,), relation="issuer"), "doc", MOST),
        "mentions": catalogue.facts(Filter("agencies", of=(thing.id,)), "doc", MOST),
        "targets": _targets(catalogue, thing),
    }
    return Page("agency.html", thing.label, data, tasks.all_rows(), [thing.iri])


def _targets(catalogue: Catalogue, thing: Thing) -> list[FactRow]:
    """The targets that an agency's tasks serve."""
    found = catalogue.rows(
        "SELECT DISTINCT served.fact FROM link AS mine JOIN link AS task ON task.fact = mine.fact AND "
        "task.relation = 'task' JOIN link AS served ON served.entity = task.entity AND served.relation = 'serving' "
        "WHERE mine.entity = ? AND mine.relation = 'agency' LIMIT ?",
        thing.id,
        MOST,
    )
    return catalogue.facts_by_id([number for (number,) in found])


def _above(site: Site, thing: Thing) -> list[Thing]:
    """What an agency is a unit of, and so on upwards, the highest first."""
    chain: list[Thing] = []
    while (found := site.catalogue.ties(chain[-1] if chain else thing, "unit")) and found[0].thing not in chain:
        chain.append(found[0].thing)
    return chain[::-1]


def policy(site: Site, request: Request, t: Words, thing: Thing) -> Page:
    """A document or a plan: targets, responsibility matrix, groups, citations."""
    catalogue, of = site.catalogue, (thing.id,)
    heads = catalogue.facts(Filter("documents" if thing.kind == "document" else "plans", of=of), limit=5)
    assignments = catalogue.facts(Filter("assignments", of=of), limit=4 * MOST)
    everything = {
        kind: catalogue.facts(Filter(kind, of=of), limit=MOST)
        for kind in ("plans", "targets", "memberships", "appointments", "portfolios", "projects", "citations")
    }
    printed = catalogue.thing_by_id(heads[0].document) if heads and heads[0].document else None
    cited_by = []
    if thing.kind == "document":
        cited_by = catalogue.facts(Filter("citations", of=of, relation="cited"), limit=MOST)
        everything["citations"] = catalogue.facts(Filter("citations", of=of, relation="document"), limit=MOST)
    data = {
        "thing": thing,
        "head": heads[0] if heads else None,
        "document": printed,
        "matrix": matrix(assignments),
        "assignments": len(assignments),
        "found": everything,
        "cited_by": cited_by,
    }
    table = (fact.row() for fact in [*everything["targets"], *assignments])
    wanted = request.query_params.get("table", "targets")
    if wanted in everything or wanted == "assignments":
        chosen = assignments if wanted == "assignments" else everything[wanted]
        table = (fact.row() for fact in chosen)
    return Page("policy.html", thing.label, data, table, [thing.iri])


def matrix(assignments: list[FactRow]) -> Matrix | None:
    """Who has which role in which task; the weightiest where there are several.  None without agencies."""
    named = [fact for fact in assignments if fact.link("agency")]
    if not named:
        return None
    counts = Counter(fact.links["agency"][0].id for fact in named)
    agencies = {fact.links["agency"][0].id: fact.links["agency"][0] for fact in named}
    weight = list(ROLES).index
    tasks = []
    for task, found in grouped(named, "task").values():
        roles: dict[int, FactRow] = {}
        for fact in sorted(found, key=lambda fact: weight(fact.fields["role"])):
            roles.setdefault(fact.links["agency"][0].id, fact)
        tasks.append((task, roles))
    order = sorted(agencies, key=lambda number: (-counts[number], agencies[number].label))
    return Matrix(tuple(agencies[number] for number in order), tuple(tasks))


def indicator(site: Site, request: Request, t: Words, thing: Thing) -> Page:
    """An indicator: all its targets, drawn over years, with those that contradict each other."""
    found = site.catalogue.facts(Filter("targets", of=(thing.id,)), "year", MOST)
    rows = [fact.row() for fact in found]
    said: dict[tuple[Any, ...], set[str]] = {}
    for fact in found:
        said.setdefault(_same_aim(fact), set()).add(str(fact.fields["value"]))
    conflicts = [fact.id for fact in found if len(said[_same_aim(fact)]) > 1]
    years = {row["target_year"] for row in rows} - {None}
    named = [(name, fact.fields, fact.id in conflicts) for name, fact in zip(_called(found), found, strict=True)]
    data = {
        "thing": thing,
        "names": site.catalogue.names(thing),
        "rows": found,
        # Over years where there are some; else beside each other: places, hospitals, industries of one year
        "chart": drawing.over_years(rows) if len(years) > 2 else None,
        "beside": drawing.side_by_side(named),
        "conflicts": conflicts,
        "differing": [fact for fact in found if fact.id in conflicts],
    }
    return Page("indicator.html", thing.label, data, rows, [thing.iri])


def _called(found: list[FactRow]) -> list[str]:
    """What each target of an indicator is told from the others by: its scope, year or plan, where they differ."""
    parts = [(fact.fields["scope"], fact.fields["target_year"], fact.fields["plan"] or fact.doc) for fact in found]
    telling = [column for column in range(3) if len({part[column] for part in parts}) > 1] or [2]
    return [" · ".join(str(part[column]) for column in telling if part[column]) for part in parts]


def _same_aim(fact: FactRow) -> tuple[Any, ...]:
    return tuple(fact.fields[name] for name in ("target_year", "unit", "scope"))


def person(site: Site, request: Request, t: Words, thing: Thing) -> Page:
    """A person: posts, groups, fields of work, tasks as responsible leader."""
    kinds = ("appointments", "memberships", "portfolios", "assignments")
    found = {kind: site.catalogue.facts(Filter(kind, of=(thing.id,)), "doc", MOST) for kind in kinds}
    table = (said_row(fact, t) for kind in kinds for fact in found[kind])
    data = {"thing": thing, "found": found, "tenures": site.catalogue.tenures(thing)}
    return Page("person.html", thing.label, data, table, [thing.iri])


def task(site: Site, request: Request, t: Words, thing: Thing) -> Page:
    """A task: who leads, answers and helps, by when, and the words that say so."""
    found = site.catalogue.facts(Filter("assignments", of=(thing.id,)), limit=MOST)
    weight = list(ROLES).index
    found.sort(key=lambda fact: (weight(fact.fields["role"]), fact.start))
    passages = [passage(site, place) for fact in found[:1] for place in site.catalogue.places(fact)]
    serves = site.catalogue.facts(Filter("targets", of=(thing.id,), relation="serving"), limit=MOST)
    first = found[0] if found else None
    data = {"thing": thing, "rows": found, "first": first, "passages": passages, "serves": serves}
    return Page("task.html", thing.label, data, [fact.row() for fact in found], [thing.iri])


def cited(site: Site, request: Request, t: Words, thing: Thing) -> Page:
    """A document that is cited but not printed in this graph."""
    found = site.catalogue.facts(Filter("citations", of=(thing.id,)), "doc", MOST)
    data = {"thing": thing, "rows": found, "names": site.catalogue.names(thing)}
    return Page("cited.html", thing.label, data, [fact.row() for fact in found], [thing.iri])


def _fact(site: Site, t: Words, found: list[FactRow]) -> Page:
    first = found[0]
    passages = [passage(site, place) for fact in found for place in site.catalogue.places(fact)]
    document = site.catalogue.thing_by_id(first.document) if first.document else None
    data = {"fact": first, "passages": passages, "document": document, "copies": len(found)}
    title = said(first.kind, first.fields, t).partition("：")[2] or first.doc
    return Page("fact.html", title, data, [fact.row() for fact in found], [first.iri])


def passage(site: Site, place: Any) -> dict[str, Any]:
    """A place with the text before and behind it."""
    text = site.folder.text(site.file(place.file))
    return {
        "place": place,
        "before": text[max(0, place.start - CONTEXT) : place.start],
        "words": text[place.start : place.stop],
        "after": text[place.stop : place.stop + CONTEXT],
    }


_PAGES: dict[str, Callable[[Site, Request, Words, Thing], Page]] = {
    "agency": agency,
    "collective": agency,
    "group": agency,
    "document": policy,
    "plan": policy,
    "indicator": indicator,
    "person": person,
    "task": task,
    "cited": cited,
}
