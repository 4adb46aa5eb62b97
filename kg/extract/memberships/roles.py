"""Roles in a group (组长, 常务副组长, 联席会议召集人): as labels of a list and as words of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.data import rows
from kg.read.text import Text

_DEGREE = (
    "第一",
    "第二",
    "第三",
    "常务",
    "执行",
    "名誉",
    "荣誉",
    "轮值",
    "现场",
    "联合",
    "共同",
    "专职",
    "兼职",
    "双",
    "正",
    "副",
    "总",
)
_WEAK = frozenset(row["role"] for row in rows("group_roles.tsv") if row["strength"] == "weak")
_LEADING = frozenset(row["role"] for row in rows("group_roles.tsv") if row["leads"] == "yes")
_WORDS = sorted((row["role"] for row in rows("group_roles.tsv")), key=len, reverse=True)


def _spaced(word: str) -> str:
    """Labels are spread to one width: “组 长”, “成    员”."""
    return r"[ \t\u3000\xa0]*".join(word)


_DEGREES = "(?:" + "|".join(_spaced(word) for word in _DEGREE) + ")"
_GAP = r"[ \t\u3000\xa0]*"
#: A role in running text.
ROLE = rf"(?:{'|'.join(_DEGREE)})*(?:{'|'.join(_WORDS)})"
_SPACED_ROLE = rf"(?:{_DEGREES}{_GAP})*(?:{'|'.join(_spaced(word) for word in _WORDS)})"
# “组 长：”, “副组长（兼办公室主任）：”, “领导小组办公室主任：”; a comma or stop before it: a line may hold several.
_LABEL = re.compile(
    rf"(?:^|(?<=[\s，,；;。）)]))(?P<before>[\u4e00-\u9fff“”]{{0,30}}?)(?P<role>{_SPACED_ROLE}"
    rf"(?:{_GAP}兼{_GAP}[\u4e00-\u9fff]{{0,6}}{_SPACED_ROLE})?){_GAP}(?:[（(][^（）()]{{1,20}}[）)])?{_GAP}[:：]"
)
# The colon is lost now and then: “组 长 王平 副市长”.
_BARE_LABEL = re.compile(rf"^\s*(?P<before>)(?P<role>{_SPACED_ROLE})(?:\s+(?=\S)|\s*$)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed: the words before the role, the role without spaces, its list, and what follows the list."""

    before: Text
    role: Text
    list: Text
    rest: Text


@cache
def _base(role: str) -> str:
    return next((word for word in _WORDS if role.endswith(word)), role)


def is_weak(role: str) -> bool:
    """Whether the role is a common word that announces a list of people only where a list is expected."""
    return _base(role) in _WEAK


def is_leading(role: str) -> bool:
    """Whether the role is held by few, so that a post may stand for the person: “组长：市人民政府分管副市长”."""
    return _base(role) in _LEADING


def labels(line: Text) -> list[Label]:
    """The role labels of a line, each with its list: up to the next label, or to a full stop."""
    if ":" not in line.string and "：" not in line.string:
        return []
    found = list(_LABEL.finditer(line.string))
    ends = [*(match.start() for match in found), len(line)][1:]
    made: list[Label] = []
    for match, end in zip(found, ends, strict=True):
        stop = line.string.find("。", match.end(), end)
        listed = line[match.end() : end if stop < 0 else stop].strip()
        rest = line[end:end] if stop < 0 else line[stop + 1 : end].strip()
        made.append(Label(line[match.start("before") : match.end("before")], _role(line, match), listed, rest))
    return made


def bare_label(line: Text) -> Label | None:
    """A role at the beginning of a line whose colon is missing."""
    match = _BARE_LABEL.match(line.string)
    return Label(line[:0], _role(line, match), line[match.end() :].strip(), line[:0]) if match else None


def _role(line: Text, match: re.Match[str]) -> Text:
    return line[match.start("role") : match.end("role")].without(re.compile(r"\s+"))
