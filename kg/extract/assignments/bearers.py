"""Who bears a duty: the bodies or groups that a heading or a sentence names as its subject.

Unlike the items of a list of responsible units, a subject must read as the name of a body: prose has other subjects.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from kg import data
from kg.extract.bodies import Body, find_bodies, is_body, split_bodies
from kg.extract.body_grammar import ends_as_body, is_area, starts_as_body
from kg.extract.body_lists import BEHIND
from kg.extract.trie import alternatives
from kg.facts import Place
from kg.read.model import Section
from kg.read.text import Text

#: Groups that a document sets up itself: 综合协调行动组, 招商引资组, 工作专班.
_GROUP = re.compile(r"[\u4e00-\u9fff（）]{1,18}(?:组|专班|指挥部|专家库|工作队|委员会|办公室)$")
_NOT_GROUP = re.compile(r"[的是和与及将对为]|小组成员|成员$")
#: What may stand between a subject and its verb, and what begins where the subject ends.
_SUBJECT_ENDS = (
    r"应当|应该|应|要|须|必须|可以|可|得|的|在|按照?|根据|结合|对|将|以|依法|依照|依据|作为|是|为|分别|共同|具体|统一|切实|"
    r"全面|定期|及时|积极|主动|认真|严格|进一步|每|设在|由|下设|主要|履行|持续|充分|大力|研究|于|通过|向|从|等"
)
#: Class words of bodies that govern.
_GOVERN = r"(?:局|委|厅|办|办公室|督查室|委员会|领导小组|指挥部|支行|联席会议|科协|妇联|残联|工商联|总工会|团委)"
_GOVERNS = re.compile(rf"{_GOVERN}(?:[（(][^（()）]*[）)])?$")
_GOVERNS_EARLY = re.compile(rf"[^，,。；;：:]{{1,24}}?{_GOVERN}(?:[（(][^（()）]*[）)])?")
_BRACKET_BEHIND = re.compile(r"[（(][^（()）]*[）)]$")
_LONGEST_SUBJECT = 160
_MOST_TRIES = 12
#: After these a name is no subject: “市财政局的…”, “市财政局有关科室”, “市财政局局长”.
_GOES_ON = re.compile(r"[的等、）)”》长〕\]]|有关|相关|主要|分管|领导|局长|主任|负责人|及|和|与|以及|内|上|$")
#: What sentences have and names of bodies have not.
_SENTENCE = re.compile(
    r"^[为对将把以按根据在经从向]|^(?:分管|协管|主管|联系)|由|决定|成立|设立|组建|调整|切实|做好|抓好|其中|报(?=[省市县区州国自])|负责|承担|配合|协助|[（(]$|^[（(]|领导小组成员"
)
#: Names that begin with a verb's word all the same: 宣传部, 指挥部办公室, 督导检查组.
_VERB_NAME = re.compile(r".{1,6}(?:组|部|办|室|局|委员会|专班)$")
#: “三、市水利局主要职责”: the heading names a body and that its duties follow.
_THEIR_DUTIES = re.compile(r"的?(?:主要|工作|具体)*职责(?:任务|分工)?$")


@cache
def _subject_end() -> re.Pattern[str]:
    verbs = alternatives(row["verb"] for row in data.rows("assignment_verbs.tsv") if row["place"] != "after")
    # no verbs: the 会办 of 安委会办公室, the 督查 of 市政府督查室
    return re.compile(rf"[，,]?(?:{_SUBJECT_ENDS}|(?:{verbs})(?!公?室))")


@cache
def _last_characters() -> frozenset[str]:
    """What names of bodies end with: a quick test before a piece is read as a list of them."""
    return frozenset(row["tail"][-1] for row in data.rows("agency_tails.tsv")) | frozenset("组班队关央区县市库）)")


@cache
def _verb_first() -> re.Pattern[str]:
    """Verbs that a sentence begins with; some begin names too (组织部, 指挥部), but only short ones."""
    return re.compile(alternatives(row["verb"] for row in data.rows("assignment_verbs.tsv")))


@cache
def _vague() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in data.lines("assignment_vague.txt")))


def is_vague(name: str) -> bool:
    """Whether a name is a collective that bears no duty by name (各部门, 有关单位).

    >>> is_vague("各有关部门"), is_vague("各县区人民政府"), is_vague("市教育局")
    (True, False, False)
    """
    return bool(_vague().fullmatch(name))


def is_governing(body: Body) -> bool:
    """Whether a body is one of the government's or the Party's own, named in full: a bureau, not a hospital.

    >>> is_governing(split_bodies(Text.at("市科协", 0))[0]), is_governing(split_bodies(Text.at("市第一医院", 0))[0])
    (True, False)
    """
    name = body.intended or body.surface
    return body.kind == "body" and starts_as_body(name) and bool(_GOVERNS.search(name)) and not _SENTENCE.search(name)


def begins_with_governing_body(string: str, place: Place) -> bool:
    """Whether a governing body is what a sentence begins with: a quick test."""
    begin = _GOVERNS_EARLY.match(string)
    found = bearers(Text.at(begin[0], 0), place) if begin else []
    return bool(found) and is_governing(found[0])


def bearers(text: Text, place: Place, *, groups: bool = False, areas: bool = False) -> list[Body]:
    """The bodies that a text consists of; none if anything else is in it.

    ``groups``: names of groups count too (综合协调组); ``areas``: areas stand for who governs them (甲县).
    """
    name = text.strip(" 。：:、，,\u3000")
    if not 2 <= len(name) <= _LONGEST_SUBJECT or not _ends_as_list(name.string):
        return []
    bodies = split_bodies(name, place)
    if bodies and all(_reads_as_body(body, groups, areas) for body in bodies):
        return bodies
    return []


def _ends_as_list(string: str) -> bool:
    """A quick test: a list ends as names of bodies or areas do, or with what is said of it as a whole."""
    return string[-1] in _last_characters() or is_area(string) or BEHIND.search(string) is not None


def _reads_as_body(body: Body, groups: bool, areas: bool) -> bool:
    name = body.intended or body.surface
    if _SENTENCE.search(name) or (_verb_first().match(name) and not _VERB_NAME.fullmatch(name)):
        return False
    bare = _BRACKET_BEHIND.sub("", name)
    if is_body(name) or is_body(bare) or (body.kind == "collective" and (ends_as_body(name) or is_area(name))):
        return True
    return (groups and is_group(bare)) or (areas and is_area(name) and (starts_as_body(name) or len(name) > 3))


def is_group(name: str) -> bool:
    """Whether a name is that of a group set up for the task (综合协调行动组)."""
    return bool(_GROUP.match(name)) and not _NOT_GROUP.search(name)


def subject(text: Text, place: Place, *, groups: bool = False, areas: bool = False) -> tuple[list[Body], Text] | None:
    """The bodies that a sentence begins with as its subject, and the rest of it from there; None if it has none.

    >>> bodies, rest = subject(Text.at("市财政局、市审计局负责监督资金使用", 0), Place())
    >>> [body.surface for body in bodies], rest.string
    (['市财政局', '市审计局'], '负责监督资金使用')
    """
    ends = (m.start() for m in _subject_end().finditer(text.string, 2, _LONGEST_SUBJECT))
    for end in islice((end for end in ends if text.string[end - 1] in _last_characters()), _MOST_TRIES):
        bodies = bearers(text[:end], place, groups=groups, areas=areas)
        if bodies:
            return bodies, text[end:].strip("，, ")
    return _known_subject(text, place)


def _known_subject(text: Text, place: Place) -> tuple[list[Body], Text] | None:
    """A subject whose verb is not known: the bodies with known names at the beginning, one after the other."""
    found: list[Body] = []
    end = 0
    for body in find_bodies(text[:_LONGEST_SUBJECT], place):
        start = text.offsets.index(body.text.offsets[0])
        if text.string[end:start].strip("、，,和及与 "):
            break
        found.append(body)
        end = text.offsets.index(body.text.offsets[-1]) + 1
    rest = text[end:]
    return (found, rest) if found and not _GOES_ON.match(rest.string) else None


def of_heading(section: Section | None, place: Place) -> list[Body]:
    """The bodies that a section's heading consists of."""
    if section is None or section.style in ("document", "plan", "attachment", "box") or not section.title:
        return []
    found = bearers(section.title.without(_THEIR_DUTIES), place, groups=True)
    return [] if any(is_vague(body.surface) or body.kind == "functional" for body in found) else found
