"""Periods: which years a text names, and what they do there."""

import pytest

from kg.extract import periods

# text | role first–last, several joined by ; — the document is of 2023, its plan runs 2021–2025
RUNNING_TEXT = """
到2025年，全市绿化率提高             | by -2025
至 2025 年                           | by -2025
力争到2025年底                       | by -2025
2025年底前完成                       | by -2025
2023年6月底前完成                    | by -2023
展望2035年                           | by -2035
“十四五”末                           | by -2025
十五五末                             | by -2030
“十四五”期间                         | span 2021-2025
"十三五"时期                         | span 2016-2020
第十四个五年规划                     | span 2021-2025
2022年起5年内                        | span 2022-2026
2023年起，用三年时间                 | span 2023-2025
2022—2025年                          | span 2022-2025
2021-2025 年                         | span 2021-2025
2023年，产值达到10亿元；2024年，15亿元 | in 2023-2023; in 2024-2024
2023、2024、2025年                   | in 2023-2023; in 2024-2024; in 2025-2025
规划期内新增床位                     | span 2021-2025
本规划期末                           | by -2025
今年新开工                           | in 2023-2023
明年建成                             | in 2024-2024
去年完成                             | since 2022-2022
截至2020年底                         | since 2020-2020
2018年以来                           | since 2018-2018
较2020年前进10名                     | base 2020-2020
在2020年基础上翻一番                 | base 2020-2020
比2015年增长一倍                     | base 2015-2015
用3年时间                            | within 2023-
三年内                               | within 2023-
通过3—5年努力                        | within 2023-
"""


def _rows(table: str) -> list[tuple[str, str]]:
    return [(left.strip(), right.strip()) for left, right in (line.split("|") for line in table.strip().splitlines())]


@pytest.mark.parametrize(("text", "expected"), _rows(RUNNING_TEXT))
def test_a_period_in_running_text(text: str, expected: str) -> None:
    found = periods.find(text, 2023, (2021, 2025))
    assert "; ".join(f"{p.role} {p.first or ''}-{p.last or ''}" for p in found) == expected


@pytest.mark.parametrize("text", ["满2年以上", "第3年", "每年3次", "百年大计", "12345热线"])
def test_other_years_are_no_periods(text: str) -> None:
    assert list(periods.find(text, 2023)) == []


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("山阳市卫生健康发展“十四五”规划", (2021, 2025)),
        ("山阳市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", (2021, 2025)),
        ("山阳市养老服务三年行动方案（2023—2025年）", (2023, 2025)),
        ("山阳市五年行动计划(2021-2025)", (2021, 2025)),
        ("山阳市全民科学素质行动计划纲要实施方案（2021—2035年）", (2021, 2035)),
        ("山阳市2023年度建设用地供应计划", (2023, 2023)),
        ("山阳市2023年重点工作任务分解方案", (2023, 2023)),
        ("山阳市2030年前碳达峰实施方案", (None, 2030)),
        ("山阳市市长质量奖评审管理办法（2021年修订）", (None, None)),
        ("山阳市“健康山阳2030”规划", (None, None)),
        ("山阳市促进消费若干措施", (None, None)),
    ],
)
def test_a_plans_title_states_its_period(title: str, period: periods.Years) -> None:
    assert periods.plan_period(title) == period


@pytest.mark.parametrize(
    ("paragraph", "period"),
    [
        ("本规划实施期限为2021—2025年。", (2021, 2025)),
        ("规划期为2021年至2030年。", (2021, 2030)),
        ("为加快发展，决定从2023年起到2025年底，用3年时间开展行动，制定本方案。", (2023, 2025)),
        ("为推动“十四五”期间养老事业发展，制定本方案。", (2021, 2025)),
        ("根据《山阳市“十四五”时期养老规划》，制定本办法。", (None, None)),
        ("本办法有效期五年。", (None, None)),
    ],
)
def test_else_its_own_words_state_it(paragraph: str, period: periods.Years) -> None:
    assert periods.plan_period("山阳市养老服务实施方案", [paragraph]) == period


def test_five_year_plans_are_counted_from_the_first() -> None:
    assert [periods.five_year(numeral) for numeral in ("一", "十三", "十四", "十五")] == [
        (1953, 1957),
        (2016, 2020),
        (2021, 2025),
        (2026, 2030),
    ]
    with pytest.raises(ValueError, match="five-year"):
        periods.five_year("百")
