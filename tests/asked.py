"""Seven invented documents of a province and its city over five years: something for every question to find.

The regional plan is carried out by two five-year plans of the city and a scheme whose figures disagree with the plan;
one basis is repealed, one leader removed, one plan announced and not printed.  Every fact stands on a line of its own.
"""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from kg.facts import (
    Agency,
    Appointment,
    Assignment,
    Citation,
    Document,
    Evidence,
    Fact,
    Membership,
    Place,
    Plan,
    Portfolio,
    Target,
)
from kg.graph.folder import Folder
from kg.graph.linking import link_graphs
from kg.graph.store import Graph, open_graph
from tests.fakes import NAMING, write_graph

PROVINCE, CITY = Place(province="云泽省"), Place(province="云泽省", city="澜州市")
REGIONAL = "云政发〔2030〕8号"
OLD, NEW, SCHEME = "澜政发〔2026〕3号", "澜政发〔2031〕2号", "澜政办〔2031〕5号"
REPEALING, REMOVING, ANNOUNCED = "澜政办〔2031〕9号", "澜政干〔2031〕4号", "澜政发〔2031〕6号"
OLD_PLAN, NEW_PLAN = "澜州市绿岸“十五五”规划", "澜州市绿岸“十六五”规划"
SCHEME_PLAN, WETLANDS = "澜州市绿岸行动实施方案", "澜州市湿地保护规划"
REPEALED = "澜政发〔2019〕1号"

WATER, FINANCE, HOUSING, PARKS = "澜州市水利局", "澜州市财政局", "澜州市住房和城乡建设局", "澜州市林业局"
_FULL = {"市水利局": WATER, "市财政局": FINANCE, "市住房城乡建设局": HOUSING, "市林业局": PARKS}
_COLLECTIVE = "各县区人民政府"


class _Author:
    """Writes one document: each fact on a line of the text that all documents share."""

    text = "澜州市人民政府公报\n"

    def __init__(self, number: str, date: str, place: Place, title: str, plan: str | None, **more: Any) -> None:
        self.number, self.plan, self.facts = number, plan, list[Fact]()
        attached = (plan,) if plan else ()
        self.add(Document, title, title=title, date=date, place=place, attached=attached, kind="通知", **more)

    def add(self, type_: type[Fact], line: str, rule: str = "invented.line", **values: Any) -> None:
        """State a fact; its evidence is the whole line."""
        start = len(_Author.text)
        _Author.text += f"{line}\n"
        evidence = (Evidence("2030-1.txt", start, start + len(line), line),)
        if "plan" in {field.name for field in fields(type_)}:
            values = {"plan": self.plan} | values
        self.facts.append(type_(doc=self.number, evidence=evidence, rule=rule, confidence=0.9, **values))

    def target(self, indicator: str, value: str, year: int, unit: str, **more: Any) -> None:
        line = f"{indicator}{value}{unit}（{year}年）"
        self.add(Target, line, indicator=indicator, value=value, target_year=year, unit=unit, **more)

    def task(self, task: str, *bodies: tuple[str | None, str], **more: Any) -> None:
        """A task with its agencies and roles."""
        for agency, role in bodies:
            line = f"{task}（{role}：{agency or more.get('leader')}）"
            canonical = _FULL.get(agency or "", agency)
            more = {"section": f"任务 > {task}", "source": "paren"} | more
            self.add(Assignment, line, task=task, agency=agency, role=role, canonical=canonical, **more)
            if agency and not any(isinstance(fact, Agency) and fact.surface == agency for fact in self.facts):
                level = "集体" if agency == _COLLECTIVE else "市"
                self.add(Agency, agency, surface=agency, canonical=canonical, level=level)

    def cite(self, relation: str, number: str) -> None:
        self.add(Citation, f"{relation}：{number}", cited_title=None, cited_number=number, relation=relation)


def _documents() -> list[list[Fact]]:
    regional = _Author(REGIONAL, "2030-01-05", PROVINCE, "云泽省人民政府关于印发云泽省绿岸规划的通知", "云泽省绿岸规划")
    regional.add(Plan, "云泽省绿岸规划", title="云泽省绿岸规划", type="规划", period_start=2030, period_end=2035)
    regional.target("河岸绿化率", "88", 2035, "%", comparator=">=")
    regional.target("湿地保护率", "60", 2035, "%", comparator=">=")

    old = _Author(OLD, "2026-02-01", CITY, f"澜州市人民政府关于印发{OLD_PLAN}的通知", OLD_PLAN)
    old.add(Plan, OLD_PLAN, title=OLD_PLAN, type="规划", period_start=2026, period_end=2030)
    old.target("河岸绿化率", "70", 2030, "%", comparator=">=")
    old.target("码头岸电数", "5", 2030, "个")
    old.task("修复青石河岸线", ("市水利局", "lead"), leader="周明", deadline="2028年6月底前")

    new = _Author(NEW, "2031-01-20", CITY, f"澜州市人民政府关于印发{NEW_PLAN}的通知", NEW_PLAN)
    new.add(Plan, NEW_PLAN, title=NEW_PLAN, type="规划", period_start=2031, period_end=2035)
    new.cite("basis", REGIONAL)
    new.cite("basis", REPEALED)
    green = {"comparator": ">=", "baseline_value": "70", "baseline_year": 2030, "nature": "约束性"}
    new.target("河岸绿化率", "90", 2035, "%", section="任务 > 修复青石河岸线", **green)
    new.target("新增绿道", "1.2", 2035, "万米", nature="预期性")
    water, finance, parks = ("市水利局", "lead"), ("市财政局", "cooperating"), ("市林业局", "lead")
    new.task("修复青石河岸线", water, finance, leader="周明", deadline="2031年6月底前")
    new.task("编制绿道图册", water, parks, deadline="2031年6月底前")
    new.task("清理河面垃圾", (_COLLECTIVE, "responsible"), deadline="长期坚持")
    new.task("检修沿河水闸", water, deadline="2031年6月15日前")

    scheme = _Author(SCHEME, "2031-03-01", CITY, f"澜州市人民政府办公室关于印发{SCHEME_PLAN}的通知", SCHEME_PLAN)
    scheme.add(Plan, SCHEME_PLAN, title=SCHEME_PLAN, type="实施方案")
    scheme.cite("basis", NEW)
    scheme.target("河岸绿化率", "85", 2035, "%", comparator=">=", baseline_value="68", baseline_year=2030,
                  section="任务 > 补植堤岸树木", source="table")  # fmt: skip
    scheme.target("新增绿道", "12000", 2035, "米")
    scheme.target("累计新增绿道", "9000", 2035, "米")
    scheme.task("补植堤岸树木", ("市住房城乡建设局", "responsible"), deadline="每年10月底前")
    scheme.task("编印堤岸手册", ("市水利局", "responsible"), ("市财政局", "cooperating"))
    group = "澜州市绿岸行动领导小组"
    scheme.add(Membership, "组长：吴大亮", group=group, person="吴大亮", role="组长", post="副市长")
    scheme.add(Membership, "办公室主任：周明", group=group, person="周明", role="办公室主任", post="市水利局局长")
    scheme.add(Portfolio, "吴大亮分管水利", person="吴大亮", relation="分管", object="水利工作")

    repealing = _Author(REPEALING, "2031-04-01", CITY, "澜州市人民政府办公室关于废止部分文件的通知", None)
    repealing.cite("repeals", REPEALED)

    removing = _Author(REMOVING, "2031-05-01", CITY, "澜州市人民政府人事任免", None)
    removing.add(Appointment, "免去周明澜州市水利局局长职务", person="周明", action="remove", post="局长",
                 organisation=WATER, date="2031-05-01")  # fmt: skip

    title = f"澜州市人民政府关于印发{WETLANDS}的通知"
    announced = _Author(ANNOUNCED, "2031-02-02", CITY, title, WETLANDS, printed_in_full=False)
    announced.add(Plan, WETLANDS, title=WETLANDS, type="规划", period_start=2031, period_end=2035)
    return [each.facts for each in (regional, old, new, scheme, repealing, removing, announced)]


DOCUMENTS = _documents()
TEXT = _Author.text


def with_links(path: Path) -> Path:
    """Add the links across documents to a graph folder."""
    folder = Folder(path)
    manifest = folder.read()
    with folder.writing(manifest):
        links = link_graphs(NAMING, folder, manifest.files)
        folder.commit(replace(manifest, shared=(*manifest.shared, *(folder.keep(graph) for graph in links))))
    return path


def asked_graph(path: Path) -> Graph:
    """The graph of the seven documents with all links across them."""
    return open_graph(with_links(write_graph(path, *DOCUMENTS, text=TEXT)))
