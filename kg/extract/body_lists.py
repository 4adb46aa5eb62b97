"""Lists of bodies: every item is a body, known or not.

What a list leaves out is put back: “滨江新区管委经济发展局、社会事务局” (the head of the first holds for the second),
“甲区、乙区人民政府” and “市财政、民政局” (the class word of the last holds for those before).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.body_grammar import (
    LEVEL,
    NATIONAL,
    PARK,
    PLACE,
    SHORT_PLACE,
    TAIL,
    Body,
    ends_as_body,
    is_area,
    kind_of,
    starts_as_body,
    written,
)
from kg.facts import Place
from kg.read.text import Text

#: Collectives whose names hold list marks: 各县、区人民政府; 各县（市、区）人民政府; 市直各委、办、局.
_AREA_WORD = (
    r"(?:设区的?|县级)?(?:自治区|自治州|自治县|直辖市|地级市|省|市|县|区|州|盟|旗|镇|乡|街道|"
    r"开发区|管理区|园区|新区|工业区|功能区|"
    r"[（(][省市县区州旗镇乡、]+[）)])"
)
_AREA_BODY = r"(?:人民政府|政府|管委会|管委|管理委员会|党委|街道办事处|办事处)"
JOINT_COLLECTIVE = (
    # “各县区、市直有关单位”: the second 市 is no item of the first collective
    rf"各{_AREA_WORD}(?:[、和及]?{_AREA_WORD}(?![各直级委]|有关|相关))*{_AREA_BODY}?"
    r"|中央[、和及](?:自治区|省|市)?驻[\u4e00-\u9fff]{1,3}?各?(?:有关)?单位"
    r"|(?:[省市县区州]直)?各?[委部办局]、(?:[委部办局厅]、)*[委部办局厅](?=$|[\s、，,；;：:。）)])"
)
_JOINT = re.compile(JOINT_COLLECTIVE)
#: What stands behind the last item and belongs to none.
_BEHIND = re.compile(
    r"(?:等?(?:有关|相关)?(?:部门|单位)?)?(?:等)?(?:按照?|依照?|根据)?(?:各自)?(?:的)?(?:职责|职能|任务|权限)(?:分工)?"
    r"(?:[^、，,；;]{0,8})$|(?<=.)(?:等(?:部门|单位|机构|有关部门|有关单位|相关部门|相关单位)?|"
    r"(?:共同|分别|具体|配合|参与|牵头|组织)*(?:负责|落实|实施|配合|参与|牵头))$"
)
_MARK = re.compile(r"[、，,；;／/]")
_CJK_SPACE = re.compile(r"\s+")
#: Bodies led from above name their place inside: 国家税务总局甲市税务局 is one.
_VERTICAL = re.compile(r"(?:国家税务总局|国家统计局|人民银行|管理局|委员会|国家矿山安全监察局)$")
_GLUED = re.compile(
    rf"(?<=[局委办厅府部院会关队社联协心室])(?=(?:{PLACE}|市|省|自治区|县|区|国家|人民银行)(?!员|域|级以上)[\u4e00-\u9fff（(])"
)
_DEPENDENT = re.compile(r"^(?:组织|宣传|统战|政法|办公|政研|政策研究|督查)")
_HEAD = re.compile(
    rf"^(?:(?:{PLACE})+|[\u4e00-\u9fff]{{2,12}}?{PARK}(?:[\u4e00-\u9fff]{{1,6}}片区)?(?:管理委员会|管委会|管委)?|{LEVEL}(?:委(?!员))?)"
)
_PARK_BODY = re.compile(
    rf"^([\u4e00-\u9fff（）()]{{2,30}}(?:{PARK}(?:管理委员会|管委会|管委)?|管理委员会|管委会|管委))(?=.{{2,}})"
)
_OWN_NAME = re.compile(rf"(?:{NATIONAL}|{SHORT_PLACE})")
_LAST_TAIL = re.compile(rf"(?:{TAIL})$")
#: What every area of a list has: only these are put behind the name of an area.
_OF_AREAS = ("人民政府", "政府", "管委", "管委会", "管理委员会", "党委", "街道办事处")
_OF_AN_AREA = re.compile(rf"(?:{PARK}|[市县区州旗镇乡]|街道)(?:{'|'.join(_OF_AREAS)}|委)$")
_INDEPENDENT = re.compile(
    r"(?:海关|支行|分行|银行|大学|学院|公司|集团|分局|监管局|大队|支队|总队|商会|协会|企业|供电局)$"
)


def split_bodies(text: Text, place: Place | None = None) -> list[Body]:
    """The bodies of a text that is known to be a list of them: a parenthesis, a table cell, addressees.

    Args:
        text: what the list says, roles (“责任单位：”) taken off; a role at its end (“按职责分工负责”) is dropped.
        place: the area whose government speaks; without a city or county no level word is put back.

    Returns:
        One Body for each item, in order; ``intended`` where the printed name is elided.
    """
    items = [item for piece in _pieces(text) for item in _unglued(piece)]
    return _completed([item for item in map(_trimmed, items) if item])


def _pieces(text: Text) -> Iterator[Text]:
    """The items between list marks outside brackets and collectives, words broken by white space joined."""
    string = text.string
    protected = [False] * len(string)
    for match in _JOINT.finditer(string):
        protected[match.start() : match.end()] = [True] * (match.end() - match.start())
    depth, start = 0, 0
    for index, character in enumerate(string):
        if character in "（(〔":
            depth += 1
        elif character in "）)〕":
            depth = max(0, depth - 1)
        elif depth == 0 and not protected[index] and _MARK.match(character):
            yield from _rejoined(text[start:index])
            start = index + 1
    yield from _rejoined(text[start:])


def _rejoined(piece: Text) -> Iterator[Text]:
    """A piece cut at white space only where a name ends before it and another begins behind it."""
    start = 0
    string = piece.string
    for match in _CJK_SPACE.finditer(string):
        left = _CJK_SPACE.sub("", string[start : match.start()])
        right = string[match.end() :].lstrip()
        whole = _CJK_SPACE.split(right, maxsplit=1)[0]
        begins = starts_as_body(right) or (ends_as_body(whole) and not _DEPENDENT.match(whole) and len(whole) > 2)
        if left and right and (ends_as_body(left) or is_area(left)) and len(left) > 1 and begins:
            yield piece[start : match.start()]
            start = match.end()
    yield piece[start:]


def _unglued(piece: Text) -> Iterator[Text]:
    """A piece cut where one name follows another with nothing between, or joined by 和, 及, 会同."""
    squeezed = piece.squeezed()
    string = squeezed.string
    start = 0
    for match in re.finditer(rf"(?:以及|会同|联合|[和及与])|{_GLUED.pattern}", string):
        left, right = string[start : match.start()], string[match.end() :]
        if string.count("（", start, match.start()) != string.count("）", start, match.start()):
            continue
        if not ends_as_body(left) or _VERTICAL.search(left):
            continue
        if match.group() and not (starts_as_body(right) or ends_as_body(right)):
            continue
        if not match.group() and not ends_as_body(right):
            continue
        yield squeezed[start : match.start()]
        start = match.end()
    yield squeezed[start:]


def _trimmed(item: Text) -> Text:
    """An item without white space, stops and what is said of the list as a whole."""
    item = item.strip(" 　\t\n。；;，,、：:")
    match = _BEHIND.search(item.string)
    while match and match.group():
        item = item[: match.start()].strip()
        match = _BEHIND.search(item.string)
    if item.string in ("等", "和", "及", "部门", "单位", "等部门", "等单位"):
        return item[:0]
    return item


def _completed(items: list[Text]) -> list[Body]:
    """The items as bodies, with what they leave out taken from their neighbours."""
    names = [written(item.string) for item in items]
    whole = list(names)
    for index in reversed(range(len(names) - 1)):
        if not ends_as_body(names[index]):
            whole[index] = _with_tail(names[index], whole[index + 1]) or names[index]
    head = ""
    for index, name in enumerate(names):
        if starts_as_body(name) or _PARK_BODY.match(name):
            head = _head(name)
        elif (
            head
            and not _OF_AN_AREA.search(name)
            and ends_as_body(whole[index])
            and not _OWN_NAME.match(name)
            and not _INDEPENDENT.search(name)
        ):
            whole[index] = head + whole[index]
        else:
            head = ""
    return [
        Body(item, name, full if full != name else None, kind_of(full))
        for item, name, full in zip(items, names, whole, strict=True)
    ]


def _head(name: str) -> str:
    """What later items of a list may leave out: “市”, “甲区”, “滨江新区管委”; empty where nothing can be left out."""
    if name.startswith(("各", "有关", "相关")) or kind_of(name) != "body":
        return ""
    park = _PARK_BODY.match(name)
    if park:
        return park.group(1)
    match = _HEAD.match(name)
    return match.group() if match else ""


def _with_tail(name: str, following: str) -> str | None:
    """A name without a class word, completed by that of the item behind it: 甲区 + 乙区人民政府, 市财政 + 民政局."""
    tail = _LAST_TAIL.search(following)
    if not tail:
        return None
    if is_area(name):
        shared = tail.group() in _OF_AREAS and is_area(following[: tail.start()]) and kind_of(following) == "body"
        return name + tail.group() if shared else None
    return name + tail.group() if kind_of(following) == "body" and not name.startswith(("各", "有关", "相关")) else None
