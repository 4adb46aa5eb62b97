"""A section: a titled list of rows, what every report is made of.

A row maps columns to text; the columns ``fact``, ``beforeFact`` … hold IRIs that ``kg explain`` opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg import data

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A list of rows with its name, its title in Chinese and English, and its columns in order.

    A column in which no row says anything is not shown, unless it is one of ``kept``.
    """

    name: str
    title: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kept: frozenset[str] = frozenset()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns to show: without empty ones, those with IRIs last."""
        told = [column for column in self.columns if column in self.kept or any(row.get(column) for row in self.rows)]
        columns = told or self.columns
        return tuple(sorted(columns, key=lambda column: heading(column).is_link))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading in Chinese and English, its width in Chinese characters, whether it holds IRIs or codes."""

    zh: str
    en: str
    width: int
    is_link: bool = False
    is_code: bool = False


_UNKNOWN_WIDTH = 12


def heading(column: str) -> Heading:
    """The heading of a column; its own name where the data file has none."""
    return _headings().get(column) or Heading(column, column, _UNKNOWN_WIDTH)


def coded(column: str, value: str | None) -> str | None:
    """A value as people read it in Chinese: 牵头 for the code ``lead``, where the column holds codes."""
    return _codes().get(value or "", value) if heading(column).is_code else value


@cache
def _codes() -> dict[str, str]:
    return {row["code"]: row["zh"] for row in data.rows("report_codes.tsv")}


@cache
def _headings() -> dict[str, Heading]:
    rows = data.rows("report_columns.tsv")
    return {
        row["name"]: Heading(row["zh"], row["en"], int(row["width"]), row["kind"] == "link", row["kind"] == "code")
        for row in rows
    }
