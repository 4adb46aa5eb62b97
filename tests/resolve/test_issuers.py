"""Who issued a document, by the letters of its number or the first words of its title."""

from __future__ import annotations

import pytest

from kg.facts import Place
from kg.resolve.issuers import issuer, letters, teach, title_level

PLACE = Place("云泽省", "澜州市")


@pytest.mark.parametrize(
    ("number", "name", "level"),
    [
        ("国发〔2028〕7号", "中华人民共和国国务院", "国家"),
        ("国办发〔2028〕7号", "国务院办公厅", "国家"),
        ("国办函〔2028〕7号", "国务院办公厅", "国家"),
        ("中发〔2028〕7号", "中国共产党中央委员会", "国家"),
        ("国卫医发〔2028〕7号", "国家卫生健康委员会", "国家"),
        ("自然资规〔2028〕7号", "中华人民共和国自然资源部", "国家"),
        ("财建〔2028〕7号", "中华人民共和国财政部", "国家"),
        ("粤政发〔2028〕7号", "广东省人民政府", "省"),
        ("粤府办〔2028〕7号", None, None),
        ("苏政办发〔2028〕7号", "江苏省人民政府办公厅", "省"),
        ("宁发〔2028〕7号", "中国共产党宁夏回族自治区委员会", "自治区"),
        ("宁财金〔2028〕7号", "宁夏回族自治区财政厅", "自治区"),
        # a city's letters, which no table has
        ("澜政发〔2028〕7号", None, None),
        # 建 is a ministry's letter, but 建政办 a city's
        ("建政办〔2028〕7号", None, None),
        # no letters
        ("GB/T1-2028", None, None),
        ("国务院令第7号", None, None),
    ],
)
def test_the_issuer_by_the_letters_of_the_number(number: str, name: str | None, level: str | None) -> None:
    found = issuer(number)

    assert (found.name, found.level) == (name, level) if found else name is None


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("澜政办〔2020〕1号", "澜州市人民政府办公室"),
        ("澜政发〔2020〕1号", "澜州市人民政府"),
        ("澜发〔2020〕1号", "中国共产党澜州市委员会"),
        ("澜水规〔2020〕1号", "澜州市水利局"),
    ],
)
def test_printed_documents_teach_the_letters_of_their_city(number: str, name: str) -> None:
    taught = teach([("澜政办〔2030〕5号", "澜州市人民政府办公室", PLACE), ("澜水规〔2030〕1号", "澜州市水利局", PLACE)])
    found = issuer(number, taught)

    assert found
    assert (found.name, found.level, found.area) == (name, "市", "澜州市")


def test_letters_that_two_cities_share_teach_nothing() -> None:
    taught = teach(
        [
            ("澜政办〔2030〕5号", "澜州市人民政府办公室", PLACE),
            ("澜政办〔2030〕6号", "澜城市人民政府办公室", Place("云泽省", "澜城市")),
        ]
    )

    assert issuer("澜政办〔2020〕1号", taught) is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("中华人民共和国水法", "国家"),
        ("国务院关于节水的决定", "国家"),
        ("农药管理条例", "国家"),
        ("江苏省河湖条例", "省"),
        ("宁夏河湖规划", "自治区"),
        ("澜州市河湖条例", "市"),
        ("河湖管理办法", None),
    ],
)
def test_the_level_by_the_title(title: str, level: str | None) -> None:
    assert title_level(title) == level


def test_letters_stand_before_the_year() -> None:
    assert letters("桂政办发〔2021〕9号") == "桂政办发"
    assert letters("第9号") is None
