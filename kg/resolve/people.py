"""People and their posts (职务): who one is over all documents, which posts one held, and from when to when.

Within a government a name is one person, unless the posts contradict: one member list that names 李明 of two agencies
names two people, and who has retired takes no other post.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_RETIRED = re.compile(r"退休|辞世|去世|逝世|病故")
_APPOINT, _REMOVE, _SEEN = "appoint", "remove", "seen"


@dataclass(frozen=True, slots=True)
class Said:
    """What one fact says of a person.

    ``person`` is the name's node within its government; ``kind`` is ``appoint``, ``remove``, ``seen`` (a member list
    names the person with the post) or ``named`` (without a post).  ``organisation`` is the full name of the body that
    the post is in, ``date`` ISO 8601, ``list`` what keeps one list apart from others.
    """

    fact: str
    person: str
    name: str
    kind: str
    post: str | None = None
    organisation: str | None = None
    date: str | None = None
    note: str | None = None
    list: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person over all documents.

    ``node`` is the name's node in its government; ``mark`` is empty, or what keeps one of several people with this name
    apart: the organisation of the posts.
    """

    node: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A post that a person held.

    ``appointed`` and ``removed`` are the days on which documents say so; ``first_seen`` and ``last_seen`` those of the
    documents that name the person with the post.  What no document tells is None.
    """

    person: Person
    post: str
    organisation: str | None
    appointed: str | None
    removed: str | None
    first_seen: str | None
    last_seen: str | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who the facts are about, by fact and name node; the posts held; and namesakes that a human should look at."""

    persons: dict[tuple[str, str], Person]
    tenures: tuple[Tenure, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Facts about one name of which one cannot be sure whom they mean: why, and the facts of both sides.

    With ``other`` the name was taken for two people, who may be one; without, for one, who may be two.
    """

    person: Person
    reason: str
    facts: tuple[str, ...]
    other: Person | None = None


def resolve_people(said: Sequence[Said], *, one: Collection[str] = (), apart: Collection[str] = ()) -> People:
    """Tell people apart and put their posts in order of time.

    Args:
        said: all that the documents say of people, in any order.
        one: name nodes that someone has decided to be one person, whatever the posts.
        apart: facts that someone has decided to be about another person of the name.
    """
    by_node: defaultdict[str, list[Said]] = defaultdict(list)
    for each in sorted(said, key=lambda each: (each.date or "", each.fact, each.person)):
        by_node[each.person].append(each)
    persons: dict[tuple[str, str], Person] = {}
    tenures: list[Tenure] = []
    doubts: list[Doubt] = []
    for _, group in sorted(by_node.items()):
        told = _told_apart(group, one, apart)
        persons |= {(each.fact, each.person): person for person, facts in told.items() for each in facts}
        doubts += _namesakes(sorted(told, key=lambda person: person.mark), told)
        for person, facts in told.items():
            tenures += _tenures(person, facts)
            doubts += _unexplained_moves(person, facts)
    return People(persons, tuple(tenures), tuple(doubts))


def _told_apart(group: Sequence[Said], one: Collection[str], decided: Collection[str]) -> dict[Person, list[Said]]:
    """The facts about one name, by person."""
    whole = Person(group[0].person, group[0].name)
    held = _held_together(group)
    apart = _contradicting(group, held) | _after_retirement(group, held)
    apart = set() if whole.node in one else apart
    apart |= {held[each.organisation] for each in group if each.organisation and each.fact in decided}
    marks = {each.fact: held[each.organisation] for each in group if each.organisation}
    told: defaultdict[Person, list[Said]] = defaultdict(list)
    for each in group:
        # what names no organisation of the contradicting ones stays with the bare name
        mark = marks.get(each.fact, "")
        told[replace(whole, mark=mark) if mark in apart else whole].append(each)
    return dict(told)


def _held_together(group: Sequence[Said]) -> dict[str, str]:
    """For each organisation the first of those whose posts the name bears together: 市委常委、副市长 is one person."""
    by_fact: defaultdict[str, set[str]] = defaultdict(set)
    for each in group:
        if each.organisation:
            by_fact[each.fact].add(each.organisation)
    groups: list[set[str]] = []
    for together in by_fact.values():
        touching = [other for other in groups if other & together]
        groups = [other for other in groups if not other & together] + [together.union(*touching)]
    return {name: min(together) for together in groups for name in together}


def _contradicting(group: Sequence[Said], held: dict[str, str]) -> set[str]:
    """The organisations that one document names beside one another for one name: no one is in both full time."""
    lists: defaultdict[str, set[str]] = defaultdict(set)
    for each in group:
        if each.kind == _SEEN and each.list and each.organisation:
            lists[each.list].add(held[each.organisation])
    return {name for names in lists.values() if len(names) > 1 for name in names}


def _after_retirement(group: Sequence[Said], held: dict[str, str]) -> set[str]:
    """The organisations of one who has retired and of one with the same name who takes a post later elsewhere."""
    apart: set[str] = set()
    for end in group:
        if end.kind == _REMOVE and end.organisation and end.date and _RETIRED.search(end.note or ""):
            own = held[end.organisation]
            after = {
                held[each.organisation]
                for each in group
                if each.organisation and each.kind in (_APPOINT, _SEEN) and (each.date or "") > end.date
            }
            apart |= {*after, own} if after - {own} else set()
    return apart


def _tenures(person: Person, facts: Iterable[Said]) -> Iterator[Tenure]:
    by_post: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in facts:
        if each.post and each.kind in (_APPOINT, _REMOVE, _SEEN):
            by_post[each.organisation or "", each.post].append(each)
    for (organisation, post), steps in sorted(by_post.items()):
        open_: Tenure | None = None
        for step in steps:
            # A new appointment, or a sighting after the removal, begins another term
            if open_ and ((step.kind == _APPOINT and open_.appointed) or (step.kind != _REMOVE and open_.removed)):
                yield open_
                open_ = None
            empty = Tenure(person, post, organisation or None, None, None, None, None, ())
            open_ = _with(open_ or empty, step)
        if open_:
            yield open_


def _with(tenure: Tenure, step: Said) -> Tenure:
    facts = tuple(sorted({*tenure.facts, step.fact}))
    if step.kind == _APPOINT:
        return replace(tenure, appointed=step.date, facts=facts)
    if step.kind == _REMOVE:
        return replace(tenure, removed=tenure.removed or step.date, facts=facts)
    return replace(tenure, first_seen=tenure.first_seen or step.date, last_seen=step.date, facts=facts)


def _unexplained_moves(person: Person, facts: Sequence[Said]) -> Iterator[Doubt]:
    """A name seen with a post in one agency and later in another one, without any document that moves the person."""
    held = _held_together(facts)
    seen = [each for each in facts if each.kind == _SEEN and each.organisation]
    moved = {each.organisation for each in facts if each.kind in (_APPOINT, _REMOVE)}
    told: set[tuple[str, str]] = set()
    for before, after in pairwise(seen):
        pair = (before.organisation or "", after.organisation or "")
        if held[pair[0]] == held[pair[1]] or moved & set(pair) or pair in told:
            continue
        told.add(pair)
        reason = (
            f"先后见于{pair[0]}（{before.date or '日期不明'}）和{pair[1]}（{after.date or '日期不明'}），未见任免。"
        )
        yield Doubt(person, reason, (before.fact, after.fact))


def _namesakes(told: Sequence[Person], facts: dict[Person, list[Said]]) -> Iterator[Doubt]:
    """People who bear one name and were told apart: a human may know better."""
    marked = [person for person in told if person.mark]
    for left, right in pairwise(marked):
        reason = f"同名而职务相斥，视为两人：{left.mark}、{right.mark}。"
        sources = {facts[left][0].fact, facts[right][0].fact}
        yield Doubt(left, reason, tuple(sorted(sources)), right)
