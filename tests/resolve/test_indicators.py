"""Which printed names are one indicator, by name and unit, and which are asked about."""

from __future__ import annotations

from itertools import count

import pytest

from kg.resolve.indicators import Concept, Measured, name_key, resolve_indicators, unit_key


def concepts(*printed: tuple[str, str | None], merged: tuple[tuple[str, str], ...] = ()) -> list[Concept]:
    numbers = count()
    return resolve_indicators([Measured(f"t{next(numbers)}", *each) for each in printed], merged)[0]


def asked(*printed: tuple[str, str | None]) -> list[str]:
    numbers = count()
    return [miss.reason for miss in resolve_indicators([Measured(f"t{next(numbers)}", *each) for each in printed])[1]]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("人均预期寿命", "人均期望寿命"),
        ("人均预期寿命", "平均预期寿命"),
        ("人均预期寿命", "全市居民人均预期寿命"),
        ("人均预期寿命", "预期寿命"),
        ("每千人口执业（助理）医师数", "每千人口执业(助理)医师数"),
        ("每千常住人口护士数", "每1千名常住人口中护士数"),
        ("每万人口全科医生数", "每1万名人口全科医生数"),
        ("公办幼儿园占比", "公办幼儿园比例"),
        ("公办幼儿园比重", "公办幼儿园的比例"),
        ("公民具备科学素质比例", "全省公民具备科学素质的比例"),
        ("地区生产总值", "GDP"),
        ("全社会研发经费支出占地区生产总值比重", "全社会研发经费投入强度"),
        ("全社会研发经费支出占地区生产总值比重", "全社会R&D经费支出占GDP比重"),
        ("森林覆盖率", "全县森林覆盖率"),
        ("森林 覆盖率", "森林覆盖率"),
        ("“四好”公路比例", "四好公路占比"),
    ],
)
def test_spellings_of_one_indicator(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)
    assert len(concepts((left, "%"), (right, "%"))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("每千人口执业（助理）医师数", "每千人口执业医师数"),
        ("每千人口床位数", "每千常住人口床位数"),
        ("人均预期寿命", "人均健康预期寿命"),
        ("孕产妇死亡率", "婴儿死亡率"),
        ("国家级众创空间", "省级众创空间"),
        ("新建公办幼儿园", "改扩建公办幼儿园"),
        ("森林覆盖率", "林木覆盖率"),
        ("3岁以下儿童健康管理率", "6岁以下儿童健康管理率"),
    ],
)
def test_names_that_only_look_alike(left: str, right: str) -> None:
    assert len(concepts((left, "%"), (right, "%"))) == 2


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("人", "名", True),
        ("万人", "人", True),
        ("家", "个", True),
        ("%", "‰", True),
        ("％", "%", True),
        ("1/10万", "/10万", True),
        ("万人次", "人次", True),
        ("套（间）", "套", True),
        (None, "%", True),
        ("名", "名/10万人", False),
        ("%", "个百分点", False),
        ("人", "人次", False),
        ("亿元", "家", False),
        ("公里", "平方米", False),
    ],
)
def test_an_indicator_has_one_unit(left: str | None, right: str, same: bool) -> None:
    assert len(concepts(("护士情况", left), ("护士情况", right))) == (1 if same else 2)


def test_what_has_no_unit_stays_apart_where_the_name_has_two() -> None:
    assert [concept.unit for concept in concepts(("护士", None), ("护士", "名"), ("护士", "名/10万人"))] == [
        None,
        "人",
        "人/10万人",
    ]


def test_counted_things_are_the_number_of_them() -> None:
    (concept,) = concepts(("高新技术企业", "家"), ("高新技术企业数", "家"), ("高新技术企业数量", "家"))

    assert concept.name == "高新技术企业"
    assert concept.names == ("高新技术企业", "高新技术企业数", "高新技术企业数量")


def test_the_preferred_name_is_the_plain_one_else_the_commonest() -> None:
    assert concepts(("全市人均期望寿命", "岁"), ("人均预期寿命", "岁"))[0].name == "人均预期寿命"
    assert concepts(("每千人口床位(张)数", "张"), ("全市每千人口床位(张)数", "张"))[0].name == "每千人口床位(张)数"


@pytest.mark.parametrize(
    ("left", "right", "asks"),
    [
        ("每千人口床位数", "每千常住人口床位数", True),
        ("人均健康预期寿命", "健康预期寿命", True),
        ("城区主干路林荫率", "城区主干道林荫率", True),
        ("每千人口执业（助理）医师数", "每千人口执业医师数", True),
        # numbers, and words that tell indicators apart, leave no question
        ("3岁以下儿童管理率", "6岁以下儿童管理率", False),
        ("国家级众创空间数", "省级众创空间数", False),
        ("城镇失业人口比例", "农村失业人口比例", False),
        ("森林覆盖率", "道路硬化率", False),
    ],
)
def test_near_misses_are_asked_about_and_not_merged(left: str, right: str, asks: bool) -> None:
    assert bool(asked((left, "%"), (right, "%"))) is asks
    assert len(concepts((left, "%"), (right, "%"))) == 2


def test_names_in_two_units_are_no_near_miss() -> None:
    assert asked(("每千人口床位数", "张"), ("每千常住人口床位数", "%")) == []


def test_what_a_human_has_decided_is_one() -> None:
    printed = (("每千人口床位数", "张"), ("每千常住人口床位数", "张"), ("每千户籍人口床位数", "张"))

    assert len(concepts(*printed, merged=(("每千常住人口床位数", "每千人口床位数"),))) == 2
    assert (
        len(
            concepts(
                *printed,
                merged=(("每千常住人口床位数", "每千人口床位数"), ("每千户籍人口床位数", "每千常住人口床位数")),
            )
        )
        == 1
    )


def test_unit_classes() -> None:
    assert [unit_key(unit) for unit in ("万个", "位", "‰", " ", None, "1／10万")] == [
        "个",
        "人",
        "%",
        None,
        None,
        "1/10万",
    ]
