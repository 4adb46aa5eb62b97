"""Numbering markers of Chinese documents: 第一章, 一、, （一）, 1., （1）, ①, 1.1, 专栏 2, 附件 3-1, “——”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.numbers import chinese_number
from kg.read.text import Text

_HAN = "[一二三四五六七八九十百零〇]{1,5}"
_ATTACHMENT = (
    r"附\s*[件表录]\s*(\d{1,2}(?:[-—]\d{1,2})?|[一二三四五六七八九十]{0,2})"
    # “附件1中所列…”, “附件1、附件2是…” are sentences.
    r"(?!\d|\s*[、和]|是|为|中|所)\s*[:：]?\s*"
)
_ORDINAL = rf"第\s*(?:{_HAN}|\d{{1,3}})\s*"
#: Style, pattern and rank (how deep the style usually stands), the first match wins.  Group 1 is the marker's number.
_STYLES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("attachment", re.compile(_ATTACHMENT), 0),
    ("box", re.compile(r"专\s*栏\s*(\d{1,2}|[一二三四五六七八九十]{0,3})\s*[:：]?\s*"), 3.5),
    ("chapter", re.compile(rf"第\s*({_HAN}|\d{{1,3}})\s*[章编]\s*"), 0),
    ("part", re.compile(rf"第\s*({_HAN}|\d{{1,3}})\s*节\s*"), 1),
    ("article", re.compile(rf"第\s*({_HAN}|\d{{1,3}})\s*条(?!第|[、和的规款之]|修改|第)\s*"), 2),
    ("一、", re.compile(rf"({_HAN})\s*[、．.]\s*"), 2),
    ("（一）", re.compile(rf"[（(]\s*({_HAN})\s*[）)]\s*[、.]?\s*"), 3),
    ("（1）", re.compile(r"(?:[（(]\s*)?(\d{1,3})\s*[）)]\s*[、.]?\s*"), 5),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\s*(?=[\u4e00-\u9fffIVX])"), 3),
    # “1.2030年底前…” is item 1, not a decimal.
    ("1.", re.compile(r"(\d{1,3})\s*[.．、](?!\d(?!\d{3}\s*年))\s*"), 4),
    ("①", re.compile(r"([①-⑳])\s*"), 6),
    ("dash", re.compile(r"(?:——|――|—(?=[\u4e00-\u9fff“])|─{1,2}|－{2})()\s*"), 7),
)  # fmt: skip
#: What any marker begins with: most lines have none.
_FIRST = re.compile(r"[附专第一二三四五六七八九十百零〇\d（(①-⑳—―─－]")
#: Decimal outlines give their top level a bare number: “1 总则”.
_BARE_NUMBER = re.compile(r"(\d{1,2})\s+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the beginning of a line: its style, rank, number (None for “——”), and length in characters."""

    style: str
    rank: float
    number: int | None
    length: int
    printed: str


def marker(text: Text) -> Marker | None:
    """The marker that a line begins with, or None."""
    string = text.string
    if not _FIRST.match(string):
        return None
    for style, pattern, rank in _STYLES:
        match = pattern.match(string)
        if match:
            if style == "decimal":
                rank = 2 + match.group(1).count(".")
            return Marker(style, rank, _value(match.group(1)), match.end(), re.sub(r"\s+|[:：]$", "", match.group()))
    return None


def bare_number(text: Text) -> Marker | None:
    """The marker of a top-level heading of a decimal outline (“1 总则”): a short line without a stop."""
    match = _BARE_NUMBER.match(text.string)
    if not match or len(text) > 24 or re.search(r"[，。；：、%]", text.string):
        return None
    return Marker("decimal", 2, int(match.group(1)), match.end(), match.group(1))


def _value(number: str) -> int | None:
    if not number:
        return None
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    return chinese_number(re.split(r"[.\-—]", number)[-1])
