"""PDF files with a text layer (ISO 32000) → linear text: paragraphs from printed lines, tables from ruling lines.

Run in a process of its own (:mod:`kg.read.formats.bounded`), for a PDF can take any time and memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.read.errors import ReadError
from kg.read.formats.linear import GridCell, Linear, Writer, laid_out
from kg.read.formats.printed import Char, PrintedLine, joined, latin, printed_lines
from kg.read.formats.running import running_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: A gazette has about a hundred pages, a yearbook a thousand.
MAX_PAGES = 3_000
#: A page of small print has five thousand characters.
MAX_CHARACTERS = 100_000
#: Below this many characters a page is a picture with a stamp or a page number on it.
FEW_CHARACTERS = 10
#: Between a cell's edge and its text, in character sizes; what is wider is the space beside centred text.
MOST_PADDING = 0.8
#: Ruling lines nearer than this are one line (points).
SAME_RULE = 3.0
_UNMAPPED = re.compile(r"\(cid:\d+\)")

#: What links to what follows: a line that ends with one was broken there (2031-2033).
_LINKS = ("-", "–", "—", "/", "~", "、", "（", "(")
_NEAR = tuple((i, j) for i in (0, -1, 1) for j in (0, -1, 1))

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: where it begins on the page, and its rows."""

    top: float
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: its lines outside tables, and its tables."""

    height: float
    lines: tuple[PrintedLine, ...]
    grids: tuple[Grid, ...]


def read(data: bytes, name: str) -> Linear:
    """The linear text of a PDF, with its pages.  ReadError if it is protected, damaged, scanned, or too large."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.psparser import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise ReadError(f"{name}: {len(pdf.pages)} pages (limit {MAX_PAGES}); split the PDF.")
            pages = []
            for page in pdf.pages:
                pages.append(_page(page, name))
                page.close()
    except ReadError:
        raise
    except RecursionError as error:
        raise ReadError(f"{name}: the PDF is nested too deeply; print it to a new PDF.") from error
    except Exception as error:
        # pdfminer raises whatever a broken file leads it into: KeyError, TypeError, struct.error …
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise ReadError(f"{name}: the PDF is protected by a password; save it without one.") from error
        what = "damaged or cut off" if isinstance(cause, PSException) else f"damaged ({type(cause).__name__})"
        raise ReadError(f"{name}: the PDF is {what}; get it again, or print it to a new PDF.") from error
    return _written(pages, name)


def _written(pages: Sequence[PrintedPage], name: str) -> Linear:
    running = running_lines([(page.height, page.lines) for page in pages])
    printed = [
        sum(len(line.text) for line in page.lines if id(line) not in running) + sum(map(_size, page.grids))
        for page in pages
    ]
    blank = [number for number, size in enumerate(printed, start=1) if size < FEW_CHARACTERS]
    if len(blank) == len(pages):
        raise ReadError(
            f"{name}: the PDF is scanned, its {len(pages)} pages hold pictures and no text; "
            "recognise its text with an OCR program first."
        )
    left, right = _margins([line for page in pages for line in page.lines if 0.1 < line.top / page.height < 0.9])
    writer = Writer()
    pending: list[tuple[int, PrintedLine]] = []
    for number, page in enumerate(pages):
        lines = [line for line in page.lines if id(line) not in running]
        parts: list[PrintedLine | Grid] = [*lines, *page.grids]
        for part in sorted(parts, key=lambda part: part.top):
            if isinstance(part, PrintedLine):
                if pending and not pending[-1][1].goes_on(part, left, right, same_page=pending[-1][0] == number):
                    _write(pending, writer)
                pending.append((number, part))
            else:
                _write(pending, writer)
                _turn(writer, number)
                writer.table(part.rows)
    _write(pending, writer)
    _turn(writer, len(pages) - 1)
    linear = writer.linear([f"{name}: {_listed(blank)}: no text (scanned?), left out."] if blank else [])
    if len(_UNMAPPED.findall(linear.text)) * 20 > len(linear.text):
        raise ReadError(f"{name}: the PDF does not say which characters its fonts print; recognise its text with OCR.")
    return linear


def _write(pending: list[tuple[int, PrintedLine]], writer: Writer) -> None:
    """Write the lines that wait to be joined into a paragraph, and forget them."""
    if not pending:
        return
    _turn(writer, pending[0][0])
    text, starts = joined([line for _, line in pending])
    turns = []
    for (before, _), (number, _), start in zip(pending, pending[1:], starts[1:], strict=False):
        turns += [start] * (number - before)
    writer.paragraph(text, turns)
    pending.clear()


def _turn(writer: Writer, number: int) -> None:
    """Turn to a page; pages without text are turned over."""
    while len(writer.pages) <= number:
        writer.page()


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page{'s' if len(pages) > 1 else ''} {shown}"


def _size(grid: Grid) -> int:
    return sum(len(cell) for row in grid.rows for cell in row)


def _margins(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """Where lines of running text begin and end: a tenth of the characters may stand beyond each."""
    lefts = sorted((line.left, len(line.text)) for line in lines)
    rights = sorted(((line.right, len(line.text)) for line in lines), reverse=True)
    return _beyond_outliers(lefts), _beyond_outliers(rights)


def _beyond_outliers(places: Sequence[tuple[float, int]]) -> float:
    """The first of some weighted places before which a tenth of the weight lies; 0 where there are none."""
    total, passed = sum(weight for _, weight in places), 0
    for place, weight in places:
        passed += weight
        if 10 * passed > total:
            return place
    return 0.0


def _page(page: Page, name: str) -> PrintedPage:
    if len(page.chars) > MAX_CHARACTERS:
        raise ReadError(f"{name}: page {page.page_number} holds {len(page.chars)} characters; this is no gazette.")
    chars = _undoubled([Char.of(char) for char in page.chars if char.get("upright", True)])
    grids: list[Grid] = []
    lines: list[PrintedLine] = []
    for table in page.find_tables() if page.rects or page.lines or page.curves else ():
        left, top, right, bottom = table.bbox
        inside = [char for char in chars if left <= char.middle[0] <= right and top <= char.middle[1] <= bottom]
        rows = _grid(table.cells, inside)
        if rows and max(map(len, rows)) > 1:
            grids.append(Grid(top, rows))
            taken = set(map(id, inside))
            chars = [char for char in chars if id(char) not in taken]
        # What is framed in one column is a box of paragraphs (专栏), or the page's own frame
    lines += printed_lines(chars)
    return PrintedPage(float(page.height), tuple(lines), tuple(grids))


def _undoubled(chars: Sequence[Char]) -> list[Char]:
    """The characters without the copies that print them bold: the same ones again, moved by a point at most."""
    places: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        x, y = round(char.left), round(char.top)
        if char.text.isspace() or not any((char.text, x + i, y + j) in places for i, j in _NEAR):
            kept.append(char)
            places.add((char.text, x, y))
    return kept


def _grid(cells: Sequence[Box], chars: Sequence[Char]) -> list[list[str]]:
    """The boxes of cells laid over the table's ruling lines: a box that covers several rows or columns is merged."""
    across = _rules([x for left, _, right, _ in cells for x in (left, right)])
    down = _rules([y for _, top, _, bottom in cells for y in (top, bottom)])
    rows: list[list[tuple[float, GridCell]]] = [[] for _ in down[1:]]
    for left, top, right, bottom in cells:
        first, last = _nearest(down, top), _nearest(down, bottom)
        columns = _nearest(across, right) - _nearest(across, left)
        if last > first and columns > 0:
            inside = [char for char in chars if left <= char.middle[0] < right and top <= char.middle[1] < bottom]
            text = _cell_text(inside, left, right)
            rows[first].append((left, GridCell(text, last - first, columns)))
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


def _cell_text(chars: Sequence[Char], left: float, right: float) -> str:
    """A cell's text.  A line is broken where the next word had no room; where it had, a new item begins: a space."""
    lines = printed_lines(chars)
    if not lines:
        return ""
    text = lines[0].text
    padding = min(line.left for line in lines) - left
    for before, line in pairwise(lines):
        room = right - left - (before.right - before.left) - 2 * min(padding, MOST_PADDING * before.size)
        wrapped = room < line.first or text.endswith(_LINKS)
        text += (" " if not wrapped or latin(text[-1:]) or latin(line.text[:1]) else "") + line.text
    return text
