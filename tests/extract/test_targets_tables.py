"""Targets in tables, as a specification: an indicator table as printed (cells set apart by |), and below it its targets.

Lines: indicator | comparator value unit | year | further: “由 X Y年” baseline, 约束性 or 预期性, “@” scope.
"""

import pytest

from kg.extract import plans, targets
from kg.extract.context import Context
from kg.facts import Target
from kg.read import read_text

DOCUMENT = """# 山阳市人民政府关于印发山阳市{title}的通知

山政发〔2022〕3号

各县、区人民政府，市直各部门：

现将《山阳市{title}》印发给你们，请认真贯彻执行。

2022年3月1日

## 山阳市{title}

为推动发展，制定本规划。

### 一、发展目标

{table}

### 二、保障措施

加强组织领导。
"""

TABLES = """
= 养老“十四五”规划 = 主要指标
序号|指标|单位|2020年实际值|2025年目标值|性质
1|人均预期寿命|岁|77.5|79左右|预期性
2|死亡率|1/10万|10.36|≤14|约束性
3|人均健康预期寿命|岁|—|同比例提高|预期性
4|近视率|%|47.5|力争每年降低0.5个百分点以上|约束性
人均预期寿命 | ~ 79 岁 | 2025 | 由 77.5 2020年 预期性
死亡率 | <= 14 1/10万 | 2025 | 由 10.36 2020年 约束性
人均健康预期寿命 | - 同比例提高 岁 | 2025 | 预期性
近视率 | >= 0.5 个百分点 | 2025 | 由 47.5 2020年 约束性

= 科技“十四五”规划 = 核心指标
序号|指标|2020年|2025年
1|研发经费占生产总值比重（%）（R&D/GDP）|0.14|1.01
2|每万家企业中高新技术企业数（家/万家）|-|25
3|每千人口执业（助理）医师数（人）|2.05|2.45
研发经费占生产总值比重（R&D/GDP） | = 1.01 % | 2025 | 由 0.14 2020年
每万家企业中高新技术企业数 | = 25 家/万家 | 2025
每千人口执业（助理）医师数 | = 2.45 人 | 2025 | 由 2.05 2020年

= 卫生“十四五”规划 = 主要指标
领域|主要指标|单位|现状值（2020年）|目标值（2025年）|指标性质
健康|孕产妇管理率和3岁以下儿童管理率|%|93.9 94.6|>85 >85|预期性
健康|职工和城乡居民报销比例|%|85 70|≥86 ≥71|约束性
健康|孕产妇死亡率、婴儿死亡率|1/10万、‰|10.5、4.2|≤10、≤4|预期性
孕产妇管理率 | > 85 % | 2025 | 由 93.9 2020年 预期性
3岁以下儿童管理率 | > 85 % | 2025 | 由 94.6 2020年 预期性
职工报销比例 | >= 86 % | 2025 | 由 85 2020年 约束性
城乡居民报销比例 | >= 71 % | 2025 | 由 70 2020年 约束性
孕产妇死亡率 | <= 10 1/10万 | 2025 | 由 10.5 2020年 预期性
婴儿死亡率 | <= 4 ‰ | 2025 | 由 4.2 2020年 预期性

= 托育“十四五”规划 = 主要指标
序号|指标|目标（2025年）|属性
1|床位总量（含旅居床位）|1.6万张以上|预期性
2|护理型床位占比|达到55%|约束性
3|老年大学覆盖面|每县至少1所|预期性
4|日间照料覆盖率|基本实现全覆盖|预期性
床位总量（含旅居床位） | >= 1.6 万张 | 2025 | 预期性
护理型床位占比 | = 55 % | 2025 | 约束性
老年大学覆盖面 | >= 1 所 | 2025 | 预期性
日间照料覆盖率 | - 基本实现全覆盖 - | 2025 | 预期性

= 工业三年行动方案（2022—2024年） = 目标分解表
指标名称|单位|2021年完成|2022年目标|2023年目标|2024年目标
工业总产值|亿元|820|1000|1200|1500
其中：规模以上工业总产值|亿元|600|700|—|900
工业总产值 | = 1000 亿元 | 2022 | 由 820 2021年
工业总产值 | = 1200 亿元 | 2023 | 由 820 2021年
工业总产值 | = 1500 亿元 | 2024 | 由 820 2021年
规模以上工业总产值 | = 700 亿元 | 2022 | 由 600 2021年
规模以上工业总产值 | = 900 亿元 | 2024 | 由 600 2021年

= 综合发展“十四五”规划 = 主要指标
类别|指标|2020年|2025年|年均增速/累计|属性
经济|1.地区生产总值（亿元）|1650|2300|6.5%左右|预期性
生态|2.单位能耗降低（%）|—|—|[13.5]|约束性
生态|3.生产率增长（%）|2.5|—|高于经济增长|预期性
地区生产总值 | = 2300 亿元 | 2025 | 由 1650 2020年 预期性
单位能耗降低 | = 13.5 % | 2025 | 约束性
生产率增长 | - 高于经济增长 % | 2025 | 由 2.5 2020年 预期性

= 造林行动方案（2022—2025年） = 各县区造林目标任务分解表 = 单位：万亩
县区|人工造林|义务植树（万株）
全市合计|12.5|300
山阳县|5|120
人工造林 | = 12.5 万亩 | 2025 | @全市合计
义务植树 | = 300 万株 | 2025 | @全市合计
人工造林 | = 5 万亩 | 2025 | @山阳县
义务植树 | = 120 万株 | 2025 | @山阳县

= 学前教育行动计划 = 各县学前教育目标
县（市、区）|2023年毛入园率（%）|2025年毛入园率（%）
山阳县|90|92以上
毛入园率 | = 90 % | 2023 | @山阳县
毛入园率 | >= 92 % | 2025 | @山阳县

= 森林城市“十四五”规划 = 指标及部门职责表
序号|指标名称|指标要求|牵头单位
1|道路绿化|乡镇道路绿化率达70%以上，村旁基本绿化。|市交通局
2|乡村公园|每个乡镇建设休闲公园1处以上，每个村庄建设绿地1处以上。|市林业局
3|市树市花|设立市树、市花。|市林业局
乡镇道路绿化率 | >= 70 % | 2025
每个乡镇建设休闲公园 | >= 1 处 | 2025
每个村庄建设绿地 | >= 1 处 | 2025
市树市花 | - 设立市树、市花 - | 2025

= 消费“十四五”方案 = 重点任务分工表
序号|重点任务|工作目标|牵头单位
1|培育主体|到2023年，新增限上企业80家，打造3条步行街。|市商务局
2|发展电商|每年举办培训10场以上。|市商务局
新增限上企业 | = 80 家 | 2023
打造步行街 | = 3 条 | 2023
每年举办培训 | >= 10 场 | 2025

= 文明城市“十四五”方案 = 考核评分标准
考核指标|目标值|分值
绿化覆盖率|40%|10

= 水利“十四五”规划 = “十三五”水利发展主要指标完成情况
指标|单位|规划目标|2020年完成
自来水普及率|%|85|88

= 稳岗“十四五”方案 = 补贴标准
项目|目标人群|补助标准
培训补贴|失业人员|800元

= 交通“十四五”规划 = 重大项目表
序号|项目名称|建设内容|总投资（亿元）
1|山阳大桥|新建大桥3公里|12.5
"""


def _cases() -> list[tuple[str, list[str]]]:
    cases = []
    for block in TABLES.strip().split("\n\n"):
        first, *lines = block.splitlines()
        title, *caption = first.strip("= ").split(" = ")
        rows = [line.replace("|", "\t") for line in lines if " | " not in line]
        table = "\n\n".join([*caption, "\n".join(rows)])
        cases.append((DOCUMENT.format(title=title, table=table), [line for line in lines if " | " in line]))
    return cases


def find(text: str) -> list[Target]:
    """The targets of the first document of a text."""
    document = read_text(text, path="x.txt").documents[0]
    context = Context()
    context.facts.extend(plans.find(document, context))
    return list(targets.find(document, context))


def shown(target: Target) -> str:
    """A target as the lines above write it."""
    base = f"由 {target.baseline_value} {target.baseline_year}年" if target.baseline_value else ""
    more = " ".join(filter(None, [base, target.nature, f"@{target.scope}" if target.scope else ""]))
    said = f"{target.comparator or '-'} {target.value} {target.unit or '-'}"
    return " | ".join([target.indicator, said, str(target.target_year), *([more] if more else [])])


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_what_a_table_promises(text: str, expected: list[str]) -> None:
    found = find(text)
    assert [shown(target) for target in found] == expected
    assert {target.source for target in found} <= {"table"}


def test_the_evidence_reaches_from_the_indicator_to_its_value() -> None:
    text, _ = _cases()[0]
    quote = find(text)[0].evidence[0].quote
    assert quote == "人均预期寿命\t岁\t77.5\t79左右"
