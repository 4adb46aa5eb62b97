"""Two plans compared by what they say: targets, agencies, tasks and deadlines added, dropped, changed; no text diff."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.folder import GraphError
from kg.graph.queries import find
from kg.graph.store import Graph
from kg.graph.vocabulary import ROLES
from kg.show.ledger import ROLE_NAMES, aim
from kg.show.report import Row, Section

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
#: Two tasks whose names agree so far are one task that was reworded.
_ALIKE = 0.75
_COLUMNS = ("change", "what", "before", "after", "beforeFact", "afterFact")
_ADDED, _DROPPED, _CHANGED, _KEPT = "added", "dropped", "changed", "kept"
_ORDER = (_CHANGED, _ADDED, _DROPPED, _KEPT)

_Found = dict[str, str | None]


@dataclass(slots=True)
class _Said:
    """What a plan says of one thing: its name, its words, and the first fact that says so."""

    name: str
    words: list[str] = field(default_factory=list)
    fact: str | None = None

    def add(self, words: str, fact: str | None) -> None:
        if words and words not in self.words:
            self.words.append(words)
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
    return [
        _section("targets", "目标", "Targets", _compare(_said_targets(old_targets), _said_targets(new_targets))),
        _section("tasks", "任务", "Tasks", _compare(*_reworded(_said_tasks(old_tasks), _said_tasks(new_tasks)))),
        _section("agencies", "机构", "Agencies", _compare(_said_agencies(old_tasks), _said_agencies(new_tasks))),
    ]


def _of(rows: Iterable[_Found], plans: set[str]) -> list[_Found]:
    return [row for row in rows if row["plan"] in plans]


def _section(name: str, zh: str, en: str, rows: list[Row]) -> Section:
    return Section(name, {"zh": zh, "en": en}, _COLUMNS, tuple(rows))


def _compare(old: Mapping[str, _Said], new: Mapping[str, _Said]) -> list[Row]:
    """Rows of what changed, was added, dropped and kept, in this order."""
    rows: list[Row] = []
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if before is None:
            change = _ADDED
        elif after is None:
            change = _DROPPED
        else:
            change = _KEPT if before.text == after.text else _CHANGED
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
        said.setdefault(key, _Said(name)).add(aim({**row, "indicator": ""}).strip(), row["fact"])
    return said


def _said_tasks(rows: list[_Found]) -> dict[str, _Said]:
    """Tasks by their name: lead agencies and deadlines."""
    said: dict[str, _Said] = {}
    for row in rows:
        task = said.setdefault(row["task"] or "", _Said(row["task"] or ""))
        task.add(f"牵头 {row['name']}" if row["role"] == "lead" and row["name"] else "", row["fact"])
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
        counts = Counter({role: len(nodes) for role, nodes in by_role.items()})
        said[agency].words = ["、".join(f"{ROLE_NAMES[role]}{counts[role]}项" for role in ROLES if counts[role])]
    return said
