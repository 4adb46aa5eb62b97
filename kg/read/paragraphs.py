"""Lines → paragraphs: what page and column ends cut in two is joined again.

The page ends themselves are gone from the text.  What is left of them is a line that stops without a stop, and a next
one that begins without a beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.read.lines import Line
from kg.read.markers import Marker, bare_number, marker
from kg.read.numbers import DATE, NUMBER
from kg.read.text import Text

_STOP = re.compile(r"[。！？；：!?;:…][”’）)》」\]〕】]*$|[）)〕\]】]$")
_OPENING, _CLOSING = "（(〔［[【《", "）)〕］]】》"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_INSIDE = re.compile(r"[，。；：,;]")
_DATE_LINE = re.compile(rf"{DATE}$")
_NUMBER_LINE = re.compile(rf"[（(]?{NUMBER}[）)]?$")
_CLOSING_LINE = re.compile(rf"[（(]\s*{NUMBER}\s*{DATE}\s*[）)]$")
#: “组 长：王明 市长”, “何 健 市自然资源局副局长”: lists of people, a line each.
_ROLE_LINE = re.compile(
    r"[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{0,2}\s?[\u4e00-\u9fff]{0,6}(?<!单位)(?<!部门)\s*[:：]"
    r"\s*[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff·]){1,4}\s+[\u4e00-\u9fff]"
)
_PERSON_LINE = re.compile(
    r"\s*(?:[\u4e00-\u9fff]\s+[\u4e00-\u9fff]|[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?)\s+[\u4e00-\u9fff]{2}"
)
_LABEL_LINE = re.compile(r"表\s*\d|(?:附\s*件|附\s*表|抄\s*送|主送|注|备注|来源|（此件)\s*[:：\d]")
#: “责任单位：市教育局”, “完成时限：年底前”: who has what part in a task and by when, a line each.
_SHARE_LINE = re.compile(
    r"\s*[*◆●■▲★·\-]*\s*[\u4e00-\u9fff]{2,6}(?:单位|部门|领导|责任人|时限|期限|时间)[*]*\s*[:：](?=.)"
)
#: Such a line is cut at the end of the page's column only if it is about as long as one.
_COLUMN = 24
_NOTE = re.compile(r"(?:备\s*)?注\s*\d*\s*[:：.、]|说明[:：]")
#: Last words of titles and captions, which stand alone on a line without being cut.
_TITLE_WORD = re.compile(
    r"(?:规划|计划|方案|办法|规定|细则|规程|措施|意见|通知|决定|预案|纲要|条例|标准|要求|流程|程序|名单|名录|清单|目录|一览|表|图|书|"
    r"指标|目标|分工|职责|任务|说明|须知|制度|机制|总则|附则|情况|原则|问题|要点|如下|模板)[）)”]?$"
)
_NAME_LINE = re.compile(r"[\u4e00-\u9fff·]{2,6}同志$")
#: A heading without a number is short and has no stop inside; what is longer is a sentence.
HEADING_LENGTH = 40
#: What follows “第三条” is a caption only if it is very short.
ARTICLE_CAPTION_LENGTH = 14


@dataclass(frozen=True)
class Piece:
    """One paragraph as lines, with the marker it begins with, or one table row.

    ``item`` is true for a numbered paragraph whose neighbours of the same numbering are sentences, not headings.
    """

    lines: tuple[Line, ...]
    marker: Marker | None = None
    rows: bool = False
    item: bool = False

    @cached_property
    def text(self) -> Text:
        """The paragraph's text, lines joined where a reader would, without white space inside Chinese text."""
        return _joined([line.text for line in self.lines]).squeezed()

    @cached_property
    def heading(self) -> bool:
        """Whether the paragraph is marked as a heading or looks like one: short, no stop inside or at its end."""
        string = self.text.string
        if self.lines[0].heading and len(string) <= 80:
            return True
        return len(string) <= HEADING_LENGTH and not _STOP.search(string) and not _INSIDE.search(string)


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """The paragraphs and table rows that lines make, in order."""
    lines = [_as_row(line, lines[i - 1 : i], lines[i + 1 : i + 2]) for i, line in enumerate(lines)]
    whole = "\n".join(line.text.string for line in lines)
    markers = [None if line.cells else _marker(line, lines, i) for i, line in enumerate(lines)]
    sentences = _sentence_markers(lines, markers)
    made: list[Piece] = []
    cut = _Cut()
    for i, line in enumerate(lines):
        if line.cells:
            made.append(Piece((line,), rows=True))
            continue
        last = made[-1] if made else None
        if last and not last.rows and _continues(last, line, markers[i]):
            made[-1] = replace(last, lines=(*last.lines, line))
        elif last and cut.rest(last, line, markers[i], whole):
            made[cut.index] = replace(made[cut.index], lines=(*made[cut.index].lines, line))
            cut = _Cut()
        else:
            if last and _opens_float(line, markers[i]):
                cut = cut.before(made, in_box=markers[i] is not None)
            made.append(Piece((line,), markers[i], item=i in sentences))
    return made


def _as_row(line: Line, before: Sequence[Line], after: Sequence[Line]) -> Line:
    """The label of a category that stands between rows without a cell border is a row of one cell."""
    inside = before and after and before[0].cells and after[0].cells and not line.gap and not after[0].gap
    if not inside or line.cells or len(line.text) > HEADING_LENGTH or _STOP.search(line.text.string):
        return line
    return replace(line, cells=(line.text,))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A paragraph that a box or table has cut: its index, its last character, and whether a box (专栏) did it."""

    index: int = -1
    last: str = ""
    in_box: bool = False

    def before(self, made: Sequence[Piece], in_box: bool) -> _Cut:
        """The cut that a float makes which begins now, if the paragraph before it stops without a stop."""
        last = made[-1]
        string = last.text.string
        if not last.rows and not last.heading and not _STOP.search(string) and len(string) > HEADING_LENGTH:
            return _Cut(len(made) - 1, string[-1:], in_box)
        return self if self.in_box else _Cut()

    def rest(self, last: Piece, line: Line, mark: Marker | None, whole: str) -> bool:
        """Whether a line is the rest of the cut paragraph: it follows the table, or completes the cut word."""
        string = line.text.string.strip()
        if self.index < 0 or mark is not None or line.heading or _starts_anew(string) or _NOTE.match(string):
            return False
        if not _INSIDE.search(string):
            return False
        if last.rows or _NOTE.match(last.lines[0].text.string):
            return True
        # Inside a box of prose only the words tell: the two halves make a word that is printed elsewhere too.
        word = self.last + string[:1]
        return self.in_box and whole.count(word) >= 2


def _marker(line: Line, lines: Sequence[Line], index: int) -> Marker | None:
    found = marker(line.text)
    if found or not (line.heading or (index + 1 < len(lines) and line.gap)):
        return found
    return bare_number(line.text)


def _sentence_markers(lines: Sequence[Line], markers: Sequence[Marker | None]) -> set[int]:
    """Numbered lines whose neighbours of the same style are sentences: without a stop they are cut, not headings."""
    found: set[int] = set()
    recent: dict[str, list[int]] = {}
    for i, mark in enumerate(markers):
        if mark is None:
            continue
        if mark.number == 1:
            recent[mark.style] = []
        before = recent.setdefault(mark.style, [])
        following = next(
            (j for j in range(i + 1, min(i + 4, len(lines))) if (m := markers[j]) and m.style == mark.style), None
        )
        neighbours = [j for j in (*before[-2:], following) if j is not None]
        if neighbours and all(_full_stop(lines[j].text.string) for j in neighbours):
            found.add(i)
        before.append(i)
    return found


def _full_stop(string: str) -> bool:
    return string.rstrip().endswith(("。", "；", "！"))


def _continues(last: Piece, line: Line, mark: Marker | None) -> bool:
    """Whether a line is the rest of the paragraph before it."""
    before, after = last.lines[-1].text.string.rstrip(), line.text.string
    if _open_bracket(last) and not line.heading and (mark is None or mark.style in ("1.", "decimal")):
        return len(last.lines) < 6
    if mark is not None or line.heading or _starts_anew(after) or _SHARE_LINE.match(after):
        return False
    if _STOP.search(before) or last.lines[-1].heading or (last.marker is None and _stands_alone(last, before)):
        return False
    if before.endswith(("、", "，", ",")):
        return True
    if len(last.lines) == 1 and len(before) < _COLUMN and _SHARE_LINE.match(before):
        return False
    if last.marker is not None and len(last.lines) == 1 and not _INSIDE.search(before[last.marker.length :]):
        if last.marker.style == "article":
            return len(before) - last.marker.length > ARTICLE_CAPTION_LENGTH
        # A numbered line without a stop and without a comma is a heading, unless its neighbours or its length say no.
        return last.item or len(before) > HEADING_LENGTH
    if len(before) > HEADING_LENGTH or _INSIDE.search(before) is not None or len(last.lines) > 1:
        return True
    # A short line without a stop between two paragraphs: a column end, unless it reads like a title.
    return (
        len(before) >= 12 and len(after) >= 12 and _INSIDE.search(after) is not None and not _TITLE_WORD.search(before)
    )


def _starts_anew(string: str) -> bool:
    compact = string.strip()
    return bool(
        _DATE_LINE.match(compact)
        or _NUMBER_LINE.match(compact)
        or _CLOSING_LINE.match(compact)
        or _LABEL_LINE.match(compact)
        or _NAME_LINE.match(compact)
        or _is_person_line(compact)
    )


def _stands_alone(piece: Piece, before: str) -> bool:
    """Whether what came before is a line of its own kind: a date, a number, a person."""
    return _starts_anew(before) or _is_person_line(piece.lines[0].text.string)


def _is_person_line(string: str) -> bool:
    return bool(
        len(string) < 60 and (_ROLE_LINE.match(string) or _PERSON_LINE.match(string)) and not _full_stop(string)
    )


def _open_bracket(piece: Piece) -> bool:
    string = "".join(line.text.string for line in piece.lines)
    depth = 0
    for bracket in _BRACKET.findall(string[-300:]):
        depth = depth + 1 if bracket in _OPENING else max(0, depth - 1)
    return depth > 0


def _opens_float(line: Line, mark: Marker | None) -> bool:
    """Whether a line heads a box or table that may have floated into the middle of a sentence."""
    return bool(mark and mark.style == "box") or (
        mark is None and len(line.text) <= HEADING_LENGTH and not _STOP.search(line.text.string)
    )


def _joined(parts: Sequence[Text]) -> Text:
    """Lines joined into one text; a word that the page end printed twice is dropped once."""
    text = parts[0].strip()
    for part in parts[1:]:
        part = part.strip()
        overlap = next(
            (n for n in range(min(8, len(text), len(part)), 2, -1) if text.string.endswith(part.string[:n])), 0
        )
        between = " " if _latin(text.string[-1:]) and _latin(part.string[:1]) else ""
        text = Text.join((text, part[overlap:]), between)
    return text


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
