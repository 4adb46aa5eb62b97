"""Strings that are nearly one, and names that may be short for others."""

from __future__ import annotations

import pytest

from kg.resolve.likeness import shortened
from kg.resolve.link import difference, one_apart


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("河湖管理办法", "河湖管办法", True),
        ("河湖管理办法", "湖河管理办法", False),
        ("河湖管理办法", "河海管理办法", True),
        ("河湖管理办法", "河湖管理办法", False),
        ("河湖管理办法", "河湖办法", False),
        ("甲", "甲乙", True),
    ],
)
def test_one_character_apart(left: str, right: str, near: bool) -> None:
    assert list(one_apart([left, right])) == ([tuple(sorted((left, right)))] if near else [])


@pytest.mark.parametrize(
    ("left", "right", "parts"),
    [
        ("每千人口数", "每千常住人口数", ("", "常住")),
        ("主干路率", "主干道率", ("路", "道")),
        ("率", "率", ("", "")),
        ("人人", "人人人", ("", "人")),
    ],
)
def test_what_two_strings_do_not_share(left: str, right: str, parts: tuple[str, str]) -> None:
    assert difference(left, right) == parts


@pytest.mark.parametrize(
    ("short", "full", "asks"),
    [
        ("澜州市交通运输局", "澜州市交通运输管理局", True),
        ("澜州市急救中心", "澜州市医疗急救中心", True),
        ("澜州市文化旅游局", "澜州市文化广电和旅游局", True),
        ("澜州市文化旅游体育局", "澜州市文化广电体育和旅游局", True),
        # an office is called by the first words of its committee's name
        ("澜州市绿化办公室", "澜州市绿化委员会办公室", True),
        ("澜州市南湾办公室", "澜州市南湾（云泽）经济区建设管理委员会办公室", True),
        # another class word, another body of the same field, too much left out
        ("澜州市交通运输局", "澜州市交通运输委员会", False),
        ("澜州市绿岸领导小组", "澜州市绿岸领导小组办公室", False),
        ("澜州市人民医院", "澜州市第二人民医院", False),
        ("澜州市水利局", "澜州市水利工程建设管理局", False),
        ("澜州市财政局", "澜州市民政局", False),
        ("澜州市绿化办公室", "澜州市财政委员会办公室", False),
        # of another area
        ("澜州市交通运输局", "临江市交通运输管理局", False),
    ],
)
def test_names_that_may_be_short_for_others(short: str, full: str, asks: bool) -> None:
    assert list(shortened([short, full], "澜州市")) == ([(short, full)] if asks else [])
