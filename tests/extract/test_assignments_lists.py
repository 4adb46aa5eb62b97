"""Lists of bodies and what they say of roles, leaders and deadlines.  All bodies and people are invented."""

from __future__ import annotations

import pytest

from kg.extract.assignments.roles import read_sharing
from kg.facts import Place
from kg.read.text import Text
from tests.assigned import PLACE, unmarked

STATE, PROVINCE = Place(), Place(province="云泽省")


def read(marked: str, role: str | None = None, place: Place = PLACE) -> tuple[set, set]:  # type: ignore[type-arg]
    text, expected = unmarked(marked)
    sharing = read_sharing(Text.at(text, 0), place, role)
    found = {
        (share.role, share.body.surface if share.body else None, share.leader.string if share.leader else None)
        for share in sharing.shares
    }
    return found, expected


LABELLED = [
    "责任单位：{responsible 市教育局}、{responsible 市财政局}；配合单位：{cooperating 各县区政府}",
    "牵头单位：{lead 市发展改革委（市数据局）}、{lead 市财政局（市金融办）}；配合单位：{cooperating 澜州海关}",
    # a comma where a semicolon belongs
    "责任单位：{responsible 市生态环境局}、{responsible 市水利局}，配合单位：{cooperating 各县区人民政府}",
    # half-width marks, spaces of the printer
    "牵头单位:{lead 市总工会},{lead 团市委};配合单位: {cooperating 市妇联},{cooperating 市科协}",
    "责任单位：{responsible 市民政局}、{responsible 市住房城乡建设局}按部门职责分工落实，下同",
    "责任部门（单位）：{responsible 市医保局}；协助单位：{cooperating 市税务局}",
    "主办单位：{lead 市信访局}；协办单位：{cooperating 市司法局}；会办单位：{cooperating 市公安局}",
    "牵头（责任）单位：{lead 市文化和旅游局}　配合单位：{cooperating 市商务局}",
    "市级责任单位：{responsible 市林业局}；督导单位：{supervising 市委督查室}",
    "牵头部门：{lead 省水利厅}，参与部门：{cooperating 省财政厅}、{cooperating 省自然资源厅}",
    "本部分责任单位：{responsible 市气象局}、{responsible 市应急局}",
    "实施主体：{responsible 云岭县人民政府}",
    "责任单位为{responsible 市统计局}",
    # offices without their holders are no bodies
    "分管副市长、协管副秘书长负责，{lead 市水利局}牵头，{cooperating 市林业局}配合",
]

BY_VERB = [
    "{responsible 市水利局}负责",
    "{responsible 市教育局}、{responsible 市财政局}，{responsible 各县区人民政府}按职责分工负责",
    "{responsible 市公安局}、{responsible 市司法局}等按职责分工负责",
    "{responsible 市公安局}、{responsible 市司法局}等有关部门按照各自职责分工负责",
    "{lead 国家发展改革委}牵头，{responsible 财政部}、{responsible 自然资源部}等按职责分工负责",
    "{responsible 教育部}、{responsible 科技部}等部门和{responsible 各省级人民政府}按职责分工负责",
    "{lead 省发展改革委}牵头，{responsible 省财政厅}、{responsible 各市人民政府}分工负责",
    "{lead 市商务局}牵头，{cooperating 市税务局}、{cooperating 澜州海关}配合",
    "{lead 市商务局}牵头、{cooperating 市税务局}参与",
    "由{lead 市卫生健康委}牵头，{cooperating 市医保局}、{cooperating 市市场监管局}协助",
    "{lead 市生态环境局}会同{cooperating 市水利局}、{cooperating 市农业农村局}负责",
    "{lead 市民政局}牵头，会同{cooperating 市财政局}落实",
    "{lead 市委宣传部}牵头，{cooperating 团市委}、{cooperating 市妇联}、{cooperating 市慈善总会}参与",
    "{lead 市科技局}为牵头单位，{cooperating 市工业和信息化局}为配合单位",
    "{lead 市政府办公室}、{lead 市行政审批制度改革工作领导小组办公室}牵头，"
    "{responsible 市级各有关部门}及{responsible 各县市区政府}按职责分工负责",
    "{responsible 市城发集团公司}等负责",
    "{responsible 各市、县（市、区）人民政府}组织实施",
    "{supervising 市纪委监委机关}、{supervising 市委督查室}督导",
    "{responsible 市教育局}、{responsible 市体育局}按职责分工负责，{responsible 各县、区人民政府}落实",
]

MARKED = [
    "{lead 市教育局}（牵头）、{responsible 市财政局}、{responsible 市人社局}",
    "责任单位：{lead 市水利局}（牵头）、{responsible 市林业局}，{cooperating 市气象局}（配合）",
]


@pytest.mark.parametrize("marked", [*LABELLED, *BY_VERB, *MARKED])
def test_roles(marked: str) -> None:
    found, expected = read(marked)
    assert found == expected


CELLS = [
    # header role, what the cell holds
    ("lead", "{lead=周明 市水利局} 周 明 {lead=吴大亮 市林业局} 吴大亮"),
    ("lead", "{lead=郑平 市财政局} 郑 平"),
    ("responsible", "{responsible=周明 市水利局}（周明）、{responsible=吴大亮 市林业局}（吴大亮）"),
    ("lead", "{lead=欧阳明 市公安局} 欧阳明、{lead 市司法局}"),
    ("lead", "{lead=周明 市水利局}局长周明"),
    ("responsible", "{responsible 市市场监管局} {responsible 市民政局}"),
    ("responsible", "{responsible 市人力资源社会保障局}{responsible 市委组织部},{responsible 市科协}"),
    ("lead", "{lead 市卫生健康委}牵头，{cooperating 市民政局}、{cooperating 市医保局}配合"),
    ("responsible", "牵头单位：{lead 市数据局}；配合单位：{cooperating 各县区人民政府}"),
    ("cooperating", "{cooperating 市财政局}，{cooperating 各县区人民政府}"),
    ("lead", "{lead=丁宁 市教育局} 丁 宁（牵头） {cooperating 市残联}（配合）"),
]


@pytest.mark.parametrize(("role", "marked"), CELLS)
def test_a_cell_has_the_role_of_its_column_unless_it_says_another(role: str, marked: str) -> None:
    found, expected = read(marked, role)
    assert found == expected


LEADERS = [
    "责任领导：{supervising=周明远}；责任单位：{responsible 市水利局}",
    "牵头领导：副市长{supervising=吴大亮}；牵头单位：{lead 市商务局}；配合单位：{cooperating 市税务局}",
    "包保领导：{supervising=欧阳明}、{supervising=郑平}；责任单位：{responsible 云岭县人民政府}",
    # a person who answers for the body beside it is its leader
    "责任单位：{responsible=周明远 市水利局}，责任人：周明远",
    "责任单位：{responsible=周明 市水利局}、{responsible=郑平 市财政局}；责任人：周 明、郑 平",
    "责任领导：{supervising=吴大亮 市财政局}局长吴大亮",
    "责任领导：吴大亮（{supervising=吴大亮 市财政局}局长）",
    "责任领导：吴大亮 {supervising=吴大亮 市财政局}局长",
    "包保领导：市委常委、常务副市长 {supervising=周明远}",
]


@pytest.mark.parametrize("marked", LEADERS)
def test_leaders(marked: str) -> None:
    found, expected = read(marked)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("责任单位：市水利局；完成时限：2030年6月底前", "2030年6月底前"),
        ("牵头单位：市住房城乡建设局　完成时限：长期坚持", "长期坚持"),
        ("市住房城乡建设局牵头，市民政局配合，2032年6月底前完成", "2032年6月底前完成"),
        ("市园林局负责，持续推进", "持续推进"),
        ("2031年12月底前，市财政局负责", "2031年12月底前"),
        ("责任单位：市统计局；时间要求：2030年第三季度", "2030年第三季度"),
        ("责任单位：市统计局", None),
    ],
)
def test_the_deadline_of_a_list(text: str, deadline: str | None) -> None:
    sharing = read_sharing(Text.at(text, 0), PLACE)
    assert (sharing.deadline.string if sharing.deadline else None) == deadline


def test_the_first_body_leads_where_the_list_says_so() -> None:
    sharing = read_sharing(Text.at("责任单位：市商务局、市财政局，列第一位的为牵头单位，下同", 0), PLACE)
    assert sharing.first_leads
    assert [share.role for share in sharing.with_first_leading().shares] == ["lead", "responsible"]


def test_the_rule_about_the_first_may_stand_in_a_bracket() -> None:
    sharing = read_sharing(Text.at("责任单位：商务局、工商联（排第一位者为牵头或汇总单位，下同）", 0), PLACE)
    assert sharing.first_leads
    assert [share.body.surface for share in sharing.shares if share.body] == ["商务局", "工商联"]


def test_bodies_that_are_not_named_again() -> None:
    text = (
        "市水利局按职责分工负责，澜州高新区管委会、各县区人民政府落实。"
        "以下均需澜州高新区管委会、各县区人民政府落实，不再列出"
    )
    sharing = read_sharing(Text.at(text, 0), PLACE)
    assert [share.body.surface for share in sharing.standing if share.body] == ["澜州高新区管委会", "各县区人民政府"]
    assert [share.body.surface for share in sharing.shares if share.body] == [
        "市水利局",
        "澜州高新区管委会",
        "各县区人民政府",
    ]


def test_an_elided_name_keeps_the_whole_one_beside_it() -> None:
    sharing = read_sharing(Text.at("望津区、石渚区人民政府按职责分工负责", 0), PLACE)
    bodies = [(share.body.surface, share.body.intended) for share in sharing.shares if share.body]
    assert bodies == [("望津区", "望津区人民政府"), ("石渚区人民政府", None)]


@pytest.mark.parametrize(
    "text",
    ["以下简称市应急办", "简称科创企业", "含旅居养老床位", "即市、县两级", "如市教育局、市财政局"],
)
def test_a_bracket_that_explains_is_no_list(text: str) -> None:
    assert not read_sharing(Text.at(text, 0), PLACE)
