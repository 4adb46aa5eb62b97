"""The administrative divisions of China (行政区划) by name: what divisions.tsv says, ready to look up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg import data


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county.

    ``code`` and ``parent`` are codes of GB/T 2260, ``level`` is ``province``, ``prefecture`` or ``county``, ``short``
    the name without its class word, ``until`` the last year of a name no longer in use, else empty.
    """

    code: str
    parent: str
    level: str
    name: str
    short: str
    until: str

    @property
    def lineage(self) -> tuple[Division, ...]:
        """This division and those above it, the province first."""
        above = by_code().get(self.parent)
        return (*above.lineage, self) if above else (self,)


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions of the table."""
    return tuple(Division(**row) for row in data.rows("divisions.tsv"))


@cache
def by_code() -> dict[str, Division]:
    """The divisions that are in use, by code; former ones where the code is no longer given."""
    table: dict[str, Division] = {}
    for division in sorted(divisions(), key=lambda unit: unit.until, reverse=True):
        table[division.code] = division
    return table


@cache
def customary() -> dict[str, Division]:
    """The autonomous prefectures, counties and banners by how their documents call them: 恩施州, 恭城县."""
    official = {unit.name for unit in divisions()}
    named = {
        unit.short + unit.name[-1]: unit
        for unit in divisions()
        if unit.name.endswith(("自治州", "自治县", "自治旗")) and not unit.until
    }
    return {name: unit for name, unit in named.items() if name not in official}


@cache
def _by_name() -> dict[str, list[Division]]:
    table: dict[str, list[Division]] = defaultdict(list)
    for division in sorted(divisions(), key=lambda unit: (bool(unit.until), unit.code)):
        table[division.name].append(division)
        if division.short != division.name:
            table[division.short].append(division)
    for name, division in customary().items():
        table[name].append(division)
    return dict(table)


def bearing(name: str) -> list[Division]:
    """All divisions with this full name, those in use first."""
    return [unit for unit in _by_name().get(name, []) if unit.name == name]


def named(name: str, within: str | None = None) -> Division | None:
    """The division with this full or short name.

    Args:
        name: ``灵山县``, ``灵山`` or ``广西``.
        within: the full name of a province or prefecture that it should lie in, where several bear the name.

    Returns:
        The division in ``within`` if there is one, else the highest in use; None if no division bears the name.
    """
    found = _by_name().get(name, [])
    if within:
        inside = [unit for unit in found if any(above.name == within for above in unit.lineage)]
        found = inside or found
    order = ("province", "prefecture", "county")
    return min(found, key=lambda unit: (unit.name != name, bool(unit.until), order.index(unit.level)), default=None)
