"""Reports of gaps, conflicts, differences and timelines, and the forms they are written in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.show.conflicts import conflicts
from kg.show.diff import diff
from kg.show.explain import explain
from kg.show.gaps import GAPS, gaps
from kg.show.report import Section, save, written
from kg.show.timeline import timeline
from tests.asked import HOUSING, NEW, NEW_PLAN, OLD_PLAN, SCHEME, SCHEME_PLAN, WATER, asked_graph

EVIL = Section(
    "evil",
    {"zh": "甲/乙:*?", "en": "E"},
    ("task", "fact"),
    ({"task": "=1+1\x07\n，“甲”", "fact": None}, {"task": None}),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return asked_graph(tmp_path_factory.mktemp("report") / "g.kg")


def changes(section: Section) -> list[tuple[str | None, ...]]:
    return [tuple(row[column] for column in ("change", "what", "before", "after")) for row in section.rows]


def test_gaps_are_counted_and_listed(graph: Graph) -> None:
    summary, *sections = gaps(graph)
    assert tuple(section.name for section in sections) == GAPS
    assert [row["facts"] for row in summary.rows] == ["2", "1", "1", "1", "6", "3", "1", "1"]


def test_gaps_of_one_plan(graph: Graph) -> None:
    summary, *sections = gaps(graph, SCHEME_PLAN)
    # without a lead, target without a task, member removed since; deadlines collide over all plans
    assert [row["facts"] for row in summary.rows] == ["1", "0", "0", "0", "1", "1", "0", "1"]
    assert {row["document"] for each in sections for row in each.rows if "document" in each.columns} == {SCHEME}


def test_conflicts_have_both_quotes(graph: Graph) -> None:
    targets, baselines = conflicts(graph)
    (row,) = targets.rows
    assert (row["first"], row["quote"]) == (SCHEME, "河岸绿化率85%（2035年）")
    assert (row["second"], row["otherQuote"]) == (NEW, "河岸绿化率90%（2035年）")
    assert len(baselines.rows) == 1


def test_a_later_plan_changes_adds_and_drops(graph: Graph) -> None:
    targets, tasks, agencies = diff(graph, OLD_PLAN, NEW_PLAN)
    assert changes(targets) == [
        ("changed", "河岸绿化率", "≥70%（2030年）", "≥90%（2035年）"),
        ("added", "新增绿道", None, "1.2万米（2035年）"),
        ("dropped", "码头岸电数", "5个（2030年）", None),
    ]
    assert changes(tasks)[:2] == [
        ("changed", "修复青石河岸线", f"时限 2028年6月底前；牵头 {WATER}", f"时限 2031年6月底前；牵头 {WATER}"),
        ("added", "检修沿河水闸", None, f"时限 2031年6月15日前；牵头 {WATER}"),
    ]
    assert changes(agencies)[0] == ("changed", WATER, "牵头1项", "牵头3项")


def test_two_plans_in_the_other_order_drop_what_was_added(graph: Graph) -> None:
    targets, _, agencies = diff(graph, SCHEME_PLAN, OLD_PLAN)
    assert ("dropped", "新增绿道", "12000米（2035年）", None) in changes(targets)
    assert ("dropped", HOUSING, "责任1项", None) in changes(agencies)


@pytest.mark.parametrize("names", [(OLD_PLAN, OLD_PLAN), (OLD_PLAN, "无此规划")])
def test_two_known_plans_are_needed(graph: Graph, names: tuple[str, str]) -> None:
    with pytest.raises(GraphError, match=r"are the same plan|no plan in the graph"):
        diff(graph, *names)


def test_the_timeline_of_a_person_has_posts_and_their_ends(graph: Graph) -> None:
    events, posts = timeline(graph, "周明")
    assert [row["kind"] for row in events.rows] == ["leader", "leader", "leader", "member", "remove"]
    assert [(row["post"], row["name"], row["removed"]) for row in posts.rows] == [("局长", WATER, "2031-05-01")]


def test_the_timeline_of_an_agency_has_tasks_and_appointments(graph: Graph) -> None:
    (events,) = timeline(graph, "市水利局")
    assert [(row["date"], row["kind"]) for row in events.rows] == [
        ("2026-02-01", "lead"),
        *[("2031-01-20", "lead")] * 3,
        ("2031-05-01", "remove"),
    ]


def test_the_timeline_of_an_indicator_has_baselines_and_targets(graph: Graph) -> None:
    (events,) = timeline(graph, "河岸绿化率")
    assert [(row["year"], row["kind"]) for row in events.rows] == [("2030", "baseline")] * 2 + [("2030", "target")] + [
        ("2035", "target")
    ] * 3


def test_a_timeline_of_nobody(graph: Graph) -> None:
    with pytest.raises(
        GraphError, match="no agency, person or indicator in the graph is called 市水力局; near it: 市水利局"
    ):
        timeline(graph, "市水力局")


def test_every_row_leads_to_facts_that_can_be_explained(graph: Graph) -> None:
    reports = [*gaps(graph)[1:], *conflicts(graph), *diff(graph, OLD_PLAN, NEW_PLAN), *timeline(graph, "周明")]
    for report in reports:
        for row in report.rows:
            facts = [row[column] for column in report.columns if column.lower().endswith("fact") and row[column]]
            assert facts, report.name
            assert all(explain(graph, fact or "").evidence for fact in facts)


def test_a_printed_table_shows_some_rows_and_says_how_many_more(graph: Graph) -> None:
    text = written(gaps(graph), "table", 2)
    assert "没有任务支撑的目标 · Targets without a task (targets-without-task): 6" in text
    assert "… and 4 more" in text
    assert "… and" not in written(gaps(graph), "table", 0)


def test_csv_has_all_rows_of_all_sections_in_one_table(graph: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(written(gaps(graph), "csv"))))
    assert sum(row["report"] == "targets-without-task" for row in rows) == 6
    (alone,) = csv.DictReader(io.StringIO(written(conflicts(graph)[:1], "csv")))
    assert "report" not in alone


def test_json_has_sections_by_name(graph: Graph) -> None:
    content = json.loads(written(gaps(graph), "json"))
    assert content["deadline-pileups"]["rows"][0]["tasks"] == "3"
    assert content["summary"]["title"] == {"zh": "汇总", "en": "Summary"}


def test_a_workbook_has_a_sheet_for_each_section_and_no_formulas(graph: Graph, tmp_path: Path) -> None:
    save([*gaps(graph), EVIL], tmp_path / "gaps.xlsx")
    book = load_workbook(tmp_path / "gaps.xlsx")
    assert len(book.sheetnames) == len(GAPS) + 2
    sheet = book["甲乙"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1\n，“甲”", "s")


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_files_are_written_as_their_ending_says(graph: Graph, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"r{ending}"
    assert save(conflicts(graph), file) == 2
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") == (ending == ".csv")
    assert "河岸绿化率" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["report", "report.pdf"])
def test_another_ending_is_refused(graph: Graph, tmp_path: Path, name: str) -> None:
    with pytest.raises(GraphError, match=r"write \.xlsx, \.csv or \.json"):
        save(conflicts(graph), tmp_path / name)
