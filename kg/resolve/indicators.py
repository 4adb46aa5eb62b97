"""Indicators (指标): which printed names are one concept, by name and unit; what is nearly one is left to a human."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.resolve.link import difference, one_apart

# 全市每千人口…, 我市…: the area that the plan is for, no part of the indicator's name
_AREA = re.compile(r"^(?:到\d{4}年，?)?(?:全|我|本)(?:国|省|区|市|县|州|盟|旗)(?:范围内)?(?:的)?")
_PARTICLES = re.compile(r"(?<=人口)中|的(?!$)|，(?=比例)")
_UNHEARD = re.compile(r"[\s“”\"‘’·]")
_RATIO = re.compile(r"比例$|率$")
#: Counted things (个、家、所) and people (人、名) have many classifiers that say the same.
_PEOPLE, _THINGS, _EVENTS = "人", "个", "次"
_CLASSIFIERS = dict.fromkeys("人名位", _PEOPLE) | dict.fromkeys("个家所处项座条款类件只支", _THINGS)
_CLASSIFIERS |= {"人次": _EVENTS, "次": _EVENTS}
_MULTIPLIER = re.compile(r"^[万亿千百十]+(?=.)")
_PER = re.compile(r"^(?:1?[/／])?(?:1[/／])?(?=10万|十万|万$)")
_SHARE = {"%": "%", "‰": "%"}
_NUMERAL = re.compile(r"[\d一二三四五六七八九十]")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """A target's indicator: the target's node, the indicator and the unit as printed."""

    target: str
    indicator: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Concept:
    """An indicator over all documents: its key, unit class, preferred name, all names, and the targets set for it."""

    key: str
    unit: str | None
    name: str
    names: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two concepts of one unit whose names nearly say the same, and how they differ."""

    left: Concept
    right: Concept
    reason: str


def name_key(name: str) -> str:
    """The name of an indicator as all its spellings share it.

    >>> name_key("全市人均期望寿命")
    '人均预期寿命'
    """
    plain = _UNHEARD.sub("", unicodedata.normalize("NFKC", name))
    plain = _AREA.sub("", plain.replace("(", "（").replace(")", "）")) or plain
    plain = _worded(plain)
    return _same().get(plain, plain)


def unit_key(unit: str | None) -> str | None:
    """The class of a unit: 万人 and 名 both count people; % and ‰ are one scale; None where none is printed."""
    plain = unicodedata.normalize("NFKC", unit or "").replace(" ", "").replace("／", "/")
    plain = re.sub(r"[（(].*[)）]$", "", plain)
    if not plain:
        return None
    if plain in _SHARE:
        return _SHARE[plain]
    per = re.sub(r"^(?:1)?/", "1/", plain) if _PER.match(plain) and "/" in plain else plain
    bare = _MULTIPLIER.sub("", per) if "/" not in per else per
    head, slash, below = bare.partition("/")
    return _CLASSIFIERS.get(head, head) + slash + below


def resolve_indicators(
    measured: Sequence[Measured], merged: Iterable[tuple[str, str]] = ()
) -> tuple[list[Concept], list[NearMiss]]:
    """Group targets by what they measure.

    Args:
        measured: the indicators of all targets.
        merged: pairs of names that a human has decided to be one indicator.

    Returns:
        The concepts, sorted; and the pairs that a human should look at.
    """
    also = _also({(name_key(left), name_key(right)) for left, right in merged})
    by_key: defaultdict[str, defaultdict[str | None, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    units: defaultdict[str, set[str]] = defaultdict(set)
    for each in measured:
        key = name_key(each.indicator)
        key = also.get(key, key)
        unit = unit_key(each.unit)
        by_key[key][unit].append(each)
        units[key] |= {unit} if unit else set()
    by_key = _counted(by_key)
    concepts = [
        _concept(key, unit, group) for key, groups in by_key.items() for unit, group in _with_unitless(groups).items()
    ]
    concepts.sort(key=lambda concept: (concept.key, concept.unit or ""))
    return concepts, list(_near_misses(concepts))


def _counted(
    by_key: defaultdict[str, defaultdict[str | None, list[Measured]]],
) -> defaultdict[str, defaultdict[str | None, list[Measured]]]:
    """高新技术企业数, counted in 家, is 高新技术企业: of counted things the word 数 says nothing."""
    merged: defaultdict[str, defaultdict[str | None, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for key, groups in by_key.items():
        bare = key[:-1]
        for unit, group in groups.items():
            plain = key.endswith("数") and unit in (_THINGS, _PEOPLE) and unit in by_key.get(bare, {})
            merged[bare if plain else key][unit] += group
    return merged


def _with_unitless(groups: dict[str | None, list[Measured]]) -> dict[str | None, list[Measured]]:
    """Targets without a unit belong to the one unit that the name has elsewhere, if it is one."""
    told = sorted(unit for unit in groups if unit)
    if None not in groups or len(told) != 1:
        return groups
    return {told[0]: [*groups[told[0]], *groups[None]]}


def _concept(key: str, unit: str | None, group: Sequence[Measured]) -> Concept:
    names = Counter(re.sub(r"\s", "", each.indicator) for each in group)
    preferred = key if key in names else min(names, key=lambda name: (-names[name], len(name), name))
    return Concept(key, unit, preferred, tuple(sorted(names)), tuple(sorted({each.target for each in group})))


def _also(pairs: set[tuple[str, str]]) -> dict[str, str]:
    """For each key that a human has merged, the first of its group."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    for left, right in sorted(pairs):
        first, second = sorted((root(left), root(right)))
        parent[second] = first
    return {key: root(key) for key in {key for pair in pairs for key in pair}}


def _near_misses(concepts: Sequence[Concept]) -> Iterator[NearMiss]:
    by_key: defaultdict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        by_key[concept.key].append(concept)
    pairs = set(one_apart(key for key in by_key if len(key) > _SHORTEST)) | set(_weakly_apart(by_key))
    for left, right in sorted(pairs):
        parts = difference(left, right)
        if any(_NUMERAL.search(part) for part in parts) or _told_apart(*parts):
            continue
        for one in by_key[left]:
            for other in by_key[right]:
                if one.unit == other.unit and bool(_RATIO.search(left)) == bool(_RATIO.search(right)):
                    yield NearMiss(
                        one, other, f"只差“{parts[0]}”与“{parts[1]}”" if all(parts) else f"只多“{max(parts)}”"
                    )


def _weakly_apart(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are equal when the words that say little are left out."""
    filed: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        filed[_weak().sub("", key)].append(key)
    for group in filed.values():
        yield from ((left, right) for i, left in enumerate(group) for right in group[i + 1 :])


def _told_apart(left: str, right: str) -> bool:
    return any({form, name} == {left, right} for form, name in _apart())


def _rows(kind: str) -> list[tuple[str, str]]:
    return [(row["form"], row["name"]) for row in data.rows("indicator_variants.tsv") if row["kind"] == kind]


@cache
def _words() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_rows("word"), key=lambda row: (-len(row[0]), row)))


@cache
def _apart() -> tuple[tuple[str, str], ...]:
    return tuple(_rows("apart"))


@cache
def _same() -> dict[str, str]:
    """Whole names that are one indicator's, both written as :func:`name_key` writes the words in them."""
    return {_worded(form): _worded(name) for form, name in _rows("same")}


def _worded(name: str) -> str:
    for form, whole in _words():
        # 平均预期寿命 → 人均预期寿命, but never 研发经费经费投入
        if form not in whole or whole not in name:
            name = name.replace(form, whole)
    return _PARTICLES.sub("", name)


@cache
def _weak() -> re.Pattern[str]:
    words = sorted((form for form, _ in _rows("weak")), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
