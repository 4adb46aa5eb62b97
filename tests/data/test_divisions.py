"""The table of administrative divisions, how it is looked up and how its short names are made."""

import pytest

from kg.data.divisions import divisions, named
from scripts.make_divisions import short_name


def test_the_table_has_all_levels_and_sound_parents() -> None:
    units = divisions()
    codes = {unit.code for unit in units}
    assert len([unit for unit in units if unit.level == "province"]) == 33
    assert len([unit for unit in units if unit.level == "prefecture" and not unit.until]) > 330
    assert len([unit for unit in units if unit.level == "county" and not unit.until]) > 2800
    assert all(unit.parent in codes for unit in units if unit.parent and not unit.until)


@pytest.mark.parametrize(
    ("name", "lineage"),
    [
        ("广西壮族自治区", "广西壮族自治区"),
        ("广西", "广西壮族自治区"),
        ("大理", "云南省 大理白族自治州"),
        ("义乌市", "浙江省 金华市 义乌市"),
        ("浦东", "上海市 浦东新区"),
    ],
)
def test_finds_full_and_short_names(name: str, lineage: str) -> None:
    division = named(name)
    assert division is not None
    assert " ".join(unit.name for unit in division.lineage) == lineage


@pytest.mark.parametrize("city", ["南京市", "福州市", "开封市"])
def test_of_one_name_in_several_cities_takes_that_within(city: str) -> None:
    division = named("鼓楼区", city)
    assert division is not None
    assert city in [unit.name for unit in division.lineage]


def test_knows_former_names() -> None:
    division = named("襄樊市")
    assert division is not None
    assert division.until


def test_knows_no_invented_names() -> None:
    assert named("江岚市") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("内蒙古自治区", "内蒙古"),
        ("恩施土家族苗族自治州", "恩施"),
        ("东乡族自治县", "东乡"),
        ("塔什库尔干塔吉克自治县", "塔什库尔干"),
        ("昆明市", "昆明"),
        ("忠县", "忠县"),
        ("神农架林区", "神农架"),
        ("浦东新区", "浦东"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
