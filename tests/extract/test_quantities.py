"""Quantities: what a reader would call the value, the comparison and the unit of a number."""

import pytest

from kg.extract import quantities

# text | comparator value unit, several joined by ;
RUNNING_TEXT = r"""
床位达到1.6万张                          | = 1.6 万张
床位不少于1.6万张                        | >= 1.6 万张
覆盖率达到 80% 以上                      | >= 80 %
合格率不低于95％                         | >= 95 ％
控制在30%以内                            | <= 30 %
不超过5‰                                | <= 5 ‰
降低到20%以下                            | <= 20 %
平均住院日缩短到7天以内                  | <= 7 天
产值超过500亿元                          | > 500 亿元
产值突破500亿元以上                      | >= 500 亿元
达到79岁左右                             | ~ 79 岁
约1.2万个                                | ~ 1.2 万个
死亡率降至14.0/10万                      | = 14.0 /10万
医师数提升至4 名/10 万人                 | = 4 名/10万人
浓度降到30微克/立方米以下                | <= 30 微克/立方米
能耗控制在0.5吨标准煤/万元               | = 0.5 吨标准煤/万元
每万家企业中有25家/万家                  | = 25 家/万家
选派科技特派员1000人/次                  | = 1000 人/次
培训3000人次以上                         | >= 3000 人次
住房600套(间)                            | = 600 套(间)
培养1—2名全科医生                        | = 1—2 名
占比5%—10%                               | = 5—10 %
0.5万—1.2万人的社区                      | = 0.5—1.2 万人
监测合格率 $\geq 85\%$                   | >= 85 %
近视率 $\le 0.5$ 个百分点                | <= 0.5 个百分点
每年降低0.5个百分点以上                  | >= 0.5 个百分点
参保率≥95%，死亡率≤6.3‰                  | >= 95 %; <= 6.3 ‰
面积12,000平方米                         | = 12,000 平方米
新增就业13 000人                         | = 13000 人
建筑面积70m<sup>2</sup>                  | = 70 m<sup>2</sup>
企业500多家                              | > 500 家
产值翻一番                               | = 翻一番 -
引进百分之八十以上                       | >= 八十 %
建成两个基地、十家企业                   | = 两 个; = 十 家
医护比达到1:2左右                        | ~ 1:2 -
吞吐量达到300万标箱                      | = 300 万标箱
10个工作日内办结                         | <= 10 个工作日
分别达到15%、25%                         | = 15 %; = 25 %
GDP增速保持在6%—7%之间                   | = 6—7 %
"""

NO_QUANTITY = (
    "2023年1月6日印发",
    "规划期为2021—2025年",
    "2023、2024、2025年",
    "山政发〔2023〕12号第16条",
    "围绕“4·27”重要讲话精神，构建“1+4+N”格局",
    "推进5G、PM2.5和GB/T 37342-2019",
    "建设3万吨级泊位",
    "完成附件3、专栏4的任务",
    "第三个规划，十四五末",
    "版本1.0，A级，120急救",
)


def _rows(table: str) -> list[tuple[str, str]]:
    return [(left.strip(), right.strip()) for left, right in (line.split("|") for line in table.strip().splitlines())]


@pytest.mark.parametrize(("text", "expected"), _rows(RUNNING_TEXT))
def test_a_quantity_in_running_text(text: str, expected: str) -> None:
    found = "; ".join(f"{q.comparator} {q.value} {q.unit or '-'}" for q in quantities.find(text))
    assert found == expected


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_dates_numbers_of_documents_and_names_are_no_quantities(text: str) -> None:
    assert list(quantities.find(text)) == []


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("79左右", "岁", [("~", "79", "岁")]),
        ("≥85 ≥70", "%", [(">=", "85", "%"), (">=", "70", "%")]),
        (">97%", None, [(">", "97", "%")]),
        ("1.6 万张", "个", [("=", "1.6", "万张")]),
        ("-60", "%", [("=", "-60", "%")]),
        ("[22.6]", "%", [("=", "22.6", "%")]),
        ("力争每年降低 0.5 个百分点以上", "%", [(">=", "0.5", "个百分点")]),
        ("持续提升", "%", []),
    ],
)
def test_a_table_cell_takes_the_unit_of_its_column(cell: str, unit: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(q.comparator, q.value, q.unit) for q in quantities.parse_all(cell, unit)] == expected


def test_a_quantity_knows_its_words_and_its_number() -> None:
    text = "床位不少于1.6万张。"
    (quantity,) = quantities.find(text)
    assert text[quantity.start : quantity.end] == "不少于1.6万张"
    assert text[quantity.first : quantity.last] == "1.6万张"


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "share"),
        ("亿元", "money"),
        ("万人次", "person"),
        ("1/10万", "share"),
        ("天", "time"),
        ("平方公里", "area"),
    ],
)
def test_units_have_kinds(unit: str, kind: str) -> None:
    assert quantities.is_unit(unit)
    assert quantities.kind(unit) == kind


@pytest.mark.parametrize("word", ["助理", "士", "R&D/GDP", "园", ""])
def test_other_words_in_brackets_are_no_units(word: str) -> None:
    assert not quantities.is_unit(word)
