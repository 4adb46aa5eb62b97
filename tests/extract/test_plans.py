"""Plans: type and period by title and opening, what is issued and what is not.  Titles and places are invented."""

import pytest

from kg.extract.context import Context
from kg.extract.plans import find, plan_type
from kg.facts import Plan
from kg.read.model import Attached, Paragraph, PrintedDocument, Section, Source
from kg.read.text import Text


def plans(title: str, *issued: str, body: tuple[str, ...] = (), headings: tuple[str, ...] = ()) -> list[Plan]:
    """The plans of a document with this title that issues the given ones; the body belongs to the first of them."""
    lines = [title, *issued, *body, *headings]
    text, starts, position = "\n".join(lines), [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    texts = [Text.at(line, start) for line, start in zip(lines, starts, strict=True)]
    root = Section("document", "", texts[0])
    attached = tuple(Attached(named) for named in texts[1 : 1 + len(issued)])
    section = Section("plan", "", attached[0].title, root) if attached else root
    blocks = []
    for index, line in enumerate(texts[1 + len(issued) : 1 + len(issued) + len(body)]):
        under = (
            Section("一、", "一、", texts[len(lines) - len(headings) + index], section)
            if index < len(headings)
            else section
        )
        blocks.append(Paragraph(line, (line,), under))
    document = PrintedDocument(
        Source("a.txt", text, "0"), "临政办〔2022〕7号", texts[0], tuple(blocks), root, attached=attached
    )
    return list(find(document, Context()))


NOTICE = "临川市人民政府办公室关于印发有关文件的通知"

TYPES = [
    ("临川市水安全“十四五”规划", "规划"),
    ("临川市国土空间总体规划（2021—2035年）", "规划"),
    ("临川市国民经济和社会发展第十四个五年规划和2035年远景目标纲要", "纲要"),
    ("临川市全民健身行动计划纲要实施方案（2021—2035年）", "实施方案"),
    ("临川市水厂建设三年行动计划（2023—2025年）", "行动计划"),
    ("临川市“一县一品”建设三年行动方案", "行动方案"),
    ("临川市“一老一小”整体解决方案", "整体解决方案"),
    ("临川市集贸市场改造方案", "方案"),
    ("2022年临川市城市建设项目计划", "计划"),
    ("临川市加快发展渔业的实施意见", "实施意见"),
    ("临川市支持小微企业的若干意见", "意见"),
    ("临川市客运管理办法（试行）", "办法"),
    ("临川市房票安置管理操作规程（试行）", "规程"),
    ("临川市促进就业若干措施", "措施"),
    ("2031年临川市政府工作报告重点任务责任分解", "责任分解"),
    ("临川市辐射事故应急预案", "预案"),
    ("临川市消防车通道管理规定", "规定"),
    ("临川市城镇燃气管理条例实施细则", "实施细则"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "expected"), TYPES)
def test_type(title: str, expected: str) -> None:
    assert plan_type(title) == expected
    assert [(plan.title, plan.type) for plan in plans(NOTICE, title)] == [(title, expected)]


@pytest.mark.parametrize(
    "title",
    ["临川市第七批非物质文化遗产代表性项目名录", "先进集体名单", "临川市权力清单", "临川市地名录", "企业登记表"],
)
def test_lists_that_are_made_public_are_no_plans(title: str) -> None:
    assert plan_type(title) is None
    assert plans(NOTICE, title) == []


UNSTATED = (None, None)
PERIODS = [
    ("临川市水安全“十四五”规划", (), (2021, 2025)),
    ("临川市妇女发展规划（2021—2030年）", (), (2021, 2030)),
    ("临川市水厂建设三年行动计划（2023-2025年）", (), (2023, 2025)),
    ("2022年临川市城市建设项目计划", (), (2022, 2022)),
    ("临川市水厂建设实施方案", (), UNSTATED),
    ("临川市客运管理办法（2021年修订）", (), UNSTATED),
    # stated by the plan itself
    (
        "临川市养老方案",
        ("为扎实推动“十四五”期间养老事业高质量发展，根据有关要求，结合实际，制定本方案。",),
        (2021, 2025),
    ),
    ("临川市渔业规划", ("为推动渔业发展，制定本规划。本规划实施期限为2021—2025年。",), (2021, 2025)),
    ("临川市旅游规划", ("为推动旅游发展，结合我市实际，制定本规划。", "规划期限：2020年至2030年。"), (2020, 2030)),
    ("临川市林业方案", ("为推动林业发展，从2023年起到2025年，用三年时间全域绿化，特制定本方案。",), (2023, 2025)),
    # said of other things
    ("临川市渔业方案", ("为推动渔业高质量发展，根据《明江省渔业发展“十四五”规划》，制定本方案。",), UNSTATED),
    ("临川市水厂方案", ("为推动水厂建设，保障群众用水，特制定本方案。", "“十三五”期间，建成水厂三座。"), UNSTATED),
    ("临川市养殖方案", ("用3年时间重点开展生态养殖示范工作，推动养殖业转型升级，特制定本方案。",), UNSTATED),
]


@pytest.mark.parametrize(("title", "body", "expected"), PERIODS)
def test_period(title: str, body: tuple[str, ...], expected: tuple[int | None, int | None]) -> None:
    (plan,) = plans(NOTICE, title, body=body)
    assert (plan.period_start, plan.period_end) == expected


def test_a_period_below_its_own_heading() -> None:
    (plan,) = plans(NOTICE, "临川市旅游发展规划", body=("2020年—2030年，展望到2035年。",), headings=("规划期限",))
    assert (plan.period_start, plan.period_end) == (2020, 2030)


def test_the_evidence_is_the_title_and_where_the_period_is_stated() -> None:
    (plan,) = plans(NOTICE, "临川市渔业发展规划", body=("第一段。", "本规划期限为2021—2025年。"))
    assert [evidence.quote for evidence in plan.evidence] == ["临川市渔业发展规划", "本规划期限为2021—2025年。"]


def test_one_notice_issues_two_plans() -> None:
    found = plans(NOTICE, "临川市妇女发展规划（2021—2030年）", "临川市儿童发展规划（2021—2030年）")
    assert [plan.title for plan in found] == ["临川市妇女发展规划（2021—2030年）", "临川市儿童发展规划（2021—2030年）"]


def test_a_document_that_is_itself_the_plan() -> None:
    (plan,) = plans("临川市公园管理办法")
    assert (plan.title, plan.type, plan.rule) == ("临川市公园管理办法", "办法", "plans.document")


@pytest.mark.parametrize(
    "title",
    ["临川市人民政府关于加快发展渔业的意见", "临川市人民政府办公室关于领导工作分工的通知", "临川市人民政府人事任免"],
)
def test_a_document_that_issues_nothing_has_no_plan(title: str) -> None:
    assert plans(title) == []
