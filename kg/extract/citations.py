"""Citations: the documents that a document refers to, and whether as basis, to amend, to repeal, or in passing.

“根据《消防条例》和临政发〔2021〕3号文件，制定本办法” cites two documents as its basis.

A document is one citation however often it is named: by title with or without 《》, by number, by the short name that
“以下简称” gives it; the strongest relation holds.  What the document itself issues or annexes is no citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg import data
from kg.extract.citation_relations import (
    RELATIONS,
    groups,
    heading_relation,
    is_item,
    list_relation,
    relation,
    section_headings,
)
from kg.extract.context import Context
from kg.extract.references import Reference, bare_title, is_document, references
from kg.facts import Citation
from kg.read.model import Paragraph, PrintedDocument, Section, Table
from kg.read.text import Text

#: Share of right citations by what identifies the document, and for lists of documents printed as tables.
CONFIDENCE = {
    "citations.number": 0.97,
    "citations.title": 0.93,
    "citations.number_only": 0.9,
    "citations.unmarked": 0.9,
    "citations.list": 0.95,
}

# “（以下简称《方案》）”: a title directly behind these words is a short name.
_SHORT_NAME = re.compile(r"(?:简称|下称|统称)为?[：:“\"]?\Z")
# 《办法》, 《实施方案》, 《“十四五”规划》: class words alone name a document that was named in full before.
_CLASS_ONLY = re.compile(
    r"[“”\"]?(?:十[一二三四五]五)?[“”\"]?"
    r"(?:本|该|原|旧|新|总体|指导|实施|行动|工作|管理|若干|暂行|试行|发展|操作|补充)*"
)
# The title of a decision has the verb in it: 关于废止部分规章的决定
_CHANGES = re.compile(r"关于.{0,8}(?:废止|修改|修订|失效)")


@dataclass(slots=True)
class _Cited:
    """A document cited, as far as the text has named it."""

    title: str | None
    number: str | None
    rule: str
    relation: str = "mentions"
    places: list[tuple[int, Text]] = field(default_factory=list)
    words: Text | None = None

    def add(self, relation: str, place: Text, words: Text | None) -> None:
        rank = RELATIONS.index(relation)
        if rank > RELATIONS.index(self.relation):
            self.relation, self.words = relation, words
        elif self.words is None and relation == self.relation:
            self.words = words
        self.places.append((rank, place))

    def texts(self) -> Iterator[Text]:
        """The places, that of the strongest relation first, and the words that decide it."""
        ordered = [place for _, place in sorted(self.places, key=lambda pair: -pair[0])]
        yield ordered[0]
        if self.words:
            yield self.words
        yield from ordered[1:]


def find(document: PrintedDocument, context: Context) -> Iterator[Citation]:
    """The citations of a document, one for each document that it refers to, in the order of their first mention.

    ``context`` is not needed.  The evidence is the place of the strongest relation, the words that decide it
    (根据, 废止), then all further places.
    """
    register = _Register(document)
    register.read(document.title, None)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            register.read(block.text, block.section)
        else:
            _read_table(register, block)
    for cited in register.cited:
        yield Citation(
            doc=document.number,
            evidence=document.cite(*cited.texts()),
            rule=cited.rule,
            confidence=CONFIDENCE[cited.rule],
            cited_title=cited.title,
            cited_number=cited.number,
            relation=cited.relation,
        )


def _read_table(register: _Register, table: Table) -> None:
    """Take in a list of documents row by row, any other table cell by cell."""
    for text in (table.caption, table.note):
        if text:
            register.read(text, table.section)
    title, number = (_column(table, field) for field in ("title", "number"))
    caption = [table.caption.string] if table.caption else []
    for row in table.rows:
        if title is not None and number is not None and row.cells[title] and row.cells[number]:
            register.listed(
                row.cells[title].text,
                row.cells[number].text.squeezed(),
                heading_relation(*caption, *section_headings(table.section)),
            )
            continue
        for cell in row.cells:
            if not cell.inferred and ("《" in cell.text.string or "号" in cell.text.string):
                register.read(cell.text.squeezed(), table.section)


def _column(table: Table, kind: str) -> int | None:
    return table.column(*(row["word"] for row in data.rows("citation_columns.tsv") if row["field"] == kind))


class _Register:
    """The documents cited so far, and the names by which they may be cited again."""

    def __init__(self, document: PrintedDocument) -> None:
        self.cited: list[_Cited] = []
        self._own_number = _number_key(document.number)
        self._own = set(_own_titles(document))
        self._title = _title_key(document.title.string)
        self._names: dict[str, _Cited] = {}
        self._short: dict[str, _Cited | None] = {}
        # What a paragraph such as “决定废止下列文件：” says of the items below, and the annex that the list is in
        self._list: tuple[str, Section | None] = ("mentions", None)

    def read(self, text: Text, section: Section | None) -> None:
        """Take in the references of one paragraph or cell."""
        found = references(text)
        if found:
            self._take_in(text, section, found)
        if opened := list_relation(text.string):
            self._list = (opened, section.within("attachment") if section else None)

    def listed(self, title: Text, number: Text, listed_as: str) -> None:
        """Take in one row of a list of documents; its title needs no marks, its number no letters before it."""
        for reference in references(number):
            for value in reference.numbers:
                entry = self._entry(title.squeezed().string.strip("《》"), value)
                entry.rule = "citations.list"
                entry.add(listed_as, title, number)

    def _take_in(self, text: Text, section: Section | None, found: Sequence[Reference]) -> None:
        last: _Cited | None = None
        above = self._said_above(text, section, found)
        for group in groups(text.string, found):
            kind, words = relation(text.string, group) or ("mentions", None)
            kind = above if kind == "mentions" else kind
            for reference in group.references:
                if reference.title and _SHORT_NAME.search(text.string, 0, reference.start):
                    self._short[_title_key(reference.title.string)] = last
                    continue
                for cited in self._cited(reference, kind):
                    last = cited
                    place = text[reference.start : reference.end]
                    cited.add(kind, place, text[words[0] : words[1]] if words else None)

    def _said_above(self, text: Text, section: Section | None, found: Sequence[Reference]) -> str:
        """How the headings above a paragraph and the list that it is an item of cite its documents."""
        if section is None:
            return "mentions"
        listed, annex = self._list
        in_list = annex is section.within("attachment") and is_item(text.string, found)
        return max(heading_relation(*section_headings(section)), listed if in_list else "mentions", key=RELATIONS.index)

    def _cited(self, reference: Reference, kind: str) -> Iterator[_Cited]:
        """The entries of the documents referred to, made if new; none for this document itself and for other papers."""
        title = reference.title.string if reference.title else None
        for number in reference.numbers:
            if _number_key(number) != self._own_number:
                yield self._entry(title, number, reference.marked)
        if reference.numbers or title is None:
            return
        key = _title_key(title)
        if key in self._short:
            short = self._short[key]
            yield from [short] if short else []
        elif not self._is_own(key, kind) and is_document(title) and not _is_class_only(title):
            yield self._entry(title, None)

    def _is_own(self, key: str, kind: str) -> bool:
        """Whether a title is this document's own: an older text of the same name can be repealed, this one cannot."""
        if kind in ("repeals", "amends"):
            return key == self._title and bool(_CHANGES.search(key))
        return key in self._own or key == self._title

    def _entry(self, title: str | None, number: str | None, marked: bool = True) -> _Cited:
        known = self._names.get(_number_key(number)) if number else None
        if known is None and title:
            known = self._names.get(_title_key(title))
            # One title, two numbers: last year's plan and this year's.
            known = known if known and not (number and known.number) else None
        if known is None:
            known = _Cited(title, number, "")
            self.cited.append(known)
        known.title, known.number = known.title or title, known.number or number
        known.rule = _rule(known.title, known.number, marked)
        for key in (_number_key(number), *_title_keys(title)):
            self._names.setdefault(key, known)
        return known


def _rule(title: str | None, number: str | None, marked: bool) -> str:
    if number and title:
        return "citations.number" if marked else "citations.unmarked"
    return "citations.title" if title else "citations.number_only"


def _number_key(number: str | None) -> str:
    return re.sub(r"[\s第—–－-]", "", unicodedata.normalize("NFKC", number or ""))


@lru_cache(maxsize=1 << 12)
def _title_key(title: str) -> str:
    """A title as it compares: without spaces, marks, 的, and the country's name before a law's."""
    plain = re.sub(r"[^\w]|的|试行", "", unicodedata.normalize("NFKC", title))
    return plain.removeprefix("中华人民共和国")


def _title_keys(title: str | None) -> tuple[str, ...]:
    """A title's key, and that without its period: a plan named （2021—2025年） once is named without it later."""
    return tuple(dict.fromkeys((_title_key(title), _title_key(bare_title(title))))) if title else ()


def _own_titles(document: PrintedDocument) -> Iterator[str]:
    """The titles of what a document issues and annexes, as they compare."""
    for attached in document.attached:
        yield from _title_keys(attached.title.string)
    for block in document.blocks:
        for section in block.section.ancestors:
            if section.style in ("plan", "attachment", "box") and section.title:
                yield from _title_keys(section.title.string)
        if not isinstance(block, Paragraph) and block.caption:
            yield from _title_keys(block.caption.string)


@cache
def _is_class_only(title: str) -> bool:
    words = sorted((row["word"] for row in data.rows("citation_classes.tsv")), key=len, reverse=True)
    bare = re.sub(rf"(?:{'|'.join(words)})\Z", "", bare_title(title))
    return bool(_CLASS_ONLY.fullmatch(bare))
