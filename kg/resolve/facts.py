"""Facts → facts with canonical names, document by document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.facts import Agency, Assignment, Document, Fact, Place
from kg.resolve.agencies import OTHER, canonical

_GROUP = r"(?:领导小组|协调小组|专责小组|指挥部|联席会议|工作专班)"
_BARE = re.compile(rf"{_GROUP}(?:办公室)?")
_NAMED = re.compile(rf".{{3,}}?{_GROUP}")


def resolve(facts: Sequence[Fact]) -> list[Fact]:
    """The facts with the canonical names and levels of their agencies.

    A document's own full names win over the lexicon's; “领导小组办公室” is the office of the group named before it.
    """
    documents: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        documents[fact.doc].append(fact)
    names = {doc: _Names(group) for doc, group in documents.items()}
    return [names[fact.doc].resolved(fact) for fact in facts]


class _Names:
    """What one document tells about the names in it."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        documents = (fact for fact in facts if isinstance(fact, Document))
        self.place = next((fact.place for fact in documents if fact.place), None) or Place()
        agencies = [fact for fact in facts if isinstance(fact, Agency)]
        self.full = {
            _bare(agency.surface): agency.surface
            for agency in agencies
            if canonical(agency.surface, self.place)[0] == agency.surface
        }
        self.groups = sorted((a.evidence[0].start, a.surface) for a in agencies if _NAMED.match(a.surface))

    def resolved(self, fact: Fact) -> Fact:
        if isinstance(fact, Agency):
            name, level = self._name(fact.surface, fact.intended, fact)
            return replace(fact, canonical=name, level=level)
        if isinstance(fact, Assignment) and fact.agency:
            return replace(fact, canonical=self._name(fact.agency, fact.intended, fact)[0])
        return fact

    def _name(self, surface: str, intended: str | None, fact: Fact) -> tuple[str, str]:
        if _BARE.fullmatch(surface):
            group = self._group_before(fact.evidence[0].start)
            if group:
                return canonical(group + ("办公室" if surface.endswith("办公室") else ""), self.place)
        name, level = canonical(surface, self.place, intended)
        return (self.full.get(_bare(name), name), level) if level != OTHER else (name, level)

    def _group_before(self, start: int) -> str | None:
        before = [surface for position, surface in self.groups if position <= start]
        name = before[-1] if before else (self.groups[0][1] if self.groups else None)
        match = _NAMED.match(name) if name else None
        return match.group() if match else None


def _bare(name: str) -> str:
    """A name without the words in which official names vary: 文化广电和旅游局, 文化广电旅游局."""
    return re.sub(r"[和与及]", "", name)
