"""The linear text that readers of PDF, Word and HTML write: paragraphs and table rows as lines of plain text.

A paragraph is one line, a table row one line of tab-separated cells; an empty line stands between paragraphs and around
tables.  That is the form of the text gazettes, so all that comes after reading is the same for every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.read.model import Box

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
#: More columns than any printed table has; a larger span is a mistake or an attack.
MOST_COLUMNS = 200
#: More rows than any cell of a printed table spans.
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Linear:
    """A file's linear text, the offset at which each of its pages begins, and what could not be read of it.

    ``boxes`` say where printed lines and cells stand on their pages, each by the offset at which it begins.
    """

    text: str
    pages: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell as a document format describes it: its text, how many rows and columns it spans, where it stands."""

    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False
    box: Box | None = None


@dataclass(slots=True)
class Writer:
    """Puts a linear text together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)
    boxes: list[tuple[int, Box]] = field(default_factory=list)

    def page(self) -> None:
        """What follows stands on the next page."""
        self.pages.append(self.length)

    def paragraph(self, text: str, page_breaks: Iterable[int] = (), boxes: Iterable[tuple[int, Box]] = ()) -> None:
        """A paragraph of its own; ``page_breaks`` and ``boxes`` tell positions in it: new pages, printed lines."""
        self.pages += [self.length + position for position in page_breaks]
        self.boxes += [(self.length + position, box) for position, box in boxes]
        self._write(f"{text}\n\n")

    def table(self, rows: Iterable[Sequence[GridCell]]) -> None:
        """A table: each row a line, each cell without tabs and line breaks."""
        filled = [row for row in rows if any(plain(cell.text) for cell in row)]
        for row in filled:
            for order, cell in enumerate(row):
                text = plain(cell.text)
                if text and cell.box:
                    self.boxes.append((self.length, cell.box))
                self._write(text + ("\t" if order < len(row) - 1 else "\n"))
        if filled:
            self._write("\n")

    def linear(self, problems: Sequence[str] = ()) -> Linear:
        """What was written."""
        return Linear("".join(self.parts), tuple(self.pages), tuple(problems), tuple(self.boxes))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def plain(text: str) -> str:
    """A text as one line: white space and control characters become single spaces."""
    return _SPACE.sub(" ", text).strip()


def laid_out(rows: Iterable[Sequence[GridCell]]) -> list[list[GridCell]]:
    """The rows of a table, all with a cell for each column.

    A cell that spans rows is repeated below its first row, for the format knows that it is merged; below the header,
    and beside a cell that spans columns, stand blanks: that is how the levels of a header are told in text.
    """
    made: list[list[GridCell]] = []
    hanging: dict[int, tuple[int, GridCell]] = {}  # column → in how many rows more, and what stands there
    for order, row in enumerate(rows):
        above, hanging = hanging, {}
        cells: list[GridCell] = []
        for cell in row:
            _hang(cells, above, hanging)
            down = min(cell.rows, MOST_ROWS) - 1
            for further in range(max(1, min(cell.columns, MOST_COLUMNS - len(cells)))):
                here = _BLANK if further else cell
                if down > 0:
                    hanging[len(cells)] = (down, _BLANK if order == 0 or cell.header else here)
                cells.append(here)
        _hang(cells, above, hanging)
        # What hangs beyond a row that ends early hangs on
        hanging |= {i: (left - 1, cell) for i, (left, cell) in above.items() if i >= len(cells) and left > 1}
        made.append(cells[:MOST_COLUMNS])
    width = max(map(len, made), default=0)
    filled = (cells for cells in made if any(cell.text for cell in cells))
    return [[*cells, *[_BLANK] * (width - len(cells))] for cells in filled]


_BLANK = GridCell("")


def _hang(
    cells: list[GridCell], above: dict[int, tuple[int, GridCell]], hanging: dict[int, tuple[int, GridCell]]
) -> None:
    """Add the cells that reach down from the row above into the next free columns."""
    while len(cells) in above:
        rows_left, cell = above[len(cells)]
        if rows_left > 1:
            hanging[len(cells)] = (rows_left - 1, cell)
        cells.append(cell)
