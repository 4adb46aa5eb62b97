"""Word files: merged cells, automatic numbers, tracked changes, boxes, bad files named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kg.read.errors import ReadError
from kg.read.formats import doc, numbering
from kg.read.formats import docx as word
from kg.read.source import from_bytes
from tests import hostile


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(build: Callable[[Any], object]) -> list[str]:
    document = docx.Document()
    build(document)
    return [line for line in word.read(saved(document), "a.docx").text.splitlines() if line]


def paragraph(inner: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def numbered(text: str, number: int, level: int = 0) -> Any:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(f"<w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r>")


def test_merged_cells_are_repeated_below_and_blank_beside() -> None:
    def build(document: Any) -> None:
        table = document.add_table(3, 3)
        for cell, text in zip(
            table._cells, ["任务", "单位", "", "修复", "市水利局", "6月", "", "市海洋局", "7月"], strict=True
        ):
            cell.text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(1, 0).merge(table.cell(2, 0))

    assert read(build) == ["任务\t单位\t", "修复\t市水利局\t6月", "修复\t市海洋局\t7月"]


def test_automatic_numbers_are_written_out() -> None:
    def build(document: Any) -> None:
        numbering = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate([("chineseCountingThousand", "%1、"), ("decimal", "%2.")])
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'),
        )
        for text, level in [("总体要求", 0), ("修复岸线", 1), ("清理河道", 1), ("保障措施", 0), ("安排资金", 1)]:
            document.element.body.insert(-1, numbered(text, 91, level))
        document.element.body.insert(-1, numbered("无此列表", 99))

    assert read(build) == ["一、总体要求", "1.修复岸线", "2.清理河道", "二、保障措施", "1.安排资金", "无此列表"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", ["甲", "乙"]),
        ("<w:r><w:t>目录</w:t><w:tab/><w:t>3</w:t></w:r>", ["目录 3"]),
        ("<w:r><w:t>80</w:t></w:r><w:del><w:r><w:delText>70</w:delText></w:r></w:del>", ["80"]),
        ("<w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>", ["新增"]),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", ["链接"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>正文</w:t></w:r>", ["正文"]),
        (
            "<w:r><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent><w:t>框外</w:t></w:r>",
            ["框外", "框内"],
        ),
    ],
)
def test_what_is_printed_of_a_paragraph_is_read(inner: str, expected: list[str]) -> None:
    assert read(lambda document: document.element.body.insert(0, paragraph(inner))) == expected


def test_a_box_of_one_column_is_paragraphs_and_headers_are_not_read() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.add_paragraph("正文。")
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "专栏 1 重点工程"
        cell.add_paragraph("新建泊位。")

    assert read(build) == ["正文。", "专栏 1 重点工程", "新建泊位。"]


def test_a_table_in_a_cell_gives_its_words() -> None:
    def build(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "外"
        table.cell(0, 1).add_table(1, 2).cell(0, 1).text = "内"

    assert read(build) == ["外\t内"]


def test_a_word_file_without_text_is_named() -> None:
    with pytest.raises(ReadError, match=r"^a\.docx: the Word file holds no text"):
        read(lambda document: None)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_cut_off_word_file_is_named(share: float) -> None:
    data = saved(docx.Document())
    with pytest.raises(ReadError, match=r"^a\.docx: .*damaged or cut off"):
        from_bytes(data[: int(share * len(data))], "a.docx")


def test_a_word_file_with_broken_parts_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w:document")
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(ReadError, match=r"^a\.docx: the Word file is damaged"):
        from_bytes(file.getvalue(), "a.docx")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def test_an_old_word_file_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc.shutil, "which", lambda _: None)
    with pytest.raises(ReadError, match=r"^a\.doc: old Word files \(DOC\) need LibreOffice; install it, or save"):
        from_bytes(OLE + "WordDocument".encode("utf-16-le"), "a.doc")


def test_an_old_word_file_is_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    document = docx.Document()
    document.add_paragraph("栖澜市人民政府办公室关于改造岸电的通知")
    (tmp_path / "made.docx").write_bytes(saved(document))
    program = tmp_path / "soffice"
    # It is given …, --outdir, the folder, the file
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{tmp_path}/made.docx" "${{last%.doc}}.docx"\n')
    program.chmod(0o755)
    monkeypatch.setattr(doc.shutil, "which", lambda _: str(program))
    source = from_bytes(OLE + "WordDocument".encode("utf-16-le"), "a.doc")
    assert source.text.strip() == "栖澜市人民政府办公室关于改造岸电的通知"


def test_a_conversion_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc.shutil, "which", lambda _: "/bin/false")
    with pytest.raises(ReadError, match=r"^a\.doc: LibreOffice cannot convert it"):
        from_bytes(OLE + "WordDocument".encode("utf-16-le"), "a.doc")


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("taiwaneseCountingThousand", 2, "二"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCounting", 110, "一百一十"),
        ("japaneseCounting", 102, "一百零二"),
        ("ideographDigital", 12, "一二"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("ideographTraditional", 2, "乙"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 3, "c"),
        ("decimalZero", 3, "03"),
        ("bullet", 3, ""),
        ("somethingNew", 3, "3"),
    ],
)
def test_numbers_are_written_in_the_form_of_their_list(form: str, number: int, expected: str) -> None:
    assert numbering._written(number, form) == expected


def with_notes(document: Any, kind: str, notes: str) -> None:
    """Give a document a part with notes."""
    name = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
    xml = f"<w:{kind}s {nsdecls('w')}>{notes}</w:{kind}s>".encode()
    part = Part(PackURI(f"/word/{kind}s.xml"), "application/xml", xml, document.part.package)
    document.part.relate_to(part, name)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_follow_the_paragraph_or_table_that_calls_them(kind: str) -> None:
    note = '<w:{kind} w:id="{id}" {type}><w:p><w:r><w:{kind}Ref/><w:t>{text}</w:t></w:r></w:p></w:{kind}>'

    def call(number: int) -> Any:
        return parse_xml(f'<w:r {nsdecls("w")}><w:{kind}Reference w:id="{number}"/></w:r>')

    def build(document: Any) -> None:
        notes = [("0", 'w:type="separator"', "线"), ("1", "", "注一。"), ("2", "", "注二。"), ("3", "", "没有人引。")]
        with_notes(document, kind, "".join(note.format(kind=kind, id=i, type=t, text=w) for i, t, w in notes))
        first = document.add_paragraph("市水利局")
        first._p.append(call(1))
        first.add_run("负责。")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "任务", "单位"
        table.cell(0, 1).paragraphs[0]._p.append(call(2))
        document.add_paragraph("下文。")

    assert read(build) == ["市水利局负责。", "注一。", "任务\t单位", "注二。", "下文。"]


def test_entities_of_a_word_file_are_not_resolved() -> None:
    outside = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'><!ENTITY c '市'>]>"
    text = word.read(hostile._docx("<w:p><w:r><w:t>前&b;&c;</w:t></w:r></w:p>", outside), "a.docx").text
    assert text.split()[-1] == "前"
