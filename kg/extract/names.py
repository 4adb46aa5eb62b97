"""Personal names: which printed characters are one, and where one ends and the next begins.

Two-character names are printed with a space (“何 健”) so that they stand as wide as names of three; compound surnames
(欧阳) and the long names of some peoples (买买提·艾山) are longer.  What stands around a name mostly tells more than
its characters: so there are two tests, a loose one for places where only a name can stand, and a strict one with the
table of surnames for the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.data import lines, rows
from kg.data.divisions import named
from kg.extract.body_grammar import FUNCTION, starts_as_body
from kg.extract.posts import is_post, split_post
from kg.read.text import Text

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_DOT = "·•‧・．∙"
_LONG = re.compile(rf"[{HAN}]{{1,8}}(?:[{_DOT}][{HAN}]{{1,8}}){{1,3}}")
_SHORT = re.compile(rf"[{HAN}]{{2,4}}")
_SPACE = re.compile(r"\s+")
_BETWEEN = re.compile(r"[、，,；;/]|\n|\s{2,}")
_AND = re.compile("[和及与]")
#: “（女）”, “（女，壮族）”, “（苗族）” after a name say who the person is, not what the post is.
MARK = re.compile(rf"[（(](?=[^（）()]*(?:[女男]|族))(?:[女男]|[{HAN}]{{1,6}}族|[，,、\s])+[）)]")
_FUNCTION = re.compile(FUNCTION)
# Offices end in these characters, names of three and four hardly ever.
_OFFICE_END = re.compile(r"(?:[局厅处室组县办委部署副]|公司|集团|中心|单位|同志|学校|医院|大学|银行|政府)$")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """All surnames, and the most frequent ones."""
    table = rows("surnames.tsv")
    return (
        frozenset(row["surname"] for row in table),
        frozenset(row["surname"] for row in table if row["frequent"] == "yes"),
    )


@cache
def _not_names() -> frozenset[str]:
    """Common words and the names of provinces and cities.  Counties are left out: 高平 may well be a person."""
    places = (row["short"] for row in rows("divisions.tsv") if row["level"] in ("province", "city"))
    return frozenset((*lines("not_names.txt"), *places))


def is_name(string: str, *, strict: bool = True) -> bool:
    """Whether characters without spaces can be one person's name.

    ``strict`` asks for a known surname, and is for places where other words could stand as well.
    """
    if _LONG.fullmatch(string):
        return True
    if not _SHORT.fullmatch(string) or string in _not_names():
        return False
    if (len(string) > 2 and _OFFICE_END.search(string)) or is_post(string):
        return False
    if not strict:
        return not starts_as_body(string) or is_name(string)
    surnames, frequent = _surnames()
    if string[:2] in surnames:
        return len(string) > 2
    if string[:2] in lines("not_names.txt"):
        return False
    # A surname of one character and three more is a married double surname (陈方安生): two surnames in a row.
    return string[0] in surnames if len(string) < 4 else {string[0], string[1]} <= frequent


def has_frequent_surname(name: str) -> bool:
    """Whether a name begins with one of the most frequent surnames: surer where a word of another kind could stand."""
    frequent = _surnames()[1]
    return name[:1] in frequent or name[:2] in frequent


def names(text: Text, *, strict: bool = True) -> list[Text] | None:
    """The names in a run of names (“周 明、吴大亮”), without their inner spaces; None if anything else is in it.

    A cell may have been wrapped so that two names stand in columns: “周 吴 明 亮” is 周明 and 吴亮.
    """
    found: list[Text] = []
    for part in text.without(MARK).split(_BETWEEN):
        if not part.string.strip():
            continue
        grouped = _group(_tokens(part), strict)
        if grouped is None and (both := list(part.split(_AND)))[1:]:
            # 和 is a character of names as well (郑和平), so it separates only what cannot be read otherwise.
            groups = [_group(_tokens(one), strict) for one in both]
            grouped = [name for group in groups if group for name in group] if all(groups) else None
        if grouped is None:
            return None
        found += grouped
    if found or not text.string.strip():
        return found or None
    return None


def _tokens(text: Text) -> list[Text]:
    return [token for token in text.split(_SPACE) if token]


def _group(tokens: Sequence[Text], strict: bool) -> list[Text] | None:
    """Tokens between spaces → names: single characters belong to the next ones."""
    if len(tokens) == 4 and all(len(token) == 1 for token in tokens):
        return _two_of_four(tokens)
    if not tokens:
        return []
    for size in (1, 2, 3):
        name = Text.join(tokens[:size])
        parts = [len(token) for token in tokens[:size]]
        if len(parts) == size and is_name(name.string, strict=strict) and _spacing(parts, name.string):
            others = _group(tokens[size:], strict)
            if others is not None:
                return [name, *others]
    return None


def _spacing(parts: Sequence[int], name: str) -> bool:
    """Whether a name is spaced as printers do it: 何 健, 欧阳 明, 李 大 明; not 李大 明."""
    if len(parts) == 1:
        return True
    return all(part == 1 for part in parts) or (name[:2] in _surnames()[0] and parts[0] == 2)


def _two_of_four(tokens: Sequence[Text]) -> list[Text]:
    """Two names of four single characters: in a row, or, wrapped in a narrow cell, in columns."""
    surnames, frequent = _surnames()

    def rank(*firsts: int) -> int:
        return sum((tokens[i].string in surnames) + (tokens[i].string in frequent) for i in firsts)

    pairs = ((0, 2), (1, 3)) if rank(0, 1) > rank(0, 2) else ((0, 1), (2, 3))
    return [Text.join((tokens[i], tokens[j])) for i, j in pairs]


def leading_name(text: Text, *, strict: bool = True) -> tuple[Text, Text] | None:
    """A name that a printed line begins with, set apart from the rest by a space, a bracket or the line's end.

    Returns the name without its inner spaces, and the rest of the line without marks like “（女）”.
    """
    line = text.strip()
    long = _LONG.match(line.string)
    if long and _apart(line.string, long.end()):
        return line[: long.end()], _rest(line[long.end() :])
    tokens = [match.span() for match in re.finditer(r"[^\s（(]+", line.string[:16])]
    for size in (1, 2, 3):
        if len(tokens) < size or not _apart(line.string, tokens[size - 1][1]):
            break
        name = line.keep(tokens[:size])
        parts = [end - start for start, end in tokens[:size]]
        if is_name(name.string, strict=strict) and _spacing(parts, name.string):
            return name, _rest(line[tokens[size - 1][1] :])
    return None


def _apart(string: str, end: int) -> bool:
    return end == len(string) or string[end] in "（(" or string[end].isspace()


def _rest(text: Text) -> Text:
    mark = MARK.match(text.string.lstrip())
    rest = text.strip()
    return rest[mark.end() :].strip() if mark else rest


def trailing_name(text: Text, *, strict: bool = True) -> tuple[Text, Text] | None:
    """A name that ends a text after a space (“市财政局 王 平”): what stands before it, and the name."""
    line = text.without(MARK).strip()
    tokens = [match.span() for match in re.finditer(r"\S+", line.string)]
    for size in (3, 2, 1):
        if len(tokens) <= size:
            continue
        name = line.keep(tokens[-size:])
        parts = [end - start for start, end in tokens[-size:]]
        if is_name(name.string, strict=strict) and _spacing(parts, name.string):
            return line[: tokens[-size][0]].strip(), name
    return None


def glued_name(text: Text, *, strict: bool = True) -> tuple[Text, Text] | None:
    """A name with nothing between it and the body it serves: “王平杉州市财政局局长”, “李国民发展改革委副主任”.

    Returns the name and the rest.  A rest that is nothing but a post (副市长), or begins with a place or level
    (市财政局), is surer than one that could be a central body (统计局) or begins with a field of work (财政局).
    常山 in “常山县县长” is no name.
    """
    line = text.strip()
    readings = [
        (line[:size], line[size:])
        for size in (4, 3, 2)
        if size < len(line) and is_name(line.string[:size], strict=strict) and not named(line.string[: size + 1])
    ]
    for name, rest in reversed(readings):
        if (post := split_post(rest)) and post.organisation is None:
            return name, rest
    for central in (False, True):
        for name, rest in readings:
            if starts_as_body(rest.string, central=central):
                return name, rest
    return next(((name, rest) for name, rest in readings if _FUNCTION.match(rest.string)), None)
