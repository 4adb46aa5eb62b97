"""Which bodies the posts behind a name are in, and which post stands behind a name in a division of work."""

from __future__ import annotations

import pytest

from kg.facts import Place
from kg.resolve.bodies_of_posts import organisations, post_behind

CITY = Place("云岭省", "江岚市")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("市委常委、副市长", [("中国共产党江岚市委员会", "常委"), ("江岚市人民政府", "副市长")]),
        ("市水利局局长", [("江岚市水利局", "局长")]),
        # words around a body's name are no part of it
        ("市应急局主要负责人", [("江岚市应急管理局", "负责人")]),
        ("分管水务工作的市人民政府副秘书长", [("江岚市人民政府", "副秘书长")]),
    ],
)
def test_posts_are_in_bodies(printed: str, expected: list[tuple[str, str]]) -> None:
    assert list(organisations(printed, CITY)) == expected


@pytest.mark.parametrize(
    ("behind", "post"),
    [
        (" 市委副书记、市长\n主持全面工作", "市委副书记、市长"),
        ("副市长：负责教育", "副市长"),
        ("副市长负责教育", "副市长"),
        ("同志（市水利局局长）负责水务", "市水利局局长"),
        ("同志\n主持全面工作", None),
        ("同志协助市长分管教育", None),
        ("", None),
    ],
)
def test_a_post_stands_behind_the_name_or_not(behind: str, post: str | None) -> None:
    assert post_behind(behind) == post
