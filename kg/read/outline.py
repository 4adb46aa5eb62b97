"""Paragraphs → section tree, from the numbering and not from the depth of Markdown headings, which OCR guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.read.lines import Line
from kg.read.markers import Marker
from kg.read.model import Block, Paragraph, Section
from kg.read.paragraphs import Piece, pieces
from kg.read.tables import join_rows
from kg.read.text import Text

_TITLE_END = re.compile(r"[。；！？]")
# “林木覆盖率：…”, “（一）市财政局：负责…”: what stands before the colon is a name, not a sentence.
_NAME_BEFORE_COLON = re.compile(r"[^，。；：:]{1,30}[：:]")
_CAPTION_BRACKET = re.compile(r"[〔［\[【（(]([^〕］\]】）)]{1,20})[〕］\]】）)]\s*")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,6}同志$")
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[:：]\s*([^）)]{1,12}?)\s*[）)]?$")
_LIST_OF_ATTACHMENTS = re.compile(r"附\s*件\s*[:：]")
_QUOTES = re.compile(r"[《》“”\"的\s（）()—\-–]")
EMPTY = Text("", ())


@dataclass(slots=True)
class Outline:
    """Builds the sections and blocks of one document.  ``plans`` are the titles that the notice issues."""

    title: Text
    plans: Sequence[Text] = ()
    blocks: list[Block] = field(default_factory=list)
    stack: list[tuple[Section, float, int | None]] = field(default_factory=list)
    root: Section = field(init=False)
    _rows: list[Line] = field(default_factory=list)
    _plan_keys: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._plan_keys = [_key(plan) for plan in self.plans]
        self.root = Section("document", "", self.title)
        self.stack = [(self.root, -2, None)]

    @property
    def section(self) -> Section:
        """The innermost section open now."""
        return self.stack[-1][0]

    def read(self, lines: Sequence[Line]) -> None:
        """Take all lines of the document's body."""
        todo = pieces(lines)
        index = 0
        while index < len(todo):
            piece = todo[index]
            if piece.rows:
                self._rows.append(piece.lines[0])
                index += 1
                continue
            self._end_table()
            index += self._take(piece, todo[index + 1 : index + 4])
        self._end_table()

    def _take(self, piece: Piece, following: Sequence[Piece]) -> int:
        """One paragraph; returns how many pieces it used up (titles may stand on several)."""
        mark, text = piece.marker, piece.text
        if mark and mark.style == "attachment":
            if _LIST_OF_ATTACHMENTS.match(text.string) and len(text) > mark.length:
                self._add(piece, text)
                return 1
            return self._attachment(piece, mark, following)
        if mark is None and (count := self._plan_title(piece, following)):
            title = Text.join([piece.text, *[p.text for p in following[: count - 1]]])
            self._open(Section("plan", "", title, self.root), -1, None)
            self._add(piece, title, heading=True)
            return count
        if mark is not None:
            self._numbered(piece, mark)
        elif _NAME.match(text.string):
            self._numbered(piece, Marker("name", 6.5, None, 0, ""))
        else:
            if self.section.style == "dash":
                self.stack.pop()
            self._add(piece, text, heading=piece.heading)
        return 1

    def _plan_title(self, piece: Piece, following: Sequence[Piece]) -> int:
        """On how many pieces the title of a plan stands that the notice issues; 0 where this is no such title."""
        first = _key(piece.text)
        if not any(plan.startswith(first) or first.startswith(plan) for plan in self._plan_keys):
            return 0
        for same in (str.__eq__, _same_title):
            for count in (3, 2, 1):
                parts = [piece, *following[: count - 1]]
                if len(parts) == count and not any(part.rows or part.marker for part in parts):
                    key = _key(Text.join([part.text for part in parts]))
                    if any(same(key, plan) for plan in self._plan_keys):
                        return count
        return 0

    def _is_plan(self, title: Text) -> bool:
        return any(_same_title(_key(title), plan) for plan in self._plan_keys)

    def _attachment(self, piece: Piece, mark: Marker, following: Sequence[Piece]) -> int:
        """“附件 2” and the title that stands behind it or on the next one or two lines."""
        own = piece.text[mark.length :].strip()
        titles = [own] if own else []
        used = 1
        for candidate in following[: 2 - len(titles)]:
            string = candidate.text.string
            bracketed = string.startswith(("（", "(")) and string.endswith(("）", ")"))
            if candidate.rows or candidate.marker or not (bracketed if titles else candidate.heading):
                break
            titles.append(candidate.text)
            used += 1
        title = Text.join(titles)
        plan = self._is_plan(title) if title else False
        parent = self.root if plan else (self.section.within("plan") or self.root)
        self._open(
            Section("plan" if plan else "attachment", mark.printed, title, parent), -1 if plan else -0.5, mark.number
        )
        self._add(piece, Text.join([piece.text, *titles] if not own else [piece.text]), opens=True, heading=True)
        return used

    def _numbered(self, piece: Piece, mark: Marker) -> None:
        text = piece.text
        start = _squeezed_length(piece.lines[0].text, mark.length)
        title = _title(text, start, mark.style)
        parent = self._parent(mark)
        self._open(
            Section(mark.style, mark.printed if mark.style != "dash" else "——", title, parent), mark.rank, mark.number
        )
        heading = len(text) - start <= len(title) + 1
        self._add(piece, text, opens=True, heading=heading and (piece.heading or not piece.item or len(text) <= 30))

    def _parent(self, mark: Marker) -> Section:
        """Close what the new marker ends: its elder sibling, or what usually stands deeper."""
        for depth in range(len(self.stack) - 1, 0, -1):
            section, rank, number = self.stack[depth]
            if section.style in ("plan", "attachment"):
                break
            if (
                section.style == "box"
                and mark.rank > 3.5
                and (mark.number in (None, 1) or not self._runs_on(depth, mark))
            ):
                break
            if section.style == mark.style and rank == mark.rank:
                if number != (mark.number or 0) - 1 and self._runs_on(depth, mark):
                    continue
                del self.stack[depth:]
                break
        if mark.style == "box":
            # A list that the box interrupts may run on below it, so it stays open; the box does not belong to it.
            return next(section for section, rank, _ in reversed(self.stack) if rank < mark.rank)
        while len(self.stack) > 1 and self.stack[-1][1] > mark.rank:
            self.stack.pop()
        return self.section

    def _runs_on(self, depth: int, mark: Marker) -> bool:
        """Whether the number follows that of a list further up, which a box has interrupted."""
        return any(s.style == mark.style and mark.number == (number or 0) + 1 for s, _, number in self.stack[:depth])

    def _open(self, section: Section, rank: float, number: int | None) -> None:
        if rank < 0:
            keep = [frame for frame in self.stack if frame[1] < rank]
            self.stack = keep or self.stack[:1]
        self.stack.append((section, rank, number))

    def _add(self, piece: Piece, text: Text, *, opens: bool = False, heading: bool = False) -> None:
        lines = tuple(line.text for line in piece.lines)
        self.blocks.append(Paragraph(text, lines, self.section, opens, heading))

    def _end_table(self) -> None:
        """Make tables of the rows collected; rows on both sides of an empty line may still be one table."""
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        groups: list[list[Line]] = []
        for row in rows:
            if row.gap or not groups:
                groups.append([])
            groups[-1].append(row)
        caption, unit = self._caption()
        self.blocks += join_rows(groups, self.section, caption, unit)

    def _caption(self) -> tuple[Text | None, str | None]:
        """The title line above a table, and what a line “单位：万元” between them says."""
        unit = None
        for block in reversed(self.blocks[-2:]):
            if not isinstance(block, Paragraph):
                break
            match = _UNIT_LINE.match(block.text.string)
            if match:
                unit = match.group(1)
                continue
            return (block.text, unit) if block.heading else (None, unit)
        return None, unit


def _key(title: Text) -> str:
    return _QUOTES.sub("", title.string)


def _same_title(one: str, other: str) -> bool:
    """Whether two titles differ at most by a bracket at the end (（试行）, （2021—2025年）)."""
    if one == other:
        return True
    begins = other.startswith(one) or one.startswith(other)
    return begins and min(len(one), len(other)) > 5 and abs(len(one) - len(other)) <= 12


def _squeezed_length(line: Text, length: int) -> int:
    """How many characters of the squeezed text the first characters of a line make."""
    end = line.strip()[:length].squeezed()
    return len(end)


def _title(text: Text, start: int, style: str) -> Text:
    """The heading of a numbered paragraph: up to its colon if that follows a name, else to the end of its sentence."""
    rest = text[start:]
    if style == "article":
        match = _CAPTION_BRACKET.match(rest.string)
        return rest[match.start(1) : match.end(1)] if match else EMPTY
    if style == "name" or not rest:
        return rest
    colon = _NAME_BEFORE_COLON.match(rest.string)
    if colon and colon.end() < len(rest):
        return rest[: colon.end() - 1]
    end = _TITLE_END.search(rest.string)
    return rest[: end.start()] if end else rest.strip("：:")
