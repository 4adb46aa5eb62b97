"""Patterns of word lists, and the look aheads that make them fail early."""

from __future__ import annotations

import re

import pytest

from kg.extract.trie import alternatives, beginning

FEW = ["市委", "市委办公室", "教育局", "体育局", "体育"]
#: More first characters than are tried one by one.
MANY = [chr(0x4E00 + 40 * i) + chr(0x4E01 + 7 * i) for i in range(300)]


@pytest.mark.parametrize("words", [FEW, MANY, [*MANY, "县"]], ids=["few", "many", "many, one of them short"])
def test_each_word_is_found_wherever_it_stands(words: list[str]) -> None:
    pattern = re.compile(alternatives(words))
    for word in words:
        assert [match.group() for match in pattern.finditer(f"和{word}、{word}")] == [word, word]


@pytest.mark.parametrize("words", [FEW, MANY], ids=["few", "many"])
def test_nothing_else_is_found(words: list[str]) -> None:
    pattern = re.compile(alternatives(words))
    mixed = {one[0] + other[1:] for one in words for other in words[::7]} - set(words)
    assert mixed
    assert [string for string in mixed if pattern.fullmatch(string)] == []


def test_the_longest_word_wins() -> None:
    assert re.match(alternatives(FEW), "市委办公室主任")[0] == "市委办公室"  # type: ignore[index]
    assert re.match(alternatives(FEW), "市委办主任")[0] == "市委"  # type: ignore[index]


def test_no_words_match_nothing() -> None:
    assert not re.search(alternatives([]), "市教育局")


def test_a_look_ahead_passes_where_a_pattern_begins_and_nowhere_else() -> None:
    ahead = re.compile(beginning("(?:不)?超过", "约|近", also=r"\d"))
    assert [match.start() for match in ahead.finditer("共3个，超过5个，近百")] == [1, 4, 5, 6, 9]
