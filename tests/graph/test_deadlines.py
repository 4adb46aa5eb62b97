"""Deadlines: the day that printed words mean, counted from the date of their document."""

from __future__ import annotations

import pytest

from kg.graph.deadlines import Deadline, deadline

STATED = "2031-08-11"

DATED = [
    ("2032年6月底前", "2032-06-30"),
    ("2032年2月底前完成", "2032-02-29"),
    ("2031年9月30日前", "2031-09-30"),
    ("2031年 12 月", "2031-12-31"),
    ("2031年９月中旬", "2031-09-20"),
    ("2031年年底前", "2031-12-31"),
    ("2031年底", "2031-12-31"),
    ("到2035年", "2035-12-31"),
    ("年底前", "2031-12-31"),
    ("10月底前", "2031-10-31"),
    ("6月底前", "2032-06-30"),  # June has passed when the document speaks
    ("2031年6月底前", "2031-06-30"),  # a year that is named stands, passed or not
    ("2032年第三季度", "2032-09-30"),
    ("2032年上半年", "2032-06-30"),
    ("到2034年底；到2035年底", "2035-12-31"),
]


@pytest.mark.parametrize(("text", "day"), DATED)
def test_a_deadline_is_its_last_day(text: str, day: str) -> None:
    assert deadline(text, STATED) == Deadline(date=day)


@pytest.mark.parametrize(
    ("text", "day"), [("每年10月底前", "--10-31"), ("每年2月底前", "--02-28"), ("每年底", "--12-31")]
)
def test_what_is_due_every_year_has_a_yearly_day(text: str, day: str) -> None:
    assert deadline(text, STATED) == Deadline(yearly=day)


@pytest.mark.parametrize("text", [None, "", "长期坚持", "持续推进", "13月底前", "每年", "立即"])
def test_words_that_name_no_day_give_none(text: str | None) -> None:
    assert deadline(text, STATED) == Deadline()


def test_a_month_without_a_year_needs_the_date_of_the_document() -> None:
    assert deadline("6月底前", None) == Deadline()
    assert deadline("2032年6月底前", None) == Deadline(date="2032-06-30")
