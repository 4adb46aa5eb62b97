"""Lexicons and patterns as data: every file says in a comment or a column where its entries come from.

Files are UTF-8.  ``.tsv`` files have a header row; in all of them empty lines and lines beginning with ``#`` are
comments.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def text(name: str) -> str:
    """The text of the data file with this name (``divisions.tsv``).  FileNotFoundError if there is none."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a data file without comments, empty lines and surrounding white space."""
    stripped = (line.strip() for line in text(name).splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a ``.tsv`` file with a header row, as dictionaries; missing trailing cells are empty strings."""
    content = [line for line in text(name).splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(content, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    return tuple({key: value.strip() for key, value in row.items()} for row in reader)
