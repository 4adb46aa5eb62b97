"""Values in CSV files that people open in a spreadsheet: what a document says is never run as a formula there."""

from __future__ import annotations

import re
from typing import Any

#: What spreadsheets take for the beginning of a formula (OWASP, CSV Injection), in the full width of some locales too.
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
#: A number with its sign is none, nor is a sign alone: a comparator, a dash that stands for nothing.
_HARMLESS = re.compile(r"[+\-＋－]?\s*\d[\d,.]*\s*[%‰]?|[=+\-@＝＋－＠—]+")


def unarmed(value: Any) -> Any:
    """A value for a CSV cell: a text that a spreadsheet would run gets an apostrophe before it, which is not shown.

    >>> unarmed('=HYPERLINK("https://example.com")'), unarmed("-12.5%"), unarmed("市水利局")
    ('\\'=HYPERLINK("https://example.com")', '-12.5%', '市水利局')
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _HARMLESS.fullmatch(value):
        return f"'{value}"
    return value
