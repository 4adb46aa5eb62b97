"""The linear text that readers of PDF, Word and HTML write: paragraphs and table rows as lines of plain text.

A paragraph is one line, a table row one line of tab-separated cells; an empty line stands between paragraphs and around
tables.  That is the form of the text gazettes, so all that comes after reading is the same for every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
#: More columns than any printed table has; a larger span is a mistake or an attack.
MOST_COLUMNS = 200
#: More rows than any cell of a printed table spans.
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Linear:
    """A file's linear text, the offset at which each of its pages begins, and what could not be read of it."""

    text: str
    pages: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell as a document format describes it: its text, and how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(slots=True)
class Writer:
    """Puts a linear text together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[int] = field(default_factory=list)

    def page(self) -> None:
        """What follows stands on the next page."""
        self.pages.append(self.length)

    def paragraph(self, text: str, page_breaks: Iterable[int] = ()) -> None:
        """A paragraph of its own; ``page_breaks`` are the positions in it at which a new page begins."""
        self.pages += [self.length + position for position in page_breaks]
        self._write(f"{text}\n\n")

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """A table: each row a line, each cell without tabs and line breaks."""
        lines = ["\t".join(plain(cell) for cell in row) for row in rows]
        if any(line.strip() for line in lines):
            self._write("\n".join(lines) + "\n\n")

    def linear(self, problems: Sequence[str] = ()) -> Linear:
        """What was written."""
        return Linear("".join(self.parts), tuple(self.pages), tuple(problems))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def plain(text: str) -> str:
    """A text as one line: white space and control characters become single spaces."""
    return _SPACE.sub(" ", text).strip()


def laid_out(rows: Iterable[Sequence[GridCell]]) -> list[list[str]]:
    """The rows of a table, all with a cell for each column.

    A cell that spans rows is repeated below its first row, for the format knows that it is merged; below the header,
    and beside a cell that spans columns, stand blanks: that is how the levels of a header are told in text.
    """
    made: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column → in how many rows more, and what stands there
    for order, row in enumerate(rows):
        above, hanging = hanging, {}
        cells: list[str] = []
        for cell in row:
            _hang(cells, above, hanging)
            down = min(cell.rows, MOST_ROWS) - 1
            for further in range(max(1, min(cell.columns, MOST_COLUMNS - len(cells)))):
                text = "" if further else cell.text
                if down > 0:
                    hanging[len(cells)] = (down, "" if order == 0 or cell.header else text)
                cells.append(text)
        _hang(cells, above, hanging)
        # What hangs beyond a row that ends early hangs on
        hanging |= {i: (left - 1, text) for i, (left, text) in above.items() if i >= len(cells) and left > 1}
        made.append(cells[:MOST_COLUMNS])
    width = max(map(len, made), default=0)
    return [[*cells, *[""] * (width - len(cells))] for cells in made if any(cells)]


def _hang(cells: list[str], above: dict[int, tuple[int, str]], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down from the row above into the next free columns."""
    while len(cells) in above:
        rows_left, text = above[len(cells)]
        if rows_left > 1:
            hanging[len(cells)] = (rows_left - 1, text)
        cells.append(text)
