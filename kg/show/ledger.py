"""The inspection ledger (督查台账): a row for each task with its agencies, targets, deadline, words and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.graph.folder import GraphError
from kg.graph.queries import find
from kg.graph.store import Graph
from kg.graph.vocabulary import ROLES
from kg.show.places import Place, Places
from kg.show.sections import Section

ROLE_NAMES = {"lead": "牵头", "responsible": "责任", "cooperating": "配合", "supervising": "督导"}
COLUMNS = (
    "number", "document", "plan", "task", "targets", "own", "lead", "responsible", "cooperating", "supervising",
    "leader", "deadline", "due", "progress", "quote", "place", "section", "date", "link", "fact",
)  # fmt: skip
#: A ledger has these columns even where no document fills them; the inspector fills in the progress (进展情况).
_KEPT = frozenset({"lead", "responsible", "cooperating", "leader", "deadline", "progress"})

_ASSIGNMENTS = """
SELECT DISTINCT ?node ?fact ?document ?date ?task ?agency ?printed ?role ?plan ?leader ?deadline ?due ?yearly
                ?section WHERE {
    ?node prov:qualifiedAssociation ?fact ; rdfs:label ?task ; gz:statedIn ?statedIn .
    ?fact prov:hadRole ?code .
    ?code skos:notation ?role .
    ?statedIn dct:identifier ?document .
    OPTIONAL { ?statedIn eli:date_document ?date }
    OPTIONAL { ?fact prov:agent ?agency }
    OPTIONAL { ?fact gz:surface ?printed }
    OPTIONAL { ?fact prov:hadPlan ?plan }
    OPTIONAL { ?fact gz:personName ?leader }
    OPTIONAL { ?fact gz:deadlineText ?deadline }
    OPTIONAL { ?fact gz:due ?due }
    OPTIONAL { ?fact gz:dueEachYear ?yearly }
    OPTIONAL { ?node gz:sectionPath ?section }
}
"""
_TARGETS = """
SELECT DISTINCT ?node ?target ?indicator ?comparator ?value ?unit ?year WHERE {
    ?node gz:serves ?target .
    ?target gz:indicatorText ?indicator ; gz:valueText ?value .
    OPTIONAL { ?target gz:comparator ?comparator }
    OPTIONAL { ?target gz:unitText ?unit }
    OPTIONAL { ?target gz:targetYear ?year }
}
"""
_TITLES = "SELECT ?plan ?title WHERE { ?plan a gz:Plan ; dct:title ?title }"

_Found = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A task of the ledger.

    ``agencies`` are its agencies as printed, by role, ``own`` the roles of the agency that the ledger is for, ``due``
    the last day in time (ISO 8601), ``yearly`` the same within each year (``--10-31``), ``fact`` a fact behind it.
    """

    iri: str
    fact: str
    document: str
    date: str | None
    plan: str | None
    section: str | None
    task: str
    targets: tuple[str, ...]
    agencies: dict[str, tuple[str, ...]]
    own: tuple[str, ...]
    leaders: tuple[str, ...]
    deadlines: tuple[str, ...]
    due: str | None
    yearly: str | None
    place: Place


def ledger(graph: Graph, *, agency: str | None = None, plan: str | None = None, year: str | None = None) -> list[Entry]:
    """The tasks of an agency, of a plan, of the documents of a year, or of all, in the order of the documents.

    A task that names the agency is listed with all its agencies.  GraphError if a name is not known to the graph.
    """
    agencies = set(find(graph, "agency", agency)) if agency else None
    plans = set(find(graph, "plan", plan)) if plan else None
    if year and not (year.isdigit() and len(year) == 4):
        raise GraphError(f"{year} is not a year; write four digits.")
    rows = sorted(graph.select(_ASSIGNMENTS), key=lambda row: (row["node"] or "", row["fact"] or ""))
    lister = _Lister(graph, agencies)
    entries = []
    for _, group in groupby(rows, key=lambda row: row["node"]):
        found = list(group)
        if (
            (agencies is None or any(row["agency"] in agencies for row in found))
            and (plans is None or any(row["plan"] in plans for row in found))
            and (year is None or (found[0]["date"] or "").startswith(year))
        ):
            entries.append(lister.entry(found))
    return sorted(entries, key=lambda entry: (entry.date or "", entry.document, entry.place.file, entry.place.start))


def section(entries: Sequence[Entry], base: str, site: str | None = None, subject: Sequence[str] = ()) -> Section:
    """The ledger as rows of text.

    Args:
        entries: its tasks.
        base: what the graph's IRIs begin with.
        site: the address of a server of this graph; permalinks lead there instead of to the IRIs themselves.
        subject: the agency, plan or year that the ledger is for, for its title.
    """
    rows = []
    for number, entry in enumerate(entries, start=1):
        link = entry.iri.replace(base, f"{site.rstrip('/')}/", 1) if site else entry.iri
        rows.append({
            "number": str(number), "document": entry.document, "date": entry.date, "plan": entry.plan,
            "section": entry.section, "task": entry.task, "targets": "；".join(entry.targets),
            "own": "、".join(entry.own),
            **{role: "、".join(entry.agencies.get(role, ())) for role in ROLES},
            "leader": "、".join(entry.leaders), "deadline": "；".join(entry.deadlines),
            "due": entry.due or (f"每年{entry.yearly[2:]}" if entry.yearly else None),
            "quote": entry.place.quote, "place": str(entry.place), "link": link, "fact": entry.fact,
        })  # fmt: skip
    title = {"zh": " ".join(("督查台账", *subject)), "en": " ".join(("Inspection ledger", *subject))}
    return Section("ledger", title, COLUMNS, tuple(rows), _KEPT)


class _Lister:
    """Makes entries; asks the graph once for what all of them need."""

    def __init__(self, graph: Graph, agencies: set[str] | None) -> None:
        self.graph, self.agencies = graph, agencies
        self.titles = {row["plan"]: row["title"] for row in graph.select(_TITLES)}
        self.places = Places(graph)
        self.targets: defaultdict[str | None, list[str]] = defaultdict(list)
        for target in sorted(graph.select(_TARGETS), key=lambda row: (row["node"] or "", row["target"] or "")):
            self.targets[target["node"]].append(aim(target))

    def entry(self, rows: list[_Found]) -> Entry:
        """The entry of a task from the rows of its assignments."""
        rows.sort(key=lambda row: self.places.order(row["fact"]))
        first = next((row for row in rows if self.agencies and row["agency"] in self.agencies), rows[0])
        agencies = {role: _distinct(row["printed"] for row in rows if row["role"] == role) for role in ROLES}
        own = _distinct(row["role"] for row in rows if self.agencies and row["agency"] in self.agencies)
        place = self.places.whole([row["fact"] for row in rows])
        if place is None:
            raise GraphError(f"the task {rows[0]['node']} rests on no words; build the graph again.")
        return Entry(
            iri=first["node"] or "",
            fact=first["fact"] or "",
            document=first["document"] or "",
            date=first["date"],
            plan=next((self.titles[row["plan"]] for row in rows if row["plan"] in self.titles), None),
            section=first["section"],
            task=first["task"] or "",
            targets=_distinct(self.targets[first["node"]]),
            agencies={role: names for role, names in agencies.items() if names},
            own=tuple(ROLE_NAMES[role] for role in own),
            leaders=_distinct(row["leader"] for row in rows),
            deadlines=_distinct(row["deadline"] for row in rows),
            due=max((row["due"] for row in rows if row["due"]), default=None),
            yearly=next((row["yearly"] for row in rows if row["yearly"]), None),
            place=place,
        )


def aim(target: Mapping[str, str | None]) -> str:
    """A target in one line: 河岸绿化率 ≥85.5%（2035年）."""
    sign = {">=": "≥", "<=": "≤", "=": "", "~": "约"}.get(target["comparator"] or "", target["comparator"] or "")
    year = f"（{target['year']}年）" if target["year"] else ""
    value = target["value"] or ""
    # “同比例提高” is no number of years
    unit = target["unit"] or "" if any(character.isdigit() for character in value) else ""
    return f"{target['indicator']} {sign}{value}{unit}{year}"


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
