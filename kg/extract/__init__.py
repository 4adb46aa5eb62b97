"""Extraction: a printed document → the facts in it, one component of a spaCy pipeline for each kind."""

from __future__ import annotations

from kg.facts import Fact
from kg.read.model import PrintedDocument

__all__ = ["extract"]


def extract(document: PrintedDocument) -> list[Fact]:
    """All facts of one printed document.  spaCy is imported at the first call, not before."""
    from kg.extract.pipeline import extract as run

    return run(document)
