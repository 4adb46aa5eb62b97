"""Members named in sentences: “组长由市长王平担任”, “由李静同志兼任办公室主任”, “增补赵敏为副组长”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.body_grammar import LEVEL, NATIONAL
from kg.extract.clauses import sentences
from kg.extract.memberships.groups import Groups
from kg.extract.memberships.roles import ROLE, is_leading
from kg.extract.memberships.rosters import Member, people
from kg.read.text import Text

_BEFORE = r"(?P<before>[\u4e00-\u9fff“”]{0,40}?)"
_FILLS = "(?:担任|兼任|接任|出任|(?<![主责])任(?![务职免期]))"
_WHO = r"(?P<who>[^；。：:]{2,400}?)"
_STEP = r"(?:(?<=由)|(?<=[，,；。、])|^)"
_CHANGE = "(?:增补|增加|补充|新增|调整|明确)"
_FORMS = (
    # “组长由王平调整为李静” names the new one last.
    re.compile(rf"{_BEFORE}(?P<role>{ROLE})(?:分别)?由[^，,。；]{{2,40}}?(?:调整|变更)为(?P<who>[^，,。；]{{2,40}})"),
    # “办公室主任由李静同志兼任”
    re.compile(rf"{_BEFORE}(?P<role>{ROLE})(?:分别)?由{_WHO}(?:分别)?{_FILLS}"),
    # “由李静同志兼任办公室主任”, “王平任组长”
    re.compile(
        rf"{_STEP}(?P<who>[^；。：:，,由不]{{2,60}}?)(?:分别)?{_FILLS}{_BEFORE}(?P<role>{ROLE})(?=[，,。；、的]|$)"
    ),
    # “增补赵敏（市林业局局长）为领导小组副组长”
    re.compile(rf"{_CHANGE}{_WHO}为{_BEFORE}(?P<role>{ROLE})(?=[，,。；、]|$)"),
    # “成立以市长为组长、分管副市长为副组长的…领导小组”
    re.compile(
        rf"(?:(?<=以)|(?<=[、，,]))(?P<who>[^，,。；、由以]{{2,40}}?)为(?P<before>)(?P<role>{ROLE})(?=[，,、的])"
    ),
)
_TRIGGER = re.compile(
    rf"由.{{2,}}?{_FILLS}|(?:{ROLE})由.{{2,}}?为|{_FILLS}[\u4e00-\u9fff]{{0,20}}?(?:{ROLE})|(?:{_CHANGE}|以).{{2,}}?为.{{0,20}}?(?:{ROLE})"
)
# What every form has: most sentences lack it, and the trigger looks from each 由 and 以 to the sentence's end.
_HINT = re.compile(rf"任(?<![主责]任)|为.{{0,20}}?(?:{ROLE})|由.{{2,}}?为")
# A post alone stands for a person only where it is one of government: not “招标人代表”.
_OFFICIAL = re.compile(rf"(?:分管|协管|联系|负责|协调|主管|常务)?.{{0,20}}?(?:{LEVEL}|{NATIONAL}|国务院|政府)")
_OFFICE = re.compile(r"办公室|秘书处")
_CHAIR = re.compile(r"(?:常务|第一|执行|专职)?副?主任|秘书长|成员|联络员")


@dataclass(frozen=True, slots=True)
class Named:
    """A member named in a sentence: the group, the role, who, and the words that say so."""

    group: str
    role: str
    member: Member
    clause: Text


def named(text: Text, groups: Groups) -> Iterator[Named]:
    """The members that a paragraph's sentences name; the sentences also tell which group is meant."""
    for sentence in sentences(text):
        groups.sentence(sentence.string)
        if not (_HINT.search(sentence.string) and _TRIGGER.search(sentence.string)):
            continue
        taken: list[tuple[int, int]] = []
        for form in _FORMS:
            for match in form.finditer(sentence.string):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                found = list(_named(sentence, match, groups, text))
                if found:
                    taken.append(match.span())
                    yield from found


def _named(sentence: Text, match: re.Match[str], groups: Groups, paragraph: Text) -> Iterator[Named]:
    who = sentence[match.start("who") : match.end("who")]
    before, role = match.group("before"), match.group("role")
    sofar = paragraph.string[: paragraph.string.find(sentence.string) + match.start("role")]
    group, role = _placed(before, role, groups, sofar)
    if group is None:
        return
    for member in people(who):
        if member.name is not None or (is_leading(role) and member.post and _OFFICIAL.match(member.post.string)):
            yield Named(group, role, member, sentence[match.start() : match.end()].strip("，、"))


def _placed(before: str, role: str, groups: Groups, sofar: str) -> tuple[str | None, str]:
    """The group and the role that the words before a role and the paragraph so far mean.

    The head of a group's office is an office of the group: 办公室主任, as is the “副主任” after “办公室主任由…兼任”.
    """
    if before.endswith(("办公室", "秘书处")):
        whole = groups.named(before[:-3]) or groups.major or groups.current
        return whole, before[-3:] + role
    if group := groups.named(before):
        return group, role
    office = _OFFICE.findall(sofar)
    if office and _CHAIR.fullmatch(role) and not (groups.major or "").endswith("委员会"):
        return groups.major or groups.current, office[-1] + role
    return groups.current, role
