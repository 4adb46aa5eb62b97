"""``kg resolve`` lists what is in doubt, and ``kg build`` obeys what people have decided."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.build import build
from kg.cli import main
from kg.graph.folder import GraphError
from kg.graph.store import open_graph
from kg.resolve.decisions import Rulings
from kg.show.tables import rows
from tests import fake_reading
from tests.fakes import write_graph
from tests.linked import DOCUMENTS

FIRST = "澜政办〔2030〕5号 关于绿岸的通知\n市水利局：修复岸线\n市财政局：安排资金\n"
SECOND = "澜政办〔2030〕6号 关于粮食的通知\n市粮食局：收储粮食\n"
HEAD = "iri,decision,field,value,who,when,why\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("review") / "g.kg", *DOCUMENTS, rulings=Rulings())


def test_links_are_counted_by_rule(graph: Path) -> None:
    printed = run("resolve", graph).stdout

    assert "documents.number" in printed
    assert "doubtful" in printed


def test_the_list_is_printed_for_people_and_programs(graph: Path) -> None:
    table, text = run("resolve", graph, "--review"), run("resolve", graph, "--review", "--format", "json")
    listed = json.loads(text.stdout)

    assert table.stdout.count("\n") == len(listed) + 2
    assert {"iri", "decision", "question", "left_context", "right_context"} <= set(listed[0])


def test_the_list_is_a_form_for_decisions(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"

    assert run("resolve", graph, "--review", "--format", "csv", "-o", path).exit_code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *listed = list(csv.reader(file))
    assert header[:7] == HEAD.strip().split(",")
    assert all(row[1] == "" for row in listed)


def test_nothing_in_doubt_is_said(tmp_path: Path) -> None:
    path = write_graph(tmp_path / "g.kg", DOCUMENTS[0], rulings=Rulings())

    assert run("resolve", path, "--review").stdout == "Nothing is in doubt.\n"


@pytest.fixture
def gazettes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fake_reading.install(monkeypatch)
    monkeypatch.setattr("kg.build.fingerprint", lambda: "one program")
    folder = tmp_path / "gazettes"
    folder.mkdir()
    (folder / "1.txt").write_text(FIRST, encoding="utf-8")
    (folder / "2.txt").write_text(SECOND, encoding="utf-8")
    return folder


def file_of(tmp_path: Path, *decided: str) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_text(HEAD + "".join(f"{row},陈晓,2031-02-03,已核对\n" for row in decided), encoding="utf-8")
    return path


def facts(graph: Path) -> dict[str, str]:
    return {row["task"]: row["iri"] for row in rows(open_graph(graph), "assignments")}


def test_a_build_obeys_decisions_and_forgets_them_without_the_file(gazettes: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.kg"
    build([gazettes], graph)
    before = facts(graph)
    path = file_of(tmp_path, f"{before['修复岸线']},reject,,", f"{before['收储粮食']},correct,deadline,2031年")

    build([gazettes], graph, decisions=path)
    assert set(facts(graph)) == {"安排资金", "收储粮食"}
    (row,) = [row for row in rows(open_graph(graph), "assignments") if row["task"] == "收储粮食"]
    assert (row["deadline"], row["rule"], row["iri"]) == ("2031年", "decision.correct", before["收储粮食"])

    build([gazettes], graph)
    assert facts(graph) == before


def test_only_files_that_are_concerned_are_read_again(gazettes: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.kg"
    build([gazettes], graph)
    path = file_of(tmp_path, f"{facts(graph)['收储粮食']},reject,,")

    report = build([gazettes], graph, decisions=path)
    assert (report.changed, report.unchanged) == (("2.txt",), ("1.txt",))
    assert not build([gazettes], graph, decisions=path).is_new


def test_a_decision_that_does_not_fit_stops_the_build(gazettes: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.kg"
    build([gazettes], graph)
    before = facts(graph)

    with pytest.raises(GraphError, match="corrects “colour”; a fact of the kind assignment has"):
        build([gazettes], graph, decisions=file_of(tmp_path, f"{before['收储粮食']},correct,colour,红"))
    assert facts(graph) == before


def test_wrong_files_are_told_in_one_sentence(gazettes: Path, tmp_path: Path) -> None:
    result = run("build", gazettes, "--graph", tmp_path / "g.kg", "--decisions", tmp_path / "absent.csv")

    assert result.exit_code == 2
    assert "absent.csv cannot be read" in result.stderr


def test_an_own_list_of_agencies_gives_names_and_codes(gazettes: Path, tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text("name,short,code\n澜州市水利和湖泊局,市水利局,LZ-17\n", encoding="utf-8")
    graph = tmp_path / "g.kg"

    build([gazettes], graph, authority=path)
    found = open_graph(graph).select("SELECT ?name ?task { ?a org:identifier 'LZ-17' ; skos:prefLabel ?name }")
    assert [row["name"] for row in found] == ["澜州市水利和湖泊局"]
    canonical = {row["agency"]: row["canonical"] for row in rows(open_graph(graph), "assignments")}
    assert canonical["市水利局"] == "澜州市水利和湖泊局"
