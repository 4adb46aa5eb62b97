"""Automatic numbers of Word paragraphs (一、 （一） 1.), which are printed but not written in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The forms of numbers (ST_NumberFormat) that Chinese documents use: 十二, 一二, 壹拾贰 …
_COUNTED = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting")
)
_SPELLED = frozenset(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"))
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
#: The first sign of a row that stands in Unicode as it is counted, and how many of them there are.
_ROWS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
    "upperLetter": ("A", 26),
    "lowerLetter": ("a", 26),
}
_STEMS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS, _TENS = "零一二三四五六七八九", ("", "十", "百", "千")
_LEGALLY = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the form of its numbers (numFmt), the text around them (lvlText), the first number."""

    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file, and how far each has been counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The lists that a python-docx document defines."""
        made = cls()
        for relation in document.part.rels.values():
            if not relation.is_external and relation.reltype.endswith("/numbering"):
                made._define(relation.target_part.element)
        for style in document.styles.element.iter(f"{_W}style"):
            reference = _reference(style.find(f"{_W}pPr/{_W}numPr"))
            if reference:
                made.styles[style.get(f"{_W}styleId", "")] = reference
        return made

    def _define(self, numbering: Element) -> None:
        for definition in numbering.iter(f"{_W}abstractNum"):
            levels = {
                int(level.get(f"{_W}ilvl", "0")): Level(
                    _value(level.find(f"{_W}numFmt"), "decimal"),
                    _value(level.find(f"{_W}lvlText"), ""),
                    int(_value(level.find(f"{_W}start"), "1")),
                )
                for level in definition.iter(f"{_W}lvl")
            }
            self.lists[definition.get(f"{_W}abstractNumId", "")] = levels
        for number in numbering.iter(f"{_W}num"):
            self.abstract[number.get(f"{_W}numId", "")] = _value(number.find(f"{_W}abstractNumId"), "")

    def label(self, paragraph: Element) -> str:
        """The number printed before a paragraph, counted on; empty where there is none."""
        reference = _reference(paragraph.find(f"{_W}pPr/{_W}numPr"))
        style = self.styles.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle"), ""))
        # A paragraph may name its level alone and take the list from its style; list 0 means none
        number, depth = (
            reference if reference and reference[0] else (style[0], (reference or style)[1]) if style else ("", 0)
        )
        levels = self.lists.get(self.abstract.get(number, ""), {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts[self.abstract[number]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

        def printed(match: re.Match[str]) -> str:
            which = int(match.group(1)) - 1
            described = levels.get(which, level)
            return _written(counts.get(which, described.start), described.form)

        return _PLACEHOLDER.sub(printed, level.pattern) if "%" in level.pattern else ""


def _reference(properties: Element | None) -> tuple[str, int] | None:
    if properties is None:
        return None
    return _value(properties.find(f"{_W}numId"), ""), int(_value(properties.find(f"{_W}ilvl"), "0"))


def _value(element: Element | None, default: str) -> str:
    return str(element.get(f"{_W}val", default)) if element is not None else default


def _written(number: int, form: str) -> str:
    if form in ("none", "bullet"):
        return ""
    if form in _COUNTED and 0 < number < 10_000:
        return _counted(number).removeprefix("一" if 10 <= number < 20 else "")
    if form in _LEGAL and 0 < number < 10_000:
        return _counted(number).translate(_LEGALLY)
    if form in _SPELLED:
        return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(max(0, number)))
    if form in _ROWS and 0 < number <= _ROWS[form][1]:
        return chr(ord(_ROWS[form][0]) + number - 1)
    if form in _STEMS and 0 < number <= len(_STEMS[form]):
        return _STEMS[form][number - 1]
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _counted(number: int) -> str:
    """A number up to 9999 in Chinese: 一百零二, 一十二."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _TENS[place]
        gap = not digit
    return text


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
