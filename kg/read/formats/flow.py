"""Printed lines → paragraphs, printed tables → tables, in the order in which pages are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.read.formats.grid import Grid
from kg.read.formats.linear import Writer
from kg.read.formats.printed import PrintedLine, joined


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that waits for the next one: its page, its region there, and the margins of that."""

    line: PrintedLine
    page: int
    region: int
    left: float
    right: float

    def goes_on(self, following: Waiting) -> bool:
        """Whether the next line belongs to the same paragraph."""
        same = (self.page, self.region) == (following.page, following.region)
        return self.line.goes_on(following.line, following.left, self.right, same_page=same)


@dataclass(slots=True)
class Flow:
    """Puts lines together into paragraphs, and tables that go on over a page into rows.

    ``margins`` are those of lines that run over the whole page.
    """

    margins: tuple[float, float]
    writer: Writer = field(default_factory=Writer)
    pending: list[Waiting] = field(default_factory=list)
    table: Grid | None = None

    def line(self, line: Waiting) -> None:
        """The next line."""
        self._end_table()
        if self.pending and not self.pending[-1].goes_on(line):
            self._end_paragraph()
        self.pending.append(line)

    def grid(self, grid: Grid, page: int) -> None:
        """The next table; a row that goes on from the page before is put together."""
        self._end_paragraph()
        if self.table:
            grid = self.table.taking_from(grid)
        self._end_table()
        self._turn(page)
        self.table = grid

    def notes(self, lines: Sequence[PrintedLine], page: int) -> None:
        """The footnotes of a page: before a paragraph that goes on on the next page, for it began on this one."""
        if not lines:
            return
        self._end_table()
        held = self.pending if self.pending and self.pending[0].page == page else []
        if not held:
            self._end_paragraph()
        self._turn(page)
        text, starts = joined(lines)
        self.writer.paragraph(text, boxes=[(start, line.box) for start, line in zip(starts, lines, strict=True)])

    def finish(self, page: int) -> Writer:
        """The text, after the last page."""
        self._end_paragraph()
        self._end_table()
        self._turn(page)
        return self.writer

    def _end_paragraph(self) -> None:
        if not self.pending:
            return
        self._turn(self.pending[0].page)
        text, starts = joined([each.line for each in self.pending])
        turns = []
        for before, after, start in zip(self.pending, self.pending[1:], starts[1:], strict=False):
            turns += [start] * (after.page - before.page)
        boxes = [(start, each.line.box) for start, each in zip(starts, self.pending, strict=True)]
        self.writer.paragraph(text, turns, boxes)
        self.pending.clear()

    def _end_table(self) -> None:
        if self.table:
            self.writer.table(self.table.rows)
        self.table = None

    def _turn(self, page: int) -> None:
        """Turn to a page; pages without text are turned over."""
        while len(self.writer.pages) <= page:
            self.writer.page()
