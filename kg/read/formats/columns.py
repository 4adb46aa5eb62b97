"""Pages printed in two columns: which characters stand beside each other, and in what order they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.read.formats.printed import Char, PrintedLine, printed_lines

#: The white strip between columns is at least so wide, in character sizes, and lies within this share of the text.
STRIP, MIDDLE = 0.9, (0.38, 0.62)
#: Columns have so many lines at least, fill this share of the text's width each, and their lines are so full (the
#: median): a list of names and posts is no text.
LINES, WIDE, FULL = 4, 0.4, 0.85
#: The distance of a line from the one above differs from that of other lines in a column by this share at most.
IRREGULAR = 0.15


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a page that is read from top to bottom: its lines, its edges, the margins of its lines.

    ``margins`` is None where the lines run over the whole page, and have the margins of all such lines.
    """

    lines: tuple[PrintedLine, ...]
    left: float
    top: float
    right: float
    bottom: float
    margins: tuple[float, float] | None = None

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the region."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def regions(chars: Sequence[Char], width: float, height: float, top: float = 0.0) -> list[Region]:
    """The regions of a page in reading order: between lines over the whole width, the left column, then the right."""
    printed = [char for char in chars if not char.text.isspace()]
    band = _band(printed) if len(printed) > 50 else None
    if band is None:
        return [Region(tuple(printed_lines(chars)), 0, top, width, height)]
    x, begin, end = band
    inside = [char for char in chars if begin <= char.middle[1] <= end]
    return [
        *regions([char for char in chars if char.middle[1] < begin], width, begin, top),
        _column([char for char in inside if char.middle[0] < x], 0, begin, x, end),
        _column([char for char in inside if char.middle[0] >= x], x, begin, width, end),
        *regions([char for char in chars if char.middle[1] > end], width, height, end),
    ]


def _column(chars: Sequence[Char], left: float, top: float, right: float, bottom: float) -> Region:
    lines = printed_lines(chars)
    return Region(tuple(lines), left, top, right, bottom, _edges(lines))


def _edges(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Where the lines of a column begin and end: a tenth of them may stand further out."""
    lefts, rights = sorted(line.left for line in lines), sorted((line.right for line in lines), reverse=True)
    return lefts[len(lefts) // 10], rights[len(rights) // 10]


def _band(chars: Sequence[Char]) -> tuple[float, float, float] | None:
    """The middle of the white strip between two columns, and where these begin and end; None if there are none."""
    size = sorted(char.size for char in chars)[len(chars) // 2]
    begin, end = min(char.left for char in chars), max(char.right for char in chars)
    ordered = sorted(chars, key=lambda char: char.middle[1])
    best: tuple[float, float, float] | None = None
    steps = int((MIDDLE[1] - MIDDLE[0]) * (end - begin) / 2)
    for step in range(steps + 1):
        x = begin + MIDDLE[0] * (end - begin) + 2 * step
        for top, bottom in _white(ordered, x - STRIP * size / 2, x + STRIP * size / 2):
            if best is None or bottom - top > best[2] - best[1] + size / 10:
                best = (x, top, bottom)
    if best is None:
        return None
    x, top, bottom = best
    inside = [char for char in chars if top <= char.middle[1] <= bottom]
    columns = [
        printed_lines([char for char in inside if char.middle[0] < x]),
        printed_lines([char for char in inside if char.middle[0] >= x]),
    ]
    if not all(_is_text(lines, WIDE * (end - begin)) for lines in columns):
        return None
    return x, top, _end(columns, bottom)


def _white(ordered: Sequence[Char], left: float, right: float) -> Iterator[tuple[float, float]]:
    """From where to where no character of a page stands in a vertical strip; characters are ordered from the top."""
    crossing = [char for char in ordered if char.left < right and char.right > left]
    first, last = ordered[0].top, ordered[-1].bottom
    edges = [(first - 1, first - 1), *((char.top, char.bottom) for char in crossing), (last + 1, last + 1)]
    for (_, above), (below, _) in pairwise(edges):
        if below > above:
            yield above, below


def _is_text(lines: Sequence[PrintedLine], width: float) -> bool:
    """Whether lines are running text of at least this width: most of them are full."""
    if len(lines) < LINES:
        return False
    left, right = _edges(lines)
    if right - left < width:
        return False
    shares = sorted((line.right - line.left) / max(1.0, right - left) for line in lines)
    return shares[len(shares) // 2] >= FULL


def _end(columns: Sequence[Sequence[PrintedLine]], bottom: float) -> float:
    """Where columns end: a line below the shorter one that does not keep the distance of the others is no part."""
    lowest = min(column[-1].bottom for column in columns)
    for column in columns:
        distances = sorted(below.top - above.top for above, below in pairwise(column))
        usual = distances[len(distances) // 2]
        for above, below in pairwise(column):
            if below.top > lowest and abs(below.top - above.top - usual) > IRREGULAR * usual:
                return (above.bottom + below.top) / 2
    return bottom
