"""Reports of gaps, conflicts, differences and timelines, and the forms they are written in."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.facts import Plan, Target
from kg.graph.folder import GraphError
from kg.graph.store import Graph, open_graph
from kg.graph.vocabulary import DEFAULT_BASE
from kg.show.conflicts import conflicts
from kg.show.diff import diff
from kg.show.explain import explain
from kg.show.gaps import GAPS, gaps
from kg.show.ledger import ledger, section
from kg.show.report import save, written
from kg.show.sections import Section
from kg.show.timeline import timeline
from tests.asked import (
    DOCUMENTS,
    FINANCE,
    HOUSING,
    NEW,
    NEW_PLAN,
    OLD,
    OLD_PLAN,
    SCHEME,
    SCHEME_PLAN,
    TEXT,
    WATER,
    asked_graph,
    with_links,
)
from tests.fakes import write_graph

EVIL = Section(
    "evil",
    {"zh": "甲/乙:*?", "en": "E"},
    ("task", "fact"),
    ({"task": "=1+1\x07\n，“甲”", "fact": None}, {"task": None}),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return asked_graph(tmp_path_factory.mktemp("report") / "g.kg")


def changes(compared: Section) -> list[tuple[str | None, ...]]:
    return [tuple(row[column] for column in ("change", "what", "before", "after")) for row in compared.rows]


def counts(summary: Section) -> dict[str | None, str]:
    """Gaps, and among how many, by kind."""
    return {row["what"]: f"{row['facts']} of {row['of']}" if row["of"] else row["facts"] or "" for row in summary.rows}


def test_gaps_are_counted_and_listed(graph: Graph) -> None:
    summary, plans, *sections = gaps(graph)
    assert [section.name for section in sections] == [gap.query for gap in GAPS]
    assert counts(summary) == {
        "Tasks of several bodies without a lead": "1 of 7",
        "Tasks with two leads": "1 of 7",
        "Tasks that name nobody in particular": "1 of 7",
        "Tasks without a deadline": "2 of 7",
        # those of the province's plan, which gives nobody a task, are told once
        "Targets without a task": "5 of 9",
        "Plans with targets that give nobody a task": "1",
        "Leaders removed since they were named": "3",
        "Documents that rest on a repealed one": "1",
        "Deadlines that collide in one month": "1",
    }
    assert [(row["planTitle"], row.get("without-deadline"), row.get("without-task")) for row in plans.rows] == [
        (SCHEME_PLAN, "1", "2"),
        (NEW_PLAN, "1", "1"),
        (OLD_PLAN, None, "2"),
    ]


def test_gaps_of_one_plan(graph: Graph) -> None:
    summary, _, *sections = gaps(graph, SCHEME_PLAN)
    # deadlines collide over all plans
    assert [row["facts"] for row in summary.rows] == ["1", "0", "0", "1", "2", "0", "1", "0", "1"]
    assert {row["document"] for each in sections for row in each.rows if "document" in each.columns} == {SCHEME}


def test_gaps_are_told_with_their_words_in_the_order_of_the_texts(graph: Graph) -> None:
    found = {section.name: section for section in gaps(graph)}
    (without_lead,) = found["tasks-without-lead"].rows
    assert without_lead["agencies"] == "市水利局、市财政局"
    quote = without_lead["quote"] or ""
    assert quote.startswith("编印堤岸手册（")
    assert without_lead["place"] == f"4-2030-1.txt 第{TEXT[: TEXT.index(quote)].count(chr(10)) + 1}行"
    assert [row["task"] for row in found["tasks-without-deadline"].rows] == ["清理河面垃圾", "编印堤岸手册"]


def test_standing_duties_need_no_deadline(tmp_path: Path) -> None:
    facts = [replace(fact, type="办法") if isinstance(fact, Plan) else fact for fact in DOCUMENTS[2]]
    ruled = open_graph(with_links(write_graph(tmp_path / "g.kg", facts, text=TEXT)))
    assert "tasks-without-deadline" not in {section.name for section in gaps(ruled) if section.rows}


def test_conflicts_have_both_quotes_and_places(graph: Graph) -> None:
    targets, baselines, near = conflicts(graph)
    (row,) = targets.rows
    assert (row["first"], row["quote"]) == (SCHEME, "河岸绿化率85%（2035年）")
    assert (row["second"], row["otherQuote"]) == (NEW, "河岸绿化率90%（2035年）")
    assert (row["place"] or "").startswith("4-2030-1.txt 第")
    assert (row["otherPlace"] or "").startswith("3-2030-1.txt 第")
    assert (len(baselines.rows), len(near.rows)) == (1, 1)


def test_a_later_plan_changes_adds_and_drops(graph: Graph) -> None:
    targets, tasks, agencies = diff(graph, OLD_PLAN, NEW_PLAN)
    assert changes(targets) == [
        ("changed", "河岸绿化率", "≥70%（2030年）", "≥90%（2035年）"),
        ("added", "新增绿道", None, "1.2万米（2035年）"),
        ("dropped", "码头岸电数", "5个（2030年）", None),
    ]
    assert changes(tasks)[:2] == [
        (
            "changed",
            "修复青石河岸线",
            f"时限 2028年6月底前；牵头 {WATER}",
            f"时限 2031年6月底前；牵头 {WATER}；配合 {FINANCE}",
        ),
        ("added", "检修沿河水闸", None, f"时限 2031年6月15日前；牵头 {WATER}"),
    ]
    assert changes(agencies)[0] == ("changed", WATER, "牵头1项", "牵头3项")
    assert (targets.rows[0]["beforeQuote"], targets.rows[0]["afterQuote"]) == (
        "河岸绿化率70%（2030年）",
        "河岸绿化率90%（2035年）",
    )
    assert targets.title["zh"] == f"目标 {OLD_PLAN} → {NEW_PLAN}"


def test_indicators_of_nearly_one_name_are_compared_and_left_to_a_human(tmp_path: Path) -> None:
    old = [fact for fact in DOCUMENTS[2] if not isinstance(fact, Target) or fact.indicator == "新增绿道"]
    new = [fact for fact in DOCUMENTS[3] if not isinstance(fact, Target) or fact.indicator == "累计新增绿道"]
    compared = open_graph(with_links(write_graph(tmp_path / "g.kg", old, new, text=TEXT)))
    targets, *_ = diff(compared, NEW_PLAN, SCHEME_PLAN)
    assert changes(targets) == [("alike", "新增绿道 → 累计新增绿道", "1.2万米（2035年）", "9000米（2035年）")]


def test_a_number_that_is_only_worded_otherwise_has_not_changed(tmp_path: Path) -> None:
    reached = [replace(fact, comparator="=") if isinstance(fact, Target) else fact for fact in DOCUMENTS[2]]
    again = [replace(fact, doc=OLD, comparator=">=") for fact in DOCUMENTS[2] if isinstance(fact, Target)]
    again = [replace(fact, plan=OLD_PLAN) for fact in again]
    old = [fact for fact in DOCUMENTS[1] if not isinstance(fact, Target)]
    graph = open_graph(with_links(write_graph(tmp_path / "g.kg", reached, [*old, *again], text=TEXT)))
    targets, *_ = diff(graph, OLD_PLAN, NEW_PLAN)
    assert {row["change"] for row in targets.rows} == {"kept"}


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
        ("2031-03-01", "responsible"),
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
    told = [section for name in ("周明", "市水利局", "河岸绿化率") for section in timeline(graph, name)]
    entries = section(ledger(graph), DEFAULT_BASE)
    for report in [entries, *gaps(graph)[1:], *conflicts(graph), *diff(graph, OLD_PLAN, NEW_PLAN), *told]:
        for row in report.rows:
            facts = [row[column] for column in report.columns if column.lower().endswith("fact") and row[column]]
            assert facts, report.name
            assert all(explain(graph, fact or "").evidence for fact in facts)


def test_a_printed_table_shows_some_rows_and_says_how_many_more(graph: Graph) -> None:
    text = written(gaps(graph), "table", 2)
    assert "没有任务支撑的目标 · Targets without a task (targets-without-task): 5" in text
    assert "… and 3 more" in text
    assert "… and" not in written(gaps(graph), "table", 0)


def test_csv_has_all_rows_of_all_sections_in_one_table(graph: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(written(gaps(graph), "csv"))))
    assert sum(row["report"] == "targets-without-task" for row in rows) == 5
    (alone,) = csv.DictReader(io.StringIO(written(conflicts(graph)[:1], "csv")))
    assert "report" not in alone


def test_json_has_sections_by_name(graph: Graph) -> None:
    content = json.loads(written(gaps(graph), "json"))
    assert content["deadline-pileups"]["rows"][0]["tasks"] == "3"
    assert content["summary"]["title"] == {"zh": "汇总", "en": "Summary"}


def test_a_workbook_has_a_sheet_for_each_section_and_no_formulas(graph: Graph, tmp_path: Path) -> None:
    save([*gaps(graph), EVIL], tmp_path / "gaps.xlsx")
    book = load_workbook(tmp_path / "gaps.xlsx")
    assert len(book.sheetnames) == len(GAPS) + 3
    sheet = book["甲乙"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1\n，“甲”", "s")


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_files_are_written_as_their_ending_says(graph: Graph, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"r{ending}"
    assert save(conflicts(graph), file) == 3
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") == (ending == ".csv")
    assert "河岸绿化率" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["report", "report.pdf"])
def test_another_ending_is_refused(graph: Graph, tmp_path: Path, name: str) -> None:
    with pytest.raises(GraphError, match=r"write \.xlsx, \.csv or \.json"):
        save(conflicts(graph), tmp_path / name)
