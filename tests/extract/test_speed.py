"""The benchmark of extraction measures what it says; how fast it is, is for the benchmark to print."""

from __future__ import annotations

from pathlib import Path

import kg
from benchmarks.extraction import ALL, EXTRACT, FLOOR, forget, measured, patterns, table
from kg.extract.bodies import is_body
from kg.extract.pipeline import COMPONENTS

SAMPLE = Path(kg.__file__).parent / "data" / "sample" / "2031-1.txt"


def test_every_component_has_a_row_beside_the_floor() -> None:
    characters, seconds = measured([SAMPLE], 1)
    assert characters == len(SAMPLE.read_text(encoding="utf-8"))
    assert {f"  {kind}" for kind in COMPONENTS} < set(seconds)
    assert seconds[ALL] > seconds[EXTRACT] > seconds["  targets"] > 0
    assert len(table(characters, seconds)) == len(seconds) + 2
    assert [line.split(" | ")[3] for line in table(characters, seconds) if FLOOR in line] == ["1.00"]


def test_the_patterns_of_the_floor_find_something() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert all(pattern.search(text) for pattern in patterns())


def test_a_turn_forgets_what_the_one_before_has_found() -> None:
    assert is_body("市教育局")
    assert is_body.cache_info().currsize
    forget()
    assert not is_body.cache_info().currsize
