"""What the catalogue holds: things, facts, places in texts, posts held; and which facts are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

#: Characters that stand for themselves in the path of an address.
_SAFE = "/:@!$&'()*+,;=~-._"


@lru_cache(maxsize=65536)
def page_of(key: str) -> str:
    """The address of the page of a thing or fact."""
    return f"/page/{quote(key, safe=_SAFE)}"


@dataclass(frozen=True, slots=True)
class Thing:
    """What has a page: ``kind`` is agency, collective, group, document, plan, cited, person, indicator or task."""

    id: int
    iri: str
    key: str
    kind: str
    label: str
    note: str | None
    facts: int

    @property
    def href(self) -> str:
        """The address of its page."""
        return page_of(self.key)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: its own fields, where it is stated, what it rests on, the things it links to by relation."""

    id: int
    iri: str
    key: str
    kind: str
    doc: str
    document: int | None
    file: str
    start: int
    stop: int
    page: int | None
    quote: str
    rule: str
    confidence: float
    fields: dict[str, Any]
    links: dict[str, list[Thing]] = field(default_factory=dict)

    @property
    def href(self) -> str:
        """The address of its page."""
        return page_of(self.key)

    @property
    def anchor(self) -> str:
        """Its name within the reading view of its document."""
        return f"{self.kind}-{self.start}"

    def link(self, relation: str) -> Thing | None:
        """The first thing it links to by a relation."""
        return next(iter(self.links.get(relation, ())), None)

    def row(self) -> dict[str, Any]:
        """The fact as a row of the export."""
        evidence = {"quote": self.quote, "iri": self.iri, "file": self.file, "start": self.start, "end": self.stop}
        found = {"page": self.page, "rule": self.rule, "confidence": self.confidence}
        return {"doc": self.doc, **self.fields, **evidence, **found}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source text that a fact rests on."""

    file: str
    start: int
    stop: int
    page: int | None
    quote: str
    deciding: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a document's text and the fact that rests on it."""

    start: int
    stop: int
    fact: int
    kind: str
    key: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as a file prints it: from ``start`` to ``stop`` of the decoded text."""

    file: str
    gazette: str | None
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Tie:
    """How a thing is tied to another: what it is a unit of, what it became, with the year and kind of the change."""

    thing: Thing
    year: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A post that someone held: from an appointment to a removal, or as the documents between two days name it."""

    person: Thing | None
    agency: Thing | None
    post: str
    begin: str | None
    end: str | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, by which of its names."""

    thing: Thing
    name: str


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A line of a document that has the words looked for."""

    document: Thing
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which facts are wanted; ``of`` are things that they must link to, ``at`` a stretch of a file."""

    kind: str | None = None
    value: str | None = None
    year: int | None = None
    doc: str | None = None
    plan: str | None = None
    agency: str | None = None
    confidence: float | None = None
    deadline: int | None = None
    band: str | None = None
    of: tuple[int, ...] = ()
    relation: str | None = None
    at: tuple[str, int, int] | None = None
    words: str | None = None
