"""Printed values and units as numbers and QUDT units: only what is exactly equal."""

from __future__ import annotations

import pytest

from kg.graph.quantities import decimal, unit


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("79", "79"),
        ("14.0", "14.0"),
        ("1,200", "1200"),
        ("１２．５", "12.5"),
        ("-60", "-60"),
        ("−0.5", "-0.5"),
        ("+3", "3"),
        ("1,20", None),
        ("10—12", None),
        ("14.0/10万", None),
        ("持续提升", None),
        ("约80", None),
        ("", None),
        (None, None),
    ],
)
def test_one_number_is_a_decimal(printed: str | None, expected: str | None) -> None:
    assert decimal(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("%", ("PERCENT", 1)),
        ("‰", ("PERMILLE", 1)),
        ("公里", ("KiloM", 1)),
        ("万人", ("NUM", 10_000)),
        ("亿元", ("CCY_CNY", 10**8)),
        ("万亿元", ("CCY_CNY", 10**12)),
        ("千瓦", ("KiloW", 1)),
        # no unit means exactly these: they stay words
        ("亩", (None, 1)),
        ("万亩", (None, 1)),
        ("1/10万", (None, 1)),
        ("个百分点", (None, 1)),
        ("", (None, 1)),
        (None, (None, 1)),
    ],
)
def test_multipliers_are_no_units(printed: str | None, expected: tuple[str | None, int]) -> None:
    assert unit(printed) == expected
