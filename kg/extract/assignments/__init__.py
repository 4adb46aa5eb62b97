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
from kg.facts import Assignment
from kg.read.model import PrintedDocument


def find(document: PrintedDocument, context: Context) -> Iterator[Assignment]:
    """The assignments of a document, each fact once, in reading order of their kinds.

    Args:
        document: the document as read.
        context: the place whose government speaks.
    """
    rules = Rules()
    closings = parens.closings(document, context.place)
    yield from parens.find(document, closings, Outline.of(document), rules, context.place)
    busy = {id(closing.paragraph) for closing in closings}
    lists = DutyLists(document, context.place)
    for paragraph in document.paragraphs:
        if id(paragraph) not in busy:
            facts = lists.find(paragraph)
            if facts is None:
                section = paragraph.section
                procedure = section.within("article") is not None
                sentences = Sentences(context.place, about_duties=about_duties(section), procedure=procedure)
                facts = sentences.find(document, paragraph)
            yield from facts
    for table in document.tables:
        yield from tables.find(document, table, context.place, rules)
