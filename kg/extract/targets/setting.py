"""Where a sentence stands: in which plan, under a heading of goals or of the past, and which year holds there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.extract import periods
from kg.extract.context import Context
from kg.extract.periods import Years
from kg.read.model import PrintedDocument, Section

# Rules (办法、规定 …) set standards; plans and opinions promise.
_RULES = re.compile(
    r"(?:办法|规定|细则|规程|条例|规则|制度|准则|标准|指南|预案|章程|名单|名录|流程|守则|目录|公约|程序|说明|解读)"
    r"(?:[（(][^（）()]*[）)])?$"
)
# What promises: plans, and opinions that are no plan by name.
_PLANS = re.compile(
    r"(?:规划|计划|方案|纲要|意见|措施|行动|要点|安排|战略|目标|任务|分解|分工|任务清单|责任书)表?(?:[（(][^（）()]*[）)])?(?:的通知)?$"
)
_TITLE_YEAR = re.compile(r"(20\d{2})\s*年(?:底|末)?(?:.{0,12}(?:目标|任务|工作|安排|计划|要求)|$)")
_AREA = re.compile(r"^[\u4e00-\u9fff]{1,7}(?:县|区|市|州|旗|镇|片区|园区|新区|开发区)[\u4e00-\u9fff]{0,24}$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the place of a paragraph or table in its document says of the numbers in it.

    ``tense`` is ``goal``, ``past`` or ``plain``; ``rules`` is true in measures and regulations, ``planned`` under a
    plan; ``year`` the year inherited from headings or the plan's period; ``written`` the year of the document.
    """

    plan: str | None
    period: Years
    written: int | None
    tense: str
    rules: bool
    planned: bool
    year: int | None
    scope: str | None
    path: str | None


@cache
def _headings() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["tense"], re.compile(row["pattern"])) for row in data.rows("target_sections.tsv")]


@cache
def tense_of(title: str) -> str:
    """The tense of a heading: ``goal``, ``past``, ``result``, ``rule``, ``task`` or ``plain``."""
    for tense, pattern in _headings():
        if pattern.search(title):
            return tense
    return "plain"


class Settings:
    """The settings of one document's sections, each worked out once."""

    def __init__(self, document: PrintedDocument, context: Context) -> None:
        self._document = document
        stated = {plan.title: (plan.period_start, plan.period_end) for plan in context.plans}
        self._periods: dict[str, Years] = {title: years for title, years in stated.items() if any(years)}
        self._written = int(document.date[:4]) if document.date else _year_of_number(document.number)
        self._known: dict[Section, Setting] = {}
        #: The year that the goals of a plan are set for, where the plan states no period.
        self.goal_years: dict[str | None, int] = {}

    def of(self, section: Section) -> Setting:
        """The setting of a section."""
        if section not in self._known:
            self._known[section] = self._make(section)
        return self._known[section]

    def year(self, setting: Setting) -> int | None:
        """The year that a goal without a year of its own inherits."""
        return setting.year or self.goal_years.get(setting.plan)

    def _make(self, section: Section) -> Setting:
        document = self._document
        plan = document.plan_of(section)
        title = plan or document.title.squeezed().string
        period = self._period(title)
        headings = [node.title.string for node in section.ancestors if node.style not in ("document", "plan")]
        stated = [match for heading in reversed(headings) if (match := _TITLE_YEAR.search(heading))]
        dash = section.style == "dash" and _AREA.match(section.title.string)
        return Setting(
            plan=plan,
            period=period,
            written=self._written,
            tense=tense_under(headings),
            rules=bool(_RULES.search(title))
            or "rule" in map(tense_of, headings)
            or document.kind in ("任免", "批复", "通报"),
            planned=bool(_PLANS.search(title) or period[1]),
            year=int(stated[0][1]) if stated else period[1],
            scope=section.title.string if dash else None,
            path=section.path or None,
        )

    def _period(self, title: str) -> Years:
        """The period of a plan: as the plans' extractor found it, else by the title alone."""
        if title not in self._periods:
            self._periods[title] = periods.plan_period(title)
        return self._periods[title]


def tense_under(headings: list[str]) -> str:
    """The tense that headings, the outermost first, give: a task under a past heading is past all the same.

    Results (“成效明显”) are past, but those that a section of goals speaks of are wanted.
    """
    tense = "plain"
    for said in map(tense_of, headings):
        if said == "past" or (said == "result" and tense != "goal"):
            return "past"
        tense = "goal" if said == "goal" else tense
    return tense


def _year_of_number(number: str) -> int | None:
    """The year in a document number: 〔2023〕."""
    match = re.search(r"〔((?:19|20)\d{2})〕", number)
    return int(match[1]) if match else None
