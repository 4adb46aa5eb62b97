"""The inspection ledger: its rows, its workbook, its calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.graph.vocabulary import DEFAULT_BASE
from kg.show.calendars import write_calendar
from kg.show.explain import explain
from kg.show.ledger import COLUMNS, ledger, section
from kg.show.report import save
from tests.asked import NEW, NEW_PLAN, OLD, SCHEME, TEXT, asked_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return asked_graph(tmp_path_factory.mktemp("ledger") / "g.kg")


def tasks(graph: Graph, **chosen: str) -> list[tuple[str, str]]:
    return [(entry.document, entry.task) for entry in ledger(graph, **chosen)]


def test_a_task_is_one_row_with_all_that_is_said_of_it(graph: Graph) -> None:
    entry = next(entry for entry in ledger(graph, plan=NEW_PLAN) if entry.task == "修复青石河岸线")
    assert entry.agencies == {"lead": ("市水利局",), "cooperating": ("市财政局",)}
    assert (entry.plan, entry.document, entry.date) == (NEW_PLAN, NEW, "2031-01-20")
    assert entry.targets == ("河岸绿化率 ≥90%（2035年）",)
    assert (entry.leaders, entry.deadlines, entry.due) == (("周明",), ("2031年6月底前",), "2031-06-30")
    assert entry.place.quote == "修复青石河岸线（lead：市水利局）市水利局修复青石河岸线（cooperating：市财政局）"
    assert "".join(TEXT[entry.place.start : entry.place.end].split()) == entry.place.quote
    assert entry.place.line == TEXT[: entry.place.start].count("\n") + 1
    assert explain(graph, entry.fact).fields["task"] == entry.task


def test_tasks_of_an_agency_by_any_of_its_names_with_its_own_roles(graph: Graph) -> None:
    assert tasks(graph, agency="市水利局") == tasks(graph, agency="澜州市水利局")
    assert {document for document, _ in tasks(graph, agency="市水利局")} == {OLD, NEW, SCHEME}
    entry, _ = ledger(graph, agency="市财政局")
    assert (entry.own, entry.agencies["lead"]) == (("配合",), ("市水利局",))


def test_tasks_of_a_plan_a_year_or_all(graph: Graph) -> None:
    assert {document for document, _ in tasks(graph, plan=NEW_PLAN)} == {NEW}
    assert tasks(graph, year="2026") == [(OLD, "修复青石河岸线")]
    assert len(tasks(graph)) == 7
    assert tasks(graph, agency="市水利局", year="2026") == [(OLD, "修复青石河岸线")]
    assert tasks(graph, year="1999") == []


@pytest.mark.parametrize("chosen", [{"agency": "市水力局"}, {"plan": "无此规划"}, {"year": "今年"}])
def test_unknown_names_are_said(graph: Graph, chosen: dict[str, str]) -> None:
    with pytest.raises(GraphError, match=r"near it: 市水利局|no plan|not a year"):
        ledger(graph, **chosen)


def test_permalinks_lead_to_the_server_of_the_graph(graph: Graph) -> None:
    entries = ledger(graph, year="2026")
    (own,) = section(entries, DEFAULT_BASE).rows
    (served,) = section(entries, DEFAULT_BASE, "http://graph.example:8000/").rows
    assert (own["link"] or "").startswith(f"{DEFAULT_BASE}task/{OLD}/")
    assert served["link"] == (own["link"] or "").replace(DEFAULT_BASE, "http://graph.example:8000/")
    assert served["fact"] == own["fact"]


def test_the_workbook_can_be_filtered_printed_and_filed(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    assert save([section(ledger(graph), DEFAULT_BASE)], file) == 7
    sheet = load_workbook(file).active
    assert sheet.title == "督查台账"
    header, *rows = sheet.iter_rows()
    headings = [cell.value for cell in header]
    wanted = ["任务", "目标", "牵头单位", "配合单位", "责任领导", "完成时限", "进展情况", "原文", "出处", "永久链接"]
    assert [name for name in headings if name in wanted] == wanted
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{header[-1].column_letter}8"
    assert sheet.print_title_rows == "$1:$1"
    # IRIs stand behind what is printed, each on one line
    assert headings[-2:] == ["永久链接", "事实"]
    assert sheet.print_area.endswith(f"${header[-3].column_letter}$8")
    assert all(cell.alignment.wrap_text for row in rows for cell in row[:-2])
    assert sheet.oddHeader.center.text == "督查台账"
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["D"].width
    link = rows[0][headings.index("永久链接")]
    assert link.hyperlink.target == link.value
    assert [row[0].value for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert len(headings) <= len(COLUMNS)


def test_the_calendar_has_a_day_for_each_deadline(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "deadlines.ics"
    assert write_calendar(ledger(graph), file) == 5  # 长期坚持 has no day
    calendar = Calendar.from_ical(file.read_bytes())
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    bank = events["到期：检修沿河水闸"]
    assert (bank["dtstart"].dt, bank["dtend"].dt) == (date(2031, 6, 15), date(2031, 6, 16))
    assert "牵头：市水利局" in bank["description"]
    assert "rrule" not in bank
    yearly = events["到期：补植堤岸树木"]
    assert (yearly["dtstart"].dt, yearly["rrule"]["FREQ"]) == (date(2031, 10, 31), ["YEARLY"])
    assert SCHEME in yearly["description"]
    assert len({event["uid"] for event in calendar.walk("VEVENT")}) == 5
    assert all(event.walk("VALARM") for event in calendar.walk("VEVENT"))


def test_a_calendar_is_the_same_each_time(graph: Graph, tmp_path: Path) -> None:
    for name in ("a.ics", "b.ics"):
        write_calendar(ledger(graph), tmp_path / name)
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    lines = (tmp_path / "a.ics").read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75  # RFC 5545, 3.1
