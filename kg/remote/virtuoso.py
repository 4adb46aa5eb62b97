"""What Virtuoso needs to give the answers that SPARQL 1.1 asks for (measured with 7.2.5, Debian's).

- Text that a query itself puts into an answer comes back with “?” for every character outside of Latin-1: such strings
  in CONCAT, IF, COALESCE and as the separator of GROUP_CONCAT are said through REPLACE, which keeps them.
- A variable that a query sets equal to a text comes back damaged in the same way: it is mended, since it is known.
- Long texts with a common beginning are not ordered: rows are ordered again, by Oxigraph.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.vocabulary import PREFIXES
from kg.remote.tokens import Token, order_clause, tokens

#: Stands for a separator until the names are joined.
_SEPARATOR = "=~="
_BUILDING = {"CONCAT", "IF", "COALESCE"}
#: Within these a text is compared, and REPLACE would make it unequal.
_COMPARING = {"FILTER", "HAVING"}

_BOOLEAN = ox.NamedNode(f"{PREFIXES['xsd']}boolean")

Row = dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]


def spelled(sparql: str) -> str:
    """A query in the words that Virtuoso answers rightly."""
    parts = tokens(sparql)
    new = [part.text for part in parts]
    opened: list[_Bracket] = []
    for index, part in enumerate(parts):
        if part.kind == "mark" and part.text in "({":
            name = parts[index - 1].keyword if index and part.text == "(" else part.text
            opened.append(_Bracket(name, index - 1))
        elif part.kind == "mark" and part.text in ")}" and opened:
            bracket = opened.pop()
            if bracket.separator:
                _join_names(new, bracket, index)
        elif _is_foreign(parts, index) and opened:
            if [each.keyword or each.text for each in parts[index - 2 : index]] == ["SEPARATOR", "="]:
                _outermost(opened).separator = part.text
                new[index] = f'"{_SEPARATOR}"'
            elif opened[-1].name in _BUILDING and not _COMPARING & {each.name for each in opened}:
                new[index] = f'REPLACE("x", "x", {part.text})'
    return _joined(sparql, parts, new)


@dataclass(slots=True)
class _Bracket:
    """An open bracket: the function that it belongs to, where that stands, and the separator of names joined in it."""

    name: str
    index: int
    separator: str = ""


def _outermost(opened: Sequence[_Bracket]) -> _Bracket:
    """The bracket of a GROUP_CONCAT, or of the outermost REPLACE that works on what it gives."""
    place = len(opened) - 1
    while place and opened[place - 1].name == "REPLACE":
        place -= 1
    return opened[place]


def _join_names(new: list[str], bracket: _Bracket, end: int) -> None:
    """Put a separator in the place of what stands for it, when everything else is done to the joined names."""
    sign = bracket.separator[1:-1]
    for index in range(bracket.index, end):
        if new[index][:1] in "\"'":
            new[index] = new[index].replace(sign, _SEPARATOR)
    new[bracket.index] = f"REPLACE({new[bracket.index]}"
    new[end] = f'), "{_SEPARATOR}", {bracket.separator})'


def _is_foreign(parts: Sequence[Token], index: int) -> bool:
    """Whether a part is a plain text that Virtuoso would spoil; REPLACE has meanings for “$” and “\\” of its own."""
    text = parts[index].text
    following = parts[index + 1].text if index + 1 < len(parts) else ""
    return parts[index].kind == "string" and not text.isascii() and not {*"$\\"} & {*text} and following[:1] not in "@^"


def _joined(sparql: str, parts: Sequence[Token], new: Sequence[str]) -> str:
    """A query with other words at its places; what stands between them stays."""
    pieces = []
    end = 0
    for part, text in zip(parts, new, strict=True):
        pieces += [sparql[end : part.start], text]
        end = part.end
    return "".join([*pieces, sparql[end:]])


def mended(sparql: str, rows: list[Row]) -> None:
    """Put texts that a query set variables equal to in the place of their damaged forms, in rows as they came."""
    parts = tokens(sparql)
    damaged: dict[str, dict[str, str]] = {}
    for index, part in enumerate(parts):
        if part.kind == "string" and not part.text.isascii():
            name = _equal_variable(parts, index)
            text = _value(part.text)
            if name and text is not None:
                damaged.setdefault(name, {})["".join(c if ord(c) < 256 else "?" for c in text)] = text
    for row in rows:
        for name, texts in damaged.items():
            cell = row.get(name)
            if isinstance(cell, ox.Literal) and cell.value in texts:
                row[name] = ox.Literal(texts[cell.value])


def spell_truth(rows: list[Row]) -> None:
    """Spell truth values as XML Schema's canonical form does: they come as 0 and 1."""
    for row in rows:
        for name, cell in row.items():
            if isinstance(cell, ox.Literal) and cell.datatype == _BOOLEAN and cell.value in ("0", "1"):
                row[name] = ox.Literal(cell.value == "1")


def _equal_variable(parts: Sequence[Token], index: int) -> str:
    """The variable in ``?name = "text"``, ``"text" = ?name`` and ``VALUES ?name { "text" }``."""
    around = [part.text for part in parts[max(index - 3, 0) : index + 3]]
    here = min(index, 3)
    before, after = around[:here], around[here + 1 :]
    if before[-1:] == ["="] and before[-2:-1] and before[-2][0] in "?$":
        return before[-2][1:]
    if before[-1:] == ["{"] and len(before) == 3 and before[0].upper() == "VALUES":
        return before[1][1:]
    return after[1][1:] if after[:1] == ["="] and len(after) > 1 and after[1][0] in "?$" else ""


def _value(literal: str) -> str | None:
    """What a string literal means; its escapes are those of Python."""
    try:
        return str(ast.literal_eval(literal))
    except (SyntaxError, ValueError):
        return None


def ordered(sparql: str, names: Sequence[str], rows: list[Row]) -> list[Row]:
    """The rows in the order that a query asks for, where Oxigraph can tell it from the rows alone."""
    order = order_clause(sparql, tokens(sparql))
    if not order or any(isinstance(cell, ox.BlankNode) for row in rows for cell in row.values()):
        return rows
    # Rows are ordered by number: what they hold need not be read back
    head = " ".join(f"?{name}" for name in names)
    lines = " ".join(
        f"({number} {' '.join(str(row[name]) if name in row else 'UNDEF' for name in names)})"
        for number, row in enumerate(rows)
    )
    query = f"SELECT ?row__ WHERE {{ VALUES (?row__ {head}) {{ {lines} }} }} {order} ?row__"
    try:
        solutions = ox.Store().query(query, prefixes=PREFIXES)
    except (SyntaxError, RuntimeError, ValueError):
        return rows  # it orders by what is not in the answer
    assert isinstance(solutions, ox.QuerySolutions)
    return [rows[int(solution[0].value)] for solution in solutions]
