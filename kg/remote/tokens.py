"""The words of a SPARQL query: enough of SPARQL 1.1's grammar to put something at its right place, and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["iri", "string", "comment", "variable", "word", "mark"]

_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<comment>\#[^\n\r]*)
      | (?P<variable>[?$]\w+)
      | (?P<word>[\w@][\w:.%-]*)
      | (?P<mark>\S)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query between ``start`` and ``end``."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for what is no word."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(sparql: str) -> list[Token]:
    """The parts of a query, without white space and comments."""
    found = (Token(match.lastgroup, match[0], *match.span()) for match in _TOKEN.finditer(sparql))  # type: ignore[arg-type]
    return [token for token in found if token.kind != "comment"]


def form(parts: list[Token]) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; empty where a query has none of them."""
    return next((part.keyword for part in parts if part.keyword in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), "")


def end_of_where(parts: list[Token]) -> int:
    """The index of the brace that closes a SELECT query's outermost group; -1 where there is none."""
    depth = 0
    for index, part in enumerate(parts):
        depth += (part.text == "{") - (part.text == "}") if part.kind == "mark" else 0
        if part.text == "}" and depth == 0:
            return index
    return -1


def order_clause(sparql: str, parts: list[Token]) -> str:
    """A SELECT query's own ORDER BY clause; empty where it has none, or a LIMIT behind it."""
    tail = parts[end_of_where(parts) + 1 :]
    words = [part.keyword for part in tail]
    if "ORDER" not in words or {"LIMIT", "OFFSET"} & set(words):
        return ""
    begin = words.index("ORDER")
    end = words.index("VALUES", begin) if "VALUES" in words[begin:] else len(tail)
    return sparql[tail[begin].start : tail[end - 1].end]
