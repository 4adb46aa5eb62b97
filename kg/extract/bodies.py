"""Bodies (机构) in lists and in running text.

>>> from kg.read.text import Text
>>> [body.surface for body in split_bodies(Text.at("市教育局、市财政局（市金融办）按职责分工负责", 0))]
['市教育局', '市财政局（市金融办）']
>>> [body.surface for body in find_bodies(Text.at("经市人民政府同意，由市教育局会同江北海关实施。", 0))]
['市人民政府', '市教育局', '江北海关']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.body_grammar import (
    SHORT_PLACE,
    Body,
    ends_as_body,
    is_body,
    kind_of,
    own_names,
    starts_as_body,
    written,
)
from kg.extract.body_lists import split_bodies
from kg.extract.body_patterns import BOUNDARY, HEAD, SUBORDINATE, TRIGGER, continued, core
from kg.facts import Place
from kg.read.text import Text

__all__ = ["Body", "ends_as_body", "find_bodies", "is_body", "kind_of", "split_bodies", "written"]

#: How far before and behind a class word its name may reach.
_BEFORE, _BEHIND = 48, 12
#: Start, end and what the printed name leaves out at its beginning.
Span = tuple[int, int, str]

_MARK = re.compile(r"[。；！？：，]")
#: What belongs to the name of the body before it: 江北市税务局第二稽查局.
_NUMBERED_PART = re.compile(r"第[一二三四五六七八九十]{1,2}(?:稽查局|税务所|分局|支队|大队|派出所)")
#: A party committee's committee for a field of work: 中共江北市委员会教育工作委员会.
_PARTY = re.compile(r"(?:中共|中国共产党)[\u4e00-\u9fff]+?委(?:员会)?$")
_FIELD_COMMITTEE = re.compile(r"(?:(?![、和及的])[\u4e00-\u9fff]){2,8}(?:工作委员会|工委)")
_BRACKET = re.compile(r"[（(]([^（()），；：]{2,24})[)）]")
_RUN = re.compile(r"[\u4e00-\u9fff“”]*$")
_KNOWN_SHORT = re.compile(rf"(?:{SHORT_PLACE})$")
_NOT_A_NAME = re.compile(r"[全我各本两乡城]")
#: Institutions that are counted, or striven for as one strives for a title, are a kind of body and none of them:
#: 新认定自治区工程研究中心3家, 创建省级临床医学研究中心.
_INSTITUTION = re.compile(r"(?:中心|基地|机构|医院|学校)$")
_COUNTED = re.compile(r"(?:达到?|增至|不少于|约)?[0-9]+[家个所]")
_STRIVEN = re.compile(r"(?:创建|争创|申报|认定|获批)(?:[0-9]+[家个所])?$")


def find_bodies(text: Text, place: Place | None = None) -> list[Body]:
    """The bodies named in running text, in order.

    Args:
        text: a paragraph or a cell; white space inside names does no harm.
        place: the area whose government speaks; an empty Place means the central authorities, whose organs need no
            “国家” before their names then.
    """
    text = text.squeezed()
    found: list[Body] = []
    for start, end, head in _found(text.string, place or Place(city="")):
        surface = written(text.string[start:end])
        whole = head + surface if head else None
        found.append(Body(text[start:end], surface, whole, kind_of(whole or surface)))
    return found


@lru_cache(maxsize=4096)
def _found(string: str, place: Place) -> tuple[Span, ...]:
    """Start, end and what is left out before each body; kept, as several extractors read the same paragraph."""
    spans: list[Span] = []
    for begin, end in _windows(string):
        spans += _spans(string, max(begin, spans[-1][1] if spans else 0), end, place)
    return tuple(span for span in spans if not _is_kind(string, span[0], span[1]))


def _is_kind(string: str, start: int, end: int) -> bool:
    """Whether words that read as a name tell what kind of institution is counted or striven for."""
    if not _INSTITUTION.search(string, start, end):
        return False
    return bool(_COUNTED.match(string, end) or _STRIVEN.search(string, max(0, start - 8), start))


def _windows(string: str) -> Iterator[tuple[int, int]]:
    """The stretches of a string around class words: the pattern of names is slow, most of a text holds no name."""
    begin, end = 0, -1
    for match in TRIGGER.finditer(string):
        left = _window_start(string, match.start())
        if left > end >= 0:
            yield begin, end
        if left > end:
            begin = left
        end = min(len(string), match.end() + _BEHIND)
    if end >= 0:
        yield begin, end


def _window_start(string: str, position: int) -> int:
    """Where a name that ends at a position may begin at the earliest, never within another name."""
    left = max(0, position - _BEFORE)
    marks = [mark.end() for mark in _MARK.finditer(string, left, position)]
    if marks:
        return marks[-1]
    return left and (string.find("、", left, position) + 1 or left)


def _spans(string: str, begin: int, stop: int, place: Place) -> Iterator[Span]:
    """The bodies between two positions."""
    pattern = core(place == Place())
    found: Span = (begin, begin, "")
    match = pattern.search(string, begin, stop)
    while match:
        start = _left_border(string, match, found[1], place)
        if start is None:
            match = pattern.search(string, match.start() + 1, stop)
            continue
        if match.lastgroup == "setup":
            more = list(_below(string, match, found, place))
            floor = match.end()
        else:
            found = (start, _true_end(string, match.end(), start), "")
            more = [found, *_later(string, match, found, place)]
            floor = found[1]
        yield from more
        found = more[-1] if more else found
        match = pattern.search(string, max(floor, found[1]), stop)


def _below(string: str, match: re.Match[str], parent: Span, place: Place) -> Iterator[Span]:
    """What is set up under a body: “X领导小组下设办公室、宣传组”; the match is that of “下设”."""
    floor = match.end()
    while match.start() == parent[1] > parent[0] and (below := SUBORDINATE.match(string, floor)):
        # a group with a full name of its own needs that of its parent as little
        whole = starts_as_body(below[1]) or below[1].startswith(own_names(place))
        yield *below.span(1), "" if whole else string[parent[0] : parent[1]]
        # “办公室（设在市教育局）” names another body in its bracket
        yield from _spans(string, below.end(1), below.end(), place)
        floor = below.end()


def _later(string: str, match: re.Match[str], first: Span, place: Place) -> Iterator[Span]:
    """The later items of a list whose first item names the place: “市水利局、农业农村局、供销社”."""
    head = HEAD.match(string[first[0] : match.end()])
    floor = first[1]
    while head and (more := continued().match(string, floor)) and not more[1].startswith(own_names(place)):
        floor = _true_end(string, more.end())
        yield more.start(1), floor, head[1] or head[2]


def _true_end(string: str, end: int, start: int | None = None) -> int:
    """The end of a name with what belongs to it: a numbered part, a bracket with other names: （市大数据发展局）.

    In “片区管委会同市财政局” the name ends before 会同.
    """
    if start is not None and _PARTY.match(string[start:end]) and (field := _FIELD_COMMITTEE.match(string, end)):
        return field.end()
    if string.endswith("管委会", 0, end) and string.startswith("同", end):
        return end - 1
    if part := _NUMBERED_PART.match(string, end):
        return part.end()
    match = _BRACKET.match(string, end)
    if not match or match.group(1).startswith(("以下简称", "简称", "含", "包括", "设在", "办公室设")):
        return end
    inner = match.group(1).split("、")
    return match.end() if all(ends_as_body(name) and kind_of(name) == "body" for name in inner) else end


def _left_border(string: str, match: re.Match[str], floor: int, place: Place) -> int | None:
    """Where the name begins: at the match, or with the words before it that can only belong to it; None if nowhere."""
    kind, start = match.lastgroup, match.start()
    if kind in ("joint", "enclosing", "central", "province", "setup", "collective"):
        return start
    run = _run_before(string, start, floor)
    if kind == "headed":
        return _headed_border(string, match, run, place)
    if kind == "group":
        return start - len(run) if 2 <= len(run) <= 40 else start
    if kind == "park" and match.group().startswith("自贸"):
        return start
    known = _KNOWN_SHORT.search(run) if kind == "vertical" else None
    if known:
        return start - len(known.group())
    broken = string[max(0, start - len(run) - 1)] in "）)"
    return start - len(run) if 2 <= len(run) <= 12 and not broken else None


def _headed_border(string: str, match: re.Match[str], run: str, place: Place) -> int | None:
    """“市教育局” stands by itself; before “县教育局” stands the county's name, unless a county speaks."""
    start, level = match.start(), match["level"]
    if level and string.startswith("全", start - 1):
        return None  # 全市疾病预防控制中心: those of the whole city
    for own in (place.city, place.province) if level else ():
        if own and level and own.endswith(level) and string.endswith(own[: -len(level)], 0, start):
            return start - len(own) + len(level)
    if level is None or level not in "县区旗镇乡州盟":
        return start
    if string[max(0, start - len(run) - 1)] in "）)":
        return None
    if 2 <= len(run) <= 4 and not _NOT_A_NAME.search(run):
        return start - len(run)
    own = place.city if level in "州盟" else place.county
    return start if own and not run else None


def _run_before(string: str, start: int, floor: int) -> str:
    """The words directly before a position that no boundary word parts from it."""
    match = _RUN.search(string, max(floor, start - 40), start)
    run = match.group() if match else ""
    last = 0
    for boundary in BOUNDARY.finditer(run):
        last = boundary.end()
    return run[last:]
