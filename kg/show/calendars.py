"""Deadlines of a ledger as a calendar (RFC 5545) that mail programs and telephones subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from icalendar import Alarm, Calendar, Event, vRecur

from kg.show.ledger import ROLE_NAMES, Entry

_PRODUCT = "-//policy-kg//kg ledger//ZH"
#: Calendars remind so long before a task is due.
_REMINDER = timedelta(days=-14)
_CHINA = timezone(timedelta(hours=8))


def write_calendar(entries: Iterable[Entry], path: Path) -> int:
    """Write an event for each task that has a due day; gives their number.

    An event lasts the whole day; what is due every year recurs.  The same ledger gives the same file: an event's stamp
    is the date of its document.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "任务时限")
    dated = [(day, entry) for entry in entries if (day := _day(entry))]
    for day, entry in sorted(dated, key=lambda pair: (pair[0], pair[1].iri)):
        calendar.add_component(_event(day, entry))
    path.write_bytes(calendar.to_ical())
    return len(dated)


def _day(entry: Entry) -> date | None:
    """The day that a task is due, the first one of those that come every year."""
    if entry.due:
        return date.fromisoformat(entry.due)
    if entry.yearly:
        year = int((entry.date or "1970")[:4])
        first = date.fromisoformat(f"{year}-{entry.yearly[2:]}")
        return first if first.isoformat() >= (entry.date or "") else first.replace(year=year + 1)
    return None


def _event(day: date, entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.iri)
    event.add("dtstamp", datetime.combine(date.fromisoformat(entry.date or "1970-01-01"), time(), _CHINA))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"到期：{entry.task}")
    agencies = "；".join(f"{ROLE_NAMES[role]}：{'、'.join(names)}" for role, names in entry.agencies.items())
    lines = [f"{entry.document} {entry.plan or ''}".strip(), agencies, f"时限：{'；'.join(entry.deadlines)}"]
    event.add("description", "\n".join(line for line in [*lines, entry.place.quote, str(entry.place)] if line))
    event.add("url", entry.iri)
    event.add("transp", "TRANSPARENT")
    if entry.yearly and not entry.due:
        event.add("rrule", vRecur(freq="yearly"))
    event.add_component(_alarm(entry))
    return event


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"将到期：{entry.task}")
    alarm.add("trigger", _REMINDER)
    return alarm
