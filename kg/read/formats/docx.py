"""Word files (DOCX, ISO/IEC 29500) → linear text.

Tables keep their merged cells, automatic numbers (一、 （一） 1.) are written out, tracked deletions are left out.
Footnotes and endnotes follow the paragraph or table that calls them.  Headers and footers lie in parts of their own
and are not read; Word files know no pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.read.errors import ReadError
from kg.read.formats import archive
from kg.read.formats.linear import GridCell, Linear, Writer, laid_out, plain
from kg.read.formats.numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: The text's part alone; a long report has 2 MB of it.
MAX_PART = 60_000_000
#: Deleted, moved away, or a second version of what stands beside it.
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr"}
#: What only wraps paragraphs: content controls, tracked insertions, custom XML.
_WRAPPERS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag", f"{_W}moveTo"}
_NO_CELLS: dict[int, list[Any]] = {}
_CALLS = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}


@dataclass(slots=True)
class _Parts:
    """What lies in other parts of a Word file than its text: lists, and notes; ``called`` are those not yet written."""

    numbering: Numbering
    notes: dict[tuple[str, str], Element]
    called: list[tuple[str, str]] = field(default_factory=list)


def read(data: bytes, name: str) -> Linear:
    """The linear text of a Word file.  ReadError if it is damaged, too large, or holds no text."""
    from docx import Document

    with archive.opened(io.BytesIO(data), name) as package:
        large = [info for info in package.infolist() if info.file_size > MAX_PART and info.filename.endswith(".xml")]
        if large:
            raise ReadError(f"{name}: its text is larger than {MAX_PART // 1_000_000} MB; split the Word file.")
    writer = Writer()
    try:
        document = Document(io.BytesIO(data))
        parts = _Parts(Numbering.of(document), _notes(document))
        for block in _blocks(document.element.body):
            _write(block, parts, writer)
            _write_notes(parts, writer)
    except RecursionError as error:
        raise ReadError(f"{name}: its tables are nested too deeply; save the Word file as text.") from error
    except Exception as error:
        # A broken package leads its readers into whatever error: KeyError, AttributeError, XMLSyntaxError …
        raise ReadError(f"{name}: the Word file is damaged or cut off; open it in Word and save it again.") from error
    linear = writer.linear()
    if not linear.text.strip():
        raise ReadError(
            f"{name}: the Word file holds no text (scanned pages?); recognise its text with an OCR program."
        )
    return linear


def _blocks(parent: Element) -> Iterator[Element]:
    """The paragraphs and tables in a body or cell, in order."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _notes(document: Any) -> dict[tuple[str, str], Element]:
    """The footnotes and endnotes of a document by kind and number; those that draw the line above them are none."""
    from docx.oxml import parse_xml

    found = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if relation.is_external or kind not in ("footnote", "endnote"):
            continue
        for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind}"):
            if note.get(f"{_W}type", "normal") == "normal":
                found[kind, note.get(f"{_W}id", "")] = note
    return found


def _write(block: Element, parts: _Parts, writer: Writer) -> None:
    if block.tag == f"{_W}tbl":
        _write_table(block, parts, writer)
    else:
        for line in _lines(block, parts):
            writer.paragraph(line)


def _write_notes(parts: _Parts, writer: Writer) -> None:
    """Write the notes that have been called since, each once; a note that calls another is no matter."""
    called, parts.called = parts.called, []
    for key in called:
        note = parts.notes.pop(key, None)
        for block in _blocks(note) if note is not None else ():
            _write(block, parts, writer)


def _lines(paragraph: Element, parts: _Parts) -> Iterator[str]:
    """The lines of a paragraph, its automatic number before the first, the lines of its text boxes after the last."""
    boxes: list[Element] = []
    text = "".join(_text(paragraph, parts, boxes))
    number = parts.numbering.label(paragraph) if text.strip() else ""
    for line in (number + text).split("\n"):
        if line.strip():
            # A tab is a leader or an indent here, but a cell border in linear text
            yield line.replace("\t", " ").strip()
    for box in boxes:
        for block in _blocks(box):
            if block.tag == f"{_W}p":
                yield from _lines(block, parts)


def _text(element: Element, parts: _Parts, boxes: list[Element]) -> Iterator[str]:
    """The pieces of a paragraph's own text; text boxes in it, and notes that it calls, are put aside."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}tab":
            yield "\t"
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag in _CALLS:
            parts.called.append((_CALLS[tag], child.get(f"{_W}id", "")))
        elif tag not in _SKIPPED and isinstance(tag, str):
            yield from _text(child, parts, boxes)


def _write_table(table: Element, parts: _Parts, writer: Writer) -> None:
    """Write a table; one of a single column is a box around paragraphs (专栏)."""
    rows = [list(_children(row, "tc")) for row in _children(table, "tr")]
    if max(map(len, rows), default=0) > 1:
        writer.table(laid_out(_grid(table, rows, parts)))
        return
    for cell in (cell for row in rows for cell in row):
        for block in _blocks(cell):
            _write(block, parts, writer)


def _children(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _grid(table: Element, rows: list[list[Element]], parts: _Parts) -> list[list[GridCell]]:
    """The cells of a table; one that continues the cell above (vMerge) lengthens it."""
    made: list[list[list[Any]]] = []  # [text, rows, columns]
    open_cells: dict[int, list[Any]] = dict(_NO_CELLS)  # column → the cell that may go on below
    for row, element in zip(rows, _children(table, "tr"), strict=True):
        before = _number(element.find(f"{_W}trPr/{_W}gridBefore"), 0)
        cells: list[list[Any]] = [["", 1, before]] if before else []
        column = before
        for cell in row:
            span = max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            if goes_on and column in open_cells:
                open_cells[column][1] += 1
            else:
                made_cell = [_cell_text(cell, parts), 1, span]
                cells.append(made_cell)
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = made_cell
            column += span
        made.append(cells)
    return [[GridCell(text, down, across) for text, down, across in cells] for cells in made]


def _cell_text(cell: Element, parts: _Parts) -> str:
    """A cell's text on one line; a table inside it gives its words in order."""
    lines: list[str] = []
    for block in _blocks(cell):
        if block.tag == f"{_W}tbl":
            lines += [_cell_text(inner, parts) for row in _children(block, "tr") for inner in _children(row, "tc")]
        else:
            lines += _lines(block, parts)
    return plain(" ".join(lines))


def _number(element: Element | None, default: int) -> int:
    value = element.get(f"{_W}val") if element is not None else None
    return int(value) if value and value.isdecimal() else default
