"""Citations: the documents that a document refers to, and whether as basis, to amend, to repeal, or in passing.

>>> from kg.read import read_text                                                             # doctest: +SKIP
>>> [c.relation for c in find(read_text("…根据《消防条例》制定本办法。…").documents[0], Context())]  # doctest: +SKIP
['basis']

A document is one citation however often it is named: by title with or without 《》, by number, by the short name that
“以下简称” gives it; the strongest relation holds.  What the document itself issues or annexes is no citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg import data
from kg.extract.context import Context
from kg.extract.references import Reference, bare_title, is_document, references
from kg.facts import Citation
from kg.read.model import Paragraph, PrintedDocument, Section
from kg.read.text import Text

#: Share of right citations by what identifies the document.
CONFIDENCE = {
    "citations.number": 0.97,
    "citations.title": 0.93,
    "citations.number_only": 0.9,
    "citations.unmarked": 0.9,
}
#: From the weakest to the strongest: a document cited several times keeps the strongest.
RELATIONS = ("mentions", "basis", "amends", "repeals")

# “（以下简称《方案》）”: a title directly behind these words is a short name.
_SHORT_NAME = re.compile(r"(?:简称|下称|统称)为?[：:“\"]?\Z")
# 《办法》, 《实施方案》, 《“十四五”规划》: class words alone name a document that was named in full before.
_CLASS_ONLY = re.compile(
    r"[“”\"]?(?:十[一二三四五]五)?[“”\"]?"
    r"(?:本|该|原|旧|新|总体|指导|实施|行动|工作|管理|若干|暂行|试行|发展|操作|补充)*"
)
_SENTENCE_END = re.compile(r"[。；！？]")
# The sentence says for what purpose this document is made, so what it carries out is its basis.
_ENACTING = re.compile(
    r"(?:制定|制订|编制|出台|提出|拟定|修订)(?:本|了本|如下|以下)|特制定|(?:通知|公告|通告|意见|决定|批复|措施|方案|计划|任务)如下"
    r"|^[^《，。]{0,8}为(?:了|进一步|深入|切实|全面|认真|贯彻|落实|推动|推进|加快|加强|规范|做好|更好|扎实|有效)"
)
# Between two titles of one list: “、”, “（…）和”, “等有关规定，以及国家”.
_LINK = re.compile(
    r"[；;]?|[^。；！？：，]{0,30}|[^。；！？：，]{0,20}，(?:以及|并|同时|和|及|与|或)[^。；！？：，]{0,16}"
)
_OF = re.compile(r"的|后的|过的|之")
# “《X》要求/精神/有关规定”: after a word such as 按照, whatever stands between it and the title.
_DEMAND = re.compile(r"等?(?:文件|法律|法规|规章|政策)*[中的]?(?:有关|相关)?的?(?:要求|规定|精神|部署|标准|安排)")
_LISTED_REPEALS = re.compile(r"(?:废止|停止执行|失效)[^。]{0,20}[：:]\Z")


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
    for text, section in _texts(document):
        register.read(text, section)
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


def _texts(document: PrintedDocument) -> Iterator[tuple[Text, Section | None]]:
    """All running text of a document: its title, paragraphs, captions, cells and notes."""
    yield document.title, None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.section
            continue
        yield from ((text, block.section) for text in (block.caption, block.note) if text)
        for row in (*(line for line in block.header_cells), *(row.cells for row in block.rows)):
            for cell in row:
                if not cell.inferred and ("《" in cell.text.string or "号" in cell.text.string):
                    yield cell.text.squeezed(), block.section


class _Register:
    """The documents cited so far, and the names by which they may be cited again."""

    def __init__(self, document: PrintedDocument) -> None:
        self.cited: list[_Cited] = []
        self._own_number = _number_key(document.number)
        self._own = set(_own_titles(document))
        self._names: dict[str, _Cited] = {}
        self._short: dict[str, _Cited | None] = {}
        self._default = "mentions"

    def read(self, text: Text, section: Section | None) -> None:
        """Take in the references of one paragraph or cell."""
        found = references(text)
        if found:
            self._take_in(text, section, found)
        if _LISTED_REPEALS.search(text.string):
            self._default = "repeals"
        elif not found:
            self._default = "mentions"

    def _take_in(self, text: Text, section: Section | None, found: Sequence[Reference]) -> None:
        last: _Cited | None = None
        for group in _groups(text.string, found):
            relation, words = _relation(text.string, group, section)
            if relation == "mentions":
                relation = self._default
            for reference in group.references:
                if reference.title and _SHORT_NAME.search(text.string, 0, reference.start):
                    self._short[_title_key(reference.title.string)] = last
                    continue
                last = self._cited(reference, relation)
                if last:
                    place = text[reference.start : reference.end]
                    last.add(relation, place, text[words[0] : words[1]] if words else None)

    def _cited(self, reference: Reference, relation: str) -> _Cited | None:
        """The entry of the document referred to, made if it is new; None where it is none, or this document itself."""
        number = reference.numbers[0] if reference.numbers else None
        if number and _number_key(number) == self._own_number:
            return None
        title = reference.title.string if reference.title else None
        if number is None and title is not None:
            key = _title_key(title)
            if key in self._short:
                return self._short[key]
            # An older text of the same name can be repealed or amended, this one cannot.
            if key in self._own and relation not in ("repeals", "amends"):
                return None
            if not is_document(title) or _is_class_only(title):
                return None
        return self._entry(title, number, reference.marked)

    def _entry(self, title: str | None, number: str | None, marked: bool) -> _Cited:
        known = self._names.get(_number_key(number)) if number else None
        if known is None and title:
            known = self._by_title(title)
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

    def _by_title(self, title: str) -> _Cited | None:
        key = _title_key(title)
        return self._names.get(key) or next((known for name, known in self._names.items() if _misread(name, key)), None)


def _rule(title: str | None, number: str | None, marked: bool) -> str:
    if number and title:
        return "citations.number" if marked else "citations.unmarked"
    return "citations.title" if title else "citations.number_only"


def _number_key(number: str | None) -> str:
    return re.sub(r"[\s第—–－-]", "", unicodedata.normalize("NFKC", number or ""))


def _title_key(title: str) -> str:
    """A title as it compares: without spaces, marks, 的, and the country's name before a law's."""
    plain = re.sub(r"[^\w]|的|试行", "", unicodedata.normalize("NFKC", title))
    return plain.removeprefix("中华人民共和国")


def _title_keys(title: str | None) -> tuple[str, ...]:
    """A title's key, and that without its period: a plan named （2021—2025年） once is named without it later."""
    return tuple(dict.fromkeys((_title_key(title), _title_key(bare_title(title))))) if title else ()


def _misread(one: str, other: str) -> bool:
    """Whether two long titles differ by one lost character that is no numeral: 记分管暂行办法, 记分管理暂行办法."""
    short, long = sorted((one, other), key=len)
    if len(short) < 12 or len(long) - len(short) != 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] and not long[at].isnumeric()


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


@dataclass(frozen=True, slots=True)
class _Group:
    """References that stand in one list, and where the one before it ended."""

    references: tuple[Reference, ...]
    previous: int

    @property
    def start(self) -> int:
        return self.references[0].start

    @property
    def end(self) -> int:
        return self.references[-1].end


def _groups(string: str, found: Sequence[Reference]) -> Iterator[_Group]:
    """References joined by 、, 和 or the like; nothing that governs a title may stand between them."""
    group: list[Reference] = []
    previous = 0
    for reference in found:
        if group:
            gap = string[group[-1].end : reference.start]
            if not _LINK.fullmatch(gap) or _governing().search(gap):
                yield _Group(tuple(group), previous)
                previous, group = group[-1].end, []
        group.append(reference)
    if group:
        yield _Group(tuple(group), previous)


def _relation(string: str, group: _Group, section: Section | None) -> tuple[str, tuple[int, int] | None]:
    """How a list of documents is cited, and the words that say so."""
    ends = [match.end() for match in _SENTENCE_END.finditer(string, 0, group.start)]
    sentence = ends[-1] if ends else 0
    stop = _SENTENCE_END.search(string, group.end)
    end = stop.start() if stop else len(string)
    return (
        _from_what_follows(string, group.end, end)
        or _from_what_precedes(string, max(sentence, group.previous), group, string[sentence:end])
        or ("basis" if section is not None and _lists_bases(section) else "mentions", None)
    )


def _from_what_follows(string: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """《X》同时废止, 对《X》作如下修改, 《X》第十六条修改为: what is done to the documents before the next is named."""
    following = string.find("《", start, end) + 1 or end
    match = _after().search(string, start, min(end, start + 50, following))
    if not match:
        return None
    return _relations("after")[match.group(1)], match.span(1)


def _from_what_precedes(
    string: str, start: int, group: _Group, sentence: str
) -> tuple[str, tuple[int, int] | None] | None:
    """The word that governs the documents: the nearest one in the clause before them."""
    clause = max(start, *(string.rfind(mark, start, group.start) + 1 for mark in "，,：:"))
    match = _adjacent().search(string, clause, group.start)
    if match:
        return _relations("adjacent")[match.group(1)], match.span(1)
    words = [word for word in _governing().finditer(string, clause, group.start) if not _OF.match(string, word.end())]
    if not words:
        opens = group.start - clause <= 6 and re.search(r"(?:制定|制订|编制)本", sentence)
        return ("basis", None) if opens and _DEMAND.match(string, group.end) else None
    relations = _relations("before")
    nearest = words[-1]
    relation = relations[nearest.group()]
    if relation != "basis" and _DEMAND.match(string, group.end):
        nearest = next((word for word in reversed(words) if relations[word.group()] == "basis"), nearest)
        relation = relations[nearest.group()]
    if relation == "enacting":
        relation = "basis" if _ENACTING.search(sentence) else "mentions"
    return relation, nearest.span() if relation != "mentions" else None


def _lists_bases(section: Section) -> bool:
    """Whether a section is named as a list of bases (编制依据)."""
    return any(len(node.title) <= 12 and "依据" in node.title.string for node in section.ancestors)


@cache
def _relations(where: str) -> dict[str, str]:
    return {row["word"]: row["relation"] for row in data.rows("citation_verbs.tsv") if row["where"] == where}


def _alternatives(where: str) -> str:
    return "|".join(sorted(map(re.escape, _relations(where)), key=len, reverse=True))


@cache
def _governing() -> re.Pattern[str]:
    return re.compile(_alternatives("before"))


@cache
def _adjacent() -> re.Pattern[str]:
    return re.compile(rf"({_alternatives('adjacent')})了?\Z")


@cache
def _after() -> re.Pattern[str]:
    # 未废止 and 废止前 say the contrary, or nothing about now; 废止《…》 speaks of the next document
    return re.compile(rf"(?<![未不])({_alternatives('after')})(?!前|后|了?[《下以])")
