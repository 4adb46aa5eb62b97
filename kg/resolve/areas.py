"""The area that a body belongs to: what “市”, “江北” and “江北市东屿区” mean in a document of a place."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.data.divisions import Division, named
from kg.extract.body_grammar import PARK, PLACE
from kg.facts import Place

NATION, REGION, PROVINCE, CITY, COUNTY, TOWN, ZONE = "国家", "自治区", "省", "市", "县区", "镇", "园区"
COLLECTIVE, OTHER = "集体", "其他"

_LEVEL_WORD = r"自治区|自治州|省|市|县|区|州|盟|旗"
_FULL_NAME = re.compile(r"(?:自治区|自治州|[省市县区州盟旗])$")
_CLASS_WORD = re.compile(r"(?:特别行政区|(?:[壮回]族|维吾尔)?自治区|自治州|自治县|地区|[省市县区州盟旗])$")
_PARTY = r"(?:中共|中国共产党)?"
_PLACES = re.compile(PLACE)
_KNOWN = re.compile(rf"{_PARTY}((?:{PLACE})+)(?=.)")
_WORD = re.compile(rf"{_PARTY}({_LEVEL_WORD})级?(?=.)")
_UNKNOWN = re.compile(
    rf"{_PARTY}([\u4e00-\u9fff]{{2,3}}?(?:省|市|县|区|旗|镇|乡|街道)|[\u4e00-\u9fff]{{2,8}}?自治[区州县旗])(?=..|委)"
)
_ZONE = re.compile(rf"{PARK}$")
_COUNTY = re.compile(r"([\u4e00-\u9fff]{2}[区县])(?=人民|政府|委(?!员)|[\u4e00-\u9fff]{2,10}[局馆]$)")


class Area(NamedTuple):
    """The area that a body belongs to: its full name, its name without class word, its level."""

    name: str
    short: str
    level: str


def split_area(name: str, place: Place) -> tuple[Area, str] | None:
    """The area that the name of a body begins with, and the rest of the name; None if it begins with none."""
    for own in (place.county, place.city, place.province):
        if own and name.startswith(own) and len(name) > len(own) and not _KNOWN.match(name):
            return _with_county(_area(own, place), name[len(own) :])
    known = _KNOWN.match(name)
    if known:
        chain = _PLACES.findall(known.group(1))
        return _with_county(_of_chain(chain, place), name[known.end() :])
    word = _WORD.match(name)
    if word:
        return area_of_word(word.group(1), place), name[word.end() :]
    unknown = _UNKNOWN.match(name)
    if not unknown or _ZONE.search(unknown.group(1)):
        return None
    return _area(unknown.group(1), place), name[unknown.end() :]


def _with_county(area: Area, rest: str) -> tuple[Area, str]:
    """A city and what follows it; a county there that the table lacks (江北市东屿区文化馆) is the area then."""
    county = _COUNTY.match(rest) if area.level == CITY else None
    if not county:
        return area, rest
    return Area(area.name + county[1], county[1][:-1], COUNTY), rest[county.end() :]


def area_of_word(word: str, place: Place) -> Area:
    """What a level word alone means in a document of a place; the word itself where nothing tells."""
    if word in ("自治区", "省"):
        name = place.province
    elif word in ("县", "旗"):
        name = place.county
    elif word == "区":
        name = place.county or place.province
    elif word == "市" and place.county and place.county.endswith("市"):
        name = place.county
    elif word == "市" and not place.city and place.province and place.province.endswith("市"):
        name = place.province
    else:
        name = place.city
    return _area(name, place) if name else Area(word, word, _level_of(word))


def own_area(place: Place) -> Area | None:
    """The area whose government speaks; None for the central authorities."""
    name = place.county or place.city or place.province
    return _area(name, place) if name else None


def short_area(name: str, place: Place) -> Area | None:
    """The area with this name, with or without its class word: 江北, 广西; None if there is none."""
    for own in (place.city, place.county, place.province):
        area = _area(own, place) if own else None
        if area and name in (area.short, own):
            return area
    division = named(name, place.city) or named(name, place.province)
    return _of_division(division) if division else None


def whole_area(name: str, place: Place) -> Area:
    """The area that a string names as a whole: 市, 江北市, 江北; a city of that name if none is known."""
    if re.fullmatch(_LEVEL_WORD, name):
        return area_of_word(name, place)
    if re.fullmatch(rf"(?:{PLACE})+", name):
        return _of_chain(_PLACES.findall(name), place)
    area = _area(name, place) if has_class_word(name) else short_area(name, place)
    return area or Area(name, name, CITY)


def has_class_word(name: str) -> bool:
    """Whether the name of an area ends with its class word: 江北市, not 江北, nor 江州, which is short for 江州市."""
    division = named(name)
    return bool(_FULL_NAME.search(name)) and (division is None or division.name == name)


def _level_of(name: str) -> str:
    """The level of an area by its class word."""
    if name.endswith("自治区"):
        return REGION
    if name.endswith("省"):
        return PROVINCE
    if name.endswith(("市", "州", "盟", "地区")):
        return CITY
    return TOWN if name.endswith(("镇", "乡", "街道")) else COUNTY


def _of_chain(chain: list[str], place: Place) -> Area:
    """The last of the divisions named one after the other; a city printed before a county stays part of its name."""
    above = chain[-2] if len(chain) > 1 else place.city or place.province
    division = named(chain[-1], above)
    area = _of_division(division) if division else _area(chain[-1], place)
    printed = "".join(name for name in chain[:-1] if _level_of(name) == CITY)
    return area._replace(name=printed + chain[-1]) if printed else area


@cache
def _of_division(division: Division) -> Area:
    """A division as an area.  A district is named with its city (江北市东屿区), a county is not."""
    levels = {"province": _level_of(division.name), "prefecture": CITY, "county": COUNTY}
    lineage = division.lineage
    city = lineage[-2].name if len(lineage) > 1 and division.level == "county" else ""
    district = division.name.endswith("区") and city.endswith("市")
    return Area(city + division.name if district else division.name, division.short, levels[division.level])


def _area(name: str, place: Place) -> Area:
    """An area by its full name, one that the table lacks by its class word."""
    division = named(name, place.city or place.province)
    if division and division.name == name:
        return _of_division(division)
    district = name.endswith("区") and not name.endswith("自治区") and place.city and place.city != name
    level = COUNTY if name == place.county else _level_of(name)
    return Area(f"{place.city}{name}" if district else name, _CLASS_WORD.sub("", name) or name, level)
