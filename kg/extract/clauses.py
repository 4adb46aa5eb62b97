"""Sentences and clauses as Texts: cut at stops, but never inside brackets or quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from kg.read.text import Text

_OPENING, _CLOSING = "（(〔[“《【", "）)〕]”》】"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_SENTENCE_END = re.compile(r"[。；;！？]")
_STOPPED = re.compile(r"[。；;：:！？!?][”’）)]*$")


def split_outside(text: Text, pattern: re.Pattern[str]) -> Iterator[Text]:
    """The pieces between those matches of a pattern that stand outside of brackets; empty pieces are left out."""
    inside = _inside(text.string)
    start = 0
    for match in pattern.finditer(text.string):
        around = bisect_left(inside, (match.start(),)) - 1
        if match.start() < start or (around >= 0 and match.start() < inside[around][1]):
            continue
        if piece := text[start : match.start()].strip():
            yield piece
        start = match.end()
    if piece := text[start:].strip():
        yield piece


def sentences(text: Text) -> Iterator[Text]:
    """The parts of a paragraph between full stops and semicolons."""
    return split_outside(text, _SENTENCE_END)


def cover(whole: Text, *parts: Text) -> Text:
    """The piece of a text that reaches from the first of some parts of it to the last."""
    start = min(part.offsets[0] for part in parts)
    end = max(part.offsets[-1] for part in parts)
    return whole[bisect_left(whole.offsets, start) : bisect_right(whole.offsets, end)]


def joined(texts: Iterable[Text], whole: Callable[[str], bool], begins: Callable[[str], bool]) -> Iterator[Text]:
    """Paragraphs that a page end cut in two, as one.

    A paragraph without a stop goes on in the next one, unless it is ``whole`` without a stop or the next one ``begins``
    something new.
    """
    waiting: Text | None = None
    for text in texts:
        if waiting is not None and not begins(text.string):
            text = waiting + text
        elif waiting is not None:
            yield waiting
        waiting = None if _STOPPED.search(text.string) or whole(text.string) else text
        if waiting is None:
            yield text
    if waiting is not None:
        yield waiting


def _inside(string: str) -> list[tuple[int, int]]:
    """Where the outermost brackets open and close; those that are never closed, or close nothing, do not count."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for bracket in _BRACKET.finditer(string):
        if bracket[0] in _OPENING:
            opened.append(bracket.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, bracket.start()))
    return found
