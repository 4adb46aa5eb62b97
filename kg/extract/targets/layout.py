"""What the columns of an indicator table are, and which tables are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import data
from kg.extract.targets.names import is_place, without_unit
from kg.extract.targets.setting import Setting
from kg.read.model import Row, Table

_YEAR = re.compile(r"(?:19|20)\d{2}")
# Tables of scores, grants, fees and forms have numbers, but promise nothing; lists of projects and budgets only where
# they are called goals.
_NO_GOALS = re.compile(r"评分|得分|分值|扣分|计分|补助|补贴|奖励|奖补|收费|价格|费用|申报|申请|登记表|审批|名录")
_RARELY_GOALS = re.compile(r"项目|名单|规划表|分工|资金|统计|预算|流程|台账|清单")
# What a caption says beside the indicator: “附表2 2023年各县区…分解表”.
_BEFORE_INDICATOR = re.compile(
    r"^(?:附?[表件]\s*[\d\-—.]*|专栏\s*\d*|\s)*(?:20\d{2}(?:[—\-至]20\d{2})?年?度?)?(?:全?[省市县区])?"
    r"(?:各|分)?(?:[县市区州盟旗、（）()]+|地区|区域|园区)?"
)
_CAPTION_WORDS = re.compile(r"(?:目标|任务|计划|分解|分配|下达|情况)*表?$")
_GOALS = re.compile(r"指标|目标|任务(?:分解|表|计划)")
# What is built in a project is no promise of its own …
_PROJECTS = re.compile(r"项目名称|建设|投资|业主|业绩")
# … but what a government shares out of the things it will do for the people (民生实事) is.
_PUBLIC_TASKS = re.compile(r"实事")
# What a label says of its column's role, not of the indicator.
_ROLE_WORDS = re.compile(
    r"(?:(?:19|20)\d{2}\s*年?(?:底|末)?|^)(?:规划|计划|目标)|(?:19|20)\d{2}\s*年?(?:底|末)?|^(?:目前|现有)"
    r"|(?:指标|目标|规划|计划|任务|现状|基期|预期|要求|实际|完成|实现)+(?:要求|情况|值|数|量)?$"
)
_DONE = re.compile(r"完成情况|执行情况|实现情况|“?十[一二三]五”?.{0,8}(?:指标|目标|完成|实现)")


@dataclass(frozen=True, slots=True)
class Value:
    """A column of values: its index, the year it is for, the indicator or area it names itself, and its unit."""

    index: int
    year: int | None
    name: str | None
    unit: str | None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of an indicator table by their roles.

    ``name`` is the column of the indicators, or of the areas where the columns name the indicators (``by_area``).
    """

    name: int
    targets: tuple[Value, ...]
    baselines: tuple[Value, ...]
    growth: Value | None
    demand: int | None
    unit: int | None
    nature: int | None
    by_area: bool
    rows: Sequence[Row]
    width: int

    def over(self, rows: Sequence[Row]) -> Layout:
        """The same layout for the rows of a table that continues this one."""
        return replace(self, rows=rows)


@cache
def _roles() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["role"], re.compile(row["pattern"])) for row in data.rows("target_columns.tsv")]


@cache
def role_of(label: str) -> str:
    """The role of a column by its label, the bracket at its end aside."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", re.sub(r"\s", "", label)) or label
    for role, pattern in _roles():
        if pattern.search(bare) or pattern.search(label):
            return role
    return "other" if label else "none"


def read(table: Table, setting: Setting, before: Layout | None = None) -> Layout | None:
    """The layout of a table; None where it is no table of indicators with values wanted.

    ``before`` is the layout of the table that a headless one of the same width continues.
    """
    title = f"{table.caption.string if table.caption else ''} {table.section.title.string}"
    header, rows = table.header, table.rows
    if not any(header) and rows:
        first = [cell.string for cell in rows[0].cells]
        if sum(role_of(label) not in ("other", "none") for label in first) >= 2:
            header, rows = tuple(first), rows[1:]
        elif before is not None and table.width == before.width:
            return before.over(rows)
    titled = bool(_GOALS.search(title))
    if not titled and _RARELY_GOALS.search(title):
        return None
    if _NO_GOALS.search(title) or any(_NO_GOALS.search(label) for label in header) or setting.tense == "past":
        return None
    if _DONE.search(title) and not any("目标" in label and "20" in label for label in header):
        return None
    return _layout(header, rows, setting, table.caption.string if table.caption else "", titled)


def is_task_list(table: Table, setting: Setting) -> bool:
    """Whether the cells of a table that is none of indicators may promise all the same: a plan's list of tasks."""
    if setting.tense == "past" or setting.rules or not setting.planned:
        return False
    title = f"{table.caption.string if table.caption else ''} {table.section.title.string}"
    if any(_PROJECTS.search(label) for label in table.header) and not _PUBLIC_TASKS.search(f"{title} {setting.plan}"):
        return False
    return not _NO_GOALS.search(title) and not any(_NO_GOALS.search(label) for label in table.header)


def _layout(header: Sequence[str], rows: Sequence[Row], setting: Setting, caption: str, titled: bool) -> Layout | None:
    """The layout that the labels give; ``titled`` is true where the table is called one of goals."""
    roles = [role_of(label) for label in header]
    areas = [index for index, role in enumerate(roles) if role == "area"]
    named = [index for index, role in enumerate(roles) if role == "name"]
    # “目标” beside “指标” is what is wanted, alone it is what the table lists
    names = [index for index in named if "目标" not in header[index]] or named
    roles = ["target" if role == "name" and index not in names else role for index, role in enumerate(roles)]
    if areas and not names:
        return _by_area(header, roles, rows, setting, areas[0], caption if titled else "")
    if not names or not (titled or "标" in header[names[-1]]):
        return None
    stated = {index: _year(caption) for index, role in enumerate(roles) if role not in ("baseline", "growth")}
    values = [Value(index, _year(label) or stated.get(index), None, _unit(label)) for index, label in enumerate(header)]
    if across := [replace(value, area=header[value.index]) for value in values if is_place(header[value.index])]:
        return Layout(names[-1], tuple(across), (), None, None, _index(roles, "unit"), None, False, rows, len(header))
    split = _split_years(values, roles, setting)
    targets = [value for value in values if roles[value.index] == "target" and value.index not in split]
    baselines = [value for value in values if roles[value.index] == "baseline" or value.index in split]
    demand = next((index for index, role in enumerate(roles) if role == "demand"), None)
    growth = next((value for value in values if roles[value.index] == "growth"), None)
    if not targets and demand is None:
        return None
    name = names[-1] if header[names[-1]] not in ("内容", "任务") else names[0]
    return Layout(
        name,
        tuple(targets),
        tuple(baselines),
        growth,
        demand,
        _index(roles, "unit"),
        _index(roles, "nature"),
        False,
        rows,
        len(header),
    )


def _by_area(
    header: Sequence[str], roles: list[str], rows: Sequence[Row], setting: Setting, area: int, caption: str
) -> Layout | None:
    """Areas down, indicators across: each column names an indicator, one level of its label may name the year.

    Where the columns are years alone, the caption names the indicator (“分县区用水总量控制指标”).
    """
    values = []
    indicator = _CAPTION_WORDS.sub("", _BEFORE_INDICATOR.sub("", caption))
    for index, label in enumerate(header):
        if index == area or roles[index] in ("number", "unit", "nature", "none"):
            continue
        upper, _, lower = label.rpartition("/")
        bare, unit = without_unit(lower)
        values.append(Value(index, _year(label) or _year(caption), _bare(upper) + _bare(bare) or indicator, unit))
    past = {value.index for value in values if roles[value.index] == "baseline" or _is_past(value.year, setting)}
    wanted = [
        v for v in values if v.index not in past and (caption or re.search("目标|要求|规划|任务|计划", header[v.index]))
    ]
    if not wanted:
        return None
    baselines = tuple(value for value in values if value.index in past)
    return Layout(area, tuple(wanted), baselines, None, None, None, None, True, rows, len(header))


def _bare(label: str) -> str:
    """A level of a label without years and the words for a column's role: what it says of the indicator."""
    return _ROLE_WORDS.sub("", label)


def _split_years(values: list[Value], roles: list[str], setting: Setting) -> set[int]:
    """The columns labelled with nothing but a year that is over when the plan begins: baselines."""
    return {value.index for value in values if roles[value.index] == "target" and _is_past(value.year, setting)}


def _is_past(year: int | None, setting: Setting) -> bool:
    if year is None:
        return False
    first = setting.period[0]
    return year < first if first else bool(setting.written and year < setting.written)


def _index(roles: list[str], role: str) -> int | None:
    return roles.index(role) if role in roles else None


def _year(label: str) -> int | None:
    """The last year in a label."""
    years = _YEAR.findall(label)
    return int(years[-1]) if years else None


def _unit(label: str) -> str | None:
    return without_unit(label)[1]
