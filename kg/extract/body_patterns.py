"""The patterns by which bodies are found in running text: one alternative for each way in which names are made.

The whole is large (it holds all places), so it is compiled once, when first used.
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
    JOINT_COLLECTIVE,
    LEVEL,
    NO_CLASS_WORD,
    PARK,
    PLACE,
    SHORT_PLACE,
    SHORT_TAIL,
    national_names,
)
from kg.extract.trie import alternatives, beginning


def _boundaries(*, in_groups: bool) -> str:
    """Words at which a name ends or begins; in the names of leading groups fewer words do."""
    words = [row for row in data.rows("agency_boundaries.tsv") if in_groups is False or row["group"] == "no"]
    plain = alternatives(row["word"] for row in words if not row["unless"])
    return "|".join([plain, *(f"{row['word']}(?![{row['unless']}])" for row in words if row["unless"])])


_ANY_BOUNDARY = _boundaries(in_groups=False)
BOUNDARY = re.compile(_ANY_BOUNDARY)
#: Words near which a body may stand.
_NEAR = "|".join(
    [
        r"局|厅|委|办(?![理法学事])|政府|国务院|部委|部门|单位|总署|[支总大]队",
        # ministries, departments of the party: 教育部, 宣传部
        r"[交公传组战育技全政安法障设输业务流康游理源境利化村作]部",
        r"小组|指挥部|联席会议|专班|中心|公司|支行|海关|人民银行|法院|检察院|政协|人大|党校",
        r"[妇文侨残]联|科协|工商联|工会|联合会|理事会|协会|学会|红十字会|供销社|联社",
        r"医院|学校|大学|学院|研究[院所]",
    ]
)
TRIGGER = re.compile(f"{beginning(_NEAR)}(?:{_NEAR})")
#: What the later items of a list may leave out: the place before a department.
HEAD = re.compile(rf"((?:{PLACE})+|{LEVEL}(?!直|级|委|场))|团({LEVEL})委")

_GROUP = r"(?:领导小组|协调小组|专责小组|指挥部|联席会议|工作专班)"
_WITHIN = rf"(?:(?!{_ANY_BOUNDARY}|[省市县区]?人民政府){HAN})"
_WITHIN_GROUP = rf"(?:(?!{_boundaries(in_groups=True)}|人民政府|以上)[\u4e00-\u9fff“”0-9])"
#: What follows “政府”, “人大”, “委” in words that name no body, or another one: 政府投资, 人大代表, 委托, 红十字会医院.
_NOT_BEHIND = r"(?!投资|网站|采购|债|补贴|购买|主导|引导|储备|贴息|资金|信息|规章|代表|员|托|派|任|内|会|医院)"


def _forms(slot: str) -> Iterator[tuple[str, str]]:
    """The printed forms of agency_names.tsv that have this slot, as what stands before and behind it."""
    for row in data.rows("agency_names.tsv"):
        if row["form"].count(slot) == 1:
            before, _, behind = row["form"].partition(slot)
            yield before, behind


def _enclosing() -> Iterator[str]:
    """The forms in which something stands before the place: 团市委, 人民银行江北市中心支行, 武警江北支队."""
    # 中共…委员会 before 中共…委
    for before, behind in sorted([*_forms("{}"), *_forms("{s}")], key=lambda form: len(form[1]), reverse=True):
        if before:
            # before a single character only a level word or a whole name is safe: 团市委, 中共江北市委
            area = rf"{HAN}{{1,8}}?{LEVEL}|{HAN}{{2,4}}?" if len(behind) > 1 else rf"{HAN}{{2,8}}?{LEVEL}"
            yield f"{before}(?:{LEVEL}|{area}){behind}" if before != "团" else f"团{LEVEL}{behind}"


_OWN = [behind for before, behind in _forms("{}") if not before]
_OWN_NAMES = alternatives(_OWN)
_LATER_NAMES = alternatives(name for name in _OWN if len(name) > 1 and not name.startswith(("委", "政府", "人民政府")))
_SHORT_NAMES = alternatives(behind for before, behind in _forms("{s}") if not before)
_PROVINCE = alternatives(unit.short for unit in divisions() if unit.level == "province")
_CLASS = rf"(?!常委(?!会))(?:{FREE_TAIL}|{SHORT_TAIL}(?![法理学事公员托]))"
_DEPARTMENT = rf"(?:{FUNCTION})(?:[和与]?(?:{FUNCTION}))*{_CLASS}"

_AROUND = "|".join(_enclosing())
#: Where a name must have ended: “委” and “办” behind words of any kind are class words only there.
_ENDED = r"(?=[、，；：。（）()\s]|会同|牵头|负责|按|等|和|$)"
_GOVERNMENT = (
    rf"(?:人民)?政府(?:办公[室厅]|督查室|{_DEPARTMENT}|{_WITHIN}{{0,14}}?(?:办公室|(?:委|办){_ENDED})|(?:{_LATER_NAMES})"
    rf"|驻{HAN}{{2,4}}(?:办事处|联络处))?{_NOT_BEHIND}"
)
_REST = (
    rf"(?:{_GOVERNMENT}|委{_WITHIN_GROUP}{{2,20}}?(?:领导小组|委员会)(?:办公室)?"
    rf"|委{_WITHIN}{{2,8}}?[委办部局室]{_ENDED}|(?:{_OWN_NAMES}){_NOT_BEHIND}|{_DEPARTMENT}"
    rf"|(?!场|区|内|外|长|民(?!兵|用)|辖|域|值|容|价){_WITHIN}{{1,14}}?(?:{FREE_TAIL}){NO_CLASS_WORD}(?:办公室|成员单位)?"
    rf"|{_WITHIN}{{1,8}}?(?:(?<!常)委|办){_ENDED}"
    rf"|{_WITHIN_GROUP}{{2,45}}?{_GROUP}(?:办公室|各?成员单位)?)"
)
#: What a collective is made of: 各级各有关部门和单位, 各开发区管委, 县区人民政府.
_MEMBERS = r"[各级县区市省州盟旗镇乡街道有关相成员直属部门和单位人民政府委办局管理开发工业园新农牧林场企事、及所]"
_COLLECTIVE = (
    rf"(?:(?<![全我本])[省市县区州](?:[直级](?:及驻{HAN}{{1,3}})?)?|驻{HAN}{{1,3}}|地方)?各{_MEMBERS}{{0,16}}?"
    rf"(?:人民政府|政府|部门和单位|部门|单位|管委会|管委|党委|部委|直属机构)(?![和个]人)"
    rf"|(?:[省市县区州][直级]|[省市县区州](?:人民)?政府(?:直属|组成)?|国务院)(?:各?有关|各?相关|各)(?:部门和单位|部门|单位|部委)"
    r"|(?<![省市该本各])(?:县区|区县|县市区|市县|县（市、区）|县（区）|区（市）县)(?:人民)?政府"
)


_CENTRAL_COMMITTEE = rf"国务院{_WITHIN}{{2,16}}?(?:委员会|领导小组|指挥部|联席会议)(?:办公室)?"
_ZONE_OFFICE = rf"(?:{_WITHIN}|(?<!片区)(?<!管委)[和与]){{2,12}}?局{NO_CLASS_WORD}"
#: Zones with their committee, a department, or their departments as a whole: 滨江新区管委经济发展局, 自贸区有关部门.
_ZONE = (
    rf"{PARK}(?:{HAN}{{1,8}}片区)?"
    rf"(?:管理委员会|管委会|管委|党?工委|各?(?:有关|相关)(?:部门|单位)|(?={_DEPARTMENT}|{_ZONE_OFFICE}))"
    rf"(?:{_DEPARTMENT}|{_ZONE_OFFICE})?"
)


@cache
def core(central: bool) -> re.Pattern[str]:
    """The pattern of what can be told to be a body by itself; its left border may lie before it.

    Args:
        central: whether the central authorities speak, whose organs need no “国家” before their names.
    """
    return re.compile(
        rf"(?P<joint>{JOINT_COLLECTIVE})"
        rf"|(?P<collective>{_COLLECTIVE})"
        rf"|(?P<enclosing>{_AROUND})"
        # no level words: 城市, 上市, 社区; 州 ends the names of cities
        rf"|(?P<headed>(?:(?:{PLACE})+"
        rf"|(?<![城超上股门夜社园片都有辖小跨])(?<!大湾)(?!(?<={HAN})[州盟])(?P<level>{LEVEL})级?)(?:{_REST}))"
        rf"|(?P<province>(?:{_PROVINCE})(?!壮族|回族|维吾尔){_WITHIN}{{2,12}}?(?:局|厅|中心|委员会|集团))"
        rf"|(?P<central>(?:{_CENTRAL_COMMITTEE}|{national_names(weak=central)})(?!门|門|分|队|署|发|规))"
        r"|(?P<setup>下设(?:[一二三四五六七八九十0-9]+个)?(?:工作组|专项工作组)?[:：，]?)"
        rf"|(?P<branch>(?:管理局|监管局|监察局){HAN}{{2,4}}?(?:监管)?分局)"
        rf"|(?P<park>{_ZONE})"
        rf"|(?P<committee>管理委员会|管委会|管委)"
        rf"|(?P<vertical>(?:{_SHORT_NAMES})(?:第{HAN}{{1,3}}局)?)"
        rf"|(?P<group>{_GROUP}(?:办公室|各?成员单位)?(?!制度|机制))"
    )


#: What is set up under a body: “下设办公室（设在市教育局）、宣传报道组和督查组”.
SUBORDINATE = re.compile(
    rf"[、和及]?((?:(?![和及]){HAN}){{0,14}}?(?:组|办公室|专班))(?:[（(][^（()）]*[)）])?(?=[、和及，。；]|$)"
)


@cache
def continued() -> re.Pattern[str]:
    """The next item of a list whose first item names the place: “市水利局、农业农村局、供销社”."""
    return re.compile(
        rf"(?:[、，和及与]|以及)((?!委|直|人民政府|各|国家|中央|全国|中国|国务院)(?:{_DEPARTMENT}"
        rf"|(?:(?:{_LATER_NAMES})|(?!{PLACE}|{LEVEL}|{SHORT_PLACE}){_WITHIN}{{2,10}}?"
        rf"(?:[局厅办]|委员会|办公室|中心|集团公司))(?=[、，。；;：:（(）)及和等]|$)))"
    )
