"""Building: incremental, atomic, the same bytes every time; bad input costs one sentence and nothing else."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build import Progress, Report, build, fingerprint
from kg.graph import folder as folders
from kg.graph.folder import Folder, GraphError
from kg.graph.store import open_graph
from kg.show.tables import rows
from tests import fake_reading
from tests.fake_reading import content, tasks


@pytest.fixture(autouse=True)
def _fakes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "sample" not in request.fixturenames:
        fake_reading.install(monkeypatch)
        monkeypatch.setattr("kg.build.fingerprint", lambda: "one program")


@pytest.fixture
def gazettes(tmp_path: Path) -> Path:
    return fake_reading.write_gazettes(tmp_path / "gazettes")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "policy.kg"


def changes(report: Report) -> tuple[tuple[str, ...], ...]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_build_makes_a_graph_of_exactly_the_files_given(gazettes: Path, graph: Path) -> None:
    seen: list[Progress] = []
    report = build([gazettes], graph, progress=seen.append)
    assert changes(report) == (("1.txt", "2.txt"), (), (), ())
    assert (report.documents, report.facts) == (3, {"documents": 3, "assignments": 4})
    assert seen == [Progress(1, 2, "1.txt"), Progress(2, 2, "2.txt")]
    assert tasks(graph) == [("1.txt", "修复岸线"), ("1.txt", "安排资金"), ("2.txt", "收储粮食"), ("2.txt", "修路")]


def test_building_twice_gives_the_same_bytes(gazettes: Path, tmp_path: Path) -> None:
    build([gazettes], tmp_path / "a.kg")
    build([gazettes], tmp_path / "b.kg")
    assert content(tmp_path / "a.kg") == content(tmp_path / "b.kg")


def test_the_clock_stands_in_the_manifest_alone(gazettes: Path, graph: Path) -> None:
    report = build([gazettes], graph)
    year = json.loads((graph / "manifest.json").read_text(encoding="utf-8"))["built"][:5]
    assert not [name for name, data in content(graph).items() if year.encode() in data]
    assert report.is_new


def test_unchanged_files_do_nothing(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    before = (graph / "manifest.json").stat()
    seen: list[Progress] = []
    report = build([gazettes], graph, progress=seen.append)
    assert changes(report) == ((), (), (), ("1.txt", "2.txt"))
    assert not report.is_new
    assert (graph / "manifest.json").stat() == before
    assert seen == []


def test_a_changed_file_replaces_its_documents(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    (gazettes / "2.txt").write_text("澜政办〔2030〕6号 关于粮食的通知\n市粮食局：检查粮仓\n", encoding="utf-8")
    report = build([gazettes], graph)
    assert changes(report) == ((), ("2.txt",), (), ("1.txt",))
    assert tasks(graph) == [("1.txt", "修复岸线"), ("1.txt", "安排资金"), ("2.txt", "检查粮仓")]


def test_a_removed_file_takes_its_documents_along(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    (gazettes / "1.txt").unlink()
    report = build([gazettes], graph)
    assert changes(report) == ((), (), ("1.txt",), ("2.txt",))
    assert tasks(graph) == [("2.txt", "收储粮食"), ("2.txt", "修路")]


def test_an_added_file_gives_the_same_bytes_as_a_whole_build(gazettes: Path, tmp_path: Path) -> None:
    build([gazettes / "1.txt"], tmp_path / "steps.kg")
    build([gazettes], tmp_path / "steps.kg")
    build([gazettes], tmp_path / "whole.kg")
    assert content(tmp_path / "steps.kg") == content(tmp_path / "whole.kg")


def test_nothing_unreferenced_is_left(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    (gazettes / "2.txt").write_text("澜政办〔2030〕8号 关于水的通知\n市水利局：节水\n", encoding="utf-8")
    (graph / "graphs" / ".half-written.nq.123").write_bytes(b"<")
    build([gazettes], graph)
    manifest = Folder(graph).read()
    wanted = {f"graphs/{entry.file}" for entry in manifest.graphs} | {f"sources/{file.text}" for file in manifest.files}
    assert set(content(graph)) == wanted


def test_another_base_makes_another_graph(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    report = build([gazettes], graph, base="https://data.example/")
    assert report.changed == ("1.txt", "2.txt")
    assert {row["iri"].split("/")[2] for row in rows(open_graph(graph), "documents")} == {"data.example"}


@pytest.mark.parametrize("base", ["", "data", "https://data.example", "https://data.example/<a>/"])
def test_a_base_that_makes_no_iris_is_refused(gazettes: Path, graph: Path, base: str) -> None:
    with pytest.raises(GraphError, match="cannot begin IRIs"):
        build([gazettes], graph, base=base)
    assert not graph.exists()


def test_a_new_program_reads_everything_again(gazettes: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([gazettes], graph)
    monkeypatch.setattr("kg.build.fingerprint", lambda: "another")
    seen: list[Progress] = []
    build([gazettes], graph, progress=seen.append)
    assert len(seen) == 2


def test_the_fingerprint_follows_the_ontology_and_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    one = fingerprint()
    assert fingerprint() == one
    monkeypatch.setattr("kg.__version__", "99.0")
    another = fingerprint()
    (tmp_path / "policy.ttl").write_text("# changed", encoding="utf-8")
    monkeypatch.setattr("kg.build.ontology_folder", lambda: tmp_path)
    assert len({one, another, fingerprint()}) == 3


def test_a_copy_with_missing_files_is_mended(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    before = content(graph)
    for path in (graph / "graphs").iterdir():
        path.unlink()
    build([gazettes], graph)
    assert content(graph) == before


def test_a_copy_of_a_file_is_named_and_left_out(gazettes: Path, graph: Path) -> None:
    shutil.copy(gazettes / "1.txt", gazettes / "copy.txt")
    report = build([gazettes], graph)
    assert [problem.message for problem in report.problems] == ["copy.txt: a copy of 1.txt, left out."]
    assert len(tasks(graph)) == 4


def test_the_graph_knows_its_files_and_versions(gazettes: Path, graph: Path) -> None:
    (gazettes / "empty.txt").write_text("", encoding="utf-8")
    build([gazettes], graph)
    found = open_graph(graph).select(
        """SELECT ?program ?version ?file ?problem WHERE {
            ?build a prov:Activity ; prov:wasAssociatedWith ?agent ; prov:used ?source .
            ?agent rdfs:label ?program ; schema:softwareVersion ?version .
            ?source gz:fileName ?file ; gz:sha256 ?hash
            OPTIONAL { ?source gz:problem ?problem }
        } ORDER BY ?file"""
    )
    assert [(row["program"], row["file"], bool(row["problem"])) for row in found] == [
        ("policy-kg", "1.txt", False),
        ("policy-kg", "2.txt", False),
        ("policy-kg", "empty.txt", True),
    ]


# ── Bad input: one sentence, and the graph is as it was ──────────────────────────────────────────────────────────────


def _write(name: str, data: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return write


BAD_INPUTS: list[tuple[str, Callable[[Path], Path], str]] = [
    ("empty file", _write("empty.txt", b""), "empty"),
    ("binary file", _write("picture.txt", bytes(range(256)) * 50), "not a text"),
    ("50 MB text", _write("big.txt", "民".encode() * 17_000_000), "larger than any gazette"),
    ("no document in it", _write("poem.txt", "床前明月光".encode()), "no document was recognised"),
    ("missing path", lambda folder: folder / "missing.txt", "does not exist"),
    ("crash of the program", _write("bug.txt", "澜政办〔2030〕9号 甲\n!\n".encode()), "please report"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in BAD_INPUTS], ids=[row[0] for row in BAD_INPUTS])
def test_a_bad_file_given_by_name_is_refused(
    gazettes: Path, graph: Path, tmp_path: Path, make: Callable[[Path], Path], message: str
) -> None:
    build([gazettes], graph)
    before = content(graph), (graph / "manifest.json").read_bytes()
    with pytest.raises(GraphError) as error:
        build([gazettes, make(tmp_path)], graph)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert (content(graph), (graph / "manifest.json").read_bytes()) == before


@pytest.mark.parametrize(
    ("make", "message"),
    [row[1:] for row in BAD_INPUTS if row[0] != "missing path"],
    ids=[row[0] for row in BAD_INPUTS if row[0] != "missing path"],
)
def test_a_bad_file_in_a_folder_is_named_and_the_rest_is_built(
    gazettes: Path, graph: Path, make: Callable[[Path], Path], message: str
) -> None:
    bad = make(gazettes)
    report = build([gazettes], graph)
    assert [problem.file for problem in report.problems] == [bad.name]
    assert message in report.problems[0].message
    assert len(tasks(graph)) == 4
    again = build([gazettes], graph)
    assert (again.is_new, again.problems) == (False, report.problems)


def test_a_folder_with_bad_files_only_is_refused(tmp_path: Path, graph: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    for name in ("1.txt", "2.txt"):
        (folder / name).write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match="nothing can be read"):
        build([folder], graph)


def test_a_folder_without_gazettes_is_refused(tmp_path: Path, graph: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(GraphError, match="holds no gazettes"):
        build([tmp_path / "photos"], graph)
    assert not graph.exists()


def test_nothing_to_build_from_is_refused(graph: Path) -> None:
    with pytest.raises(GraphError, match="nothing to build from"):
        build([], graph)


def test_a_build_that_fails_leaves_no_new_folder(tmp_path: Path, graph: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(GraphError):
        build([tmp_path / "empty.txt"], graph)
    assert not graph.exists()


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ('{"format": "another program"}', "belongs to another program"),
        ("[1, 2]", "belongs to another program"),
        ("{", "is damaged"),
        ('{"format": "policy-kg graph", "format_version": 1}', "is damaged"),
        ('{"format": "policy-kg graph", "format_version": 99}', "graph format 99"),
    ],
)
def test_a_folder_that_this_program_cannot_read_is_refused(
    gazettes: Path, graph: Path, manifest: str, message: str
) -> None:
    graph.mkdir()
    (graph / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(GraphError, match=message):
        build([gazettes], graph)
    assert (graph / "manifest.json").read_text(encoding="utf-8") == manifest
    with pytest.raises(GraphError, match=message):
        open_graph(graph)


def test_a_folder_with_other_things_is_not_taken_for_a_graph(gazettes: Path, graph: Path) -> None:
    graph.mkdir()
    (graph / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(GraphError, match="other things in it"):
        build([gazettes], graph)
    assert [path.name for path in graph.iterdir()] == ["thesis.docx"]


def test_a_file_is_not_taken_for_a_graph(gazettes: Path, graph: Path) -> None:
    graph.write_text("a file", encoding="utf-8")
    with pytest.raises(GraphError, match="is a file"):
        build([gazettes], graph)


def test_two_builds_at_once_are_refused(gazettes: Path, graph: Path) -> None:
    build([gazettes], graph)
    folder = Folder(graph)
    with folder.writing(folder.read()), pytest.raises(GraphError, match="another build is writing"):
        build([gazettes], graph)
    build([gazettes], graph)


def test_a_full_disk_is_said_and_leaves_the_graph_as_it_was(
    gazettes: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([gazettes / "1.txt"], graph)
    before = content(graph)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write", full)
    with pytest.raises(GraphError, match="No space left on device"):
        build([gazettes], graph)
    assert content(graph) == before
    assert len(tasks(graph)) == 2


# ── Crashes: a reader sees the old graph or the new one ──────────────────────────────────────────────────────────────


def _killed_at(step: int, gazettes: Path, graph: Path) -> bool:
    """Build in a child that is killed at its n-th change of the file system; whether it lived to be killed."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(function: Callable[..., object]) -> Callable[..., object]:
            def run(*args: object, **kwargs: object) -> object:
                nonlocal count
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*args, **kwargs)

            return run

        for name in ("replace", "unlink", "mkdir", "open"):
            setattr(Path, name, counted(getattr(Path, name)))
        build([gazettes], graph)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_build_killed_at_any_step_leaves_the_old_graph_or_the_new_one(
    gazettes: Path, graph: Path, tmp_path: Path
) -> None:
    build([gazettes / "1.txt"], graph)
    old = tasks(graph)
    whole = tmp_path / "whole.kg"
    build([gazettes], whole)
    new = tasks(whole)
    step, seen = 0, set()
    while True:
        step += 1
        copy = tmp_path / f"{step}.kg"
        shutil.copytree(graph, copy)
        if not _killed_at(step, gazettes, copy):
            break
        found = tasks(copy)
        assert found in (old, new), f"killed at step {step}"
        seen.add(len(found))
        build([gazettes], copy)
        assert content(copy) == content(whole), f"killed at step {step}"
        shutil.rmtree(copy)
    assert step > 20
    assert seen == {len(old), len(new)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_first_build_killed_at_any_step_can_be_done_again(gazettes: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.kg"
    build([gazettes], whole)
    step = 0
    while True:
        step += 1
        graph = tmp_path / f"{step}.kg"
        if not _killed_at(step, gazettes, graph):
            break
        if (graph / "manifest.json").exists():
            assert tasks(graph) in ([], tasks(whole))
        build([gazettes], graph)
        assert content(graph) == content(whole), f"killed at step {step}"
        shutil.rmtree(graph)
    assert step > 20


# ── The real rooms, on the sample that ships ─────────────────────────────────────────────────────────────────────────


def test_an_unchanged_build_imports_nothing_heavy(sample: Path, sample_graph: Path) -> None:
    script = (
        "import sys; from kg.build import build; report = build([sys.argv[1]], sys.argv[2]); "
        "print(report.is_new, [name for name in ('spacy', 'numpy', 'rdflib', 'networkx') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script, str(sample), str(sample_graph)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    assert done.stdout.strip() == "False []"


@pytest.mark.slow
def test_two_workers_give_the_same_bytes_as_one(sample: Path, sample_graph: Path, tmp_path: Path) -> None:
    report = build([sample], tmp_path / "two.kg", workers=2)
    assert report.is_new
    assert content(tmp_path / "two.kg") == content(sample_graph)


@pytest.mark.slow
def test_a_build_killed_at_random_moments_leaves_a_graph_that_answers(
    sample: Path, sample_graph: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "killed.kg"
    shutil.copytree(sample_graph, copy)
    before = content(copy)
    # Another base: every file is read and every graph written again
    script = "import sys; from kg.build import build; build([sys.argv[1]], sys.argv[2], base='https://data.example/')"
    command = [sys.executable, "-c", script, str(sample), str(copy)]
    moments = random.Random(7)
    for _ in range(4):
        process = subprocess.Popen(command, cwd=Path(__file__).parent.parent)
        time.sleep(moments.uniform(0.2, 2.5))
        process.kill()
        process.wait()
        assert rows(open_graph(copy), "assignments")
    build([sample], copy)
    assert content(copy) == before
