"""Lists that close a task: brackets of every style, lines below it, rules stated once.  All of it is invented."""

from __future__ import annotations

import pytest

from kg.facts import Assignment, Place
from tests.assigned import assignments, parts, plan, unmarked


def tasks(facts: list[Assignment]) -> list[str]:
    return list(dict.fromkeys(fact.task for fact in facts))


def of(facts: list[Assignment], agency: str | None) -> list[Assignment]:
    return [fact for fact in facts if fact.agency == agency]


BRACKETS = [
    "（责任单位：{responsible 市水利局}、{responsible 市财政局}；配合单位：{cooperating 各县}）",
    "〔牵头单位：{lead 市水利局}；配合单位：{cooperating 市财政局}、{cooperating 市审计局}〕",
    # opened by one, closed by another
    "〔牵头单位：{lead 市水利局}；配合单位：{cooperating 市财政局}]",
    "[责任单位：{responsible 市水利局}]",
    "【责任单位：{responsible 市水利局}】",
    "(牵头单位:{lead 市水利局};配合单位:{cooperating 市财政局},{cooperating 各县区人民政府})",
    # others inside
    "（牵头单位：{lead 市发展改革委（市数据局）}；配合单位：{cooperating 市委统战部（市民宗委）}）",
    # never closed
    "（责任单位：{responsible 市水利局}、{responsible 市林业局}",
    "（{responsible 市水利局}、{responsible 市林业局}，{responsible 各县区人民政府}按职责分工负责）",
    "（{responsible 市水利局}负责）",
    "（{lead 市水利局}牵头，{cooperating 市林业局}、{cooperating 各县区人民政府}配合）",
    "（{lead 市水利局}牵头，{responsible 市林业局}、{responsible 市气象局}等按职责分工负责）",
    "（由{lead 市水利局}牵头，{cooperating 市林业局}参与）",
    "（{lead 市水利局}会同{cooperating 市林业局}负责）",
    "（{lead 财政部}、{lead 税务总局}牵头，3月底前出台相关政策，年内持续推进）",
    "（{lead 国家发展改革委}牵头，{responsible 财政部}、{responsible 国家统计局}等按职责分工负责，年内持续推进）",
    # no word about roles, but nothing other than bodies behind a full stop
    "（{responsible 市水利局}、{responsible 市林业局}）",
    "（责任领导：{supervising=周明远}；责任单位：{responsible 市水利局}）",
    "（责任单位：{responsible=周明远 市水利局}；责任人：周明远）",
    "责任单位：{responsible 市水利局}、{responsible 市林业局}。",
    "——责任单位：{responsible 市水利局}",
    # half-width marks throughout, the first-named leads
    "({lead 市水利局},{responsible 市林业局},{responsible 各县区人民政府},排名第一位为牵头单位,下同)",
]


@pytest.mark.parametrize("marked", BRACKETS)
def test_a_closing_bracket(marked: str) -> None:
    text, expected = unmarked(
        f"一、重点任务\n\n（一）修复岸线。清退违建码头，恢复自然岸坡。{marked}\n\n（二）其他。略。"
    )
    found = assignments(plan(text))
    assert parts(found) == expected
    assert tasks(found) == ["修复岸线"]
    assert {fact.section for fact in found} == {"一、重点任务 > （一）修复岸线"}
    assert {fact.plan for fact in found} == {"澜州市青石河绿廊建设实施方案"}


STATE_COUNCIL = """国务院办公厅关于加快内河绿色航运发展的意见

国办发〔2030〕7号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：

为加快内河绿色航运发展，经国务院同意，现提出以下意见。

一、完善设施

（一）建设绿色港口。推进岸电改造。
（{lead 交通运输部}牵头，{responsible 国家发展改革委}、{responsible 国家能源局}等按职责分工负责）
"""

PROVINCE = """云泽省人民政府办公厅关于印发云泽省内河航运提升行动方案的通知

云政办发〔2030〕31号

各市、县（市、区）人民政府，省政府直属各单位：

《云泽省内河航运提升行动方案》已经省政府同意，现印发给你们，请认真贯彻执行。

云泽省内河航运提升行动方案

1.疏浚主航道。完成清滩。（责任单位：{responsible 省交通运输厅}，{responsible 各市、县（市、区）人民政府}）
"""


@pytest.mark.parametrize(
    ("marked", "task", "place"),
    [
        (STATE_COUNCIL, "建设绿色港口", Place()),
        (PROVINCE, "疏浚主航道", Place(province="云泽省")),
    ],
)
def test_documents_of_the_state_council_and_of_a_province(marked: str, task: str, place: Place) -> None:
    text, expected = unmarked(marked)
    found = assignments(text, place)
    assert parts(found) == expected
    assert tasks(found) == [task]


@pytest.mark.parametrize(
    "text",
    [
        "（一）总则。市核事故应急办公室（设在市应急局，以下简称市核应急办）已于去年成立。",
        "（一）保障对象。人均住房面积不足15平方米（含）的家庭（以下简称保障家庭）可以申请。",
        "（一）床位。养老机构（含旅居养老机构、社区养老机构）床位达到800张。",
        "（一）依据。依照省办公厅文件（云政办〔2028〕3号）执行。",
        "（一）审批。材料由县级民政部门（或者其委托的机构）初审（由经办人负责登记）后上报。",
        "（一）报送。情况报督查组（办公室设在市委督查室，联系电话：5500123）。",
        "（一）考核。组织领导（10分）、督导检查（20分）、落实情况（30分）。",
    ],
)
def test_brackets_that_assign_nothing(text: str) -> None:
    assert assignments(plan(f"一、任务\n\n{text}")) == []


NUMBERED_LINES = """
一、任务

（一）修复岸线。

1.主要内容：恢复岸坡。

2.牵头领导：吴大亮。

3.牵头单位：市水利局。

4.配合单位：市财政局。

5.完成时限：2031年底。
"""


def test_numbered_lines_below_a_task() -> None:
    found = assignments(plan(NUMBERED_LINES))
    assert parts(found) == {
        ("supervising", None, "吴大亮"),
        ("lead", "市水利局", None),
        ("cooperating", "市财政局", None),
    }
    assert {(fact.task, fact.deadline) for fact in found} == {("修复岸线", "2031年底")}


def test_a_bracket_behind_a_heading() -> None:
    found = assignments(plan("一、任务\n\n（一）深化改革（市数据局牵头，市财政局配合）\n\n推进一网通办。"))
    assert [(fact.task, fact.section) for fact in found] == [("深化改革", "一、任务 > （一）深化改革")] * 2


def test_items_of_one_sentence_are_named_by_it() -> None:
    text = "1.2030年底前修订清单，清单之外不得设限。（市商务局负责）\n\n2.压减时限（市行政审批局负责）；"
    found = assignments(plan(f"一、任务\n\n{text}"))
    assert [(fact.task, fact.deadline) for fact in found] == [
        ("2030年底前修订清单，清单之外不得设限", "2030年底前"),
        ("压减时限", None),
    ]


def test_a_bracket_cut_by_a_page() -> None:
    found = assignments(plan("一、任务\n\n（一）修复岸线。恢复岸坡。（牵头单位：市水利\n\n局；配合单位：市财政局）"))
    assert parts(found) == {("lead", "市水利局", None), ("cooperating", "市财政局", None)}


def test_several_brackets_in_one_paragraph_close_a_sentence_each() -> None:
    found = assignments(plan("一、任务\n\n（一）修复岸线。清退码头。（市水利局负责）种植芦苇。（市林业局负责）"))
    assert [(fact.task, fact.agency) for fact in found] == [
        ("（一）修复岸线：清退码头", "市水利局"),
        ("（一）修复岸线：种植芦苇", "市林业局"),
    ]


def test_paragraphs_without_numbers_are_named_by_heading_and_first_sentence() -> None:
    body = "（一）修复岸线\n\n清退码头。先拆后绿。（市水利局负责）\n\n种植芦苇。分段实施。（市林业局负责）"
    found = assignments(plan(f"一、任务\n\n{body}"))
    assert tasks(found) == ["（一）修复岸线：清退码头", "（一）修复岸线：种植芦苇"]


def test_a_document_without_headings_names_the_task_by_its_first_sentence() -> None:
    found = assignments(plan("各县区要清退违建码头。先拆后绿。（市水利局负责）"))
    assert tasks(found) == ["各县区要清退违建码头"]


CLOSES_SECTION = """
一、任务

（一）修复岸线。

1.清退码头。限期拆除。

2.种植芦苇。分段实施。

（牵头单位：市水利局；配合单位：市林业局）

（二）建设绿道。

1.贯通断点。沿河连通。

2.增设驿站。配备饮水。

（牵头单位：市园林局）
"""


def test_a_lone_bracket_after_several_items_closes_their_section() -> None:
    found = assignments(plan(CLOSES_SECTION))
    assert [(fact.task, fact.agency) for fact in found] == [
        ("修复岸线", "市水利局"),
        ("修复岸线", "市林业局"),
        ("建设绿道", "市园林局"),
    ]


CLOSES_ITEM = """
一、任务

（一）修复岸线。

1.清退码头。限期拆除。（市水利局负责）

2.种植芦苇。分段实施。

（市林业局负责）
"""


def test_a_lone_bracket_after_items_with_brackets_of_their_own_closes_the_item() -> None:
    found = assignments(plan(CLOSES_ITEM))
    assert [(fact.task, fact.agency) for fact in found] == [("清退码头", "市水利局"), ("种植芦苇", "市林业局")]


def test_a_lone_bracket_before_further_items_closes_the_item() -> None:
    body = "（一）修复岸线。恢复岸坡。\n\n（市水利局负责）\n\n（二）种植芦苇。分段实施。（市林业局负责）"
    assert tasks(assignments(plan(f"一、任务\n\n{body}"))) == ["修复岸线", "种植芦苇"]


LINES = """
一、任务

（一）修复岸线

恢复自然岸坡，清退违建码头。

责任领导：周明远

牵头单位：市水利局　配合单位：市林业局、各县区人民政府

完成时限：2031年6月底前

（二）建设绿道

沿河连通断点。

责任单位：市园林局
"""


def test_lines_below_a_task() -> None:
    found = assignments(plan(LINES))
    assert [(fact.task, fact.role, fact.agency, fact.leader, fact.deadline) for fact in found] == [
        ("修复岸线", "supervising", None, "周明远", "2031年6月底前"),
        ("修复岸线", "lead", "市水利局", None, "2031年6月底前"),
        ("修复岸线", "cooperating", "市林业局", None, "2031年6月底前"),
        ("修复岸线", "cooperating", "各县区人民政府", None, "2031年6月底前"),
        ("建设绿道", "responsible", "市园林局", None, None),
    ]
    assert {fact.rule for fact in found} == {"assignments.line"}


TASKS_WITHOUT_NUMBERS = """
一、教育

新增学位5000个，惠及12个镇街
责任领导：周明远
责任单位：市教育局
主要责任人：王青
完成时限：9月底前
改造学校食堂20个。

责任领导：周明远

责任单位：市教育局、市市场监管局

建立免罚清单
牵头单位:市司法局
配合单位:市城管局
"""


def test_tasks_without_numbers_each_above_the_lines_that_share_it() -> None:
    found = assignments(plan(TASKS_WITHOUT_NUMBERS))
    assert [(fact.task, fact.role, fact.agency, fact.leader, fact.deadline) for fact in found] == [
        ("一、教育：新增学位5000个，惠及12个镇街", "supervising", None, "周明远", "9月底前"),
        ("一、教育：新增学位5000个，惠及12个镇街", "responsible", "市教育局", "王青", "9月底前"),
        ("一、教育：改造学校食堂20个", "supervising", None, "周明远", None),
        ("一、教育：改造学校食堂20个", "responsible", "市教育局", None, None),
        ("一、教育：改造学校食堂20个", "responsible", "市市场监管局", None, None),
        ("一、教育：建立免罚清单", "lead", "市司法局", None, None),
        ("一、教育：建立免罚清单", "cooperating", "市城管局", None, None),
    ]


FIRST_LEADS = """
一、任务

（一）修复岸线。恢复岸坡。（责任单位：市水利局、市林业局；列第一位的为牵头单位，下同）

（二）建设绿道。连通断点。（责任单位：市园林局、市体育局；配合单位：市财政局）

（三）净化水质。新建湿地。（责任单位：市生态环境局）
"""


def test_a_line_whose_verbs_give_the_roles_below_the_leader_of_the_task() -> None:
    found = assignments(
        plan("一、目标\n\n1.恢复岸线。\n\n分管市领导：李华\n\n部门分工：市水利局牵头，各县区政府配合。")
    )
    assert parts(found) == {
        ("supervising", None, "李华"),
        ("lead", "市水利局", None),
        ("cooperating", "各县区政府", None),
    }
    assert {fact.task for fact in found} == {"恢复岸线"}


def test_a_bracket_that_begins_with_offices_closes_its_task() -> None:
    found = assignments(plan("一、目标\n\n（一）恢复岸线（分管副市长负责，市水利局牵头，市林业局等配合）。"))
    assert parts(found) == {("lead", "市水利局", None), ("cooperating", "市林业局", None)}


def test_the_first_named_leads_from_there_on() -> None:
    assert [(fact.task, fact.role, fact.agency) for fact in assignments(plan(FIRST_LEADS))] == [
        ("修复岸线", "lead", "市水利局"),
        ("修复岸线", "responsible", "市林业局"),
        ("建设绿道", "lead", "市园林局"),
        ("建设绿道", "responsible", "市体育局"),
        ("建设绿道", "cooperating", "市财政局"),
        ("净化水质", "lead", "市生态环境局"),
    ]


STANDING_BRACKET = """
一、任务

（一）修复岸线。恢复岸坡。（市水利局负责，各县区人民政府均为责任单位，以下不再单独列出）

（二）建设绿道。连通断点。（市园林局负责）
"""

STANDING_SENTENCE = """
一、任务

以下各项任务均由各县区人民政府组织实施，不再逐项列出。

（一）修复岸线。恢复岸坡。（市水利局负责）

（二）建设绿道。连通断点。（市园林局负责）
"""


@pytest.mark.parametrize(
    "body", [STANDING_BRACKET, STANDING_SENTENCE, STANDING_SENTENCE.replace("任务均由", "政策措施均需")]
)
def test_bodies_that_carry_out_all_that_follows(body: str) -> None:
    found = assignments(plan(body))
    assert [(fact.task, fact.role) for fact in of(found, "各县区人民政府")] == [
        ("修复岸线", "responsible"),
        ("建设绿道", "responsible"),
    ]


def test_a_standing_body_has_the_sentence_that_states_the_rule_as_evidence() -> None:
    (_, last) = of(assignments(plan(STANDING_SENTENCE)), "各县区人民政府")
    assert last.rule == "assignments.standing"
    assert [evidence.quote for evidence in last.evidence] == ["各县区人民政府", "市园林局负责", "建设绿道"]


SCOPES = """
第一章 设施

第一节 码头

一、清退码头

限期拆除。

二、修复岸坡

先拆后绿。

（第一节责任单位：市水利局；配合单位：市林业局）

第二节 绿道

一、连通断点

沿河连通。
"""


def test_a_list_that_says_which_section_it_is_for() -> None:
    assert tasks(assignments(plan(SCOPES))) == ["码头"]


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        # what ends something unquantified is the task's
        ("2030年6月底前印发工作方案。", "2030年6月底前"),
        ("全面清理断点，2030年12月底前完成。", "2030年12月底前"),
        ("到2031年底，基本消除断点；到2032年底，建成管护机制。", "到2031年底；到2032年底"),
        # what ends a quantity is a target's
        ("2030年底前建成绿道60公里。", None),
        ("到2032年，绿化率达到85%以上。", None),
        # a standing duty of reporting
        ("每年12月底前报送工作情况。", None),
        ("制定工作方案，于2030年10月底前送市水利局。", None),
        ("此前已于2029年6月前完成摸底。", None),
    ],
)
def test_deadlines_in_the_sentences_of_a_task(sentence: str, deadline: str | None) -> None:
    found = assignments(plan(f"一、任务\n\n（一）建设绿道。{sentence}（市园林局负责）"))
    assert [fact.deadline for fact in found] == [deadline]


@pytest.mark.parametrize(
    ("clauses", "deadline"),
    [
        ("3月底前出台相关政策，年内持续推进", "3月底前出台相关政策，年内持续推进"),
        ("年内持续推进", "年内持续推进"),
        ("12月底前完成", "12月底前完成"),
    ],
)
def test_clauses_behind_the_bodies_that_say_by_when_are_the_deadline(clauses: str, deadline: str) -> None:
    found = assignments(plan(f"一、重点任务\n\n（一）推进减税降费。减征增值税。（财政部牵头，{clauses}）"))
    assert [(fact.agency, fact.deadline) for fact in found] == [("财政部", deadline)]


def test_a_deadline_in_the_bracket_comes_before_those_in_the_text() -> None:
    found = assignments(plan("一、任务\n\n（一）建设绿道。2030年6月底前开工。（市园林局负责，2031年9月底前完成）"))
    assert [fact.deadline for fact in found] == ["2031年9月底前完成"]


def test_the_evidence_is_the_name_then_the_list_then_the_task() -> None:
    (lead, _) = assignments(plan("一、任务\n\n（一）修复岸线。恢复岸坡。（市水利 局牵头，市林业局配合）"))
    assert [evidence.quote for evidence in lead.evidence] == ["市水利 局", "市水利 局牵头，市林业局配合", "修复岸线"]
    assert lead.agency == "市水利局"
    assert lead.source == "paren"


FORM = """
一、任务

（一）认定。符合条件的可以申请。

附件

绿廊管护单位申请书

申请单位：

责任单位：

负责人（签字）：　　联系电话：

主管部门意见：（盖章）
"""


def test_a_blank_form_assigns_nothing() -> None:
    assert assignments(plan(FORM)) == []


def test_a_list_of_leaders_alone_is_a_list_of_members() -> None:
    assert assignments(plan("一、领导小组\n\n分管领导：周明远\n\n联系人：吴大亮")) == []
