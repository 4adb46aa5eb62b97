"""Small drawings in SVG: positions only, the templates write the shapes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.show.web.entries import Tenure

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: Width of the drawing of a change, in pixels.
WIDTH = 90
#: Width of the drawing of a stretch of time, in pixels.
SPAN = 120


def number(words: Any) -> float | None:
    """The first number of a printed value; None if there is none."""
    found = _NUMBER.search(str(words or "").replace(",", ""))
    return float(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Change:
    """A baseline and a target on a line from zero, in pixels."""

    begin: float
    end: float


def change(fields: Mapping[str, Any]) -> Change | None:
    """The way from the baseline of a target to its value; None where one of them is no number."""
    begin, end = number(fields["baseline_value"]), number(fields["value"])
    if begin is None or end is None or min(begin, end) < 0 or max(begin, end) == 0:
        return None
    scale = (WIDTH - 12) / max(begin, end)
    return Change(6 + begin * scale, 6 + end * scale)


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of time on one scale, in pixels, and the months that it reaches from and to; None: no day is known."""

    spans: tuple[Change | None, ...]
    first: str
    last: str


def spans(tenures: Sequence[Tenure]) -> Spans:
    """From the first to the last day that is told of each tenure; an end that is not told is left open."""
    days = [sorted(filter(None, (each.begin, each.end, each.first, each.last))) for each in tenures]
    told = sorted(day for found in days for day in found)
    if not told:
        return Spans(tuple(None for _ in tenures), "", "")
    first = date.fromisoformat(told[0])
    length = max((date.fromisoformat(told[-1]) - first).days, 1)

    def place(day: str) -> float:
        return round((SPAN - 4) * (date.fromisoformat(day) - first).days / length, 1)

    drawn = tuple(
        Change(place(found[0]) if each.begin or each.first else 0.0, place(found[-1])) if found else None
        for each, found in zip(tenures, days, strict=True)
    )
    return Spans(drawn, told[0][:7], told[-1][:7])


@dataclass(frozen=True, slots=True)
class Point:
    """A value in a year, in pixels, with the words to show beside it."""

    x: float
    y: float
    words: str
    is_baseline: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Values over years: points, and the years of the axis with their places."""

    points: tuple[Point, ...]
    years: tuple[tuple[int, float], ...]
    width: int
    height: int


def over_years(rows: Iterable[Mapping[str, Any]], width: int = 640, height: int = 180) -> Chart | None:
    """The targets of an indicator and their baselines as points over years; None if there are fewer than two.

    Only values in the most frequent unit stand on one scale.
    """
    rows = list(rows)
    units = Counter(row["unit"] for row in rows)
    values: dict[tuple[int, float, bool], str] = {}
    for row in (row for row in rows if row["unit"] == units.most_common(1)[0][0]):
        for value, year, is_baseline in (
            (row["baseline_value"], row["baseline_year"], True),
            (row["value"], row["target_year"], False),
        ):
            size = number(value)
            if size is not None and year:
                values[year, size, is_baseline] = str(value)
    if len(values) < 2:
        return None
    years = sorted({year for year, _, _ in values})
    sizes = [size for _, size, _ in values]
    low, high = min(0.0, *sizes), max(sizes)
    span, first, last = (high - low) or 1.0, years[0], max(years[-1], years[0] + 1)

    def x(year: int) -> float:
        return 40 + (width - 90) * (year - first) / (last - first)

    def y(size: float) -> float:
        return 24 + (height - 54) * (high - size) / span

    points: list[Point] = []
    for (year, size, base), words in sorted(values.items()):
        # Words that would cover those of the point below are left out
        free = not any(abs(point.y - y(size)) < 12 and point.x == x(year) and point.words for point in points)
        points.append(Point(x(year), y(size), words if free else "", base))
    return Chart(tuple(points), tuple((year, x(year)) for year in years), width, height)


def shares(values: Sequence[Any]) -> list[float] | None:
    """Numbers of a column as shares of the largest; None if not all are numbers or nothing is above zero."""
    found = []
    for value in values:
        try:
            found.append(float(value))
        except (TypeError, ValueError):
            return None
    most = max(found, default=0)
    return [max(each, 0) / most for each in found] if most > 0 else None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its words, its number, and its parts by name with their places and widths in pixels."""

    words: str
    total: int
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars one below the other, and the names of their parts."""

    bars: tuple[Bar, ...]
    series: tuple[str, ...]


def bars(numbers: Mapping[str, Mapping[str, int]], series: Sequence[str], width: int = 460) -> Bars | None:
    """Bars with their parts in the order of ``series``, on one scale; None if there is nothing above zero."""
    most = max((sum(parts.values()) for parts in numbers.values()), default=0)
    if most <= 0:
        return None
    drawn = []
    for words, parts in numbers.items():
        ends = [0.0]
        for name in series:
            ends.append(ends[-1] + width * parts.get(name, 0) / most)
        shown = [(name, ends[i], ends[i + 1] - ends[i]) for i, name in enumerate(series) if parts.get(name)]
        drawn.append(Bar(words, sum(parts.values()), tuple((name, round(x, 1), round(w, 1)) for name, x, w in shown)))
    used = tuple(name for name in series if any(parts.get(name) for parts in numbers.values()))
    return Bars(tuple(drawn), used)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart of targets: from a baseline to a value, in pixels; either may be missing."""

    words: str
    begin: float | None
    end: float
    baseline: str | None
    value: str
    is_conflict: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Targets one below the other on one scale, with the values at its ends."""

    rows: tuple[Row, ...]
    width: int
    zero: float


def side_by_side(rows: Sequence[tuple[str, Mapping[str, Any], bool]], width: int = 560, most: int = 40) -> Rows | None:
    """Targets of one unit with their baselines on one scale from zero; None if fewer than two are numbers.

    Args:
        rows: what each target is called, its fields, and whether it contradicts another.
    """
    units = Counter(fields["unit"] for _, fields, _ in rows if number(fields["value"]) is not None)
    chosen = [row for row in rows if units and row[1]["unit"] == units.most_common(1)[0][0]]
    drawn = [(row, number(row[1]["baseline_value"]), number(row[1]["value"])) for row in chosen]
    numbers = [size for _, begin, end in drawn if end is not None for size in (begin, end) if size is not None]
    low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    found = [(row, begin, end) for row, begin, end in drawn if end is not None][:most]
    if len(found) < 2 or high == low:
        return None

    def place(size: float) -> float:
        return round(8 + (width - 16) * (size - low) / (high - low), 1)

    return Rows(
        tuple(
            Row(
                words,
                None if begin is None else place(begin),
                place(end),
                fields["baseline_value"],
                str(fields["value"]),
                is_conflict,
            )
            for (words, fields, is_conflict), begin, end in found
        ),
        width,
        place(0.0),
    )
