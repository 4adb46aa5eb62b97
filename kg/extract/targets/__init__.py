"""Targets (目标): quantified commitments for the future, in indicator tables and in running text.

A target is an indicator, a value with unit and comparison, and the year it is promised for, stated or inherited from
the plan's period.  What has been achieved, money granted or charged, limits of rules and procedures are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.context import Context
from kg.extract.targets import layout, names, sentences, tables
from kg.extract.targets.layout import Layout
from kg.extract.targets.sentences import Promise
from kg.extract.targets.setting import Setting, Settings
from kg.extract.targets.tables import Wanted
from kg.facts import Target
from kg.read.model import Paragraph, PrintedDocument
from kg.read.text import Text

__all__ = ["find"]

#: Share of right values, by rule of the tables, and of promises in running text by how much speaks for them.
CONFIDENCE = {"targets.table": 0.97, "targets.words": 0.85, "targets.demand": 0.9, "targets.task": 0.7}
BY_WEIGHT = (0.0, 0.0, 0.8, 0.86, 0.92, 0.95)
#: How much of its confidence a value keeps whose row had lost cells and was put back by what they say.
REALIGNED = 0.8
# Tables of indicators say again what the text says: both are targets.  Lists of tasks repeat the text's own sentences.
_COLUMNS = ("targets.table", "targets.words")
_INDICATORS = (*_COLUMNS, "targets.demand")

_PUNCTUATION, _DASH, _ZEROS = re.compile(r"[\W_]"), re.compile(r"[—–~～至-]+"), re.compile(r"(\.\d*?)0+$")
_Key = tuple[str | int | None, ...]


def find(document: PrintedDocument, context: Context) -> Iterator[Target]:
    """The targets of a document, each once: word-for-word repeats are left out.

    ``context`` gives the plans that the document issues.  The evidence is the words from the indicator to its value.
    """
    settings = Settings(document, context)
    _learn_goal_years(document, settings)
    yield from _merged(_unrepeated(document, settings))


def _unrepeated(document: PrintedDocument, settings: Settings) -> Iterator[Target]:
    """The targets of all blocks without those that a box, a list of tasks or the same section says again."""
    seen: set[_Key] = set()
    for target, repeats in _all(document, settings):
        said = _said(target)
        # The same promise in another section is made for another task; boxes and lists of tasks repeat what was said.
        key = said if repeats else (target.plan, target.section, *said)
        if key not in seen:
            seen |= {said, (target.plan, target.section, *said)}
            yield target


def _merged(targets: Iterable[Target]) -> list[Target]:
    """What a table of indicators and the text promise in the same words is one target, with both places as evidence."""
    merged: dict[_Key, Target] = {}
    for order, target in enumerate(targets):
        in_table = target.rule.startswith(_COLUMNS)
        same = (target.plan, *_said(target)[:-1])
        other = merged.get(same)
        if other is None:
            merged[same] = target
        elif in_table != other.rule.startswith(_COLUMNS):
            row, text = (target, other) if in_table else (other, target)
            merged[same] = replace(row, evidence=(*row.evidence, *text.evidence))
        else:
            merged[(*same, order)] = target
    return list(merged.values())


def _said(target: Target) -> _Key:
    """What makes two targets of a plan the same: all that they say, punctuation aside."""
    name, value = _PUNCTUATION.sub("", target.indicator), _DASH.sub("-", target.value)
    value = _ZEROS.sub(r"\1", value).rstrip(".")
    told = (value, target.comparator, target.unit, target.target_year, target.scope)
    return (name, *told, target.rule.startswith(_INDICATORS))


def _all(document: PrintedDocument, settings: Settings) -> Iterator[tuple[Target, bool]]:
    """The targets of all blocks in reading order, and whether they stand where the text's own are repeated."""
    before: Layout | None = None
    for block in document.blocks:
        setting = settings.of(block.section)
        if isinstance(block, Paragraph):
            for promise in sentences.find(block.text.string, setting):
                target = _target(document, block.text, promise, setting, settings.year(setting))
                yield target, block.section.within("box") is not None
            continue
        read = layout.read(block, setting, before)
        before = read or before
        wanted: Iterable[Wanted] = ()
        if read:
            wanted = tables.find(block, read, setting)
        elif layout.is_task_list(block, setting):
            wanted = tables.find_tasks(block, setting)
        for each in wanted:
            yield _row_target(document, each, setting, settings.year(setting)), read is None


def _learn_goal_years(document: PrintedDocument, settings: Settings) -> None:
    """Note for each plan without a period the year that its section of goals names first."""
    for paragraph in document.paragraphs:
        setting = settings.of(paragraph.section)
        if setting.tense == "goal" and setting.plan not in settings.goal_years and not setting.year:
            year = sentences.first_year(paragraph.text.string, setting)
            if year:
                settings.goal_years[setting.plan] = year


def _target(document: PrintedDocument, text: Text, promise: Promise, setting: Setting, inherited: int | None) -> Target:
    """The target that a promise of a paragraph is."""
    reading, quantity, verdict = promise.reading, promise.reading.quantity, promise.verdict
    said = text[reading.start : reading.end].strip("，、 ")
    said = said[len(said) - len(names.unmarked(said.string)) :]
    year = text[verdict.said_at.start : verdict.said_at.end] if verdict.said_at else None
    return Target(
        doc=document.number,
        evidence=document.cite(said, *([year] if year else [])),
        rule=f"targets.{reading.verb}",
        confidence=BY_WEIGHT[min(verdict.weight, len(BY_WEIGHT) - 1)],
        indicator=reading.name,
        value=quantity.value,
        comparator=quantity.comparator,
        unit=quantity.unit,
        target_year=verdict.year or inherited,
        baseline_value=reading.baseline,
        baseline_year=verdict.baseline_year,
        source="text",
        plan=setting.plan,
        scope=reading.scope or setting.scope,
        section=setting.path,
    )


def _row_target(document: PrintedDocument, wanted: Wanted, setting: Setting, inherited: int | None) -> Target:
    """The target that a table's row and column want."""
    return Target(
        doc=document.number,
        evidence=document.cite(*wanted.cited),
        rule=f"{wanted.rule}.realigned" if wanted.realigned else wanted.rule,
        confidence=round(CONFIDENCE[wanted.rule] * (REALIGNED if wanted.realigned else 1), 2),
        indicator=wanted.name,
        value=wanted.value,
        comparator=wanted.comparator,
        unit=wanted.unit,
        target_year=wanted.year or inherited,
        baseline_value=wanted.baseline,
        baseline_year=wanted.baseline_year,
        nature=wanted.nature,
        source="table",
        plan=setting.plan,
        scope=wanted.scope,
        section=setting.path,
    )
