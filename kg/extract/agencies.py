"""Agencies (机构): every public body that a document names, once for each form of its name.

Names come from the head (issuers, addressees), from the lists and posts that earlier extractors have read, and from
running text and tables.  Companies and facilities count only where a list makes them responsible; functional phrases
(财政部门) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.bodies import Body, ends_as_body, find_bodies, is_body, kind_of, split_bodies, written
from kg.extract.context import Context
from kg.extract.posts import posts
from kg.facts import Agency, Appointment, Assignment, Evidence, Membership, Place
from kg.read.model import Paragraph, PrintedDocument, Table
from kg.read.text import Text

#: Share of right rows for each place where a name is found.
CONFIDENCE = {"agencies.head": 0.98, "agencies.list": 0.98, "agencies.post": 0.98, "agencies.text": 0.95}

_CITED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
#: Facilities that plans build and praise are no bodies unless a list makes them responsible; centres that manage are.
_FACILITY = re.compile(
    r"(?:医院|学校|学院|大学|卫生院|[图博文化档案书物]馆|(?<!人民)银行|站|所|公司|集团|企业|协会|学会|商会|业主委员会|交易所"
    r"|(?<!管理|交易|研究|控制|监测|评审|监督|指导|保障|促进|发展|鉴定|指挥|信息)中心)(?:[（(].*)?$"
)
# 各成员单位: of which group, the name does not say
_OF_NO_PARENT = re.compile(r"各?(?:有关|相关)?成员单位")
# “市核事故应急委员会（以下简称市核应急委）”: the document itself says what a short name means
_ALIAS = re.compile(r"[（(](?:[^（()）]{0,30}?[，,])?(?:以下)?简称[:：]?[“‘\"]?([\u4e00-\u9fff]{2,12})[”’\"]?[)）]")
# the working groups of a headquarters: 抢险排水组
_SUBGROUP = re.compile(r"[\u4e00-\u9fff]{3,12}组")
_UNIT_COLUMN = re.compile(r"..(?:单位|部门|机构)$|^(?:部门|机构)$")
_WHITE = re.compile(r"\s+")


def find(document: PrintedDocument, context: Context) -> Iterator[Agency]:
    """One Agency fact for each distinct name in the document, the first place as its evidence."""
    agencies: dict[str, Agency] = {}
    for agency in _all(document, context):
        first = agencies.setdefault(agency.surface, agency)
        if agency.intended and not first.intended:
            agencies[agency.surface] = replace(first, intended=agency.intended)
    aliases = dict(_aliases(document, context))
    for surface, agency in agencies.items():
        whole = aliases.get(surface)
        yield replace(agency, intended=whole) if whole and whole != surface else agency


def _all(document: PrintedDocument, context: Context) -> Iterator[Agency]:
    for text in (*document.issuers, *document.addressees):
        bodies = (body for body in split_bodies(text, context.place) if body.intended or ends_as_body(body.surface))
        yield from _facts(document, "agencies.head", bodies)
    for assignment in context.of(Assignment):
        if assignment.agency and (assignment.source != "text" or _is_named(assignment.agency)):
            yield _from_fact(document, "agencies.list", assignment.agency, assignment.intended, assignment.evidence)
    for appointment in context.of(Appointment):
        if appointment.organisation:
            yield _from_fact(document, "agencies.post", appointment.organisation, None, appointment.evidence)
    for membership in context.of(Membership):
        for name in _organisations(membership.post or ""):
            yield _from_fact(document, "agencies.post", name, None, membership.evidence)
    persons = {fact.person for fact in context.of(Membership) if fact.person}
    for table in document.tables:
        yield from _facts(document, "agencies.list", _units(table, context.place))
    for text in _texts(document):
        bodies = (_without_person(body, persons) for body in find_bodies(_without_titles(text), context.place))
        yield from _facts(document, "agencies.text", (body for body in bodies if _counts(body)))


def _units(table: Table, place: Place) -> Iterator[Body]:
    """The bodies in the columns of a table whose header says that units stand there (保护单位, 责任部门)."""
    for column in (index for index, label in enumerate(table.header) if _UNIT_COLUMN.search(label)):
        for cell in (row.cells[column] for row in table.rows):
            if cell and not cell.inferred:
                yield from (
                    body for body in split_bodies(cell.text, place) if body.kind == "body" and is_body(body.surface)
                )


def _organisations(string: str) -> Iterator[str]:
    """The bodies in which someone holds posts, companies too: only those of the state send members to groups."""
    for post in posts(Text.at(string, 0)):
        name = post.organisation.squeezed().string if post.organisation else ""
        if is_body(name):
            yield written(name)


def _is_named(name: str) -> bool:
    """Whether the subject of a sentence about duties is a body by name, no kind of bodies (卫生健康部门)."""
    return (is_body(name) and kind_of(name) != "functional") or bool(_SUBGROUP.fullmatch(name))


def _texts(document: PrintedDocument) -> Iterator[Text]:
    """Paragraphs and cells in reading order, without the address line, which is a list."""
    address = {text.offsets[0] for text in document.addressees[:1]}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text.offsets[0] not in address:
                yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.cells if cell and not cell.inferred)


def _without_titles(text: Text) -> Text:
    """The text with cited titles blanked: the bodies named in them are not those of this document."""
    return text.replace(_CITED, lambda match: "《" * len(match.group()))


def _without_person(body: Body, persons: set[str]) -> Body:
    """A body without the name of the member of a group that is printed before it (“林一平 江北市财政局局长”)."""
    for person in persons:
        if body.surface.startswith(person):
            return replace(body, text=body.text[len(person) :], surface=body.surface[len(person) :])
    return body


def _counts(body: Body) -> bool:
    """Whether a name found in running text counts as a public body of the document."""
    if body.kind == "collective":
        return ends_as_body(body.surface) and not _OF_NO_PARENT.fullmatch(body.surface)
    return body.kind == "body" and body.surface != "办公室" and not _FACILITY.search(body.surface)


def _aliases(document: PrintedDocument, context: Context) -> Iterator[tuple[str, str]]:
    """The short names that the document gives to bodies, with what they stand for."""
    for paragraph in document.paragraphs:
        string = paragraph.text.string
        for match in _ALIAS.finditer(string):
            for body in find_bodies(paragraph.text[: match.start()], context.place)[-1:]:
                if string.endswith(body.surface, 0, match.start()):
                    yield match.group(1), body.intended or body.surface


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
    surface = written(surface)
    holding = [place for place in evidence if surface in written(_WHITE.sub("", place.quote))]
    return Agency(
        doc=document.number,
        evidence=tuple(holding[:1]) or evidence,
        rule=rule,
        confidence=CONFIDENCE[rule],
        surface=surface,
        intended=intended,
    )
