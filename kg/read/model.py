"""What reading gives: a gazette issue, its printed documents, their sections, paragraphs and tables.

All of it is plain and frozen; every :class:`~kg.read.text.Text` in it maps back to the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from operator import itemgetter

from kg.facts import Evidence
from kg.read.text import Text

#: Left, top, right, bottom on a page, in points from its upper left corner.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file.  ``path`` is relative to the path given to build; ``sha256`` is that of the bytes.

    ``encoding`` is the format where the file is no plain text.  ``pages`` are the offsets at which its pages begin, the
    first page being 1; ``boxes`` say where on their pages printed lines and cells stand: each by the offset at which it
    begins, in order.  ``problems`` say what of it could not be read.
    """

    path: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    pages: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence that the characters ``[start, end)`` of this source give."""
        page = bisect_right(self.pages, start)
        box = self._box(start, end, page) if self.boxes else None
        return Evidence(self.path, start, end, self.text[start:end], page or None, box)

    def _box(self, start: int, end: int, page: int) -> str | None:
        """Where the characters ``[start, end)`` stand, as far as they stand on this page."""
        if page < len(self.pages):
            end = min(end, max(self.pages[page], start + 1))
        first = max(0, bisect_right(self.boxes, start, key=itemgetter(0)) - 1)
        found = [box for _, box in takewhile(lambda each: each[0] < end, islice(self.boxes, first, None))]
        if not found:
            return None
        lefts, tops, rights, bottoms = zip(*found, strict=True)
        left, top = min(lefts), min(tops)
        return ",".join(f"{value:.0f}" for value in (left, top, max(rights) - left, max(bottoms) - top))


@dataclass(frozen=True, eq=False)
class Section:
    """A node of the outline: what one numbering marker, plan title, attachment or special box opens.

    ``style`` says by what: ``document``, ``plan``, ``attachment``, ``box`` (专栏), ``chapter`` (第X章), ``part``
    (第X节), ``article`` (第X条), ``一、``, ``（一）``, ``1.``, ``（1）``, ``①``, ``decimal`` (1.1), ``dash`` (——),
    ``name`` (“X同志”).
    ``marker`` is the marker as printed (“（二）”), ``title`` the heading after it, without its full stop.
    """

    style: str
    marker: str
    title: Text
    parent: Section | None = None

    @cached_property
    def label(self) -> str:
        """Marker and title as one string; a space keeps the number of a box from its title (专栏2 …)."""
        between = " " if self.title and self.marker[-1:].isdecimal() else ""
        return f"{self.marker}{between}{self.title.string}"

    @cached_property
    def ancestors(self) -> tuple[Section, ...]:
        """This section and those above it, the outermost first."""
        return (*self.parent.ancestors, self) if self.parent else (self,)

    @cached_property
    def path(self) -> str:
        """The labels of the numbered sections from the top, joined by “ > ”."""
        return " > ".join(node.label for node in self.ancestors if node.style not in ("document", "plan"))

    def within(self, style: str) -> Section | None:
        """The innermost section of this style that this one is or lies in."""
        node: Section | None = self
        while node is not None and node.style != style:
            node = node.parent
        return node


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph, joined over page and column breaks.

    ``text`` is how a reader would copy it: no white space beside Chinese characters.  ``lines`` are the source lines
    it was joined from, with their inner spaces (two-character names are spaced: “何 健”).
    ``opens`` is true where the paragraph begins with the marker of its section; ``body`` is then what follows the
    heading (empty where the paragraph is a heading only).
    """

    text: Text
    lines: tuple[Text, ...]
    section: Section
    opens: bool = False
    heading: bool = False

    @property
    def body(self) -> Text:
        """The text after marker and heading; the whole text of a paragraph without a marker."""
        if not self.opens:
            return self.text
        title = self.section.title
        if not title:
            return self.text[len(self.section.marker) :]
        end = title.offsets[-1]
        index = next((i for i, offset in enumerate(self.text.offsets) if offset > end), len(self.text))
        rest = self.text[index:]
        return rest[len(rest) - len(rest.string.lstrip("。:： \u3000")) :]


@dataclass(frozen=True)
class Cell:
    """A table cell: its text with inner spaces and line breaks, and whether it was filled in from a merged cell."""

    text: Text
    inferred: bool = False

    @cached_property
    def string(self) -> str:
        """The text as a reader would copy it."""
        return self.text.squeezed().string

    def __bool__(self) -> bool:
        return bool(self.text.string.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, as many cells as the table has columns.

    ``group`` is the label of the category row above (“一、森林网络”); ``realigned`` is true where the cells had been
    moved by lost merged cells and were put back by what they say; ``reliable`` false where that could not be settled.
    """

    cells: tuple[Cell, ...]
    group: Text | None = None
    realigned: bool = False
    reliable: bool = True

    @property
    def span(self) -> tuple[int, int]:
        """The range of the source from the first to the last cell that was printed in this row."""
        texts = [cell.text for cell in self.cells if cell.text and not cell.inferred]
        return min(text.span()[0] for text in texts), max(text.span()[1] for text in texts)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A grid of cells, continued pages joined.

    ``header`` has one label a column, the levels of a two-level header joined by “/”; it is empty where the table has
    none.  ``caption`` is the title line above, ``note`` the “注：…” line below, ``unit`` what “单位：万元” says for all
    cells.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    section: Section
    caption: Text | None = None
    note: Text | None = None
    unit: str | None = None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.header) or max((len(row.cells) for row in self.rows), default=0)

    def column(self, *words: str) -> int | None:
        """The first column whose label contains one of the words."""
        for index, label in enumerate(self.header):
            if any(word in label for word in words):
                return index
        return None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents list: title, document numbers (normalised) and page."""

    title: str
    numbers: tuple[str, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A plan, measure or list that a document issues (印发、公布): its title as the notice writes it, without 《》."""

    title: Text
    issued: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class PrintedDocument:
    """One document (公文) as printed: its head, and its body as blocks in reading order.

    ``number`` is the normalised document number, or the title where there is none; ``number_text`` where it stands.
    ``date`` is ISO 8601.  ``addressees`` (主送机关) and ``issuers`` (发文机关) are as printed.
    """

    source: Source
    number: str
    title: Text
    blocks: tuple[Block, ...]
    root: Section
    number_text: Text | None = None
    issuers: tuple[Text, ...] = ()
    addressees: tuple[Text, ...] = ()
    date: str | None = None
    date_text: Text | None = None
    kind: str | None = None
    attached: tuple[Attached, ...] = ()
    gazette: str | None = None
    in_contents: bool = False
    printed_in_full: bool = True

    def cite(self, *texts: Text) -> tuple[Evidence, ...]:
        """The evidence that these pieces of the document's text give, in the order given."""
        return tuple(self.source.evidence(*text.span()) for text in texts if text)

    @property
    def span(self) -> tuple[int, int]:
        """The range of the source from the title to the end of the last block."""
        texts = [self.title, *(line for paragraph in self.paragraphs for line in paragraph.lines)]
        # Not row.span: a row of an empty form has no printed cell
        rows = (row for table in self.tables for row in table.rows)
        texts += [cell.text for row in rows for cell in row.cells if not cell.inferred]
        spans = [text.span() for text in texts if text]
        return min(start for start, _ in spans), max(end for _, end in spans)

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def plan_of(self, section: Section) -> str | None:
        """The title of the plan that a section belongs to: the plan it stands under, else the only one issued."""
        plan = section.within("plan")
        if plan is not None:
            return plan.title.string
        issued = [attached for attached in self.attached if attached.issued]
        return issued[0].title.squeezed().string if issued else None


@dataclass(frozen=True, slots=True)
class Issue:
    """A file as read: a gazette issue (公报期) with its documents, or a single document without a gazette around it."""

    source: Source
    documents: tuple[PrintedDocument, ...]
    year: int | None = None
    number: int | None = None
    running_number: int | None = None
    date: str | None = None
    title: str | None = None
    contents: tuple[ContentsEntry, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def gazette(self) -> str | None:
        """``year-issue``, or None for a single document."""
        return f"{self.year}-{self.number}" if self.year and self.number else None
