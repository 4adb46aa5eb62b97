"""Plans: the plans, schemes and measures (规划、方案、办法…) that a document issues, with their type and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from kg import data
from kg.extract.context import Context
from kg.extract.periods import Years, plan_period
from kg.extract.references import bare_title
from kg.facts import Plan
from kg.read.model import Paragraph, PrintedDocument
from kg.read.text import Text

#: Share of right values: a plan named by its notice, and a document that is itself the plan.
CONFIDENCE = {"plans.issued": 0.98, "plans.document": 0.9}
#: A plan states its period near its beginning: how many of its paragraphs are looked through.
_BEGINNING = 40
_UNSTATED: Years = (None, None)
# “规划期限” as a heading of its own, the years below it
_PERIOD_HEADING = re.compile(r"(?:期限|年限|规划期)\Z")


def find(document: PrintedDocument, context: Context) -> Iterator[Plan]:
    """The plans of a document: what its notice issues (印发), else the document itself where its title is a plan's.

    Lists that a document makes public (名录, 名单) are no plans.  ``context`` is not needed.  The evidence is the title
    where the notice names it, then the paragraph that states the period.
    """
    titles = [attached.title for attached in document.attached]
    rule = "plans.issued"
    # “X市人民政府令” publishes a measure without a notice around it; 关于…的意见 is the document, not a plan with it.
    if not titles and "关于" not in document.title.string:
        titles, rule = [document.title], "plans.document"
    for title in titles:
        name = title.squeezed().string
        kind = plan_type(name)
        if kind is None:
            continue
        (first, last), stated = _period(document, name)
        yield Plan(
            doc=document.number,
            evidence=document.cite(title, *([stated] if stated else [])),
            rule=rule,
            confidence=CONFIDENCE[rule],
            title=name,
            type=kind,
            period_start=first,
            period_end=last,
        )


def plan_type(title: str) -> str | None:
    """The type of a plan by the last words of its title, remarks such as （试行） aside; None where it is no plan's.

    >>> plan_type("山阳市养老服务三年行动计划（2023—2025年）")
    '行动计划'
    """
    match = _endings().search(bare_title(title))
    return _types()[match.group()] if match else None


@cache
def _types() -> dict[str, str]:
    return {row["ending"]: row["type"] for row in data.rows("plan_types.tsv")}


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(_types(), key=len, reverse=True))})\Z")


def _period(document: PrintedDocument, title: str) -> tuple[Years, Text | None]:
    """The period of a plan and the paragraph that states it, if its title does not."""
    period = plan_period(title)
    if period != _UNSTATED:
        return period, None
    beginning = list(islice(_paragraphs(document, title), _BEGINNING))
    for paragraph in beginning:
        # An opening must be the first paragraph of all; what states a period outright may stand anywhere.
        stated = f"{_heading(paragraph)}{paragraph.body.string}"
        period = plan_period("", ["", stated])
        if period != _UNSTATED:
            return period, paragraph.text
    opening = next((paragraph.text for paragraph in beginning if len(paragraph.body) > 30), None)
    if opening is not None:
        period = plan_period("", [opening.string])
    return period, opening if period != _UNSTATED else None


def _paragraphs(document: PrintedDocument, title: str) -> Iterator[Paragraph]:
    """The paragraphs of a plan, annexes left out; those of the document where it is the plan."""
    own = title == document.title.squeezed().string
    for paragraph in document.paragraphs:
        plan = paragraph.section.within("plan")
        if paragraph.section.within("attachment") is None and (
            own or (plan is not None and plan.title.squeezed().string == title)
        ):
            yield paragraph


def _heading(paragraph: Paragraph) -> str:
    label = paragraph.section.title.string
    return f"{label}：" if _PERIOD_HEADING.search(label) else ""
