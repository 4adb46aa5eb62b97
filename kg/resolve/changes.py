"""Reorganisations (机构改革): which department of an area became which, and under which name it goes on.

The table agency_changes.tsv says it by the department's name without its place, for all areas of a level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.resolve.areas import CITY, COUNTY, NATION, PROVINCE, REGION


@dataclass(frozen=True, slots=True)
class Department:
    """A department by its official name: ``area`` is the full name of its area, empty for a central one."""

    name: str
    area: str
    level: str


@dataclass(frozen=True, slots=True)
class Change:
    """A reorganisation: the departments before and after, the year it took effect, its kind and its source.

    ``kind`` is ``renamed``, ``merged`` or ``divided``.
    """

    before: Department
    after: Department
    year: int
    kind: str
    source: str


def changes(departments: Iterable[Department]) -> list[Change]:
    """The reorganisations that ended the names of these departments, one after the other; sorted, without doubles."""
    found: set[Change] = set()
    ahead = list(departments)
    while ahead:
        new = set(_forward(ahead.pop())) - found
        found |= new
        ahead += [change.after for change in new]
    return sorted(found, key=lambda change: (change.before.name, change.year, change.after.name))


def present(department: Department) -> Department:
    """The department that goes on for this one today; itself if it never changed, or was divided among several."""
    seen = {department.name}
    while True:
        ahead = list(_forward(department))
        if len(ahead) != 1 or ahead[0].after.name in seen:
            return department
        department = ahead[0].after
        seen.add(department.name)


def _forward(department: Department) -> Iterator[Change]:
    stem = department.name.removeprefix(department.area)
    for row in _rows(department.level).get(stem, ()):
        after = Department(department.area + row.after, department.area, department.level)
        yield Change(department, after, row.year, row.kind, row.source)


@dataclass(frozen=True, slots=True)
class _Row:
    before: str
    after: str
    year: int
    kind: str
    source: str


@cache
def _rows(level: str) -> dict[str, tuple[_Row, ...]]:
    """The table's rows of a level, by the name before."""
    wanted = PROVINCE if level == REGION else level
    table: defaultdict[str, tuple[_Row, ...]] = defaultdict(tuple)
    if wanted in (NATION, PROVINCE, CITY, COUNTY):
        class_word = "厅" if wanted == PROVINCE else "局"
        for line in data.rows("agency_changes.tsv"):
            if wanted in line["levels"].split(","):
                old, new = (line[name].replace("*", class_word) for name in ("from", "to"))
                table[old] += (_Row(old, new, int(line["year"]), line["kind"], line["source"]),)
    return dict(table)
