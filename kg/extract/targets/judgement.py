"""Whether a reading is a promise: what has been done, money granted, conditions, standards and routines are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.periods import Period
from kg.extract.targets import words
from kg.extract.targets.phrases import Clause
from kg.extract.targets.reading import Reading
from kg.extract.targets.setting import Setting

_CONDITION = re.compile(r"的\s*$|^(?:对于?|凡|凡是|经|按照?|根据|依据|如|若|达到以上|符合)")
# Time as an indicator; how long a procedure may take is none.
_SPANS = re.compile(r"寿命|住院日|年限|学制|时长|周期|(?:反应|响应|到达|出行|通行|救援)时间")
_FORECAST = re.compile(r"(?:需求|缺口)(?:量|数)?(?:将|达|为|约)")
_HOPED = re.compile(r"力争|争取|确保")
#: Kinds of units of things that plans make, build and train.
_MADE = ("count", "person", "area", "length", "volume", "money", "energy", "mass")
#: The weight from which a reading is a promise.
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words around a reading settle: its year, stated or not, its baseline's year, and the weight of it all.

    ``said_at`` is the period that states the year.
    """

    year: int | None
    stated: bool
    baseline_year: int | None
    weight: int
    said_at: Period | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The clause at ``index`` of a paragraph's clauses, with the periods that the paragraph names."""

    string: str
    clauses: list[Clause]
    index: int
    named: list[Period]

    @property
    def clause(self) -> Clause:
        """The clause itself."""
        return self.clauses[self.index]

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.string[self.clause.start : self.clause.end]

    @property
    def opening(self) -> int:
        """Where the clause's sentence begins."""
        return next(clause.start for clause in self.clauses if clause.sentence == self.clause.sentence)

    @property
    def sentence(self) -> str:
        """The words of the clause's sentence."""
        last = next(clause.end for clause in reversed(self.clauses) if clause.sentence == self.clause.sentence)
        return self.string[self.opening : last]

    @property
    def earlier(self) -> str:
        """The words of the clause before, in the same sentence."""
        before = self.clauses[self.index - 1] if self.index else None
        return self.string[before.start : before.end] if before and before.sentence == self.clause.sentence else ""


def judge(passage: Passage, reading: Reading, setting: Setting, continues: bool) -> Verdict | None:
    """The verdict on a promise; None for anything else.

    ``continues`` is true where the reading before it in the sentence is a promise.
    """
    if len(reading.name) < 2 or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", reading.name):
        return None
    period, past = _period(passage, reading, setting)
    if past or words.any_of("past").search(passage.text):
        return None
    year = reading.year or (period.last if period else None)
    stated = year is not None
    if not stated and words.any_of("state").search(passage.sentence):
        return None
    base = _base_year(passage, reading)
    if continues and base and not reading.subject and reading.verb == "change":
        return None  # “达到12%，较2020年降低2个百分点”: the same promise once more
    if _is_refused(passage, reading, stated or setting.tense == "goal"):
        return None
    weight = _weight(passage, reading, setting, stated) + continues
    return Verdict(year, stated, base, weight, period) if weight >= ENOUGH else None


def _period(passage: Passage, reading: Reading, setting: Setting) -> tuple[Period | None, bool]:
    """The period that a reading is for, the last one named before it in the paragraph, and whether that is past."""
    if reading.year:
        return None, False
    now = setting.written or 0
    promised = setting.tense == "goal" or bool(words.any_of("plan").search(passage.text))
    for period in reversed([period for period in passage.named if period.start < reading.quantity.end]):
        based = reading.baseline and period.role in ("in", "since") and period.end < reading.quantity.start - 2
        if period.role in ("base", "within") or (based and period.start >= passage.clause.start):
            continue
        over = period.last is not None and period.last < now and not (promised and period.last >= now - 2)
        if period.role == "in" and period.start < passage.opening and _is_beyond(period, setting):
            continue  # “落实2030年…目标。森林覆盖率达到24%。” in a plan that ends in 2025
        if period.role == "since" or over:
            if period.start >= passage.opening:
                return None, True
            continue
        if period.last:
            return period, False
    return None, False


def _is_beyond(period: Period, setting: Setting) -> bool:
    """Whether a period lies behind the end of the plan."""
    end = setting.period[1]
    return bool(end and period.last and period.last > end)


def _base_year(passage: Passage, reading: Reading) -> int | None:
    """The year that a reading is compared with: 较2020年, 由2020年的…"""
    within = [p for p in passage.named if passage.clause.start <= p.start < reading.quantity.start]
    bases = [period.last for period in within if period.role == "base"]
    if reading.baseline and not bases:
        bases = [period.last for period in within if period.role in ("in", "since")]
    return bases[0] if bases else None


def _is_refused(passage: Passage, reading: Reading, wanted: bool) -> bool:
    """Whether the words around a quantity make it a grant, a condition, a standard, a routine or a forecast.

    ``wanted`` is true under a heading of goals or with a year: routines and standards are goals there.
    """
    text, quantity = passage.text, reading.quantity
    named = bool(words.head().search(reading.name))
    if passage.earlier.rstrip().endswith("的") and not wanted:
        return True  # “路面低于4米的，每公里建设3处错车道”: a standard for the case
    if _FORECAST.search(text) or (_CONDITION.search(text.strip()) and not (wanted and quantity.kind == "share")):
        return True
    if words.any_of("grant").search(text) and not (wanted and named):
        return True
    levelled = reading.verb in ("reach", "change") and (named or quantity.kind == "share")
    if words.any_of("price").search(text) and not (wanted or levelled):
        return True
    if quantity.kind == "money":
        priced = reading.verb not in ("reach", "be", "change", "make") and not named
        if priced or words.any_of("grant").search(passage.earlier):
            return True
    if quantity.kind == "time" and not _SPANS.search(reading.name) and not (wanted and quantity.compared):
        return True
    return not wanted and bool(words.any_of("rule").search(text) or words.any_of("routine").search(text))


def _weight(passage: Passage, reading: Reading, setting: Setting, stated: bool) -> int:
    """How much speaks for a promise."""
    kind = reading.quantity.kind
    named = bool(words.head().search(reading.name))
    weight = 2 * (setting.tense == "goal") + 2 * stated
    weight += -2 if setting.rules else int(setting.planned)
    weight += bool(words.any_of("aim").search(passage.text) or _HOPED.search(passage.sentence))
    if reading.verb == "reach":
        weight += kind == "share" or named or kind in _MADE
    elif reading.verb in ("change", "be"):
        weight += kind == "share" or named
    elif reading.verb == "make":
        weight += kind in _MADE
    else:
        weight += reading.verb in ("share", "have") or named
    if not reading.quantity.value[0].isdigit() and kind != "fold":
        weight -= 1  # “两个”, “三家”: as often a way of speaking
    return weight
