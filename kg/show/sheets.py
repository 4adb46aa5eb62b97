"""Reports as workbooks (Office Open XML) that an office can file, filter and print: one sheet for each section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kg.show.sections import Row, Section, coded, heading

_HEAD_FILL, _HEAD_FONT = PatternFill("solid", fgColor="1F3864"), Font(bold=True, color="FFFFFF")
_LINE = Border(*[Side(style="thin", color="BFBFBF")] * 4)
_LINK_FONT = Font(color="0563C1", underline="single")
#: Excel refuses longer cells and sheet names, and some characters in names.
_LONGEST_CELL, _LONGEST_NAME = 32_767, 31
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_LINES, _LINE_HEIGHT = 27, 15


def write_workbook(sections: Sequence[Section], path: Path) -> None:
    """Write sections as sheets with Chinese headings, filters, a frozen header, wrapped cells, ready to print.

    IRIs stand in the last columns, which are not printed.
    """
    book = Workbook()
    sheets: list[Worksheet] = [book.active, *(book.create_sheet() for _ in sections[1:])]
    for section, sheet in zip(sections, sheets, strict=True):
        sheet.title = _NOT_IN_NAMES.sub("", section.title["zh"])[:_LONGEST_NAME]
        _fill(sheet, section)
        _set_up(sheet, section)
    book.save(path)


def _fill(sheet: Worksheet, section: Section) -> None:
    columns = section.shown
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(1, index, heading(column).zh)
        cell.fill, cell.font, cell.border = _HEAD_FILL, _HEAD_FONT, _LINE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        # Excel counts widths in digits; a Chinese character takes two
        sheet.column_dimensions[get_column_letter(index)].width = 1.9 * heading(column).width + 2
    for number, row in enumerate(section.rows, start=2):
        for index, column in enumerate(columns, start=1):
            _write(sheet.cell(number, index), column, coded(column, row.get(column)))
        sheet.row_dimensions[number].height = _LINE_HEIGHT * _lines(columns, row)
    sheet.row_dimensions[1].height = 2 * _LINE_HEIGHT


def _set_up(sheet: Worksheet, section: Section) -> None:
    """Header, filter and page."""
    columns, last = section.shown, len(section.rows) + 1
    printed = sum(not heading(column).is_link for column in columns) or len(columns)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.print_area = f"A1:{get_column_letter(printed)}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    sheet.oddHeader.center.text = section.title["zh"].replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"


def _write(cell: Cell, column: str, value: str | None) -> None:
    text = _CONTROL.sub("", value or "")[:_LONGEST_CELL]
    is_link = heading(column).is_link
    cell.border, cell.alignment = _LINE, Alignment(vertical="top", wrap_text=not is_link)
    if text.isascii() and text.isdigit():
        cell.value = int(text)
        return
    cell.value = text or None
    if text:
        # A text that begins with “=” is no formula
        cell.data_type = "s"
    if text.startswith(("https://", "http://")):
        cell.hyperlink, cell.font = text, _LINK_FONT


def _lines(columns: Iterable[str], row: Row) -> int:
    """How many lines the fullest cell of a row takes, within reason.

    No line begins with a comma, so that most are not quite full.
    """
    needed = [
        -(-_columns_of(row.get(column) or "") // (2 * heading(column).width - 1))
        for column in columns
        if not heading(column).is_link
    ]
    return max(1, min(_MOST_LINES, max(needed, default=1)))


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
