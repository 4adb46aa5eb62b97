"""Content negotiation (RFC 9110, 12.5): which of the media types on offer a client likes best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
STATEMENTS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)
#: Other names that clients use for a media type on offer.
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
#: Short names for the parameter ``format`` and for the ends of addresses.
SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


# Clients send one header again and again
@lru_cache(maxsize=64)
def best(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """The media type on offer that a client likes best, the first of equals; None if it accepts none of them.

    No header accepts everything.  The most specific range that fits a media type decides on it.
    """
    ranges = list(_ranges(accept or "*/*"))
    rated = [(_quality(media_type, ranges), -index, media_type) for index, media_type in enumerate(offered)]
    quality, _, chosen = max(rated)
    return chosen if quality > 0 else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            found.append((name, quality))
    return found


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    names = [media_type, *(alias for alias, meant in ALIASES.items() if meant == media_type)]
    for fits in ({*names}, {f"{media_type.split('/')[0]}/*"}, {"*/*"}):
        found = [quality for name, quality in ranges if name in fits]
        if found:
            return max(found)
    return 0.0
