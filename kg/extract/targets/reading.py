"""A reading: what one quantity of a clause is said of, and the clause it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.periods import Period
from kg.extract.quantities import Quantity
from kg.extract.targets.phrases import Clause


@dataclass(frozen=True, slots=True)
class Reading:
    """What one quantity of a clause is said of.

    ``subject`` is the name without the verb, for later clauses that leave it out; ``verb`` the kind of verb (``reach``,
    ``be``, ``change``, ``make``, ``have``, ``share`` or ``verbless``); ``[start, end)`` the words that say it in the
    paragraph.  ``spread`` is a comparison before the verb that holds for the whole list (至少建成1所、2座); ``part`` is
    true after 其中.
    """

    name: str
    subject: str
    quantity: Quantity
    verb: str
    start: int
    end: int
    baseline: str | None = None
    year: int | None = None
    scope: str | None = None
    spread: str | None = None
    part: bool = False


class Wording:
    """A clause of a paragraph as the grammar reads it.

    ``string`` is the paragraph with the words of the clause's periods blanked, ``hidden`` the same with brackets and
    quotations hidden; ``found`` are the quantities of the clause.  All positions are those of the paragraph.
    """

    __slots__ = ("end", "found", "hidden", "periods", "start", "string")

    def __init__(self, string: str, hidden: str, clause: Clause, found: list[Quantity], periods: list[Period]) -> None:
        self.string, self.hidden = string, hidden
        for period in periods:
            blank = " " * (period.end - period.start)
            self.string = self.string[: period.start] + blank + self.string[period.end :]
            self.hidden = self.hidden[: period.start] + blank + self.hidden[period.end :]
        self.start, self.end = clause.start, clause.end
        self.found, self.periods = found, periods

    def until(self, end: int, count: int) -> Wording:
        """The clause up to ``end``, with the first ``count`` of its quantities."""
        return Wording(self.string, self.hidden, Clause(self.start, end, 0), self.found[:count], self.periods)
