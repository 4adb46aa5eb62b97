"""Canonical names of agencies (机构): the full official name and the level of what a document prints.

“市发展改革委” in a document of 江北市 is 江北市发展和改革委员会.  The names of departments follow the institutional
reform of 2018–2023; they are data (agency_functions.tsv, agency_names.tsv, agency_national.tsv).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from kg import data
from kg.data.divisions import named
from kg.extract.body_grammar import FUNCTION, PARK, SHORT_PLACE, ends_as_body, kind_of
from kg.facts import Place
from kg.resolve.areas import (
    CITY,
    COLLECTIVE,
    COUNTY,
    NATION,
    OTHER,
    PROVINCE,
    REGION,
    TOWN,
    ZONE,
    Area,
    has_class_word,
    own_area,
    short_area,
    split_area,
    whole_area,
)

Name = tuple[str, str]

# 镇人民政府, 县级人民政府: governments of a kind, unless one of the kind speaks
_OF_A_KIND = re.compile(r"(?:县|区|旗|镇|乡|乡镇|街道)级?(?:人民政府|政府|办事处)(?:[（(].*)?")
# 甲市第三届人民代表大会, 市三届政府 are the congress and the government; 甲市残联第二届理事会 is a part of 甲市残联
_ORDINAL_TERM = re.compile(
    r"第?[一二三四五六七八九十]+届(?=[省市县区州旗]?(?:人民代表大会|人大|人民政府|政府|政协|委员会))"
)
_TERM = re.compile(r"第[一二三四五六七八九十]+届.*$")
# 市委教育工委, 中共江北市委员会教育工作委员会: committees of a party committee
_OF_PARTY = re.compile(r"(?:中共|中国共产党)")
_COMMITTEE_WORD = re.compile(r"^委(?:员会)?")
_WORKING_COMMITTEE = re.compile(r"工委$")
#: Departments of a party committee that lists name without it: 市委常委、统战部部长.
_PARTY_DEPARTMENT = re.compile(r"(?:组织|宣传|统战|统一战线工作|社会工作)部|政法委(?:员会)?")
# 江北湾管理局甲州分局 is a body of 甲州
_BRANCH = re.compile(rf"(?:管理局|监管局|监察局)({SHORT_PLACE}|[\u4e00-\u9fff]{{2,3}})分局$")
# “（集团）有限公司” is part of a company's name
_BRACKET = re.compile(r"(.+?)[（(](?!集团|控股)([^（()）]+)[)）](.*)")


def canonical(surface: str, place: Place, intended: str | None = None) -> Name:
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
    if kind_of(name) in ("collective", "functional") or (_OF_A_KIND.fullmatch(name) and not place.county):
        return name, COLLECTIVE
    return _whole(_TERM.sub("", _ORDINAL_TERM.sub("", name)) or name, place)


@cache
def _whole(name: str, place: Place) -> Name:
    bracket = _BRACKET.fullmatch(name)
    if bracket and all(ends_as_body(other) for other in bracket[2].split("、")):
        return _bracketed(bracket[1], bracket[2], bracket[3], place)
    if name in _national() and (place == Place() or not _local(name)):
        return _national()[name], NATION
    if kind_of(name) == "company":
        return _company(name, place)
    full, level = _enclosing(name, place) or _headed(name, place) or _headless(name, place)
    branch = _BRANCH.search(name)
    return full, whole_area(branch[1], place).level if branch else level


def _bracketed(base: str, inner: str, rest: str, place: Place) -> Name:
    """A body with others of its names in brackets: 市财政局（市金融办）; all are written out."""
    full, level = _whole(base, place)
    parts = split_area(base, place)
    others = []
    for other in inner.split("、"):
        whole, _ = _whole(other, place)
        headless = parts and not split_area(other, place) and not whole.startswith(parts[0].name)
        others.append(parts[0].name + whole if parts and headless else whole)
    return f"{full}（{'、'.join(others)}）{rest}", level


# --- names of their own ----------------------------------------------------------------------------------------------


@cache
def _national() -> dict[str, str]:
    """The official names of central bodies by all their printed forms."""
    table: dict[str, str] = {}
    for row in data.rows("agency_national.tsv"):
        for form in [row["name"], *row["short"].split(",")]:
            if form:
                table[form] = row["name"]
    return table


def _local(name: str) -> bool:
    """Whether the short name of a central body could as well be that of a department of a place (统计局)."""
    return bool(re.fullmatch(rf"(?:{FUNCTION})+[局委办]", name))


Row = dict[str, str]


@cache
def _forms() -> tuple[dict[str, list[Row]], list[tuple[re.Pattern[str], Row]]]:
    """The rows of agency_names.tsv: those that begin with the place, by what follows it; the others as patterns."""
    behind: dict[str, list[Row]] = defaultdict(list)
    around = []
    for row in data.rows("agency_names.tsv"):
        form = row["form"]
        if form.startswith(("{}", "{s}")):
            behind[form.partition("}")[2]].append(row)
        else:
            slot = re.escape(form).replace(r"\{\}", "(.+?)").replace(r"\{s\}", "(.+?)")
            around.append((re.compile(slot), row))
    return dict(behind), around


def _filled(row: Row, area: Area) -> Name:
    return row["full"].replace("{}", area.name).replace("{s}", area.short), row["level"] or area.level


def _enclosing(name: str, place: Place) -> Name | None:
    """Bodies whose name begins before that of the place: 团市委, 人民银行江北市中心支行."""
    matches = ((pattern.fullmatch(name), row) for pattern, row in _forms()[1])
    # 中共江北市委员会教育工作委员会 is a committee of the committee
    found = [(match[1], row) for match, row in matches if match and not re.search(r"委.", match[1])]
    # where a form has {s}, the place stands without its class word
    found.sort(key=lambda pair: has_class_word(pair[0]) != ("{}" in pair[1]["form"]))
    return _filled(found[0][1], whole_area(found[0][0], place)) if found else None


def _form(rest: str, area: Area) -> Name | None:
    """The official name where the lexicon has one for what follows the place, or for the beginning of that."""
    behind, _ = _forms()
    for end in range(len(rest), 0, -1):
        part = rest[:end]
        if end < len(rest) and not part.endswith(("局", "海关")):
            continue
        for row in behind.get(part, ()):
            if row["applies"] in ("", area.level.replace(REGION, PROVINCE)):
                full, level = _filled(row, area)
                return full + rest[end:], level
    return None


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


def name_varies(department: str) -> bool:
    """Whether cities differ in how they write the name of a department: 文化广电（和）旅游局."""
    return any(department.startswith((row["function"], *row["short"].split(","))) for row in _varying())


@cache
def _varying() -> list[Row]:
    return [
        {**row, "short": row["short"] or row["function"]} for row in data.rows("agency_functions.tsv") if row["varies"]
    ]


@cache
def _transposed() -> dict[str, str]:
    """The official words by their characters in any order: 农村农业 is a misprint of 农业农村."""
    return {"".join(sorted(form)): whole for form, whole in _functions().items() if len(form) > 3}


_DEPARTMENT = re.compile(rf"((?:{FUNCTION})+)(委员会|委(?!员)|局|厅|办公室|办|部)(.*)")
_ANY_DEPARTMENT = re.compile(r"([\u4e00-\u9fff]{4,12})(委员会|委|局|厅|办公室|办)")
_FUNCTION = re.compile(FUNCTION)
_BUSINESS = re.compile(rf"(?:{FUNCTION})(?=集团)")
_CLASS = {"委": "委员会", "办": "办公室"}


def _written_out(rest: str) -> str:
    """A department's name without its place, in full: 发展改革委 → 发展和改革委员会."""
    match = _DEPARTMENT.fullmatch(rest)
    if match:
        functions, class_word, more = match.groups()
        known = _functions()
        whole = known.get(functions) or "".join(known[word] for word in _FUNCTION.findall(functions))
        return whole + _CLASS.get(class_word, class_word) + more
    misprint = _ANY_DEPARTMENT.fullmatch(rest)
    meant = _transposed().get("".join(sorted(misprint[1]))) if misprint else None
    if misprint and meant:
        return meant + _CLASS.get(misprint[2], misprint[2])
    if rest.endswith(("管委", "管委会")):
        return re.sub(r"管委会?$", "管理委员会", rest)
    return rest[:-1] + _CLASS[rest[-1]] if rest[-1:] in _CLASS and len(rest) > 2 else rest


def _headed(name: str, place: Place) -> Name | None:
    """Bodies whose name begins with that of their place."""
    parts = split_area(name, place)
    if not parts:
        return _vertical(name, place) or _zone(name, place)
    area, rest = parts
    if name.startswith(("市级", "省级", "县级", "区级", "自治区级")):
        return name, area.level
    form = _form(rest, area) or _form(re.sub(r"^(?:人民)?政府(?=.)", "", rest), area)
    if form:
        return form
    if rest.startswith("委") and (_OF_PARTY.match(name) or not rest.startswith("委员会")):
        within = _WORKING_COMMITTEE.sub("工作委员会", _COMMITTEE_WORD.sub("", rest))
        return f"中国共产党{area.name}委员会{within}", area.level
    zone = _zone(rest, place)
    return (area.name + zone[0], ZONE) if zone else (area.name + _written_out(rest), area.level)


def _vertical(name: str, place: Place) -> Name | None:
    """Bodies that are called by the short name of their place: 江北海关, 江北银保监分局, 广西税务局."""
    behind, _ = _forms()
    for rest, rows in behind.items():
        if len(rest) > 1 and name.endswith(rest) and len(name) > len(rest):
            short = name[: -len(rest)]
            area = short_area(short, place)
            row = next((row for row in rows if row["form"].startswith("{s}")), None)
            if row or area:
                return _filled(row or rows[0], area or whole_area(short, place))
    area = _short_head(name, place)
    if area and area.level in (REGION, PROVINCE):
        rest = name[len(area.short) :]
        if _zone_parts(rest, bare=False) and (zone := _zone(rest, place)):
            return area.short + zone[0], ZONE
        return _form(rest, area) or (area.name + rest, area.level)
    return None


_SHORT = re.compile(rf"({SHORT_PLACE})(?=..)")


def _short_head(name: str, place: Place) -> Area | None:
    """The area whose name without class word a name begins with."""
    own = own_area(place)
    if own and name.startswith(own.short):
        return own
    match = _SHORT.match(name)
    return short_area(match[1], place) if match else None


# --- zones, companies and the rest -----------------------------------------------------------------------------------

_ZONE = re.compile(
    rf"((?:[\u4e00-\u9fff]|（[\u4e00-\u9fff]+）)*?{PARK}(?:[\u4e00-\u9fff]{{1,8}}片区)?)"
    r"(管理委员会|管委会|管委|党?工委)?([\u4e00-\u9fff]{3,16})?"
)
#: Zones in full: the classes of national development zones.
_ZONE_WORDS = (
    (re.compile(r"(?<!技术)高新区$"), "高新技术产业开发区"),
    (re.compile(r"经开区$"), "经济技术开发区"),
)
_BARE_ZONE = re.compile(
    r"(高新区|经开区|高新技术产业开发区|经济技术开发区)(管理委员会|管委会|管委|党?工委)?([\u4e00-\u9fff]{3,16})?"
)
_FREE_TRADE = re.compile(r"^(?:自贸试验区|自贸区|自由贸易试验区)")
_COMMITTEES = {"工委": "工作委员会", "党工委": "工作委员会", None: ""}


def _zone_parts(name: str, *, bare: bool = True) -> re.Match[str] | None:
    """Zone, committee and department of a name; a bare “开发区” counts only where it has a committee of its own."""
    match = _ZONE.fullmatch(name)
    division = named(match[1]) if match else None
    if not match or (division and division.name == match[1]):
        return None
    named_zone = len(match[1]) > 3 or _FREE_TRADE.match(match[1])
    return match if named_zone or (bare and match[2]) else None


def _zone(name: str, place: Place) -> Name | None:
    """Bodies of development zones and parks: 自贸区江北港片区管委 → 中国（某省）自由贸易试验区江北港片区管理委员会."""
    match = _zone_parts(name) or _BARE_ZONE.fullmatch(name)
    if not match:
        return (_written_out(name), ZONE) if name.endswith(("管委", "管委会")) else None
    zone, committee, rest = match[1], match[2], match[3] or ""
    province = whole_area(place.province, place) if place.province else None
    if province:
        zone = _FREE_TRADE.sub(f"中国（{province.short}）自由贸易试验区", zone)
    for pattern, whole in _ZONE_WORDS:
        zone = pattern.sub(whole, zone)
    if _BARE_ZONE.match(name):
        # a place has one zone of each national class, which bears its name: 江北高新技术产业开发区
        district = place.county and place.county.endswith("区")
        area = short_area(place.city, place) if district and place.city else own_area(place)
        zone = area.short + zone if area and area.level in (CITY, COUNTY) else zone
    party = "中共" if committee in ("工委", "党工委") else ""
    return party + zone + _COMMITTEES.get(committee, "管理委员会") + _written_out(rest), ZONE


def _company(name: str, place: Place) -> Name:
    """Companies of the state: the place, and the kind of company in full."""
    full = re.sub(r"集团(?:公司)?$", "集团有限公司", name) if name.endswith("集团公司") else name
    parts = split_area(full, place)
    if parts:
        area, rest = parts
        business = _BUSINESS.match(rest)
        return area.name + (_functions()[business[0]] + rest[business.end() :] if business else rest), OTHER
    return full, OTHER


def _headless(name: str, place: Place) -> Name:
    """A name without an area: a department of the government that speaks, else a body of which no more is known."""
    if name.startswith(("国家", "中央", "全国", "国务院", "中国", "中共中央")):
        return name, NATION
    if name.endswith(("街道", "镇", "乡")) and len(name) > 2:
        return name, TOWN
    area = own_area(place)
    if area and _PARTY_DEPARTMENT.fullmatch(name):
        return _form(f"委{name}", area) or (name, area.level)
    if area and len(name) > 2 and (_DEPARTMENT.fullmatch(name) or _form(name, area)):
        return _form(name, area) or (area.name + _written_out(name), area.level)
    head = _short_head(name, place)
    if head:
        return name, head.level
    if has_class_word(name) and len(name) > 2:
        return whole_area(name, place)[::2]
    return name, OTHER
