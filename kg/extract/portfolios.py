"""Portfolios (领导分工): which fields of work and agencies a leader heads, oversees or liaises with.

A notice names a leader in a heading (“王平同志”, “副市长 王平”) or at the beginning of a paragraph, and then says in
short sentences what is theirs: “协助市长分管市财政局、审计局及金融等方面工作” is three facts, “协助分管” each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from kg.data import rows
from kg.extract.body_grammar import ends_as_body, is_body
from kg.extract.clauses import joined, sentences, split_outside
from kg.extract.context import Context
from kg.extract.memberships.rosters import members, people
from kg.extract.names import glued_name, is_name
from kg.extract.posts import is_post
from kg.facts import Portfolio
from kg.read.model import Cell, Paragraph, PrintedDocument, Table
from kg.read.text import Text

#: How far each pattern can be trusted.
CONFIDENCE = {"portfolios.sentence": 0.9, "portfolios.table": 0.85}
# “重点任务分工方案” shares out tasks among agencies, not fields among leaders.
_TITLE = re.compile(r"分工")
_NOT_LEADERS = re.compile(r"(?:任务|责任|职责|部门|措施|政策|目标)(?:的)?分工|分工(?:方案|落实|表)|印发")
_MARKER = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*")
_COMMA = re.compile(r"[，,]")
_ITEM = re.compile(r"[、，,；;]")
_AND = re.compile(r"以及|及(?!其|时|格)")
_BOTH = re.compile(r"[和与]")
_HELPS = re.compile(r"协助")
_MANNER = r"(?:同时|并|还|具体|主要|直接|全面|重点|按分工|受市长委托|暂时?)*"
# “等方面工作”, “等有关工作” closes a list; “等经济运行管理工作” says what its items have in common.
_AND_SO_ON = re.compile(
    r"(?:等(?:各?方面|有关|相关|领域|单位|部门|机构)*(?:的)?(?:工作|事务)?|(?:方面|领域)的?(?:工作|事务))$"
)
_COMMON = re.compile(r"等(?P<field>[^、，等]{2,16}(?:工作|事务))$")
# “重要文件、市长文稿的起草和调研工作” is one field: what stands before “的” has the work in common.
_WORK_OF_ALL = re.compile(r"[^、，]的[^、，的]{2,14}$")
_WORK = re.compile(r"(?<=.{2})工作$")
# “负责与市人大、市政协的联系”
_IN_TOUCH = re.compile(r"[与同](?P<whom>.+?)的?(?:工作)?联系(?:工作|协调)?$")
# “李静同志分管的市林业局改由王平同志分管” is about a change, not an object.
_OTHER = re.compile(r"其他|其它|交办|^等|^有关|互为|A、?B|^的|由.*同志")


@dataclass(frozen=True, slots=True)
class _Statement:
    """“协助副市长分管甲、乙”: the relation (协助分管), the words that say it, and the objects."""

    relation: str
    words: Text
    objects: list[Text]


def find(document: PrintedDocument, context: Context) -> Iterator[Portfolio]:
    """The portfolios that a notice on the division of work among leaders gives."""
    title = document.title.squeezed().string
    if not _TITLE.search(title) or _NOT_LEADERS.search(title):
        return
    found = [*_from_paragraphs(document)]
    for table in document.tables:
        found += _from_table(document, table)
    yield from {(fact.person, fact.relation, fact.object): fact for fact in reversed(found)}.values().__reversed__()


def _from_paragraphs(document: PrintedDocument) -> Iterator[Portfolio]:
    leader: Text | None = None
    numbering: str | None = None
    paragraphs = (block.text for block in document.blocks if isinstance(block, Paragraph))
    for text in joined(paragraphs, _whole, _begins):
        marker = _MARKER.match(text.string)
        style = _style(marker.group()) if marker else None
        for number, sentence in enumerate(sentences(text)):
            named, rest = _leader(sentence)
            if named is not None:
                leader, numbering = named, style
            elif number == 0 and style is not None and style == numbering:
                leader = None  # “四、互补机制” after “三、王平同志” is about nobody in particular
            if leader is not None:
                yield from _facts(document, leader, _statements(rest), "portfolios.sentence")


def _style(marker: str) -> str:
    """What markers of one style have in common: “（二）” and “（十一）” are of the style “（一）”."""
    return re.sub(r"\d+", "1", re.sub("[一二三四五六七八九十]+", "一", marker.strip()))


def _whole(string: str) -> bool:
    """A leader's heading is complete without a stop."""
    return _named(Text.at(_MARKER.sub("", string), 0)) is not None


def _begins(string: str) -> bool:
    return bool(
        _whole(string) or _MARKER.match(string) or re.match(r"\d{4}\s*年", string) or _verb_at_start().match(string)
    )


@cache
def _verbs() -> str:
    words = sorted((row["verb"] for row in rows("portfolio_verbs.tsv") if row["verb"] != "协助"), key=len, reverse=True)
    one = f"(?:{'|'.join(words)})"
    return f"{one}(?:[、和与及]?{one})*"


@cache
def _verb_at_start() -> re.Pattern[str]:
    return re.compile(rf"{_MANNER}(?:协助[^，。；]{{0,40}}?)?(?:{_verbs()})|协助")


@cache
def _statement_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"^{_MANNER}(?P<helps>协助(?P<whom>[^，。；]{{0,40}}?))?(?P<verb>{_verbs()})"
        r"(?:(?:的)?(?:工作|部门|单位|领域|方面)?[:：])?(?P<object>.+)$"
    )


def _leader(sentence: Text) -> tuple[Text | None, Text]:
    """The leader that a sentence begins with, if any, and the rest of the sentence."""
    marker = _MARKER.match(sentence.string)
    text = sentence[marker.end() :] if marker else sentence
    if _verb_at_start().match(text.string):
        return None, text
    borders = (match.start() for match in re.finditer(rf"[:：，,]|{_verbs()}|协助|受|兼", text.string))
    for end in [*islice((border for border in borders if border > 1), 3), len(text)]:
        name = _named(text[:end].strip("，, "))
        if name is not None:
            return name, text[end:].strip("：:，, ")
    return None, text


def _named(text: Text) -> Text | None:
    """The one person that a heading names: “王平同志”, “副市长 王平”, “王平（市委常委、副市长）”, “王平市长”."""
    if not 2 <= len(text) <= 60 or re.search("[。；]", text.string):
        return None
    if is_name(text.string):
        return text
    glued = glued_name(text)
    if glued and is_post(glued[1].string):
        return glued[0]
    found = people(text) or members(text)
    named = [member.name for member in found if member.name is not None]
    return named[0] if len(named) == 1 and len(found) == 1 else None


def _statements(text: Text) -> Iterator[_Statement]:
    """The statements of a sentence; a comma begins a new one only before a verb."""
    waiting: Text | None = None
    for piece in split_outside(text, _COMMA):
        if waiting is not None and not _verb_at_start().match(piece.string):
            waiting = Text.join((waiting, piece), "，")
            continue
        if waiting is not None:
            yield from _statement(waiting)
        waiting = piece
    if waiting is not None:
        yield from _statement(waiting)


def _statement(text: Text) -> Iterator[_Statement]:
    match = _statement_pattern().match(text.string)
    if match and not _helped(match.group("whom")):
        match = None
    if match is None:
        helps = _HELPS.match(text.string)
        if helps and len(text) > helps.end() + 2:
            yield _Statement("协助", text[: helps.end()], _objects(text[helps.end() :]))
        return
    relation = ("协助" if match.group("helps") else "") + match.group("verb").removesuffix("好")
    found = text[match.start("object") : match.end("object")]
    second = re.match(r"(?P<first>[^、，]{2,20})(?P<verb>参加|参与)(?P<object>[^、，]+)$", found.string)
    if second and match.group("verb") == "派驻":
        # “派驻甲区参加乙工作” says two things.
        yield _Statement(relation, text[: match.end("verb")], [found[: second.end("first")]])
        yield _Statement(
            second["verb"], found[second.start("verb") : second.end("verb")], _objects(found[second.start("object") :])
        )
        return
    if touch := _IN_TOUCH.match(found.string):
        relation, found = "联系", found[touch.start("whom") : touch.end("whom")]
    yield _Statement(relation, text[: match.end("verb")], _objects(found))


def _helped(whom: str | None) -> bool:
    """Whether the words after 协助 are people: “市长、常务副市长”, “王平同志”, or nobody named."""
    return not whom or is_post(whom) or whom.endswith("同志") or is_name(whom)


def _objects(text: Text) -> list[Text]:
    """The agencies and fields of a list, as printed: “市财政局、审计局及金融等方面工作” is three."""
    text = text.strip("。；;，, ")
    bare = text.without(_AND_SO_ON)
    if len(bare) == len(text) and _WORK_OF_ALL.search(text.string) and "、" in text.string:
        return [text]
    found: list[Text] = []
    segments = list(split_outside(bare, _AND))
    for number, segment in enumerate(segments):
        found += _segment(segment, last=number == len(segments) - 1)
    return [item for item in found if len(item) > 1 and not _OTHER.search(item.string)]


def _segment(segment: Text, *, last: bool) -> list[Text]:
    """The items between two “及”; what the last item says of all (“…税务等经济工作”) is dropped from it."""
    items = [part for item in split_outside(segment, _ITEM) for part in _both(item)]
    if last and len(items) > 1 and not is_body(items[-2].string) and not items[-2].string.endswith("工作"):
        items[-1] = items[-1].without(_COMMON).without(_WORK)
    return items


def _both(item: Text) -> list[Text]:
    """“市审计局和统计局” is two, “发展和改革委员会” one."""
    parts = list(split_outside(item, _BOTH))
    return parts if len(parts) == 2 and all(ends_as_body(part.string) for part in parts) else [item]


def _facts(document: PrintedDocument, leader: Text, found: Iterator[_Statement], rule: str) -> Iterator[Portfolio]:
    for statement in found:
        for item in statement.objects:
            yield Portfolio(
                doc=document.number,
                evidence=document.cite(item, statement.words, leader),
                rule=rule,
                confidence=CONFIDENCE[rule],
                person=leader.squeezed().string,
                relation=statement.relation,
                object=item.squeezed().string,
            )


def _from_table(document: PrintedDocument, table: Table) -> Iterator[Portfolio]:
    """A table with a column of leaders and columns that say what they do: 分管工作, 联系单位, 工作分工."""
    name = table.column("姓名", "领导", "同志")
    if name is None:
        return
    for row in table.rows:
        leader = _named(row.cells[name].text.squeezed()) or _named(row.cells[name].text.strip())
        if leader is None:
            continue
        for index, (label, cell) in enumerate(zip(table.header, row.cells, strict=False)):
            if index != name and cell:
                yield from _facts(document, leader, _cell(label, cell), "portfolios.table")


def _cell(label: str, cell: Cell) -> Iterator[_Statement]:
    """What a cell says: sentences with verbs of their own, or a list under a label with a verb (分管单位)."""
    verb = re.search(f"协助分管|{_verbs()}", label)
    for sentence in sentences(cell.text.squeezed()):
        if _statement_pattern().match(sentence.string):
            yield from _statements(sentence)
        elif verb:
            yield _Statement(verb.group(), sentence, _objects(sentence))
