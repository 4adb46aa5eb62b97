"""Who a collective is, where the table of divisions or a member list settles it; cities here are those of the table."""

from __future__ import annotations

import pytest

from kg.facts import Place
from kg.resolve.collectives import listed, members

SANYA = Place("海南省", "三亚市")
HUZHOU = Place("浙江省", "湖州市")
HAINAN = Place("海南省")
GROUP = {"三亚市绿岸领导小组": ("三亚市水务局", "三亚市财政局")}
DISTRICTS = ["三亚市吉阳区", "三亚市天涯区", "三亚市崖州区", "三亚市海棠区"]


@pytest.mark.parametrize(
    "surface",
    [
        "各县区人民政府",
        "各区县人民政府",
        "各县、区人民政府",
        "各县（区）人民政府",
        "各县（市、区）人民政府",
        "各区人民政府",
        "县区人民政府",
        "县区政府",
        "全市各县区人民政府",
    ],
)
def test_all_counties_of_a_city(surface: str) -> None:
    assert list(members(surface, SANYA, 2030, {})) == [f"{district}人民政府" for district in DISTRICTS]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("各县人民政府", ["安吉县人民政府", "德清县人民政府", "长兴县人民政府"]),
        ("各区人民政府", ["湖州市南浔区人民政府", "湖州市吴兴区人民政府"]),
        ("各县区教育局", ["安吉县教育局", "德清县教育局", "湖州市南浔区教育局", "湖州市吴兴区教育局", "长兴县教育局"]),
    ],
)
def test_counties_and_districts_alone(surface: str, expected: list[str]) -> None:
    assert sorted(members(surface, HUZHOU, 2030, {})) == sorted(expected)


@pytest.mark.parametrize(
    ("surface", "place"),
    [
        ("各有关部门", SANYA),
        ("各县区有关部门", SANYA),
        ("各县区各单位", SANYA),
        ("市直各委、办、局", SANYA),
        ("各级人民政府", SANYA),
        ("各镇人民政府", SANYA),
        ("相关金融机构", SANYA),
        # a county has no counties, and an unknown city none that are known
        ("各县区人民政府", Place("海南省", "三亚市", "崖州区")),
        ("各县区人民政府", Place("云泽省", "澜州市")),
        ("各县区人民政府", Place()),
        # a group whose members no list gives
        ("某某领导小组各成员单位", SANYA),
    ],
)
def test_what_nothing_settles(surface: str, place: Place) -> None:
    assert members(surface, place, 2030, GROUP) == ()


@pytest.mark.parametrize(
    "surface", ["三亚市绿岸领导小组各成员单位", "三亚市绿岸领导小组成员单位", "市绿岸领导小组各成员单位"]
)
def test_the_members_of_a_group(surface: str) -> None:
    assert members(surface, SANYA, 2030, GROUP) == GROUP["三亚市绿岸领导小组"]


def test_the_cities_of_a_province() -> None:
    found = members("各设区市人民政府", HAINAN, 2030, {})

    assert "三亚市人民政府" in found
    assert not any("区人民政府" in name for name in found)


def test_counties_are_those_of_the_documents_year() -> None:
    # 无为县 became a city in 2019
    old, new = (members("各县区人民政府", Place("安徽省", "芜湖市"), year, {}) for year in (2015, 2030))
    assert "无为县人民政府" in old
    assert "无为县人民政府" not in new


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("包括市财政局、市水务局和市审计局。市财政局牵头。", ["三亚市审计局", "三亚市水务局", "三亚市财政局"]),
        ("为：市财政局、水务局，\n市税务局。", ["三亚市水务局", "三亚市财政局", "国家税务总局三亚市税务局"]),
        ("由市财政局、市水务局等有关单位组成。", ["三亚市水务局", "三亚市财政局"]),
        ("要按照职责分工，由市财政局牵头。", []),
        ("根据工作需要调整。", []),
        ("包括有关部门。", []),
    ],
)
def test_members_that_a_sentence_lists(behind: str, expected: list[str]) -> None:
    assert list(listed(behind, SANYA)) == expected
