"""An invented document with at least one fact of every kind, each field filled in at least once.

The city, its people and its numbers do not exist.  ``FACTS`` stand in ``TEXT``; their evidence is found by its words.
"""

from __future__ import annotations

from kg.facts import (
    Agency,
    Appointment,
    Assignment,
    Citation,
    Document,
    Evidence,
    Fact,
    Membership,
    Place,
    Plan,
    Portfolio,
    Project,
    Target,
)

FILE = "2030-1.txt"
NUMBER = "澜政办〔2030〕5号"
TITLE = "澜州市人民政府办公室关于印发澜州市“绿岸”行动方案的通知"
PLAN = "澜州市“绿岸”行动方案（2030—2035年）"
PLACE = Place(province="云泽省", city="澜州市", code="990100")

TEXT = """澜州市人民政府公报 2030年第1期

澜州市人民政府办公室关于印发澜州市
“绿岸”行动方案的通知
澜政办〔2030〕5号

各县区人民政府，市直各委、办、局：
根据《云泽省河湖条例》和《关于河岸绿化的意见》（云政发〔2029〕8号），现将《澜州市“绿岸”行动方案（2030—2035年）》印发给你们。
原《澜州市河岸管理办法》（澜政发〔2019〕1号）同时废止。

一、目标
到2035年，河岸绿化率达到85.5%以上（2029年为60%），新增绿道1,200公里，绿化志愿者10万人左右，岸线“应绿尽绿”。

二、任务
（一）修复岸线。6月底前完成。（牵头单位：市水利局；配合单位：市财政局、各县区人民政府）
（二）建设绿道。（责任单位：澜州市住房和城乡建设局；责任领导：周 明）
（二）建设绿道。（责任单位：澜州市住房和城乡建设局；责任领导：周 明）

三、领导小组
成立澜州市绿岸行动领导小组。组长：吴大亮 副市长；成员：市财政局有关负责同志。

四、项目
青石河绿廊 新建 2030-2032 5600 万元 市水利局

人事：任命郑平同志为澜州市水利局副局长（试用期一年）；免去其澜州市财政局科长职务。
分工：吴大亮副市长分管市水利局、河岸绿化工作。
澜州市人民政府办公室
2030年1月20日
"""


def at(*quotes: str, after: str = "") -> tuple[Evidence, ...]:
    """The evidence that these words of the text give, searched for behind the words ``after``."""
    begin = TEXT.index(after)
    starts = [TEXT.index(quote, begin) for quote in quotes]
    return tuple(Evidence(FILE, i, i + len(quote), quote) for i, quote in zip(starts, quotes, strict=True))


def _task(quote: str, task: str, agency: str | None, role: str, after: str = "二、任务", **more: object) -> Assignment:
    return Assignment(
        doc=NUMBER,
        evidence=at(quote, task, after=after),
        rule="assignments.paren",
        confidence=0.93,
        task=task,
        agency=agency,
        role=role,
        source="paren",
        plan=PLAN,
        section=f"二、任务 > （一）{task}",
        **more,  # type: ignore[arg-type]
    )


def _target(quote: str, indicator: str, value: str, **more: object) -> Target:
    base = {"target_year": 2035, "plan": PLAN, "section": "一、目标"}
    return Target(
        doc=NUMBER,
        evidence=at(quote),
        rule="targets.reach",
        confidence=0.8,
        indicator=indicator,
        value=value,
        **(base | more),  # type: ignore[arg-type]
    )


_REPEATED = "责任单位：澜州市住房和城乡建设局"

FACTS: tuple[Fact, ...] = (
    Document(
        doc=NUMBER,
        evidence=at("澜州市人民政府办公室关于印发澜州市\n“绿岸”行动方案的通知"),
        rule="documents.head",
        confidence=0.99,
        title=TITLE,
        issuers=("澜州市人民政府办公室", "澜州市水利局"),
        date="2030-01-20",
        kind="通知",
        attached=(PLAN, "任务分工表"),
        gazette="2030-1",
        in_contents=True,
        printed_in_full=False,
        addressees=("各县区人民政府", "市直各委、办、局"),
        place=PLACE,
    ),
    Plan(
        doc=NUMBER,
        evidence=at("澜州市“绿岸”行动方案（2030—2035年）"),
        rule="plans.issued",
        confidence=0.97,
        title=PLAN,
        type="行动方案",
        period_start=2030,
        period_end=2035,
    ),
    Plan(doc=NUMBER, evidence=at("二、任务"), rule="plans.issued", confidence=0.6, title="任务分工表"),
    _target(
        "河岸绿化率达到85.5%以上（2029年为60%）",
        "河岸绿化率",
        "85.5",
        comparator=">=",
        unit="%",
        baseline_value="60",
        baseline_year=2029,
        nature="约束性",
        scope="中心城区",
    ),
    _target("新增绿道1,200公里", "新增绿道", "1,200", comparator="=", unit="公里", nature="预期性"),
    _target("绿化志愿者10万人左右", "绿化志愿者", "10", comparator="~", unit="万人", plan=None, target_year=None),
    _target("岸线“应绿尽绿”", "岸线", "应绿尽绿", section=None, source="table"),
    _task("市水利局", "修复岸线", "市水利局", "lead", deadline="6月底前", canonical="澜州市水利局"),
    _task("市财政局", "修复岸线", "市财政局", "cooperating", deadline="6月底前"),
    _task("各县区人民政府", "修复岸线", "各县区人民政府", "cooperating", canonical="各县区人民政府"),
    _task(_REPEATED, "建设绿道", "澜州市住房和城乡建设局", "responsible", intended="澜州市住房和城乡建设局"),
    _task(_REPEATED, "建设绿道", "澜州市住房和城乡建设局", "responsible", after="周 明）\n（二）"),
    _task("责任领导：周 明", "建设绿道", None, "supervising", leader="周明", deadline="每年10月底前"),
    Membership(
        doc=NUMBER,
        evidence=at("组长：吴大亮 副市长"),
        rule="memberships.line",
        confidence=0.9,
        group="澜州市绿岸行动领导小组",
        person="吴大亮",
        role="组长",
        post="副市长",
    ),
    Membership(
        doc=NUMBER,
        evidence=at("成员：市财政局有关负责同志"),
        rule="memberships.line",
        confidence=0.7,
        group="澜州市绿岸行动领导小组",
        person=None,
        role="成员",
        post="市财政局有关负责同志",
    ),
    Appointment(
        doc=NUMBER,
        evidence=at("任命郑平同志为澜州市水利局副局长（试用期一年）"),
        rule="appointments.appoint",
        confidence=0.95,
        person="郑平",
        action="appoint",
        post="副局长",
        organisation="澜州市水利局",
        date="2030-01-20",
        note="试用期一年",
    ),
    Appointment(
        doc=NUMBER,
        evidence=at("免去其澜州市财政局科长职务"),
        rule="appointments.chained",
        confidence=0.9,
        person="郑平",
        action="remove",
        post="二级调研员",
    ),
    Portfolio(
        doc=NUMBER,
        evidence=at("分管市水利局"),
        rule="portfolios.line",
        confidence=0.85,
        person="吴大亮",
        relation="分管",
        object="市水利局",
    ),
    Portfolio(
        doc=NUMBER,
        evidence=at("河岸绿化工作"),
        rule="portfolios.line",
        confidence=0.85,
        person="吴大亮",
        relation="分管",
        object="河岸绿化工作",
    ),
    Citation(
        doc=NUMBER,
        evidence=at("《关于河岸绿化的意见》（云政发〔2029〕8号）"),
        rule="citations.basis",
        confidence=0.95,
        cited_title="关于河岸绿化的意见",
        cited_number="云政发〔2029〕8号",
        relation="basis",
    ),
    Citation(
        doc=NUMBER,
        evidence=at("《云泽省河湖条例》"),
        rule="citations.basis",
        confidence=0.95,
        cited_title="云泽省河湖条例",
        cited_number=None,
        relation="basis",
    ),
    Citation(
        doc=NUMBER,
        evidence=at("《澜州市河岸管理办法》（澜政发〔2019〕1号）"),
        rule="citations.repeal",
        confidence=0.9,
        cited_title=None,
        cited_number="澜政发〔2019〕1号",
        relation="repeals",
    ),
    *(
        Citation(
            doc=NUMBER,
            evidence=at("澜政发〔2019〕1号"),
            rule="c.x",
            confidence=0.5,
            cited_title="某件",
            cited_number=None,
            relation=relation,
        )
        for relation in ("amends", "mentions")
    ),
    *(
        Agency(
            doc=NUMBER,
            evidence=at(surface),
            rule="agencies.name",
            confidence=0.9,
            surface=surface,
            canonical=canonical,
            level=level,
            intended=intended,
            entity=entity,
        )
        for surface, canonical, level, intended, entity in (
            ("市水利局", "澜州市水利局", "市", None, "https://policy-kg.example/agency/澜州市水利局"),
            ("市财政局", None, "市", "市财政局", "https://policy-kg.example/agency/澜州市/市财政局"),
            (
                "各县区人民政府",
                "各县区人民政府",
                "集体",
                None,
                "https://policy-kg.example/agency/澜州市/各县区人民政府",
            ),
            ("澜州市人民政府", "澜州市人民政府", None, None, "https://policy-kg.example/agency/澜州市人民政府"),
        )
    ),
    Project(
        doc=NUMBER,
        evidence=at("青石河绿廊"),
        rule="projects.table",
        confidence=0.95,
        name="青石河绿廊",
        nature="新建",
        period="2030-2032",
        investment="5600",
        investment_unit="万元",
        owner="市水利局",
    ),
)
