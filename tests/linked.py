"""Invented facts of three documents with something to link: over time, over places, over spellings.

The city is one of the table of divisions, so that its counties are known; its people, plans and numbers do not exist.
"""

from __future__ import annotations

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
from kg.graph.vocabulary import DEFAULT_BASE
from kg.resolve.decisions import Decision, Rulings
from tests import invented

PLACE = Place("海南省", "三亚市", code="460200")
OLD, NOW, LATER = "三政发〔2018〕3号", "三政办〔2030〕5号", "三政办〔2031〕7号"
GREEN = "三亚市“绿岸”行动方案（2030—2035年）"
WATER_PLAN = "三亚市节水规划"
_TARGET_SECTION = "二、任务 > （一）修复岸线"


def _shared(doc: str, at: int = 0) -> dict[str, object]:
    # every fact has a place of its own in the text
    evidence = (Evidence(invented.FILE, at, at + 2, invented.TEXT[at : at + 2]),)
    return {"doc": doc, "evidence": evidence, "rule": "a.b", "confidence": 0.9}


def document(
    doc: str, title: str, date: str, issuer: str, *, full: bool = True, attached: str | None = None
) -> Document:
    """The head of a document."""
    return Document(
        title=title,
        issuers=(issuer,),
        date=date,
        kind="通知",
        attached=(attached,) if attached else (),
        printed_in_full=full,
        place=PLACE,
        **_shared(doc),  # type: ignore[arg-type]
    )


def mention(doc: str, surface: str, canonical: str, level: str) -> Agency:
    """A body named in a document."""
    return Agency(surface=surface, canonical=canonical, level=level, **_shared(doc))  # type: ignore[arg-type]


def target(doc: str, indicator: str, unit: str | None, value: str, section: str | None = None) -> Target:
    """A target of a document."""
    return Target(indicator=indicator, value=value, unit=unit, section=section, **_shared(doc, 30))  # type: ignore[arg-type]


def task(doc: str, agency: str, label: str, section: str, source: str = "paren") -> Assignment:
    """A task that an agency leads."""
    return Assignment(agency=agency, task=label, role="lead", section=section, source=source, **_shared(doc, 40))  # type: ignore[arg-type]


def citation(doc: str, number: str | None, title: str | None, relation: str) -> Citation:
    """A document referred to."""
    return Citation(cited_number=number, cited_title=title, relation=relation, **_shared(doc))  # type: ignore[arg-type]


def member(doc: str, person: str, post: str, group: str = "三亚市绿岸领导小组") -> Membership:
    """A member of a leading group."""
    return Membership(person=person, post=post, group=group, role="成员", **_shared(doc))  # type: ignore[arg-type]


def appointment(doc: str, person: str, action: str, post: str, body: str, date: str) -> Appointment:
    """A step of a personnel notice."""
    return Appointment(person=person, action=action, post=post, organisation=body, date=date, **_shared(doc))  # type: ignore[arg-type]


#: A document of before the reform of 2018, a plan with targets, tasks and people, and what came after it.
BEFORE: tuple[Fact, ...] = (
    document(OLD, "三亚市人民政府关于环境保护的意见", "2018-03-01", "三亚市人民政府"),
    mention(OLD, "市环保局", "三亚市环境保护局", "市"),
    task(OLD, "市环保局", "监测", "一、监测"),
    citation(OLD, "国发〔2017〕9号", "国务院关于海岸的意见", "basis"),
    appointment(OLD, "周明", "appoint", "副局长", "三亚市财政局", "2018-02-01"),
)
PLAN: tuple[Fact, ...] = (
    document(NOW, f"三亚市人民政府办公室关于印发{GREEN}的通知", "2030-01-20", "三亚市人民政府办公室", attached=GREEN),
    Plan(title=GREEN, type="行动方案", **_shared(NOW)),  # type: ignore[arg-type]
    mention(NOW, "市生态环境局", "三亚市生态环境局", "市"),
    mention(NOW, "各区人民政府", "各区人民政府", "集体"),
    mention(NOW, "市交通运输局", "三亚市交通运输局", "市"),
    mention(NOW, "市交通运输管理局", "三亚市交通运输管理局", "市"),
    task(NOW, "市生态环境局", "修复岸线", _TARGET_SECTION),
    task(NOW, "各区人民政府", "建设绿道", "二、任务 > （二）建设绿道"),
    target(NOW, "全市人均期望寿命", "岁", "79", "一、目标"),
    target(NOW, "岸线修复率", "%", "85", _TARGET_SECTION),
    target(NOW, "每千人口床位数", "张", "6"),
    member(NOW, "周明", "市财政局局长"),
    member(NOW, "吴亮", "市水务局局长"),
    member(NOW, "吴亮", "市民政局局长", "三亚市节水领导小组"),
    Portfolio(person="吴亮", relation="分管", object="节水", **_shared(NOW)),  # type: ignore[arg-type]
    citation(NOW, "琼政发〔2029〕3号", "海南省人民政府关于印发海南省海岸规划的通知", "basis"),
    citation(NOW, OLD, None, "repeals"),
)
AFTER: tuple[Fact, ...] = (
    document(
        LATER,
        f"三亚市人民政府办公室关于印发{WATER_PLAN}的通知",
        "2031-03-01",
        "三亚市人民政府办公室",
        full=False,
        attached=WATER_PLAN,
    ),
    Plan(title=WATER_PLAN, type="规划", **_shared(LATER)),  # type: ignore[arg-type]
    citation(LATER, None, GREEN, "basis"),
    citation(LATER, None, "海南省海岸规划", "mentions"),
    citation(LATER, None, "节约用水管理办法", "mentions"),
    citation(LATER, None, "节约用水管办法", "mentions"),
    target(LATER, "人均预期寿命", "岁", "80"),
    target(LATER, "每千常住人口床位数", "张", "7"),
    member(LATER, "周明", "市财政局局长"),
    appointment(LATER, "周明", "remove", "局长", "三亚市财政局", "2031-02-01"),
)
DOCUMENTS = (BEFORE, PLAN, AFTER)


def rulings(*decided: tuple[str, str]) -> Rulings:
    """Decisions about links, as their IRI and the verdict."""
    return Rulings(tuple(Decision(iri, verdict, "", "", "陈晓", "2031-04-01", "已核对") for iri, verdict in decided))


def corrected() -> Rulings:
    """A correction of a target's value."""
    iri = f"{DEFAULT_BASE}fact/{NOW}/target-1"
    return Rulings((Decision(iri, "correct", "value", "86", "陈晓", "2031-04-01", "已核对"),))
