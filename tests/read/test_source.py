"""Any encoding that users have is decoded; what is no text is refused with a sentence that names the file."""

import codecs
import hashlib

import pytest

from kg.read.errors import ReadError
from kg.read.source import MAX_BYTES, decode, read_source

TEXT = "甲州市人民政府公报\r\n第1期\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_decoding_keeps_line_ends_and_drops_the_byte_order_mark(data, encoding):
    source = decode(data, "a.txt")
    assert (source.text, source.encoding) == (TEXT, encoding)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.txt: the file is empty"),
        (b" \n\n ", "a.txt: the file is empty"),
        (bytes(range(256)) * 40, "a.txt: this is not a text file"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 500, "a.txt: this is not a text file"),
        (b"\xff\xfe\x00", "a.txt: this is not a text file"),
    ],
)
def test_what_is_no_text_is_refused(data, sentence):
    with pytest.raises(ReadError, match=sentence):
        decode(data, "a.txt")


def test_a_stray_control_character_is_no_reason_to_refuse():
    assert decode(("\x0b" + TEXT).encode(), "a.txt").text.endswith(TEXT)


def test_a_file_larger_than_any_gazette_is_refused_unread(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match=r"big\.txt: 20 MB is larger than any gazette"):
        read_source(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ReadError, match=r"sub/none\.txt: cannot be read"):
        read_source(tmp_path / "none.txt", "sub/none.txt")
