"""Facts → facts with canonical names, document by document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.facts import Agency, Assignment, Document, Fact, Place
from kg.resolve.agencies import canonical, name_varies
from kg.resolve.areas import OTHER, split_area

# leading groups and the like (议事协调机构), alone or with what belongs to them: 领导小组办公室, 工作专班招商引资组
_KIND = r"(领导小组|协调小组|专责小组|指挥部|联席会议|工作专班|应急委员会|安全生产委员会|减灾委员会)"
_BARE = re.compile(rf"{_KIND}([\u4e00-\u9fff]*(?:办公室|组|专班))?")
_SUBGROUP = re.compile(r"[\u4e00-\u9fff]{3,12}(?<!小)组")
_AND = str.maketrans("", "", "和与及")
_NAMED = re.compile(rf"(.{{3,}}?){_KIND}")


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
        places = (fact.place for fact in facts if isinstance(fact, Document) and fact.place)
        agencies = [fact for fact in facts if isinstance(fact, Agency)]
        self.place = next(places, Place())
        self.full = {_bare(agency.surface): agency.surface for agency in agencies if self._is_full(agency.surface)}
        self.intended = {agency.surface: agency.intended for agency in agencies if agency.intended}
        self.groups = sorted((a.evidence[0].start, a.surface) for a in agencies if _NAMED.match(a.surface))
        # “省级及以上应急领导小组” is a kind of group: a headquarters of the document's own names its area
        self.own_groups = [group for group in self.groups if canonical(group[1], self.place)[1] != OTHER]

    def _is_full(self, surface: str) -> bool:
        """Whether a printed name is an official one as it stands."""
        name, _ = canonical(surface, self.place)
        own = self.place.county or self.place.city or self.place.province
        varies = own is not None and surface.startswith(own) and name_varies(surface[len(own) :])
        return name == surface or (varies and _bare(name) == _bare(surface))

    def resolved(self, fact: Fact) -> Fact:
        """The fact with canonical names, if it has agencies."""
        if isinstance(fact, Agency):
            name, level = self._name(fact.surface, fact.intended, fact.evidence[0].start)
            return replace(fact, canonical=name, level=level)
        if isinstance(fact, Assignment) and fact.agency:
            return replace(fact, canonical=self._name(fact.agency, fact.intended, fact.evidence[0].start)[0])
        return fact

    def _name(self, surface: str, intended: str | None, start: int) -> tuple[str, str]:
        whole = self._whole(intended or self.intended.get(surface) or surface, start)
        name, level = canonical(surface, self.place, whole)
        return (name if level == OTHER else self.full.get(_bare(name), name)), level

    def _whole(self, name: str, start: int) -> str:
        """A name that begins with “领导小组” or the like, with the full name of that group instead."""
        bare = _BARE.fullmatch(name)
        if not bare:
            # the working groups of a headquarters are listed below its name: （1）抢险排水组：…
            alone = _SUBGROUP.fullmatch(name) and not split_area(name, self.place)
            parent = self._group_before("", start, self.own_groups) if alone else None
            return (parent or "") + name
        group = self._group_before(bare[1], start)
        if not group and name != bare[1] and bare[1] in self.intended:
            group = self._whole(self.intended[bare[1]], start)
        return group + (bare[2] or "") if group else name

    def _group_before(self, kind: str, start: int, among: Sequence[tuple[int, str]] | None = None) -> str | None:
        """The full name of the group of a kind (or of any) that was named last before a place, else of the first."""
        among = self.groups if among is None else among
        groups = [(position, name) for position, surface in among if (name := _of_kind(surface, kind))]
        before = [name for position, name in groups if position <= start]
        return before[-1] if before else next((name for _, name in groups), None)


def _of_kind(surface: str, kind: str) -> str | None:
    match = _NAMED.match(surface)
    return match.group() if match and kind in ("", match[2]) else None


def _bare(name: str) -> str:
    """A name without the words in which official names vary: 文化广电和旅游局, 文化广电旅游局."""
    return name.translate(_AND)
