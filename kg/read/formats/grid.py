"""Tables of printed pages: the boxes of cells laid over the ruling lines, and rows that go on over a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.read.formats.linear import GridCell, laid_out
from kg.read.formats.printed import Char, PrintedLine, latin, printed_lines
from kg.read.model import Box

#: Between a cell's edge and its text, in character sizes; what is wider is the space beside centred text.
MOST_PADDING = 0.8
#: Ruling lines nearer than this are one line (points).
SAME_RULE = 3.0
#: What links to what follows: a line that ends with one was broken there (2031-2033).
_LINKS = ("-", "–", "—", "/", "~", "、", "（", "(")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: its box on the page, and its rows.

    ``ends`` says of each cell with text, by its box, how wide the beginning of its first line is that cannot be broken,
    and how much room there is behind its last: whether it goes on on the next page.
    """

    box: Box
    rows: list[list[GridCell]]
    ends: dict[Box, tuple[float, float]]

    @classmethod
    def of(cls, box: Box, cells: Sequence[Box], chars: Sequence[Char]) -> Grid:
        """The table of a box, the boxes of its cells, and the characters in it."""
        rows = _rows(cells, chars)
        filled = {cell.box for row in rows for cell in row if cell.text and cell.box}
        return cls(box, rows, {cell: _ends(cell, printed_lines(_inside(cell, chars))) for cell in filled})

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.box[1]

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle on the page."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    def taking_from(self, following: Grid) -> Grid:
        """The table on the next page without the rest of this one's last row, which is put behind it here.

        What goes on is a row with blanks, below a repeated header, each cell of which continues a full line.
        """
        if not self.rows or len(self.rows[0]) != len(following.rows[0]):
            return following
        first = 0
        while first < min(len(self.rows), len(following.rows)) and _words(self.rows[first]) == _words(
            following.rows[first]
        ):
            first += 1
        if first == len(following.rows) or all(_words(following.rows[first])):
            return following
        rest, last = following.rows[first], self.rows[-1]
        for before, more in zip(last, rest, strict=True):
            if more.text and not (before.box and more.box and self._has_no_room(before.box, following.ends[more.box])):
                return following
        self.rows[-1] = [replace(before, text=before.text + more.text) for before, more in zip(last, rest, strict=True)]
        return replace(following, rows=[*following.rows[:first], *following.rows[first + 1 :]])

    def _has_no_room(self, cell: Box, following: tuple[float, float]) -> bool:
        return cell in self.ends and self.ends[cell][1] < following[0]


def _words(row: Sequence[GridCell]) -> list[str]:
    return [cell.text for cell in row]


def _rows(cells: Sequence[Box], chars: Sequence[Char]) -> list[list[GridCell]]:
    """The boxes of cells laid over the table's ruling lines: a box that covers several rows or columns is merged."""
    across = _rules([x for left, _, right, _ in cells for x in (left, right)])
    down = _rules([y for _, top, _, bottom in cells for y in (top, bottom)])
    rows: list[list[tuple[float, GridCell]]] = [[] for _ in down[1:]]
    for left, top, right, bottom in cells:
        first, last = _nearest(down, top), _nearest(down, bottom)
        columns = _nearest(across, right) - _nearest(across, left)
        if last > first and columns > 0:
            box = (left, top, right, bottom)
            text = _cell_text(printed_lines(_inside(box, chars)), left, right)
            rows[first].append((left, GridCell(text, last - first, columns, box=box)))
    return laid_out([cell for _, cell in sorted(row, key=lambda item: item[0])] for row in rows)


def _rules(places: Sequence[float]) -> list[float]:
    """The places of ruling lines, those that are nearly one taken as one."""
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > SAME_RULE:
            made.append(place)
    return made


def _nearest(rules: Sequence[float], place: float) -> int:
    return min(range(len(rules)), key=lambda i: abs(rules[i] - place))


def _inside(box: Box, chars: Sequence[Char]) -> list[Char]:
    left, top, right, bottom = box
    return [char for char in chars if left <= char.middle[0] < right and top <= char.middle[1] < bottom]


def _cell_text(lines: Sequence[PrintedLine], left: float, right: float) -> str:
    """A cell's text.  A line is broken where the next word had no room; where it had, a new item begins: a space."""
    if not lines:
        return ""
    text = lines[0].text
    for before, line in pairwise(lines):
        wrapped = _room(before, lines, left, right) < line.first or text.endswith(_LINKS)
        text += (" " if not wrapped or latin(text[-1:]) or latin(line.text[:1]) else "") + line.text
    return text


def _room(line: PrintedLine, lines: Sequence[PrintedLine], left: float, right: float) -> float:
    """The room that a cell has behind one of its lines."""
    padding = min(line.left for line in lines) - left
    return right - left - (line.right - line.left) - 2 * min(padding, MOST_PADDING * line.size)


def _ends(box: Box, lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """How wide the unbreakable beginning of a cell's lines is, and how much room is behind the last."""
    return lines[0].first, _room(lines[-1], lines, box[0], box[2])
