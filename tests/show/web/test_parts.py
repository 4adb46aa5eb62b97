"""The small parts of pages: words of the index, drawings, addresses, cut texts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.requests import Request

from kg.show.web import cells, drawing
from kg.show.web.entries import Mark, Printed, Tenure, Thing
from kg.show.web.grams import grams, match
from kg.show.web.messages import Words, language_of
from kg.show.web.reading import lines
from kg.show.web.site import Address


def request(path: str = "/", query: str = "", **headers: str) -> Request:
    """A request as the application sees it."""
    encoded = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": encoded})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市财政局", "市 财 政 局 市财 财政 政局"),
        ("云政办〔2031〕5号", "云 政 办 云政 政办 2031 5 号"),
        ("Ｒ＆Ｄ 投入", "r d 投 入 投入"),
        ("", ""),
        ("！？", ""),
    ],
)
def test_chinese_is_indexed_by_characters_and_pairs(text: str, expected: str) -> None:
    assert grams(text) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("财政", '"财政"'),
        ("财", '"财"'),
        ("财政局", '"财政" AND "政局"'),
        ("2031 财政", '"2031"* AND "财政"'),
        ('" OR *', '"or"*'),
        ("-()", None),
    ],
)
def test_what_is_typed_becomes_a_harmless_expression(typed: str, expected: str | None) -> None:
    assert match(typed) == expected


@pytest.mark.parametrize(
    ("baseline", "value", "goes"),
    [
        ("2", "4", "up"),
        ("1,200", "600", "down"),
        (None, "4", None),
        ("2", "全覆盖", None),
        ("0", "0", None),
        ("-3", "4", None),
    ],
)
def test_a_change_is_drawn_between_two_numbers(baseline: str | None, value: str, goes: str | None) -> None:
    drawn = drawing.change({"baseline_value": baseline, "value": value})

    assert (None if drawn is None else "up" if drawn.end > drawn.begin else "down") == goes


def target(value: str, year: int | None, unit: str = "%") -> dict[str, Any]:
    """A target as a row."""
    return {"value": value, "target_year": year, "unit": unit, "baseline_value": None, "baseline_year": None}


def test_targets_are_drawn_over_years_in_one_unit() -> None:
    chart = drawing.over_years([target("40", 2030), target("60", 2035), target("3", 2035, "万人"), target("1", None)])

    assert chart is not None
    assert [year for year, _ in chart.years] == [2030, 2035]
    assert [point.words for point in chart.points] == ["40", "60"]
    assert chart.points[0].y > chart.points[1].y, "more stands higher"
    assert drawing.over_years([target("40", 2030)]) is None


@pytest.mark.parametrize(
    ("values", "expected"), [(["1", "4"], [0.25, 1.0]), (["x"], None), ([None], None), (["0"], None), ([], None)]
)
def test_numbers_of_a_column_as_shares(values: list[Any], expected: list[float] | None) -> None:
    assert drawing.shares(values) == expected


def test_bars_are_cut_into_parts_on_one_scale() -> None:
    drawn = drawing.bars({"甲": {"lead": 3, "cooperating": 1}, "乙": {"lead": 2}}, ["lead", "cooperating"], 400)

    assert drawn is not None
    assert drawn.series == ("lead", "cooperating")
    assert [(bar.words, bar.total) for bar in drawn.bars] == [("甲", 4), ("乙", 2)]
    assert drawn.bars[0].parts == (("lead", 0.0, 300.0), ("cooperating", 300.0, 100.0))
    assert drawn.bars[1].parts == (("lead", 0.0, 200.0),)
    assert drawing.bars({"甲": {"": 0}}, [""]) is None


def test_targets_stand_side_by_side_on_one_scale() -> None:
    wide = {**target("100", 2030), "baseline_value": "50"}
    rows = [("甲", wide, False), ("乙", target("25", 2030), True), ("丙", target("9", 2030, "人"), False)]
    drawn = drawing.side_by_side(rows, width=116)

    assert drawn is not None
    assert [(row.words, row.begin, row.end, row.is_conflict) for row in drawn.rows] == [
        ("甲", 58.0, 108.0, False),
        ("乙", None, 33.0, True),
    ]
    assert drawing.side_by_side(rows[:1]) is None


def test_tenures_are_drawn_between_the_days_that_are_told() -> None:
    told = [("2030-01-01", "2031-01-01", None, None), (None, "2030-07-02", None, None), (None, None, None, None)]
    drawn = drawing.spans([Tenure(None, None, "局长", *days) for days in told])

    assert (drawn.first, drawn.last) == ("2030-01", "2031-01")
    whole, removed, unknown = drawn.spans
    assert whole == drawing.Change(0.0, drawing.SPAN - 4)
    assert removed is not None
    assert removed.begin == 0.0, "when it began is not told"
    assert 50 < removed.end < 65
    assert unknown is None


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章 总则", 1),
        ("一、总体要求", 1),
        ("附件1", 1),
        ("（二）主要目标", 2),
        ("专栏3 重点工程", 2),
        ("（二）推进绿化。新增绿地。", 0),
        ("一、现将有关事项通知如下：", 0),
        ("到2035年，覆盖率达到60%以上", 0),
        ("一、指标\t60", 0),
    ],
)
def test_headings_are_known_by_their_numbers(line: str, level: int) -> None:
    found = list(lines(line, Printed("a.txt", None, 0, len(line)), [], Words("zh")))

    assert [each.level for each in found] == [level]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("推进城区绿化", "绿化", "推进城区<mark>绿化</mark>"),
        ("<b>绿化", "绿化 b", "&lt;<mark>b</mark>&gt;<mark>绿化</mark>"),
        ("a+b 与 A+B", "a+b", "<mark>a+b</mark> 与 <mark>A+B</mark>"),
        ("推进城区绿化", "", "推进城区绿化"),
        ("前" * 100 + "绿化" + "后" * 200, "绿化", "…" + "前" * 60 + "<mark>绿化</mark>" + "后" * 118 + "…"),
    ],
)
def test_words_that_were_looked_for_are_marked(text: str, words: str, expected: str) -> None:
    assert str(cells.excerpt(text, words)) == expected


def test_an_address_keeps_what_it_does_not_change() -> None:
    address = Address(request("/facts/targets", "year=2035&value=%E9%A2%84&page=3"))

    assert address(year=2030) == "/facts/targets?value=%E9%A2%84&year=2030"
    assert address(value=None) == "/facts/targets?year=2035"
    assert address("csv") == "/facts/targets.csv?year=2035&value=%E9%A2%84"
    assert address.has("year", 2035)
    assert not address.has("year", 2030)


@pytest.mark.parametrize(
    ("given", "language"),
    [
        (request(query="lang=en", cookie="language=zh"), "en"),
        (request(cookie="language=en", accept_language="zh-CN"), "en"),
        (request(accept_language="en-GB,en;q=0.9"), "en"),
        (request(accept_language="de"), "zh"),
        (request(query="lang=xx"), "zh"),
    ],
)
def test_the_language_of_a_page(given: Request, language: str) -> None:
    assert language_of(given) == language


def test_a_text_is_cut_where_facts_begin_and_end() -> None:
    text = "# 云阳市目标\n\n到2035年，覆盖率达到60%以上。\n指标\t60\n"
    fields = {"indicator": "覆盖率", "value": "60", "unit": "%", "comparator": ">="}
    marks = [Mark(10, 24, 1, "targets", "fact/a", fields), Mark(16, 19, 2, "agencies", "fact/b", {})]
    found = list(lines(text, Printed("a.txt", None, 0, len(text)), marks, Words("zh")))

    assert [line.level for line in found] == [1, 0, 0]
    assert [len(line.cells) for line in found] == [1, 1, 2]
    assert found[0].words == "云阳市目标"
    pieces = found[1].cells[0]
    assert "".join(piece.words for piece in pieces) == "到2035年，覆盖率达到60%以上。"
    both = next(piece for piece in pieces if len(piece.kinds) == 2)
    assert (both.words, both.kinds, both.anchors) == (text[16:19], ("targets", "agencies"), ("agencies-16",))
    assert both.title.startswith("目标：覆盖率 · ≥ 60 %\n")


def test_heads_of_the_matrix_keep_the_end_of_long_names_which_tells_them_apart() -> None:
    zone = "中国（云江）自由贸易试验区云州港片区"
    names = (f"{zone}财政金融局", f"{zone}规划建设局", "市水利局")
    bodies = tuple(Thing(number, name, name, "agency", name, None, 1) for number, name in enumerate(names))

    drawn = str(cells.matrix(cells.Matrix(bodies, ()), Words("zh")))

    assert re.findall(">([^<>]+)</a>", drawn) == ["…验区云州港片区财政金融局", "…验区云州港片区规划建设局", "市水利局"]
