"""Printed values and units as numbers and QUDT units, where they are equal.  The printed words are kept beside them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg import data

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
#: Multipliers are no units (万吨 is ten thousand tonnes): the longest first.
_MULTIPLIERS = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2}


def decimal(text: str | None) -> str | None:
    """The number that a printed value is, spelled as xsd:decimal; None for words, ranges and sums."""
    plain = unicodedata.normalize("NFKC", text or "").replace("−", "-").strip()
    return plain.replace(",", "").lstrip("+") if _NUMBER.fullmatch(plain) else None


def unit(text: str | None) -> tuple[str | None, int]:
    """The QUDT unit (its local name) of a printed unit and the multiplier printed with it; (None, 1) if it has none."""
    known = _units()
    plain = (text or "").strip()
    if plain in known:
        return known[plain], 1
    for word, factor in _MULTIPLIERS.items():
        rest = plain.removeprefix(word)
        if rest != plain:
            return known.get(rest), factor if rest in known else 1
    return None, 1


@cache
def _units() -> dict[str, str]:
    return {row["unit"]: row["qudt"] for row in data.rows("qudt_units.tsv")}
