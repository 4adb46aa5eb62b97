"""Lists of bodies: every item is a body, known or not.

What a list leaves out is put back: “滨江新区管委经济发展局、社会事务局” (the head of the first holds for the second),
“甲区、乙区人民政府” and “市财政、民政局” (the class word of the last holds for those before).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.body_grammar import (
    JOINT_COLLECTIVE,
    LEVEL,
    OF_AREAS,
    PARK,
    PLACE,
    SHORT_PLACE,
    TAIL,
    Body,
    ends_as_body,
    is_area,
    kind_of,
    own_names,
    starts_as_body,
    written,
)
from kg.facts import Place
from kg.read.text import Text

_SHORT = re.compile(SHORT_PLACE)
_HAN = r"[\u4e00-\u9fff]"
_JOINT = re.compile(JOINT_COLLECTIVE)
_MARK = re.compile(r"[、，,；;／/（(〔）)〕]")
_WHITE = re.compile(r"\s+")
#: What stands behind the last item and belongs to none: 等部门, 按职责分工负责, 分别牵头.
BEHIND = re.compile(
    r"等?(?:有关|相关)?(?:部门|单位)?(?:分别|共同)?(?:按照?|依照?|依据|根据|在)(?:各自)?的?(?:职责|职能|任务|权限)[^、，,；;]{0,12}$"
    r"|(?<=.)等(?:有关|相关)?(?:部门|单位|机构)?$"
    r"|(?<=.)(?:共同|分别|具体|组织)*(?:负责|落实|实施|配合|参与|牵头)$"
)
#: A quick test: what any of these has in it.
_MAY_END = re.compile("职|任|权|等|负责$|落实$|实施$|配合$|参与$|牵头$")
#: A word of a list that is no item.
_NO_ITEM = re.compile(r"等?(?:部门|单位)?|和|及")
#: Bodies led from above name their place inside: 国家税务总局甲市税务局 is one.
_VERTICAL = re.compile(r"(?:国家税务总局|国家统计局|人民银行|管理局|委员会|国家矿山安全监察局)$")
#: Where one name can follow another: 市民政局|市财政局, 市教育局 会同 市财政局.
_SEAM = re.compile(
    rf"以及|会同|联合|[和及与]"
    rf"|(?<=[局委办厅府部院会关队社联协心室])(?=(?:{PLACE}|市|省|自治区|县|区|国家|人民银行)(?!员|域|级以上)(?:{_HAN}|[（(]))"
)
#: Names that are said of another body only: “市委 宣传部” is one body, broken by the printer.
_DEPENDENT = re.compile(r"组织|宣传|统战|政法|办公|政研|政策研究|督查")
_COMMITTEE = r"(?:管理委员会|管委会|管委)"
_HEAD = re.compile(rf"(?:{PLACE})+|{_HAN}{{2,12}}?{PARK}(?:{_HAN}{{1,6}}片区)?{_COMMITTEE}?|{LEVEL}(?:委(?!员))?")
#: The park or zone that a department belongs to.
_OF_PARK = re.compile(rf"((?:{_HAN}|[（）]){{2,30}}(?:{PARK}{_COMMITTEE}?|{_COMMITTEE}))(?=.{{2}})")
_OF_AN_AREA = re.compile(rf"(?:{PARK}|[市县区州旗镇乡]|街道)(?:{OF_AREAS}|委)$")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
_KIND_OF_AREA = re.compile(rf"(?<=.{{2}})(?:街道|[镇乡])$|(?:{PARK})$")
_ZONE = re.compile(PARK)
_TAIL = re.compile(rf"(?:{TAIL})$")
#: Bodies that are no departments of the body named before them.
_INDEPENDENT = re.compile(
    r"(?:海关|支行|分行|银行|大学|学院|公司|集团|分局|监管局|大队|支队|总队|商会|协会|企业|供电局)$"
)


def split_bodies(text: Text, place: Place | None = None) -> list[Body]:
    """The bodies of a text that is known to be a list of them: a parenthesis, a table cell, addressees.

    Args:
        text: what the list says, roles (“责任单位：”) taken off; a role at its end (“按职责分工负责”) is dropped.
        place: the area whose government speaks; an empty Place means the central authorities, whose organs are named
            without “国家” then.

    Returns:
        One Body for each item, in order; ``intended`` where the printed name is elided.
    """
    items = [item for piece in _pieces(text) for item in _unglued(piece)]
    return _completed([item for item in map(_trimmed, items) if item], place)


def _pieces(text: Text) -> Iterator[Text]:
    """The items between list marks outside brackets and collectives, words broken by white space joined."""
    string = text.string
    protected = [False] * len(string)
    for match in _JOINT.finditer(string):
        protected[match.start() : match.end()] = [True] * (match.end() - match.start())
    depth, start = 0, 0
    for match in _MARK.finditer(string):
        index, character = match.start(), match.group()
        if character in "（(〔":
            depth += 1
        elif character in "）)〕":
            depth = max(0, depth - 1)
        elif depth == 0 and not protected[index]:
            yield from _rejoined(text[start:index])
            start = index + 1
    yield from _rejoined(text[start:])


def _rejoined(piece: Text) -> Iterator[Text]:
    """A piece cut at white space only where a name ends before it and another begins behind it."""
    start = 0
    string = piece.string
    for match in _WHITE.finditer(string):
        left = _WHITE.sub("", string[start : match.start()])
        right = string[match.end() :].lstrip()
        whole = _WHITE.split(right, maxsplit=1)[0]
        begins = starts_as_body(right) or (ends_as_body(whole) and not _DEPENDENT.match(whole) and len(whole) > 2)
        begins = begins or _same_kind(left, whole)
        closed = ends_as_body(left) or is_area(_BRACKET.sub("", left))
        if left and right and closed and len(left) > 1 and begins:
            yield piece[start : match.start()]
            start = match.end()
    yield piece[start:]


def _same_kind(left: str, right: str) -> bool:
    """Whether two names beside each other are areas of one kind: 东桥街道 西桥街道, 经开区 高新园（甲镇）."""
    kinds = [_KIND_OF_AREA.search(_BRACKET.sub("", name)) for name in (left, right)]
    words = {"zone" if _ZONE.fullmatch(kind[0]) else kind[0] for kind in kinds if kind}
    return all(kinds) and len(words) == 1


def _unglued(piece: Text) -> Iterator[Text]:
    """A piece cut where one name follows another with nothing between, or joined by 和, 及, 会同."""
    squeezed = piece.squeezed()
    start = 0
    for seam, end in _seams(squeezed.string):
        yield squeezed[start:seam]
        start = end
    yield squeezed[start:]


@lru_cache(maxsize=1 << 14)
def _seams(string: str) -> tuple[tuple[int, int], ...]:
    """Where one name ends and the next begins; kept, as the same names are listed again and again."""
    seams: list[tuple[int, int]] = []
    start = 0
    for match in _SEAM.finditer(string):
        left, right = string[start : match.start()], string[match.end() :]
        if string.count("（", start, match.start()) != string.count("）", start, match.start()):
            continue
        goes_on = ends_as_body(right) or (match.group() and starts_as_body(right))
        if not ends_as_body(left) or _VERTICAL.search(left) or not goes_on:
            continue
        seams.append(match.span())
        start = match.end()
    return tuple(seams)


def _trimmed(item: Text) -> Text:
    """An item without white space, stops and what is said of the list as a whole."""
    item = item.strip(" 　\t\n。；;，,、：:")
    while _MAY_END.search(item.string) and (match := BEHIND.search(item.string)) and match.group():
        item = item[: match.start()].strip()
    return item[:0] if _NO_ITEM.fullmatch(item.string) else item


def _completed(items: list[Text], place: Place | None) -> list[Body]:
    """The items as bodies, with what they leave out taken from their neighbours."""
    names = [written(item.string) for item in items]
    whole = list(names)
    for index in reversed(range(len(names) - 1)):
        if not ends_as_body(names[index]):
            whole[index] = _with_tail(names[index], whole[index + 1]) or names[index]
    head, central = "", place == Place()
    for index, name in enumerate(names):
        if _stands_alone(name, central=central):
            head = _head(name)
        elif head and ends_as_body(whole[index]) and _needs_head(name, place):
            whole[index] = head + whole[index]
        else:
            head = ""
    return [
        Body(item, name, full if full != name else None, kind_of(full))
        for item, name, full in zip(items, names, whole, strict=True)
    ]


@lru_cache(maxsize=1 << 14)
def _stands_alone(name: str, *, central: bool) -> bool:
    """Whether a name says itself whose body it is; kept, as the same names are listed again and again."""
    return starts_as_body(name, central=central) or bool(_OF_PARK.match(name))


def _needs_head(name: str, place: Place | None) -> bool:
    """Whether a name can be that of a department whose place or park stands with an earlier item."""
    by_itself = _OF_AN_AREA.search(name) or _INDEPENDENT.search(name) or _SHORT.match(name)
    return not by_itself and not name.startswith(own_names(place))


@lru_cache(maxsize=1 << 14)
def _head(name: str) -> str:
    """What later items of a list may leave out: “市”, “甲区”, “滨江新区管委”; empty where nothing can be left out."""
    if name.startswith(("各", "有关", "相关")) or kind_of(name) != "body":
        return ""
    park = _OF_PARK.match(name)
    match = park or _HEAD.match(name)
    return match.group() if match else ""


def _with_tail(name: str, following: str) -> str | None:
    """A name without a class word, completed by that of the item behind it: 甲区 + 乙区人民政府, 市财政 + 民政局."""
    tail = _TAIL.search(following)
    if not tail:
        return None
    if is_area(name):
        shared = re.fullmatch(OF_AREAS, tail.group()) and is_area(following[: tail.start()])
    else:
        shared = not name.startswith(("各", "有关", "相关"))
    return name + tail.group() if shared and kind_of(following) == "body" else None
