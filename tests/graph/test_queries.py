"""Saved queries: each one's rows on the invented document, and values that cannot become query text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.facts import Fact
from kg.graph.folder import GraphError
from kg.graph.queries import bind, find, parse, run, saved
from kg.graph.store import Graph, open_graph
from tests import invented
from tests.fakes import write_graph

NUMBER, PLAN = invented.NUMBER, invented.PLAN


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("queries") / "g.kg", invented.FACTS))


def answer(graph: Graph, name: str, **values: str) -> list[dict[str, str | None]]:
    """The rows of a saved query, without the columns of long texts."""
    found = run(graph, name, values)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: getattr(row[name], "value", None) for name in names} for row in found]


def columns(rows: list[dict[str, str | None]], *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


@pytest.mark.parametrize("form", ["市水利局", "澜州市水利局", "https://policy-kg.example/agency/澜州市水利局"])
def test_agency_duties(graph: Graph, form: str) -> None:
    rows = answer(graph, "agency-duties", agency=form)
    assert columns(rows, "roleName", "task", "planTitle", "document", "deadline", "quote") == [
        ("lead", "修复岸线", PLAN, NUMBER, "6月底前", "市水利局")
    ]


def test_agency_duties_in_one_plan_or_role(graph: Graph) -> None:
    def count(**values: str) -> int:
        return len(answer(graph, "agency-duties", agency="澜州市住房和城乡建设局", **values))

    assert (count(), count(plan=PLAN), count(plan="任务分工表")) == (2, 2, 0)
    assert (count(role="responsible"), count(role="lead")) == (2, 0)


def test_tasks_without_lead(graph: Graph) -> None:
    rows = answer(graph, "tasks-without-lead")
    assert columns(rows, "document", "task", "agencies") == [(NUMBER, "建设绿道", "澜州市住房和城乡建设局")]
    assert answer(graph, "tasks-without-lead", plan="任务分工表") == []


def test_tasks_of_collectives(graph: Graph, tmp_path: Path) -> None:
    assert answer(graph, "tasks-of-collectives") == []
    alone = [fact for fact in invented.FACTS if getattr(fact, "agency", "各县区人民政府") == "各县区人民政府"]
    rows = answer(open_graph(write_graph(tmp_path / "g.kg", alone)), "tasks-of-collectives")
    assert columns(rows, "task", "collectives") == [("修复岸线", "各县区人民政府")]


def test_targets_of_year(graph: Graph) -> None:
    rows = answer(graph, "targets-of-year", year="2035")
    names = ("indicator", "scope", "comparator", "value", "unit", "baseline", "baselineYear", "nature", "planTitle")
    assert columns(rows, *names) == [
        ("岸线", None, None, "应绿尽绿", None, None, None, None, PLAN),
        ("新增绿道", None, "=", "1,200", "公里", None, None, "预期性", PLAN),
        ("河岸绿化率", "中心城区", ">=", "85.5", "%", "60", "2029", "约束性", PLAN),
    ]
    assert answer(graph, "targets-of-year", year="2034") == []


def test_binding_share(graph: Graph) -> None:
    rows = answer(graph, "binding-share")
    assert columns(rows, "planTitle", "targets", "binding", "anticipatory", "share") == [(PLAN, "3", "1", "1", "0.33")]


def test_busiest_agencies(graph: Graph) -> None:
    assert columns(answer(graph, "busiest-agencies", role="lead"), "name", "tasks") == [("澜州市水利局", "1")]
    assert columns(answer(graph, "busiest-agencies"), "name", "roleName", "tasks") == [
        ("各县区人民政府", "cooperating", "1"),
        ("市财政局", "cooperating", "1"),
        ("澜州市住房和城乡建设局", "responsible", "1"),
        ("澜州市水利局", "lead", "1"),
    ]


def test_leading_groups(graph: Graph) -> None:
    rows = answer(graph, "leading-groups", group="澜州市绿岸行动领导小组")
    assert columns(rows, "groupName", "roleName", "person", "post") == [
        ("澜州市绿岸行动领导小组", "组长", "吴大亮", "副市长")
    ]


def test_posts_of_person(graph: Graph) -> None:
    assert columns(answer(graph, "posts-of-person", person="郑平"), "date", "kind", "what", "where", "note") == [
        ("2030-01-20", "appoint", "副局长", "澜州市水利局", "试用期一年"),
        ("2030-01-20", "remove", "二级调研员", None, None),
    ]
    assert columns(answer(graph, "posts-of-person", person="吴大亮"), "kind", "what", "where") == [
        ("member", "组长", "澜州市绿岸行动领导小组"),
        ("portfolio", "市水利局", None),
        ("portfolio", "河岸绿化工作", None),
    ]
    assert columns(answer(graph, "posts-of-person", person="周明"), "kind", "what") == [("leader", "建设绿道")]


def test_basis_of_documents(graph: Graph) -> None:
    rows = answer(graph, "basis-of-documents", plan=PLAN)
    assert columns(rows, "citing", "citedNumber", "citedTitle") == [
        (NUMBER, None, "云泽省河湖条例"),
        (NUMBER, "云政发〔2029〕8号", "关于河岸绿化的意见"),
    ]
    assert rows == answer(graph, "basis-of-documents", document=NUMBER) == answer(graph, "basis-of-documents")


def test_facts_of_document(graph: Graph) -> None:
    rows = answer(graph, "facts-of-document", document=NUMBER)
    assert len(rows) == len(invented.FACTS)
    for row in rows:
        assert invented.TEXT[int(row["start"] or 0) : int(row["end"] or 0)] == row["quote"]
    assert {row["kind"] for row in rows} == {
        "Document", "Plan", "Target", "Assignment", "Membership", "Appointment", "Portfolio", "Citation",
        "AgencyMention", "Project",
    }  # fmt: skip


def test_every_saved_query_is_standard_sparql_as_it_stands() -> None:
    for query in saved().values():
        # No prefixes are given here, and no extension of Oxigraph's is used: another server runs the same text
        ox.Store().query(query.text)


def test_every_saved_query_has_titles_and_parameters_in_both_languages() -> None:
    assert len(saved()) >= 10
    for query in saved().values():
        texts = [query.title, query.description, *(parameter.title for parameter in query.parameters)]
        assert all(text["zh"] and text["en"] for text in texts)


@pytest.mark.parametrize("type_", ["agency", "text"])
def test_no_value_can_change_the_query(graph: Graph, type_: str) -> None:
    text = (
        "# title-zh: 甲\n# title-en: A\n# description-zh: 甲\n# description-en: A\n"
        f"# param name: {type_} required; zh: 名; en: name\n"
        "SELECT ?x WHERE { VALUES ?name { UNDEF } ?x gz:surface|prov:agent ?name }"
    )
    evil = '市水利局" } ?x ?p ?o } #'
    query = parse("evil", text)
    if type_ == "agency":
        with pytest.raises(GraphError, match="no agency in the graph is called"):
            bind(graph, query, {"name": evil})
    else:
        assert list(graph.query(bind(graph, query, {"name": evil}))) == []


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("agency-dutys", {}, "there is no saved query agency-dutys; near it: agency-duties"),
        ("agency-duties", {}, "needs a value for agency"),
        ("agency-duties", {"agency": "市水利局", "place": "x"}, "has no parameter place; it takes agency, plan, role"),
        ("binding-share", {"plan": "x"}, "it takes none"),
        ("agency-duties", {"agency": "市水力局"}, "no agency in the graph is called 市水力局; near it: 市水利局"),
        ("agency-duties", {"agency": "水利局"}, "near it: "),
        ("agency-duties", {"agency": "市水利局", "role": "boss"}, "boss is not a role; choose one of lead"),
        ("targets-of-year", {"year": "三五年"}, "三五年 is not a year"),
    ],
)
def test_wrong_names_and_values_are_said_in_one_sentence(
    graph: Graph, name: str, values: dict[str, str], message: str
) -> None:
    with pytest.raises(GraphError, match=re.escape(message)):
        run(graph, name, values)


def test_a_name_that_two_cities_use_stands_for_both(tmp_path: Path) -> None:
    def moved(fact: Fact) -> Fact:
        changes: dict[str, object] = {"doc": "桐政发〔2030〕1号"}
        if hasattr(fact, "place"):
            changes["place"] = replace(invented.PLACE, city="桐川市")
        return replace(fact, **changes)

    other = [moved(fact) for fact in invented.FACTS if not hasattr(fact, "entity")]
    graph = open_graph(write_graph(tmp_path / "g.kg", invented.FACTS, other))
    assert find(graph, "agency", "市财政局") == [
        "https://policy-kg.example/agency/桐川市/市财政局",
        "https://policy-kg.example/agency/澜州市/市财政局",
    ]
    assert len(answer(graph, "agency-duties", agency="市财政局")) == 2


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("SELECT * { }", "title-zh, title-en, description-zh, description-en"),
        (
            "# title-zh: 甲\n# title-en: A\n# description-zh: 甲\n# description-en: A\n"
            "# param year: year required; zh: 年; en: year\nSELECT * { ?s ?p ?o }",
            "VALUES ?year { UNDEF }",
        ),
    ],
)
def test_a_saved_query_that_lacks_something_is_refused(text: str, lacking: str) -> None:
    with pytest.raises(GraphError, match=re.escape(f"the saved query x lacks {lacking}")):
        parse("x", text)


FIRST = {
    "agency": "?x a gz:Agency ; skos:prefLabel ?name",
    "person": "?x a foaf:Person ; foaf:name ?name",
    "document": "?x a gz:Document ; dct:identifier ?name",
    "plan": "?x a gz:Plan ; dct:title ?name",
    "indicator": "?x a gz:Indicator ; skos:prefLabel ?name",
    "task": "?x a gz:Task ; rdfs:label ?name",
}


#: Rows of each saved query on the invented gazettes, asked of the first thing of each kind by name.
ON_THE_SAMPLE = {
    "agencies-apart": 0,
    "agency-changes": 0,
    "agency-duties": 1,
    "annual-rates": 31,
    "basis-of-documents": 25,
    "binding-share": 7,
    "binding-targets": 12,
    "busiest-agencies": 130,
    "chain-of-task": 3,
    "changes-between-plans": 0,
    "conflicting-baselines": 0,
    "conflicting-targets": 0,
    "cooperation-of-year": 87,
    "cooperation": 87,
    "deadline-pileups": 0,
    "delay-after-basis": 12,
    "facts-by-form": 18,
    "facts-of-document": 41,
    "fields-without-targets": 28,
    "indicator-over-years": 1,
    "lead-tasks-of-year": 28,
    "leaders-removed-since": 5,
    "leading-groups": 8,
    "near-conflicts": 0,
    "offices-of-groups": 5,
    "plans-ending": 7,
    "plans-not-printed": 1,
    "plans-without-targets": 5,
    "plans-without-tasks": 0,
    "posts-of-person": 1,
    "posts-on-day": 34,
    "repeated-tasks": 0,
    "resting-on-repealed": 0,
    "targets-of-upper-level": 6,
    "targets-of-year": 80,
    "targets-without-task": 175,
    "tasks-due": 23,
    "tasks-of-collectives": 2,
    "tasks-under-one-identity": 80,
    "tasks-with-two-leads": 2,
    "tasks-without-deadline": 98,
    "tasks-without-lead": 72,
    "tasks-without-target": 96,
}


def test_every_saved_query_has_its_rows_on_the_sample(sample_graph: Path) -> None:
    graph = open_graph(sample_graph)
    values = {
        "agency": "",
        "year": "2035",
        "date": "2031-06-30",
        "person": "",
        "document": "",
        "plan": "",
        "indicator": "",
        "task": "",
    }
    for kind, query in FIRST.items():
        values[kind] = graph.select(f"SELECT ?name WHERE {{ {query} }} ORDER BY ?name LIMIT 1")[0]["name"] or ""
    counts = {}
    for query in saved().values():
        needed = {parameter.name: values[parameter.type] for parameter in query.parameters if parameter.required}
        counts[query.name] = sum(1 for _ in run(graph, query.name, needed))
    assert counts == ON_THE_SAMPLE
