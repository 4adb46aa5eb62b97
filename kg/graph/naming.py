"""IRIs: stable, readable, under a configurable base.

A document is named by its number, an agency by its canonical name, a fact by its document and a hash of what it says.
Names that mean something only where they are said (市财政局, a person's name) carry the place of the document.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache

from kg.facts import Assignment, Document, Evidence, Fact, Place, Plan

#: What RFC 3987 allows unescaped in a path segment, of ASCII.
_ASCII = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@")
_MAX_SEGMENT = 120
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+", re.IGNORECASE)
#: Fields that do not say what a fact says: how it was found, and what resolving adds and may later improve.
_NOT_SAID = {"evidence", "rule", "confidence", "canonical", "intended", "level", "entity", "place", "source"}


def is_iri(value: str) -> bool:
    """Whether a string is an absolute IRI that can be written as it is."""
    return bool(_IRI.fullmatch(value))


@lru_cache(maxsize=65536)
def segment(name: str) -> str:
    """A name as one path segment of an IRI (RFC 3987): Chinese stays readable, the rest is percent-encoded."""
    name = unicodedata.normalize("NFC", name.strip())
    encoded = "".join(character if _allowed(character) else _percent(character) for character in name)
    if len(encoded) <= _MAX_SEGMENT:
        return encoded
    cut = re.sub(r"%[0-9A-F]?$", "", encoded[: _MAX_SEGMENT - 9])
    return f"{cut}~{digest(name, 8)}"


def _allowed(character: str) -> bool:
    code = ord(character)
    if code < 0xA0:
        return character in _ASCII
    in_range = code < 0xD800 or 0xF900 <= code <= 0xFDCF or 0xFDF0 <= code <= 0xFFEF or 0x10000 <= code <= 0xEFFFD
    return in_range and unicodedata.category(character)[0] in "LMNPS"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def digest(text: str, length: int = 12) -> str:
    """The first hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


def said(fact: Fact) -> str:
    """What a fact says, as text to be hashed: its kind and its fields, not where, how or how surely it was found."""
    content = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name not in _NOT_SAID}
    return json.dumps([type(fact).__name__, content], ensure_ascii=False, sort_keys=True)


class Naming:
    """Gives the IRIs of everything, under one base."""

    def __init__(self, base: str) -> None:
        self.base = base

    @property
    def build(self) -> str:
        """The build that made the graph."""
        return f"{self.base}build"

    def path(self, kind: str, *names: str) -> str:
        """``<base>kind/name/name``."""
        return f"{self.base}{kind}/{'/'.join(segment(name) for name in names)}"

    def document(self, reference: str, title: str | None = None, date: str | None = None) -> str:
        """A document by its number; one that has none (its reference is its title) by title and date.

        Titles repeat (公告, 人事任免): the date keeps them apart.
        """
        if reference == title and date:
            return self.path("document", f"{reference}·{date}")
        return self.path("document", reference)

    def plan(self, document: str, title: str) -> str:
        """A plan within the document that issues it: many are just called 实施方案."""
        return f"{self.base}plan/{self._tail(document)}/{segment(title)}"

    def task(self, document: str, fact: Assignment) -> str:
        """A task by its document and a hash of its plan, section and words."""
        key = json.dumps([fact.plan, fact.section, fact.task], ensure_ascii=False)
        return f"{self.base}task/{self._tail(document)}/{digest(key)}"

    def evidence(self, source: str, evidence: Evidence) -> str:
        """A place in a source, as a text fragment identifier counting characters (RFC 5147)."""
        return f"{source}#char={evidence.start},{evidence.end}"

    def source(self, sha256: str) -> str:
        """A source file by the hash of its bytes."""
        return f"{self.base}source/{sha256[:16]}"

    def agency(self, name: str, place: str | None) -> str:
        """An agency by its full name, or by a name that holds in one place only."""
        return self.path("agency", place, name) if place else self.path("agency", name)

    def facts(self, document: str, facts: Iterable[Fact]) -> list[str]:
        """The IRIs of a document's facts, in the order given.

        A fact that says the same as one before it (in the order of the text) gets a number behind its hash.
        """
        listed = list(facts)
        order = sorted(range(len(listed)), key=lambda i: (min((e.start for e in listed[i].evidence), default=0), i))
        seen: Counter[str] = Counter()
        names = [""] * len(listed)
        for index in order:
            name = self._fact(document, listed[index])
            seen[name] += 1
            names[index] = name if seen[name] == 1 else f"{name}-{seen[name]}"
        return names

    def _fact(self, document: str, fact: Fact) -> str:
        if isinstance(fact, Document):
            return self.document(fact.doc, fact.title, fact.date)
        if isinstance(fact, Plan):
            return self.plan(document, fact.title)
        kind = type(fact).__name__.lower()
        return f"{self.base}fact/{self._tail(document)}/{kind}-{digest(said(fact))}"

    def _tail(self, document: str) -> str:
        return document.rsplit("/", 1)[-1]


def area_names(place: Place | None) -> list[str]:
    """The names of the areas that a place names, the largest first."""
    return [name for name in (place.province, place.city, place.county) if name] if place else []
