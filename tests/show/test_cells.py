"""CSV files are opened in spreadsheets: nothing in a document may run there, and what is harmless stays as it is."""

from __future__ import annotations

import pytest

from kg.show.cells import unarmed


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("https://a.example")', "+86 10", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "＝1+1", "-1+2", "--1"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert unarmed(text) == f"'{text}"


@pytest.mark.parametrize("value", ["市水利局", "-12.5%", "+3", "-", "——", "=", "", "'甲", None, 0.5, 12])
def test_what_is_harmless_stays(value: object) -> None:
    assert unarmed(value) == value
