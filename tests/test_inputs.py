"""What a build reads: which files, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.graph.folder import FORMAT, GraphError
from kg.inputs import find_inputs
from kg.read import ReadError, read_file


def files(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def names(*paths: Path) -> list[str]:
    return [file.name for file in find_inputs(paths)]


def test_texts_are_found_in_folders_below_and_named_from_the_folder_given(tmp_path: Path) -> None:
    files(tmp_path, "b.txt", "2030/a.md", "2030/A.TXT", "2030/notes.xlsx", ".hidden.txt", ".git/x.txt")
    assert names(tmp_path) == ["2030/A.TXT", "2030/a.md", "b.txt"]


def test_a_file_given_by_name_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    files(tmp_path, "公报")
    assert names(tmp_path / "公报") == ["公报"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    files(tmp_path, "a.txt")
    assert names(tmp_path, tmp_path / "a.txt") == ["a.txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    files(tmp_path, "2029/1.txt", "2030/1.txt", "2030/2.txt")
    assert names(tmp_path / "2029", tmp_path / "2030") == ["2029/1.txt", "2030/1.txt", "2030/2.txt"]


def test_texts_kept_in_a_graph_folder_are_not_read_again(tmp_path: Path) -> None:
    files(tmp_path, "a.txt", "policy.kg/sources/x.txt")
    (tmp_path / "policy.kg" / "manifest.json").write_text(f'{{"format": "{FORMAT}"}}', encoding="utf-8")
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("make", "given", "message"),
    [
        ([], "missing.txt", "does not exist"),
        (["folder/picture.png"], "folder", "holds no gazettes: there is no .txt, .md, .pdf, .docx"),
        (["policy.kg/manifest.json"], "policy.kg", "is a graph, not gazettes"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, make: list[str], given: str, message: str) -> None:
    files(tmp_path, *make)
    for path in tmp_path.glob("*/manifest.json"):
        path.write_text(f'{{"format": "{FORMAT}"}}', encoding="utf-8")
    with pytest.raises(GraphError, match=message):
        find_inputs([tmp_path / given])


def test_a_name_that_is_no_utf_8_can_still_be_written_down(tmp_path: Path) -> None:
    path = tmp_path / b"\xb9\xab\xb1\xa8.txt".decode("utf-8", "surrogateescape")
    try:
        path.write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert names(tmp_path)[0].encode().endswith(b".txt")


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    files(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert names(tmp_path) == ["a.txt"]
    with pytest.raises(GraphError, match=r"b\.txt does not exist"):
        find_inputs([tmp_path / "b.txt"])


def test_a_file_of_absurd_size_is_not_looked_through(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(10**12)
    (found,) = find_inputs([tmp_path])
    assert found.sha256 == ""
    with pytest.raises(ReadError, match=r"^a\.txt: 1000000 MB is larger than any gazette"):
        read_file(found.path, found.name)


def test_names_say_nothing_to_a_terminal_and_stay_apart(tmp_path: Path) -> None:
    files(tmp_path, "a\x1b[2J\n.txt", "a\x1b[3J\n.txt", "a\x1b[2J\r.txt", "\u202etxt.exe.txt")
    assert names(tmp_path) == [
        "a\ufffd[2J\ufffd.txt",
        "a\ufffd[2J\ufffd.txt~2",
        "a\ufffd[3J\ufffd.txt",
        "\ufffdtxt.exe.txt",
    ]
