"""Bodies (机构) in lists and in running text.

>>> from kg.read.text import Text
>>> [body.surface for body in split_bodies(Text.at("市教育局、市财政局（市金融办）按职责分工负责", 0))]
['市教育局', '市财政局（市金融办）']
>>> [body.surface for body in find_bodies(Text.at("经市人民政府同意，由市教育局会同江北海关实施。", 0))]
['市人民政府', '市教育局', '江北海关']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import data
from kg.data.divisions import divisions
from kg.extract.body_grammar import (
    FREE_TAIL,
    FUNCTION,
    HAN,
    LEVEL,
    PARK,
    PLACE,
    SHORT_PLACE,
    SHORT_TAIL,
    Body,
    ends_as_body,
    is_body,
    kind_of,
    national_names,
    starts_as_body,
)
from kg.extract.body_lists import JOINT_COLLECTIVE, split_bodies
from kg.extract.trie import alternatives
from kg.facts import Place
from kg.read.text import Text

__all__ = ["Body", "find_bodies", "is_body", "kind_of", "split_bodies"]

BOUNDARY = alternatives(row["word"] for row in data.rows("agency_boundaries.tsv"))
_GROUP_BOUNDARY = alternatives(row["word"] for row in data.rows("agency_boundaries.tsv") if row["group"] == "no")
_BOUNDARY = re.compile(BOUNDARY)
#: What bodies are called that have no function of their own before the class word.
_GROUP = r"(?:领导小组|协调小组|专责小组|指挥部|联席会议|工作专班)"
#: Any words inside a name, none of them a boundary.
_INSIDE = rf"(?:(?!{BOUNDARY}|[省市县区]人民政府|人民政府){HAN})"
_INSIDE_GROUP = rf"(?:(?!{_GROUP_BOUNDARY}|人民政府)[\u4e00-\u9fff“”（）、0-9])"
#: What follows “政府”, “人大”, “委” in words that name no body: 政府投资, 人大代表, 委托.
_NOT_BEHIND = r"(?!投资|网站|采购|债|补贴|购买|主导|引导|储备|贴息|资金|信息|规章|代表|员|托|派|任|内|会)"


def _forms(slot: str) -> list[tuple[str, str]]:
    """The printed forms of agency_names.tsv that have this slot, as what stands before and behind it."""
    forms = (row["form"] for row in data.rows("agency_names.tsv") if row["form"].count(slot) == 1)
    return [(before, behind) for before, _, behind in (form.partition(slot) for form in forms)]


def _enclosing() -> str:
    """Bodies whose name begins before that of the place: 团市委, 人民银行江北市中心支行."""
    patterns = []
    for before, behind in [*_forms("{}"), *_forms("{s}")]:
        if before:
            area = rf"(?:(?:{PLACE})+|{SHORT_PLACE}|{LEVEL}" + (rf"|{HAN}{{2,6}}?)" if len(behind) > 2 else ")")
            patterns.append(f"{before}{area}{behind}")
    return "|".join(sorted(patterns, key=len, reverse=True))


_OWN_NAMES = alternatives(behind for before, behind in _forms("{}") if not before)
_SHORT_NAMES = alternatives(behind for before, behind in _forms("{s}") if not before)
_PROVINCE = alternatives(unit.short for unit in divisions() if unit.level == "province")
_GOVERNMENT = (
    rf"人民政府(?:办公[室厅]|(?:{FUNCTION})+(?:{SHORT_TAIL}|{FREE_TAIL})|驻{HAN}{{2,4}}(?:办事处|联络处))?{_NOT_BEHIND}"
)
_REST = (
    rf"(?:{_GOVERNMENT}|委{HAN}{{2,20}}?(?:领导小组|委员会)(?:办公室)?|(?:{_OWN_NAMES}){_NOT_BEHIND}"
    rf"|(?:{FUNCTION})+(?:{FREE_TAIL}|{SHORT_TAIL}(?![法理学事公员]))"
    rf"|(?!场|区|内|外|长|民(?!兵|用)|辖|域|值|容|价){_INSIDE}{{1,14}}?(?:{FREE_TAIL})(?<![格布结全当残定][局])(?:办公室|成员单位)?"
    rf"|{_INSIDE_GROUP}{{2,45}}?{_GROUP}(?:办公室|成员单位)?)"
)


@cache
def _core(central: bool) -> re.Pattern[str]:
    """The pattern of what can be told to be a body by itself; its left border may lie before it."""
    return re.compile(
        rf"(?P<joint>{JOINT_COLLECTIVE})"
        rf"|(?P<collective>(?:[省市县区州]直|驻{HAN}{{1,3}})?(?:各|有关|相关)(?:(?!的|负责){HAN}){{0,12}}?"
        rf"(?:人民政府|政府|部门和单位|部门|单位|管委会|管委|公司|机构|机关|企业)(?!和个人))"
        rf"|(?P<enclosing>{_enclosing()})"
        rf"|(?P<headed>(?:(?:{PLACE})+|(?<![城超上股门夜社园片都]){LEVEL}级?)(?:{_REST}))"
        rf"|(?P<short>(?:{SHORT_PLACE})(?:{_SHORT_NAMES}))"
        rf"|(?P<province>(?:{_PROVINCE})(?!壮族|回族|维吾尔){_INSIDE}{{2,12}}?(?:局|厅|中心|委员会|集团))"
        rf"|(?P<central>(?:{national_names(weak=central)})(?!门|分|队|署))"
        rf"|(?P<branch>(?:管理局|监管局|监察局)(?:{PLACE}|{SHORT_PLACE}|{HAN}{{2,3}})(?:监管)?分局)"
        rf"|(?P<park>{PARK}(?:{HAN}{{1,8}}片区)?(?:管理委员会|管委会|管委|(?=(?:{FUNCTION})+局))(?:(?:{FUNCTION})+(?:局|办公室))?)"
        rf"|(?P<committee>管理委员会|管委会|管委)"
        rf"|(?P<vertical>{_SHORT_NAMES})"
        rf"|(?P<group>{_GROUP}(?:办公室|成员单位)?)"
    )


_LATER_NAMES = alternatives(name for name in (behind for before, behind in _forms("{}") if not before) if len(name) > 1)
_CONTINUED = re.compile(
    rf"(?:[、，和及与]|以及)((?!委|直|人民政府|各)(?:(?:{FUNCTION})+(?:[局厅委]|委员会)(?!员|托)|(?:{_LATER_NAMES})"
    rf"|{_INSIDE}{{2,10}}?(?:[局厅办]|委员会|办公室|中心|集团公司))(?=[、，。；;：:（(）)及和等]|$))"
)
_BRACKET = re.compile(r"[（(]([^（()）]{2,24})[)）]")
_EXTENDED = ("park", "committee", "vertical", "group", "branch", "collective")


def find_bodies(text: Text, place: Place | None = None) -> list[Body]:
    """The bodies named in running text, in order.

    Args:
        text: a paragraph or a cell; white space inside names does no harm.
        place: the area whose government speaks; an empty Place means the central authorities, whose organs need no
            “国家” before their names then.
    """
    text = text.squeezed()
    found: list[Body] = []
    for start, end, head in _spans(text.string, place):
        surface = text.string[start:end]
        whole = head + surface if head else None
        found.append(Body(text[start:end], surface, whole, kind_of(whole or surface)))
    return found


def _spans(string: str, place: Place | None) -> Iterator[tuple[int, int, str]]:
    """Start, end and what is left out before each body of a string."""
    floor = 0
    for match in _core(place == Place()).finditer(string):
        if match.start() < floor:
            continue
        start = _left_border(string, match, floor, place)
        if start is None:
            continue
        floor = _with_bracket(string, match.end())
        yield start, floor, ""
        head = _head_of(string[start : match.end()])
        while head and (more := _CONTINUED.match(string, floor)):
            floor = _with_bracket(string, more.end())
            yield more.start(1), floor, head


def _head_of(name: str) -> str:
    match = re.match(rf"(?:{PLACE})+|{LEVEL}(?!直|级|委)", name)
    return match.group() if match else ""


def _with_bracket(string: str, end: int) -> int:
    """The end of a name with the bracket behind it, if that holds another name of the body: （市大数据发展局）."""
    match = _BRACKET.match(string, end)
    if not match or "简称" in match.group(1):
        return end
    inner = match.group(1).split("、")
    return match.end() if all(ends_as_body(name) and kind_of(name) == "body" for name in inner) else end


def _left_border(string: str, match: re.Match[str], floor: int, place: Place | None) -> int | None:
    """Where the name begins: at the match, or with the words before it that can only belong to it; None if nowhere."""
    kind, start = match.lastgroup, match.start()
    run = _run_before(string, start, floor)
    if kind == "headed":
        return _headed_border(string, match, run, place)
    if kind == "group":
        return start - len(run) if 2 <= len(run) <= 40 else start
    if kind in _EXTENDED:
        if kind in ("joint", "collective") or (kind == "park" and match.group().startswith("自贸")):
            return start
        return start - len(run) if len(run) >= 2 else None
    return start


def _headed_border(string: str, match: re.Match[str], run: str, place: Place | None) -> int | None:
    """“市教育局” stands by itself; before “县教育局” stands the county's name."""
    start = match.start()
    level = string[start]
    if level not in "市县区州旗镇乡" or not run:
        return start
    if level == "市":
        city = place.city if place else None
        return start - len(city) + 1 if city and string.endswith(city[:-1], 0, start) else start
    return start - len(run) if len(run) <= 4 and not re.search(r"[全我各本两]", run) else None


def _run_before(string: str, start: int, floor: int) -> str:
    """The words directly before a place that no boundary word parts from it."""
    begin = start
    while begin > floor and start - begin < 40 and re.match(r"[\u4e00-\u9fff“”]", string[begin - 1]):
        begin -= 1
    run = string[begin:start]
    for boundary in _BOUNDARY.finditer(run):
        begin = start - len(run) + boundary.end()
    return string[begin:start]
