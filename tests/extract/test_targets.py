"""Targets in whole documents: headings of the past, years inherited, repeats, boxes, evidence."""

import pytest

from kg.extract import plans, targets
from kg.extract.context import Context
from kg.facts import Target
from kg.read import read_text

PLAN = """# 山阳市人民政府关于印发山阳市养老发展“十四五”规划的通知

山政发〔2022〕3号

各县、区人民政府，市直各部门：

现将《山阳市养老发展“十四五”规划》印发给你们，请认真贯彻执行。

2022年3月1日

## 山阳市养老发展“十四五”规划

### 一、发展背景

（一）发展基础。“十三五”以来，全市建成养老机构120家。护理型床位占比达到45%。

（二）面临形势。预计老年人口占比达到20%以上。

### 二、总体要求

（一）夯实发展基础。全市养老床位达到1.6万张。

（二）发展目标。到2025年，护理型床位占比达到55%以上。

——河口区康养产业。产值达到50亿元，累计引进企业

20家。

——临江县旅居产业。产值达到30亿元。

### 三、重点任务

（一）建设服务网络。各县建成1所示范园。到2023年，建成服务站80个。

### 专栏1 服务网络

各县建成1所示范园；建成服务站100个。

### 四、保障措施

对新建机构每张床位给予补助2000元。
"""

OPINION = """# 国务院办公厅关于加快发展山阳服务的意见

国办发〔2022〕8号

各省、自治区、直辖市人民政府：

为加快发展，提出以下意见。

一、总体目标

到2024年，服务覆盖率达到90%以上。满意度保持在85%以上。

二、主要任务

（一）培育市场主体。支持100家企业上市。

2022年5月6日
"""

MEASURE = """# 山阳市人民政府关于印发山阳市绿地管理办法的通知

山政规〔2022〕1号

各县、区人民政府：

现将《山阳市绿地管理办法》印发给你们。

2022年1月5日

## 山阳市绿地管理办法

第一条 新建小区绿地率不低于30%，旧区改建绿地率不低于25%。

第二条 申请人应当自收到通知之日起15日内缴纳补偿费，标准为每平方米200元。
"""


def find(text: str) -> list[Target]:
    """The targets of the first document of a text."""
    document = read_text(text, path="x.txt").documents[0]
    context = Context()
    context.facts.extend(plans.find(document, context))
    return list(targets.find(document, context))


def shown(target: Target) -> str:
    """Indicator, value and year in a line."""
    return f"{target.indicator} {target.comparator} {target.value} {target.unit} {target.target_year}"


def test_a_plan_promises_under_its_goals_and_tasks_but_not_under_its_past() -> None:
    assert [shown(target) for target in find(PLAN)] == [
        "全市养老床位 = 1.6 万张 2025",
        "护理型床位占比 >= 55 % 2025",
        "产值 = 50 亿元 2025",
        "累计引进企业 = 20 家 2025",
        "产值 = 30 亿元 2025",
        "各县建成示范园 = 1 所 2025",
        "服务站 = 80 个 2023",
        "服务站 = 100 个 2025",
    ]


def test_a_goal_belongs_to_the_place_that_its_item_names() -> None:
    scopes = {target.scope for target in find(PLAN) if target.indicator == "产值"}
    assert scopes == {"河口区康养产业", "临江县旅居产业"}


def test_a_goal_says_its_document_plan_and_section() -> None:
    target = find(PLAN)[1]
    assert (target.doc, target.plan) == ("山政发〔2022〕3号", "山阳市养老发展“十四五”规划")
    assert target.section == "二、总体要求 > （二）发展目标"
    assert target.source == "text"


def test_the_evidence_is_in_the_source_even_over_a_page_end() -> None:
    for target in find(PLAN):
        for evidence in target.evidence:
            assert PLAN[evidence.start : evidence.end] == evidence.quote
    quotes = [target.evidence[0].quote for target in find(PLAN)]
    assert "累计引进企业\n\n20家" in quotes


def test_an_opinion_without_a_period_inherits_the_year_of_its_goals() -> None:
    assert [shown(target) for target in find(OPINION)] == [
        "服务覆盖率 >= 90 % 2024",
        "满意度 >= 85 % 2024",
        "支持企业上市 = 100 家 2024",
    ]


def test_a_measure_sets_standards_and_promises_nothing() -> None:
    assert find(MEASURE) == []


@pytest.mark.parametrize("target", find(PLAN), ids=shown)
def test_every_target_names_its_rule_and_how_far_it_is_trusted(target: Target) -> None:
    assert target.rule.startswith("targets.")
    assert 0.5 < target.confidence <= 1


def test_what_table_and_text_promise_in_the_same_words_is_one_target_with_both_places() -> None:
    table = "主要指标\n\n指标	单位	2020年	2025年目标	属性\n"
    table += "护理型床位占比	%	40	≥55.0	约束性\n养老床位	万张	1.1	1.8	预期性\n"
    text = PLAN.replace("### 三、重点任务", f"{table}\n### 三、重点任务")
    (target,) = (target for target in find(text) if target.indicator == "护理型床位占比")
    assert (target.source, target.baseline_value, target.nature) == ("table", "40", "约束性")
    assert sum(evidence.quote.startswith("护理型床位占比") for evidence in target.evidence) == 2
