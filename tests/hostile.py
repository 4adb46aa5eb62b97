"""Damaged gazettes: good files in every format, and what bad scans, transfers, programs and hands make of them.

All chance comes from the ``Random`` that is given, so a number brings back a file, and Hypothesis can steer it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from random import Random

from tests.read import rendered

GAZETTES = tuple(
    sorted(
        file.read_text(encoding="utf-8")
        for file in files("kg").joinpath("data", "sample").iterdir()
        if file.name.endswith(".txt")
    )
)
#: A file of a format is made of so many different pieces of the gazettes.
PIECES = 12
#: What breaks readers of text: numbering, brackets, table borders, markup, marks that turn or hide text.
WORDS = (
    *("\t", "\n", "\n\n", " ", "\u3000", "\u202e", "\ud7ff", "𠀀", "\x0b", "\x00", "（", "）", "《", "》", "〔"),
    *("：", "、", "；", "。", "1.", "一、", "（一）", "附件", "专栏 1", "——", "%", "达到", "$", "|", "２", "9" * 400),
    *("<p>", "<table>", "</td>", "<tr><td rowspan=999>", "&#x0;", "&nbsp;", "第一章 ", "目录", "2031年13月45日"),
    *("负责", "牵头", "同志", "任", "责任单位："),
)
#: What breaks readers of formats: borders of numbers, marks of the formats themselves.
BYTES = (
    *(b"\x00", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"-1", b"0", b"9" * 20),
    *(b"%PDF-1.7", b"endobj", b"stream\n", b"endstream", b"xref", b"<<", b">>", b"[", b"/Length 99999999"),
    *(b"/Kids [1 0 R]", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"<w:tbl>", b"</w:p>", b"&a;"),
    *(b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"<table>", b"</table>", b"<td colspan=9999>", b"charset=utf-7"),
    *(b"\xef\xbb\xbf", b"\xfe\xff", b"\xd0\xcf\x11\xe0"),
)


def piece(random: Random, longest: int = 1500) -> str:
    """A piece of an invented gazette, of whole lines."""
    text = random.choice(GAZETTES)
    start = random.randrange(len(text))
    return text[start : start + random.randint(50, longest)]


def _markdown(text: str) -> bytes:
    lines = []
    for block in rendered.blocks(text):
        if isinstance(block, str):
            lines.append(f"# {block}" if len(block) < 20 else block)
        else:
            lines += ["| " + " | ".join(row) + " |" for row in block]
    return "\n\n".join(lines).encode()


def _gbk_page(text: str) -> bytes:
    return rendered.as_html(text).decode().replace("utf-8", "gbk").encode("gb18030")


def _zip(text: str) -> bytes:
    inner = packed({"内.txt": text.encode(), "2.html": rendered.as_html(text)})
    return packed({"公报/1.txt": text.encode(), "1.docx": rendered.as_docx(text), "more.zip": inner})


def packed(members: dict[str, bytes]) -> bytes:
    """A zip archive of some files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "gbk.txt": lambda text: text.encode("gb18030"),
    "utf16.txt": lambda text: text.encode("utf-16"),
    "md": _markdown,
    "html": rendered.as_html,
    "gbk.html": _gbk_page,
    "docx": rendered.as_docx,
    "pdf": rendered.as_pdf,
    "zip": _zip,
}


@cache
def good(kind: str, number: int) -> bytes:
    """A whole file of a format."""
    return FORMATS[kind](piece(Random(number)))


_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def damaged(kind: str, random: Random) -> bytes:
    """A file of a format with some damage done to it: to its bytes, to what is packed in it, or to its words."""
    how = random.random()
    if how < 0.25:
        text = _damaged_words(piece(random), random)
        # Makers of Word and PDF files refuse what XML cannot hold, and tables wider than a page
        text = _NOT_XML.sub("", text) if kind in ("docx", "pdf", "zip") else text
        with suppress(ValueError):
            return FORMATS[kind](text)
    data = good(kind, random.randrange(PIECES))
    if how < 0.65 and data.startswith(b"PK"):
        data = _damaged_members(data, random)
    elif how < 0.65 and data.startswith(b"%PDF"):
        data = _damaged_streams(data, random)
    else:
        data = _damaged_bytes(data, random, good(random.choice(list(FORMATS)), random.randrange(PIECES)))
    return data


def _damaged_bytes(data: bytes, random: Random, other: bytes) -> bytes:
    """Bytes changed, lost, doubled, put in another order, cut off, or joined with those of another file."""
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16, 64))):
        if not made:
            break
        at = random.randrange(len(made))
        length = random.choice((1, 2, 8, 64, 512))
        match random.randrange(9):
            case 0:
                made[at] ^= 1 << random.randrange(8)
            case 1:
                made[at] = random.randrange(256)
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = random.choice(BYTES)
            case 4:
                made[at : at + length] = random.choice(BYTES)
            case 5:
                made[at:at] = made[at : at + length] * random.choice((1, 2, 50))
            case 6:
                made[at : at + length] = made[at : at + length][::-1]
            case 7:
                del made[at : len(made) if random.random() < 0.3 else at + 1]
            case _:
                start = random.randrange(len(other))
                made[at : at + length] = other[start : start + length]
    return bytes(made)


def _damaged_members(data: bytes, random: Random) -> bytes:
    """A zip archive (a Word file is one) one member of which is damaged and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    # Most of what a Word file says stands in one part
    name = (
        "word/document.xml" if "word/document.xml" in members and random.random() < 0.7 else random.choice([*members])
    )
    members[name] = _damaged_markup(members[name], random)
    return packed(members)


_TAG = re.compile(rb"<[^<>]{1,200}>")


def _damaged_markup(data: bytes, random: Random) -> bytes:
    """Markup with elements lost, doubled, nested, changed for others, and other damage to its bytes."""
    tags = list(_TAG.finditer(data))
    if not tags or random.random() < 0.3:
        return _damaged_bytes(data, random, data)
    for _ in range(random.choice((1, 2, 8))):
        one, other = random.choice(tags), random.choice(tags)
        first, second = sorted((one.start(), other.end()))
        match random.randrange(4):
            case 0:
                data = data[: one.start()] + other.group() + data[one.end() :]
            case 1:
                data = data[: one.start()] + data[one.end() :]
            case 2:
                data = data[:first] + data[first:second] * random.choice((2, 3)) + data[second:]
            case _:
                data = data[: one.start()] + one.group() * random.choice((2, 300)) + data[one.end() :]
        if len(data) > 3_000_000:
            break
    return data


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def _damaged_streams(data: bytes, random: Random) -> bytes:
    """A PDF the drawing commands of which are damaged."""

    def changed(match: re.Match[bytes]) -> bytes:
        try:
            plain = zlib.decompress(_ascii85(match.group(1)))
        except (zlib.error, ValueError):
            return match.group()
        return b"stream\n" + zlib.compress(_damaged_bytes(plain, random, plain)) + b"\nendstream"

    # The streams are packed twice; the outer packing is left out
    return _STREAM.sub(changed, data).replace(b"/ASCII85Decode ", b"")


def _ascii85(data: bytes) -> bytes:
    import base64

    return base64.a85decode(data.strip().removesuffix(b"~>"))


def _damaged_words(text: str, random: Random) -> str:
    """A text with words put in, pieces lost, turned round, doubled, and lines joined."""
    for _ in range(random.randint(1, 25)):
        at, length = random.randrange(len(text) + 1), random.randint(1, 80)
        before, part, after = text[:at], text[at : at + length], text[at + length :]
        match random.randrange(5):
            case 0:
                text = before + random.choice(WORDS) + part + after
            case 1:
                text = before + after
            case 2:
                text = before + part[::-1] + after
            case 3:
                text = before + part + part + after
            case _:
                text = before + part.replace("\n", "") + after
    return text


_HEAD = "栖澜市人民政府关于改造供水设施的通知\n\n各县、区人民政府，市人民政府各部门：\n\n"
_WORDS = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _HEAD.split())


def _docx(body: str, head: str = "") -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{word}"><w:body>{_WORDS}{body}</w:body></w:document>'
    with zipfile.ZipFile(io.BytesIO(rendered.as_docx("栖澜市人民政府关于供水的通知"))) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return packed(members | {"word/document.xml": document.encode()})


_SENTENCE = "市水利局牵头，到2035年供水能力达到30万吨（责任单位：市财政局、各县区人民政府）。"
_LAUGHS = "<!DOCTYPE lolz [<!ENTITY a0 '市'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)
)  # fmt: skip


def _text_cases() -> dict[str, bytes]:
    head = _HEAD
    return {
        "a line of a million characters.txt": (head + "加强供水设施建设，提高供水保障能力、" * 56_000).encode(),
        "a million characters without a mark.txt": (head + "供水" * 500_000).encode(),
        "a line of a million brackets.txt": (head + "（" * 1_000_000).encode(),
        "a million nested book marks.txt": (head + "《关于" * 300_000).encode(),
        "a line of a million digits.txt": (head + "9" * 1_000_000).encode(),
        "a line of a million spaces.txt": (head + "市" + " " * 1_000_000 + "局").encode(),
        "a line of a million tabs.txt": (head + "\t" * 1_000_000).encode(),
        "two hundred thousand empty lines.txt": (head + "\n" * 200_000).encode(),
        "a list of thirty thousand bodies.txt": (head + "（责任单位：" + "市水利局、" * 30_000 + "）").encode(),
        "ten thousand sentences in one line.txt": (head + _SENTENCE * 10_000).encode(),
        "a table of ten thousand rows.txt": (head + "任务\t责任单位\n" + "供水\t市水利局\n" * 10_000).encode(),
        "nested tables.txt": (head + "<table><tr><td>" * 20_000 + "市").encode(),
        "a table of absurd spans.txt": (head + "<table><tr>" + "<td rowspan=999 colspan=999>市" * 500).encode(),
        "a heading a line.txt": (head + "一、供水\n（一）供水\n1.供水\n" * 20_000).encode(),
        "broken characters.txt": (head + "\ufffd" * 100).encode() + b"\xc3\x28" * 20,
    }


def _packed_cases() -> dict[str, bytes]:
    zeros = b"0" * 60_000_000
    paragraph = f"<w:p><w:r><w:t>{_SENTENCE}</w:t></w:r></w:p>"
    nested = ("<w:tbl><w:tr><w:tc>" * 4_000, "</w:tc></w:tr></w:tbl>" * 4_000)
    return {
        "a zip bomb.zip": packed({"1.txt": zeros}),
        "a bomb in an archive.zip": packed({"1.zip": packed({"1.txt": zeros}), "2.txt": _SENTENCE.encode()}),
        "archives in archives.zip": _matryoshka(30),
        "five thousand files.zip": packed({f"{i}.txt": b"" for i in range(5_100)}),
        "a path that leads out.zip": packed({"../../1.txt": _SENTENCE.encode()}),
        "a Word bomb.docx": _docx("<w:p/>" * 9_000_000),
        "a billion laughs.docx": _docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _LAUGHS + "]>"),
        "a file from outside.docx": _docx(
            "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
        ),
        "nested tables.docx": _docx(nested[0] + paragraph + nested[1]),
        "twenty thousand paragraphs.docx": _docx(paragraph * 20_000),
        "a table of absurd spans.docx": _docx(
            "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr></w:tc></w:tr>' * 500 + "</w:tbl>"
        ),
    }


def _matryoshka(depth: int) -> bytes:
    data = packed({"1.txt": _SENTENCE.encode()})
    for number in range(depth):
        data = packed({f"{number}.zip": data})
    return data


def _page_cases() -> dict[str, bytes]:
    def page(body: str) -> bytes:
        return (
            f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>{_HEAD}</p>{body}</body></html>".encode()
        )

    return {
        "nested boxes.html": page("<div>" * 100_000 + _SENTENCE),
        "nested tables.html": page("<table><tr><td>" * 3_000 + _SENTENCE),
        "a billion laughs.html": (_LAUGHS + f"]><html><body><p>&a9;{_SENTENCE}</p></body></html>").encode(),
        "a line of a million characters.html": page("<p>" + _SENTENCE * 25_000),
        "a table of absurd spans.html": page("<table><tr>" + "<td rowspan=9999 colspan=9999>市" * 500 + "</table>"),
        "fifty thousand links.html": page("<p><a href='javascript:alert(1)'>通知</a></p>" * 50_000 + _SENTENCE),
        "a head that never ends.html": b"<html><head><!--" + b"x" * 5_000_000,
    }


def _pdf(*objects: bytes) -> bytes:
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, one) for i, one in enumerate(objects, start=1))
    return body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


def _stream(data: bytes, length: int = -1) -> bytes:
    size = len(data) if length < 0 else length
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (size, data)


def _one_page(content: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>"
    return _pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content)


def _pdf_cases() -> dict[str, bytes]:
    lines = b"0 0 m 500 500 l S\n"
    return {
        "a packed bomb.pdf": _one_page(_stream(zlib.compress(b" " * 400_000_000))),
        "pages in a circle.pdf": _pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
        ),
        "a picture of a page.pdf": _one_page(_stream(zlib.compress(b"q 595 0 0 842 0 0 cm /Im Do Q"))),
        "a grid of ten thousand lines.pdf": _one_page(
            _stream(
                zlib.compress(b"".join(b"%d 0 m %d 800 l S 0 %d m 500 %d l S\n" % (i, i, i, i) for i in range(5_000)))
            )
        ),
        "two hundred thousand strokes.pdf": _one_page(_stream(zlib.compress(lines * 200_000))),
        "arrays in arrays.pdf": _pdf(b"[" * 100_000),
    }


def made() -> dict[str, bytes]:
    """Files made to break readers: bombs, nested tables, endless lines, circles; by name."""
    return _text_cases() | _packed_cases() | _page_cases() | _pdf_cases()
