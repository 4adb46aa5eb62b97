"""PDF: paragraphs joined from lines, running heads dropped, merged cells kept, pages known, bad files named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.read.errors import ReadError
from kg.read.formats import bounded, pdf
from kg.read.formats.linear import Linear
from kg.read.formats.printed import Char, PrintedLine, printed_lines, written
from kg.read.formats.running import running_lines
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
