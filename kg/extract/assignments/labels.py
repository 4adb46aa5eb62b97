"""Labels that name a part in a task: “责任单位：” before a list, “牵头部门” above a column.

The words are data (``assignment_labels.tsv``); this file builds the patterns from them.
"""

from __future__ import annotations

import re
from functools import cache

from kg import data
from kg.extract.trie import alternatives, beginning

#: Whose units a label is about: 市级责任单位, 县区级牵头部门.
_LEVEL = r"(?:国家(?:级|层面)?|[省市县区州旗镇乡]+(?:级|直|属|本级))"
#: Roles of bodies, as facts.Assignment has them.
ROLES = frozenset(("lead", "responsible", "cooperating", "supervising"))


@cache
def kinds() -> dict[str, str]:
    """What each stem and word of the lexicon says: a role, leader, person, deadline, member, noun or other."""
    return {row["word"]: row["kind"] for row in data.rows("assignment_labels.tsv") if row["form"] != "leader"}


@cache
def _leader() -> str:
    """A pattern for who of the government's heads answers for a task: 领导, 分管市领导, 包保县级领导."""
    stems = alternatives(row["word"] for row in data.rows("assignment_labels.tsv") if row["form"] == "leader")
    return rf"(?:{stems})?(?:[省市州盟县区旗镇乡](?:级|委|政府)?)?领导"


@cache
def _parts() -> tuple[str, str]:
    """Patterns for a whole label, and for a stem that may stand by itself above a column."""
    forms: dict[str, list[str]] = {"stem": [], "alone": [], "word": [], "noun": [], "leader": []}
    for row in data.rows("assignment_labels.tsv"):
        forms[row["form"]].append(row["word"])
    stems, words, nouns = (
        alternatives(some) for some in (forms["stem"] + forms["alone"], forms["word"], forms["noun"])
    )
    # “牵头（责任）单位”, “责任（配合）部门”; “责任部门（单位）”, “责任单位及责任人”, “牵头、配合单位”
    middle = rf"(?:[（(/、]?(?:{stems}|工作)[）)]?)?"
    unit = rf"(?:{stems}){middle}(?:{nouns})"
    name = rf"(?:{unit}|{_leader()}|{words})(?:[（(/、和及与]+(?:{unit}|{words}|{nouns})[）)]?)*"
    return name, alternatives(forms["alone"])


@cache
def label_pattern() -> re.Pattern[str]:
    """A label with its colon, or the copula that stands for it (“责任单位为…”): group ``label``."""
    name, _ = _parts()
    return re.compile(rf"{beginning(_LEVEL, name)}{_LEVEL}?(?P<label>{name})\s*(?:[:：]|为(?=[^主]))")


@cache
def _header_pattern() -> re.Pattern[str]:
    """A header that is a label: whose unit it is may stand before it (市级), a remark in a bracket behind it."""
    name, alone = _parts()
    return re.compile(
        rf"(?:{_LEVEL}|[省市县区州我本]|(?:人民)?政府|项目|工作|任务|具体|相关|主要)*(?P<label>{name}|{alone})(?:名称)?"
        r"(?:[（(][^（()）]*[）)])?"
    )


@cache
def _first_word() -> re.Pattern[str]:
    return re.compile(rf"{_leader()}|" + alternatives([word for word, kind in kinds().items() if kind != "noun"]))


def kind_of(label: str) -> str | None:
    """What a label says.

    >>> kind_of("牵头（责任）单位"), kind_of("完成时限"), kind_of("包保领导")
    ('lead', 'deadline', 'leader')
    """
    match = _first_word().search(label)
    return ("leader" if match[0].endswith("领导") else kinds()[match[0]]) if match else None


def header_kind(label: str) -> str | None:
    """What a column holds by its header: a role, ``leader``, ``person``, ``deadline``, ``shares`` or None.

    ``shares`` is a column whose cells say themselves who does what (“责任分工”, “牵头、配合单位”).  Of a two-level
    header the lower level decides where it says anything.

    >>> header_kind("责任单位/牵头"), header_kind("责任分工"), header_kind("单位"), header_kind("牵头单位及配合单位")
    ('lead', 'shares', None, 'shares')
    """
    for level in reversed(re.sub(r"\s|[（(]\s*[\d.]+\s*[）)]", "", label).split("/")):
        if re.fullmatch(r"(?:责任|职责|任务|工作)?分工(?:情况|安排)?|责任落实|责任分解|分工(?:单位|部门)", level):
            return "shares"
        match = _header_pattern().fullmatch(level)
        if match:
            said = {kinds().get(word) for word in _first_word().findall(match["label"])} & ROLES
            if len(said) > 1 and said != {"lead", "responsible"}:
                return "shares"
            return "lead" if "lead" in said else kind_of(match["label"])
    return None


@cache
def _role_words() -> re.Pattern[str]:
    verbs = {row["verb"] for row in data.rows("assignment_verbs.tsv") if row["place"] != "before"}
    name, _ = _parts()
    return re.compile(rf"{beginning(name, *verbs)}(?:(?:{name})\s*[:：为]|{alternatives(verbs)})")


def speaks_of_roles(string: str) -> bool:
    """Whether a text has a label or verb that can give a role: a quick test before a list is read."""
    return bool(_role_words().search(string))
