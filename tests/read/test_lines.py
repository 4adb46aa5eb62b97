"""Lines are freed from Markdown, HTML and LaTeX; what remains still knows where it stands."""

import pytest

from kg.read.lines import lines, unrepeated
from kg.read.text import Text


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("### （二）主要问题。", "（二）主要问题。"),
        ("- (一) 组织实施生态修复工作。", "(一) 组织实施生态修复工作。"),
        ("**第一条** 为规范管理", "第一条 为规范管理"),
        (r"比例达到 $\geq 85\%$。", "比例达到 ≥85%。"),
        (r"误差 $\pm 0.5$ 以内", "误差 ±0.5 以内"),
        ("设施建设 and 管理", "设施建设和管理"),
        ("企业 with 村集体约定", "企业与村集体约定"),
        ("面积不超过70 m <sup>2</sup> 的", "面积不超过70 m 2 的"),
        (r"t20220708\_3800654.html", "t20220708_3800654.html"),
        ("——增长 -60 的", "——增长 -60 的"),
        ("Word and Excel", "Word and Excel"),
    ],
)
def test_noise_is_dropped(printed, clean):
    assert [line.text.string for line in lines(printed)] == [clean]


def test_every_character_still_knows_its_place():
    source = "\n\n## 设施建设 and 管理 **办法**\n"
    (line,) = lines(source)
    assert line.text.string == "设施建设和管理 办法"
    assert source[slice(*line.text[-2:].span())] == "办法"
    assert source[slice(*line.text[5:7].span())] == "管理"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_and_gaps_do_not_depend_on_line_ends(end):
    found = list(lines(end.join(["甲", "乙", "", "丙"])))
    assert [(line.text.string, line.number, line.gap) for line in found] == [
        ("甲", 1, True),
        ("乙", 2, False),
        ("丙", 4, True),
    ]


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        ("1\t学位\t个\t300", ["1", "学位", "个", "300"]),
        ("\t学位\t个\t", ["", "学位", "个", ""]),
        ("一、教育\t\t\t", ["一、教育", "", "", ""]),
        ("| 1 总则 | 4 响应 |", [" 1 总则 ", " 4 响应 "]),
        ("<p><b>一、组织</b></p>\t<p>甲任务</p> <p>乙任务</p>", ["一、组织", "甲任务\n乙任务"]),
    ],
)
def test_table_rows(printed, cells):
    (line,) = lines(printed)
    assert [cell.string for cell in line.cells] == cells


@pytest.mark.parametrize(
    "printed", ["甲州市人民政府关于教育的通知\t", "专栏 2 重点工程\t\t\t", "表 1 主要指标\t\t", "|---|---|"]
)
def test_what_is_no_table_row(printed):
    assert not any(line.cells for line in lines(printed))


def test_a_merged_cell_that_was_read_once_for_every_row_is_read_once():
    cell = Text.at("六、发展 六、发展 六、发展", 4)
    assert (unrepeated(cell).string, unrepeated(cell).span()) == ("六、发展", (4, 8))
    assert unrepeated(Text.at("85 70", 0)).string == "85 70"
