"""Gaps: what an inspection office asks of plans before it asks the agencies."""

from __future__ import annotations

from kg.graph.queries import find, saved
from kg.graph.store import Graph
from kg.show.report import Section, answered

#: The saved queries of the report, in its order.
GAPS = (
    "tasks-without-lead",
    "tasks-with-two-leads",
    "tasks-of-collectives",
    "tasks-without-deadline",
    "targets-without-task",
    "leaders-removed-since",
    "resting-on-repealed",
    "deadline-pileups",
)
_DOCUMENTS = "SELECT ?plan ?number WHERE { ?document gz:issues ?plan ; dct:identifier ?number }"


def gaps(graph: Graph, plan: str | None = None) -> list[Section]:
    """A summary and a section for each kind of gap; of one plan, or of all.

    What a query cannot narrow to a plan is narrowed to the documents that issue it; deadlines collide over all plans.
    """
    numbers = _numbers(graph, find(graph, "plan", plan)) if plan else None
    sections = []
    for name in GAPS:
        takes_plan = any(parameter.name == "plan" for parameter in saved()[name].parameters)
        section = answered(graph, name, {"plan": plan} if plan and takes_plan else {})
        if numbers is not None and "document" in section.columns:
            rows = tuple(row for row in section.rows if row["document"] in numbers)
            section = Section(name, section.title, section.columns, rows)
        sections.append(section)
    return [_summary(sections), *sections]


def _numbers(graph: Graph, plans: list[str]) -> set[str | None]:
    return {row["number"] for row in graph.select(_DOCUMENTS) if row["plan"] in plans}


def _summary(sections: list[Section]) -> Section:
    rows = tuple(
        {"kind": section.title["zh"], "what": section.title["en"], "facts": str(len(section.rows))}
        for section in sections
    )
    return Section("summary", {"zh": "汇总", "en": "Summary"}, ("kind", "what", "facts"), rows)
