"""The reports on the command line: what they print, write and refuse, on the sample gazettes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from openpyxl import load_workbook

from kg.cli import main
from kg.graph.store import open_graph


def run(*arguments: object) -> Result:
    """What ``kg`` with these arguments does; errors of the program itself pass through."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def plans(graph: Path) -> list[str]:
    rows = csv.DictReader(io.StringIO(run("query", graph, "binding-share", "--format", "csv").stdout))
    return [row["planTitle"] for row in rows]


def test_a_ledger_of_all_tasks_on_the_screen(sample_graph: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("ledger", sample_graph, "--format", "csv").stdout)))
    assert len(rows) > 100
    assert all(row["task"] and row["quote"] and row["place"] and row["fact"] for row in rows)
    assert any(row["due"] for row in rows)


def test_a_ledger_as_workbook_and_calendar(sample_graph: Path, tmp_path: Path) -> None:
    book, calendar = tmp_path / "ledger.xlsx", tmp_path / "deadlines.ics"
    assert run("ledger", sample_graph, "--year", "2031", "-o", book).exit_code == 0
    assert run("ledger", sample_graph, "--year", "2031", "-o", calendar).exit_code == 0
    assert load_workbook(book).active.max_row > 100
    assert Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")


def test_gaps_and_conflicts(sample_graph: Path) -> None:
    gaps = json.loads(run("gaps", sample_graph, "--format", "json").stdout)
    counts = {row["what"]: int(row["facts"]) for row in gaps["summary"]["rows"]}
    assert counts["Tasks of several bodies without a lead"] == len(gaps["tasks-without-lead"]["rows"]) > 0
    assert "Targets that disagree" in run("conflicts", sample_graph).stdout


def test_two_plans_and_a_timeline(sample_graph: Path) -> None:
    first, second, *_ = plans(sample_graph)
    compared = json.loads(run("diff", sample_graph, first, second, "--format", "json").stdout)
    assert {row["change"] for row in compared["targets"]["rows"]} >= {"added", "dropped"}
    assert "Timeline of 市财政局" in run("timeline", sample_graph, "市财政局").stdout


def test_an_answer_s_evidence_as_csv_and_turtle(sample_graph: Path) -> None:
    asked = ("query", sample_graph, "binding-targets")
    answer = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--evidence", "--format", "csv").stdout)))
    assert {row["fact"] for row in rows} == {row["fact"] for row in answer}
    assert all(row["kind"] == "Target" and row["rule"] and float(row["confidence"]) > 0 for row in rows)
    graph = open_graph(sample_graph)
    for row in rows:
        assert graph.text(row["file"])[int(row["start"]) : int(row["end"])].split() == row["quote"].split()
    statements = {
        (triple.subject.value, triple.predicate.value.rpartition("#")[2])
        for triple in ox.parse(run(*asked, "--evidence", "--format", "ttl").stdout, format=ox.RdfFormat.TURTLE)
        if isinstance(triple.subject, ox.NamedNode)
    }
    assert {(row["fact"], "confidence") for row in answer} <= statements
    assert {name for _, name in statements} >= {"exact", "start", "evidence", "rule"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ledger", "--agency", "无此机构"], "no agency in the graph is called 无此机构"),
        (["ledger", "--year", "今年"], "今年 is not a year"),
        (["ledger", "-o", "ledger.pdf"], "write .xlsx, .csv or .json"),
        (["gaps", "--plan", "无此规划"], "no plan in the graph is called 无此规划"),
        (["diff", "无此规划", "无此规划"], "no plan in the graph is called 无此规划"),
        (["query", "ASK { ?s ?p ?o }", "--evidence"], "only the rows of a SELECT query name facts"),
        (["timeline", "无此人"], "no agency, person or indicator in the graph is called 无此人"),
    ],
)
def test_wrong_names_are_told_in_one_sentence(sample_graph: Path, arguments: list[str], words: str) -> None:
    name, *rest = arguments
    result = run(name, sample_graph, *rest)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
