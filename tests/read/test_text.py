"""Text keeps the source offset of each of its characters through slicing, joining, dropping and replacing."""

import re

import pytest

from kg.read.text import Text, squeeze

SOURCE = "市教 育局\n\n、市 财政局 2025 年"


def at(start: int, end: int) -> Text:
    return Text.at(SOURCE[start:end], start)


def test_a_slice_knows_its_range_in_the_source():
    assert at(0, len(SOURCE))[1:4].span() == (1, 4)


def test_squeezing_drops_space_inside_chinese_text_and_keeps_the_offsets():
    text = at(0, len(SOURCE)).squeezed()
    assert text.string == "市教育局、市财政局2025年"
    start, end = text[5:9].span()
    assert SOURCE[start:end] == "市 财政局"


def test_squeezing_keeps_the_space_between_latin_words():
    assert Text.at("GB/T 18337 标准", 0).squeezed().string == "GB/T 18337标准"
    assert squeeze(" 二 〇 二 五 ") == "二〇二五"


def test_joining_covers_what_stands_between():
    assert Text.join([at(0, 5), at(7, 12)]).span() == (0, 12)


def test_a_separator_takes_the_place_of_what_precedes_it():
    joined = Text.join([at(0, 2), at(8, 9)], " ")
    assert joined.string == "市教 市"
    assert joined[2:3].span() == (1, 2)


def test_replacing_maps_new_characters_to_the_old_ones():
    text = Text.at(r"达到 $\geq 85\%$ 以上", 10).replace(re.compile(r"\$.*?\$"), lambda _: "≥85%")
    assert text.string == "达到 ≥85% 以上"
    assert text[3:7].span()[0] == 13
    assert text[-2:].span() == (25, 27)


def test_dropping_a_pattern_keeps_the_rest_in_place():
    text = Text.at("<b>市</b>局", 0).without(re.compile(r"</?b>"))
    assert (text.string, text.span()) == ("市局", (3, 9))


def test_strip_and_split():
    assert [part.string for part in Text.at("甲、乙，丙", 0).split(re.compile("[、，]"))] == ["甲", "乙", "丙"]
    assert Text.at("  （甲） ", 0).strip(" （）").span() == (3, 4)


def test_an_empty_text_stands_nowhere():
    with pytest.raises(ValueError, match="nowhere"):
        Text("", ()).span()


def test_offsets_must_fit():
    with pytest.raises(ValueError, match="3 characters, but 2 offsets"):
        Text("甲乙丙", [0, 1])
