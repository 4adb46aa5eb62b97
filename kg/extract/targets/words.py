"""The word lists of targets as regular expressions, compiled once."""

from __future__ import annotations

import re
from functools import cache

from kg import data


@cache
def any_of(use: str) -> re.Pattern[str]:
    """One pattern for all words of a use in target_words.tsv (``past``, ``grant`` …)."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in data.rows("target_words.tsv") if row["use"] == use))


@cache
def leading() -> re.Pattern[str]:
    """The words before the name of an indicator that are no part of it."""
    return re.compile(rf"(?:[\s、，,和并及—\-·•]|{any_of('lead').pattern})+")


@cache
def trailing() -> re.Pattern[str]:
    """The words after the name of an indicator that are no part of it."""
    return re.compile(rf"(?:[\s、，,:：]|{any_of('tail').pattern})+$")


@cache
def head() -> re.Pattern[str]:
    """An indicator's last word (率, 占比, 面积 …) at the end of a string, a bracket after it allowed."""
    return re.compile(rf"(?:{any_of('head').pattern})(?:[（(][^（）()]*[）)])?$")


@cache
def verb_kinds() -> dict[str, str]:
    """The kinds of the verbs in target_verbs.tsv, ``work`` as ``make``; of two kinds (增加) the first one."""
    kinds: dict[str, str] = {}
    for row in data.rows("target_verbs.tsv"):
        kinds.setdefault(row["verb"], "make" if row["kind"] == "work" else row["kind"])
    return kinds


@cache
def also_makes() -> frozenset[str]:
    """The verbs of change that take a counted object too (增加2家医院)."""
    rows = data.rows("target_verbs.tsv")
    makes = {row["verb"] for row in rows if row["kind"] in ("make", "work", "have")}
    return frozenset(row["verb"] for row in rows if row["kind"] in ("change", "reach") and row["verb"] in makes)


@cache
def _alternatives(*kinds: str) -> str:
    verbs = sorted((verb for verb, kind in verb_kinds().items() if kind in kinds), key=len, reverse=True)
    # 为 and 有 end other words (作为, 所有): not verbs there.
    guards = {"为": "(?<![作成以分列认称因行])为", "有": "(?<![所没国共具拥持])有", "达": "(?<![发到])达"}
    return "|".join(guards.get(verb, re.escape(verb)) for verb in verbs)


def kind_of(match: re.Match[str]) -> str:
    """The kind of the verb that ``verb_at_end`` found."""
    return verb_kinds()[match["verb"]]


@cache
def verb_at_end() -> re.Pattern[str]:
    """A verb right before a quantity."""
    return re.compile(rf"(?P<verb>{_alternatives('reach', 'be', 'change', 'make', 'have')})(?:各|共|了)?\s*$")


@cache
def reach_verbs() -> frozenset[str]:
    """The verbs of reaching a level."""
    return frozenset(verb for verb, kind in verb_kinds().items() if kind == "reach")


@cache
def reach_inside() -> re.Pattern[str]:
    """A verb of reaching anywhere in a clause, of two characters at least: 压缩至法定时限的…"""
    return re.compile("|".join(sorted((verb for verb in reach_verbs() if len(verb) > 2), key=len, reverse=True)))


@cache
def have_at_start() -> re.Pattern[str]:
    """A verb at the start of a name that says no more than that there shall be so many (建成)."""
    return re.compile(f"(?:{_alternatives('have')}|达到|实现)+")


@cache
def make_inside() -> re.Pattern[str]:
    """A verb of making anywhere in a name: 通过公开招聘引进教师, 每村拥有医生."""
    rows = data.rows("target_verbs.tsv")
    verbs = {row["verb"] for row in rows if row["kind"] in ("make", "have") and len(row["verb"]) > 1}
    return re.compile("|".join(sorted(verbs, key=len, reverse=True)))


def without_opening(before: str) -> str:
    """What stands before the first quantity of a clause, areas (全市) and modal words aside."""
    return re.sub(
        rf"^(?:{leading().pattern})?(?:(?:全|我|各)[市省区县国州]|全自治区)?(?:{leading().pattern})?", "", before
    ).strip()


@cache
def make_at_start() -> re.Pattern[str]:
    """A verb of making at the start of a name."""
    return re.compile(_alternatives("make", "have"))
