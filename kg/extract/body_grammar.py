"""What the name of a public body (机构) looks like: its parts as patterns, made from the lexicons.

A name is a place or level word (市, 江北市, 自治区), what the body does (发展改革), and a class word (委, 局);
some bodies have names of their own (国务院, 市妇联).  Brackets may stand inside: 市发展改革委（市大数据发展局）.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg import data
from kg.data.divisions import customary, divisions
from kg.extract.trie import alternatives
from kg.facts import Place
from kg.read.text import Text

HAN = r"[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as printed.

    ``surface`` is its name without the printer's white space, ``intended`` the whole name where parts of the printed
    one stand with its neighbours (“甲区、乙区人民政府”), else None.  ``kind`` is ``body``, ``collective``
    (各县区人民政府), ``functional`` (财政部门: what a body does, not which) or ``company``.
    """

    text: Text
    surface: str
    intended: str | None
    kind: str


def _tails(*, free: bool) -> list[str]:
    rows = data.rows("agency_tails.tsv")
    return [row["tail"] for row in rows if (row["free"] == "yes") == free and row["class"] != "functional"]


#: Words of daily life that end like class words: 布局, 当局, 开新局.
NO_CLASS_WORD = r"(?<![格布结当残定大时新]局)"
#: Class words; free ones stand behind any words, short ones (委, 办) only behind words for what departments do.
TAIL = alternatives(row["tail"] for row in data.rows("agency_tails.tsv"))
FREE_TAIL = alternatives(_tails(free=True))
SHORT_TAIL = alternatives(_tails(free=False))
#: Words that say what a body does.
FUNCTION = alternatives(
    word for row in data.rows("agency_functions.tsv") for word in [row["function"], *row["short"].split(",")] if word
)
#: Full and customary names of divisions, and their names without class word.
PLACE = alternatives([*(unit.name for unit in divisions()), *customary()])
SHORT_PLACE = alternatives(unit.short for unit in divisions() if unit.short != unit.name)


def national_names(*, weak: bool = True) -> str:
    """The names of central bodies as a pattern; without the ``weak`` ones, which could be a city's too (统计局)."""
    words = (
        word for row in data.rows("agency_national.tsv") for word in [row["name"], *row["short"].split(",")] if word
    )
    strong = re.compile(r"^(?:中|全国|国|共青团|最高)|[部署会社]$|总局$|总署$|^人民银行$")
    return alternatives(word for word in words if len(word) > 2 and (weak or strong.search(word)))


#: Bodies of the central authorities.
NATIONAL = national_names()
#: Level words that stand for the place whose government speaks.
LEVEL = r"(?:自治区|自治州|省|市|县|区|州|盟|旗|镇|乡)"
#: Words for areas that are no administrative divisions: development zones, parks, pilot zones.
PARK = (
    r"(?:新区|片区|开发区|高新区|经开区|管理区|园区|产业园|工业园|试验区|度假区|投资区|"
    r"保税区|保税港区|合作区|示范区|新城|自贸区|高新园|经开园)"
)

#: An area in the name of a collective; the areas may stand one after the other: 各县（市、区）, 各市、县.
_AREA_WORD = (
    r"(?:设区的?|县级)?(?:自治区|自治州|自治县|直辖市|地级以上市|地级市|省|市|县|区|州|盟|旗|苏木|镇|乡|街道|行署|"
    r"开发区|管理区|园区|新区|工业区|功能区|[（(](?:自治|街道|开发|[省市县区州旗镇乡、])+[）)])"
)
#: What every area has: the government, the committee that runs it.
OF_AREAS = (
    r"(?:党?委、(?:人民)?政府|人民政府|政府|行政公署|管委会|管委|管理委员会|党委|街道办事处|办事处)"
    r"(?:[（(](?:管委会|管理委员会|街道办事处|办事处)[）)])?"
)
#: Collectives whose names hold list marks: 各县、区人民政府; 各县（市、区）人民政府; 市直各委、办、局.
JOINT_COLLECTIVE = (
    # “各县区、市直有关单位”: the second 市 is no item of the first collective
    rf"各{_AREA_WORD}(?![属直])(?:[、和及]?{_AREA_WORD}(?![各直级属]|委(?!、)|有关|相关))*(?:{OF_AREAS}|、办事处)?"
    # 市、县（区）人民政府
    rf"|(?<![\u4e00-\u9fff])[省市州盟](?:[、和及]{_AREA_WORD}+)+(?:人民)?政府"
    r"|中央[、和及](?:自治区|省|市)?[驻在][\u4e00-\u9fff]{1,3}?各?(?:有关)?单位"
    r"|(?:(?:自治区|[省市县区州])(?:直|级|(?:人民)?政府)?)?(?:各|有关|相关)*[委部办局]、(?:[委部办局厅]、)*[委部办局厅](?=$|[\s、，,；;：:。）)])"
)

_NATIONAL = re.compile(NATIONAL)
_ENDS = re.compile(rf"(?:{TAIL}){NO_CLASS_WORD}(?<!常委)(?:[（(][^（()）]*[)）])?$")
_BEGINNING = rf"{PLACE}|{LEVEL}|国家|中央|全国|国务院|中共|中国|共青团|团(?=[省市县区])|各|有关|相关"
_STARTS = re.compile(rf"{_BEGINNING}|{NATIONAL}")
_STARTS_LOCALLY = re.compile(rf"{_BEGINNING}|{national_names(weak=False)}")
_COLLECTIVE = re.compile(
    "|".join(
        [
            r"^(?:[全本我][省市县区]|地方)?(?:各|有关|相关|其他|所有|全体)",  # 各县区人民政府, 有关单位
            r"各(?:有关|相关|部门|单位)|[省市县区州国院府内委属]各|^[省市县区州]属",  # 自贸区各有关部门, 市政府各部门
            r"^(?:[县区市镇乡、和及（）]|街道|级|以上|地方){2,}(?:人民)?政府$",  # 县级以上人民政府, 县、区人民政府
            r"^(?:县区|区县|市县|县（市、区）)",  # 县区交通运输局
            r"^(?:街道办事处|乡镇人民政府|部委|(?:园区)?(?:管委|管委会|管理委员会))$",
            r"^各?[委部办局厅]、|[省市县区州]直各|(?:有关|相关)[委部办局厅]、|^[省市州盟]、",  # 市直各委、办、局
            r"[省市县区]直[^、]*(?:单位|部门|机关)",  # 市直有关单位
            r"(?:成员|有关|相关)(?:部门|单位|机构|企业|方面)",  # 领导小组成员单位
        ]
    )
)
_FUNCTIONAL = re.compile(r"(?:部门|单位|机构|机关)(?:[（(][^（()）]*[)）])?$")
_COMPANY = re.compile(r"(?:公司|集团|企业|(?<!人民)银行|交易所|(?<!供销)合作社)(?:[（(][^（()）]*[)）])?$")
#: What no name of a body contains: particles, verbs of duty.
_NO_NAME = re.compile(
    r"[的了是在将被把于]|负责|牵头|配合|责任|落实|推进|加强|开展|实施|包括|简称|[0-9０-９%％。；：:;！？]"
)
#: How many answers are kept of what is asked about a name: documents name the same bodies again and again.
_KEPT = 1 << 14
_AREA = re.compile(rf"(?:{PARK}|[省市县区州旗镇乡]|街道)$")


@lru_cache(maxsize=_KEPT)
def ends_as_body(string: str) -> bool:
    """Whether the string ends with a class word, a bracket behind it allowed, or is the name of a central body."""
    return bool(_ENDS.search(string) or _NATIONAL.fullmatch(string))


@lru_cache(maxsize=_KEPT)
def starts_as_body(string: str, *, central: bool = True) -> bool:
    """Whether the string begins with a place, a level word, “各” or the name of a central body.

    Args:
        central: whether “统计局” is a central body, as in documents of the State Council, or one of a place.
    """
    return bool((_STARTS if central else _STARTS_LOCALLY).match(string))


def is_area(string: str) -> bool:
    """Whether the string ends as names of places do: 东屿区, 自贸区江北港片区, 各县区."""
    return bool(_AREA.search(string))


@lru_cache(maxsize=_KEPT)
def is_body(string: str) -> bool:
    """Whether a string by itself, as in a table cell, reads as the name of one body."""
    name = re.sub(r"\s+", "", string)
    return 2 <= len(name) <= 40 and ends_as_body(name) and not _NO_NAME.search(name) and not re.search(r"[、，,]", name)


def own_names(place: Place | None) -> tuple[str, ...]:
    """The names without class word of the area that speaks: a body called by one needs no place before it."""
    names = (place.county, place.city, place.province) if place else ()
    return tuple(re.sub(r"(?:省|市|县|区|自治.+)$", "", name) for name in names if name)


def written(string: str) -> str:
    """A name with full-width brackets, whichever the printer took."""
    return string.replace("(", "（").replace(")", "）")


@lru_cache(maxsize=_KEPT)
def kind_of(surface: str) -> str:
    """``collective``, ``functional``, ``company`` or ``body``."""
    if _COLLECTIVE.search(surface):
        return "collective"
    if _COMPANY.search(surface):
        return "company"
    return "functional" if _FUNCTIONAL.search(surface) else "body"
