"""Sentences and clauses are cut at stops that stand outside of brackets and quotation marks."""

from __future__ import annotations

import pytest

from kg.extract.clauses import sentences
from kg.read.text import Text


@pytest.mark.parametrize(
    ("paragraph", "pieces"),
    [
        ("建设绿道。整治河道；", ["建设绿道", "整治河道"]),
        ("建设绿道（一期；二期）。整治河道", ["建设绿道（一期；二期）", "整治河道"]),
        (
            "坚持“先建后补（一年内；两年内）。”的办法；整治河道",
            ["坚持“先建后补（一年内；两年内）。”的办法", "整治河道"],
        ),
        ("建设绿道（一期；二期。整治河道", ["建设绿道（一期", "二期", "整治河道"]),
        ("建设绿道）一期；（二期；三期）整治（河道；湖泊", ["建设绿道）一期", "（二期；三期）整治（河道", "湖泊"]),
    ],
)
def test_a_sentence_ends_at_a_stop_outside_of_brackets_that_are_closed(paragraph: str, pieces: list[str]) -> None:
    assert [piece.string for piece in sentences(Text.at(paragraph, 0))] == pieces
