"""What is said across documents: each statement with the facts it rests on, each doubt listed and not stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build
from kg.graph.store import Graph, open_graph
from kg.resolve.decisions import Rulings
from kg.show.review import link_counts, questions
from tests.fakes import write_graph
from tests.linked import DOCUMENTS, GREEN, LATER, NOW, OLD, WATER_PLAN, rulings

BASE = "https://policy-kg.example/"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("links") / "g.kg", *DOCUMENTS, rulings=Rulings()))


def decided(tmp_path: Path, ruled: Rulings) -> Graph:
    return open_graph(write_graph(tmp_path / "decided.kg", *DOCUMENTS, rulings=ruled))


def asked(graph: Graph, sparql: str) -> list[tuple[str | None, ...]]:
    """The rows of a query, IRIs without the base, sorted."""
    rows = [tuple(value and value.removeprefix(BASE) for value in row.values()) for row in graph.select(sparql)]
    return sorted(rows, key=str)


def test_every_link_that_is_stated_rests_on_something(graph: Graph) -> None:
    unfounded = """SELECT ?link { ?link a gz:Link MINUS { ?link prov:wasDerivedFrom ?source . ?source a ?kind } }"""
    unstated = """SELECT ?s ?p ?o {
        ?link gz:linkStatus gz:StatedLink ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
        MINUS { ?s ?p ?o } }"""
    bare = f"""SELECT ?s ?p ?o {{ GRAPH <{BASE}graph/links/documents> {{ ?s ?p ?o
        VALUES ?p {{ gz:resolvedTo gz:citedPlan gz:textIn gz:announcedIn eli:based_on eli:repeals }} }}
        MINUS {{ ?link rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }} }}"""

    assert asked(graph, unfounded) == asked(graph, unstated) == asked(graph, bare) == []


def test_every_citation_means_one_document(graph: Graph) -> None:
    assert asked(
        graph,
        "SELECT ?by ?meant { ?c a gz:Citation ; gz:statedIn/dct:identifier ?by ; gz:resolvedTo ?meant }",
    ) == sorted(
        [
            (LATER, "document/三政办〔2030〕5号"),
            (LATER, "document/琼政发〔2029〕3号"),
            (LATER, "document/节约用水管办法"),
            (LATER, "document/节约用水管理办法"),
            (NOW, f"document/{OLD}"),
            (NOW, "document/琼政发〔2029〕3号"),
            (OLD, "document/国发〔2017〕9号"),
        ]
    )


def test_a_basis_leads_from_the_city_over_the_province(graph: Graph) -> None:
    assert asked(graph, f'SELECT ?up {{ ?d dct:identifier "{LATER}" ; eli:based_on+ ?up . ?up eli:id_local ?n }}') == [
        ("document/三政办〔2030〕5号",),
        ("document/琼政发〔2029〕3号",),
    ]


@pytest.mark.parametrize(
    ("number", "title", "issuer", "level"),
    [
        ("国发〔2017〕9号", "国务院关于海岸的意见", "中华人民共和国国务院", "国家"),
        ("琼政发〔2029〕3号", "海南省人民政府关于印发海南省海岸规划的通知", "海南省人民政府", "省"),
    ],
)
def test_what_is_known_of_a_document_that_nobody_prints(
    graph: Graph, number: str, title: str, issuer: str, level: str
) -> None:
    found = graph.select(
        f"""SELECT ?title ?issuer ?level {{ ?d eli:id_local "{number}" ; dct:title ?title ;
            gz:level/skos:notation ?level ;
            eli:passed_by/skos:prefLabel ?issuer }}"""
    )

    assert found == [{"title": title, "issuer": issuer, "level": level}]


def test_plans_are_one_where_they_are_cited_and_printed(graph: Graph) -> None:
    assert asked(
        graph, "SELECT ?by ?title { ?c gz:statedIn/dct:identifier ?by ; gz:citedPlan/dct:title ?title }"
    ) == sorted(
        [
            (LATER, GREEN),
            (LATER, "海南省海岸规划"),
            (NOW, "海南省海岸规划"),
        ]
    )
    assert asked(graph, f'SELECT DISTINCT ?plan {{ ?plan a gz:Plan ; dct:title "{GREEN}" }}') == [
        (f"plan/{NOW}/三亚市“绿岸”行动方案（2030—2035年）",)
    ]


def test_plans_that_are_printed_announced_or_only_cited(graph: Graph) -> None:
    found = """SELECT ?title ?text ?announced { ?plan a gz:Plan ; dct:title ?title
        OPTIONAL { ?plan gz:textIn/dct:identifier ?text }
        OPTIONAL { ?plan gz:announcedIn/dct:identifier ?announced } }"""

    assert asked(graph, found) == [
        (GREEN, NOW, None),
        (WATER_PLAN, None, LATER),
        ("海南省海岸规划", None, None),
    ]


def test_targets_of_two_plans_measure_one_indicator(graph: Graph) -> None:
    found = """SELECT ?by ?name ?unit { ?t gz:statedIn/dct:identifier ?by ; gz:measures ?c .
        ?c skos:prefLabel|skos:altLabel ?name ; gz:unitText ?unit FILTER(CONTAINS(?name, "寿命")) }"""

    assert asked(graph, found) == sorted(
        (by, name, "岁") for by in (NOW, LATER) for name in ("人均预期寿命", "全市人均期望寿命")
    )


def test_a_task_serves_the_targets_of_its_section(graph: Graph) -> None:
    assert asked(
        graph, "SELECT ?task ?target { ?k gz:serves ?t ; rdfs:label ?task . ?t gz:indicatorText ?target }"
    ) == [("修复岸线", "岸线修复率")]


def test_posts_have_the_days_that_documents_tell(graph: Graph) -> None:
    found = """SELECT ?post ?body ?appointed ?seen ?last ?removed { ?x a gz:Tenure ; org:member/foaf:name "周明" ;
        gz:heldPost ?post ; org:organization/skos:prefLabel ?body OPTIONAL { ?x gz:appointed ?appointed }
        OPTIONAL { ?x gz:firstSeen ?seen } OPTIONAL { ?x gz:lastSeen ?last } OPTIONAL { ?x gz:removed ?removed } }"""

    assert asked(graph, found) == [
        ("副局长", "三亚市财政局", "2018-02-01", None, None, None),
        # the removal of February is older than the document of March that still names him
        ("局长", "三亚市财政局", None, "2030-01-20", "2030-01-20", "2031-02-01"),
        ("局长", "三亚市财政局", None, "2031-03-01", "2031-03-01", None),
    ]


def test_people_of_one_name_whose_posts_contradict_are_two(graph: Graph) -> None:
    found = """SELECT ?person ?body { ?x a gz:Tenure ; org:member ?person ; org:organization/skos:prefLabel ?body .
        ?person foaf:name "吴亮" }"""

    assert asked(graph, found) == [
        ("person/三亚市/吴亮（三亚市民政局）", "三亚市民政局"),
        ("person/三亚市/吴亮（三亚市水务局）", "三亚市水务局"),
    ]


def test_every_fact_about_a_person_has_one(graph: Graph) -> None:
    found = "SELECT ?fact (COUNT(?p) AS ?n) { ?fact gz:personName ?name ; gz:identifiedPerson ?p } GROUP BY ?fact"

    assert {number for _, number in asked(graph, found)} == {"1"}
    assert asked(graph, "SELECT ?f { ?f gz:personName ?name MINUS { ?f gz:identifiedPerson ?p } }") == []


def test_agencies_know_their_government_and_area(graph: Graph) -> None:
    found = """SELECT ?above ?code { ?a skos:prefLabel "三亚市生态环境局" ; org:unitOf/skos:prefLabel ?above ;
        dct:spatial/gz:divisionCode ?code }"""

    assert asked(graph, found) == [("三亚市人民政府", "460200")]


def test_a_collective_has_the_members_that_the_table_of_divisions_gives(graph: Graph) -> None:
    found = 'SELECT ?name { ?c skos:prefLabel "各区人民政府" ; org:hasMember/skos:prefLabel ?name }'

    assert asked(graph, found) == sorted(
        (f"三亚市{district}人民政府",) for district in ("吉阳区", "天涯区", "崖州区", "海棠区")
    )


def test_counts_before_and_after_a_reform_meet_only_when_asked_for(graph: Graph) -> None:
    apart = "SELECT ?name (COUNT(?f) AS ?n) { ?f a gz:Assignment ; prov:agent/skos:prefLabel ?name } GROUP BY ?name"
    together = """SELECT ?name (COUNT(?f) AS ?n) {
        ?f a gz:Assignment ; prov:agent/gz:presentAgency/skos:prefLabel ?name }
        GROUP BY ?name"""

    assert asked(graph, apart) == [("三亚市环境保护局", "1"), ("三亚市生态环境局", "1"), ("各区人民政府", "1")]
    assert asked(graph, together) == [("三亚市生态环境局", "2")]


def test_a_reform_is_a_change_event(graph: Graph) -> None:
    found = """SELECT ?before ?after ?year ?kind { ?e a org:ChangeEvent ;
        org:originalOrganization/skos:prefLabel ?before ;
        org:resultingOrganization/skos:prefLabel ?after ; dct:date ?year ; gz:changeKind ?kind ; dct:source ?source }"""

    assert asked(graph, found) == [("三亚市环境保护局", "三亚市生态环境局", "2019", "renamed")]


def test_what_is_in_doubt_is_listed_with_both_contexts_and_not_stated(graph: Graph) -> None:
    listed = {question.rule: question for question in questions(graph)}

    assert set(listed) == {"documents.near", "indicators.near", "people.namesake", "agencies.near"}
    question = listed["indicators.near"]
    assert {question.left.document, question.right.document} == {NOW, LATER}
    assert "【" in question.left.context
    assert (
        asked(
            graph,
            "SELECT ?l { ?l gz:linkStatus gz:DoubtfulLink ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . "
            "?s ?p ?o }",
        )
        == []
    )
    assert {row[1] for row in link_counts(graph)} == {"stated", "doubtful"}


def test_accepted_near_indicators_become_one(graph: Graph, tmp_path: Path) -> None:
    (question,) = [each for each in questions(graph) if each.rule == "indicators.near"]
    found = 'SELECT DISTINCT ?c { ?t gz:measures ?c ; gz:indicatorText ?name FILTER(CONTAINS(?name, "床位数")) }'

    assert len(asked(graph, found)) == 2
    after = decided(tmp_path, rulings((question.iri, "accept")))
    assert len(asked(after, found)) == 1
    assert "indicators.near" not in {each.rule for each in questions(after)}


def test_an_accepted_document_takes_the_place_of_the_stub(graph: Graph, tmp_path: Path) -> None:
    (question,) = [each for each in questions(graph) if each.rule == "documents.near"]
    after = decided(tmp_path, rulings((question.iri, "accept")))

    assert asked(after, f"SELECT ?d {{ <{question.left.iri}> gz:resolvedTo ?d }}") == [
        (question.right.iri.removeprefix(BASE),)
    ]


def test_accepted_namesakes_are_one_person(graph: Graph, tmp_path: Path) -> None:
    (question,) = [each for each in questions(graph) if each.rule == "people.namesake"]
    after = decided(tmp_path, rulings((question.iri, "accept")))

    assert asked(after, 'SELECT DISTINCT ?p { ?x a gz:Tenure ; org:member ?p . ?p foaf:name "吴亮" }') == [
        ("person/三亚市/吴亮",)
    ]


def test_rejected_links_are_asked_about_no_more(graph: Graph, tmp_path: Path) -> None:
    wrong = [question.iri for question in questions(graph)]
    after = decided(tmp_path, rulings(*((iri, "reject") for iri in wrong)))

    assert questions(after) == []
    assert {row[1] for row in link_counts(after)} == {"stated", "rejected"}


def test_a_stated_link_can_be_rejected(graph: Graph, tmp_path: Path) -> None:
    ((link,),) = asked(graph, "SELECT ?l { ?l rdf:predicate gz:serves }")
    after = decided(tmp_path, rulings((BASE + str(link), "reject")))

    assert asked(after, "SELECT ?t { ?k gz:serves ?t }") == []


def test_decisions_are_kept_with_who_when_and_why(graph: Graph, tmp_path: Path) -> None:
    after = decided(tmp_path, rulings((questions(graph)[0].iri, "accept")))

    assert asked(
        after,
        "SELECT ?who ?day ?why ?verdict { ?d a gz:Decision ; dct:creator ?who ; dct:date ?day ; "
        "dct:description ?why ; gz:verdict ?verdict }",
    ) == [("陈晓", "2031-04-01", "已核对", "accept")]


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [
        write_graph(tmp_path / name, *documents, rulings=Rulings())
        for name, documents in (("a", DOCUMENTS), ("b", DOCUMENTS))
    ]
    names = [sorted(path.name for path in (folder / "graphs").iterdir()) for folder in paths]

    assert names[0] == names[1]


DIVISION_OF_WORK = """三亚市人民政府办公室关于市人民政府领导工作分工的通知

三府办〔2031〕7号

各区人民政府，市直各委、办、局：

现将市人民政府领导工作分工通知如下：

周明 市委副书记、市长

主持市人民政府全面工作，分管市审计局。

吴亮副市长：

负责财政方面工作，分管市财政局。

郑平同志

负责教育方面工作，分管市教育局。

冯远志同志（市水务局局长）负责水务方面工作。

三亚市人民政府办公室

2031年3月1日
"""


def test_a_division_of_work_shows_the_posts_that_it_prints(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(DIVISION_OF_WORK, encoding="utf-8")
    build([tmp_path / "notice.txt"], tmp_path / "g.kg")
    found = """SELECT ?name ?post ?body ?day { ?x a gz:Tenure ; org:member/foaf:name ?name ; gz:heldPost ?post ;
        gz:firstSeen ?day ; gz:lastSeen ?day ; org:organization/skos:prefLabel ?body }"""

    assert asked(open_graph(tmp_path / "g.kg"), found) == sorted(
        [
            ("周明", "副书记", "中国共产党三亚市委员会", "2031-03-01"),
            ("周明", "市长", "三亚市人民政府", "2031-03-01"),
            ("吴亮", "副市长", "三亚市人民政府", "2031-03-01"),
            ("冯远志", "局长", "三亚市水务局", "2031-03-01"),
        ]
    )
