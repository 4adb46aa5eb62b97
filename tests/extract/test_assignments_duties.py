"""Lists of duties, and sentences that make a body responsible.  Everything in them is invented."""

from __future__ import annotations

import pytest

from kg.extract.assignments import clauses
from kg.extract.assignments.bearers import is_vague
from kg.facts import Assignment
from kg.read.text import Text
from tests.assigned import assignments, parts, plan, unmarked

Row = tuple[str, str | None, str]


def rows(facts: list[Assignment]) -> list[Row]:
    return [(fact.role, fact.agency, fact.task) for fact in facts]


def duties(body: str) -> list[Assignment]:
    """The assignments under a heading about duties."""
    return assignments(plan(f"一、成员单位职责\n\n{body}"))


def measures(sentence: str) -> list[Assignment]:
    """The assignments of a sentence under a heading that says nothing of duties."""
    return assignments(plan(f"一、保障措施\n\n（一）加强保障。{sentence}"))


def test_a_body_and_its_duties_behind_a_colon() -> None:
    text = "市财政局：负责落实巡河资金；配合市审计局做好审计。完成领导小组交办的其他工作。"
    assert rows(duties(text)) == [
        ("responsible", "市财政局", "负责落实巡河资金"),
        ("cooperating", "市财政局", "配合市审计局做好审计"),
    ]


@pytest.mark.parametrize("number", ["", "2.", "（二）", " "])
def test_several_bodies_with_their_duties_behind_colons_in_one_paragraph(number: str) -> None:
    text = f"市财政局：负责落实巡河资金；配合市审计局做好审计。{number}市气象局:发布汛情预报。"
    assert rows(duties(text)) == [
        ("responsible", "市财政局", "负责落实巡河资金"),
        ("cooperating", "市财政局", "配合市审计局做好审计"),
        ("responsible", "市气象局", "发布汛情预报"),
    ]


def test_a_numbered_body_with_its_duties_behind_a_full_stop() -> None:
    text = "（一）市水利局。负责修复岸线；协助市林业局种植芦苇。\n\n（二）市生态环境局、市气象局。负责水质监测。"
    assert rows(duties(text)) == [
        ("responsible", "市水利局", "负责修复岸线"),
        ("cooperating", "市水利局", "协助市林业局种植芦苇"),
        ("responsible", "市生态环境局", "负责水质监测"),
        ("responsible", "市气象局", "负责水质监测"),
    ]


HEADINGS = """
附件

绿廊建设责任分工

一、市水利局

（一）牵头制定年度计划，组织巡河员队伍。

（二）做好岸线修复工作。对违建码头建立台账。

（三）督促业主单位拆除码头。

二、市教育局

配合做好护河宣传工作。

三、市住房城乡建设局、市交通运输局

将绿道设施纳入新建项目的审查内容。

四、各县区人民政府

（一）完成辖区内绿廊建设任务。
"""


def test_a_body_as_heading_with_its_duties_below() -> None:
    assert rows(assignments(plan(HEADINGS))) == [
        ("lead", "市水利局", "牵头制定年度计划，组织巡河员队伍"),
        ("responsible", "市水利局", "做好岸线修复工作"),
        ("responsible", "市水利局", "督促业主单位拆除码头"),
        ("cooperating", "市教育局", "配合做好护河宣传工作"),
        ("responsible", "市住房城乡建设局", "将绿道设施纳入新建项目的审查内容"),
        ("responsible", "市交通运输局", "将绿道设施纳入新建项目的审查内容"),
        ("responsible", "各县区人民政府", "完成辖区内绿廊建设任务"),
    ]


def test_a_heading_may_say_that_the_duties_of_its_body_follow() -> None:
    text = "一、市安委会主要职责\n\n（一）研究重大问题。\n\n二、市安委会办公室职责\n\n（一）负责督促检查。"
    assert rows(assignments(plan(text))) == [
        ("responsible", "市安委会", "研究重大问题"),
        ("responsible", "市安委会办公室", "负责督促检查"),
    ]


def test_what_is_shared_out_before_who_it_is_given_to_is_the_task() -> None:
    found = measures("关于“修复岸线、清理码头”的问题，由市水利局会同市林业局等部门研究提出意见。")
    assert rows(found) == [
        ("lead", "市水利局", "“修复岸线、清理码头”的问题"),
        ("cooperating", "市林业局", "“修复岸线、清理码头”的问题"),
    ]


def test_what_leaders_have_charge_of_is_no_duty_of_it() -> None:
    assert measures("分管市水利局、市林业局。协助市长管理市政府办公室。") == []


def test_several_bodies_in_one_paragraph() -> None:
    text = "市水利局负责修复岸线；市财政局保障资金，其中市审计局组织专项审计。其他部门做好配合工作。"
    assert rows(duties(f"（一）落实部门职责。{text}")) == [
        ("responsible", "市水利局", "负责修复岸线"),
        ("responsible", "市财政局", "保障资金"),
        ("responsible", "市审计局", "组织专项审计"),
    ]


ARTICLES = """
第一章 管理职责

第一条 水利主管部门应当履行下列职责：

（一）依法查处侵占河道的行为。

（二）结合国土空间规划，编制岸线规划，在审批项目时严格执行规划条件。

第二条 市公安局负责水上治安；交通运输部门负责航道标志管理。
"""


def test_articles_that_list_duties() -> None:
    assert rows(assignments(plan(ARTICLES))) == [
        ("responsible", "水利主管部门", "依法查处侵占河道的行为"),
        ("responsible", "水利主管部门", "结合国土空间规划，编制岸线规划，在审批项目时严格执行规划条件"),
        ("responsible", "市公安局", "负责水上治安"),
        ("responsible", "交通运输部门", "负责航道标志管理"),
    ]


EMERGENCY = """
1 组织体系

1.1 市防汛指挥部

市防汛指挥部是全市防汛抢险的指挥机构，负责统一指挥全市防汛工作。

市防汛指挥部的主要职责是：

（1）贯彻执行上级部署；

（2）决定启动应急响应。

1.2 应急行动组

（1）抢险排水组：由市水利局牵头，会同市消防救援支队，武警澜州支队等单位组成。应急响应期间，负责险情抢护；负责积水强排。

（2）转移安置组：市应急局牵头，市民政局、市教育局参加，负责群众转移安置。

（3）工程保障组。组长单位：市住房城乡建设局；成员单位：市交通运输局。主要职责：负责抢修道路。
"""


def test_an_emergency_plan() -> None:
    group = "抢险排水组：应急响应期间，负责险情抢护"
    assert rows(assignments(plan(EMERGENCY))) == [
        ("responsible", "市防汛指挥部", "负责统一指挥全市防汛工作"),
        ("responsible", "市防汛指挥部", "贯彻执行上级部署"),
        ("responsible", "市防汛指挥部", "决定启动应急响应"),
        ("lead", "市水利局", group),
        ("cooperating", "市消防救援支队", group),
        ("cooperating", "武警澜州支队", group),
        ("responsible", "抢险排水组", "应急响应期间，负责险情抢护"),
        ("responsible", "抢险排水组", "负责积水强排"),
        ("lead", "市应急局", "转移安置组：负责群众转移安置"),
        ("cooperating", "市民政局", "转移安置组：负责群众转移安置"),
        ("cooperating", "市教育局", "转移安置组：负责群众转移安置"),
        ("responsible", "转移安置组", "负责群众转移安置"),
        ("lead", "市住房城乡建设局", "工程保障组：负责抢修道路"),
        ("cooperating", "市交通运输局", "工程保障组：负责抢修道路"),
        ("responsible", "工程保障组", "负责抢修道路"),
    ]


GROUP = """
一、领导小组

领导小组主要职责：贯彻落实市委部署，协调解决重大问题。

领导小组下设办公室，办公室设在市水利局，承担日常工作，负责督办落实，办公室主任由周明远同志兼任。

二、招商引资组

组 长：周 明 市商务局局长

主要职责：负责项目招商；做好企业服务。
"""


def test_the_duties_of_groups_among_their_members() -> None:
    found = assignments(plan(GROUP))
    assert rows(found) == [
        ("responsible", "领导小组", "贯彻落实市委部署，协调解决重大问题"),
        ("responsible", "办公室", "承担日常工作"),
        ("responsible", "办公室", "负责督办落实"),
        ("responsible", "招商引资组", "负责项目招商"),
        ("responsible", "招商引资组", "做好企业服务"),
    ]
    assert found[1].intended == "领导小组办公室"


SENTENCES = [
    "{responsible 市财政局}负责统筹资金。",
    "{responsible 市财政局}负责统筹资金，{responsible 市审计局}负责审计监督。",
    "{lead 市商务局}牵头推进码头招商。",
    "由{lead 市商务局}牵头，{cooperating 市税务局}配合，推进码头招商。",
    "码头招商工作由{responsible 市商务局}负责。",
    "{lead 市公安局}牵头制定疏导方案，{cooperating 市交通运输局}、{cooperating 市城管局}等有关部门和单位参加。",
    "{lead 市发展改革委}会同{cooperating 市统计局}组织中期评估。",
    "{cooperating 市财政局}配合做好资金绩效评价。",
    "{responsible 各县区人民政府}负责辖区内绿廊管护。",
    "{lead 各县区人民政府}牵头抓总，统筹推进绿廊建设。",
    "成立{responsible 市绿廊建设工作领导小组}，负责统筹推进绿廊建设。",
    "{responsible 领导小组办公室}设在市水利局，抽调相关人员集中办公，负责日常调度。",
    "{lead 市水利局}是河道管理的牵头部门，负责组织巡查。",
    "由{responsible 市应急局}制定辐射事故应急培训计划。",
    # a governing body called by its own name
    "{responsible 市科协}要做好科普工作。",
    "{responsible 市政府督查室}要加强跟踪督查。",
    "{responsible 市民政局}、{responsible 市财政局}等部门，应组织排查整改。",
    "{supervising 市绿廊建设工作领导小组办公室}对各县区推进情况，开展定期督促检查。",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_that_make_a_body_responsible(marked: str) -> None:
    text, expected = unmarked(marked)
    assert parts(measures(text)) == expected


def test_a_sentence_is_named_by_what_it_says_is_to_be_done() -> None:
    (fact,) = measures("市财政局负责统筹安排巡河资金，2031年6月底前制定管理办法。")
    assert fact.task == "负责统筹安排巡河资金，2031年6月底前制定管理办法"
    assert fact.deadline == "2031年6月底前"
    assert fact.section == "一、保障措施 > （一）加强保障"
    assert fact.source == "text"


def test_a_call_is_no_part_of_the_task() -> None:
    (fact,) = measures("市科协要做好科普工作，组织科普讲座。")
    assert fact.task == "做好科普工作，组织科普讲座"


@pytest.mark.parametrize(
    "sentence",
    [
        "各县区、各有关部门要高度重视，加强组织领导，密切协作配合。",
        "各责任单位负责人要亲自抓落实。",
        "企业主体要配合政府及有关部门规范市场秩序。",
        "用人单位负责组织职工体检。",
        "建立党委领导、政府负责、社会协同的工作机制。",
        "实行项目责任制，明确负责人。",
        "本方案由市水利局负责解释。",
        "由市水利局组织验收后，拨付资金。",
        "建立由市水利局牵头，市财政局、市林业局等部门参加的联席会议制度。",
        "领导小组组长由市长担任，办公室主任由市水利局局长兼任。",
        "市水利局已完成岸线调查，配合率达到95%。",
        "加快建设智慧河湖，推动市第一医院与乡镇卫生院结对。",
        "依托市水利局信息平台，构建防汛体系。",
    ],
)
def test_exhortations_and_conditions_are_no_assignments(sentence: str) -> None:
    assert measures(sentence) == []


def test_headings_about_services_are_no_bearers() -> None:
    body = "（一）市直医院\n\n支持符合条件的医院建设分院。\n\n（二）高新技术企业。推动企业加入高新技术企业库。"
    assert assignments(plan(f"一、机构设置\n\n{body}")) == []


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("负责修复岸线", "responsible"),
        ("承担日常工作", "responsible"),
        ("牵头制定年度计划", "lead"),
        ("配合做好宣传", "cooperating"),
        ("负责配合提供资料", "cooperating"),
        ("协助办理报批手续", "cooperating"),
        ("参与事故调查", "cooperating"),
        ("督导各县区落实任务", "supervising"),
        ("督促业主做好绿化", "responsible"),
        ("在指挥部领导下，组织开展演练", "responsible"),
        ("应急响应期间，负责医疗救治", "responsible"),
        ("对落实情况开展专项督查", "supervising"),
    ],
)
def test_the_role_of_a_duty_is_that_of_its_verb(clause: str, role: str) -> None:
    duty = clauses.read(Text.at(clause, 0))
    assert (duty.role, duty.opened) == (role, True)


def test_a_clause_is_cut_where_a_part_has_another_role() -> None:
    text = Text.at("负责拨付资金，加强监管，配合市审计局做好审计", 0)
    assert [part.string for part in clauses.parts(text)] == ["负责拨付资金，加强监管", "配合市审计局做好审计"]
    together = Text.at("配合做好保障，协助推动企业上市", 0)
    assert len(list(clauses.parts(together))) == 1


def test_a_long_duty_is_named_by_its_first_parts() -> None:
    clause = "负责管理信用平台，对于因占用、堵塞、封闭消防通道而受到行政处罚并且拒不改正的单位和个人，将其信息纳入平台"
    assert clauses.read(Text.at(clause, 0)).name.string == "负责管理信用平台"


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("各有关部门", True),
        ("各县区", True),
        ("市直各有关单位", True),
        ("联席会议成员单位", True),
        ("用人单位", True),
        ("物业服务企业", True),
        ("各县区人民政府", False),
        ("市教育局", False),
        ("公安机关", False),
    ],
)
def test_collectives_that_bear_no_duty_by_name(name: str, vague: bool) -> None:
    assert is_vague(name) is vague
