"""Collectives (集体称谓): which bodies “各县区人民政府” or “领导小组各成员单位” are, where that is settled.

The table of administrative divisions settles what stands for all counties or cities of an area; a document's own member
list, or the sentence that lists them, settles the members of a leading group.  All others (各有关部门) stay phrases
without members.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.data.divisions import divisions, named
from kg.extract.bodies import split_bodies
from kg.facts import Place
from kg.read.text import Text
from kg.resolve.agencies import canonical

# 各县区人民政府, 各县（市、区）卫生健康局: the body that every county has; 各县, 各区: counties or districts alone
_COUNTIES = re.compile(
    r"(?:全市|本市)?各?(?P<word>县区|区县|县市区|市县区|县[（(]区[）)]|县[（(]市、区[）)]|县、区|县级(?=人民政府)|(?<=各)县|(?<=各)区)"
    r"(?P<body>[\u4e00-\u9fff]{2,12})"
)
_CITIES = re.compile(
    r"各(?:设区(?:的)?市|地级市|市州|市（州）|地市|市)(?P<body>人民政府|政府|党委|[\u4e00-\u9fff]{2,8}[局委])"
)
_MEMBERS = re.compile(r"(?P<group>.{2,}?(?:领导小组|协调小组|专责小组|指挥部|联席会议|委员会))(?:的)?各?成员单位")
#: What is said instead of a body: 各县区有关部门 are nobody in particular.
_NOBODY = re.compile(r"有关|相关|各|单位|部门|企业|机构|等|和|及|直属")
#: 联席会议成员单位包括市财政局、市水利局和市审计局。
_LISTED = re.compile(r"\s*(?:主要)?(?:包括|由|为)[：:]?\s*([^。；;]{4,600}?)(?:等[^、，。；;]{0,12})?(?:组成)?[。；;]")
_GOVERNMENT = {"人民政府": "人民政府", "政府": "人民政府", "党委": "委"}


def members(surface: str, place: Place, year: int | None, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The official names of the bodies that a collective stands for; none where nothing settles it.

    Args:
        surface: the collective as printed.
        place: the area whose government speaks.
        year: of the document: counties that were dissolved before, or founded later, are left out.
        groups: the official names of the member agencies of each leading group that the documents set up.
    """
    of_group = _MEMBERS.fullmatch(surface)
    if of_group:
        named_group = of_group["group"]
        return groups.get(named_group) or groups.get(canonical(named_group, place)[0], ())
    counties = _COUNTIES.fullmatch(surface)
    if counties and place.city and not place.county and not _NOBODY.search(counties["body"]):
        areas = _below(place.city, "county", year)
        alone = counties["word"] if len(counties["word"]) == 1 else ""
        return _bodies(tuple(area for area in areas if area.endswith(alone)), counties["body"], place)
    cities = _CITIES.fullmatch(surface)
    if cities and place.province and not place.city and not _NOBODY.search(cities["body"]):
        return _bodies(_below(place.province, "prefecture", year), cities["body"], place)
    return ()


def listed(behind: str, place: Place) -> tuple[str, ...]:
    """The official names of the bodies that a sentence lists behind a collective; none where it lists none.

    Args:
        behind: the text behind the collective's name.
        place: the area whose government speaks.
    """
    match = _LISTED.match(behind)
    bodies = split_bodies(Text.at(match[1], 0), place) if match else []
    names = {canonical(body.surface, place, body.intended)[0] for body in bodies if body.kind == "body"}
    return tuple(sorted(names)) if len(names) > 1 else ()


def _bodies(areas: tuple[str, ...], body: str, place: Place) -> tuple[str, ...]:
    whole = _GOVERNMENT.get(body, body)
    return tuple(sorted(canonical(f"{area}{whole}", place)[0] for area in areas))


@cache
def _below(area: str, level: str, year: int | None) -> tuple[str, ...]:
    """The names of the divisions of a level that lie directly in an area, as they were in a year."""
    above = named(area)
    if above is None:
        return ()
    return tuple(
        unit.name
        for unit in divisions()
        if unit.parent == above.code
        and unit.level == level
        and (not unit.until or (year is not None and int(unit.until) >= year))
    )
