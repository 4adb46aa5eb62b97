"""What an extractor knows beside the document's own text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from kg.facts import Fact, Place, Plan

F = TypeVar("F", bound=Fact)


@dataclass(slots=True)
class Context:
    """The place whose government speaks, and the facts that earlier extractors found in the same document."""

    place: Place = field(default_factory=Place)
    facts: list[Fact] = field(default_factory=list)

    def of(self, kind: type[F]) -> list[F]:
        """The facts of one kind found so far."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    @property
    def plans(self) -> list[Plan]:
        """The plans that the document issues."""
        return self.of(Plan)

    def plan(self, title: str | None) -> Plan | None:
        """The plan with this title, if the document issues it."""
        return next((plan for plan in self.plans if plan.title == title), None)
