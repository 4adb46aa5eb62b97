"""Rows of cells → tables: headers found, pages joined, merged cells filled in, shifted rows put back.

OCR and word processors leave tables as lines of tab-separated cells in which a merged cell is empty below its first
row, or has vanished altogether, so that the cells after it stand too far left.  What a cell says tells where it
belongs: an agency in an agency column, a year in a year column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median

from kg.read.lines import Line, unrepeated
from kg.read.model import Cell, Row, Section, Table
from kg.read.text import Text

_EMPTY = Cell(Text("", ()))
_SERIAL = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}|（[一二三四五六七八九十\d]{1,3}）")
_MARKER = re.compile(
    r"(?P<han>[一二三四五六七八九十]{1,3}、)|(?P<bracket>[（(][一二三四五六七八九十]{1,3}[）)])|(?P<arabic>\d{1,2}[.．、](?!\d))"
)
_CATEGORY = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.]?|[—\-]")
_NUMBER = re.compile(r"[≥≤><~±约]?\s*[\d,.，\s]+(?:[%‰]|(?:(?!年)[\u4e00-\u9fff]){0,4})?|[-—/－]+")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?(?:\s*[-—–~至]\s*(?:19|20)?\d{2,4}\s*年?)?\s*(?:底|前)?")
_DIGITS = re.compile(r"\d[\d,.]*")
#: A period is no number, though it has digits.
_YEAR_RANGE = re.compile(r"(?:19|20)\d{2}\s*年?\s*[-—–~至]\s*(?:19|20)\d{2}\s*年?")
_BODIES = re.compile(
    r"(?:局|委|厅|办|政府|部|部门|单位|公司|中心|支队|大队|管委会|分局|支行|分行|法院|检察院|联|会|署|院|海关|处|站|所|队|集团)"
    r"(?:[（(][^（）()]*[）)])?"
)
_BODY_SEPARATOR = re.compile(r"[、，,；;\s]+")
#: Header words that say what a column holds.
_AGENCY_HEADER = re.compile(r"(?:单位|部门|机构|主体|牵头|配合|协办|主办)(?!.*(?:数|率|名称及))")
_LEADER_HEADER = re.compile(r"^(?:责任|牵头|分管|包保|挂点|联系|挂钩|督办)?(?:市|县|区)?领导$")
_NAME = re.compile(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff·]){1,5}")
_PERSON_HEADER = re.compile(r"领导|责任人|负责人|联系人|姓名")
_TIME_HEADER = re.compile(r"时限|时间|年限|期限|进度")
_SERIAL_HEADER = re.compile(r"序\s*号|编\s*号")
_NOT_UNIT = re.compile(r"^(?:计量)?单位$|单位[（(]?[万亿]?元")
_HEADER_WORD = re.compile(
    r"序号|指标|单位|名称|内容|任务|项目|类别|类型|领域|属性|性质|备注|目标|年|姓名|职务|部门|措施|时限|区域|医院|地区|标准|学段|投资"
)
_NOTE = re.compile(r"^\s*(?:备?\s*注|说明)\s*\d*\s*[:：]")


def join_rows(
    groups: Sequence[Sequence[Line]], section: Section, caption: Text | None, unit: str | None
) -> list[Table]:
    """The tables that groups of row lines make; a group is what stands together without an empty line between.

    A group continues the table before if it repeats the header, or has as many columns and no header of its own.
    """
    tables: list[_Grid] = []
    for group in groups:
        rows = [_cells(line) for line in group]
        header = _header_rows(rows)
        last = tables[-1] if tables else None
        if last and last.header and header and _same_header(last.header, rows[:header]):
            last.rows += rows[len(last.header) if header >= len(last.header) else header :]
        elif last and not header and abs(last.width - _width(rows)) <= 1:
            last.rows += rows
        else:
            tables.append(_Grid(rows[:header], rows[header:]))
    made = [grid.table(section, caption if i == 0 else None, unit) for i, grid in enumerate(tables)]
    return [table for table in made if table.rows]


def _cells(line: Line) -> list[Cell]:
    return [Cell(unrepeated(cell).strip()) for cell in line.cells]


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """The number of columns that hold something."""
    return max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=0)


def _header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """How many of the first rows are the header: none, one or two."""
    if not rows:
        return 0
    first = [cell.string for cell in rows[0] if cell]
    if len(first) < 2 or any(len(label) > 24 or _is_number(label) for label in first):
        return 0
    named = any(_HEADER_WORD.search(label) for label in first)
    if len(rows) > 2 and _is_second_level(rows[0], rows[1]) and (named or _heads_numbers(rows[1:])):
        return 2
    return int(named or _heads_numbers(rows))


def _heads_numbers(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row names columns of numbers: no cell of it is a number, those below one of them mostly are."""
    for i, label in enumerate(rows[0]):
        below = [row[i].string for row in rows[1:] if i < len(row) and row[i]]
        if label and len(below) > 1 and sum(any(map(str.isdecimal, value)) for value in below) > 0.7 * len(below):
            return not label.string.isdecimal()
    return False


def _is_second_level(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    """The second row stands under the blanks that a spanning label leaves, and holds labels only."""
    filled = [i for i, cell in enumerate(second) if cell]
    if not filled or (second and second[0]) or any(_is_number(second[i].string) for i in filled):
        return False
    under_blank = [i for i in filled if i >= len(first) or not first[i]]
    below_label = [i for i, cell in enumerate(first) if cell and i < len(second) and not second[i]]
    return bool(under_blank) and bool(below_label) and max(len(second[i].string) for i in filled) <= 24


def _is_number(string: str) -> bool:
    return bool(_NUMBER.fullmatch(string)) and not _YEARS.fullmatch(string)


def _same_header(header: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]]) -> bool:
    """Headers repeated on a further page differ by a word at most (具体内容 / 具体工作内容)."""
    one, other = ("|".join(cell.string for cell in line[0] if cell) for line in (header, rows))
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.8


@dataclass(slots=True)
class _Grid:
    """A table in the making: its header rows and all its other rows, cells as printed."""

    header: list[list[Cell]]
    rows: list[list[Cell]]

    @property
    def width(self) -> int:
        return max(_width(self.header), _width(self.rows)) if not self.header else max(_width(self.header), 1)

    def table(self, section: Section, caption: Text | None, unit: str | None) -> Table:
        width = self.width
        labels = _labels(self.header, width)
        body, note = _without_note(self.rows)
        rows = list(_grouped(body, width))
        profile = _Profile.of(labels, rows, width)
        aligned = [_align(row, profile, width) for row in rows]
        return Table(
            header=labels,
            rows=tuple(_filled(aligned, profile)),
            section=section,
            caption=caption,
            note=note,
            unit=unit,
        )


def _without_note(rows: list[list[Cell]]) -> tuple[list[list[Cell]], Text | None]:
    if rows:
        filled = [cell for cell in rows[-1] if cell]
        if len(filled) == 1 and _NOTE.match(filled[0].text.string):
            return rows[:-1], filled[0].text
    return rows, None


def _labels(header: Sequence[Sequence[Cell]], width: int) -> tuple[str, ...]:
    """One label a column; a label above blanks spans them, the second level is added after “/”."""
    if not header:
        return ()
    spans, last = [], ""
    for i in range(width):
        cell = header[0][i] if i < len(header[0]) else _EMPTY
        below = len(header) > 1 and i < len(header[1]) and bool(header[1][i])
        last = cell.string if cell else last if below else ""
        spans.append(last)
    if len(header) == 1:
        return tuple(spans)
    lower = [header[1][i].string if i < len(header[1]) else "" for i in range(width)]
    return tuple("/".join(filter(None, pair)) for pair in zip(spans, lower, strict=True))


def _grouped(rows: Sequence[Sequence[Cell]], width: int) -> Iterator[Row]:
    """Rows padded to the table's width; a row with a label alone becomes the group of those below.

    A row numbered “一” among rows numbered 1, 2, 3 heads those below it too, but has cells of its own (subtotals).
    """
    group: Text | None = None
    numbered = any(cells and cells[0].string.isdecimal() for cells in rows)
    for cells in rows:
        filled = [i for i, cell in enumerate(cells) if cell]
        if not filled:
            continue
        if filled == [0] and width > 1 and len(cells[0].string) <= 40:
            group = cells[0].text
            continue
        if numbered and len(filled) > 1 and _CATEGORY.fullmatch(cells[0].string):
            group = cells[filled[1]].text
        padded = [*cells, *[_EMPTY] * (width - len(cells))]
        surplus = [cell for cell in padded[width:] if cell]
        yield Row(tuple(padded[:width]), group, reliable=not surplus)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What each column holds: a kind, the typical length of its text, and the labels that come again and again."""

    kinds: tuple[str, ...]
    lengths: tuple[float, ...]
    repeated: tuple[frozenset[str], ...]
    markers: tuple[str, ...]

    @classmethod
    def of(cls, labels: Sequence[str], rows: Sequence[Row], width: int) -> _Profile:
        columns = [[row.cells[i].string for row in rows if row.cells[i]] for i in range(width)]
        kinds = [_kind(labels[i] if labels else None, column) for i, column in enumerate(columns)]
        lengths = [median(map(len, column)) if column else 0.0 for column in columns]
        repeated = [frozenset(value for value in column if column.count(value) > 1) for column in columns]
        markers = [_usual_marker(column) for column in columns]
        return cls(tuple(kinds), tuple(lengths), tuple(repeated), tuple(markers))

    def misfit(self, column: int, string: str) -> float:
        """How badly a cell fits a column: 0 well, 1 a little, 3 not at all."""
        kind = self.kinds[column]
        match kind:
            case "agency":
                return 0.0 if _looks_like_bodies(string) else 2.0 if len(string) < 16 else 3.0
            case "number":
                if _YEAR_RANGE.fullmatch(string):
                    return 1.5
                return 0.0 if re.search(r"\d", string) and len(string) < 16 else 1.5
            case "year":
                return 0.0 if _YEARS.search(string) else 3.0
            case "serial":
                return 0.0 if _SERIAL.fullmatch(string) else 3.0
            case "name":
                return 0.0 if _NAME.fullmatch(string) else 3.0
            case "person" | "leader" | "time":
                return 0.0 if len(string) < 30 else 2.0
        if _YEARS.fullmatch(string) or _SERIAL.fullmatch(string):
            return 1.5
        if _DIGITS.fullmatch(string):
            return 1.0
        if "agency" in self.kinds and _looks_like_bodies(string) and string not in self.repeated[column]:
            return 1.0
        if "name" in self.kinds and _NAME.fullmatch(string) and string not in self.repeated[column]:
            return 0.5
        usual, own = self.markers[column], _marker_style(string)
        if usual and own and own != usual:
            return 1.5
        typical = self.lengths[column]
        return 1.0 if typical and not 0.2 <= len(string) / typical <= 5 else 0.0


def _marker_style(string: str) -> str:
    """The numbering style that a cell's text begins with; empty where it begins with none."""
    match = _MARKER.match(string)
    return match.lastgroup or "" if match else ""


def _usual_marker(column: Sequence[str]) -> str:
    """The numbering style of most of a column's cells."""
    styles = [_marker_style(value) for value in column]
    best = max(set(styles), key=styles.count, default="")
    return best if styles.count(best) * 2 > len(styles) else ""


def _kind(label: str | None, column: Sequence[str]) -> str:
    """What a column holds, by its label (None where the table has no header) and by what stands in it."""

    def share(test: re.Pattern[str]) -> float:
        return sum(bool(test.fullmatch(value)) for value in column) / len(column) if column else 0.0

    bodies = sum(map(_looks_like_bodies, column)) / len(column) if column else 0.0
    if label is None and bodies > 0.8:
        return "agency"
    label = label or ""
    if _SERIAL_HEADER.search(label) or (not label and share(_SERIAL) > 0.8):
        return "serial"
    if _AGENCY_HEADER.search(label) and not _NOT_UNIT.search(label) and (bodies >= 0.4 or not column):
        return "agency"
    if _LEADER_HEADER.search(label):
        return "leader"
    if _PERSON_HEADER.search(label):
        return "name" if label == "姓名" else "person"
    if share(_YEARS) > 0.6:
        return "year"
    if _TIME_HEADER.search(label):
        return "time"
    return "number" if share(_NUMBER) > 0.6 else "text"


def _looks_like_bodies(string: str) -> bool:
    """Whether most items of a list end as names of public bodies do."""
    items = [item for item in _BODY_SEPARATOR.split(string) if item]
    return bool(items) and sum(bool(_BODIES.search(item[-14:])) for item in items) * 2 > len(items)


def _align(row: Row, profile: _Profile, width: int) -> Row:
    """The row with its cells moved to the columns that they fit, if they fit clearly better there."""
    filled = [(i, cell) for i, cell in enumerate(row.cells) if cell]
    here = sum(profile.misfit(i, cell.string) for i, cell in filled)
    if here < 2 or len(filled) == width:
        return replace(row, reliable=row.reliable and here < 4)
    cost, places = _best_places([cell.string for _, cell in filled], [i for i, _ in filled], profile, width)
    if cost > here - 2:
        return replace(row, reliable=row.reliable and here < 3)
    cells = [_EMPTY] * width
    for place, (_, cell) in zip(places, filled, strict=True):
        cells[place] = cell
    return replace(row, cells=tuple(cells), realigned=True, reliable=row.reliable and cost < 3)


def _best_places(strings: Sequence[str], here: Sequence[int], profile: _Profile, width: int) -> tuple[float, list[int]]:
    """Columns for cells that keep their order, at the least misfit; a shift that differs from the last costs a bit."""
    best: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    for index, string in enumerate(strings):
        following: dict[int, tuple[float, list[int]]] = {}
        for last, (cost, places) in best.items():
            shift = places[-1] - here[index - 1] if places else 0
            for column in range(last + 1, width - (len(strings) - index - 1)):
                moved = 0.3 * (column - here[index] != shift)
                total = cost + profile.misfit(column, string) + moved
                if column not in following or total < following[column][0]:
                    following[column] = (total, [*places, column])
        best = following
    return min(best.values())


def _filled(rows: Sequence[Row], profile: _Profile) -> Iterator[Row]:
    """Merged cells filled from above: labels at the left, leaders, and who answers for a row that names nobody."""
    above: Row | None = None
    for row in rows:
        if above is not None and above.group is row.group:
            row = replace(row, cells=_with_merged(row.cells, above.cells, profile.kinds))
        above = row
        yield row


def _with_merged(cells: Sequence[Cell], above: Sequence[Cell], kinds: Sequence[str]) -> tuple[Cell, ...]:
    """A row's cells, the blanks that a merged cell left filled with the cell above."""
    filled = list(cells)
    bearing = [i for i, kind in enumerate(kinds) if kind == "agency"]
    nobody = bool(bearing) and not any(cells[i] for i in bearing)
    blank = True
    for i, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
        if kind == "serial" or cell:
            blank = blank and (kind == "serial" or not cell)
            continue
        # The first body column of a row that names others is merged too: every task has somebody who answers for it.
        merged = (
            (blank and kind == "text" and i < len(cells) - 1)
            or (kind == "agency" and (nobody or i == bearing[0]))
            or kind == "leader"
            or (kind in ("person", "time") and nobody)
        )
        if merged and above[i]:
            filled[i] = replace(above[i], inferred=True)
    return tuple(filled)
