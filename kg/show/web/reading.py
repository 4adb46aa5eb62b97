"""The reading view: a document's text as it is printed, with every fact marked in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.show.web.cells import Piece
from kg.show.web.entries import Mark, Printed
from kg.show.web.messages import Words
from kg.show.web.said import said, said_row
from kg.show.web.site import Page, Site

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_HEADING = re.compile(r"#{1,6}\s*")
_DIGITS = "一二三四五六七八九十百"
#: How headings without marks are numbered, by level; a longer line is a paragraph that has a number.
_NUMBERED = (
    re.compile(rf"\s*(?:第[{_DIGITS}]+[章编部]|[{_DIGITS}]+、|附\s*件\s*\d*\s*(?:$|[:：]))"),
    re.compile(rf"\s*(?:第[{_DIGITS}]+节|（[{_DIGITS}]+）|\([{_DIGITS}]+\)|专栏\s*\d*)"),
)
_HEADING_LENGTH = 40
_SENTENCE = re.compile(r"[。；;]|[：:]\s*$")
#: The most headings that a table of contents lists.
MOST_HEADINGS = 300
#: The most facts that a tooltip speaks of.
_SPOKEN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: ``cells`` has one list of pieces, or one for each cell of a table row."""

    start: int
    level: int
    cells: tuple[tuple[Piece, ...], ...]

    @property
    def words(self) -> str:
        """The line without its marks."""
        return "".join(piece.words for cell in self.cells for piece in cell).strip()


def page(site: Site, request: Request, t: Words) -> Page:
    """The text of a document."""
    thing = site.catalogue.thing(request.path_params["key"])
    printed = site.catalogue.printed(thing.id) if thing else []
    if thing is None or not printed:
        raise HTTPException(404)
    number = request.query_params.get("copy", "1")
    copy = printed[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(printed) else printed[0]
    text = site.folder.text(site.file(copy.file))
    marks = site.catalogue.marks(thing.id, copy)
    blocks = list(_blocks(list(lines(text, copy, marks, t))))
    kinds = sorted({mark.kind for mark in marks})
    contents = [line for block in blocks for line in block if line.level][:MOST_HEADINGS]
    data = {"thing": thing, "blocks": blocks, "kinds": kinds, "contents": contents, "copies": printed, "copy": copy}
    return Page("reading.html", thing.label, data, _rows(site, thing.id, copy.file, t), [thing.iri])


def _rows(site: Site, document: int, file: str, t: Words) -> Iterator[dict[str, Any]]:
    """The facts of a printed document; looked up only when they are wanted."""
    for fact in site.catalogue.facts_of(document, file):
        yield said_row(fact, t)


def lines(text: str, printed: Printed, marks: Sequence[Mark], t: Words) -> Iterator[Line]:
    """The lines of a printed document that have words, cut where facts begin and end."""
    opened, speaking = 0, _Speaking(printed, t)
    for match in _LINE.finditer(text, printed.start, printed.stop):
        start, stop = match.span()
        heading = _HEADING.match(text, start, stop)
        level = 1 if heading else _level(match[0])
        while opened < len(marks) and marks[opened].stop <= start:
            opened += 1
        here = [mark for mark in _near(marks, opened, stop) if mark.stop > start]
        cells, begin = [], heading.end() if heading else start
        for cell in match[0][begin - start :].split("\t"):
            cells.append(tuple(_pieces(text, begin, begin + len(cell), here, speaking)))
            begin += len(cell) + 1
        yield Line(start, level, tuple(cells))


def _level(line: str) -> int:
    """1 for a heading by its number (第一章, 一、, 附件1), 2 for one below it (第一节, （一）), 0 for a paragraph."""
    if len(line) > _HEADING_LENGTH or "\t" in line or _SENTENCE.search(line):
        return 0
    return next((level for level, pattern in enumerate(_NUMBERED, start=1) if pattern.match(line)), 0)


def _near(marks: Sequence[Mark], first: int, stop: int) -> Iterator[Mark]:
    for index in range(first, len(marks)):
        if marks[index].start >= stop:
            return
        yield marks[index]


class _Speaking:
    """What marks say, looked up once for each fact, and the address of what rests on a stretch."""

    def __init__(self, printed: Printed, t: Words) -> None:
        self._words: dict[str, str] = {}
        self._address = f"/at?file={quote(printed.file, safe='')}"
        self._t = t

    def title(self, marks: Sequence[Mark]) -> str:
        """What the first of these marks say, a line each."""
        lines = []
        for mark in list({mark.key: mark for mark in marks}.values())[:_SPOKEN]:
            if mark.key not in self._words:
                self._words[mark.key] = said(mark.kind, mark.fields, self._t)
            lines.append(self._words[mark.key])
        return "\n".join(lines)

    def address(self, start: int, stop: int) -> str:
        """The address of the facts that rest on a stretch of the text."""
        return f"{self._address}&start={start}&end={stop}"


def _pieces(text: str, start: int, stop: int, marks: Sequence[Mark], speaking: _Speaking) -> Iterator[Piece]:
    marks = [mark for mark in marks if mark.start < stop and mark.stop > start]
    cuts = sorted({start, stop, *(edge for mark in marks for edge in (mark.start, mark.stop) if start < edge < stop)})
    for begin, end in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= begin and mark.stop >= end]
        if not over:
            yield Piece(text[begin:end])
            continue
        yield Piece(
            words=text[begin:end],
            kinds=tuple(dict.fromkeys(mark.kind for mark in over)),
            title=speaking.title(over),
            href=speaking.address(begin, end),
            anchors=tuple(dict.fromkeys(f"{mark.kind}-{mark.start}" for mark in over if mark.start == begin)),
        )


def _blocks(found: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines one by one; the rows of a table together."""
    table: list[Line] = []
    for line in found:
        if len(line.cells) > 1:
            table.append(line)
            continue
        if table:
            yield table
            table = []
        yield [line]
    if table:
        yield table
