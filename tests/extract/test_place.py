"""Whose government speaks: an issuer, title, number or text, and the province, city and county that it means.

江岚市, 云岭省 and 青坪县 do not exist; the other places are in the table of divisions.
"""

import pytest

from kg.extract.place import place_of
from kg.facts import Place
from kg.read import read_text


def place(title: str, number: str = "政发〔2031〕5号", body: str = "请认真贯彻执行。") -> Place:
    text = f"{title}\n\n{number}\n\n各有关单位：\n\n{body}\n\n2031年3月5日\n"
    return place_of(read_text(text).documents[0])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("昆明市人民政府关于印发养老服务规划的通知", ("云南省", "昆明市", None)),
        ("昆明市人民政府办公室关于印发养老服务规划的通知", ("云南省", "昆明市", None)),
        ("昆明市自然资源和规划局关于印发测绘办法的通知", ("云南省", "昆明市", None)),
        ("云南省人民政府关于印发养老服务规划的通知", ("云南省", None, None)),
        ("广西壮族自治区人民政府办公厅关于印发规划的通知", ("广西壮族自治区", None, None)),
        ("寻甸回族彝族自治县人民政府关于印发规划的通知", ("云南省", "昆明市", "寻甸回族彝族自治县")),
        # as their documents call autonomous prefectures and counties
        ("楚雄州人民政府关于印发规划的通知", ("云南省", "楚雄彝族自治州", None)),
        ("寻甸县人民政府关于印发规划的通知", ("云南省", "昆明市", "寻甸回族彝族自治县")),
        ("义乌市人民政府关于印发规划的通知", ("浙江省", "金华市", "义乌市")),
        ("浙江省金华市义乌市人民政府关于印发规划的通知", ("浙江省", "金华市", "义乌市")),
        ("上海市人民政府关于印发规划的通知", ("上海市", None, None)),
        ("上海市浦东新区人民政府关于印发规划的通知", ("上海市", None, "浦东新区")),
        # names given up since, as older gazettes print them
        ("襄樊市人民政府关于印发规划的通知", ("湖北省", "襄樊市", None)),
        # not in the table
        ("江岚市人民政府关于印发养老服务规划的通知", (None, "江岚市", None)),
        ("江岚市住房公积金管理委员会关于调整政策的通知", (None, "江岚市", None)),
        ("云岭省江岚市人民政府关于印发规划的通知", ("云岭省", "江岚市", None)),
        ("青坪县财政局关于印发规划的通知", (None, None, "青坪县")),
    ],
)
def test_the_issuer_tells(title: str, expected: tuple[str | None, ...]) -> None:
    found = place(title)
    assert (found.province, found.city, found.county) == expected


@pytest.mark.parametrize(
    "title",
    [
        "国务院关于印发规划的通知",
        "国务院办公厅关于印发方案的通知",
        "教育部关于印发办法的通知",
        "国家能源局关于印发办法的通知",
    ],
)
def test_the_central_authorities_speak_for_no_place(title: str) -> None:
    assert place(title, "国发〔2031〕5号") == Place()


def test_the_code_is_that_of_the_smallest_area() -> None:
    assert (place("昆明市人民政府关于印发规划的通知").code, place("江岚市人民政府关于印发规划的通知").code) == (
        "530100",
        None,
    )


@pytest.mark.parametrize(
    ("body", "province", "city"),
    [("推进南京市老城改造，南京市各部门配合。", "江苏省", "南京市"), ("推进福州市老城改造。", "福建省", "福州市")],
)
def test_of_several_counties_with_one_name_the_text_tells_which(body: str, province: str, city: str) -> None:
    found = place("鼓楼区人民政府关于印发规划的通知", body=body)
    assert (found.province, found.city, found.county) == (province, city, "鼓楼区")


@pytest.mark.parametrize(
    ("body", "province"),
    [
        ("根据湖北省人民政府要求，结合我市实际。", "湖北省"),
        ("根据《云岭省人民政府关于促进就业的意见》，结合我市实际。", "云岭省"),
        ("结合我市实际。", None),
    ],
)
def test_the_text_tells_the_province_of_an_unknown_city(body: str, province: str | None) -> None:
    assert place("江岚市人民政府关于印发规划的通知", body=body).province == province


@pytest.mark.parametrize("title", ["2031年昆明市重点工作任务分解方案", "关于印发《昆明市养老服务规划》的通知"])
def test_a_title_without_issuer_names_the_place_behind_its_first_words(title: str) -> None:
    document = read_text(f"{title}\n\n一、工作目标\n\n（一）加强养老服务。").documents[0]
    assert place_of(document).city == "昆明市"


def test_without_issuer_the_number_tells() -> None:
    assert place("关于印发养老服务规划的通知", "桂政发〔2031〕5号").province == "广西壮族自治区"
    assert place("关于印发养老服务规划的通知", "国办发〔2031〕5号", "昆明市、昆明市、昆明市。") == Place()


def test_without_issuer_and_number_the_document_says_whose_circumstances_it_meets() -> None:
    assert place("关于支持人才的意见", body="结合昆明实际，提出以下意见。").city == "昆明市"


def test_without_issuer_and_number_the_text_tells() -> None:
    assert (
        place("关于印发养老服务规划的通知", body="昆明市老龄人口增长，昆明市各县区、昆明市各部门要落实。").city
        == "昆明市"
    )
    assert place("关于印发养老服务规划的通知", body="学习昆明市的经验。") == Place()
