"""Targets in indicator tables: one for each indicator, year and named thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract import quantities
from kg.extract.quantities import Quantity
from kg.extract.targets import names, sentences, words
from kg.extract.targets.layout import Layout, Value
from kg.extract.targets.setting import Setting
from kg.read.model import Cell, Row, Table
from kg.read.text import Text

_EMPTY = re.compile(r"[-—–－/／\s*]*|无|\.+")
_SUBROW = re.compile(r"^[#＃]?(?:其中|#)\s*[:：]?\s*")
# What may stand around a value in its cell (力争达到…); a sentence with a number in it is no value.
_FEW_WORDS = 4
# A row of a part of the area above, which the next cell names.
_PART = re.compile(r"其\s*中[:：]?")
_NATURES = re.compile(r"约束性|预期性")
# The columns of a list of tasks whose sentences promise; 建设内容 says what a project will be.
_TASKS = re.compile(
    r"目标|^(?:工作|主要|重点|具体|年度|核心)*(?:任务|工作|事项|内容|举措|措施|要求)$|(?:工作|任务|具体|主要)(?:内容|举措|措施)$"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a row wants: ``cited`` are the pieces of text that say it, the value first."""

    name: str
    value: str
    comparator: str | None
    unit: str | None
    year: int | None
    baseline: str | None
    baseline_year: int | None
    nature: str | None
    scope: str | None
    cited: tuple[Text, ...]
    rule: str
    realigned: bool = False


def find(table: Table, layout: Layout, setting: Setting) -> Iterator[Wanted]:
    """What the rows of an indicator table want, in order."""
    above = ""
    for row in layout.rows:
        name = names.unmarked(row.cells[layout.name].string) if layout.name < len(row.cells) else ""
        if not name or quantities.is_unit(name):
            continue
        if layout.by_area:
            part = _cell(row, layout.name + 1) if _PART.fullmatch(name) else None
            area = f"{above}{part.string}" if part else name
            above = above if part else name
            wanted = _by_area(table, row, layout, area)
        else:
            if sub := _SUBROW.match(name):
                rest = name[sub.end() :]
                whole = len(rest) > 4 and words.head().search(names.without_unit(rest)[0])
                name = rest if whole else f"{above}其中{rest}"
            else:
                above = names.without_unit(name)[0]
            wanted = _row(table, row, layout, name, setting)
        yield from (replace(each, realigned=row.realigned) for each in wanted)


def find_tasks(table: Table, setting: Setting) -> Iterator[Wanted]:
    """What the sentences in a list of tasks want: those of its columns of goals, contents and measures."""
    columns = [(index, label) for index, label in enumerate(table.header) if _TASKS.search(label)]
    deadline = table.column("时限", "期限", "完成时间", "时间节点")
    for row in table.rows:
        due = sentences.last_year(row.cells[deadline].string, setting) if deadline is not None else None
        for index, label in columns:
            if index >= len(row.cells) or row.cells[index].inferred:
                continue
            tense = "goal" if "目标" in label else setting.tense
            for wanted in _promised(row.cells[index].text.squeezed(), replace(setting, tense=tense), "targets.task"):
                yield replace(wanted, year=wanted.year or due)


def _row(table: Table, row: Row, layout: Layout, printed: str, setting: Setting) -> Iterator[Wanted]:
    """What one row wants: a value for each year."""
    name, unit = names.without_unit(printed)
    unit = unit or _unit_cell(row, layout) or table.unit
    nature_cell = _cell(row, layout.nature)
    nature = _NATURES.search(nature_cell.string) if nature_cell else None
    columns = [value for value in layout.targets if not _is_empty(_cell(row, value.index))]
    if not columns and layout.growth and not _is_empty(_cell(row, layout.growth.index)):
        columns = [layout.growth]
    for column in columns:
        cell = row.cells[column.index]
        bases, base_year = _baseline(row, layout)
        found = list(_values(name, cell, column, unit, row.cells[layout.name]))
        # “93.95 94.69” beside two values are one baseline each; any other number of them cannot be told apart
        each = bases if len(bases) == len(found) else [" ".join(bases)] * len(found)
        for wanted, base in zip(found, each, strict=True):
            yield replace(
                wanted,
                baseline=base or None,
                baseline_year=base_year if base else None,
                nature=nature[0] if nature else None,
                scope=column.area,
            )
    if not columns and layout.demand is not None and not _is_empty(_cell(row, layout.demand)):
        yield from _demanded(name, row.cells[layout.demand], row.cells[layout.name], setting)


def _values(name: str, cell: Cell, column: Value, unit: str | None, named: Cell) -> Iterator[Wanted]:
    """The values of a cell: one, several for several named things, or words."""
    found = list(quantities.parse_all(cell.string, column.unit or unit))
    cited = _cited(cell, named)
    if not found:
        words_ = cell.string.strip("。；;")
        yield Wanted(
            name, words_, None, column.unit or unit, column.year, None, None, None, None, cited, "targets.words"
        )
        return
    several = names.split(name, len(found)) if len(found) > 1 else None
    units = names.parts(unit) if unit else []
    for index, (one, quantity) in enumerate(zip(several or [name], found, strict=False)):
        if len(units) == len(found) > 1 and quantity.unit == unit:
            quantity = replace(quantity, unit=units[index])
        yield _wanted(one, quantity, column.year, cited)


def _wanted(name: str, quantity: Quantity, year: int | None, cited: tuple[Text, ...]) -> Wanted:
    return Wanted(
        name, quantity.value, quantity.comparator, quantity.unit, year, None, None, None, None, cited, "targets.table"
    )


def _demanded(name: str, cell: Cell, named: Cell, setting: Setting) -> Iterator[Wanted]:
    """What a cell of requirements wants: the promises of its sentences, else its words."""
    promises = list(_promised(cell.text.squeezed(), replace(setting, tense="goal", rules=False), "targets.demand"))
    for promise in promises:
        said = promise.name
        whole = said if said in name or name in said else f"{name}：{said}"
        yield replace(promise, name=whole, cited=(*promise.cited, named.text))
    if not promises:
        said = cell.string.strip("。；;")
        yield Wanted(name, said, None, None, None, None, None, None, None, _cited(cell, named), "targets.words")


def _promised(text: Text, setting: Setting, rule: str) -> Iterator[Wanted]:
    """The promises of a cell's sentences."""
    for promise in sentences.find(text.string, setting):
        reading = promise.reading
        cited = (text[reading.start : reading.end].strip("，、 "),)
        yield replace(
            _wanted(reading.name, reading.quantity, promise.verdict.year, cited),
            scope=reading.scope,
            baseline=reading.baseline,
            baseline_year=promise.verdict.baseline_year,
            rule=rule,
        )


def _by_area(table: Table, row: Row, layout: Layout, area: str) -> Iterator[Wanted]:
    """What a row of an area wants: a value for each indicator across."""
    for column in layout.targets:
        cell = _cell(row, column.index)
        if cell is None or _is_empty(cell):
            continue
        quantity = quantities.parse(cell.string, column.unit or table.unit)
        if quantity is None or len(cell.string) - (quantity.end - quantity.start) > _FEW_WORDS:
            continue
        base = next((value for value in layout.baselines if value.name == column.name), None)
        before = quantities.parse(row.cells[base.index].string) if base else None
        yield replace(
            _wanted(column.name or "", quantity, column.year, _cited(cell, row.cells[layout.name])),
            scope=area,
            baseline=before.value if before else None,
            baseline_year=base.year if base and before else None,
        )


def _baseline(row: Row, layout: Layout) -> tuple[list[str], int | None]:
    """The values and the year of the last baseline column that is filled."""
    for column in reversed(layout.baselines):
        cell = _cell(row, column.index)
        if cell and not _is_empty(cell):
            found = [quantity.value for quantity in quantities.parse_all(cell.string)]
            return found or [cell.string], column.year
    return [], None


def _unit_cell(row: Row, layout: Layout) -> str | None:
    cell = _cell(row, layout.unit)
    return cell.string if cell and not _is_empty(cell) else None


def _cell(row: Row, index: int | None) -> Cell | None:
    return row.cells[index] if index is not None and index < len(row.cells) else None


def _is_empty(cell: Cell | None) -> bool:
    return cell is None or bool(_EMPTY.fullmatch(cell.string))


def _cited(cell: Cell, named: Cell) -> tuple[Text, ...]:
    """The evidence of a value: from name to value where they stand in one row, else the value, then the name."""
    if named.text and cell.text and not named.inferred and named.text.span()[1] <= cell.text.span()[0]:
        return (named.text + cell.text,)
    return cell.text, named.text
