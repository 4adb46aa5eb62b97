"""Footnotes of printed pages: small print at the foot that begins with the sign by which the text calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.formats.printed import Char, PrintedLine, printed_lines

#: A note's sign and the beginning of its text.
_NOTE = re.compile(r"\s*(\d{1,2}|[①-⑳]|\[\d{1,2}\]|[*※])\s*[^\d\s.．、].")
#: Small print, and a sign in the text, in shares of the size of the page's text.
SMALL, SIGN = 0.9, 0.75
#: Notes stand in the lower part of a page, as a share of its height.
LOWER = 0.4
#: Below this share of the height stand page numbers.
FOOT = 0.9


def parted(chars: Sequence[Char], height: float) -> tuple[list[Char], list[PrintedLine]]:
    """The characters of a page without its footnotes and their signs, and the lines of the footnotes."""
    printed = [char for char in chars if not char.text.isspace()]
    if not printed:
        return list(chars), []
    size = sorted(char.size for char in printed)[len(printed) // 2]
    foot = [char for char in chars if char.size < SMALL * size and char.top > LOWER * height]
    text = (char for char in printed if char.size >= SMALL * size and char.bottom < FOOT * height)
    lowest = max((char.bottom for char in text), default=0.0)
    below = sorted(printed_lines([char for char in foot if char.top > lowest]), key=lambda line: line.top)
    first = next((i for i, line in enumerate(below) if _NOTE.match(line.text)), len(below))
    notes = below[first:]
    if not notes:
        return list(chars), []
    signs = {match.group(1) for line in notes if (match := _NOTE.match(line.text))}
    top = notes[0].top - 1
    called = {char for sign in signs for char in sign}
    return [char for char in chars if char.top < top and not (char.text in called and char.size < SIGN * size)], notes
