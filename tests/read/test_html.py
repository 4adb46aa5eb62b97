"""HTML tables in a text are laid out with their spans; every cell still knows its place in the source."""

import pytest

from kg.read import read_text
from kg.read.html import TABLE, rows
from kg.read.lines import lines
from kg.read.model import Table
from kg.read.text import Text


def grid(markup: str) -> list[str]:
    return ["|".join(cell.string for cell in row) for row in rows(Text.at(markup, 0))]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", ["甲|乙"]),
        ("<TABLE border='1'><TR><TD>甲<TD>乙<TR><TD>丙<TD>丁</TABLE>", ["甲|乙", "丙|丁"]),
        (
            "<table><tr><td>领域</td><td>指标</td></tr><tr><td rowspan=2>教育</td><td>入学率</td></tr>"
            "<tr><td>教师数</td></tr></table>",
            ["领域|指标", "教育|入学率", "教育|教师数"],
        ),
        (
            '<table><tr><td rowspan="2">区域</td><td colspan="2">2025年</td></tr><tr><td>床位</td><td>医师</td></tr>'
            "<tr><td>甲县</td><td>5</td><td>1</td></tr></table>",
            ["区域|2025年|", "|床位|医师", "甲县|5|1"],
        ),
        (
            "<table><tr><td>一</td><td>二</td><td>三</td></tr><tr><td>甲</td><td rowspan=3>乙</td><td>丙</td></tr>"
            "<tr><td>丁</td><td>戊</td></tr><tr><td>己</td><td>庚</td></tr></table>",
            ["一|二|三", "甲|乙|丙", "丁|乙|戊", "己|乙|庚"],
        ),
        ("<table><tr><td colspan=9999>甲</td></tr></table>", ["甲" + "|" * 99]),
        ("<table></table>", []),
    ],
)
def test_spans_are_laid_out(markup, expected):
    assert grid(markup) == expected


def test_a_nested_table_is_read_from_the_inside():
    source = "<table><tr><td><table><tr><td>内</td></tr></table></td></tr></table>"
    assert [match.group() for match in TABLE.finditer(source)] == ["<table><tr><td>内</td></tr></table>"]


def test_rows_are_lines_among_lines():
    table = "<table><tr><td>甲&nbsp;&lt;5</td><td><b>乙</b></td></tr>\n<tr><td>丙</td><td>丁</td></tr></table>"
    source = f"一、指标\n{table}\n二、任务"
    found = list(lines(source))
    assert [line.text.string for line in found if not line.cells] == ["一、指标", "二、任务"]
    assert [[cell.string for cell in line.cells] for line in found if line.cells] == [["甲\xa0<5", "乙"], ["丙", "丁"]]
    assert found[-1].number == 4


def test_a_table_in_a_document_has_header_rows_and_places():
    source = (
        "甲州市人民政府关于印发甲州市教育规划的通知\n\n甲政发〔2031〕5号\n\n各县、区人民政府：\n\n主要指标\n\n"
        "<table><tr><th>领域</th><th>指标</th><th>2035年</th></tr>"
        "<tr><td rowspan=2>教育</td><td>入学率</td><td>98%</td></tr>"
        "<tr><td>教师数</td><td>300</td></tr></table>\n"
    )
    (document,) = read_text(source).documents
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert table.header == ("领域", "指标", "2035年")
    assert ["|".join(cell.string for cell in row.cells) for row in table.rows] == ["教育|入学率|98%", "教育|教师数|300"]
    start, end = table.rows[1].cells[1].text.span()
    assert source[start:end] == "教师数"
