"""What a fact says, in one line: for tooltips, and for tables of facts of several kinds."""

from __future__ import annotations

from typing import Any

from kg.show.web.columns import aim
from kg.show.web.entries import FactRow
from kg.show.web.messages import Words

#: The fields that say what a fact says, in the words of a tooltip.
_SAID = (
    "indicator",
    "value",
    "target_year",
    "role",
    "agency",
    "task",
    "deadline",
    "group",
    "person",
    "post",
    "action",
    "organisation",
    "relation",
    "object",
    "cited_title",
    "cited_number",
    "canonical",
    "name",
    "title",
)


def said(kind: str, fields: dict[str, Any], t: Words) -> str:
    """What a fact says, in one line."""
    stated = [name for name in _SAID if fields.get(name) not in (None, [])]
    words = [aim(fields) if name == "value" else t.code(name, fields[name]) for name in stated]
    return f"{t(f'one.{kind}')}：{' · '.join(words)}"


def said_row(fact: FactRow, t: Words) -> dict[str, Any]:
    """A fact of any kind as a row of a table: what it is, what it says, where it stands."""
    place = {"quote": fact.quote, "iri": fact.iri, "file": fact.file, "start": fact.start, "end": fact.stop}
    return {"kind": fact.kind, "doc": fact.doc, "said": said(fact.kind, fact.fields, t), **place}
