"""Faults of machines and hands: a full or read-only disk, a copy cut off, clocks set back, formats of other versions.

Nothing is lost: the graph is as it was or says what to do, and the next build mends it.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.build import build
from kg.graph.folder import FORMAT_VERSION, GraphError
from kg.graph.store import open_graph
from tests import fake_reading
from tests.fake_reading import FIRST, content, tasks


@pytest.fixture(autouse=True)
def _fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_reading.install(monkeypatch)
    monkeypatch.setattr("kg.build.fingerprint", lambda: "one program")


@pytest.fixture
def gazettes(tmp_path: Path) -> Path:
    return fake_reading.write_gazettes(tmp_path / "gazettes")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "policy.kg"


def in_child(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> str:
    """Run something in a child process, after ``before``; gives the sentence with which it failed, or nothing."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            before()
            work()
            said = ""
        except GraphError as error:
            said = str(error)
        except BaseException as error:
            said = f"not a sentence: {error!r}"
        os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


# ── A full disk ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _full_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the n-th change of the file system on there is no room: nothing can be opened to write, made or synced."""
    count = 0

    def counted(function: Callable[..., object], counts: Callable[..., bool]) -> Callable[..., object]:
        def run(*args: object, **kwargs: object) -> object:
            nonlocal count
            if counts(*args, **kwargs):
                count += 1
                if count >= step:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return function(*args, **kwargs)

        return run

    def opens_to_write(path: Path, mode: str = "r", *args: object, **kwargs: object) -> bool:
        return "r" not in mode

    monkeypatch.setattr(Path, "open", counted(Path.open, opens_to_write))
    monkeypatch.setattr(Path, "mkdir", counted(Path.mkdir, lambda *args, **kwargs: True))
    monkeypatch.setattr(Path, "replace", counted(Path.replace, lambda *args: True))
    monkeypatch.setattr(os, "fsync", counted(os.fsync, lambda *args: True))


def _said(work: Callable[[], object], step: int) -> str:
    """The sentence with which work fails on a disk that is full from the n-th step on; nothing if it does not."""
    with pytest.MonkeyPatch.context() as patch:
        _full_at(step, patch)
        try:
            work()
        except GraphError as error:
            return str(error)
    return ""


@pytest.mark.parametrize("first", [True, False], ids=["a first build", "a later build"])
def test_a_disk_that_is_full_at_any_step_costs_a_sentence_and_nothing_else(
    gazettes: Path, tmp_path: Path, first: bool
) -> None:
    whole = tmp_path / "whole.kg"
    build([gazettes], whole)
    step = 0
    while True:
        step += 1
        graph = tmp_path / f"{step}.kg"
        if not first:
            build([gazettes / "1.txt"], graph)
        said = _said(partial(build, [gazettes], graph), step)
        if not said:
            break
        assert "No space left on device" in said
        if not first:
            assert tasks(graph) in ([("1.txt", "修复岸线"), ("1.txt", "安排资金")], tasks(whole)), f"full at {step}"
        build([gazettes], graph)
        assert content(graph) == content(whole), f"full at step {step}"
    assert step > 15


def test_a_file_that_stops_in_the_middle_is_said_and_leaves_the_graph_as_it_was(gazettes: Path, graph: Path) -> None:
    build([gazettes / "1.txt"], graph)
    before = content(graph), (graph / "manifest.json").read_bytes()

    def small_files() -> None:
        # The kernel ends every file at this size, as a full disk would
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))

    said = in_child(lambda: build([gazettes], graph), small_files)
    assert "cannot be written (File too large); the graph is as it was." in said
    assert (content(graph), (graph / "manifest.json").read_bytes()) == before


# ── A folder that cannot be written ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def foreign(gazettes: Path) -> Iterator[Path]:
    """A graph that belongs to somebody else, in a place that everybody may read."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    build([gazettes / "1.txt"], place / "policy.kg")
    shutil.copytree(gazettes, place / "gazettes")
    for path in place.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield place
    for path in (place, *place.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(place)


def _nobody() -> None:
    """Nobody may write what is read-only; root may, and so becomes somebody else."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def test_a_read_only_graph_is_read_and_not_built(foreign: Path) -> None:
    graph = foreign / "policy.kg"
    before = content(graph)
    said = in_child(lambda: build([foreign / "gazettes"], graph), _nobody)
    assert said.endswith("policy.kg cannot be written (Permission denied); the graph is as it was.")
    assert in_child(lambda: tasks(graph) or 1 / 0, _nobody) == ""
    assert content(graph) == before


def test_a_new_graph_in_a_read_only_place_is_refused(foreign: Path) -> None:
    (foreign / "gazettes").chmod(0o555)
    said = in_child(lambda: build([foreign / "gazettes"], foreign / "gazettes" / "new.kg"), _nobody)
    assert said.endswith("new.kg cannot be written (Permission denied); choose another folder.")


# ── A copy that was cut off ──────────────────────────────────────────────────────────────────────────────────────────


def _read_all(graph: Path) -> None:
    opened = open_graph(graph)
    for file in opened.manifest.files:
        opened.text(file.name)


@pytest.mark.parametrize("left", [None, 0.0, 0.5, "a line less"], ids=["missing", "empty", "half", "a line less"])
def test_a_copy_without_a_part_is_never_taken_for_whole_and_the_next_build_mends_it(
    gazettes: Path, tmp_path: Path, left: float | str | None
) -> None:
    whole = tmp_path / "whole.kg"
    build([gazettes], whole)
    for name in content(whole):
        copy = tmp_path / "copy.kg"
        shutil.copytree(whole, copy)
        path = copy / name
        data = path.read_bytes()
        if left is None:
            path.unlink()
        else:
            path.write_bytes(
                data[: data.rstrip(b"\n").rfind(b"\n") + 1 if left == "a line less" else int(left * len(data))]
            )
        with pytest.raises(GraphError, match=r"build the graph again"):
            _read_all(copy)
        build([gazettes], copy)
        assert content(copy) == content(whole), name
        shutil.rmtree(copy)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_manifest_that_was_cut_off_is_named_with_what_to_do(gazettes: Path, graph: Path, share: float) -> None:
    build([gazettes], graph)
    manifest = graph / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[: int(share * manifest.stat().st_size)])
    for attempt in (lambda: open_graph(graph), lambda: build([gazettes], graph)):
        with pytest.raises(GraphError, match=r"is damaged .*build the graph again into a new folder"):
            attempt()


def test_a_copy_without_a_manifest_is_built_again(gazettes: Path, graph: Path, tmp_path: Path) -> None:
    build([gazettes], graph)
    before = content(graph)
    (graph / "manifest.json").unlink()
    with pytest.raises(GraphError, match="is not a graph; make one with"):
        open_graph(graph)
    build([gazettes], graph)
    assert content(graph) == before


def test_an_index_that_was_copied_in_part_is_made_again(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    expected = open_graph(graph, memory_limit=0).select(query)
    (index,) = (graph / "index").iterdir()
    for name in sorted(path.name for path in index.iterdir() if path.name not in ("LOCK", "LOG")):
        (index / name).write_bytes(b"")
        assert open_graph(graph, memory_limit=0).select(query) == expected, name
    shutil.rmtree(index)
    index.mkdir()
    assert open_graph(graph, memory_limit=0).select(query) == expected


# ── Clocks, other builds, other versions, endless files ──────────────────────────────────────────────────────────────


def test_a_clock_set_back_changes_nothing(gazettes: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([gazettes], graph)
    before = content(graph)
    monkeypatch.setattr("kg.build._now", lambda: "1999-01-01T00:00:00+00:00")
    assert not build([gazettes], graph).is_new
    # As long as before, and older: only its content tells that it is another
    (gazettes / "1.txt").write_text(FIRST.replace("修复", "清理"), encoding="utf-8")
    os.utime(gazettes / "1.txt", (0, 0))
    assert build([gazettes], graph).changed == ("1.txt",)
    assert ("1.txt", "清理岸线") in tasks(graph)
    (gazettes / "1.txt").write_text(FIRST, encoding="utf-8")
    monkeypatch.undo()
    fake_reading.install(monkeypatch)
    monkeypatch.setattr("kg.build.fingerprint", lambda: "one program")
    build([gazettes], graph)
    assert content(graph) == before


def test_of_many_builds_at_once_one_works_and_the_others_say_so(gazettes: Path, graph: Path) -> None:
    script = "import sys; from kg.cli import main; main()"
    command = [sys.executable, "-c", script, "build", str(gazettes), "--graph", str(graph)]
    # The gazettes of the fakes are no documents to the real rooms
    (gazettes / "1.txt").write_text(
        "栖澜市人民政府关于改造供水设施的通知\n\n各县、区人民政府：\n\n请组织实施。\n", encoding="utf-8"
    )
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate(timeout=120)[1] for process in started]
    codes = [process.returncode for process in started]
    assert codes.count(0) + codes.count(1) >= 1
    assert all("another build is writing" in words for words, code in zip(said, codes, strict=True) if code == 2)
    assert "Traceback" not in "".join(said)
    assert open_graph(graph).manifest.files


def test_a_graph_of_format_1_is_read_and_brought_to_the_present_one(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    before = content(graph)
    path = graph / "manifest.json"
    old = json.loads(path.read_text(encoding="utf-8")) | {"format_version": 1}
    for file in old["files"]:
        del file["text_size"]
        for entry in (file["graph"], *(document["graph"] for document in file["documents"])):
            del entry["size"]
    for entry in old["shared"]:
        del entry["size"]
    path.write_text(json.dumps(old), encoding="utf-8")
    assert len(tasks(graph)) == 4
    assert build([gazettes], graph).is_new
    assert json.loads(path.read_text(encoding="utf-8"))["format_version"] == FORMAT_VERSION == 2
    assert content(graph) == before


def test_a_file_that_takes_too_long_is_named_and_the_rest_is_built(
    gazettes: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.extract import extract  # the fake

    def endless(document: object) -> object:
        while "2.txt" in str(document):
            try:
                time.sleep(0.01)
            except Exception:  # a reader that takes every error for a damaged file
                return []
        return extract(document)

    monkeypatch.setattr("kg.extract.extract", endless)
    monkeypatch.setattr("kg.build.FILE_SECONDS", 0.3)
    report = build([gazettes], graph)
    assert [problem.message for problem in report.problems] == [
        "2.txt: it took longer than 0.3 s; split it into one file per issue."
    ]
    assert len(tasks(graph)) == 2


def test_files_that_cannot_be_read_stand_in_the_provenance_each_by_itself(
    gazettes: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.inputs._sha256", lambda path: "" if path.name in ("3.txt", "4.txt") else path.name)
    for name in ("3.txt", "4.txt"):
        (gazettes / name).write_text("", encoding="utf-8")
    build([gazettes], graph)
    found = open_graph(graph).select(
        "SELECT ?file ?problem { ?s gz:fileName ?file ; gz:problem ?problem } ORDER BY ?file"
    )
    assert [(row["file"], (row["problem"] or "")[:6]) for row in found] == [("3.txt", "3.txt:"), ("4.txt", "4.txt:")]


@pytest.mark.parametrize("name", ["../../secret.txt", "/etc/passwd", "x.nq", "", 7])
def test_a_manifest_that_names_files_elsewhere_is_refused(gazettes: Path, graph: Path, name: object) -> None:
    build([gazettes], graph)
    (graph.parent / "secret.txt").write_text("secret", encoding="utf-8")
    path = graph / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for part in (manifest["files"][0], manifest["shared"][0]):
        kept = dict(part)
        part["text" if "text" in part else "file"] = name
        path.write_text(json.dumps(manifest), encoding="utf-8")
        with pytest.raises(GraphError, match=r"is damaged .*build the graph again into a new folder"):
            open_graph(graph)
        part.update(kept)
