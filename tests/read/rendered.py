"""A text gazette rendered as HTML, Word and PDF, as an office would print it: for tests that read it back."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

Rows = list[list[str]]


def blocks(text: str) -> Iterator[str | Rows]:
    """The paragraphs and tables of a text: rows are lines with tabs."""
    for is_row, lines in groupby(text.splitlines(), key=lambda line: "\t" in line or (None if not line else False)):
        if is_row:
            rows = [line.split("\t") for line in lines]
            width = max(map(len, rows))
            yield [row + [""] * (width - len(row)) for row in rows]
        elif is_row is not None:
            yield from lines


def as_html(text: str) -> bytes:
    """A page with the menu and foot of a site around the text."""
    parts = []
    for block in blocks(text):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in block)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>市政府门户网站</title><style>
        @page {{ size: A4; margin: 25mm }} body {{ font: 14px/1.8 "Noto Serif CJK SC", serif; margin: 0 }}
        p {{ text-indent: 2em; margin: 0; text-align: justify }} .menu, .foot {{ display: var(--shown) }}
        table {{ border-collapse: collapse; width: 100%; margin-bottom: 1em }}
        td {{ border: 1px solid black; padding: 3px; font-size: 12px }}
        tr {{ break-inside: avoid }}
        </style></head><body><div class="menu"><a href="/">首页</a><a href="/gb">政府公报</a></div>
        <div class="text">{"".join(parts)}</div><div class="foot"><a href="/map">网站地图</a></div>
        </body></html>""".encode()


def as_docx(text: str) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "政府公报 2031年第2期"
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(text: str, *, password: str = "") -> bytes:
    """A PDF with a running head and page numbers."""
    pytest.importorskip("reportlab")
    from reportlab.lib import pagesizes, styles
    from reportlab.pdfbase import cidfonts, pdfmetrics
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    common = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = styles.ParagraphStyle("body", fontSize=12, leading=20, firstLineIndent=24, **common)
    small = styles.ParagraphStyle("cell", fontSize=10, leading=14, **common)

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawString(72, 800, "栖澜市人民政府公报 2031年第2期")  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 36, f"— {document.page} —")  # type: ignore[attr-defined]

    story = []
    for block in blocks(text):
        if isinstance(block, str):
            story.append(Paragraph(html.escape(block), body))
        else:
            cells = [[Paragraph(html.escape(cell), small) for cell in row] for row in block]
            longest = [max(5, min(15, max(len(row[i]) for row in block))) for i in range(len(block[0]))]
            widths = [440 * length / sum(longest) for length in longest]
            story.append(Table(cells, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")], spaceAfter=12))
    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=pagesizes.A4, encrypt=password or None)
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()


def as_browser_pdf(text: str, folder: Path) -> bytes:
    """What Chromium prints of the page, with its own running head and foot."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_bytes(re.sub(rb"var\(--shown\)", b"none", as_html(text)))
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    subprocess.run([*command, f"--print-to-pdf={pdf}", page.as_uri()], capture_output=True, check=True, timeout=120)
    return pdf.read_bytes()
