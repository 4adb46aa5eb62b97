"""PDF files with a text layer (ISO 32000) → linear text: paragraphs from printed lines, tables from ruling lines.

Run in a process of its own (:mod:`kg.read.formats.bounded`), for a PDF can take any time and memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.read.errors import ReadError
from kg.read.formats import footnotes
from kg.read.formats.columns import Region, regions
from kg.read.formats.flow import Flow, Waiting
from kg.read.formats.grid import Grid
from kg.read.formats.linear import Linear
from kg.read.formats.printed import Char, PrintedLine
from kg.read.formats.running import running_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: A gazette has about a hundred pages, a yearbook a thousand.
MAX_PAGES = 3_000
#: A page of small print has five thousand characters.
MAX_CHARACTERS = 100_000
#: Below this many characters a page is a picture with a stamp or a page number on it.
FEW_CHARACTERS = 10
_UNMAPPED = re.compile(r"\(cid:\d+\)")

_NEAR = tuple((i, j) for i in (0, -1, 1) for j in (0, -1, 1))


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: its regions in reading order, its tables, the lines of its footnotes."""

    height: float
    regions: tuple[Region, ...]
    grids: tuple[Grid, ...]
    notes: tuple[PrintedLine, ...]

    @property
    def lines(self) -> list[PrintedLine]:
        """The lines outside tables."""
        return [*(line for region in self.regions for line in region.lines), *self.notes]


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
    made = Flow(_margins([line for page in pages for line in _over_the_page(page)]))
    for number, page in enumerate(pages):
        for order, region in enumerate(page.regions):
            grids = [grid for grid in page.grids if region.holds(*grid.middle)]
            parts: list[PrintedLine | Grid] = [*(line for line in region.lines if id(line) not in running), *grids]
            for part in sorted(parts, key=lambda part: part.top):
                if isinstance(part, PrintedLine):
                    made.line(Waiting(part, number, order, *(region.margins or made.margins)))
                else:
                    made.grid(part, number)
        made.notes([line for line in page.notes if id(line) not in running], number)
    writer = made.finish(len(pages) - 1)
    linear = writer.linear([f"{name}: {_listed(blank)}: no text (scanned?), left out."] if blank else [])
    if len(_UNMAPPED.findall(linear.text)) * 20 > len(linear.text):
        raise ReadError(f"{name}: the PDF does not say which characters its fonts print; recognise its text with OCR.")
    return linear


def _over_the_page(page: PrintedPage) -> Iterator[PrintedLine]:
    """The lines that run over the whole page, without those at its head and foot."""
    for region in page.regions:
        if region.margins is None:
            yield from (line for line in region.lines if 0.1 < line.top / page.height < 0.9)


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page{'s' if len(pages) > 1 else ''} {shown}"


def _size(grid: Grid) -> int:
    return sum(len(cell.text) for row in grid.rows for cell in row)


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
    for table in page.find_tables() if page.rects or page.lines or page.curves else ():
        left, top, right, bottom = table.bbox
        inside = [char for char in chars if left <= char.middle[0] <= right and top <= char.middle[1] <= bottom]
        grid = Grid.of(table.bbox, table.cells, inside)
        if max(map(len, grid.rows), default=0) > 1:
            grids.append(grid)
            taken = set(map(id, inside))
            chars = [char for char in chars if id(char) not in taken]
        # What is framed in one column is a box of paragraphs (专栏), or the page's own frame
    width, height = float(page.width), float(page.height)
    chars, notes = footnotes.parted(chars, height)
    return PrintedPage(height, tuple(regions(chars, width, height)), tuple(grids), tuple(notes))


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
