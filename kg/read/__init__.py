"""Reading: a file's bytes → an Issue of printed documents, every piece of text with its place in the source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.read.errors import ReadError
from kg.read.issue import read_issue
from kg.read.model import Issue, Source
from kg.read.source import decode, read_source

__all__ = ["Issue", "ReadError", "read_file", "read_text"]


def read_file(path: Path, name: str | None = None, member: str = "") -> Issue:
    """Read a file: text, Markdown, PDF, Word or HTML; ``member`` is its path in the zip archive at ``path``.

    ``name`` is the path that evidence names, relative to what the user gave.  Raises ReadError.
    """
    return _issue(read_source(path, name, member))


def read_text(text: str, path: str = "text") -> Issue:
    """Read a text that is already decoded, as if it stood in a file.  Raises ReadError."""
    return _issue(decode(text.encode(), path))


def _issue(source: Source) -> Issue:
    issue = read_issue(source)
    return replace(issue, problems=(*source.problems, *issue.problems)) if source.problems else issue
