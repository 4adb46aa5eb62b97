"""The same gazette as text, HTML, Word and PDF gives the same facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

import kg.data
from kg.extract import extract
from kg.facts import TABLES
from kg.read.issue import read_issue
from kg.read.source import from_bytes
from kg.resolve import resolve
from tests.read import rendered

SAMPLE = Path(kg.data.__file__).parent / "sample"
Rows = Counter[tuple[str, str, str]]


def rows(data: bytes, name: str) -> Rows:
    """The facts of a file without where they stand: kind, quote and values."""
    found: Rows = Counter()
    for document in read_issue(from_bytes(data, name)).documents:
        for fact in resolve(extract(document)):
            values = asdict(fact)
            quote = values.pop("evidence")[0]["quote"]
            found[type(fact).__name__, re.sub(r"\s", "", quote), repr(values)] += 1
    return found


@cache
def text_rows(gazette: str) -> Rows:
    return rows((SAMPLE / gazette).read_bytes(), gazette)


def assert_same(gazette: str, data: bytes, name: str) -> None:
    expected, found = text_rows(gazette), rows(data, name)
    assert sum(expected.values()) > 40
    assert found - expected == Counter()
    assert expected - found == Counter()


def test_the_gazettes_hold_facts_of_every_kind() -> None:
    kinds = {kind for gazette in ("2031-1.txt", "2031-2.txt", "single.txt") for kind, _, _ in text_rows(gazette)}
    assert kinds == {kind.__name__ for kind in TABLES.values()}


@pytest.mark.parametrize(
    ("gazette", "render", "name"),
    [
        ("2031-2.txt", rendered.as_html, "2.html"),
        ("2031-2.txt", rendered.as_docx, "2.docx"),
        ("2031-2.txt", rendered.as_pdf, "2.pdf"),
        ("2031-1.txt", rendered.as_html, "1.html"),
        ("2031-1.txt", rendered.as_docx, "1.docx"),
        ("single.txt", rendered.as_html, "single.html"),
        ("single.txt", rendered.as_docx, "single.docx"),
        # The suffix does not matter, the content does
        ("single.txt", rendered.as_docx, "single.pdf"),
    ],
)
def test_every_format_gives_the_facts_of_the_text(gazette: str, render: Callable[[str], bytes], name: str) -> None:
    assert_same(gazette, render((SAMPLE / gazette).read_text(encoding="utf-8")), name)


@pytest.mark.slow
@pytest.mark.parametrize("gazette", ["2031-1.txt", "2031-2.txt", "single.txt"])
def test_what_a_browser_prints_gives_the_facts_of_the_text(gazette: str, tmp_path: Path) -> None:
    data = rendered.as_browser_pdf((SAMPLE / gazette).read_text(encoding="utf-8"), tmp_path)
    assert_same(gazette, data, "printed.pdf")


def test_evidence_in_a_pdf_names_its_page() -> None:
    text = (SAMPLE / "2031-2.txt").read_text(encoding="utf-8")
    source = from_bytes(rendered.as_pdf(text), "2.pdf")
    evidence = [
        place
        for document in read_issue(source).documents
        for fact in resolve(extract(document))
        for place in fact.evidence
    ]
    pages = {place.page for place in evidence}
    assert None not in pages
    assert max(page for page in pages if page) == len(source.pages)
    assert all(source.text[place.start : place.end] == place.quote for place in evidence)
