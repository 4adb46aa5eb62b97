"""Links across documents: what resolving says of two nodes, and how sure it is of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that no single document makes: ``subject predicate object``, all as the graph names them.

    ``rule`` is ``module.pattern``, ``sources`` are the IRIs of the facts that it rests on.  A link with a ``doubt``
    (one sentence) is for a human to judge: it is listed, and not stated until accepted, unless it is ``assumed``.
    """

    subject: str
    predicate: str
    object: str
    rule: str
    confidence: float
    sources: tuple[str, ...]
    doubt: str | None = None
    assumed: bool = False


def one_apart(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of strings that differ by one character inserted, left out or replaced at one place.

    Each string is filed under all strings that leaving out one character gives, so that the time grows with the number
    of strings and not with that of pairs.
    """
    whole = set(keys)
    filed: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    pairs: set[tuple[str, str]] = set()
    for key in whole:
        for index in range(len(key)):
            rest = key[:index] + key[index + 1 :]
            filed[index, rest].add(key)
            if rest in whole:
                pairs.add((min(rest, key), max(rest, key)))
    for found in filed.values():
        pairs.update(combinations(sorted(found), 2))
    yield from sorted(pairs)


def difference(left: str, right: str) -> tuple[str, str]:
    """What two strings do not share: the parts between their common beginning and their common end."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]
