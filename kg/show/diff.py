"""Two plans compared by what they say: targets, agencies, tasks and deadlines added, dropped, changed; no text diff."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.folder import GraphError
from kg.graph.queries import find
from kg.graph.store import Graph
from kg.graph.vocabulary import ROLES
from kg.show.ledger import ROLE_NAMES, aim
from kg.show.places import Places, placed
from kg.show.sections import Row, Section

_TARGETS = """
SELECT DISTINCT ?plan ?fact ?concept ?indicator ?scope ?comparator ?value ?unit ?year WHERE {
    ?fact gz:setBy ?plan ; gz:indicator ?printed ; gz:indicatorText ?indicator ; gz:valueText ?value .
    OPTIONAL { ?fact gz:measures ?measured }
    OPTIONAL { ?fact gz:scope ?scope }
    OPTIONAL { ?fact gz:comparator ?comparator }
    OPTIONAL { ?fact gz:unitText ?unit }
    OPTIONAL { ?fact gz:targetYear ?year }
    BIND(COALESCE(?measured, ?printed) AS ?concept)
}
"""
_ASSIGNMENTS = """
SELECT DISTINCT ?plan ?node ?task ?fact ?agency ?name ?role ?deadline WHERE {
    ?fact prov:hadPlan ?plan ; prov:hadRole ?code .
    ?code skos:notation ?role .
    ?node prov:qualifiedAssociation ?fact ; rdfs:label ?task .
    OPTIONAL { ?fact prov:agent ?agency OPTIONAL { ?agency skos:prefLabel ?name } }
    OPTIONAL { ?fact gz:deadlineText ?deadline }
}
"""
_NEAR = """
SELECT ?left ?right WHERE {
    ?link gz:linkStatus gz:DoubtfulLink ; rdf:predicate skos:exactMatch ; rdf:subject ?left ; rdf:object ?right .
}
"""
#: Two tasks whose names agree so far are one task that was reworded.
_ALIKE = 0.75
_COLUMNS = ("change", "what", "before", "after", "beforeFact", "afterFact")
_ADDED, _DROPPED, _CHANGED, _ALIKE_NAMES, _KEPT = "added", "dropped", "changed", "alike", "kept"
_ORDER = (_CHANGED, _ALIKE_NAMES, _ADDED, _DROPPED, _KEPT)
#: “达到25%” and “25%以上” promise the same.
_REACHED = {"=", ">=", "~", None}

_Found = dict[str, str | None]


@dataclass(slots=True)
class _Said:
    """What a plan says of one thing: its name, its words, what is compared of them, and the first fact that says so."""

    name: str
    words: list[str] = field(default_factory=list)
    compared: set[str] = field(default_factory=set)
    fact: str | None = None

    def add(self, words: str, fact: str | None, compared: str | None = None) -> None:
        if words and words not in self.words:
            self.words.append(words)
            self.compared.add(compared or words)
        self.fact = self.fact or fact

    @property
    def text(self) -> str:
        return "；".join(sorted(self.words))


def diff(graph: Graph, earlier: str, later: str) -> list[Section]:
    """What the later plan changes: sections of targets, tasks and agencies.

    Indicators are the same by their concept, tasks by their words or nearly so.  GraphError if a plan is not known, or
    both names mean the same one.
    """
    old, new = set(find(graph, "plan", earlier)), set(find(graph, "plan", later))
    if old & new:
        raise GraphError(f"{earlier} and {later} are the same plan; name two.")
    targets, assignments = graph.select(_TARGETS), graph.select(_ASSIGNMENTS)
    sides = [
        (_of(targets, plans), sorted(_of(assignments, plans), key=lambda row: row["fact"] or ""))
        for plans in (old, new)
    ]
    (old_targets, old_tasks), (new_targets, new_tasks) = sides
    said_old, said_new = _said_targets(old_targets), _said_targets(new_targets)
    near = _near_names(graph, said_old, said_new)
    names = f"{earlier} → {later}"
    found = [
        _section("targets", "目标", "Targets", names, _compare(said_old, said_new, near)),
        _section("tasks", "任务", "Tasks", names, _compare(*_reworded(_said_tasks(old_tasks), _said_tasks(new_tasks)))),
        _section("agencies", "机构", "Agencies", names, _compare(_said_agencies(old_tasks), _said_agencies(new_tasks))),
    ]
    places = Places(graph)
    return [placed(placed(section, places, "before"), places, "after") for section in found]


def _of(rows: Iterable[_Found], plans: set[str]) -> list[_Found]:
    return [row for row in rows if row["plan"] in plans]


def _section(name: str, zh: str, en: str, plans: str, rows: list[Row]) -> Section:
    return Section(name, {"zh": f"{zh} {plans}", "en": f"{en} {plans}"}, _COLUMNS, tuple(rows))


def _near_names(graph: Graph, old: Mapping[str, _Said], new: Mapping[str, _Said]) -> dict[str, str]:
    """Later targets by earlier ones where their indicators may be one, and a human has to say so."""
    near: dict[str, str] = {}
    pairs = [(row["left"], row["right"]) for row in graph.select(_NEAR)]
    for left, right in (*pairs, *((right, left) for left, right in pairs)):
        for key in old:
            concept, _, scope = key.partition(" ")
            other = f"{right} {scope}"
            if concept == left and key not in new and other in new and other not in (*old, *near.values()):
                near.setdefault(key, other)
    return near


def _compare(old: Mapping[str, _Said], new: Mapping[str, _Said], near: Mapping[str, str] | None = None) -> list[Row]:
    """Rows of what changed, may have changed, was added, dropped and kept, in this order."""
    near = near or {}
    rows: list[Row] = []
    for key in {**old, **new}:
        if key in near.values():
            continue
        before, after = old.get(key), new.get(near.get(key, key))
        if before is None:
            change = _ADDED
        elif after is None:
            change = _DROPPED
        elif key in near:
            change = _ALIKE_NAMES
        else:
            change = _KEPT if before.compared == after.compared else _CHANGED
        name = (after or before or _Said("")).name
        if before and after and before.name != after.name:
            name = f"{before.name} → {after.name}"
        rows.append({
            "change": change,
            "what": name,
            "before": before.text if before else None,
            "after": after.text if after else None,
            "beforeFact": before.fact if before else None,
            "afterFact": after.fact if after else None,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (_ORDER.index(row["change"] or ""), row["what"] or ""))


def _said_targets(rows: list[_Found]) -> dict[str, _Said]:
    """Targets by the concept and scope of their indicator, all years together."""
    said: dict[str, _Said] = {}
    for row in sorted(rows, key=lambda row: (row["year"] or "", row["fact"] or "")):
        scope = f"（{row['scope']}）" if row["scope"] else ""
        name = f"{row['indicator']}{scope}"
        key = f"{row['concept']} {row['scope'] or ''}"
        comparator = None if row["comparator"] in _REACHED else row["comparator"]
        compared = aim({**row, "indicator": "", "comparator": comparator})
        said.setdefault(key, _Said(name)).add(aim({**row, "indicator": ""}).strip(), row["fact"], compared)
    return said


def _said_tasks(rows: list[_Found]) -> dict[str, _Said]:
    """Tasks by their name: agencies by role, and deadlines."""
    said: dict[str, _Said] = {}
    for row in rows:
        task = said.setdefault(row["task"] or "", _Said(row["task"] or ""))
        task.add(f"{ROLE_NAMES[row['role'] or '']} {row['name']}" if row["name"] else "", row["fact"])
        task.add(f"时限 {row['deadline']}" if row["deadline"] else "", row["fact"])
    return said


def _reworded(old: dict[str, _Said], new: dict[str, _Said]) -> tuple[dict[str, _Said], dict[str, _Said]]:
    """The same tasks, those that were reworded under the key of the later ones."""
    free = [name for name in new if name not in old]
    keyed: dict[str, _Said] = {}
    for name, said in old.items():
        near = [] if name in new else difflib.get_close_matches(name, free, 1, _ALIKE)
        if near:
            free.remove(near[0])
        keyed[near[0] if near else name] = said
    return keyed, new


def _said_agencies(rows: list[_Found]) -> dict[str, _Said]:
    """Agencies with the number of their tasks by role."""
    tasks: defaultdict[str, defaultdict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    said: dict[str, _Said] = {}
    for row in rows:
        if row["agency"]:
            tasks[row["agency"]][row["role"] or ""].add(row["node"])
            said.setdefault(row["agency"], _Said(row["name"] or "")).add("", row["fact"])
    for agency, by_role in tasks.items():
        counted = "、".join(f"{ROLE_NAMES[role]}{len(by_role[role])}项" for role in ROLES if by_role.get(role))
        said[agency].add(counted, None)
    return said
