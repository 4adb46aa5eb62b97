"""The columns of the fact tables on pages: fewer and more readable than those of the export."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.show.web.entries import FactRow

#: ``aim`` is comparator, value and unit together, ``change`` a drawing from the baseline to the target.
COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("title", "issuers", "date", "kind"),
    "plans": ("title", "type", "period"),
    "targets": ("indicator", "scope", "aim", "target_year", "baseline", "change", "nature", "plan"),
    "assignments": ("role", "agency", "task", "deadline", "leader", "plan"),
    "memberships": ("group", "role", "person", "post"),
    "appointments": ("person", "action", "organisation", "post", "date", "note"),
    "portfolios": ("person", "relation", "object"),
    "citations": ("relation", "cited_title", "cited_number"),
    "agencies": ("surface", "canonical", "level"),
    "projects": ("name", "nature", "period", "investment", "owner"),
}
#: The things that cells link to, by table and column.
RELATIONS: dict[str, dict[str, str]] = {
    "documents": {"title": "document"},
    "plans": {"title": "self"},
    "targets": {"indicator": "indicator", "plan": "plan"},
    "assignments": {"agency": "agency", "task": "task", "leader": "person", "plan": "plan"},
    "memberships": {"group": "group", "person": "person"},
    "appointments": {"person": "person", "organisation": "agency"},
    "portfolios": {"person": "person", "object": "agency"},
    "citations": {"cited_title": "cited", "cited_number": "cited"},
    "agencies": {"surface": "agency", "canonical": "agency"},
    "projects": {"owner": "agency"},
}
_SIGNS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}
#: The fields that columns are made of, where it is not the field of the same name.
_MADE_OF = {
    "aim": ("value",),
    "baseline": ("baseline_value",),
    "change": ("baseline_value",),
    "period": ("period", "period_start", "period_end"),
}


def stated(kind: str, facts: Iterable[FactRow], hidden: Collection[str] = ()) -> list[str]:
    """The columns of a table in which any of the facts says something."""
    fields = [fact.fields for fact in facts]
    shown = [column for column in COLUMNS[kind] if column not in hidden]
    return [
        column for column in shown if any(row.get(name) for row in fields for name in _MADE_OF.get(column, (column,)))
    ]


def aim(fields: Mapping[str, Any]) -> str:
    """What is aimed at: ``≥ 3.2 人``."""
    return f"{_SIGNS.get(fields['comparator'] or '=', '')}{fields['value']} {fields['unit'] or ''}".strip()
