"""Targets in running text: which of the quantities of a paragraph are promises, of what and for which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extract import periods, quantities
from kg.extract.periods import Period
from kg.extract.quantities import Quantity
from kg.extract.targets import grammar, judgement, names, words
from kg.extract.targets.judgement import Verdict
from kg.extract.targets.phrases import HIDDEN, Clause, clauses, hide
from kg.extract.targets.reading import Reading, Wording
from kg.extract.targets.setting import Setting

#: Anything that could be a quantity: most paragraphs have none and are passed over.
_NUMBERS = re.compile(r"\d|百分之|翻[一两二]?番|[两二三四五六七八九十][个家所座条处项名]")
# What a clause without numbers says of its subject, which later clauses leave out: “…持续提升，达到40%”.
_SAID = re.compile(
    r"(?:总体|显著|明显|持续|不断|进一步|稳步|逐步|大幅|全面|基本|更加|力争|保持|稳定|得到|达到?|提高|提升|增强|完善|降低|下降"
    r"|扩大|增加|加快|推进|建成|实现|优化|壮大|突破|超过|位居|走在|接近).*$"
)
# A bracket that closes the paragraph may say until when: （市教育局负责，2023年底前完成）.
_CLOSING = re.compile(rf"{HIDDEN}+[。；]?\s*$")
# “上述两项指标分别达到…”: those that were named last.
_ABOVE = re.compile(r"^(?:上述|以上)(?:[两二三四五六七八九十\d]+项)?(?:主要)?指标")
# Names that say what of something is counted, and need it: “总数不少于60座”.
_BARE = re.compile(r"^(?:总(?:投资|数|量|规模|面积|里程|长度|数量)|规模|数量|占比|比例|比重|年均增速|增速)$")
# “每年新增企业20家，到2025年达到200家”: it is the stock that reaches a level.
_ADDED = re.compile(r"^(?:每年)?(?:累计)?(?:新增)?|(?:每年|年均)?(?:新增|新建|新建成|建成)?$")
# Numbers per thousand people have two digits before the point at most.
_FEW_DIGITS = 2
_WORDED = re.compile(r"[两二三四五六七八九十]{1,3}[个家所座处条名户项]")


@dataclass(frozen=True, slots=True)
class Promise:
    """A reading that is a promise, with what the words around it settle."""

    reading: Reading
    verdict: Verdict


@dataclass(slots=True)
class _Memory:
    """What the clauses before have said: their subjects, all names, the last reading, and whether it is a promise.

    ``silent`` are those without quantities since then: what they are about is read when a quantity follows.
    """

    subject: str = ""
    silent: list[tuple[Clause, list[Period]]] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    last: Reading | None = None
    promised: bool = False


def find(string: str, setting: Setting) -> Iterator[Promise]:
    """The promises of a paragraph, in order; ``setting`` says where the paragraph stands."""
    if setting.tense == "past" or not _NUMBERS.search(string):
        return
    hidden = hide(string)
    named = [period for period in periods.find(string, setting.written, setting.period) if _is_open(hidden, period)]
    numbers = [
        quantity
        for quantity in quantities.find(string, bare=True)
        if _counts(quantity)
        and hidden[quantity.first] != HIDDEN
        and not any(period.start <= quantity.first < period.end for period in named)
    ]
    if not numbers:
        return
    parts = list(clauses(hidden))
    closing = _CLOSING.search(hidden)
    due = last_year(string[closing.start() :], setting) if closing else None
    memory = _Memory()
    for index, clause in enumerate(parts):
        first = index == 0 or parts[index - 1].sentence != clause.sentence
        if first and not (index and string[parts[index - 1].end] in "；;"):
            memory = _Memory(names=memory.names)
        within = [period for period in named if clause.start <= period.start < clause.end]
        found = [quantity for quantity in numbers if clause.start <= quantity.start < clause.end]
        if not found:
            memory.silent.append((clause, within))
            continue
        told = (_subject(string, *each) for each in reversed(memory.silent))
        memory.subject, memory.silent = next(filter(None, told), memory.subject), []
        if not first and not within:
            within = _years_alone(string, parts[index - 1], named)
        readings = grammar.read(Wording(string, hidden, clause, found, within))
        passage = judgement.Passage(string, parts, index, named)
        for reading in _completed(readings, memory):
            verdict = judgement.judge(passage, reading, setting, memory.promised)
            memory.promised = verdict is not None
            if verdict:
                yield Promise(reading, replace(verdict, year=verdict.year or due))


def first_year(string: str, setting: Setting) -> int | None:
    """The first future year that a paragraph names as a term (到2025年)."""
    now = setting.written or 0
    named = periods.find(string, setting.written, setting.period)
    years = (period.last for period in named if period.role in ("by", "in", "span"))
    return next((year for year in years if year and year >= now), None)


def last_year(string: str, setting: Setting) -> int | None:
    """The last future year that a term names: “2023年12月底前” in a column of deadlines."""
    now = setting.written or 0
    years = [period.last for period in periods.find(string, setting.written, setting.period) if period.role != "since"]
    return next((year for year in reversed(years) if year and year >= now), None)


def _counts(quantity: Quantity) -> bool:
    """Whether a quantity in Chinese numerals counts something (三家), is no way of speaking (一批, 千人)."""
    if quantity.value[0].isdigit() or quantity.kind in ("fold", "share"):
        return True
    return bool(_WORDED.fullmatch(f"{quantity.value}{quantity.unit}"))


def _is_open(hidden: str, period: Period) -> bool:
    """Whether a period does not stand in brackets or a title; its own quotation marks are no brackets."""
    return hidden[period.end - 1] != HIDDEN or hidden[max(0, period.start - 1)] != HIDDEN


def _years_alone(string: str, clause: Clause, named: list[Period]) -> list[Period]:
    """The periods of a clause that has nothing else: “2023年、2024年，产值分别达到…”."""
    within = [period for period in named if clause.start <= period.start < clause.end]
    rest = string[clause.start : clause.end]
    for period in reversed(within):
        rest = rest[: period.start - clause.start] + rest[max(0, period.end - clause.start) :]
    return within if not rest.strip(" 年底末前、和及") else []


def _completed(readings: list[Reading], memory: _Memory) -> Iterator[Reading]:
    """The readings of a clause, with what they leave out and earlier clauses have said."""
    before, memory.subjects = memory.subjects, []
    told = list(memory.names)
    for index, reading in enumerate(readings):
        if memory.last and _is_alike(reading.quantity, memory.last.quantity):
            reading = replace(reading, name=names.with_denominator(reading.name, memory.last.name))
        if names.is_place(reading.name) and memory.subject:
            verb = reading.verb if reading.verb in ("make", "have") else "make"
            reading = replace(reading, name=names.without_place(memory.subject), scope=reading.name, verb=verb)
        elif reading.verb == "verbless" and index == 0 and memory.last and _is_part(reading, memory.last):
            reading = replace(reading, name=reading.name + memory.last.name)
        elif above := _ABOVE.match(reading.name):
            if len(told) < len(readings):
                continue
            reading = replace(reading, name=told[index - len(readings)] + reading.name[above.end() :])
        elif _BARE.match(reading.name) and memory.subject:
            reading = replace(reading, name=_ADDED.sub("", memory.subject) + reading.name)
        elif reading.name.startswith("占") and memory.subject:
            reading = replace(reading, name=memory.subject + reading.name)
        elif reading.verb in ("reach", "be", "change") and reading.subject in ("", "年均", "每年"):
            subject = _own_subject(index, len(readings), before, memory.subject)
            subject = _ADDED.sub("", subject) if reading.verb == "reach" else subject
            reading = replace(reading, name=subject + reading.name)
        elif reading.name in words.verb_kinds():
            if not told or not told[-1].startswith(reading.name):
                continue
            reading = replace(reading, name=told[-1])  # “2023年发展甲房600套。2024年发展700套”
        else:
            memory.subject = reading.subject if reading.verb in ("reach", "be", "change", "verbless") else reading.name
            memory.subjects.append(memory.subject)
        memory.names.append(reading.name)
        memory.last = reading
        yield reading


def _own_subject(index: int, count: int, before: list[str], subject: str) -> str:
    """The subject that one of ``count`` values is said of: “甲、乙实现倍增，分别超过90家和870家” has as many."""
    if count == 1:
        return subject
    several = before if len(before) == count else names.split(subject, count)
    return several[index] if several else subject


def _is_alike(one: Quantity, other: Quantity) -> bool:
    """Whether a quantity may count per head as the one before it does: so few of the same unit."""
    whole = one.value.partition(".")[0]
    return one.unit == other.unit and one.kind in ("count", "person") and whole.isdigit() and len(whole) <= _FEW_DIGITS


def _is_part(reading: Reading, whole: Reading) -> bool:
    """“新增供水能力30亿立方米，其中水源工程10亿立方米”: the same measure of a part that is no indicator by itself."""
    one, other = reading.quantity, whole.quantity
    measured = one.unit == other.unit and one.kind in ("area", "length", "mass", "volume", "energy", "money")
    return measured and reading.part and not words.head().search(reading.name)


def _subject(string: str, clause: Clause, within: list[Period]) -> str:
    """What a clause without quantities is about: later ones may leave it out."""
    text = string[clause.start : clause.end]
    for period in reversed(within):
        text = text[: period.start - clause.start] + text[max(0, period.end - clause.start) :]
    return names.clean(_SAID.sub("", text))
