"""Quantities in Chinese policy text: “不低于 85%”, “4.45万人以上”, “1—2家”, “14.0/10万”, “翻一番”.

A quantity keeps its value as printed, without the words that compare it, and its unit as written; 万 and 亿 before
a unit are part of the unit (``4.45`` ``万人``).  Nothing is converted.  Dates, ordinals and document numbers are no
quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg import data
from kg.extract.trie import alternatives, beginning


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``[start, end)`` of a string, comparator words included; number and unit are at ``[first, last)``.

    ``comparator`` is one of ``= >= <= > < ~``; ``unit`` is None for a bare number; ``kind`` is the unit's kind in
    units.tsv (``share``, ``count``, ``person``, ``money``, ``time``, …), ``fold`` for 翻番, ``ratio`` for 1:2, or
    ``bare`` for a number without unit.
    """

    start: int
    end: int
    first: int
    last: int
    value: str
    comparator: str
    unit: str | None
    kind: str

    @property
    def compared(self) -> bool:
        """Whether words or signs compare it."""
        return self.comparator != "="


# Words of comparison before and after a number.  The ones after it decide: “突破500亿元以上” is at least 500.
_BEFORE = {
    ">=": r"不得?(?:低|少|小)于|不下于|至少|最少|最低|大于(?:或)?等于|≥|≧|⩾|>=|\\ge(?:q(?:slant)?)?(?![a-z])",
    "<=": r"不得?(?:超过|高于|大于|多于|超出|突破)|至多|最多|最高|小于(?:或)?等于"
    r"|≤|≦|⩽|<=|\\le(?:q(?:slant)?)?(?![a-z])",
    "~": r"大?约为?|大致|接近|将近|近|\\approx|≈",
    ">": r"超过|超出|超|高于|多于|大于|突破|逾|>|＞|\\gt(?![a-z])",
    "<": r"低于|少于|小于|不足|不到|不满|<|＜|\\lt(?![a-z])",
}
_AFTER = {
    ">=": r"(?:及|（含）|\(含\)|\s)?以上|之上",
    "<=": r"(?:及|（含）|\(含\)|\s)?以下|以内|之内|内(?![外部])",
    "~": r"左右|上下",
}
_COMPARATORS = {
    "before": re.compile("|".join(f"(?P<c{i}>{words})" for i, words in enumerate(_BEFORE.values()))),
    "after": re.compile("|".join(f"(?P<c{i}>{words})" for i, words in enumerate(_AFTER.values()))),
}
_NUMBER = r"(?>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\s?\.\s?\d+)?)"
_CHINESE_DIGITS = "一二两三四五六七八九十百千零〇"
_DASH = r"\s?(?:—+|–|－|-|~|～|〜|至|到|\\sim)\s?"
_MULTIPLIER = r"(?:万亿|千亿|百亿|千万|百万|十万|[万亿千])"
#: Letters, digits and joints before a number make it part of a name (PM2.5, 4·27, 1+4+N, GB/T 18337, 第3条).
_NOT_AFTER = r"(?<![A-Za-z\d第·+＋./／_号])(?<!第\s)(?<!\d[-—–])"
#: What makes a number a year, a date, an ordinal, a clock time, a grade or part of a name.
_NOT_BEFORE = (
    r"(?![\d·]|\s*[A-Za-z](?!m\b|[mM]\d|W|B|b|F|E)|\s*[号级届版章节]|\s*个?季度"
    r"|\s*年[度级末底初份代]|年(?:行动|规划|计划|目标))"
)
_MINUS = re.compile(r"\s*[-－−]\s*")
_YEAR = r"(?!(?:19|20)\d{2}\s*(?:年|[—–\-~～至、]\s*(?:19|20)?\d{2}))"
_DATE = r"(?!\d{1,2}\s*月(?!均|度增)|\d{1,2}\s*日(?![均内以]))"


@cache
def _units() -> dict[str, str]:
    """Units and their kinds."""
    return {row["unit"]: row["kind"] for row in data.rows("units.tsv")}


@cache
def _unit_pattern() -> str:
    """A unit as written: a multiplier, a base, another base in brackets, “per …”."""
    base = rf"(?:{alternatives(_units())})"
    per = rf"(?:[/／]\s*(?:\d+\s*)?{_MULTIPLIER}?{base}?(?:企业|人口|人|法人)?|每{base})"
    html = r"k?m<sup>[23]</sup>"
    return (
        rf"(?>\\?[%％]|{_MULTIPLIER}?\s?(?:{html}|{base}(?:[（(]{base}[）)])?)(?:{per})*"
        rf"|{_MULTIPLIER}|[/／]\s?\d*\s?{_MULTIPLIER}{base}?)"
    )


@cache
def _pattern() -> re.Pattern[str]:
    """The grammar of a quantity."""
    before = "|".join(_BEFORE.values())
    after = "|".join(_AFTER.values())
    unit = _unit_pattern()
    chinese = rf"(?<![{_CHINESE_DIGITS}第几数十])(?:百分之[{_CHINESE_DIGITS}点]+|[{_CHINESE_DIGITS}]+(?=\s?{unit}))"
    spaced = rf"\d{{1,3}}(?: \d{{3}})+(?=\s?{unit})"  # “13 000 人”: thousands set apart
    ratio = r"\d+(?:\.\d+)?\s?[:：∶]\s?\d+(?:\.\d+)?"
    first = beginning(before, _CHINESE_DIGITS, "翻百", also=r"\s\d$\\<>")
    return re.compile(
        rf"{first}(?P<before>(?:{before})\s?)?\$?\s?(?P<sign>(?:{before})\s?)?"
        rf"(?:(?P<fold>翻(?:[一两二三]?番|[一两二三]倍))"
        rf"|(?P<ratio>{_NOT_AFTER}{ratio}(?!\d))"
        rf"|(?P<low>{_NOT_AFTER}{_YEAR}{_DATE}(?:{spaced}|{_NUMBER})|{chinese})"
        rf"(?:(?:\s?(?P<lowunit>{unit}))?(?P<dash>{_DASH})(?P<high>{_NUMBER}|[{_CHINESE_DIGITS}]+(?=\s?{unit})))?"
        rf"(?P<more>[多余])?"
        rf"\s?\$?\s?(?P<unit>{unit})?{_NOT_BEFORE}(?P<odd>[多余](?![种样元个]))?)"
        rf"\s?\$?\s?(?P<after>{after})?"
    )


def find(string: str, bare: bool = False) -> Iterator[Quantity]:
    """The quantities of a running text, in order.

    Numbers without a unit are left out unless a word compares them or they are ratios; with ``bare`` they are kept.

    >>> [(q.comparator, q.value, q.unit) for q in find("床位不少于1.6万张，覆盖率达到80%以上")]
    [('>=', '1.6', '万张'), ('>=', '80', '%')]
    """
    for match in _pattern().finditer(string):
        quantity = _read(match)
        if quantity and (bare or quantity.unit or quantity.compared or quantity.kind in ("fold", "ratio")):
            yield quantity


def parse(string: str, unit: str | None = None) -> Quantity | None:
    """The first quantity of a table cell, bare numbers too; ``unit`` is that of its column where the cell has none."""
    return next(parse_all(string, unit), None)


def parse_all(string: str, unit: str | None = None) -> Iterator[Quantity]:
    """All quantities of a table cell, bare numbers too."""
    for match in _pattern().finditer(string):
        quantity = _read(match)
        if quantity is None:
            continue
        if quantity.unit is None and unit and quantity.kind != "fold":
            quantity = replace(quantity, unit=unit, kind=kind(unit))
        if _MINUS.fullmatch(string[: quantity.first]):
            quantity = replace(quantity, value=f"-{quantity.value}")
        yield quantity


@cache
def _whole_unit() -> re.Pattern[str]:
    return re.compile(rf"(?:每|1(?=\s?[/／]))?{_unit_pattern()}")


@cache
def is_unit(string: str) -> bool:
    """Whether a string is nothing but a unit (“亿元”, “1/10万”, “套（间）”)."""
    return bool(_whole_unit().fullmatch(string.strip()))


@lru_cache(maxsize=1 << 10)
def kind(unit: str) -> str:
    """The kind of a unit as written: that of its base without multiplier and denominator; ``count`` if unknown."""
    bare, *per = re.split(r"[/／（(]", unit)
    while bare and bare not in _units() and re.match(_MULTIPLIER, bare):
        bare = re.sub(rf"^{_MULTIPLIER}", "", bare)
    if per and not bare.strip("0123456789"):  # 1/10万
        return "share"
    return _units().get(bare, "count")


def _read(match: re.Match[str]) -> Quantity | None:
    """The quantity of a match of the grammar; None where it turns out to be none."""
    if match["fold"]:
        return Quantity(*_trimmed(match), *match.span("fold"), match["fold"], "=", None, "fold")
    comparator = _comparator(match)
    if match["ratio"]:
        value = "".join(match["ratio"].split())
        return Quantity(*_trimmed(match), *match.span("ratio"), value, comparator, None, "ratio")
    value, unit = match["low"], match["unit"] or match["lowunit"] or None
    if match["high"]:
        value += match["dash"].strip() + match["high"]
    if value.startswith("百分之"):
        value, unit = value.removeprefix("百分之"), "%"
    unit = re.sub(r"[\s\\]", "", unit) if unit else None
    last = max(match.end(group) for group in ("low", "high", "unit"))
    known = kind(unit) if unit else "bare"
    start, end = _trimmed(match)
    return Quantity(start, end, match.start("low"), last, "".join(value.split()), comparator, unit, known)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The span of a match without the spaces at its ends."""
    whole = match[0]
    return match.start() + len(whole) - len(whole.lstrip()), match.end() - len(whole) + len(whole.rstrip())


def _comparator(match: re.Match[str]) -> str:
    """The comparator that the words around a number give; those after it first."""
    for group, words in (("after", _AFTER), ("sign", _BEFORE), ("before", _BEFORE)):
        if match[group]:
            side = "after" if group == "after" else "before"
            found = _COMPARATORS[side].match(match[group].strip())
            if found:
                return list(words)[int((found.lastgroup or "c0")[1:])]
    return ">" if match["more"] or match["odd"] else "="
