"""Gaps: what an inspection office asks of plans before it asks the agencies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg import data
from kg.graph.queries import find, saved
from kg.graph.store import Graph
from kg.show.places import Places, placed
from kg.show.report import answered
from kg.show.sections import Row, Section

_DOCUMENTS = "SELECT ?plan ?number WHERE { ?document gz:issues ?plan ; dct:identifier ?number }"
_TYPES = """
SELECT DISTINCT ?title ?type WHERE { ?plan a gz:Plan ; dct:title ?title ; dct:type ?kind . ?kind skos:prefLabel ?type }
"""
_COUNTS = """
SELECT ?kind ?document (COUNT(DISTINCT ?thing) AS ?count) WHERE {
    { ?thing prov:qualifiedAssociation ?fact BIND("tasks" AS ?kind) }
    UNION { ?thing a gz:Target ; gz:valueText ?value BIND("targets" AS ?kind) }
    ?thing gz:statedIn ?statedIn .
    ?statedIn dct:identifier ?document .
} GROUP BY ?kind ?document
"""
#: Columns that list bodies.
_LISTS = ("agencies", "collectives")
#: Duties that rules (办法、规定) and emergency plans give are standing ones: nobody asks when they will be done.
_STANDING = ("RULES", "EMERGENCY", "STANDARD")


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap.

    It is found by the saved query ``query`` with ``values``, among ``of`` (tasks, targets) if these can be counted.
    ``dated`` gaps are not looked for in rules, whose duties have no end; ``assigned`` ones not in plans that give
    nobody a task, which are a gap of their own.  ``count`` is its column in the list of plans.
    """

    query: str
    values: dict[str, str] = field(default_factory=dict)
    of: str | None = None
    dated: bool = False
    assigned: bool = False
    count: str | None = None
    title: dict[str, str] | None = None


#: In the order of the report.
GAPS = (
    Gap(
        "tasks-without-lead",
        # One body alone needs no lead
        {"least": "2"},
        "tasks",
        count="without-lead",
        title={"zh": "多个单位承担而无牵头单位的任务", "en": "Tasks of several bodies without a lead"},
    ),
    Gap("tasks-with-two-leads", of="tasks", count="two-leads"),
    Gap("tasks-of-collectives", of="tasks", count="only-collective"),
    Gap("tasks-without-deadline", of="tasks", dated=True, count="without-deadline"),
    Gap("targets-without-task", of="targets", assigned=True, count="without-task"),
    Gap("plans-without-tasks"),
    Gap("leaders-removed-since"),
    Gap("resting-on-repealed"),
    Gap("deadline-pileups"),
)


def gaps(graph: Graph, plan: str | None = None, places: Places | None = None) -> list[Section]:
    """A summary, the plans with the number of their gaps, and a section for each kind of gap; of one plan or of all.

    What a query cannot narrow to a plan is narrowed to the documents that issue it; deadlines collide over all plans.
    """
    numbers = _numbers(graph, find(graph, "plan", plan)) if plan else None
    places, left_out = places or Places(graph), _LeftOut(graph)
    sections = [_found(graph, gap, plan, numbers, left_out, places) for gap in GAPS]
    counts = _counts(graph, numbers)
    return [_summary(sections, counts), _plans(sections), *sections]


def _found(
    graph: Graph,
    gap: Gap,
    plan: str | None,
    numbers: set[str | None] | None,
    left_out: _LeftOut,
    places: Places,
) -> Section:
    takes_plan = any(parameter.name == "plan" for parameter in saved()[gap.query].parameters)
    section = answered(graph, gap.query, gap.values | ({"plan": plan} if plan and takes_plan else {}))
    rows = section.rows
    if numbers is not None and "document" in section.columns:
        rows = tuple(row for row in rows if row["document"] in numbers)
    rows = tuple(row for row in rows if not left_out(gap, row))
    rows = tuple(_as_printed(row, places) for row in rows)
    return placed(replace(section, rows=rows, title=gap.title or section.title), places, in_order=True)


def _as_printed(row: Row, places: Places) -> Row:
    """The row with its lists of bodies in the order of the text; a query gives them in none."""
    lists = {column: (row.get(column) or "").split("、") for column in _LISTS if row.get(column)}
    return {**row, **{column: "、".join(places.as_printed(names, row["fact"])) for column, names in lists.items()}}


class _LeftOut:
    """Tells rows that are no gap of their kind."""

    def __init__(self, graph: Graph) -> None:
        rules = {row["type"] for row in data.rows("plan_types.tsv") if row["origin"] in _STANDING}
        self._ruling = {row["title"] for row in graph.select(_TYPES) if row["type"] in rules}
        self._idle = {(row["document"], row["planTitle"]) for row in answered(graph, "plans-without-tasks").rows}

    def __call__(self, gap: Gap, row: Row) -> bool:
        if gap.dated:
            return not row["planTitle"] or row["planTitle"] in self._ruling
        return gap.assigned and (row["document"], row["planTitle"]) in self._idle


def _numbers(graph: Graph, plans: list[str]) -> set[str | None]:
    return {row["number"] for row in graph.select(_DOCUMENTS) if row["plan"] in plans}


def _counts(graph: Graph, numbers: set[str | None] | None) -> Counter[str]:
    """How many tasks and targets there are."""
    found: Counter[str] = Counter()
    for row in graph.select(_COUNTS):
        if numbers is None or row["document"] in numbers:
            found[row["kind"] or ""] += int(row["count"] or 0)
    return found


def _summary(sections: Sequence[Section], counts: Counter[str]) -> Section:
    rows = tuple(
        {
            "gap": section.title["zh"],
            "what": section.title["en"],
            "facts": str(len(section.rows)),
            "of": str(counts[gap.of]) if gap.of else None,
        }
        for gap, section in zip(GAPS, sections, strict=True)
    )
    return Section("summary", {"zh": "汇总", "en": "Summary"}, ("gap", "what", "facts", "of"), rows)


def _plans(sections: Sequence[Section]) -> Section:
    """The plans, or documents without one, by the number of their gaps."""
    counted = {gap.query: gap.count for gap in GAPS if gap.count}
    found: defaultdict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    facts: dict[tuple[str | None, str | None], str | None] = {}
    for section in sections:
        for row in section.rows if section.name in counted else ():
            key = row["document"], row["planTitle"]
            found[key][counted[section.name] or ""] += 1
            facts.setdefault(key, row["fact"])
    rows = [
        {"document": document, "planTitle": plan, **{name: str(count) for name, count in counts.items()},
         "fact": facts[document, plan]}
        for (document, plan), counts in sorted(found.items(), key=lambda item: -item[1].total())
    ]  # fmt: skip
    columns = ("document", "planTitle", *(name for name in counted.values() if name), "fact")
    return Section("plans", {"zh": "各规划缺口数", "en": "Gaps by plan"}, columns, tuple(rows))
