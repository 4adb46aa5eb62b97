"""Words for a full-text index of Chinese: pairs of neighbouring characters, so that any part of a name is found."""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+")


def folded(text: str) -> str:
    """Text as it is compared: full-width forms, case and white space make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def grams(text: str) -> str:
    """What is indexed of a text: each Chinese character and each pair of neighbours, other words as they are."""
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii():
            found.append(run)
        else:
            found += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
    return " ".join(found)


def match(text: str) -> str | None:
    """The FTS5 expression that finds a text typed by a user; None if there is nothing to look for.

    Pairs of characters must all occur; a character alone, a number or the beginning of a word must occur too.
    """
    wanted: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii():
            wanted.append(f'"{run}"*')
        elif len(run) == 1:
            wanted.append(f'"{run}"')
        else:
            # A phrase would need the pairs in order: the index holds single characters between them
            wanted += [f'"{run[i : i + 2]}"' for i in range(len(run) - 1)]
    return " AND ".join(dict.fromkeys(wanted)) or None
