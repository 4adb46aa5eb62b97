"""What a body is a unit of, and which area it belongs to, by its full official name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.data.divisions import Division, named
from kg.extract.body_grammar import PARK
from kg.facts import Place
from kg.resolve.areas import split_area

_PARTY = re.compile(r"(中国共产党.{2,}?委员会)(?=.{2,})(?!办公[室厅]?$)|(中国共产党.{2,}?委员会)(?=办公)")
_COMMITTEE = re.compile(
    r"(.*(?:领导小组|指挥部|联席会议))(?:办公室|[\u4e00-\u9fff]{2,12}组)|(.{4,}管理委员会)[\u4e00-\u9fff]{3,}"
)
_ZONE = re.compile(rf"(.+{PARK})(?!管理委员会)[\u4e00-\u9fff]{{3,12}}局")
_STATE_COUNCIL = "中华人民共和国国务院"
_OF_THE_STATE = ("ministry", "state council")
#: Departments and offices of a people's government.
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff、（）]{2,}(?:局|厅|委员会|办公室)(?:（.+）)?")
#: Bodies with names like departments that are none: assemblies, courts, bodies led from above, mass organisations.
_NO_DEPARTMENT = re.compile(
    r"人民代表大会|政治协商|政协|委员会委员会|常务委员会|法院|检察院|气象局|海关|海事局|烟草|供电局|邮政|国家安全局|银保监|监管分局|铁路|港口管理局"
    r"|纪律检查|监察委员会|工作委员会|共产主义青年团|(?<!监督)管理委员会|领导小组|指挥部|联席会议|调查队|分局|支行|通信管理|执行理事会"
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
    head = _head_office(name)
    # A branch has the name of its area behind that of its head office
    parts = split_area(name.removeprefix(head or ""), place)
    division = _division(parts[0].name, place) if parts else None
    above = _party(name) or _committee(name) or head
    if above is None and parts:
        area, rest = parts
        is_department = rest != "人民政府" and _DEPARTMENT.fullmatch(rest) and not _NO_DEPARTMENT.search(rest)
        above = f"{area.name}人民政府" if is_department else None
    elif above is None:
        above = _of_a_zone(name) or _of_the_state(name)
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


def _of_a_zone(name: str) -> str | None:
    """The committee of a development zone, whose departments often drop its name: 江北港片区社会事务局."""
    match = _ZONE.fullmatch(name)
    return f"{match[1]}管理委员会" if match else None


def _of_the_state(name: str) -> str | None:
    """The State Council, for ministries and the organs that it leads."""
    return _STATE_COUNCIL if name in _ministries() and name != _STATE_COUNCIL else None


def _head_office(name: str) -> str | None:
    """The central body whose name a branch begins with: 国家税务总局江北市税务局."""
    heads = [head for head in _central() if name.startswith(head) and len(name) > len(head) + 2]
    return max(heads, key=len, default=None)


@cache
def _ministries() -> frozenset[str]:
    return frozenset(row["name"] for row in data.rows("agency_national.tsv") if row["origin"] in _OF_THE_STATE)


@cache
def _central() -> tuple[str, ...]:
    return tuple(
        row["name"] for row in data.rows("agency_national.tsv") if row["name"].endswith(("局", "行", "总署", "会"))
    )
