"""Who issued a document, by the letters of its number (发文字号): 国办发, 桂政发, and those that gazettes teach."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from kg import data
from kg.data.divisions import divisions
from kg.facts import Place
from kg.resolve.agencies import canonical
from kg.resolve.areas import NATION, PROVINCE, REGION, split_area

_CENTRAL = re.compile("中华人民共和国|中共中央|国务院|国家|全国")
_LETTERS = re.compile(r"([\u4e00-\u9fff]+)〔\d{4}〕")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues documents: its official name, its level, the full name of its area where it has one."""

    name: str
    level: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    prefix: str
    issuer: Issuer


def letters(number: str) -> str | None:
    """The letters of a document number: 桂政办发〔2021〕9号 → 桂政办发; None for orders, standards and the like."""
    match = _LETTERS.match(number)
    return match[1] if match else None


def issuer(number: str, taught: Mapping[str, Issuer] | None = None) -> Issuer | None:
    """The body whose letters a document number bears.

    Args:
        number: a document number with brackets 〔〕.
        taught: issuers by letters that printed documents teach (see :func:`teach`): they hold for cities, whose
            letters no table has.

    Returns:
        The issuer with its level; None where the letters are not known.
    """
    found = letters(number)
    if found is None:
        return None
    if taught and found in taught:
        return taught[found]
    return next((row.issuer for row in _table() if found.startswith(row.prefix) and not _of_a_city(found, row)), None)


def _of_a_city(found: str, row: _Row) -> bool:
    """Whether one letter is a ministry's in the table but a city's here: 建 is a ministry's, 建政办 a city's."""
    return len(row.prefix) == 1 and "政" in found


def title_level(title: str) -> str | None:
    """The level of a document by the area or body that its title begins with; None where it begins with neither."""
    if _CENTRAL.match(title):
        return NATION
    parts = split_area(title, Place())
    if parts:
        return parts[0].level
    if title.endswith("条例"):
        # A region's or city's regulations name it in their title; the State's and the Party's need not
        return NATION
    short = next((short for short in _short_provinces() if title.startswith(short)), None)
    return _short_provinces()[short] if short else None


@cache
def _short_provinces() -> dict[str, str]:
    return {unit.short: REGION if unit.name.endswith("自治区") else PROVINCE for unit in divisions() if not unit.parent}


def teach(documents: Iterable[tuple[str, str, Place]]) -> dict[str, Issuer]:
    """What printed documents teach: letters → issuer, where all documents with these letters agree.

    Args:
        documents: number, first issuer as printed, and area of each printed document.

    The letters of a city's government (澜政发, 澜政办) teach those of its party committee (澜发, 澜办) as well, for the
    city's own letters stand before both.
    """
    seen: defaultdict[str, set[Issuer]] = defaultdict(set)
    for number, printed, place in documents:
        found = letters(number)
        area = place.county or place.city or place.province
        if not found or not area:
            continue
        name, level = canonical(printed, place)
        seen[found].add(Issuer(name, level, area))
        if "政" in found[1:]:
            own = "".join(takewhile(lambda letter: letter != "政", found))
            seen[f"{own}发"].add(Issuer(f"中国共产党{area}委员会", level, area))
            seen[f"{own}政发"].add(Issuer(f"{area}人民政府", level, area))
            seen[f"{own}政规"].add(Issuer(f"{area}人民政府", level, area))
            seen[f"{own}政办"].add(Issuer(f"{area}人民政府办公室", level, area))
            seen[f"{own}政办规"].add(Issuer(f"{area}人民政府办公室", level, area))
    national = {row.prefix for row in _table()}
    return {key: next(iter(bodies)) for key, bodies in seen.items() if len(bodies) == 1 and key not in national}


@cache
def _table() -> tuple[_Row, ...]:
    """All prefixes with their issuers, the longest first."""
    rows = []
    provinces = {row["abbreviation"]: row["province"] for row in data.rows("province_abbreviations.tsv")}
    for row in data.rows("number_prefixes.tsv"):
        if "{p}" not in row["prefix"]:
            rows.append(_Row(row["prefix"], Issuer(row["issuer"], row["level"])))
            continue
        for short, province in provinces.items():
            level = REGION if province.endswith("自治区") else PROVINCE
            name = row["issuer"].replace("{}", province)
            rows.append(_Row(row["prefix"].replace("{p}", short), Issuer(name, row["level"] or level, province)))
    return tuple(sorted(rows, key=lambda row: (-len(row.prefix), row.prefix)))
