"""Years and periods in Chinese policy text: “到2025年底”, “十四五”期间, 2022—2025年, 今年, 三年内, 规划期内.

All years are calendar years, both ends included.  “N五” is the N-th five-year plan: 十四五 is 2021–2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.trie import beginning

Years = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Period:
    """A period named at ``[start, end)`` of a string.

    ``first`` and ``last`` are its years, None where the text leaves them open.  ``role`` says what it does there:
    ``by`` (到2025年), ``in`` (2025年), ``span`` (2022—2025年, “十四五”期间), ``base`` (较2020年, 在2020年基础上),
    ``since`` (截至2020年底, 2018年以来), ``within`` (3年内, 用5年时间).
    """

    start: int
    end: int
    first: int | None
    last: int | None
    role: str


_NUMERALS = {numeral: number for number, numeral in enumerate("零一二三四五六七八九十")}
_Y = r"(?:19|20)\d{2}"
# Printing leaves one space at most between a number and its words; more would only cost time.
_SEP = r"\s?(?:—+|–|－|-|~|～|〜|至|到)\s?"
_PART = r"(?:上|下)半年|年?(?:底|末|初)|第?[一二三四1-4]季度|\d{1,2}月(?:\d{1,2}日)?(?:底|末)?(?:前|之前)?"
_ORDINAL = "十[一二三四五六七八九]?|[一二三四五六七八九]"
_FIVE = (
    rf"[“\"‘]?(?:第?(?P<five>{_ORDINAL})五(?:[”\"’]|(?=时期|期间|末|规划))"
    rf"|第(?P<fifth>{_ORDINAL})个五年)"
)

_LEAD = r"截至|截止到?|(?<![高升加长大小低降少减展续])[到至]|于|在|较|比|与|同|以|力争|力争到|争取到|展望"
_PLAN = "(?:本)?(?:规划|行动|计划|方案)"
_RELATIVE = "今年|本年度|明年|去年|上年|近年来?|近几年"
_SPENT = r"(?:力争)?(?:再?(?<!使)用|经过|通过|在|利用)?\s?(?P<count>[一二两三四五六七八九十]|\d{1,2})"

#: One pattern for all, tried at each place from the longest form to the shortest.
_PERIOD = re.compile(
    beginning(_LEAD, _FIVE, _PLAN, _RELATIVE, _SPENT, also=r"\s\d\"") + rf"(?P<lead>{_LEAD})?\s?(?:"
    rf"(?P<first>{_Y})\s?年?{_SEP}(?P<last>{_Y})\s?(?:年度?|(?=[）)]))"
    rf"|(?P<list>{_Y}(?:\s?年?[、，,和及与]\s?{_Y})+)\s?年"
    rf"|(?P<from>{_Y})\s?年(?:起|开始)[，,]?\s?(?:力争)?(?:用|经过|通过)?\s?(?P<years>[一二两三四五六七八九十]|\d)"
    rf"\s?(?:个?年左?右?)(?:以?之?内|的?时间|的?努力)"
    rf"|(?P<year>{_Y})\s?年(?![期月]份?制)(?P<part>{_PART})?"
    rf"|{_FIVE}(?P<fivetail>时?期?间?末?)"
    rf"|(?P<plan>{_PLAN}(?:实施)?(?:期限?)?(?P<planend>期?内|期?末|期间|实施期间))"
    rf"|(?P<relative>{_RELATIVE})"
    rf"|{_SPENT}(?:{_SEP}(?P<count2>\d{{1,2}}|[一二三四五六七八九十]))?"
    rf"\s?(?:个?年左?右?)(?P<within>以?之?内|(?:左右)?的?时间|的?努力)"
    rf")\s?(?P<tail>以来|以前|前(?![进列茅沿])|之前|的?基础上?|年?起|的|相比|期间|内|度)?"
)


def find(string: str, year: int | None = None, plan: Years = (None, None)) -> Iterator[Period]:
    """The periods of a text, in order.

    ``year`` is that of the document (for 今年, 明年, 3年内), ``plan`` the period of its plan (for 规划期内).

    >>> [(p.role, p.first, p.last) for p in find("到2025年，较2020年翻一番；“十五五”时期继续")]
    [('by', None, 2025), ('base', 2020, 2020), ('span', 2026, 2030)]
    """
    for match in _PERIOD.finditer(string):
        yield from _read(match, year, plan)


def _read(match: re.Match[str], year: int | None, plan: Years) -> Iterator[Period]:
    """The periods of a match: several for a list of years."""
    start, end = match.span()
    if match["list"]:
        for each in re.finditer(rf"({_Y})\s*年?", match.string[match.start("list") : end]):
            at = match.start("list")
            yield Period(at + each.start(), at + each.end(), int(each[1]), int(each[1]), "in")
    elif match["first"]:
        yield Period(start, end, int(match["first"]), int(match["last"]), "span")
    elif match["from"]:
        begun = int(match["from"])
        yield Period(start, end, begun, begun + _number(match["years"]) - 1, "span")
    elif match["year"]:
        stated = int(match["year"])
        role = _role(match)
        yield Period(start, end, None if role == "by" else stated, stated, role)
    elif match["five"] or match["fifth"]:
        first, last = five_year(match["five"] or match["fifth"])
        by = (match["fivetail"] or "").endswith("末")
        yield Period(start, end, None if by else first, last, "by" if by else "span")
    elif match["plan"]:
        by = match["planend"].endswith("末")
        yield Period(start, end, None if by else plan[0], plan[1], "by" if by else "span")
    elif match["relative"]:
        offset = {"今年": 0, "本年度": 0, "明年": 1, "去年": -1, "上年": -1}.get(match["relative"])
        number = year + offset if year is not None and offset is not None else None
        yield Period(start, end, number, number, "in" if offset is not None and offset >= 0 else "since")
    else:
        yield Period(start, end, year, None, "within")


def _number(printed: str) -> int:
    """A number of years in figures or as a numeral."""
    return int(printed) if printed.isdecimal() else 2 if printed == "两" else _NUMERALS[printed]


def _role(match: re.Match[str]) -> str:
    """What the words around a single year make of it."""
    lead, tail = match["lead"] or "", match["tail"] or ""
    if (
        lead in ("截至", "截止", "截止到")
        or tail == "以来"
        or (lead in ("自", "自从", "从") and tail in ("起", "年起", "以来"))
    ):
        return "since"
    if lead in ("较", "比", "与", "同") or "基础" in tail or tail == "相比":
        return "base"
    if (
        lead in ("到", "至", "力争到", "争取到", "展望")
        or tail in ("前", "以前", "之前")
        or (match["part"] or "").endswith("前")
    ):
        return "by"
    return "in"


def five_year(numeral: str) -> tuple[int, int]:
    """The years of the N-th five-year plan: “十四” gives 2021–2025, the first (“一”) 1953–1957.

    ValueError if the numeral is none from 一 to 十九.
    """
    if not re.fullmatch(r"十[一二三四五六七八九]?|[一二三四五六七八九]", numeral):
        raise ValueError(f"{numeral!r} is not the number of a five-year plan: write 一 to 十九")
    number = 10 + _NUMERALS.get(numeral[1:], 0) if numeral.startswith("十") else _NUMERALS[numeral]
    # The 1st and 2nd ran 1953–1957 and 1958–1962, the 3rd began in 1966; since then one follows the other.
    first = {1: 1953, 2: 1958}.get(number, 1951 + 5 * number)
    return first, first + 4


_TITLE_SPAN = re.compile(rf"({_Y})\s*年?{_SEP}({_Y})\s*(?:年|[）)]|$)")
_TITLE_YEAR = re.compile(rf"({_Y})\s*年度?(?!修订|修正|版|本|修改|以来|[以之]?前|底|{_SEP}|第\d|\d*月)")
_TITLE_BY = re.compile(rf"({_Y})\s*年(?:[以之]?前|底)")
_HORIZON = re.compile(rf"(?:和|及|与)?\s*{_Y}\s*年\s*(?:远景|中长期|愿景|展望)")
_STATED = re.compile(
    rf"(?:(?:规划|计划|方案|实施|行动|执行|目标)(?:的)?(?:实施)?(?:期限|年限|时限|期|时间|周期)(?:范围)?|时间跨度)\s*(?:为|是|：|:|自|从)?\s*"
    rf"({_Y})\s*年?(?:\d{{1,2}}月)?{_SEP}({_Y})\s*年"
)
_SINCE_UNTIL = re.compile(rf"(?:从|自)\s*({_Y})\s*年(?:\d{{1,2}}月)?起?{_SEP}({_Y})\s*年(?:底|末)?")
_DURING = re.compile(rf"({_Y})\s*年?{_SEP}({_Y})\s*年期间")
_FIVE_PLAN = re.compile(_FIVE)


def plan_period(title: str, body: Iterable[str] = ()) -> Years:
    """The period of a plan in years, from its title, else from what its first paragraphs state.

    “十四五” is 2021–2025, “（2022—2025年）” 2022–2025, “2023年度” and “2023年重点工作” 2023–2023; horizons (远景目标)
    are left aside.  ``body`` are the plan's paragraphs: “本规划实施期限为2021—2025年”, “从2023年起到2025年底”, or a
    five-year plan that the plan places itself in.  ``(None, None)`` where nothing is stated.

    >>> plan_period("山阳市养老服务三年行动方案（2023—2025年）")
    (2023, 2025)
    """
    title = _HORIZON.sub("", title)
    if span := _TITLE_SPAN.search(title):
        return int(span[1]), int(span[2])
    if five := _FIVE_PLAN.search(title):
        return five_year(five["five"] or five["fifth"])
    if by := _TITLE_BY.search(title):
        return None, int(by[1])
    if year := _TITLE_YEAR.search(title):
        return int(year[1]), int(year[1])
    return _stated_period(list(body))


def _stated_period(paragraphs: list[str]) -> Years:
    """The period that a plan's own paragraphs state."""
    for paragraph in paragraphs:
        if stated := _STATED.search(paragraph):
            return int(stated[1]), int(stated[2])
    if paragraphs:
        # The opening paragraph says what the plan is for: “为推动“十四五”期间…，制定本方案”.
        opening = re.sub(r"《[^》]*》", "", paragraphs[0])
        if (stated := _SINCE_UNTIL.search(opening)) or (
            stated := re.search(rf"({_Y})\s*年?{_SEP}({_Y})\s*年期间", opening)
        ):
            return int(stated[1]), int(stated[2])
        if five := re.search(_FIVE + r"(?:时期|期间)", opening):
            return five_year(five["five"] or five["fifth"])
    return None, None
