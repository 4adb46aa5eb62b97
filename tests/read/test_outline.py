"""The section tree comes from the numbering, whatever depth the Markdown headings claim."""

import pytest

from kg.read import read_text
from kg.read.model import Paragraph

HEAD = (
    "甲州市人民政府关于印发甲州市教育规划的通知\n\n甲政发〔2022〕4号\n\n各县、区人民政府：\n\n"
    "现将《甲州市教育规划》印发给你们。\n\n2022年3月9日\n\n甲州市教育规划\n\n"
)


def paths(body: str) -> list[str]:
    """The section path of every paragraph of the body."""
    (document,) = read_text(HEAD + body).documents
    return [block.section.path for block in document.blocks[4:] if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "# 第一章 总则\n\n#### 第一节 目标\n\n## 一、现状\n\n## （一）基础\n\n条件良好。",
            [
                "第一章 > 第一节".replace("第一章", "第一章总则").replace("第一节", "第一节目标"),
            ],
        ),
        ("三、任务\n\n（二）园区行动\n\n3.完善配套。支持建设。", ["三、任务 > （二）园区行动 > 3.完善配套"]),
        ("一、甲\n\n（一）乙。\n\n二、丙\n\n（一）丁。", ["二、丙 > （一）丁"]),
        ("一、甲\n\n1.乙。\n\n（1）丙。\n\n（2）丁。\n\n2.戊。", ["一、甲 > 2.戊"]),
        ("一. 甲\n\n1、乙。\n\n1) 丙。\n\n2) 丁。", ["一.甲 > 1、乙 > 2)丁"]),
        ("1 总则\n\n1.1 目的\n\n规范工作。\n\n2 组织\n\n2.1 指挥部\n\n设总指挥。", ["2 组织 > 2.1 指挥部"]),
        ("二、目标\n\n——健康水平。到2025年达到79岁。", ["二、目标 > ——健康水平"]),
        ("二、目标\n\n——健康水平。提高。\n\n各项指标居全省前列。", ["二、目标"]),
        ("第一条 为规范管理，制定本办法。\n\n第二条〔适用范围〕 本办法适用于全市。", ["第二条适用范围"]),
        ("四、分工\n\n（一）市财政局。负责资金。", ["四、分工 > （一）市财政局"]),
        ("四、分工\n\n1.林木覆盖率：达到35%以上。", ["四、分工 > 1.林木覆盖率"]),
    ],
)
def test_the_path_of_the_last_paragraph(body, expected):
    assert paths(body)[-1].startswith(expected[-1])


def test_a_box_has_a_numbering_of_its_own_and_ends_with_the_next_heading():
    body = "三、任务\n\n（一）甲行动\n\n专栏 2 重点工程\n\n1.乙工程。新建。\n\n2.丙工程。改建。\n\n（二）丁行动"
    assert paths(body) == [
        "三、任务",
        "三、任务 > （一）甲行动",
        "三、任务 > （一）甲行动 > 专栏2 重点工程",
        "三、任务 > （一）甲行动 > 专栏2 重点工程 > 1.乙工程",
        "三、任务 > （一）甲行动 > 专栏2 重点工程 > 2.丙工程",
        "三、任务 > （二）丁行动",
    ]


def test_a_list_that_a_box_interrupts_runs_on():
    body = "（一）甲\n\n1.乙。干。\n\n2.丙。干。\n\n专栏 1 工程\n\n1.丁。干。\n\n3.戊。干。"
    assert paths(body)[-1] == "（一）甲 > 3.戊"


def test_attachments_have_titles_and_belong_to_the_plan():
    body = "一、任务\n\n附件：1.任务分工表\n2.名单\n\n附件 1\n\n任务分工表\n\n一、市教育局\n\n"
    body += "附件 3-1\n\n申请书\n\n（样本）"
    (document,) = read_text(HEAD + body).documents
    attachments = {
        node.marker: node.title.string
        for block in document.blocks
        for node in block.section.ancestors
        if node.style == "attachment"
    }
    assert attachments == {"附件1": "任务分工表", "附件3-1": "申请书（样本）"}
    assert {document.plan_of(block.section) for block in document.blocks} == {"甲州市教育规划"}


def test_a_paragraph_knows_what_follows_its_heading():
    (document,) = read_text(HEAD + "一、任务\n\n3. 优先保障用电。强化负荷预测，加快改造。").documents
    paragraph = document.blocks[-1]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.opens
    assert paragraph.body.string == "强化负荷预测，加快改造。"
    assert (paragraph.section.marker, paragraph.section.title.string) == ("3.", "优先保障用电")
