"""Duties as clauses: “负责…；配合…。”, each with the role that its verb gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.extract.trie import alternatives
from kg.read.text import Text

_CLAUSE = re.compile(r"[^。；;！]+")
_COMMA = re.compile(r"[，,]")
_ADVERBS = (
    r"(?:要|应当?|须|必须|应|依法|具体|共同|统一|切实|积极|认真|及时|主动|定期|分别|全面|主要|同时|并|还|以及|按照?职责|"
    r"进一步|充分|广泛|不断|深入|持续|大力|严格|有序|稳步|直接|统筹|其中|另外|组织)*"
)
#: “应急响应期间，”, “在市人民政府领导下，”: what stands before the verb of a duty.
_SETTING = (
    r"(?:(?:在|根据|按照?|依据|结合|对|将|把|于|经|为|围绕|针对|以|从|向|通过|依托|会同|联合)[^，,]{1,60}[，,]"
    r"|[^，,]{1,12}(?:期间|时|后|前|中)[，,]){0,2}"
)
#: “将…纳入”, “对…开展”: the object stands before the verb.
_OBJECT_FIRST = r"(?:(?:将|把)[^，,]{2,40}(?:纳入|列入)|对[^，,]{2,40}(?:开展|进行|实施|给予))"
#: What every list of duties ends with and nobody would call a task.
_REST = re.compile(r"(?:承担|完成|办理|做好|负责)?.{0,24}(?:交办|交待|安排|布置|部署)的?(?:其他|其它|有关|相关).{0,10}")
#: What makes a noun of a verb: 指挥部, 宣传部门, 监督局, 牵头单位, 指挥长.
NO_NOUN = (
    r"(?!部(?!署)|局(?!部)|办(?!理|好|结)|室|委(?!托)|小组|组(?!织|建|成)|会(?!同|商)|机构|单位|中心|所|站|人|长|员)"
)
_LEADING = re.compile(r"^[\s\-—·•●（()）]*(?:\d{1,2}[.、)）]|[①-⑳]|[（(][一二三四五六七八九十\d]{1,3}[）)])?\s*")
#: What is carried out under 开展 or 进行 tells the role: “开展定期督促检查”.
_SUPERVISES = re.compile(r"(?:开展|进行|组织)[^，,。；;]{0,16}(?:督导|督查|督办|督促检查)$")

_SHORTEST_NAME, _LONGEST_NAME = 8, 40


@cache
def _verbs() -> dict[str, tuple[str, bool]]:
    """Verbs that open a duty, with the role they give and whether they make somebody responsible by themselves."""
    rows = [row for row in data.rows("assignment_verbs.tsv") if row["place"] != "after"]
    return {row["verb"]: (row["role"], row["strong"] == "yes") for row in rows}


@cache
def _opening() -> re.Pattern[str]:
    verbs = alternatives(_verbs())
    return re.compile(rf"{_ADVERBS}{_SETTING}{_ADVERBS}(?:(?P<verb>{verbs}){NO_NOUN}|{_OBJECT_FIRST})")


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(rf"{_ADVERBS}(?P<verb>{_strong_anywhere().pattern}){NO_NOUN}")


@cache
def _strong_anywhere() -> re.Pattern[str]:
    return re.compile(alternatives(verb for verb, (_, strong) in _verbs().items() if strong))


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause that says what somebody does, and the role that its verb gives.  ``opened``: a known verb begins it."""

    text: Text
    role: str
    opened: bool

    @property
    def name(self) -> Text:
        """The duty by its first words: as many of its parts as a reader needs, the one with the verb among them."""
        match = _opening().match(self.text.string)
        least = max(match.end() if match else 0, _SHORTEST_NAME)
        commas = [comma.start() for comma in _COMMA.finditer(self.text.string, least)]
        ends = [*commas, len(self.text)]
        return self.text[: max([ends[0], *(end for end in ends if end <= _LONGEST_NAME)])]


def duties(text: Text, *, loose: bool) -> Iterator[Duty]:
    """The duties that a text lists.

    Args:
        text: what follows the bearer's name.
        loose: whether clauses without a known verb are duties too, as under the heading of a list of duties.
    """
    for match in _CLAUSE.finditer(text.string):
        for part in parts(text[match.start() : match.end()]):
            duty = read(part)
            if len(duty.text) >= 4 and not _REST.fullmatch(duty.text.string) and (duty.opened or loose):
                yield duty


def parts(clause: Text) -> Iterator[Text]:
    """A clause cut where a part begins with a verb of its own that makes responsible, in another role or once more.

    >>> [part.string for part in parts(Text.at("负责拨付资金，加强监管，配合市审计局做好审计", 0))]
    ['负责拨付资金，加强监管', '配合市审计局做好审计']
    """
    start, role = 0, _strong_role(clause.string)
    for comma in _COMMA.finditer(clause.string):
        following = _strong_role(clause.string[comma.end() :])
        if role and following and (following != role or following != "cooperating"):
            yield clause[start : comma.start()].strip(" ，,、：:\u3000\n")
            start, role = comma.end(), following
    yield clause[start:].strip(" ，,、：:\u3000\n")


def _strong_role(string: str) -> str | None:
    match = _strong().match(string)
    return _verbs()[match["verb"]][0] if match else None


def read(clause: Text) -> Duty:
    """A clause with the role that its verb gives; of two verbs that make responsible the second tells more.

    >>> read(Text.at("负责配合做好宣传", 0)).role, read(Text.at("承担日常工作", 0)).role
    ('cooperating', 'responsible')
    """
    leading = _LEADING.match(clause.string)
    clause = clause[leading.end() if leading else 0 :]
    match = _opening().match(clause.string)
    if not match:
        return Duty(clause, "responsible", False)
    role, strong = _verbs()[match["verb"]] if match["verb"] else ("responsible", False)
    if strong and role == "responsible":
        role = _strong_role(clause.string[match.end() :]) or role
    if role == "responsible" and _SUPERVISES.search(clause.string):
        role = "supervising"
    return Duty(clause, role, True)


def strong_verb(string: str) -> re.Match[str] | None:
    """The verb that makes a sentence's subject responsible (负责, 牵头, 承担, 配合), at the string's start."""
    return _strong().match(string)


def may_assign(string: str) -> bool:
    """Whether a sentence may make somebody responsible at all: a quick test."""
    return "会同" in string or bool(_strong_anywhere().search(string))
