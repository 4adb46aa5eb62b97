"""The facts that every room of the house speaks: what a careful reader of a gazette would write down.

A fact is a plain frozen dataclass.  It names the document it stands in, the place in the source that carries it
(its evidence), the rule that found it and how far that rule can be trusted.  Nothing here knows spaCy, RDF or files.

Numbers, names and indicators are kept as the source writes them, without the line breaks and spaces that printing put
inside Chinese text.  What is not stated is ``None``, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


def number_key(number: str) -> str:
    """A document number as all its spellings share it: 国发[2021]第5号 → 国发〔2021〕5号, GB/T 1—2001 → GB/T1-2001."""
    plain = "".join(unicodedata.normalize("NFKC", number).split())
    return re.sub(r"[\])】]", "〕", re.sub(r"[\[(【]", "〔", plain)).replace("第", "").replace("—", "-")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a source text, as in the W3C Web Annotation Model's TextPositionSelector and TextQuoteSelector.

    ``start`` and ``end`` count Unicode code points in the decoded source text (byte order mark removed, line ends
    untouched); ``quote`` is exactly the text between them.  ``box`` is where the lines that begin it are printed on the
    page of a PDF: left, top, width, height in points from the page's upper left corner, as in the ``viewrect`` of
    RFC 8118.
    """

    file: str
    start: int
    end: int
    quote: str
    page: int | None = None
    box: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The area whose government speaks: it settles what “市”, “我市” and “自治区” mean in a document.

    Names are full official ones (``广西壮族自治区``, ``钦州市``); ``code`` is the GB/T 2260 code of the smallest area
    named, where the table of divisions has it.
    """

    province: str | None = None
    city: str | None = None
    county: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all kinds of facts share.

    ``doc`` is the document number, normalised (``钦政办〔2022〕23号``), or the title of a document without one.
    ``evidence`` holds all places that the fact rests on, the deciding one first.
    ``rule`` is ``extractor.pattern``; ``confidence`` the share of such facts that are right, measured on answer keys.
    """

    doc: str
    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Fact):
    """A document (公文) that a gazette prints or lists, or that a file holds by itself."""

    title: str
    issuers: tuple[str, ...] = ()
    date: str | None = None
    kind: str | None = None
    attached: tuple[str, ...] = ()
    gazette: str | None = None
    in_contents: bool = False
    printed_in_full: bool = True
    addressees: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Fact):
    """A plan, scheme or measure (规划、方案、办法…) issued with a document.  Periods are years, both included."""

    title: str
    type: str | None = None
    period_start: int | None = None
    period_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """A quantified future commitment (目标): an indicator, a value and a year.

    ``value`` is printed text without its comparator words; ``comparator`` one of ``= >= <= > < ~`` or None;
    ``nature`` is 约束性, 预期性 or None; ``source`` is ``table`` or ``text``; ``scope`` the area or body that the
    target belongs to where one indicator is promised for several.
    """

    indicator: str
    value: str
    comparator: str | None = None
    unit: str | None = None
    target_year: int | None = None
    baseline_value: str | None = None
    baseline_year: int | None = None
    nature: str | None = None
    source: str = "text"
    plan: str | None = None
    scope: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Fact):
    """An agency made responsible for a task (责任分工).

    ``role`` is ``lead`` (牵头), ``responsible`` (责任), ``cooperating`` (配合) or ``supervising`` (督导); ``agency`` is
    as printed, ``intended`` the whole name where the printed one is elided or misread, ``canonical`` the official name.
    ``source`` is ``table``, ``paren`` or ``text``; ``section`` the path of headings to the task.
    """

    task: str
    agency: str | None
    role: str
    leader: str | None = None
    deadline: str | None = None
    source: str = "text"
    plan: str | None = None
    section: str | None = None
    intended: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """A person (or, where none is named, a post) in a leading group, headquarters or joint meeting."""

    group: str
    person: str | None
    role: str
    post: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Fact):
    """One step of an appointment notice (人事任免): ``action`` is ``appoint`` or ``remove``.  ``date`` is ISO 8601."""

    person: str
    action: str
    post: str
    organisation: str | None = None
    date: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio(Fact):
    """A field of work or an agency that a leader heads, oversees or liaises with (领导分工)."""

    person: str
    relation: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Fact):
    """A document referred to; ``relation`` is ``basis``, ``amends``, ``repeals`` or ``mentions``."""

    cited_title: str | None
    cited_number: str | None
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Fact):
    """A public body named in a document, once for each distinct surface form.

    ``level`` is 国家, 自治区, 省, 市, 县区, 镇, 园区, 集体 (a collective) or 其他; ``entity`` the IRI of the resolved
    agency.
    """

    surface: str
    intended: str | None = None
    canonical: str | None = None
    level: str | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Fact):
    """A construction or programme project named in a project table."""

    name: str
    nature: str | None = None
    period: str | None = None
    investment: str | None = None
    investment_unit: str | None = None
    owner: str | None = None


#: Fact tables in the order of the export, with the class of their rows.
TABLES: dict[str, type[Fact]] = {
    "documents": Document,
    "plans": Plan,
    "targets": Target,
    "assignments": Assignment,
    "memberships": Membership,
    "appointments": Appointment,
    "portfolios": Portfolio,
    "citations": Citation,
    "agencies": Agency,
    "projects": Project,
}
