"""Automatic numbers of Word paragraphs (一、 （一） 1.), which are printed but not written in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting"})
_ENCLOSED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"


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
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
    if form in _ENCLOSED and 0 < number <= 20:
        return chr(0x245F + number)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if form == "upperLetter" else 96) + number)
    return "" if form in ("none", "bullet") else str(number)
