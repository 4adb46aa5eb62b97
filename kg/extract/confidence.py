"""How far a rule can be trusted: the share of its facts that were right on answer keys.

An extractor gives each of its facts a first guess.  Where facts with the same rule and guess have been counted on keys,
the share that was right corrects the guess, the more so the more were counted (the mean of a beta distribution whose
prior is the guess).  Rules that no key has met keep the guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TypeVar

from kg.data import rows
from kg.facts import Fact

F = TypeVar("F", bound=Fact)
#: Facts right and wrong, by rule and first guess.
Counts = Mapping[tuple[str, float], tuple[int, int]]
#: A guess weighs as much as this number of facts counted.
PRIOR_WEIGHT = 10
#: No rule is certain.
MOST = 0.995


@cache
def counted() -> Counts:
    """The counts that ship with the package: made by ``python -m scripts.calibrate``."""
    return {
        (row["rule"], float(row["guess"])): (int(row["right"]), int(row["wrong"])) for row in rows("confidence.tsv")
    }


def confidence(rule: str, guess: float, counts: Counts) -> float:
    """The share of facts with this rule and guess that are right, as far as the counts tell."""
    right, wrong = counts.get((rule, guess), (0, 0))
    return min(MOST, round((right + guess * PRIOR_WEIGHT) / (right + wrong + PRIOR_WEIGHT), 3))


def calibrated(fact: F) -> F:
    """The fact with its confidence corrected by what was counted."""
    return replace(fact, confidence=confidence(fact.rule, fact.confidence, counted()))
