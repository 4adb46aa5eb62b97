"""Resolving: facts → facts with canonical agencies."""

from kg.resolve.agencies import canonical
from kg.resolve.facts import resolve

__all__ = ["canonical", "resolve"]
