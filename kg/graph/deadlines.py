"""Deadlines (完成时限) as dates: the last day on which a task that is due “2031年6月底前” is done in time."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:(?P<year>\d{4})年)?年?"
#: What a deadline ends with, the most exact form first: a day, a month, a quarter, half a year, a year.
_FORMS = (
    re.compile(_YEAR + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    re.compile(_YEAR + r"(?P<month>\d{1,2})月(?P<part>上旬|中旬)?"),
    re.compile(_YEAR + r"第?(?P<quarter>[一二三四1-4])季度"),
    re.compile(_YEAR + r"(?P<half>[上下])半年"),
    re.compile(r"(?P<year>\d{4})年|年(?:底|末|内)"),
)
#: Several deadlines in one cell: the task is done with the last of them.
_SEPARATOR = re.compile(r"[;；、，,]")
_YEARLY = re.compile(r"每年|逐年|年度")
_QUARTERS = {name: index for names in ("一二三四", "1234") for index, name in enumerate(names, start=1)}
_DAY_OF_PART = {"上旬": 10, "中旬": 20}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time: a ``date`` (ISO 8601), or, for what is due every year, a ``yearly`` day (``--10-31``)."""

    date: str | None = None
    yearly: str | None = None


def deadline(text: str | None, stated: str | None) -> Deadline:
    """The day that a printed deadline means.

    Args:
        text: the deadline as printed (6月底前, 2031年, 每年10月底前, 长期坚持).
        stated: the date of the document (ISO 8601): a month without a year is the next one after it.

    Returns:
        A deadline with neither day where the words name none (长期坚持) or the document has no date to count from.
    """
    plain = "".join(unicodedata.normalize("NFKC", text or "").split())
    if _YEARLY.search(plain):
        day = _day(plain, 2001)
        return Deadline(yearly=f"--{day:%m-%d}" if day else None)
    days = [day for part in _SEPARATOR.split(plain) if (day := _dated(part, _known(stated)))]
    return Deadline(max(days).isoformat()) if days else Deadline()


def _known(stated: str | None) -> date | None:
    try:
        return date.fromisoformat(stated or "")
    except ValueError:
        return None


def _dated(text: str, stated: date | None) -> date | None:
    day = _day(text, stated.year if stated else None)
    if day and stated and day < stated and not re.search(r"\d{4}年", text):
        return _day(text, stated.year + 1)
    return day


def _day(text: str, year: int | None) -> date | None:
    """The last day of what is named, in the year named or else in the one given."""
    match = next((found for form in _FORMS if (found := form.search(text))), None)
    if match is None:
        return None
    named = match.groupdict()
    in_year = int(named["year"]) if named.get("year") else year
    if in_year is None:
        return None
    month = int(named.get("month") or 12)
    if named.get("quarter"):
        month = 3 * _QUARTERS[named["quarter"]]
    elif named.get("half"):
        month = 6 if named["half"] == "上" else 12
    if not 1 <= month <= 12 or not 1900 <= in_year <= 2999:
        return None
    last = calendar.monthrange(in_year, month)[1]
    return date(
        in_year, month, min(int(named.get("day") or _DAY_OF_PART.get(named.get("part") or "", last)) or 1, last)
    )
