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
from kg.graph.store import open_graph
from kg.read.model import Issue, Paragraph, PrintedDocument, Section
from kg.read.source import read_source
from kg.read.text import Text
from kg.show.tables import rows


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


FIRST = "澜政办〔2030〕5号 关于绿岸的通知\n市水利局：修复岸线\n市财政局：安排资金\n"
SECOND = "澜政办〔2030〕6号 关于粮食的通知\n市粮食局：收储粮食\n澜政办〔2030〕7号 关于道路的通知\n市交通局：修路\n"


def write_gazettes(folder: Path) -> Path:
    """Make a folder of two gazettes."""
    folder.mkdir()
    (folder / "1.txt").write_text(FIRST, encoding="utf-8")
    (folder / "2.txt").write_text(SECOND, encoding="utf-8")
    return folder


def tasks(graph: Path) -> list[tuple[str, str]]:
    """The file and the words of each task in a graph."""
    return [(row["file"], row["task"]) for row in rows(open_graph(graph), "assignments")]


def content(graph: Path) -> dict[str, bytes]:
    """All files of a graph but the manifest, which holds the clock."""
    # the index is made anew when it is asked for, by whatever asks
    paths = (
        path
        for path in graph.rglob("*")
        if path.is_file() and path.name not in ("manifest.json", "lock") and path.parent.name != "index"
    )
    return {path.relative_to(graph).as_posix(): path.read_bytes() for path in paths}
