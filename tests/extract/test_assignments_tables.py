"""Responsibility tables.  Cells stand between tabs, as OCR leaves them; everything in them is invented."""

from __future__ import annotations

import pytest

from kg.extract.assignments.tables import column_kind
from kg.facts import Assignment
from tests.assigned import assignments, plan

Row = tuple[str, str, str | None, str | None, str | None]


def table(*lines: str) -> str:
    """A plan with an annex that is a table; cells are separated by “|”."""
    return plan("一、任务\n\n按附件执行。\n\n附件\n\n重点任务责任分解表\n\n" + "\n".join(lines).replace("|", "\t"))


def rows(facts: list[Assignment]) -> list[Row]:
    return [(fact.task, fact.role, fact.agency, fact.leader, fact.deadline) for fact in facts]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("牵头单位", "lead"),
        ("牵头部门", "lead"),
        ("牵头（责任）单位", "lead"),
        ("主办单位", "lead"),
        ("第一责任单位", "lead"),
        ("责任单位", "responsible"),
        ("责任部门（单位）", "responsible"),
        ("市级责任单位", "responsible"),
        ("实施主体", "responsible"),
        ("承办单位", "responsible"),
        ("责任", "responsible"),
        ("责任单位/牵头", "lead"),
        ("责任单位/配合", "cooperating"),
        ("配合单位", "cooperating"),
        ("协办单位", "cooperating"),
        ("会办单位", "cooperating"),
        ("参与部门", "cooperating"),
        ("督导单位", "supervising"),
        ("责任领导", "leader"),
        ("市政府分管领导", "leader"),
        ("牵头市领导", "leader"),
        ("市领导", "leader"),
        ("包保领导", "leader"),
        ("主管州领导", "leader"),
        ("联系旗级领导", "leader"),
        ("责任人", "person"),
        ("部门责任人", "person"),
        ("完成时限", "deadline"),
        ("时间要求", "deadline"),
        ("责任分工", "shares"),
        ("牵头、配合单位", "shares"),
        ("工作任务", "task"),
        ("指标名称", "task"),
        ("具体内容", "content"),
        ("重点工作举措", "content"),
        ("单位", "unit"),
        ("工作职责", "duty"),
        ("实施年限", "skip"),
        ("完成情况", "skip"),
        ("评分标准", "score"),
        ("主管部门审核意见", "score"),
    ],
)
def test_what_a_header_says(header: str, kind: str) -> None:
    assert column_kind(header) == kind


def test_a_lead_and_a_cooperating_column() -> None:
    found = assignments(
        table(
            "序号|工作任务|牵头单位|配合单位|完成时限",
            "1|修复岸线|市水利局|市财政局、市审计局，各县区人民政府|2031年6月底前",
            "2|建设绿道|市园林局||长期坚持",
        )
    )
    assert rows(found) == [
        ("修复岸线", "lead", "市水利局", None, "2031年6月底前"),
        ("修复岸线", "cooperating", "市财政局", None, "2031年6月底前"),
        ("修复岸线", "cooperating", "市审计局", None, "2031年6月底前"),
        ("修复岸线", "cooperating", "各县区人民政府", None, "2031年6月底前"),
        ("建设绿道", "lead", "市园林局", None, "长期坚持"),
    ]
    assert {fact.source for fact in found} == {"table"}
    assert [evidence.quote for evidence in found[0].evidence] == ["市水利局", "修复岸线"]


def test_agencies_with_spaces_or_nothing_between_them() -> None:
    found = assignments(
        table("序号|任务名称|责任单位", "1|清退码头|市水利局 市交通运输局", "2|种植芦苇|市林业局市气象局")
    )
    assert [(fact.task, fact.agency) for fact in found] == [
        ("清退码头", "市水利局"),
        ("清退码头", "市交通运输局"),
        ("种植芦苇", "市林业局"),
        ("种植芦苇", "市气象局"),
    ]


def test_leaders_behind_agencies_and_in_a_column_of_their_own() -> None:
    found = assignments(
        table(
            "序号|工作任务|责任领导|牵头单位及责任人|完成时限",
            "1|修复岸线|吴大亮|市水利局 周 明 市林业局 郑国平|6月底前",
            "2|建设绿道|副市长 欧阳明|市园林局 丁 宁|年底前",
        )
    )
    assert rows(found) == [
        ("修复岸线", "supervising", None, "吴大亮", "6月底前"),
        ("修复岸线", "lead", "市水利局", "周明", "6月底前"),
        ("修复岸线", "lead", "市林业局", "郑国平", "6月底前"),
        ("建设绿道", "supervising", None, "欧阳明", "年底前"),
        ("建设绿道", "lead", "市园林局", "丁宁", "年底前"),
    ]


@pytest.mark.parametrize("cell", ["周 明、吴 亮", "周 明 吴 亮", "周 吴 明 亮"])
def test_two_leaders_in_a_cell_the_last_one_wrapped_in_columns(cell: str) -> None:
    found = assignments(table("序号|工作任务|责任领导|责任单位", f"1|修复岸线|{cell}|市水利局"))
    assert {fact.leader for fact in found if fact.role == "supervising"} == {"周明", "吴亮"}


def test_a_person_column_beside_the_units_gives_them_their_leaders() -> None:
    found = assignments(
        table(
            "序号|重点工作|责任单位|责任人|配合单位",
            "1|修复岸线|市水利局|周明远|市财政局",
            "2|建设绿道|市园林局、市体育局|丁 宁、郑国平|",
        )
    )
    assert rows(found) == [
        ("修复岸线", "responsible", "市水利局", "周明远", None),
        ("修复岸线", "cooperating", "市财政局", None, None),
        ("建设绿道", "responsible", "市园林局", "丁宁", None),
        ("建设绿道", "responsible", "市体育局", "郑国平", None),
    ]


def test_roles_inside_a_cell() -> None:
    found = assignments(
        table(
            "序号|事项|责任分工",
            "1|修复岸线|牵头单位：市水利局；配合单位：市财政局",
            "2|建设绿道|市园林局牵头，市体育局配合",
            "3|净化水质|市生态环境局（牵头）、市水利局",
        )
    )
    assert [(fact.role, fact.agency) for fact in found] == [
        ("lead", "市水利局"),
        ("cooperating", "市财政局"),
        ("lead", "市园林局"),
        ("cooperating", "市体育局"),
        ("lead", "市生态环境局"),
        ("responsible", "市水利局"),
    ]


def test_the_content_is_the_task_where_the_name_is_merged_over_several_rows() -> None:
    found = assignments(
        table(
            "序号|重点任务|具体内容|责任单位",
            "1|修复岸线|清退违建码头，恢复岸坡。|市水利局",
            "2||种植芦苇，修复滩涂。|市林业局",
            "3|建设绿道|沿河连通断点。|市园林局",
        )
    )
    assert [(fact.task, fact.agency) for fact in found] == [
        ("清退违建码头，恢复岸坡。", "市水利局"),
        ("种植芦苇，修复滩涂。", "市林业局"),
        ("建设绿道", "市园林局"),
    ]
    assert found[0].section is not None
    assert found[0].section.endswith("修复岸线")


def test_units_leaders_and_deadlines_merged_over_several_rows() -> None:
    found = assignments(
        table(
            "序号|工作任务|责任领导|牵头单位|配合单位|完成时限",
            "1|清退码头|吴大亮|市水利局|市财政局|6月底前",
            "2|恢复岸坡|||市林业局|",
            "3|建设绿道|周明远|市园林局||年底前",
        )
    )
    assert rows(found) == [
        ("清退码头", "supervising", None, "吴大亮", "6月底前"),
        ("清退码头", "lead", "市水利局", None, "6月底前"),
        ("清退码头", "cooperating", "市财政局", None, "6月底前"),
        ("恢复岸坡", "supervising", None, "吴大亮", "6月底前"),
        ("恢复岸坡", "lead", "市水利局", None, "6月底前"),
        ("恢复岸坡", "cooperating", "市林业局", None, "6月底前"),
        ("建设绿道", "supervising", None, "周明远", "年底前"),
        ("建设绿道", "lead", "市园林局", None, "年底前"),
    ]
    merged = [fact for fact in found if fact.task == "恢复岸坡"]
    assert {fact.rule for fact in merged} == {"assignments.table-inferred"}
    assert merged[0].confidence < found[0].confidence


def test_a_shifted_row_says_so() -> None:
    found = assignments(
        table(
            "工作要求|工作任务|具体内容|牵头单位|配合单位|完成时限",
            "一、岸线|清退码头|限期拆除违建码头，恢复自然岸坡。|市水利局|市财政局|2031年6月底前",
            "|种植芦苇|分段实施，先易后难，形成连片湿地。|市林业局|各县区人民政府|2031年8月底前",
            "增设驿站|沿线布设驿站，配备饮水和急救设施。|市园林局|各县区人民政府|2031年9月底前",
        )
    )
    shifted = [fact for fact in found if fact.task == "增设驿站"]
    assert [(fact.role, fact.agency) for fact in shifted] == [("lead", "市园林局"), ("cooperating", "各县区人民政府")]
    assert {fact.rule for fact in shifted} == {"assignments.table-realigned"}


def test_a_category_row_is_the_group_of_the_tasks_below() -> None:
    found = assignments(
        table(
            "序号|指标名称|指标要求|牵头单位|配合单位",
            "一、岸线||||",
            "1|岸线修复率|岸线修复率达85%以上。|市水利局|市林业局",
            "二、绿道||||",
            "2|绿道密度|每平方公里绿道达1公里。|市园林局|",
        )
    )
    assert [(fact.task, fact.agency) for fact in found] == [
        ("岸线修复率", "市水利局"),
        ("岸线修复率", "市林业局"),
        ("绿道密度", "市园林局"),
    ]
    assert [fact.section and fact.section.rsplit(" > ", 1)[-1] for fact in found] == [
        "一、岸线",
        "一、岸线",
        "二、绿道",
    ]


def test_several_tasks_in_one_cell_face_several_units() -> None:
    found = assignments(
        table(
            "序号|工作任务|责任单位|完成时限",
            "1|（1）培训巡河员 （2）配备巡河艇|（1）市水利局 （2）市财政局|年底前",
            "2|<p>清退码头</p><p>种植芦苇</p>|<p>市水利局</p><p>市林业局</p>|6月底前",
        )
    )
    assert [(fact.task, fact.agency) for fact in found] == [
        ("培训巡河员", "市水利局"),
        ("配备巡河艇", "市财政局"),
        ("清退码头", "市水利局"),
        ("种植芦苇", "市林业局"),
    ]


def test_the_header_is_repeated_on_the_next_page() -> None:
    found = assignments(
        table(
            "序号|工作任务|责任单位",
            "1|修复岸线|市水利局",
            "",
            "序号|工作任务|责任单位",
            "2|建设绿道|市园林局",
        )
    )
    assert [(fact.task, fact.agency) for fact in found] == [("修复岸线", "市水利局"), ("建设绿道", "市园林局")]


def test_markers_are_no_part_of_the_name() -> None:
    found = assignments(table("序号|工作任务|责任单位", "1|1.修复岸线|市水利局", "2|（二）建设绿道|市园林局"))
    assert [fact.task for fact in found] == ["修复岸线", "建设绿道"]


def test_a_table_of_units_and_their_duties() -> None:
    found = assignments(
        table(
            "序号|成员单位|工作职责",
            "1|市水利局|负责修复岸线；配合市林业局种植芦苇。",
            "2|市财政局、市审计局|负责资金安排和监督。",
        )
    )
    assert [(fact.task, fact.role, fact.agency) for fact in found] == [
        ("负责修复岸线", "responsible", "市水利局"),
        ("配合市林业局种植芦苇", "cooperating", "市水利局"),
        ("负责资金安排和监督", "responsible", "市财政局"),
        ("负责资金安排和监督", "responsible", "市审计局"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        # a scoring table
        ["考核项目|分值|评分标准|责任单位", "修复岸线|20|每发现一处扣2分|市水利局"],
        # indicators with units of measure
        ["指标|单位|2030年|2032年目标值", "绿道长度|公里|1200|1500", "绿化率|%|80|85"],
        # projects with owners
        ["序号|项目名称|建设内容|总投资|项目业主", "1|青石河绿廊|新建绿道60公里|5600|市园林局"],
        # an application form
        ["申请单位||联系人|", "项目名称||负责人|", "主管部门审核意见|||"],
    ],
)
def test_tables_that_assign_nothing(lines: list[str]) -> None:
    assert assignments(table(*lines)) == []


def test_a_note_below_the_table_says_that_the_first_leads() -> None:
    found = assignments(
        table(
            "序号|工作任务|责任单位",
            "1|修复岸线|市水利局、市林业局",
            "注：责任单位排在第一位的为牵头单位。",
        )
    )
    assert [(fact.role, fact.agency) for fact in found] == [("lead", "市水利局"), ("responsible", "市林业局")]
