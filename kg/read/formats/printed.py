"""Characters on a page → printed lines → paragraphs, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any
from unicodedata import normalize

from kg.data import rows
from kg.read.model import Box

#: A gap of this many character widths is a space that was printed; less is spacing of a justified line.
GAP = 0.6
#: A first line is indented by two characters; the slack covers half-width marks and slips of layout.
INDENT = 1.2
#: Lines of one paragraph differ less than this in size, and stand less than this many sizes apart.
SAME_SIZE, SAME_PARAGRAPH = 1.15, 2.6
#: A word or figure, or a Chinese character, with the punctuation that must not begin a line.
_UNBROKEN = re.compile(r"(?:[^\s\u2e80-\u9fff\uff00-\uffef，。、]+|.)[，。、；：！？）》〉”’〕】％%]*")


@cache
def _signs() -> dict[str, str]:
    return {row["sign"]: row["written"] for row in rows("printed_signs.tsv")}


@cache
def written(text: str) -> str:
    """A printed character as it is written: fonts of browsers print ⺠ and ⼈ for 民 and 人."""
    plain = "".join(_signs().get(char, char) for char in text)
    return "".join(normalize("NFKC", char) if "\u2f00" <= char <= "\u2fdf" else char for char in plain)


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character: its box in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, char: Mapping[str, Any]) -> Char:
        """A character of pdfplumber."""
        box = (float(char[key]) for key in ("x0", "top", "x1", "bottom"))
        return cls(written(str(char["text"])), *box)

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line on a page, its box in points; ``first`` is the width of what cannot be broken at its beginning."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def first(self) -> float:
        """The width of what the line begins with and no line can be broken in: the line before had no room for it."""
        match = _UNBROKEN.match(self.text)
        end = match.end() if match else 1
        wide = sum(char > "\u2e7f" for char in self.text[:end])
        return self.size * (wide + 0.55 * (end - wide))

    @property
    def box(self) -> Box:
        """Where the line stands."""
        return self.left, self.top, self.right, self.bottom

    def goes_on(self, following: PrintedLine, left: float, right: float, *, same_page: bool) -> bool:
        """Whether the next line belongs to the same paragraph: this one is full, that one is not indented.

        ``right`` is where lines end in this one's column, ``left`` where they begin in the next one's; ``same_page``
        says that these are one column of one page.
        """
        if max(self.size, following.size) > SAME_SIZE * min(self.size, following.size):
            return False
        if same_page and not 0 < following.top - self.top < SAME_PARAGRAPH * self.size:
            return False
        full = right - self.right < self.size + following.first
        return full and following.left - left < INDENT * self.size


def printed_lines(chars: Sequence[Char]) -> list[PrintedLine]:
    """The lines that characters stand in, from the top; white space is printed where there is a gap or a space."""
    lines: list[list[Char]] = []
    for char in sorted((char for char in chars if not char.text.isspace()), key=lambda char: char.middle[1]):
        last = lines[-1] if lines else None
        # The middle of a superscript or of small print stands beside the line's middle, not a line below
        if last and char.middle[1] - last[0].middle[1] < 0.5 * max(char.size, last[0].size):
            last.append(char)
        else:
            lines.append([char])
    spaces = [char for char in chars if char.text.isspace()]
    return [_line(sorted(line, key=lambda char: char.left), spaces) for line in lines]


def _line(chars: Sequence[Char], spaces: Sequence[Char]) -> PrintedLine:
    top, bottom = min(char.top for char in chars), max(char.bottom for char in chars)
    size = sorted(char.size for char in chars)[len(chars) // 2]
    between = sorted(
        char.middle[0] for char in spaces if top <= char.middle[1] <= bottom and char.right - char.left > 0.1 * size
    )
    text = chars[0].text
    position = 0
    for before, char in pairwise(chars):
        while position < len(between) and between[position] <= before.left:
            position += 1
        spaced = position < len(between) and between[position] < char.middle[0]
        text += (" " if spaced or char.left - before.right > GAP * size else "") + char.text
    return PrintedLine(text, chars[0].left, top, chars[-1].right, bottom, size)


def joined(lines: Sequence[PrintedLine]) -> tuple[str, list[int]]:
    """The text of a paragraph's lines, and where in it each line begins; Latin words keep the space beside them."""
    text, starts = "", []
    for line in lines:
        if latin(text[-1:]) or latin(line.text[:1]):
            text += " "
        starts.append(len(text))
        text += line.text
    return text, starts


def latin(char: str) -> bool:
    """Whether a character is a Latin letter: words of these are spaced."""
    return char.isascii() and char.isalpha()
