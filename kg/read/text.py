"""Text that remembers where each of its characters stands in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

#: Chinese characters and the punctuation printed with them: white space beside one of these is the printer's.
CJK = "\u2e80-\u2fdf\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffef“”‘’—…·《》〈〉"
#: White space behind such a character, at the beginning, before such a character, or at the end; all forms begin with
#: the space itself, so that ``re`` steps from space to space.
_LOOSE_SPACE = re.compile(rf"\s(?:(?<=[{CJK}]\s)\s*|(?<=^\s)\s*|\s*(?=[{CJK}])|\s*$)")


class Text:
    """An immutable string with the source offset of every character.

    Slicing with ``text[i:j]`` gives a Text again, ``str(text)`` the plain string, ``text.span()`` the half-open range
    ``(start, end)`` of the source that it covers, in code points.  Characters may have been dropped between two
    neighbours (white space, page breaks, markup); the range then includes what was dropped.
    """

    __slots__ = ("offsets", "string")

    def __init__(self, string: str, offsets: Sequence[int]) -> None:
        if len(string) != len(offsets):
            raise ValueError(f"{len(string)} characters, but {len(offsets)} offsets")
        self.string = string
        self.offsets = offsets

    @classmethod
    def at(cls, string: str, start: int) -> Text:
        """A text that stands in the source as it is, from offset ``start``."""
        return cls(string, range(start, start + len(string)))

    @classmethod
    def join(cls, parts: Iterable[Text], separator: str = "") -> Text:
        """One text of several; the separator's characters take the offset of what precedes them."""
        parts = list(parts)
        if len(parts) == 1:
            return parts[0]
        strings: list[str] = []
        offsets: list[Sequence[int]] = []
        last = 0
        for part in parts:
            if strings and separator:
                strings.append(separator)
                offsets.append([last] * len(separator))
            strings.append(part.string)
            offsets.append(part.offsets)
            if part.offsets:
                last = part.offsets[-1]
        return cls("".join(strings), list(chain.from_iterable(offsets)))

    def __str__(self) -> str:
        return self.string

    def __repr__(self) -> str:
        return f"Text({self.string!r} @ {self.span() if self.string else None})"

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def __getitem__(self, key: slice) -> Text:
        return Text(self.string[key], self.offsets[key])

    def __add__(self, other: Text) -> Text:
        return Text.join((self, other))

    def __hash__(self) -> int:
        return hash((self.string, self.offsets[0] if self.string else -1))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self.string == other.string and list(self.offsets) == list(other.offsets)

    def span(self) -> tuple[int, int]:
        """The range ``(start, end)`` of the source that the text covers.  ValueError if the text is empty."""
        if not self.string:
            raise ValueError("an empty text stands nowhere")
        return self.offsets[0], self.offsets[-1] + 1

    def keep(self, pieces: Iterable[tuple[int, int]]) -> Text:
        """The characters between the given positions only."""
        return Text.join(self[i:j] for i, j in pieces)

    def without(self, pattern: re.Pattern[str]) -> Text:
        """The text with all matches of a pattern dropped."""
        strings: list[str] = []
        offsets: list[int] = []
        last = 0
        for match in pattern.finditer(self.string):
            start, end = match.span()
            strings.append(self.string[last:start])
            offsets += self.offsets[last:start]
            last = end
        if not last:
            return self
        return Text("".join([*strings, self.string[last:]]), [*offsets, *self.offsets[last:]])

    def replace(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Text:
        """The text with all matches replaced; new characters take the offsets of the match, the last one repeated."""
        parts, last = list[Text](), 0
        for match in pattern.finditer(self.string):
            string, old = new(match), self.offsets[match.start() : match.end()]
            parts += [self[last : match.start()], Text(string, _stretch(old, len(string)))]
            last = match.end()
        return Text.join([*parts, self[last:]]) if parts else self

    def squeezed(self) -> Text:
        """The text without white space beside Chinese characters and at its ends: how a reader would copy it."""
        return self.without(_LOOSE_SPACE) if _has_space(self.string) else self

    def strip(self, characters: str | None = None) -> Text:
        """The text without the given characters (white space by default) at its ends."""
        string = self.string
        right = string.rstrip(characters)
        left = len(right) - len(right.lstrip(characters))
        return self[left : len(right)] if left or len(right) < len(string) else self

    def split(self, pattern: re.Pattern[str]) -> Iterator[Text]:
        """The pieces between matches of a pattern, empty ones too."""
        last = 0
        for match in pattern.finditer(self.string):
            yield self[last : match.start()]
            last = match.end()
        yield self[last:]


def squeeze(string: str) -> str:
    """A plain string without white space beside Chinese characters and at its ends."""
    return _LOOSE_SPACE.sub("", string) if _has_space(string) else string


def _has_space(string: str) -> bool:
    """Whether white space stands anywhere: most pieces have none, and this is ten times faster than the pattern."""
    return string.split(maxsplit=1) != [string]


def _stretch(offsets: Sequence[int], length: int) -> list[int]:
    """As many offsets as characters: cut at the end, or the last one repeated."""
    return [offsets[min(i, len(offsets) - 1)] for i in range(length)] if offsets else []
