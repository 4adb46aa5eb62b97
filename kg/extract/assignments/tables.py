"""Responsibility tables: a row is a task, its columns name units, leaders and deadlines.

What a column holds is told by its header; what a cell says is the grammar of :mod:`roles`.  Where the name of a task is
merged over several rows, each with its own content and units, the contents are the tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg import data
from kg.extract.assignments import bearers, clauses, labels, leaders, roles
from kg.extract.assignments.rules import Rules
from kg.extract.assignments.sharing import Share, Sharing
from kg.extract.assignments.tasks import Task, made, without_marker
from kg.extract.bodies import is_body
from kg.facts import Assignment, Place
from kg.read.model import Cell, PrintedDocument, Row, Table
from kg.read.text import Text

#: How sure a row is: as printed, with cells filled in from merged ones, put back in place, or not in order.
_CONFIDENCE = {"printed": 0.96, "inferred": 0.85, "realigned": 0.75, "unreliable": 0.6, "duty": 0.9}
_ITEM = re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]|(?<![\d.])\d{1,2}[.．、](?!\d)")
_LINE_END = re.compile(r"\n")
_NOTHING = re.compile(r"[\s/／\-—－–_无]*")
_NO_ITEM = re.compile(r"[。！？%％\d]")
_LONGEST_NAME = 34


def column_kind(header: str) -> str | None:
    """What a column holds: a role, leader, person, deadline, shares, or a kind of assignment_headers.tsv."""
    kind = labels.header_kind(header)
    if kind not in (None, "other", "member"):
        return kind
    words = data.rows("assignment_headers.tsv")
    found = [
        (header.rindex(row["word"]) + len(row["word"]), len(row["word"]), row["kind"])
        for row in words
        if row["word"] in header
    ]
    return max(found)[2] if found else None


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table by what they hold."""

    shares: dict[int, str]
    deadlines: tuple[int, ...]
    tasks: tuple[int, ...]
    contents: tuple[int, ...]
    units: tuple[int, ...]
    duties: tuple[int, ...]
    scores: bool

    @classmethod
    def of(cls, table: Table) -> _Columns:
        kinds = dict(enumerate(map(column_kind, table.header)))

        def all_of(kind: str) -> tuple[int, ...]:
            return tuple(i for i, found in kinds.items() if found == kind)

        parts = {*labels.ROLES, "leader", "person", "shares"}
        units = tuple(i for i in all_of("unit") if _holds_bodies(table, i))
        return cls(
            {i: kind for i, kind in kinds.items() if kind in parts},
            all_of("deadline"),
            all_of("task"),
            all_of("content"),
            units,
            all_of("duty"),
            bool(all_of("score")),
        )

    @property
    def has_units(self) -> bool:
        """Whether bodies have a column: a table of leaders alone says who they are only beside a task."""
        return any(kind in labels.ROLES or kind == "shares" for kind in self.shares.values())


def _holds_bodies(table: Table, column: int) -> bool:
    cells = [row.cells[column].string for row in table.rows if row.cells[column]]
    firsts = [re.split(r"[、，,；;\s]", cell)[0] for cell in cells]
    return bool(firsts) and sum(map(is_body, firsts)) >= 0.6 * len(firsts)


def find(document: PrintedDocument, table: Table, place: Place, rules: Rules) -> Iterator[Assignment]:
    """The assignments of a table; none if it has no column for units or leaders, or if it scores."""
    columns = _Columns.of(table)
    if not columns.scores and columns.units and columns.duties and not columns.has_units:
        yield from _duty_rows(document, table, columns, place)
        return
    if columns.scores or not (columns.shares and (columns.has_units or columns.tasks or columns.contents)):
        return
    if table.note is not None and roles.read_sharing(table.note, place).first_leads:
        rules.first_leads = True
    names = _task_columns(table, columns)
    for row, name in zip(_filled(table.rows, columns), names, strict=True):
        for part in _parts(row, name, columns):
            yield from _row_facts(document, table, row, part, columns, place, rules)


def _duty_rows(document: PrintedDocument, table: Table, columns: _Columns, place: Place) -> Iterator[Assignment]:
    """A table of units and their duties: each clause of the duties is a task."""
    for row in table.rows:
        bodies = bearers.bearers(row.cells[columns.units[0]].text.squeezed(), place, groups=True)
        for duty in clauses.duties(row.cells[columns.duties[0]].text.squeezed(), loose=True):
            yield from made(
                document,
                Task(duty.text.string, table.section, duty.text, group=_group(row, columns, duty.text)),
                [Share(duty.role, body) for body in bodies],
                source="table",
                rule="table-duty",
                confidence=_CONFIDENCE["duty"],
            )


def _filled(rows: Sequence[Row], columns: _Columns) -> Iterator[Row]:
    """Rows with leaders, leading units and deadlines taken from above where their own cell is blank: merged cells are.

    A blank cell of cooperating units stays blank: a task may have none.
    """
    leading = [i for i, kind in columns.shares.items() if kind in ("lead", "responsible", "shares")][:1]
    leaders_of = [i for i, kind in columns.shares.items() if kind in ("leader", "person")]
    carried = [*leaders_of, *leading, *columns.deadlines]
    above: Row | None = None
    for row in rows:
        cells = list(row.cells)
        unit_blank = bool(leading) and not cells[leading[0]]
        for i in carried:
            follows = columns.shares.get(i) != "person" or unit_blank
            if above is not None and not cells[i] and above.cells[i] and follows and above.group is row.group:
                cells[i] = replace(above.cells[i], inferred=True)
        above = replace(row, cells=tuple(cells))
        yield above


def _task_columns(table: Table, columns: _Columns) -> list[int | None]:
    """The column that names the task, for each row.

    The task's own column, unless its cell is merged over several rows or empty, and a content column tells them apart.
    """
    task = columns.tasks[-1] if columns.tasks else None
    contents = [i for i in columns.contents if task is None or i > task] or list(columns.contents)
    content = contents[0] if contents else None
    if task is None and content is None:
        task = _widest(table, columns)
    found: list[int | None] = []
    for i, row in enumerate(table.rows):
        merged = task is not None and _is_merged(table.rows, i, task)
        if task and content is not None and row.realigned and not row.cells[content] and _own(row.cells[task - 1]):
            # Lost merged cells at the left: name and content stand one column too far left.
            found.append(task - 1)
        elif task is not None and row.cells[task] and not (merged and content is not None and row.cells[content]):
            found.append(task)
        else:
            found.append(content if content is not None and row.cells[content] else task)
    return found


def _own(cell: Cell) -> bool:
    return bool(cell) and not cell.inferred


def _is_merged(rows: Sequence[Row], index: int, column: int) -> bool:
    """Whether a cell stands for several rows: filled in from above or into the row below, or printed again there."""
    cell = rows[index].cells[column]
    near = [rows[i].cells[column] for i in (index - 1, index + 1) if 0 <= i < len(rows)]
    return (
        cell.inferred
        or any(other.inferred and other.string == cell.string for other in near[-1:])
        or any(cell.string == other.string for other in near)
    )


def _widest(table: Table, columns: _Columns) -> int | None:
    """The column with the longest texts, where no header tells which one names the task."""
    taken = {*columns.shares, *columns.deadlines}
    lengths = {
        i: sum(len(row.cells[i].string) for row in table.rows) for i in range(len(table.header)) if i not in taken
    }
    return max(lengths, key=lambda i: lengths[i], default=None) if lengths else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A task of a row: its name's text, and the cell texts of its shares by column."""

    name: Text
    shares: dict[int, Text]
    deadline: Text | None
    inferred: bool


def _parts(row: Row, name: int | None, columns: _Columns) -> Iterator[_Part]:
    """The tasks of a row: one, or as many as its cells have lines where they face each other line by line."""
    if name is None or not row.cells[name]:
        return
    cells = {i: row.cells[i] for i in columns.shares if row.cells[i] and not _NOTHING.fullmatch(row.cells[i].string)}
    deadline = next((row.cells[i] for i in columns.deadlines if row.cells[i]), None)
    inferred = any(cell.inferred for cell in cells.values())
    for column in dict.fromkeys([name, *columns.contents]):
        lines = _lines(row.cells[column])
        if len(lines) > 1 and _face_each_other(lines, list(cells.values())):
            for i, line in enumerate(lines):
                texts = {k: _line(cell, i, len(lines)) for k, cell in cells.items()}
                yield _Part(line, texts, _line(deadline, i, len(lines)) if deadline else None, inferred)
            return
    texts = {i: cell.text for i, cell in cells.items()}
    yield _Part(row.cells[name].text, texts, deadline.text if deadline else None, inferred)


def _lines(cell: Cell) -> list[Text]:
    """The lines of a cell; numbered items in one line are lines as well."""
    numbered = [match.start() for match in _ITEM.finditer(cell.text.string)]
    if len(numbered) > 1 and not cell.text.string[: numbered[0]].strip():
        ends = [*numbered[1:], len(cell.text)]
        items = [cell.text[start:end].strip() for start, end in zip(numbered, ends, strict=True)]
        return [without_marker(item) for item in items]
    return [line for line in cell.text.split(_LINE_END) if line.string.strip()]


def _line(cell: Cell, index: int, count: int) -> Text:
    lines = _lines(cell)
    return lines[index] if len(lines) == count else cell.text


def _face_each_other(lines: Sequence[Text], cells: Sequence[Cell]) -> bool:
    """Whether each line of the task's cell has its own line in a cell of units, and none is a broken sentence."""
    whole = all(len(line.string.strip()) > 3 and line.string.strip()[-1] not in "，、,；：" for line in lines)
    counts = [len(_lines(cell)) for cell in cells]
    return whole and len(lines) in counts and all(count in (1, len(lines)) for count in counts)


def _row_facts(
    document: PrintedDocument, table: Table, row: Row, part: _Part, columns: _Columns, place: Place, rules: Rules
) -> Iterator[Assignment]:
    sharing = Sharing()
    for i, text in part.shares.items():
        sharing = sharing.joined(_cell_sharing(text, columns.shares[i], place))
    sharing = rules.applied(roles.with_persons(sharing))
    deadline = part.deadline or sharing.deadline
    name = without_marker(part.name.squeezed())
    if not name or not sharing.shares:
        return
    state = "printed" if row.reliable else "unreliable"
    state = "realigned" if row.realigned else "inferred" if part.inferred and row.reliable else state
    yield from made(
        document,
        Task(name.string, table.section, name, _squeezed(deadline), _group(row, columns, name)),
        [share for share in sharing.shares if _is_item(share)],
        source="table",
        rule="table" if state == "printed" else f"table-{state}",
        confidence=_CONFIDENCE[state],
    )


def _cell_sharing(text: Text, kind: str, place: Place) -> Sharing:
    if kind in ("leader", "person"):
        part = "supervising" if kind == "leader" else kind
        return Sharing(tuple(Share(part, person.body, person.name) for person in leaders.people(text, place)))
    return roles.read_sharing(text, place, "responsible" if kind == "shares" else kind)


def _is_item(share: Share) -> bool:
    """Not what a shifted or merged row may have put into a column of units: sentences, numbers."""
    return share.body is None or (len(share.body.surface) <= _LONGEST_NAME and not _NO_ITEM.search(share.body.surface))


def _squeezed(text: Text | None) -> str | None:
    string = text.squeezed().string if text else ""
    return None if _NOTHING.fullmatch(string) else string


def _group(row: Row, columns: _Columns, name: Text) -> str | None:
    """The label that the task is sorted under: a row of its own above, or a cell to the left of the name."""
    if row.group is not None:
        return row.group.squeezed().string
    cells = [row.cells[i] for i in (*columns.tasks, *columns.contents)]
    before = [cell for cell in cells if cell and cell.text.span()[1] <= name.span()[0] and len(cell.string) <= 40]
    return before[0].string if before else None
