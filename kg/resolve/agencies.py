"""Canonical names of agencies (机构): the full official name and the level of what a document prints.

“市发展改革委” in a document of 江北市 is 江北市发展和改革委员会.  The names of departments follow the institutional
reform of 2018–2023; they are data (agency_functions.tsv, agency_names.tsv, agency_national.tsv).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from kg import data
from kg.data.divisions import Division, named
from kg.extract.body_grammar import FUNCTION, PARK, PLACE, SHORT_PLACE, kind_of
from kg.facts import Place

NATION, REGION, PROVINCE, CITY, COUNTY, TOWN, ZONE = "国家", "自治区", "省", "市", "县区", "镇", "园区"
COLLECTIVE, OTHER = "集体", "其他"


class Area(NamedTuple):
    """The area that a body belongs to: its full name, its name without class word, its level."""

    name: str
    short: str
    level: str


def canonical(surface: str, place: Place, intended: str | None = None) -> tuple[str, str]:
    """The full official name and the level of a body.

    Args:
        surface: the name as printed, without the printer's white space.
        place: the area whose government speaks.
        intended: the whole name where the printed one is elided.

    Returns:
        The official name as far as general knowledge settles it, and one of 国家, 自治区, 省, 市, 县区, 镇, 园区, 集体
        (a collective or functional phrase, which keeps its words) and 其他.
    """
    name = intended or surface
    if kind_of(name) in ("collective", "functional"):
        return name, COLLECTIVE
    return _whole(name, place)


_TERM = re.compile(r"第[一二三四五六七八九十]+届.*$")


@cache
def _whole(name: str, place: Place) -> tuple[str, str]:
    name = _TERM.sub("", name) or name
    bracket = re.fullmatch(r"(.+?)[（(]([^（()）]+)[)）](.*)", name)
    if bracket and not name.startswith("中国（"):
        return _bracketed(bracket.group(1), bracket.group(2), bracket.group(3), place)
    if name in _national() and (place == Place() or not _local(name)):
        return _national()[name], NATION
    return _enclosing(name, place) or _headed(name, place) or _zone(name, place) or _headless(name, place)


def _bracketed(base: str, inner: str, rest: str, place: Place) -> tuple[str, str]:
    """A body with another of its names in brackets: 市财政局（市金融办）; both are written out."""
    full, level = _whole(base, place)
    area = _head_area(base, place)
    others = []
    for other in inner.split("、"):
        whole, _ = _whole(other, place)
        others.append(
            area.name + whole if area and not _head_area(other, place) and not whole.startswith(area.name) else whole
        )
    return f"{full}（{'、'.join(others)}）{rest}", level


# --- areas -----------------------------------------------------------------------------------------------------------

_LEVEL_WORD = r"自治区|自治州|省|市|县|区|州|盟|旗"
_FULL = re.compile(rf"(?:中共|中国共产党)?((?:{PLACE})+)(?=.)")
_WORD = re.compile(rf"(?:中共|中国共产党)?({_LEVEL_WORD})级?(?=.)")
_SHORT = re.compile(rf"({SHORT_PLACE})(?=.)")
_UNKNOWN = re.compile(
    r"(?:中共|中国共产党)?([\u4e00-\u9fff]{2,3}?(?:省|市|县|区|旗|镇|乡|街道)|[\u4e00-\u9fff]{2,8}?自治[区州县旗])(?=..|委)"
)


def _level_of(name: str) -> str:
    """The level of an area by its class word."""
    if name.endswith("自治区"):
        return REGION
    if name.endswith("省"):
        return PROVINCE
    if name.endswith(("市", "州", "盟", "地区")):
        return CITY
    return TOWN if name.endswith(("镇", "乡", "街道")) else COUNTY


def _as_area(division: Division) -> Area:
    levels = {"province": _level_of(division.name), "prefecture": CITY, "county": COUNTY}
    return Area(division.name, division.short, levels[division.level])


def _named_area(name: str | None, level: str | None = None) -> Area | None:
    if not name:
        return None
    division = named(name)
    if division and division.name == name:
        return _as_area(division)
    return Area(name, re.sub(r"(?:自治区|自治州|自治县|[省市县区州盟旗])$", "", name) or name, level or _level_of(name))


def _area_of_word(word: str, place: Place) -> Area:
    """What a level word alone means in a document of a place; the word itself where nothing tells."""
    if word in ("自治区", "省"):
        area = _named_area(place.province)
    elif word in ("县", "旗"):
        area = _named_area(place.county, COUNTY)
    elif word == "区":
        area = _named_area(place.county, COUNTY) or _named_area(place.province)
    elif word == "市" and place.county and place.county.endswith("市"):
        area = _named_area(place.county, COUNTY)
    elif word == "市" and not place.city and place.province and place.province.endswith("市"):
        area = _named_area(place.province)
    else:
        area = _named_area(place.city)
    return area or Area(word, word, _level_of(word))


def _split(name: str, place: Place) -> tuple[Area, str] | None:
    """The area that a name begins with, and the rest of the name."""
    full = _FULL.match(name)
    if full:
        last = re.findall(PLACE, full.group(1))[-1]
        division = named(last, place.city or place.province)
        if division:
            return _as_area(division), name[full.end() :]
    for own in (place.county, place.city, place.province):
        if own and name.startswith(own) and len(name) > len(own):
            area = _named_area(own)
            return (area, name[len(own) :]) if area else None
    word = _WORD.match(name)
    if word:
        return _area_of_word(word.group(1), place), name[word.end() :]
    unknown = _UNKNOWN.match(name)
    if unknown:
        area = _named_area(unknown.group(1))
        return (area, name[unknown.end() :]) if area else None
    return None


def _head_area(name: str, place: Place) -> Area | None:
    parts = _split(name, place)
    return parts[0] if parts else None


def _short_area(name: str, place: Place) -> Area | None:
    """The area with this name without class word."""
    for own in (place.city, place.county, place.province):
        area = _named_area(own)
        if area and name in (area.short, area.name):
            return area
    division = named(name, place.city) or named(name, place.province)
    return _as_area(division) if division else None


# --- names that have the area inside ---------------------------------------------------------------------------------


@cache
def _national() -> dict[str, str]:
    """The official names of central bodies by all their printed forms."""
    table = {}
    for row in data.rows("agency_national.tsv"):
        for form in [row["name"], *row["short"].split(",")]:
            if form:
                table[form] = row["name"]
    return table


def _local(name: str) -> bool:
    """Whether the short name of a central body could as well be that of a department of a place (统计局)."""
    return bool(re.fullmatch(rf"(?:{FUNCTION})+[局委办]", name))


@cache
def _forms() -> tuple[dict[str, list[dict[str, str]]], list[tuple[re.Pattern[str], dict[str, str]]]]:
    """The rows of agency_names.tsv: those that begin with the place, by what follows it; the others as patterns."""
    behind: dict[str, list[dict[str, str]]] = defaultdict(list)
    around = []
    for row in data.rows("agency_names.tsv"):
        form = row["form"]
        if form.startswith(("{}", "{s}")):
            behind[form.partition("}")[2]].append(row)
        else:
            slot = re.escape(form).replace(r"\{\}", "(.+?)").replace(r"\{s\}", "(.+?)")
            around.append((re.compile(slot), row))
    return dict(behind), around


def _filled(template: str, area: Area) -> str:
    return template.replace("{}", area.name).replace("{s}", area.short)


def _enclosing(name: str, place: Place) -> tuple[str, str] | None:
    """Bodies whose name begins before that of the place: 团市委, 人民银行江北市中心支行."""
    for pattern, row in _forms()[1]:
        match = pattern.fullmatch(name)
        # where a form has {s}, the place stands without its class word
        if match and bool(_FULL_AREA.search(match.group(1))) == ("{}" in row["form"]):
            area = _whole_area(match.group(1), place)
            return _filled(row["full"], area), area.level
    return None


_FULL_AREA = re.compile(r"(?:自治区|自治州|[省市县区州盟旗])$")


def _whole_area(name: str, place: Place) -> Area:
    """The area that a string names as a whole: 市, 江北市, 江北."""
    if re.fullmatch(_LEVEL_WORD, name):
        return _area_of_word(name, place)
    whole = re.findall(PLACE, name)[-1] if re.fullmatch(rf"(?:{PLACE})+", name) else name
    area = _named_area(whole) if _FULL_AREA.search(name) else _short_area(name, place)
    return area or Area(name, name, CITY)


# --- departments -----------------------------------------------------------------------------------------------------


@cache
def _functions() -> dict[str, str]:
    """The official words for what a department does, by all their printed forms."""
    table: dict[str, str] = {}
    for row in data.rows("agency_functions.tsv"):
        for form in [row["function"], *row["short"].split(",")]:
            if form:
                table.setdefault(form, row["function"])
    return table


_DEPARTMENT = re.compile(rf"((?:{FUNCTION})+)(委员会|委(?!员)|局|厅|办公室|办|部)(.*)")
_FUNCTION = re.compile(FUNCTION)
_CLASS = {"委": "委员会", "办": "办公室"}


def _written_out(rest: str, area: Area | None) -> str:
    """A department's name without its place, in full: 发展改革委 → 发展和改革委员会."""
    match = _DEPARTMENT.fullmatch(rest)
    if match:
        functions, class_word, more = match.groups()
        known = _functions()
        whole = known.get(functions) or "".join(known[word] for word in _FUNCTION.findall(functions))
        return whole + _CLASS.get(class_word, class_word) + more
    if rest.endswith("管委"):
        return rest + "员会" if rest.endswith("管理委") else rest[:-2] + "管理委员会"
    if rest.endswith("管委会"):
        return rest[:-3] + "管理委员会"
    if rest.endswith(tuple(_CLASS)) and len(rest) > 2:
        return rest[:-1] + _CLASS[rest[-1]]
    return rest


def _headed(name: str, place: Place) -> tuple[str, str] | None:
    """Bodies whose name begins with that of their place."""
    parts = _split(name, place)
    if not parts or _zone_pattern().match(name):
        return _vertical(name, place)
    area, rest = parts
    form = _form(rest, area) or _form(re.sub(r"^(?:人民)?政府(?=.)", "", rest), area)
    if form:
        return form, area.level
    if rest.startswith("委") and not rest.startswith("委员会"):
        return f"中国共产党{area.name}委员会{rest[1:]}", area.level
    if name.startswith(("市级", "省级", "县级", "区级", "自治区级")):
        return name, area.level
    return area.name + _written_out(rest, area), area.level


def _form(rest: str, area: Area) -> str | None:
    """The official name where the lexicon has one for what follows the place, or for the beginning of that."""
    behind, _ = _forms()
    for end in range(len(rest), 1, -1) if len(rest) > 1 else (1,):
        for row in behind.get(rest[:end], ()):
            if (not row["level"] or row["level"] == area.level.replace(REGION, PROVINCE)) and (
                end == len(rest) or rest[:end].endswith(("局", "海关"))
            ):
                return _filled(row["full"], area) + rest[end:]
    return None


def _vertical(name: str, place: Place) -> tuple[str, str] | None:
    """Bodies led from above that are called by the short name of their place: 江北海关, 江北银保监分局."""
    behind, _ = _forms()
    for rest, rows in behind.items():
        if len(rest) > 1 and name.endswith(rest) and len(name) > len(rest):
            area = _short_area(name[: -len(rest)], place)
            row = next((row for row in rows if row["form"].startswith("{s}")), None)
            if row or area:
                found = area or Area(name[: -len(rest)], name[: -len(rest)], CITY)
                return _filled((row or rows[0])["full"], found), found.level
    short = _SHORT.match(name)
    area = _short_area(short.group(1), place) if short else None
    if area and area.level in (REGION, PROVINCE):
        rest = name[len(area.short) :]
        return _form(rest, area) or name, area.level
    return None


# --- zones and the rest ----------------------------------------------------------------------------------------------


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"([\u4e00-\u9fff（）]*?{PARK}(?:[\u4e00-\u9fff]{{1,8}}片区)?)(管理委员会|管委会|管委)?((?:{FUNCTION}|[\u4e00-\u9fff]{{2,12}}).*)?$"
    )


#: The words for zones in full: the national classes of development zones, the pilot free trade zones (自由贸易试验区).
_ZONE_WORDS = (
    (re.compile(r"高新区$"), "高新技术产业开发区"),
    (re.compile(r"经开区$"), "经济技术开发区"),
)
_FREE_TRADE = re.compile(r"^(?:自贸试验区|自贸区|自由贸易试验区)")


def _zone(name: str, place: Place) -> tuple[str, str] | None:
    """Bodies of development zones and parks: 自贸区江北港片区管委 → 中国（某省）自由贸易试验区江北港片区管理委员会."""
    match = _zone_pattern().match(name)
    if not match:
        if name.endswith(("管委", "管委会", "管理委员会")):
            return _written_out(name, None), ZONE
        return None
    zone, committee, rest = match.group(1), match.group(2), match.group(3) or ""
    province = _named_area(place.province)
    if province:
        zone = _FREE_TRADE.sub(f"中国（{province.short}）自由贸易试验区", zone)
    for pattern, whole in _ZONE_WORDS:
        zone = pattern.sub(whole, zone)
    return zone + ("管理委员会" if committee else "") + _written_out(rest, None), ZONE


def _headless(name: str, place: Place) -> tuple[str, str]:
    """A name without an area: a department of the government that speaks, else a body of which no more is known."""
    if name.startswith(("国家", "中央", "全国", "国务院", "中国", "中共中央")):
        return name, NATION
    area = _named_area(place.county, COUNTY) or _named_area(place.city) or _named_area(place.province)
    if area and _DEPARTMENT.fullmatch(name):
        return area.name + _written_out(name, area), area.level
    if area and (form := _form(name, area)) and len(name) > 2:
        return form, area.level
    return name, OTHER
