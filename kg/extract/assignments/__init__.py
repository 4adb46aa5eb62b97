"""Assignments (责任分工): who is made responsible for which task, in which role, under which leader and by when.

Closing brackets and lines are read by :mod:`parens`, tables by :mod:`tables`, lists of duties by :mod:`duties`, plain
sentences by :mod:`prose`; what a list of bodies says is the same grammar in all of them, :mod:`roles`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.assignments import parens, tables
from kg.extract.assignments.duties import DutyLists, about_duties
from kg.extract.assignments.outline import Outline
from kg.extract.assignments.prose import Sentences
from kg.extract.assignments.rules import Rules
from kg.extract.context import Context
from kg.facts import Assignment, Place
from kg.read.model import Paragraph, PrintedDocument


def find(document: PrintedDocument, context: Context) -> Iterator[Assignment]:
    """The assignments of a document, each fact once: those of closing lists first, then duties, then tables.

    Args:
        document: the document as read.
        context: the place whose government speaks.
    """
    seen: set[tuple[str | None, ...]] = set()
    for fact in _all(document, context.place):
        key = (fact.section, fact.task, fact.agency, fact.role, fact.leader, fact.source)
        if key not in seen:
            seen.add(key)
            yield fact


def _all(document: PrintedDocument, place: Place) -> Iterator[Assignment]:
    rules = Rules()
    closings = parens.closings(document, place)
    yield from parens.find(document, closings, Outline.of(document), rules, place)
    closed = {id(closing.paragraph) for closing in closings}
    lists = DutyLists(document, place)
    for paragraph in document.paragraphs:
        if id(paragraph) not in closed:
            facts = lists.find(paragraph)
            yield from _sentences(document, paragraph, place) if facts is None else facts
    for table in document.tables:
        yield from tables.find(document, table, place, rules)


def _sentences(document: PrintedDocument, paragraph: Paragraph, place: Place) -> Iterator[Assignment]:
    section = paragraph.section
    procedure = section.within("article") is not None
    return Sentences(place, about_duties=about_duties(section), procedure=procedure).find(document, paragraph)
