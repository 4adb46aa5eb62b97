"""Agencies (机构): every public body that a document names, once for each form of its name.

Names come from the head (issuers, addressees), from the lists and posts that earlier extractors have read, and from
running text and tables.  Companies and facilities count only where a list makes them responsible; functional phrases
(财政部门) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.bodies import Body, ends_as_body, find_bodies, split_bodies
from kg.extract.context import Context
from kg.facts import Agency, Appointment, Assignment, Evidence
from kg.read.model import Paragraph, PrintedDocument
from kg.read.text import Text

#: Share of right rows for each place where a name is found.
CONFIDENCE = {"agencies.head": 0.98, "agencies.list": 0.95, "agencies.post": 0.95, "agencies.text": 0.9}

_CITED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
#: Facilities that plans build and praise are no bodies unless a list makes them responsible.
_FACILITY = re.compile(
    r"(?:医院|学校|学院|大学|卫生院|中心|[图博文化档案书物]馆|银行|站|所|公司|集团|企业|协会|学会|商会|交易所)$"
)
_WHITE = re.compile(r"\s+")


def find(document: PrintedDocument, context: Context) -> Iterator[Agency]:
    """One Agency fact for each distinct name in the document, the first place as its evidence."""
    seen: set[str] = set()
    for agency in _all(document, context):
        if agency.surface not in seen:
            seen.add(agency.surface)
            yield agency


def _all(document: PrintedDocument, context: Context) -> Iterator[Agency]:
    for text in (*document.issuers, *document.addressees):
        bodies = (body for body in split_bodies(text, context.place) if ends_as_body(body.surface))
        yield from _facts(document, "agencies.head", bodies)
    for assignment in context.of(Assignment):
        if assignment.agency:
            yield _from_fact(document, "agencies.list", assignment.agency, assignment.intended, assignment.evidence)
    for appointment in context.of(Appointment):
        if appointment.organisation:
            yield _from_fact(document, "agencies.post", appointment.organisation, None, appointment.evidence)
    for text in _texts(document):
        bodies = (body for body in find_bodies(_without_titles(text), context.place) if _counts(body))
        yield from _facts(document, "agencies.text", bodies)


def _texts(document: PrintedDocument) -> Iterator[Text]:
    """Paragraphs and cells in reading order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.cells if cell and not cell.inferred)


def _without_titles(text: Text) -> Text:
    """The text with cited titles blanked: the bodies named in them are not those of this document."""
    return text.replace(_CITED, lambda match: "《" * len(match.group()))


def _counts(body: Body) -> bool:
    """Whether a name found in running text counts as a public body of the document."""
    named = body.kind == "body" and not _FACILITY.search(body.surface)
    return named or (body.kind == "collective" and ends_as_body(body.surface))


def _facts(document: PrintedDocument, rule: str, bodies: Iterable[Body]) -> Iterator[Agency]:
    for body in bodies:
        yield Agency(
            doc=document.number,
            evidence=document.cite(body.text),
            rule=rule,
            confidence=CONFIDENCE[rule],
            surface=body.surface,
            intended=body.intended,
        )


def _from_fact(
    document: PrintedDocument, rule: str, surface: str, intended: str | None, evidence: tuple[Evidence, ...]
) -> Agency:
    """The agency that another fact names, with the place of its name where that fact's evidence holds it."""
    for place in evidence:
        if surface in _WHITE.sub("", place.quote):
            evidence = (place,)
            break
    return Agency(
        doc=document.number,
        evidence=evidence,
        rule=rule,
        confidence=CONFIDENCE[rule],
        surface=surface,
        intended=intended,
    )
