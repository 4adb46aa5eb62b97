"""Facts → RDF: nothing is lost, IRIs are stable, and only terms of the ontology are used."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.facts import TABLES, Agency, Assignment, Citation, Document, Evidence, Fact
from kg.graph.store import Graph, open_graph
from kg.graph.vocabulary import PREFIXES
from kg.show.tables import rows
from tests import invented
from tests.fakes import graph_of, write_graph
from tests.linked import DOCUMENTS, corrected

GZ = PREFIXES["gz"]
BASE = "https://policy-kg.example/"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("rdf") / "g.kg", invented.FACTS))


def comparable(fact: Fact) -> dict[str, object]:
    """What a row must say of a fact: all fields but the place, and of the evidence the deciding place."""
    first = fact.evidence[0]
    own = {name: getattr(fact, name) for name in type(fact).__dataclass_fields__ if name not in ("evidence", "place")}
    own |= {name: list(value) for name, value in own.items() if isinstance(value, tuple)}
    return own | {name: getattr(first, name) for name in ("file", "start", "end", "page", "box", "quote")}


def in_order(row: dict[str, object]) -> str:
    return repr(sorted(row.items()))


@pytest.mark.parametrize("table", TABLES)
def test_every_kind_of_fact_comes_back_from_the_graph_as_it_went_in(graph: Graph, table: str) -> None:
    expected = [comparable(fact) for fact in invented.FACTS if type(fact) is TABLES[table]]
    found = [{name: value for name, value in row.items() if name != "iri"} for row in rows(graph, table)]
    assert sorted(found, key=in_order) == sorted(expected, key=in_order)


def test_invented_facts_fill_in_every_field_of_every_kind() -> None:
    for kind in TABLES.values():
        for name in kind.__dataclass_fields__:
            values = [getattr(fact, name) for fact in invented.FACTS if type(fact) is kind]
            assert any(value not in (None, ()) for value in values), f"{kind.__name__}.{name} is never filled in"


def test_all_places_that_a_fact_rests_on_are_kept(graph: Graph) -> None:
    found = graph.select(
        """SELECT ?exact WHERE {
            ?fact a gz:Assignment ; gz:surface "市水利局" ; gz:furtherEvidence/oa:hasSelector/oa:exact ?exact }"""
    )
    assert found == [{"exact": "修复岸线"}]


def test_page_and_box_of_evidence_are_kept(tmp_path: Path) -> None:
    fact = invented.FACTS[0]
    paged = replace(fact, evidence=(replace(fact.evidence[0], page=12, box="72,310,451,32"),))
    (row,) = rows(open_graph(write_graph(tmp_path / "g.kg", [paged])), "documents")
    assert (row["page"], row["box"]) == (12, "72,310,451,32")


def test_the_same_facts_give_the_same_bytes() -> None:
    once, again = graph_of(invented.FACTS), graph_of(invented.FACTS)
    assert once.graph.content == again.graph.content
    lines = once.graph.content.decode().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == once.graph.quads


def test_a_document_graph_names_only_itself() -> None:
    content = graph_of(invented.FACTS).graph.content.decode()
    assert {line.rsplit(" ", 2)[1] for line in content.splitlines()} == {
        f"<{BASE}graph/{invented.FILE}/{invented.NUMBER}>"
    }


def iris(*facts: Fact) -> list[str]:
    """The fact IRIs of a document with these facts, without the part that all share."""
    content = graph_of(facts).graph.content.decode()
    return sorted(set(re.findall(rf"<{BASE}fact/[^>]*/([^>]*)> <[^>]*#type>", content)))


TASK = next(fact for fact in invented.FACTS if isinstance(fact, Assignment))


def test_a_fact_keeps_its_iri_when_only_its_place_rule_confidence_or_canonical_name_changes() -> None:
    moved = replace(
        TASK,
        evidence=(Evidence(invented.FILE, 1, 2, "民"),),
        rule="assignments.other",
        confidence=0.1,
        canonical="别名",
        intended="别名",
    )
    assert iris(TASK) == iris(moved)


@pytest.mark.parametrize("change", [{"role": "responsible"}, {"task": "其他"}, {"deadline": None}, {"section": "一"}])
def test_a_fact_that_says_something_else_has_another_iri(change: dict[str, str]) -> None:
    assert iris(TASK) != iris(replace(TASK, **change))


def test_a_fact_said_twice_is_two_nodes_in_the_order_of_the_text() -> None:
    later = replace(TASK, evidence=(Evidence(invented.FILE, 900, 904, "市水利局"),))
    (plain, second) = iris(TASK, later)
    assert second == f"{plain}-2"
    assert graph_of([TASK, later]).graph.content == graph_of([later, TASK]).graph.content


@pytest.mark.parametrize(
    ("surface", "canonical", "level", "expected"),
    [
        # a full name is one body everywhere
        ("市水利局", "澜州市水利局", "市", "agency/澜州市水利局"),
        ("澜州市水利局", None, None, "agency/澜州市水利局"),
        ("水利部", "中华人民共和国水利部", "国家", "agency/中华人民共和国水利部"),
        ("临江县人民政府", "临江县人民政府", "县区", "agency/临江县人民政府"),
        # a short name or a collective is what its city means by it
        ("市水利局", None, None, "agency/澜州市/市水利局"),
        ("市水利局", "市水利局", "市", "agency/澜州市/市水利局"),
        ("各县区人民政府", "各县区人民政府", "集体", "agency/澜州市/各县区人民政府"),
        ("相关部门", "相关部门", "集体", "agency/澜州市/相关部门"),
        ("绿岸公司", "绿岸公司", "其他", "agency/澜州市/绿岸公司"),
        # members of a group that only the document tells
        ("联席会议各成员单位", "联席会议各成员单位", "集体", "agency/澜政办〔2030〕5号/联席会议各成员单位"),
    ],
)
def test_an_agency_is_named_by_what_its_name_means_and_where(
    surface: str, canonical: str | None, level: str | None, expected: str
) -> None:
    head = invented.FACTS[0]
    mention = Agency(
        doc=head.doc,
        evidence=head.evidence,
        rule="a.b",
        confidence=1,
        surface=surface,
        canonical=canonical,
        level=level,
    )
    content = graph_of([head, mention]).graph.content.decode()
    assert f"<{GZ}agency> <{BASE}{expected}>" in content


def test_names_with_every_kind_of_character_make_valid_iris_and_literals(tmp_path: Path) -> None:
    strange = 'a/b?c#d<e>"f{g}|\\^`%20 \u3000\u202e\ue000\ufffd\U0001f600“〔①〕”\n\t\x00' + "长" * 10_000
    facts = [
        replace(invented.FACTS[0], title=strange),
        replace(TASK, agency=strange, leader=strange, plan=strange, task=strange, canonical=None),
    ]
    graph = open_graph(write_graph(tmp_path / "g.kg", facts))
    (row,) = rows(graph, "assignments")
    assert (row["agency"], row["leader"], row["plan"], row["task"]) == (strange,) * 4
    assert max(len(quad.subject.value) for quad in graph.store) < 500


def test_documents_without_numbers_are_kept_apart_by_date() -> None:
    notices = [
        replace(invented.FACTS[0], doc="人事任免", title="人事任免", date=date) for date in ("2030-01-01", "2030-02-01")
    ]
    assert {graph_of([notice], "人事任免").iri for notice in notices} == {
        f"{BASE}document/人事任免·2030-01-01",
        f"{BASE}document/人事任免·2030-02-01",
    }


def test_a_cited_document_is_the_printed_one_when_their_numbers_are_equal(tmp_path: Path) -> None:
    citation = next(fact for fact in invented.FACTS if isinstance(fact, Citation))
    later = replace(invented.FACTS[0], doc="澜政办〔2030〕9号")
    cites = replace(citation, doc=later.doc, cited_number=invented.NUMBER)
    graph = open_graph(write_graph(tmp_path / "g.kg", invented.FACTS, [later, cites]))
    assert graph.select("SELECT ?title WHERE { ?later eli:based_on ?document . ?document dct:title ?title }") == [
        {"title": invented.TITLE}
    ]


def test_a_wrong_date_stays_words() -> None:
    content = graph_of([replace(invented.FACTS[0], date="二〇三〇年初")]).graph.content.decode()
    assert '"二〇三〇年初" <' in content


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph in which all that can be said is said: a county's document, evidence with a page, links, decisions."""
    head = invented.FACTS[0]
    assert isinstance(head, Document)
    county = replace(
        head,
        doc="临政发〔2030〕1号",
        place=replace(invented.PLACE, county="临江县"),
        evidence=(replace(head.evidence[0], page=3, box="72,310,451,32"),),
    )
    path = tmp_path_factory.mktemp("all") / "g.kg"
    return open_graph(write_graph(path, invented.FACTS, [county], *DOCUMENTS, rulings=corrected()))


def used_terms(graph: Graph) -> set[str]:
    """The terms of our own that the program writes, those inside the ontology itself left out."""
    apart = (ox.NamedNode(GZ.rstrip("#")), ox.DefaultGraph())
    written = {quad for quad in graph.store if quad.graph_name not in apart}
    nodes = {str(node) for quad in written for node in (quad.predicate, quad.object)}
    return {node[1:-1] for node in nodes if node.startswith(f"<{GZ}")}


def defined_terms(graph: Graph) -> dict[str, set[str]]:
    """The terms of the ontology with the languages of their labels and definitions."""
    found: dict[str, set[str]] = {}
    for quad in graph.graph(GZ.rstrip("#")):
        if quad.subject.value.startswith(GZ):
            what = quad.predicate.value.rsplit("#")[-1]
            tags = found.setdefault(quad.subject.value, set())
            if what in ("label", "definition"):
                tags.add(f"{what}@{quad.object.language}")
    return found


def test_every_term_that_the_program_writes_is_defined(everything: Graph) -> None:
    assert used_terms(everything) - set(defined_terms(everything)) == set()


def test_every_defined_term_is_used(everything: Graph) -> None:
    structure = everything.select(
        "SELECT DISTINCT ?term { GRAPH ?g { { ?x rdfs:subClassOf ?term } UNION { ?x skos:inScheme ?term } } }"
    )
    codes = {
        row["code"]
        for row in everything.select(
            "SELECT ?code { ?code skos:inScheme ?scheme VALUES ?scheme { gz:levels gz:linkStatuses } }"
        )
    }
    unused = set(defined_terms(everything)) - used_terms(everything) - {row["term"] for row in structure} - codes
    assert unused == set()


def test_every_term_has_label_and_definition_in_both_languages(graph: Graph) -> None:
    wanted = {"label@zh", "label@en", "definition@zh", "definition@en"}
    assert {term: wanted - tags for term, tags in defined_terms(graph).items() if wanted - tags} == {}


def test_documents_with_a_head_say_who_when_and_where(graph: Graph) -> None:
    (row,) = graph.select(
        """SELECT ?issuer ?date ?place ?code WHERE {
            ?document a gz:Document ; eli:passed_by/skos:prefLabel ?issuer ; eli:date_document ?date ; gz:place ?area .
            ?area skos:prefLabel ?place ; gz:divisionCode ?code
            FILTER(?issuer != "澜州市水利局") }"""
    )
    assert row == {"issuer": "澜州市人民政府办公室", "date": "2030-01-20", "place": "澜州市", "code": "990100"}
    assert isinstance(invented.FACTS[0], Document)
