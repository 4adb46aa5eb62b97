"""HTML tables inside a text, as OCR models and converters leave them: each <tr> is a table row, its spans laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.text import Text

#: A table without another one inside.
TABLE = re.compile(r"<table\b[^>]*>(?:(?!<table\b).)*?</table>", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=</tr>|<tr\b|</table>)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t([dh])\b([^>]*)>(.*?)(?=</t[dh]>|<t[dh]\b|$)", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
#: More rows or columns than any printed table has; a larger span is a mistake or an attack.
MOST = 100


def rows(table: Text) -> Iterator[list[Text]]:
    """The rows of an HTML table as cells of equal standing.

    A cell that spans rows is repeated below its first row, except below the header, whose levels are told by blanks as
    in tables without markup; a cell that spans columns is followed by blanks.
    """
    hanging: dict[int, tuple[int, Text]] = {}  # column → what reaches down into the next rows, and how many of them
    for order, row in enumerate(_ROW.finditer(table.string)):
        above, hanging = hanging, {}
        cells: list[Text] = []
        for cell in _CELL.finditer(table.string, row.start(1), row.end(1)):
            _hang(cells, above, hanging)
            spans = {kind.lower(): min(int(number), MOST) for kind, number in _SPAN.findall(cell.group(2))}
            text = table[cell.start(3) : cell.end(3)]
            down = spans.get("row", 1) - 1
            for further in range(max(1, spans.get("col", 1))):
                if down > 0:
                    header = order == 0 or cell.group(1) in "hH"
                    hanging[len(cells)] = (down, _BLANK if header or further else text)
                cells.append(_BLANK if further else text)
        _hang(cells, above, hanging)
        if cells:
            yield cells


def _hang(cells: list[Text], above: dict[int, tuple[int, Text]], hanging: dict[int, tuple[int, Text]]) -> None:
    """Add the cells that reach down from the row above into the next free columns."""
    while len(cells) in above:
        rows_left, text = above[len(cells)]
        if rows_left > 1:
            hanging[len(cells)] = (rows_left - 1, text)
        cells.append(text)


_BLANK = Text("", ())
