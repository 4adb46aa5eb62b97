"""Facts as HTML: the cells of their tables, the responsibility matrix, marked words.

Pages consist of these for the most part.  They are written here, where a cell takes a few microseconds, and not by
macros of the templates, where it takes fifty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from kg.show.web import drawing
from kg.show.web.columns import RELATIONS, aim, stated
from kg.show.web.entries import FactRow, Thing
from kg.show.web.messages import Words

#: Characters of a document's number in a table; characters of a task and of an agency's name in a matrix.
_NUMBER, _TASK, _NAME = 24, 42, 13
#: Characters of a line that was found.
_AROUND = 180


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``kinds`` are the tables of the facts that rest on it, none where no fact does."""

    words: str
    kinds: tuple[str, ...] = ()
    title: str = ""
    href: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Tasks × agencies: for each task its roles by agency number."""

    agencies: tuple[Thing, ...]
    tasks: tuple[tuple[Thing, dict[int, FactRow]], ...]


def link(thing: Thing, words: str | None = None) -> Markup:
    """A link to the page of a thing, with its name or other words."""
    return Markup(_link(thing, words))


def role(value: str, t: Words) -> Markup:
    """The role of a body, in its colour."""
    return Markup(_role(value, t))


def cell(fact: FactRow, column: str, t: Words) -> Markup:
    """What a fact says in a column."""
    return Markup(_cell(fact, column, t))


def where(fact: FactRow) -> Markup:
    """The document that states a fact."""
    return Markup(_where(fact))


def text_of(fact: FactRow) -> str:
    """The address of the words that a fact rests on, in the reading view of its document."""
    document = fact.link("document")
    return f"{document.href.replace('/page/', '/text/', 1)}#{fact.anchor}" if document else fact.href


def table(kind: str, facts: Sequence[FactRow], t: Words, hidden: Collection[str] = (), with_doc: bool = True) -> Markup:
    """A table of facts of one kind: the columns in which any of them says something, where it stands, its words."""
    columns = stated(kind, facts, hidden)
    heads = [f'<th scope="col" class="c-{column}">{escape(t(f"column.{column}"))}</th>' for column in columns]
    heads += [f'<th scope="col">{escape(t(f"column.{name}"))}</th>' for name in ("doc", "evidence")[not with_doc :]]
    text, more = escape(t("fact.text")), escape(t("fact.more"))
    parts = [f'<div class="scroll"><table class="facts"><thead><tr>{"".join(heads)}</tr></thead><tbody>\n']
    for fact in facts:
        parts.append("<tr>")
        parts += [f'<td class="c-{column}">{_cell(fact, column, t)}</td>' for column in columns]
        if with_doc:
            parts.append(f'<td class="c-doc">{_where(fact)}</td>')
        parts.append(
            f'<td class="c-source"><a class="source" href="{escape(text_of(fact))}" title="{escape(fact.quote)}">{text}'
            f'</a> <a class="source" href="{escape(fact.href)}">{more}</a></td></tr>\n'
        )
    parts.append("</tbody></table></div>")
    return Markup("".join(parts))


def matrix(drawn: Matrix, t: Words) -> Markup:
    """Tasks × agencies, each cell in the colour of its role."""
    heads = "".join(
        f'<th scope="col" class="up"><a href="{escape(each.href)}" title="{escape(each.label)}">'
        f"{escape(_tail(each.label, _NAME))}</a></th>"
        for each in drawn.agencies
    )
    column = {agency.id: number for number, agency in enumerate(drawn.agencies)}
    parts = [f'<table><thead><tr><th scope="col" class="corner">{escape(t("column.task"))}</th>{heads}</tr></thead>\n']
    for task, roles in drawn.tasks:
        cells = ["<td></td>"] * len(column)
        for number, fact in roles.items():
            value = fact.fields["role"]
            said = f"{task.label} · {drawn.agencies[column[number]].label} · {t.code('role', value)}"
            cells[column[number]] = (
                f'<td class="role-{escape(value)}"><a href="{escape(fact.href)}" title="{escape(said)}">'
                f"{escape(t(f'short.{value}'))}</a></td>"
            )
        name = f'<a href="{escape(task.href)}" title="{escape(task.note or "")}">{escape(_cut(task.label, _TASK))}</a>'
        parts.append(f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>\n')
    return Markup("".join([*parts, "</table>"]))


def excerpt(text: str, words: str) -> Markup:
    """A text, cut around the first of the words that were looked for, with these words marked."""
    found = [word for word in words.split() if word]
    pattern = re.compile("|".join(map(re.escape, found)) or "$^", re.IGNORECASE)
    first = pattern.search(text)
    begin = max((first.start() if first else 0) - _AROUND // 3, 0)
    shown = text[begin : begin + _AROUND]
    parts, end = [], 0
    for match in pattern.finditer(shown):
        parts += [escape(shown[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
        end = match.end()
    dots = ("…" if begin else "", "…" if begin + _AROUND < len(text) else "")
    return Markup(f"{dots[0]}{''.join(parts)}{escape(shown[end:])}{dots[1]}")


def marked(pieces: Iterable[Piece]) -> Markup:
    """A stretch of text with the words marked that facts rest on."""
    return Markup("".join(_piece(piece) for piece in pieces))


def _piece(piece: Piece) -> str:
    if not piece.kinds:
        return escape(piece.words)
    kinds = " ".join([f"fact-{piece.kinds[0]}", *(f"on-{kind}" for kind in piece.kinds)])
    anchors = "".join(f'<span id="{escape(anchor)}"></span>' for anchor in piece.anchors)
    head = f'<a class="mark {kinds}" href="{escape(piece.href)}" title="{escape(piece.title)}">'
    return f"{head}{anchors}{escape(piece.words)}</a>"


def _cell(fact: FactRow, column: str, t: Words) -> str:
    if column in _SPECIAL:
        return _SPECIAL[column](fact, t)
    value = fact.fields[column]
    if value is None:
        return ""
    relation = RELATIONS[fact.kind].get(column)
    thing = fact.link(relation) if relation else None
    return _link(thing, value) if thing else escape(t.code(column, value))


def _link(thing: Thing, words: Any = None) -> str:
    return f'<a href="{escape(thing.href)}">{escape(str(words or thing.label))}</a>'


def _role(value: str, t: Words) -> str:
    return f'<span class="role role-{escape(value)}">{escape(t.code("role", value))}</span>'


def _where(fact: FactRow) -> str:
    document = fact.link("document")
    if document is None:
        return escape(fact.doc)
    label = escape(document.label)
    return f'<a class="doc" href="{escape(document.href)}" title="{label}">{escape(_cut(fact.doc, _NUMBER))}</a>'


def _role_or_word(fact: FactRow, t: Words) -> str:
    value = fact.fields["role"] or ""
    return _role(value, t) if fact.kind == "assignments" else escape(t.code("role", value))


def _baseline(fact: FactRow, t: Words) -> str:
    value, year = fact.fields["baseline_value"], fact.fields["baseline_year"]
    return f"{escape(value or '')}{f' <small>({year})</small>' if value and year else ''}"


def _period(fact: FactRow, t: Words) -> str:
    if fact.kind != "plans":
        return escape(fact.fields["period"] or "")
    begin, end = fact.fields["period_start"], fact.fields["period_end"]
    return f"{begin or ''}–{end or ''}" if begin or end else ""


def _change(fact: FactRow, t: Words) -> str:
    drawn = drawing.change(fact.fields)
    if drawn is None:
        return ""
    way = "up" if drawn.end >= drawn.begin else "down"
    label = escape(f"{fact.fields['baseline_value']} → {fact.fields['value']}")
    return (
        f'<svg class="change" width="{drawing.WIDTH}" height="14" role="img" aria-label="{label}">'
        f'<line x1="6" y1="7" x2="{drawing.WIDTH - 6}" y2="7" class="axis"/>'
        f'<line x1="{drawn.begin:.1f}" y1="7" x2="{drawn.end:.1f}" y2="7" class="way {way}"/>'
        f'<circle cx="{drawn.begin:.1f}" cy="7" r="3" class="from"/>'
        f'<circle cx="{drawn.end:.1f}" cy="7" r="4" class="to {way}"/></svg>'
    )


#: Columns that are more than one field, or look other than its words.
_SPECIAL: dict[str, Callable[[FactRow, Words], str]] = {
    "role": _role_or_word,
    "aim": lambda fact, t: f"<b>{escape(aim(fact.fields))}</b>",
    "baseline": _baseline,
    "change": _change,
    "investment": lambda fact, t: escape(
        " ".join(filter(None, (fact.fields["investment"], fact.fields["investment_unit"])))
    ),
    "period": _period,
    "issuers": lambda fact, t: " ".join(_link(each) for each in fact.links.get("issuer", ())),
}


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _tail(words: str, most: int) -> str:
    """The end of a long name: bodies of one zone begin alike."""
    return words if len(words) <= most else f"…{words[1 - most :]}"
