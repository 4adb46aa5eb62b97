"""Targets in sentences, as a specification: a paragraph, and below it what it promises.

Lines: name | comparator value unit | year (“-”: none stated) | further: “由 X” and “Y年” the baseline, “@” the scope.
The plan runs 2021–2025 and is of 2022; paragraphs after “目标：” stand under a heading of goals.
"""

from dataclasses import replace

import pytest

from kg.extract.targets import sentences
from kg.extract.targets.setting import Setting

PLAN = Setting(
    plan="山阳市发展规划",
    period=(2021, 2025),
    written=2022,
    tense="plain",
    rules=False,
    planned=True,
    year=2025,
    scope=None,
    path=None,
)

PROMISES = """
到2025年，床位数达到7张。
床位数 | = 7 张 | 2025

目标：每千人口床位数达到7张左右，村医占比不低于50%，吸烟率降低到20%以下。
每千人口床位数 | ~ 7 张 | -
村医占比 | >= 50 % | -
吸烟率 | <= 20 % | -

目标：产业投资额达15亿元以上，总产值50亿元以上，累计新增就业人口7000人。
产业投资额 | >= 15 亿元 | -
总产值 | >= 50 亿元 | -
累计新增就业人口 | = 7000 人 | -

2023年，引进项目3个，产值达到40亿元；2024年，引进项目5个，产值达到60亿元。
引进项目 | = 3 个 | 2023
产值 | = 40 亿元 | 2023
引进项目 | = 5 个 | 2024
产值 | = 60 亿元 | 2024

到2025年，孕产妇死亡率、婴儿死亡率分别降至14.0/10万和5.0‰以下。
孕产妇死亡率 | <= 14.0 /10万 | 2025
婴儿死亡率 | <= 5.0 ‰ | 2025

到2025年，城镇和农村居民收入分别增长6%和7%以上。
城镇居民收入增长 | >= 6 % | 2025
农村居民收入增长 | >= 7 % | 2025

到2025年，甲类卫生院和社区服务中心人员本科占比分别达到15%、25%。
甲类卫生院人员本科占比 | = 15 % | 2025
社区服务中心人员本科占比 | = 25 % | 2025

2023年、2024年、2025年，产值分别达到40亿元、60亿元、80亿元。
产值 | = 40 亿元 | 2023
产值 | = 60 亿元 | 2024
产值 | = 80 亿元 | 2025

2023年、2024年分别新建充电桩500个、800个。
新建充电桩 | = 500 个 | 2023
新建充电桩 | = 800 个 | 2024

国家级、省级示范社分别达到30家和200家以上。
国家级示范社 | >= 30 家 | -
省级示范社 | >= 200 家 | -

森林覆盖率由2020年的23.2%提高到2025年的24.1%。
森林覆盖率 | = 24.1 % | 2025 | 由 23.2 2020年

目标：近视率从47.5%下降到45%以下，每年降低0.5个百分点以上。
近视率 | <= 45 % | - | 由 47.5
近视率每年降低 | >= 0.5 个百分点 | -

到2025年，单位生产总值能耗比2020年下降14%。
单位生产总值能耗下降 | = 14 % | 2025 | 2020年

到2025年，物流费用与GDP的比率降至12%左右，较2020年降低2个百分点。
物流费用与GDP的比率 | ~ 12 % | 2025

全市高新技术企业数量翻一番，到2025年达到600家；到2035年达到2000家。
全市高新技术企业数量 | = 翻一番 - | -
全市高新技术企业数量 | = 600 家 | 2025
全市高新技术企业数量 | = 2000 家 | 2035

各县至少建成1所托育园，每个镇办好2—3所幼儿园。
各县建成托育园 | >= 1 所 | -
每个镇办好幼儿园 | = 2—3 所 | -

建成国家级孵化器3家、省级孵化器5家，创建1个创新型县和10家星创天地。
国家级孵化器 | = 3 家 | -
省级孵化器 | = 5 家 | -
创建创新型县 | = 1 个 | -
创建星创天地 | = 10 家 | -

“十四五”期间，新建41所、改扩建29所公办幼儿园。
新建公办幼儿园 | = 41 所 | 2025
改扩建公办幼儿园 | = 29 所 | 2025

积极争创制造业创新中心、技术创新中心各1家以上。
争创制造业创新中心 | >= 1 家 | -
技术创新中心 | >= 1 家 | -

每千人口拥有执业（助理）医师3.2人、注册护士3.8人。
每千人口拥有执业（助理）医师 | = 3.2 人 | -
每千人口拥有注册护士 | = 3.8 人 | -

到2024年，100%的卫生院建成中医馆，80%的医院要设立警务室。
卫生院建成中医馆 | = 100 % | 2024
设立警务室的医院 | = 80 % | 2024

公共卫生人员占比不得低于专业技术人员数的25%。
公共卫生人员占比 | >= 25 % | -

全市新改建农村公路200公里，其中山阳县60公里、河口区80公里。
全市新改建农村公路 | = 200 公里 | -
全市新改建农村公路 | = 60 公里 | - | @山阳县
全市新改建农村公路 | = 80 公里 | - | @河口区

2023年发展保障房600套(间)，2024年发展1200套(间)。
发展保障房 | = 600 套(间) | 2023
发展保障房 | = 1200 套(间) | 2024

每年引进2个以上上下游企业，每年培训教师3万人次以上。
每年引进上下游企业 | >= 2 个 | -
每年培训教师 | >= 3 万人次 | -

65岁及以上老年人健康管理率达到65%以上。
65岁及以上老年人健康管理率 | >= 65 % | -

打造10个年产值超50亿元的产业集群，建设投资1亿元以上项目20个。
打造年产值超50亿元的产业集群 | = 10 个 | -
建设投资1亿元以上项目 | = 20 个 | -

危害因素监测合格率 $\\geq 85\\%$ 。
危害因素监测合格率 | >= 85 % | -

农田灌溉水有效利用系数提高到0.58，医护比达到1:2。
农田灌溉水有效利用系数 | = 0.58 - | -
医护比 | = 1:2 - | -

力争用5年时间，全国排名较2020年前进100名以上。
全国排名前进 | >= 100 名 | - | 2020年

推动平均住院日缩短到7天以内。
平均住院日 | <= 7 天 | -

力争三年内建成两个基地，通过公开招聘引进教师150名。
基地 | = 两 个 | -
通过公开招聘引进教师 | = 150 名 | -

“书房”每年新增8座，到2024年总数不少于60座。
“书房”每年新增 | = 8 座 | -
“书房”总数 | >= 60 座 | 2024

2023年，托位数达到4.8个，床位占比达到60%；2025年，上述两项指标分别达到5.5个和68%。
托位数 | = 4.8 个 | 2023
床位占比 | = 60 % | 2023
托位数 | = 5.5 个 | 2025
床位占比 | = 68 % | 2025

新增供水能力30亿立方米，其中大型水库10亿立方米。
新增供水能力 | = 30 亿立方米 | -
大型水库新增供水能力 | = 10 亿立方米 | -

新增学位2.5万个；为8万名女性免费接种疫苗。
新增学位 | = 2.5 万个 | -
女性免费接种疫苗 | = 8 万名 | -

到2023年，80%以上的医院成为友善医院。
友善医院占医院比例 | >= 80 % | 2023

完成盲道改造320公里。（市建设局负责，2023年12月前完成）
完成盲道改造 | = 320 公里 | 2023

森林质量：持续提升，到2025年达到全省前列，乔木林蓄积量稳定在80立方米/公顷。
乔木林蓄积量 | = 80 立方米/公顷 | 2025
"""

NO_PROMISES = """
截至2021年底，全市共有养老机构120家，床位1.2万张，护理型床位占比达到45%。
“十三五”期间，全市新增城镇就业12.5万人，失业率控制在4%以内。
2020年，全市实现生产总值1650亿元，同比增长8.2%。
目前，全市公租房规模2.9万套。
累计建成了3个园区，覆盖率已达到80%。
对首次认定为高新技术企业的，给予一次性奖励20万元。
对年销售收入超过1亿元的企业，按销售额的1%给予补助，最高不超过100万元。
补贴标准为每人每月800元，贷款额度最高为45万元。
入驻率达到60%以上的，给予投资补助。
申请人应当在15个工作日内提交材料，公示期为5天。
建筑面积不超过120平方米，户型以70平方米以下为主。
未按要求整改的扣2分，情节严重的处1万元罚款。
明确1名分管领导和1名联络员，每季度召开1次会议。
年满18周岁、工作满2年以上的人员可以参加评审。
发生重大事故的，处20万元以上50万元以下罚款。
构建“1+4+N”格局，落实“15分钟生活圈”要求。
依据《节约用水条例》第16条，参照GB/T 37342—2019执行。
培育一批龙头企业，打造一批示范点。
到2025年托位数需求达1.48万个左右。
推动二期项目加快建设，实施五大行动。
"""


def _cases() -> list[tuple[str, list[str]]]:
    blocks = [block.splitlines() for block in PROMISES.strip().split("\n\n")]
    return [(lines[0], lines[1:]) for lines in blocks]


def _shown(text: str, setting: Setting) -> list[str]:
    """The promises of a text as the lines above write them."""
    lines = []
    for promise in sentences.find(text, setting):
        reading, quantity, verdict = promise.reading, promise.reading.quantity, promise.verdict
        base = f" {verdict.baseline_year}年" if verdict.baseline_year else ""
        base = f"由 {reading.baseline}{base}" if reading.baseline else base.strip()
        more = [base] * bool(base) + [f"@{reading.scope}"] * bool(reading.scope)
        said = f"{quantity.comparator} {quantity.value} {quantity.unit or '-'}"
        lines.append(" | ".join([reading.name, said, str(verdict.year or "-"), *more]))
    return lines


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_what_a_paragraph_promises(text: str, expected: list[str]) -> None:
    setting = replace(PLAN, tense="goal") if text.startswith("目标：") else PLAN
    assert _shown(text.removeprefix("目标："), setting) == expected


@pytest.mark.parametrize("text", NO_PROMISES.strip().splitlines())
def test_what_is_no_promise(text: str) -> None:
    assert _shown(text, PLAN) == []


def test_nothing_is_promised_under_a_heading_of_the_past() -> None:
    assert _shown("覆盖率达到80%以上。", replace(PLAN, tense="past")) == []


def test_rules_promise_only_with_a_year() -> None:
    rules = replace(PLAN, rules=True, planned=False)
    assert _shown("绿地率应当达到30%以上。", rules) == []
    assert _shown("到2025年，力争绿地率达到30%以上。", rules) == ["绿地率 | >= 30 % | 2025"]


def test_a_notice_without_a_plan_promises_only_with_a_year_or_a_goal() -> None:
    notice = replace(PLAN, planned=False, period=(None, None))
    assert _shown("新建充电桩500个。", notice) == []
    assert _shown("2023年，新建充电桩500个。", notice) == ["新建充电桩 | = 500 个 | 2023"]


def test_a_past_year_that_was_planned_for_is_promised() -> None:
    assert _shown("2021年计划新建住房600套，2022年新建500套。", PLAN) == [
        "新建住房 | = 600 套 | 2021",
        "新建住房 | = 500 套 | 2022",
    ]


def test_the_words_that_say_it_begin_with_the_clause_and_end_with_the_value() -> None:
    text = "加强绿化。到2025年，森林覆盖率达到24.1%以上，建成公园2个。"
    said = [text[p.reading.start : p.reading.end] for p in sentences.find(text, PLAN)]
    assert said == ["森林覆盖率达到24.1%以上", "建成公园2个"]


@pytest.mark.parametrize("text", [" " * 5000 + "5%", "1" * 5000, "（" * 3000 + "1个", "2025年" * 2000, "和5%" * 500])
def test_hostile_texts_cost_no_time(text: str) -> None:
    assert _shown(text, PLAN) == []
