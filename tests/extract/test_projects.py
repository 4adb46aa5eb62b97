"""Projects: from tables written as they are printed, a row a line, cells parted by “|”.  All names are invented."""

import pytest

from kg.extract.context import Context
from kg.extract.projects import find, project_columns
from kg.facts import Project
from kg.read import read_text
from kg.read.model import Attached, Cell, Paragraph, PrintedDocument, Row, Section, Source, Table
from kg.read.text import Text

PLAN = "2022年临川市城市建设项目计划"


def table_document(
    lines: str, unit: str | None = None, caption: str | None = None, group: str | None = None, shifted: bool = False
) -> PrintedDocument:
    """A document that holds one table; the first line is its header.  “^” marks a cell filled in from a merged one."""
    text = f"{PLAN}\n{caption or ''}\n{group or ''}\n{lines}"
    source = Source("a.txt", text, "0")
    root = Section("document", "", Text.at(PLAN, 0))
    position, rows = len(text) - len(lines), []
    for line in lines.split("\n"):
        cells = []
        for part in line.split("|"):
            shown = part.removeprefix("^")
            start = position + len(part) - len(shown)
            cells.append(Cell(Text.at(shown, start).strip(), inferred=part.startswith("^")))
            position += len(part) + 1
        rows.append(tuple(cells))
    header = tuple(cell.string for cell in rows[0])
    at = len(PLAN) + 1
    label = Text.at(group, at + len(caption or "") + 1) if group else None
    body = tuple(Row(cells, label, realigned=shifted) for cells in rows[1:])
    table = Table(header, body, root, Text.at(caption, at) if caption else None, unit=unit)
    return PrintedDocument(source, "临政办〔2022〕25号", root.title, (table,), root)


def projects(lines: str, **options: str | bool | None) -> list[Project]:
    return list(find(table_document(lines, **options), Context()))  # type: ignore[arg-type]


HEADER = "序号|项目名称|建设内容和规模|建设性质|建设起止年限|总投资（万元）|项目业主"


def test_all_fields() -> None:
    (project,) = projects(f"{HEADER}\n1|东湖养老 中心二期|床位150张|新建|2022-2023|2,333|市民政局")
    assert project.name == "东湖养老中心二期"
    assert (project.nature, project.period, project.owner) == ("新建", "2022-2023", "市民政局")
    assert (project.investment, project.investment_unit) == ("2,333", "万元")
    assert [evidence.quote for evidence in project.evidence] == [
        "东湖养老 中心二期", "新建", "2022-2023", "2,333", "市民政局",
    ]  # fmt: skip


ROWS_THAT_ARE_NO_PROJECTS = [
    "|合计|20项|||73550|",
    "合计||20项|||73550|",
    "|总计（5项）||||100|",
    "|小 计||||100|",
    "|养老项目小计||||100|",
    "一|养老服务体系|14项|||50752|",
    "（二）|托育服务体系|6项|||22798|",
    "2||续上页内容|||10|",
    "2|^东湖养老中心|第二期内容|新建|2023|10|市民政局",
    "2|——|内容|新建|2023|10|市民政局",
    "2|西湖公园|||||",
]


@pytest.mark.parametrize("row", ROWS_THAT_ARE_NO_PROJECTS)
def test_totals_categories_and_continuations_are_no_projects(row: str) -> None:
    found = projects(f"{HEADER}\n1|东湖养老中心|床位150张|新建|2022|2333|市民政局\n{row}")
    assert [project.name for project in found] == ["东湖养老中心"]


def test_chinese_numerals_may_number_the_projects_themselves() -> None:
    found = projects(
        f"{HEADER}\n一|东湖大桥|长1公里|新建|2022|9000|市交通局\n二|西湖大桥|长2公里|新建|2022|9000|市交通局"
    )
    assert [project.name for project in found] == ["东湖大桥", "西湖大桥"]


def test_a_category_that_the_reader_made_a_group_is_no_project() -> None:
    found = projects("项目名称|总投资\n道路类|500\n东湖路|200\n西湖路|300", group="道路类")
    assert [project.name for project in found] == ["东湖路", "西湖路"]


@pytest.mark.parametrize(
    ("header", "cell", "unit", "caption", "expected"),
    [
        ("总投资（亿元）", "1.5", None, None, ("1.5", "亿元")),
        ("总投资", "2333", "万元", None, ("2333", "万元")),
        ("总投资", "2333", None, "临川市项目表（单位：万元、亩）", ("2333", "万元")),
        ("总投资", "5亿元", "万元", None, ("5", "亿元")),
        ("估算投资", "约3000万元", None, None, ("3000", "万元")),
        ("总投资", "12000", None, None, ("12000", None)),
        ("总投资（万元）", "—", None, None, (None, None)),
        ("总投资（万元）", "", None, None, (None, None)),
        ("总投资（万元）", "待定", None, None, (None, None)),
    ],
)
def test_investment_and_its_unit(
    header: str, cell: str, unit: str | None, caption: str | None, expected: tuple[str | None, str | None]
) -> None:
    (project,) = projects(f"项目名称|建设性质|{header}\n东湖大桥|新建|{cell}", unit=unit, caption=caption)
    assert (project.investment, project.investment_unit) == expected


COLUMNS = [
    ("序号|项目名称|建设性质|总投资", {"name": 1, "nature": 2, "investment": 3}),
    ("工程名称|建设地点|开工时间|竣工时间|建设单位", {"name": 0, "scope": 1, "start": 2, "end": 3, "owner": 4}),
    ("序号|项目名称|责任单位", {"name": 1, "owner": 2}),
    ("学段|市、县区|学校名称|学位|建设年限/竣工年限|公办/民办|建设方式", {"name": 2, "period": 4, "nature": 6}),
    ("序号|项目|建设内容|年度投资|总投资", {"name": 1, "scope": 2, "investment": 4}),
    ("序号|项目名称|保护单位|项目类别", {"name": 1, "owner": 2, "nature": 3}),
    ("序号|指标|单位|2020年|2025年", None),
    ("序号|工作任务|责任单位|完成时限", None),
    ("序号|项目|2020年|2025年|指标属性", None),
    ("医院名称|编制床位|2025年床位", None),
    ("项目类型|建设标准|补助标准（万元/公里）", None),
    ("收费项目名称|收费标准|责任单位", None),
    ("考核项目|分值|评分标准|责任单位", None),
    ("姓名|单位|职务", None),
]


@pytest.mark.parametrize(("header", "expected"), COLUMNS)
def test_columns(header: str, expected: dict[str, int] | None) -> None:
    assert project_columns(tuple(header.split("|"))) == expected


def test_the_period_may_stand_in_two_columns() -> None:
    (project,) = projects("项目名称|开工年份|竣工年份\n东湖大桥|2022年3月|2024年")
    assert project.period == "2022年3月—2024年"


def test_a_row_put_back_in_place_says_so_and_is_trusted_less() -> None:
    (project,) = projects(f"{HEADER}\n1|东湖大桥||新建|2022|9000|市交通局", shifted=True)
    assert project.rule == "projects.realigned"
    assert project.confidence < 0.9


@pytest.mark.parametrize("row", ["东湖小学|||1620|2022-2023|新建", "小学|东湖小学|1620||2022-2023|新建"])
def test_the_name_in_a_row_that_lost_a_merged_cell_stands_beside_its_column(row: str) -> None:
    (project,) = projects(f"学段|县区|学校名称|学位|建设年限|建设方式\n{row}", shifted=True)
    assert (project.name, project.period) == ("东湖小学", "2022-2023")


def test_a_table_continued_on_the_next_page() -> None:
    text = (
        "临川市人民政府关于印发2022年临川市城市建设项目计划的通知\n\n临政发〔2022〕9号\n\n各县区人民政府：\n\n"
        "现将《2022年临川市城市建设项目计划》印发给你们。\n\n2022年2月1日\n\n2022年临川市城市建设项目计划\n\n单位：万元\n\n"
        "序号\t项目名称\t建设性质\t总投资\t项目业主\n1\t东湖大桥\t新建\t9000\t市交通运输局\n"
        "2\t西湖公园\t续建\t800\t市林业局\n\n序号\t项目名称\t建设性质\t总投资\t项目业主\n3\t南湖\n水厂\t新建\t700\t市水利局\n"
    ).replace("南湖\n水厂", "南湖 水厂")
    found = list(find(read_text(text, "a.txt").documents[0], Context()))
    assert [(project.name, project.investment, project.investment_unit) for project in found] == [
        ("东湖大桥", "9000", "万元"),
        ("西湖公园", "800", "万元"),
        ("南湖水厂", "700", "万元"),
    ]


def text_document(body: str, plan: str = PLAN) -> PrintedDocument:
    source = Source("a.txt", f"{plan}\n{body}", "0")
    root = Section("document", "", Text.at(plan, 0))
    text = Text.at(body, len(plan) + 1).squeezed()
    blocks = (Paragraph(text, (text,), root),)
    return PrintedDocument(source, "临政办〔2022〕25号", root.title, blocks, root, attached=(Attached(root.title),))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("包括东湖路（甲路、乙路）改造、环城西\n路工程等52个项目。", ["东湖路（甲路、乙路）改造", "环城西路工程"]),
        ("主要有：河东水厂和管网改造工程、西湖公园建设共2个项目。", ["河东水厂和管网改造工程", "西湖公园建设"]),
        ("加快推进东湖大桥、西湖大桥等项目建设。", []),
        ("全年实施52个项目，总投资3亿元。", []),
    ],
)  # fmt: skip
def test_a_counted_list_in_a_plan_of_projects(sentence: str, expected: list[str]) -> None:
    found = list(find(text_document(sentence), Context()))
    assert [project.name for project in found] == expected


def test_a_counted_list_elsewhere_is_an_account_of_the_past() -> None:
    sentence = "包括东湖大桥工程、西湖大桥工程等52个项目。"
    assert list(find(text_document(sentence, plan="临川市交通发展规划"), Context())) == []
