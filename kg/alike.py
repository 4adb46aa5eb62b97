"""When two rows of a fact table say the same: how the scorer compares values, and the rule of each table."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Row = Mapping[str, Any]
#: How well two rows pair: 0 where they do not, 1 where they say the same
Similarity = Callable[[Row, Row], float]

_UNHEARD = re.compile(r"[\s《》〈〉<>“”\"'‘’「」·•,，、;；:：。.()\[\]【】〔〕_—–\-~～]")


@lru_cache(maxsize=100_000)
def _text(string: str) -> str:
    return _UNHEARD.sub("", unicodedata.normalize("NFKC", string)).lower()


def text_key(value: object) -> str:
    """A value for comparison: NFKC, without white space and the punctuation that OCR varies; ``""`` for None."""
    return "" if value is None else _text(str(value))


def document_key(value: object) -> str:
    """A document number for comparison: ``甲政办[2031] 5号`` and ``甲政办〔2031〕5号`` are one."""
    number = "".join(unicodedata.normalize("NFKC", str(value or "")).split())
    return re.sub(r"[\[(【]", "〔", re.sub(r"[\])】]", "〕", number))


def cited_number_key(value: object) -> str:
    """The number of a cited document for comparison: “第5号” and “5号” are one."""
    number = "".join(unicodedata.normalize("NFKC", str(value or "")).split())
    return number.translate(str.maketrans("[]", "〔〕", "第"))


def value_key(value: object) -> str:
    """A quantity for comparison: ``79``, ``79.0`` and ``７９ 张`` are one; words compare as words."""
    printed = unicodedata.normalize("NFKC", "" if value is None else str(value)).replace(",", "").strip()
    only_number = re.fullmatch(r"[^\d]*(-?\d+(?:\.\d+)?)\D*", printed)
    try:
        return f"{float(printed):g}"
    except ValueError:
        return f"{float(only_number[1]):g}" if only_number else text_key(value)


def canonical_key(value: object) -> str:
    """A full agency name for comparison: party bodies and commissions may be spelt out or not."""
    name = text_key(value).replace("中国共产党", "中共").replace("中国共产主义青年团", "共青团")
    return name.replace("委员会", "委")


def alike(left: object, right: object, threshold: float = 0.6) -> float:
    """How alike two texts are, from 0 (below the threshold, or one is empty) to 1 (equal).

    A text that begins the other, or stands in it, is alike: tasks are named by their first words.
    """
    a, b = text_key(left), text_key(right)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)):
        return 0.95
    short, long = sorted((a[:60], b[:60]), key=len)
    if len(short) >= 6 and short in long:
        return 0.9
    ratio = difflib.SequenceMatcher(None, a[:60], b[:60], autojunk=False).ratio()
    return ratio if ratio >= threshold else 0.0


def _likest(name: object, others: Iterable[object], found: object, threshold: float = 0.6) -> float:
    """Like :func:`alike`, with other acceptable names: they count a little less, to take no other row's pair."""
    return max(alike(name, found, threshold), *(0.96 * alike(other, found, threshold) for other in others), 0.0)


def _same(name: str, key: Row, row: Row) -> bool:
    """Are two rows' values of this field, all punctuation aside, the same?"""
    return text_key(key.get(name)) == text_key(row.get(name))


def _targets(key: Row, row: Row) -> float:
    if value_key(key.get("value")) != value_key(row.get("value")):
        return 0.0
    wanted, printed = str(key.get("target_year") or ""), str(row.get("target_year") or "")
    # a year that the key only inherits from the plan's period may be left out
    inherited = key.get("year_inherited") or key.get("year_inferred")
    if wanted and printed != wanted and not (inherited and not printed):
        return 0.0
    threshold = 0.75 if key.get("source") == "table" else 0.6
    return _likest(key.get("indicator"), key.get("indicator_alt") or (), row.get("indicator"), threshold)


def _strict_targets(key: Row, row: Row) -> float:
    same_comparator = (key.get("comparator") or "=") == (row.get("comparator") or "=")
    return _targets(key, row) if same_comparator and _same("unit", key, row) else 0.0


def _assignments_of_any_role(key: Row, row: Row) -> float:
    names = {text_key(key.get(name)) for name in ("agency", "canonical", "agency_intended")} - {""}
    if text_key(row.get("agency")) not in (names or {""}):
        return 0.0
    if not key.get("agency") and not _same("leader", key, row):
        return 0.0
    others = [key.get("task_intended"), *(key.get("task_alt") or ())]
    return _likest(key.get("task"), others, row.get("task"))


def _assignments(key: Row, row: Row) -> float:
    roles = [key.get("role"), *(key.get("role_alt") or ())]
    return _assignments_of_any_role(key, row) if row.get("role") in roles else 0.0


def _memberships(key: Row, row: Row) -> float:
    same = _same("person", key, row) and _same("role", key, row)
    return alike(key.get("group"), row.get("group"), 0.5) if same else 0.0


def _appointments(key: Row, row: Row) -> float:
    whole = [text_key(side.get("organisation")) + text_key(side.get("post")) for side in (key, row)]
    return float(_same("person", key, row) and key.get("action") == row.get("action") and whole[0] == whole[1])


def _portfolios(key: Row, row: Row) -> float:
    if not _same("person", key, row) or not alike(key.get("relation"), row.get("relation"), 0.5):
        return 0.0
    return alike(key.get("object"), row.get("object"), 0.8)


def _citations(key: Row, row: Row) -> float:
    if key.get("cited_number"):
        return float(cited_number_key(key["cited_number"]) == cited_number_key(row.get("cited_number")))
    return float(_same("cited_title", key, row))


def _agencies(key: Row, row: Row) -> float:
    return float(_same("surface", key, row))


def _projects(key: Row, row: Row) -> float:
    return alike(key.get("name"), row.get("name"), 0.8)


@dataclass(frozen=True, slots=True)
class Rule:
    """When rows of a table pair, by which other rules F1 is told too, and which fields of a pair are compared."""

    similarity: Similarity
    other_rules: Mapping[str, Similarity] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


RULES: dict[str, Rule] = {
    "targets": Rule(
        _targets,
        {"strict_f1": _strict_targets},
        ("comparator", "unit", "baseline_value", "baseline_year", "nature"),
    ),
    "assignments": Rule(_assignments, {"pair_f1": _assignments_of_any_role}, ("leader", "deadline")),
    "memberships": Rule(_memberships, fields=("post",)),
    "appointments": Rule(_appointments, fields=("date", "note")),
    "portfolios": Rule(_portfolios),
    "citations": Rule(_citations, fields=("relation",)),
    "agencies": Rule(_agencies, fields=("level",)),
    "projects": Rule(_projects, fields=("nature", "period", "investment", "owner")),
}


def right_value(name: str, wanted: object, printed: object) -> bool:
    """Is the printed value of a paired row's field the one that the key wants?"""
    if name in ("baseline_value", "investment"):
        return value_key(wanted) == value_key(printed)
    if name in ("deadline", "post", "period", "note"):
        return alike(wanted, printed, 0.8) > 0
    if name == "comparator":
        return wanted == (printed or "=")
    return text_key(wanted) == text_key(printed)


def _document_items(row: Row) -> Iterator[tuple[str, str]]:
    yield "title", text_key(row.get("title"))
    yield "date", str(row.get("date"))
    yield "kind", text_key(row.get("kind"))
    yield from (("issuer", text_key(issuer)) for issuer in row.get("issuers") or ())
    yield from (("attached", text_key(title)) for title in row.get("attached") or ())


def _plan_items(row: Row) -> Iterator[tuple[str, str]]:
    title = text_key(row.get("title"))
    yield "title", title
    for name in ("type", "period_start", "period_end"):
        if row.get(name) not in (None, ""):
            yield name, f"{title}|{text_key(row[name])}"


#: Tables whose values count one by one
ITEMS: dict[str, Callable[[Row], Iterator[tuple[str, str]]]] = {"documents": _document_items, "plans": _plan_items}
