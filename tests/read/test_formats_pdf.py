"""PDF: paragraphs joined from lines, running heads dropped, merged cells kept, pages known, bad files named."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.read.errors import ReadError
from kg.read.formats import bounded, pdf
from kg.read.formats.linear import Linear
from kg.read.formats.printed import Char, PrintedLine, printed_lines, written
from kg.read.formats.running import running_lines
from kg.read.model import Source
from kg.read.source import from_bytes
from tests.read import rendered

LONG = "栖澜市人民政府办公室关于加强港口岸电建设的通知要求各县区人民政府在年底前完成全部泊位的改造，" * 3


def read(text: str) -> Linear:
    return pdf.read(rendered.as_pdf(text), "a.pdf")


def paragraphs(linear: Linear) -> list[str]:
    return [part for part in linear.text.split("\n\n") if part]


def test_the_lines_of_a_paragraph_are_joined_and_running_heads_are_dropped() -> None:
    text = "\n\n".join(f"第{i}段：{LONG}到此为止。" for i in range(30))
    assert paragraphs(read(text)) == text.split("\n\n")


def test_pages_begin_where_their_first_character_stands() -> None:
    linear = read("\n\n".join(f"第{i}段：{LONG}到此为止。" for i in range(30)))
    assert linear.pages[0] == 0
    assert len(set(linear.pages)) == len(linear.pages) > 3
    assert list(linear.pages) == sorted(linear.pages)
    assert linear.pages[-1] < len(linear.text)


def test_merged_cells_are_repeated_below_and_blank_beside() -> None:
    assert tables(
        [["任务", "单位", ""], ["修复岸线", "市水利局", "6月"], ["", "市海洋局", "7月"]],
        [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 1), (0, 2))],
    ) == ["任务\t单位\t", "修复岸线\t市水利局\t6月", "修复岸线\t市海洋局\t7月"]


def test_a_merged_cell_of_the_header_leaves_blanks_that_tell_its_levels() -> None:
    assert tables(
        [["指标", "目标", ""], ["", "2031年", "2032年"], ["覆盖率", "80", "90"]],
        [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))],
    ) == ["指标\t目标\t", "\t2031年\t2032年", "覆盖率\t80\t90"]


def tables(cells: list[list[str]], spans: list[tuple[object, ...]]) -> list[str]:
    from reportlab.pdfbase import cidfonts, pdfmetrics
    from reportlab.platypus import SimpleDocTemplate, Table

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 10), *spans]
    SimpleDocTemplate(file).build([Table(cells, style=style)])
    return pdf.read(file.getvalue(), "a.pdf").text.splitlines()[: len(cells)]


def test_a_pdf_without_text_is_called_scanned() -> None:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for _ in range(3):
        canvas.rect(50, 50, 300, 300)
        canvas.showPage()
    canvas.save()
    with pytest.raises(ReadError, match=r"^a\.pdf: the PDF is scanned, its 3 pages hold pictures and no text"):
        pdf.read(file.getvalue(), "a.pdf")


def test_a_protected_pdf_is_named() -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf: the PDF is protected by a password; save it without one"):
        pdf.read(rendered.as_pdf(LONG, password="secret"), "a.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_cut_off_pdf_is_named(share: float) -> None:
    data = rendered.as_pdf(LONG)
    with pytest.raises(ReadError, match=r"^a\.pdf: the PDF is "):
        pdf.read(data[: int(share * len(data))], "a.pdf")


def test_reading_a_pdf_ends_in_time() -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf: reading the PDF took longer than 0\.05 s; split it"):
        bounded.read_pdf(rendered.as_pdf(LONG), "a.pdf", seconds=0.05)


def test_reading_a_pdf_is_bounded_in_memory() -> None:
    with pytest.raises(ReadError, match=r"^a\.pdf: .*(?:memory|damaged)"):
        bounded.read_pdf(rendered.as_pdf(LONG), "a.pdf", memory=60_000_000)


def test_a_pdf_is_known_by_its_content() -> None:
    source = from_bytes(rendered.as_pdf(LONG), "公报.txt")
    assert (source.encoding, source.pages) == ("pdf", (0,))


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.formats.find_spec", lambda _: None)
    with pytest.raises(ReadError, match=r"^a\.pdf: PDF files need the extra “pdf”; pip install 'policy-kg\[pdf\]'"):
        from_bytes(b"%PDF-1.7 ...", "a.pdf")


@pytest.mark.parametrize(("printed", "plain"), [("⺠", "民"), ("⼈", "人"), ("⼾", "户"), ("⸺", "——"), ("海", "海")])
def test_signs_that_look_like_characters_are_read_as_these(printed: str, plain: str) -> None:
    assert written(printed) == plain


def chars(text: str, left: float, top: float, size: float = 10, step: float = 10) -> list[Char]:
    return [Char(char, left + step * i, top, left + step * i + size, top + size) for i, char in enumerate(text)]


def test_gaps_are_spaces_and_lines_are_told_apart_by_height() -> None:
    found = printed_lines([*chars("顾", 0, 0), *chars("遥", 20, 0), *chars("市长", 40, 1), *chars("下行", 0, 16)])
    assert [line.text for line in found] == ["顾 遥 市长", "下行"]


def line(text: str, top: float, left: float = 70, right: float = 500) -> PrintedLine:
    return PrintedLine(text, left, top, right, top + 10, 10)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        (line("满行", 100), line("续行", 118), True),
        (line("满行", 100), line("缩进", 118, left=90), False),
        (line("短行", 100, right=400), line("续行", 118), False),
        # No room for a long figure, nor for a character with its punctuation
        (line("短行", 100, right=450), line("2031-2033年", 118), True),
        (line("短行", 100, right=485), line("划。", 118), True),
        (line("满行", 100), line("远处", 150), False),
        (line("满行", 100), PrintedLine("大字", 70, 118, 500, 134, 16), False),
    ],
)
def test_a_full_line_goes_on_below(before: PrintedLine, after: PrintedLine, joined: bool) -> None:
    assert before.goes_on(after, 70, 500, same_page=True) is joined


@pytest.mark.parametrize(
    ("text", "running"),
    [("— 12 —", True), ("第3页 共8页", True), ("3/8", True), ("·7·", True), ("2031", False), ("2031年3月", False)],
)
def test_page_numbers_are_told_from_years(text: str, running: bool) -> None:
    number = line(text, 800)
    assert (id(number) in running_lines([(842, [line("正文", 300), number])])) is running


def test_a_line_repeated_at_one_height_is_a_running_head() -> None:
    pages = [(842.0, [line(f"政府公报 {i}", 40), line(f"正文第{i}页", 300)]) for i in range(4)]
    running = running_lines(pages)
    assert [id(page[1][0]) in running for page in pages] == [True] * 4
    assert not any(id(page[1][1]) in running for page in pages)


def test_a_page_without_text_among_others_is_reported(tmp_path: Path) -> None:
    from reportlab.pdfbase import cidfonts, pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, LONG[:30])
    canvas.showPage()
    canvas.rect(10, 10, 100, 100)
    canvas.showPage()
    canvas.save()
    linear = pdf.read((tmp_path / "a.pdf").read_bytes(), "a.pdf")
    assert linear.problems == ("a.pdf: page 2: no text (scanned?), left out.",)
    assert len(linear.pages) == 2


# ── Pages as offices lay them out ────────────────────────────────────────────────────────────────────────────────────


def drawn(*pages: Callable[[Any], object]) -> Linear:
    """A PDF of A4 pages, each drawn by a function that is given a canvas."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import cidfonts, pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return pdf.read(file.getvalue(), "a.pdf")


def put(canvas: Any, x: float, y: float, text: str, size: float = 12) -> None:
    """Print a line; ``y`` counts from the top of the page."""
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x, 842 - y, text)


def filled(paragraphs: list[str], width: int) -> list[str]:
    """Paragraphs as lines of so many characters, the first of each indented by two."""
    lines = []
    for text in paragraphs:
        indented = "　　" + text
        lines += [indented[i : i + width] for i in range(0, len(indented), width)]
    return lines


def test_columns_are_read_one_after_the_other_between_lines_over_the_whole_page() -> None:
    texts = [f"第{i}项要求各县区人民政府在年底前完成全部泊位改造并报市交通运输局汇总。" for i in range(8)]
    lines = filled(texts, 17)

    def page(canvas: Any) -> None:
        put(canvas, 72, 100, "栖澜市人民政府办公室关于加强港口岸电建设工作的通知要点", 16)
        half = len(lines) // 2 + 1
        for i, line in enumerate(lines):
            put(canvas, 72 if i < half else 310, 140 + 20 * (i % half), line)
        put(canvas, 72, 140 + 20 * half + 25, "附件：任务分工表")

    assert paragraphs(drawn(page)) == [
        "栖澜市人民政府办公室关于加强港口岸电建设工作的通知要点",
        *texts,
        "附件：任务分工表",
    ]


def test_names_beside_posts_are_no_columns() -> None:
    names = [
        ("组　长：顾　遥", "市人民政府副市长"),
        ("副组长：陈　晓", "市水利局局长"),
        ("成　员：林　安", "市财政局副局长"),
    ] * 3

    def page(canvas: Any) -> None:
        put(canvas, 72, 100, LONG[:37])
        for i, (left, right) in enumerate(names):
            put(canvas, 96, 140 + 20 * i, left)
            put(canvas, 310, 140 + 20 * i, right)

    assert ["".join(line.split()) for line in paragraphs(drawn(page))[1:]] == [
        "".join(f"{left}{right}".split()) for left, right in names
    ]


def test_a_footnote_does_not_part_a_paragraph_that_goes_on_on_the_next_page() -> None:
    lines = filled([LONG[:120] + "到此为止。"], 37)

    def first(canvas: Any) -> None:
        for i, line in enumerate(lines[:2]):
            put(canvas, 72, 700 + 20 * i, line)
        canvas.setFont("STSong-Light", 6)
        canvas.drawString(72 + 37 * 12, 842 - 696, "1")
        put(canvas, 72, 750, "1 岸电，是指由岸上供给船舶的电。", 9)
        put(canvas, 290, 800, "— 1 —")

    def second(canvas: Any) -> None:
        for i, line in enumerate(lines[2:]):
            put(canvas, 72, 100 + 20 * i, line)
        put(canvas, 290, 800, "— 2 —")

    linear = drawn(first, second)
    assert paragraphs(linear) == ["1 岸电，是指由岸上供给船舶的电。", LONG[:120] + "到此为止。"]
    assert linear.pages[0] == 0
    assert linear.text[linear.pages[1] :].startswith(lines[2][:10])


def grid(canvas: Any, top: float, rows: list[list[str]], widths: list[float]) -> None:
    """A ruled table; the text of a cell is broken where it has no room."""
    y = top
    for row in rows:
        broken = [filled_cell(text, int((width - 8) // 10)) for text, width in zip(row, widths, strict=True)]
        height = 16 * max(map(len, broken)) + 6
        x = 72.0
        for lines, width in zip(broken, widths, strict=True):
            canvas.rect(x, 842 - y - height, width, height)
            for i, line in enumerate(lines):
                put(canvas, x + 4, y + 14 + 16 * i, line, 10)
            x += width
        y += height


def filled_cell(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)] or [""]


HEAD = ["序号", "任务", "牵头单位"]


@pytest.mark.parametrize("header", [[HEAD], []], ids=["header repeated", "header not repeated"])
def test_a_row_that_goes_on_on_the_next_page_is_one_row(header: list[list[str]]) -> None:
    widths = [40.0, 118.0, 120.0]

    def first(canvas: Any) -> None:
        grid(
            canvas,
            600,
            [HEAD, ["1", "修复岸线。", "市水利局"], ["2", "改造港口岸电设施并在年", "市交通运输局"]],
            widths,
        )

    def second(canvas: Any) -> None:
        grid(canvas, 100, [*header, ["", "底前完成验收。", ""], ["3", "收储粮食。", "市粮食局"]], widths)

    linear = drawn(first, second)
    assert [line for line in linear.text.splitlines() if line] == [
        "序号\t任务\t牵头单位",
        "1\t修复岸线。\t市水利局",
        "2\t改造港口岸电设施并在年底前完成验收。\t市交通运输局",
        *["\t".join(row) for row in header],
        "3\t收储粮食。\t市粮食局",
    ]


def test_a_new_row_below_a_merged_cell_is_no_continuation() -> None:
    widths = [70.0, 118.0, 120.0]

    def first(canvas: Any) -> None:
        grid(canvas, 600, [["领域", "任务", "牵头单位"], ["港口", "修复岸线。", "市水利局"]], widths)

    def second(canvas: Any) -> None:
        grid(canvas, 100, [["", "收储粮食。", "市粮食局"]], widths)

    assert [line for line in drawn(first, second).text.splitlines() if line][1:] == [
        "港口\t修复岸线。\t市水利局",
        "\t收储粮食。\t市粮食局",
    ]


def test_evidence_names_the_box_of_its_lines_or_cells() -> None:
    def page(canvas: Any) -> None:
        for i, line in enumerate(filled([LONG[:60]], 37)):
            put(canvas, 72, 100 + 20 * i, line)
        grid(canvas, 300, [HEAD, ["1", "修复岸线。", "市水利局"]], [40.0, 118.0, 120.0])

    linear = drawn(page)
    source = Source("a.pdf", linear.text, "", "pdf", linear.pages, (), linear.boxes)

    def box(words: str) -> list[int]:
        start = source.text.index(words)
        evidence = source.evidence(start, start + len(words))
        assert evidence.page == 1
        return [int(value) for value in (evidence.box or "").split(",")]

    def near(found: list[int], expected: list[int]) -> bool:
        return all(abs(one - other) <= 5 for one, other in zip(found, expected, strict=True))

    # Left, top, width, height: the first line, indented by two characters, then both lines
    assert near(box("栖澜市人民政府"), [96, 90, 420, 12])
    assert near(box("港口岸电建设的通知要求各县区人民政府在年底前完成全部泊位"), [72, 90, 444, 32])
    # A cell, and the row's cells together
    assert near(box("市水利局"), [230, 322, 120, 22])
    assert near(box("修复岸线。\t市水利局"), [112, 322, 238, 22])


def test_texts_without_pages_have_no_boxes() -> None:
    evidence = from_bytes(LONG.encode(), "a.txt").evidence(0, 5)
    assert (evidence.page, evidence.box) == (None, None)
