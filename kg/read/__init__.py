"""Reading: a file's bytes → an Issue of printed documents, every piece of text with its place in the source."""

from __future__ import annotations

from pathlib import Path

from kg.read.issue import read_issue
from kg.read.model import Issue
from kg.read.source import ReadError, decode, read_source

__all__ = ["Issue", "ReadError", "read_file", "read_text"]


def read_file(path: Path, name: str | None = None) -> Issue:
    """Read a text file; ``name`` is the path that evidence names, relative to what the user gave.  Raises ReadError."""
    return read_issue(read_source(path, name))


def read_text(text: str, path: str = "text") -> Issue:
    """Read a text that is already decoded, as if it stood in a file.  Raises ReadError."""
    return read_issue(decode(text.encode(), path))
