"""What a body is a unit of, and which area it belongs to, by its full official name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.data.divisions import Division, named
from kg.facts import Place
from kg.resolve.areas import split_area

_PARTY = re.compile(r"(中国共产党.{2,}?委员会)(?=.{2,})(?!办公[室厅]?$)|(中国共产党.{2,}?委员会)(?=办公)")
_COMMITTEE = re.compile(
    r"(.*(?:领导小组|指挥部|联席会议))(?:办公室|[\u4e00-\u9fff]{2,12}组)|(.{4,}管理委员会)[\u4e00-\u9fff]{3,}"
)
#: Departments and offices of a people's government.
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff、（）]{2,}(?:局|厅|委员会|办公室)(?:（.+）)?")
#: Bodies with names like departments that are none: assemblies, courts, bodies led from above, mass organisations.
_NO_DEPARTMENT = re.compile(
    r"人民代表大会|政治协商|政协|委员会委员会|常务委员会|法院|检察院|气象局|海关|海事局|烟草|供电局|邮政|国家安全局|银保监|监管分局|铁路|港口管理局"
    r"|纪律检查|监察委员会|工作委员会|共产主义青年团|管理委员会|领导小组|指挥部|联席会议|调查队|分局|支行|通信管理|执行理事会"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a body stands: the body that it is a unit of, and the administrative division that it belongs to."""

    parent: str | None
    division: Division | None


@cache
def unit(name: str, place: Place) -> Unit:
    """Where a body stands.

    Args:
        name: its full official name.
        place: the area whose government speaks of it, which tells areas of one name apart.

    Returns:
        The full name of the government, committee or head office above it, and its division; None for what the name
        does not tell.
    """
    parts = split_area(name, place)
    area = parts[0] if parts else None
    division = _division(area.name, place) if area else None
    if parts is None or area is None:
        return Unit(_committee(name) or _head_office(name), division)
    rest = parts[1]
    above = _party(name) or _committee(name) or _head_office(name)
    if above is None and rest != "人民政府" and _DEPARTMENT.fullmatch(rest) and not _NO_DEPARTMENT.search(rest):
        above = f"{area.name}人民政府"
    return Unit(above, division)


def _division(area: str, place: Place) -> Division | None:
    """The division with a full name; a district's name has its city's before it."""
    within = place.city or place.province
    found = named(area, within)
    if found is None and place.city and area.startswith(place.city):
        found = named(area.removeprefix(place.city), place.city)
    if found is None:
        parts = re.match(r"(.{2,}?市)(.{2,}区)$", area)
        found = named(parts[2], parts[1]) if parts else None
    return found if found and area.endswith(found.name) else None


def _party(name: str) -> str | None:
    match = _PARTY.match(name)
    return (match[1] or match[2]) if match else None


def _committee(name: str) -> str | None:
    match = _COMMITTEE.fullmatch(name)
    return (match[1] or match[2]) if match else None


def _head_office(name: str) -> str | None:
    """The central body whose name a branch begins with: 国家税务总局江北市税务局."""
    heads = [head for head in _central() if name.startswith(head) and len(name) > len(head) + 2]
    return max(heads, key=len, default=None)


@cache
def _central() -> tuple[str, ...]:
    return tuple(
        row["name"] for row in data.rows("agency_national.tsv") if row["name"].endswith(("局", "行", "总署", "会"))
    )
