"""What stands above a body, and which division it belongs to; the divisions here are those of the table."""

from __future__ import annotations

import pytest

from kg.facts import Place
from kg.resolve.units import unit

SANYA = Place("海南省", "三亚市")


@pytest.mark.parametrize(
    ("name", "parent", "code"),
    [
        ("三亚市财政局", "三亚市人民政府", "460200"),
        ("三亚市发展和改革委员会", "三亚市人民政府", "460200"),
        ("三亚市财政局（三亚市金融工作办公室）", "三亚市人民政府", "460200"),
        ("三亚市人民政府办公室", "三亚市人民政府", "460200"),
        ("三亚市人民政府国有资产监督管理委员会", "三亚市人民政府", "460200"),
        ("三亚市人民政府", None, "460200"),
        ("三亚市崖州区教育局", "三亚市崖州区人民政府", "460205"),
        ("海南省财政厅", "海南省人民政府", "460000"),
        # the Party's organs belong to its committee
        ("中国共产党三亚市委员会", None, "460200"),
        ("中国共产党三亚市委员会组织部", "中国共产党三亚市委员会", "460200"),
        ("中国共产党三亚市委员会办公室", "中国共产党三亚市委员会", "460200"),
        # branches belong to their head office, and to the area
        ("国家税务总局三亚市税务局", "国家税务总局", "460200"),
        ("中国人民银行三亚市中心支行", "中国人民银行", "460200"),
        # bodies of their own
        ("三亚市气象局", None, "460200"),
        ("三亚市中级人民法院", None, "460200"),
        ("三亚市人民代表大会常务委员会", None, "460200"),
        ("三亚市总工会", None, "460200"),
        ("三亚市水务投资有限公司", None, "460200"),
        ("三亚市疾病预防控制中心", None, "460200"),
        # offices of groups, departments of zones
        ("三亚市绿岸领导小组办公室", "三亚市绿岸领导小组", "460200"),
        ("青石湾开发区管理委员会经济发展局", "青石湾开发区管理委员会", None),
        ("青石湾开发区经济发展局", "青石湾开发区管理委员会", None),
        ("青石湾开发区管理委员会", None, None),
        # the State Council's
        ("中华人民共和国财政部", "中华人民共和国国务院", None),
        ("中华人民共和国国务院", None, None),
        # no more is known
        ("绿岸工作组", None, None),
    ],
)
def test_where_a_body_stands(name: str, parent: str | None, code: str | None) -> None:
    found = unit(name, SANYA)

    assert (found.parent, found.division.code if found.division else None) == (parent, code)


def test_a_city_that_the_table_lacks_has_no_division() -> None:
    found = unit("澜州市财政局", Place("云泽省", "澜州市"))

    assert (found.parent, found.division) == ("澜州市人民政府", None)
