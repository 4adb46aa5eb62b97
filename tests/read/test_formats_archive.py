"""Zip archives stand for the files in them; what cannot be trusted or read is refused with a sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kg.inputs import find_inputs
from kg.read import ReadError, read_file
from kg.read.formats import archive, sniff

TEXT = "栖澜市人民政府办公室关于改造岸电的通知\n\n栖政办〔2031〕7号\n\n各县、区人民政府：\n\n请认真组织实施。\n"


def packed(path: Path, members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_the_files_of_an_archive_are_inputs_under_its_name(tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", {"2031/1.txt": TEXT, "readme.xlsx": "", "__MACOSX/._1.txt": "x", ".hidden.txt": "x"})
    (found,) = find_inputs([tmp_path])
    assert (found.name, found.member) == ("a.zip/2031/1.txt", "2031/1.txt")
    issue = read_file(found.path, found.name, found.member)
    assert issue.documents[0].number == "栖政办〔2031〕7号"
    assert issue.source.sha256 == found.sha256


def test_names_that_windows_wrote_in_gbk_are_read(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = "公报.txt".encode("gb18030").decode("cp437")
    assert archive.member_name(info) == "公报.txt"


@pytest.mark.parametrize("member", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:/evil.txt", "..\\evil.txt"])
def test_paths_that_lead_out_are_refused(tmp_path: Path, member: str) -> None:
    path = packed(tmp_path / "a.zip", {member: TEXT})
    with pytest.raises(ReadError, match=r"^a\.zip: a path in it leads out of the archive"):
        read_file(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": b"0" * 30_000_000})
    with pytest.raises(ReadError, match=r"^a\.zip: it unpacks to 30 MB, which looks like a zip bomb"):
        read_file(path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    path = packed(tmp_path / "a.zip", {f"{i}.txt": TEXT for i in range(3)})
    with pytest.raises(ReadError, match=r"^a\.zip: it holds 3 files \(limit 2\); unpack it"):
        read_file(path)


def nested(depth: int) -> bytes:
    """An archive in so many others."""
    data = packed_bytes({"1.txt": TEXT + f"{depth}\n"})
    for number in range(depth):
        data = packed_bytes({f"{number}.zip": data})
    return data


def packed_bytes(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_archives_in_an_archive_stand_for_their_files_down_to_the_third(tmp_path: Path) -> None:
    packed(
        tmp_path / "a.zip", {"1.txt": TEXT, "second.zip": nested(0), "third.zip": nested(1), "fourth.zip": nested(2)}
    )
    found = {source.name: source for source in find_inputs([tmp_path])}
    assert sorted(found) == [
        "a.zip/1.txt", "a.zip/fourth.zip/1.zip/0.zip", "a.zip/second.zip/1.txt", "a.zip/third.zip/0.zip/1.txt"
    ]  # fmt: skip
    deep = found.pop("a.zip/fourth.zip/1.zip/0.zip")
    for source in found.values():
        issue = read_file(source.path, source.name, source.member)
        assert issue.documents[0].number == "栖政办〔2031〕7号"
        assert issue.source.sha256 == source.sha256
    with pytest.raises(ReadError, match=r"^a\.zip/fourth\.zip/1\.zip/0\.zip: this is a zip archive .* inside too many"):
        read_file(deep.path, deep.name, deep.member)


def test_what_archives_inside_unpack_to_is_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 4)
    inner = packed_bytes({f"{i}.txt": TEXT + str(i) for i in range(3)})
    packed(tmp_path / "a.zip", {"1.zip": inner, "2.zip": inner})
    assert [source.name for source in find_inputs([tmp_path])] == [
        "a.zip/1.zip/0.txt", "a.zip/1.zip/1.txt", "a.zip/1.zip/2.txt", "a.zip/2.zip"
    ]  # fmt: skip


def test_a_word_bomb_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.docx", {"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * 30_000_000})
    with pytest.raises(ReadError, match=r"^a\.docx: it unpacks to 30 MB"):
        read_file(path)


def test_a_cut_off_archive_stands_for_itself_and_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT * 50})
    path.write_bytes(path.read_bytes()[:-40])
    (found,) = find_inputs([tmp_path])
    with pytest.raises(ReadError, match=r"^a\.zip: the archive is damaged or cut off; get it again"):
        read_file(found.path, found.name, found.member)


def test_a_damaged_member_is_named_and_others_are_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT, "2.txt": TEXT}, zipfile.ZIP_STORED)
    data = path.read_bytes()
    path.write_bytes(data.replace("认真".encode(), "XX真".encode().ljust(6, b"X"), 1))
    bad, good = find_inputs([tmp_path])
    assert (bad.sha256, good.member) == ("", "2.txt")
    with pytest.raises(ReadError, match=r"^a\.zip/1\.txt: it is damaged in the archive"):
        read_file(bad.path, bad.name, bad.member)
    assert read_file(good.path, good.name, good.member).documents


def test_a_protected_archive_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag in the local header …
    data[data.index(b"PK\x01\x02") + 8] |= 1  # … and in the directory
    path.write_bytes(data)
    (found,) = find_inputs([tmp_path])
    with pytest.raises(ReadError, match=r"^a\.zip/1\.txt: it is protected by a password"):
        read_file(found.path, found.name, found.member)


def office(member: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(member, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (office("xl/workbook.xml"), "of office files only Word's (DOCX) are read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "of old office files only Word's"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"{\\rtf1\\ansi", "RTF is not read; open it in a word processor"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is a picture; recognise its text"),
        (b"Rar!\x1a\x07\x01\x00", "this is an archive that is empty or not zip; unpack it"),
        (b"PK\x05\x06" + bytes(18), "this is an archive that is empty or not zip"),
    ],
)
def test_what_is_no_document_is_named_by_its_content(data: bytes, sentence: str) -> None:
    with pytest.raises(ReadError) as caught:
        sniff(data, "a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert sentence in str(caught.value)


def test_of_two_members_of_one_name_the_first_is_read(tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", {"1.txt": TEXT, "2.txt": TEXT.replace("7号", "8号")})
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(b"2.txt", b"1.txt"))
    (found,) = find_inputs([tmp_path])
    issue = read_file(found.path, found.name, found.member)
    assert (issue.documents[0].number, issue.source.sha256) == ("栖政办〔2031〕7号", found.sha256)
