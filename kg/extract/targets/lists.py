"""Lists with 分别: “A、B分别达到X、Y”, “2023年、2024年分别新建X、Y”."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.quantities import Quantity, parse_all
from kg.extract.targets import names, words
from kg.extract.targets.phrases import JOINT
from kg.extract.targets.reading import Reading, Wording

_BETWEEN = re.compile(rf"\s*(?:{JOINT.pattern})?\s*")


def read(wording: Wording, last: Quantity) -> list[Reading]:
    """The readings of a list with 分别, one for each value; empty where a clause is none.

    The values go to as many subjects, else to as many years.  ``last`` is the clause's last quantity.
    """
    string = wording.string
    each = wording.hidden.find("分别", wording.start, last.start)
    if each < 0:
        return []
    values = [_moved(value, each) for value in parse_all(string[each : wording.end])]
    if len(values) < 2 or any(not _BETWEEN.fullmatch(string[a.end : b.start]) for a, b in pairwise(values)):
        return []
    kind, shown = _verb(string[each + 2 : values[0].start].strip(), string[values[-1].end : wording.end])
    subject = names.clean(string[wording.start : each])
    years: list[int | None] = [
        period.last for period in wording.periods if period.role in ("in", "by") and period.start < values[0].start
    ]
    subjects = [subject] * len(values)
    if len(years) != len(values):
        years = [None] * len(values)
        subjects = names.split(subject, len(values)) or subjects
    return [
        Reading(one + shown, one, value, kind, wording.start, values[-1].end, year=year)
        for one, value, year in zip(subjects, _same_terms(values), years, strict=True)
    ]


def _verb(between: str, after: str) -> tuple[str, str]:
    """The kind of the verb between 分别 and the first value, and the words around the values that names keep."""
    if match := words.verb_at_end().search(between):
        kind = words.kind_of(match)
        between = between[: match.start()] if kind in ("reach", "be", "have") else between
    else:
        match = words.make_at_start().match(between)
        kind = words.verb_kinds()[match[0]] if match else "reach"
    counted = names.clean(after) if kind in ("make", "have") else ""
    return kind, names.clean(between) + counted


def _moved(quantity: Quantity, by: int) -> Quantity:
    """A quantity that was found in a part of the paragraph, at its place in the whole."""
    return replace(
        quantity,
        start=quantity.start + by,
        end=quantity.end + by,
        first=quantity.first + by,
        last=quantity.last + by,
    )


def _same_terms(values: list[Quantity]) -> list[Quantity]:
    """A comparison or a unit that a list states once, at its first or last value, holds for all of it."""
    compared = [value for value in values if value.compared]
    if len(compared) == 1 and compared[0] in (values[0], values[-1]):
        values = [replace(value, comparator=compared[0].comparator) for value in values]
    last = values[-1]
    return [replace(v, unit=last.unit, kind=last.kind) if v.kind == "bare" else v for v in values]
