"""What is printed on page after page beside the text: running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.read.formats.printed import PrintedLine

#: A page number alone: 12, - 12 -, — 12 —, · 12 ·, 第12页, 第 3 页 共 8 页, 3/8; not 2031, a year.
_PAGE_NUMBER = re.compile(
    r"[-—－–·•~〜∙.\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*(?:[,，/]\s*共?|共)\s*\d{1,4}\s*页?)?[-—－–·•~〜∙.\s]*"
)
#: Running lines stand in the outer part of a page, as a share of its height, and are among its outermost lines.
OUTER, OUTERMOST = 0.12, 3
#: They are printed on so many pages at least, or on all of two, at one height (points).
PAGES, SAME_PLACE = 3, 6.0


def running_lines(pages: Sequence[tuple[float, Sequence[PrintedLine]]]) -> set[int]:
    """The identities (``id``) of the running lines of pages, each given as its height and its lines from the top."""
    found: set[int] = set()
    repeated: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, (height, lines) in enumerate(pages):
        ordered = sorted(lines, key=lambda line: line.top)
        for line in {id(line): line for line in (*ordered[:OUTERMOST], *ordered[-OUTERMOST:])}.values():
            if OUTER * height < line.top and line.bottom < (1 - OUTER) * height:
                continue
            if _PAGE_NUMBER.fullmatch(line.text):
                found.add(id(line))
            # Figures differ from page to page
            key = re.sub(r"[\d\s]+", "#", line.text)
            repeated[key, round(line.top / SAME_PLACE)].append((number, id(line)))
    for places in repeated.values():
        if len({number for number, _ in places}) >= min(PAGES, max(2, len(pages))):
            found |= {identity for _, identity in places}
    return found
