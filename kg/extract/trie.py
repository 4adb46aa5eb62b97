"""Regular expressions for long lists of words: a trie is an order of magnitude faster than a flat alternation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def alternatives(words: Iterable[str]) -> str:
    """A pattern (without groups) that matches the longest of the words that stands at a place."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _pattern(tree) if tree else r"(?!)"


def _pattern(node: dict[str, Any]) -> str:
    """The pattern of what may follow a node; the end of a word ("") last, so that longer words win."""
    branches = [re.escape(character) + _pattern(child) for character, child in sorted(node.items()) if character]
    if not branches:
        return ""
    inner = branches[0] if len(branches) == 1 else "|".join(branches)
    if "" in node:
        return f"(?:{inner})?"
    return inner if len(branches) == 1 else f"(?:{inner})"
