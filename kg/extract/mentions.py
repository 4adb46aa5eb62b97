"""What a careful reader's eye stops at in a document: bodies, quantities, years and persons, whatever was made of them.

Mentions are no facts.  They are what facts are made of, so they show what was read and left unused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract import bodies, periods, quantities
from kg.extract.names import is_name, leading_name, names
from kg.extract.posts import split_post
from kg.facts import Place
from kg.read.model import Cell, Paragraph, PrintedDocument, Table
from kg.read.text import Text

#: Kinds of mentions, in the order of reports.
KINDS = ("agency", "quantity", "year", "person")

# 一批, 三支 and 十九届 are words of everyday speech; what is measured is printed in figures.
_FIGURES = re.compile(r"\d|百分之|翻")
# 何健同志, not 有关负责同志
_COMRADE = re.compile(r"([\u4e00-\u9fff]{2,4})(?<!负责)(?<!领导)(?<!主要)(?<!分管)(?<!全体)同志")
# “组长：何 健  市长”: the label of a role, then a name
_ROLE = re.compile(r"(?:长|员|主任|召集人|联络员|负责人|责任人|领导)[：:]\s*")
_PERSON_COLUMN = re.compile(r"姓\s*名|领导|责任人|负责人|联系人|召集人|组\s*长")
# A bare number in such a column is a quantity: the unit stands in another cell or above the table.
_VALUE_COLUMN = re.compile(r"年|目标|现状|基期|投资|资金|数量|规模|数$|值$")
_BARE_NUMBER = re.compile(r"\s*[≥≤><~±约]?\s*\d[\d,，]*(?:[.．]\d+)?\s*[%‰]?\s*")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A body, quantity, year or person at ``[start, end)`` of the source text; ``words`` as a reader copies them."""

    kind: str
    start: int
    end: int
    words: str


def mentions(document: PrintedDocument, place: Place | None = None) -> list[Mention]:
    """All mentions of a document in the order of the text; none overlaps another of its kind.

    ``place`` is the area whose government speaks; it settles where a body's name begins.
    """
    found = list(_in_text(document.title, place))
    for block in document.blocks:
        found += _in_paragraph(block, place) if isinstance(block, Paragraph) else _in_table(block, place)
    return _apart(found + list(_named_again(document, {item.words for item in found if item.kind == "person"})))


def _in_text(text: Text, place: Place | None) -> Iterator[Mention]:
    for body in bodies.find_bodies(text, place):
        yield _mention("agency", body.text)
    for quantity in quantities.find(text.string):
        if quantity.unit and _FIGURES.search(quantity.value):
            yield _mention("quantity", text[quantity.start : quantity.end])
    for period in periods.find(text.string):
        if period.first or period.last:
            yield _mention("year", text[period.start : period.end])
    for match in _COMRADE.finditer(text.string):
        name = next((size for size in (3, 2, 4) if size <= len(match[1]) and is_name(match[1][-size:])), 0)
        if name:
            yield _mention("person", text[match.end(1) - name : match.end(1)])


def _in_paragraph(paragraph: Paragraph, place: Place | None) -> Iterator[Mention]:
    yield from _in_text(paragraph.text, place)
    for line in paragraph.lines:
        for role in _ROLE.finditer(line.string):
            if named := leading_name(line[role.end() :]):
                yield _mention("person", named[0])
        # A line that begins as a name does is one of persons only if a post follows.
        if (named := leading_name(line)) and named[1] and split_post(named[1].squeezed()):
            yield _mention("person", named[0])


def _in_table(table: Table, place: Place | None) -> Iterator[Mention]:
    if table.caption:
        yield from _in_text(table.caption, place)
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell and not cell.inferred:
                yield from _in_cell(cell, table.header[column] if table.header else "", place)


def _in_cell(cell: Cell, label: str, place: Place | None) -> Iterator[Mention]:
    yield from _in_text(cell.text.squeezed(), place)
    if _VALUE_COLUMN.search(label) and _BARE_NUMBER.fullmatch(cell.text.string) and not _YEAR.fullmatch(cell.string):
        yield _mention("quantity", cell.text.strip())
    if _PERSON_COLUMN.search(label):
        yield from (_mention("person", name) for name in names(cell.text) or ())


def _named_again(document: PrintedDocument, persons: set[str]) -> Iterator[Mention]:
    """The other places where persons are named that a list or table has told."""
    if not persons:
        return
    pattern = re.compile("|".join(sorted(map(re.escape, persons), key=len, reverse=True)))
    for paragraph in document.paragraphs:
        for match in pattern.finditer(paragraph.text.string):
            yield _mention("person", paragraph.text[match.start() : match.end()])


def _mention(kind: str, text: Text) -> Mention:
    start, end = text.span()
    return Mention(kind, start, end, text.squeezed().string)


def _apart(found: list[Mention]) -> list[Mention]:
    """Mentions in order, each kind without overlaps: of two at one place the longer one stays."""
    kept: list[Mention] = []
    ends = dict.fromkeys(KINDS, 0)
    for mention in sorted(found, key=lambda item: (item.start, -item.end, item.kind)):
        if mention.start >= ends[mention.kind]:
            ends[mention.kind] = mention.end
            kept.append(mention)
    return kept
