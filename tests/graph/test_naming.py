"""IRIs: readable where RFC 3987 allows it, never longer than a path should be, valid always."""

from __future__ import annotations

import pytest

from kg.facts import Evidence
from kg.graph.naming import Naming, is_iri, segment

NAMING = Naming("https://data.example/")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("澜政办〔2030〕5号", "澜政办〔2030〕5号"),
        ("“绿岸”行动方案（2030—2035年）", "“绿岸”行动方案（2030—2035年）"),
        ("1/10万", "1%2F10万"),
        ("a?b#c%d", "a%3Fb%23c%25d"),
        ("a b\u3000c\n", "a%20b%E3%80%80c"),
        ('<b>"{|}\\^`', "%3Cb%3E%22%7B%7C%7D%5C%5E%60"),
        # RFC 3987 forbids private use and marks of writing direction
        ("\ue000\u202e", "%EE%80%80%E2%80%AE"),
        # one spelling for composed and decomposed letters
        ("e\u0301", "\u00e9"),
    ],
)
def test_names_stay_readable(name: str, expected: str) -> None:
    assert segment(name) == expected


def test_long_names_are_cut_and_kept_apart() -> None:
    one, other = segment("长" * 500), segment("长" * 501)
    assert one != other
    assert max(len(one), len(other)) <= 120
    assert not segment("/" * 500).split("~")[0].endswith(("%", "%2"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://data.example/机构", True),
        ("urn:x:y", True),
        ("市水利局", False),
        ("a b:c", False),
        ("https://x/<y>", False),
        ("", False),
    ],
)
def test_what_is_an_iri(value: str, expected: bool) -> None:
    assert is_iri(value) is expected


def test_things_are_named_under_the_base() -> None:
    assert (
        NAMING.document("澜政办〔2030〕5号", "标题", "2030-01-01") == "https://data.example/document/澜政办〔2030〕5号"
    )
    assert NAMING.agency("澜州市水利局", None) == "https://data.example/agency/澜州市水利局"
    assert NAMING.agency("市水利局", "澜州市") == "https://data.example/agency/澜州市/市水利局"
    assert NAMING.evidence("https://data.example/source/ab", Evidence("f", 3, 8, "x")).endswith("/source/ab#char=3,8")
