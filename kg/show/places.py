"""Where facts stand: the words that a fact rests on, from the first to the last, and their file, line and page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.show.sections import Row, Section

#: The words of a task run from its heading to its agencies; the middle of long ones is left out.
_LONGEST_QUOTE = 300
_BETWEEN_FIGURES, _SPACE = re.compile(r"(?<=[!-~])\s+(?=[!-~])"), re.compile(r"[^\S\u00a0]+")
_SPANS = """
SELECT ?fact ?file ?start ?end ?page ?quote WHERE {{
    ?fact {link} ?place .
    ?place oa:hasSource ?source ; oa:hasSelector ?position , ?words .
    ?source gz:fileName ?file .
    ?position oa:start ?start ; oa:end ?end .
    ?words oa:exact ?quote .
    OPTIONAL {{ ?place gz:page ?page }}
}}
"""
#: Facts whose deciding words say little alone: 市财政局 of a task, 信访工作 of a portfolio.
_WHOLE = "SELECT ?fact WHERE { ?fact a ?kind VALUES ?kind { gz:Assignment gz:Portfolio } }"


@dataclass(frozen=True, slots=True)
class _Span:
    further: bool
    file: str
    start: int
    end: int
    page: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: offsets in the decoded text of a file, the first one's line and page, and the words.

    A graph on a server has no texts and tells no lines.
    """

    file: str
    start: int
    end: int
    line: int | None
    page: str | None
    quote: str

    def __str__(self) -> str:
        page = f"第{self.page}页，" if self.page else ""
        line = f"第{self.line}行" if self.line else f"第{self.start}字符"
        return f"{self.file} {page}{line}"


class Places:
    """The places of all facts of a graph, asked for once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._spans: defaultdict[str, list[_Span]] = defaultdict(list)
        for further, link in enumerate(("gz:evidence", "gz:furtherEvidence")):
            for row in graph.select(_SPANS.format(link=link)):
                start, end = int(row["start"] or 0), int(row["end"] or 0)
                span = _Span(bool(further), row["file"] or "", start, end, row["page"], row["quote"] or "")
                self._spans[row["fact"] or ""].append(span)
        for spans in self._spans.values():
            spans.sort(key=lambda span: (span.further, span.file, span.start))
        self._told_whole = {row["fact"] for row in graph.select(_WHOLE)}
        self._text, self._lines = cache(self._read), cache(self._line_starts)

    def order(self, fact: str | None) -> tuple[str, int]:
        """A key that puts facts in the order of their deciding words."""
        spans = self._spans.get(fact or "")
        return (spans[0].file, spans[0].start) if spans else ("", 0)

    def of(self, fact: str | None) -> Place | None:
        """Where a fact stands: its deciding words, those of an assignment or portfolio with all others around them."""
        if fact in self._told_whole:
            return self.whole([fact])
        spans = self._spans.get(fact or "")
        return self._place(spans[:1]) if spans else None

    def whole(self, facts: Iterable[str | None]) -> Place | None:
        """From the first word that facts rest on to the last, in the first file that prints them."""
        spans = [span for fact in facts for span in self._spans.get(fact or "", ())]
        if not spans:
            return None
        file = min(span.file for span in spans)
        return self._place([span for span in spans if span.file == file])

    def as_printed(self, names: Iterable[str], fact: str | None) -> list[str]:
        """Names in the order in which the words that a fact rests on have them; others behind."""
        spans = self._spans.get(fact or "", [])
        text = "".join("".join(span.quote.split()) for span in spans[1:])
        return sorted(names, key=lambda name: (found if (found := text.find(name)) >= 0 else len(text), name))

    def _place(self, spans: list[_Span]) -> Place:
        file = spans[0].file
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        page = next((span.page for span in spans if span.page), None)
        text = self._text(file)
        if text is None:
            return Place(file, start, end, None, page, _quote(max((span.quote for span in spans), key=len)))
        # A list of agencies stands in parentheses that are no part of it
        while text[end : end + 1] in ("）", ")", "。"):
            end += 1
        return Place(file, start, end, bisect_right(self._lines(file), start), page, _quote(text[start:end]))

    def _read(self, file: str) -> str | None:
        try:
            return self._graph.text(file)
        except GraphError:
            return None

    def _line_starts(self, file: str) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text(file) or ""))]


def placed(section: Section, places: Places, prefix: str = "", *, in_order: bool = False) -> Section:
    """The section with the words and the place of each row's fact.

    Args:
        section: has the column ``fact``.
        places: the places of its graph.
        prefix: with ``before`` the column ``beforeFact`` is told in ``beforeQuote`` and ``beforePlace``.
        in_order: put the rows in the order of the texts.
    """
    fact, quote, place = (f"{prefix}{name}" if prefix else name.lower() for name in ("Fact", "Quote", "Place"))
    rows: list[Row] = []
    for row in section.rows:
        found = places.of(row.get(fact))
        rows.append({**row, quote: found.quote if found else row.get(quote), place: str(found) if found else None})
    if in_order:
        rows.sort(key=lambda row: places.order(row.get(fact)))
    others = [column for column in section.columns if column not in (quote, place)]
    return replace(section, columns=(*others, quote, place), rows=tuple(rows))


def _quote(text: str) -> str:
    """Words of the source on one line: gazettes break lines within words; tabs part the cells of a table's row."""
    cells = (_SPACE.sub("", _BETWEEN_FIGURES.sub("\u00a0", cell)) for cell in text.split("\t"))
    whole = " | ".join(cell.replace("\u00a0", " ") for cell in cells if cell.strip())
    if len(whole) <= _LONGEST_QUOTE:
        return whole
    return f"{whole[: _LONGEST_QUOTE // 2]}……{whole[-_LONGEST_QUOTE // 2 :]}"
