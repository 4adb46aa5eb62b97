"""Source lines without their printing noise: Markdown and HTML marks, LaTeX, misread words.  Offsets are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from kg.read import html
from kg.read.text import CJK, Text

# A form feed is a page end in texts made from PDF; vertical tab and Unicode line separators stay inside lines.
# Digits and signs of full width say what those of half width say; each stays where it is.
_WIDE = re.compile("[０-９％]")
_NARROW = str.maketrans("０１２３４５６７８９％", "0123456789%")
_WIDE_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_LINE = re.compile(r"[^\r\n\f]+")
_END = re.compile(r"\r\n|[\r\n\f]")
_HEADING = re.compile(r"\s*#{1,6}\s+")
# A list dash or asterisk that a Markdown converter put before an item; “——” and “-60” are not meant.
_BULLET = re.compile(r"\s*[-*+]\s+(?=\S)")
_MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*$")
_MARKDOWN_RULE = re.compile(r"[\s|:\-]+$")
_TABLE_TITLE = re.compile(r"(?:专栏|附?表|附件)\s*\d")
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|\\(?=[_*#\[\]()])")
_LATEX = re.compile(r"\$([^$\n]{1,80})\$")
_LATEX_WORDS = {
    r"\geqslant": "≥", r"\leqslant": "≤", r"\geq": "≥", r"\leq": "≤", r"\ge": "≥", r"\le": "≤", r"\gt": ">",
    r"\lt": "<", r"\sim": "~", r"\approx": "≈", r"\times": "×", r"\pm": "±", r"\%": "%", r"\permil": "‰",
    r"\text": "", r"\mathrm": "", r"\circ": "°", r"\quad": "", r"\,": "", "{": "", "}": "", "^": "",
}  # fmt: skip
_LATEX_WORD = re.compile("|".join(re.escape(word) for word in _LATEX_WORDS) + r"|\s+")
# OCR models translate a lone 和 or 与 between Chinese words now and then.
_ENGLISH = re.compile(rf"(?<=[{CJK}])\s*\b(and|with)\b\s*(?=[{CJK}])")
_ENGLISH_WORDS = {"and": "和", "with": "与"}
_BREAK_TAG = re.compile(r"</p>\s*<p[^>]*>|<br\s*/?>|</li>\s*<li[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,120}>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});")
# A word repeated by OCR once for every row of the merged cell it stands in.
_REPEATED = re.compile(r"(\S.{1,30}?)(?:\s+\1){2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something.  ``cells`` is empty unless the line is a table row; ``heading``: marked with “#”.

    ``number`` counts from 1; ``gap`` says whether an empty line stands before.
    """

    text: Text
    number: int
    gap: bool = False
    heading: bool = False
    cells: tuple[Text, ...] = ()


def lines(source: str) -> Iterator[Line]:
    """The lines of a source text that hold something, cleaned, in order; a row of an HTML table is a line too."""
    if _WIDE.search(source):
        source = _WIDE_POINT.sub(".", source.translate(_NARROW))
    number, position, gap = 1, 0, True
    for start, end, table in _stretches(source):
        between = source[position:start]
        ends = len(_END.findall(between))
        number, gap = number + ends, gap or ends > 1
        position = end
        text = Text.at(source[start:end], start)
        found = _html_rows(text, number) if table else filter(None, [_line(text, number, gap)])
        number += len(_END.findall(text.string)) if table else 0
        gap = True
        for line in found:
            yield line
            gap = table


def _stretches(source: str) -> Iterator[tuple[int, int, bool]]:
    """Where each line stands, and each HTML table as a whole (marked True)."""
    position = 0
    for table in html.TABLE.finditer(source) if "<table" in source.lower() else ():
        yield from ((match.start(), match.end(), False) for match in _LINE.finditer(source, position, table.start()))
        yield table.start(), table.end(), True
        position = table.end()
    yield from ((match.start(), match.end(), False) for match in _LINE.finditer(source, position))


def _html_rows(table: Text, number: int) -> Iterator[Line]:
    for order, cells in enumerate(html.rows(table)):
        yield Line(Text.join(cells), number, gap=order == 0, cells=tuple(clean(cell) for cell in cells))


def _line(text: Text, number: int, gap: bool) -> Line | None:
    if not text.string.strip():
        return None
    bare = text[match.end() :] if (match := _BULLET.match(text.string)) else text
    if _MARKDOWN_ROW.match(bare.string):
        if _MARKDOWN_RULE.match(bare.string):
            return None
        cells = tuple(clean(cell) for cell in bare.strip().strip("|").split(re.compile(r"(?<!\\)\|")))
        return Line(bare, number, gap, cells=cells)
    # A single tab at the end is a leader of a contents list, not a cell border; a table's title spans all its columns.
    category = text.string.endswith("\t\t") and not _TABLE_TITLE.match(text.string)
    if "\t" in text.string.strip() or text.string.startswith("\t") or category:
        cells = tuple(clean(cell) for cell in text.split(re.compile("\t")))
        return Line(text, number, gap, cells=cells)
    heading = _HEADING.match(bare.string)
    bare = clean(bare[heading.end() :] if heading else bare).strip()
    return Line(bare, number, gap, heading is not None) if bare else None


def clean(text: Text) -> Text:
    """A line or cell without Markdown emphasis, HTML tags and LaTeX; paragraphs inside a cell become line breaks."""
    string = text.string
    if "&" in string:
        text = text.replace(_ENTITY, lambda match: unescape(match.group()))
    if "<" in string:
        text = text.replace(_BREAK_TAG, lambda match: "\n").without(_TAG)
    if "$" in string:
        text = text.replace(_LATEX, lambda match: _plain(match.group(1)))
    if "*" in string or "__" in string or "\\" in string:
        text = text.without(_EMPHASIS)
    if "and" in string or "with" in string:
        text = text.replace(_ENGLISH, lambda match: _ENGLISH_WORDS[match.group(1)])
    return text


def _plain(latex: str) -> str:
    return _LATEX_WORD.sub(lambda match: _LATEX_WORDS.get(match.group(), ""), latex)


def unrepeated(text: Text) -> Text:
    """A cell's text without the copies that OCR made of it, one for every merged row."""
    match = _REPEATED.fullmatch(text.string.strip())
    if not match:
        return text
    start = text.string.index(match.group(1))
    return text[start : start + len(match.group(1))]
