"""Reading, extracting and resolving that take no time: a text in the form below gives documents and assignments.

::

    澜政办〔2030〕5号 关于绿岸的通知
    市水利局：修复岸线
    市财政局：安排资金

A line beginning with ``!`` makes extraction crash.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.facts import Assignment, Document, Fact
from kg.read.model import Issue, Paragraph, PrintedDocument, Section
from kg.read.source import read_source
from kg.read.text import Text


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the fakes in the place of the real rooms."""
    monkeypatch.setattr("kg.read.read_file", read_file)
    monkeypatch.setattr("kg.extract.extract", extract)
    monkeypatch.setattr("kg.resolve.resolve", list)


def read_file(path: Path, name: str | None = None, member: str = "") -> Issue:
    """The documents of a file in the form above; none if no line has a document number."""
    source = read_source(path, name, member)
    documents: list[tuple[Text, list[Paragraph]]] = []
    root = Section("document", "", Text.at("", 0))
    start = 0
    for line in source.text.splitlines(keepends=True):
        text = Text.at(line.strip("\n"), start)
        if "号 " in line:
            documents.append((text, []))
        elif documents and text:
            documents[-1][1].append(Paragraph(text, (text,), root))
        start += len(line)
    printed = (
        PrintedDocument(source, head.string.split()[0], head[head.string.index(" ") + 1 :], tuple(body), root)
        for head, body in documents
    )
    return Issue(source, tuple(printed), 2030, 1, 77, "2030-01-31", "澜州市人民政府公报")


def extract(document: PrintedDocument) -> list[Fact]:
    """A document fact, and an assignment for each line “机构：任务”."""
    facts: list[Fact] = [
        Document(
            doc=document.number,
            evidence=document.cite(document.title),
            rule="documents.fake",
            confidence=1.0,
            title=document.title.string,
        )
    ]
    for paragraph in document.paragraphs:
        if paragraph.text.string.startswith("!"):
            raise RuntimeError("a bug in an extractor")
        agency, _, task = paragraph.text.string.partition("：")
        facts.append(
            Assignment(
                doc=document.number,
                evidence=document.cite(paragraph.text[: len(agency)]),
                rule="assignments.fake",
                confidence=0.9,
                task=task,
                agency=agency,
                role="lead",
            )
        )
    return facts
