"""Facts with canonical names: what the rest of a document tells about a name in it."""

from kg.facts import Agency, Assignment, Document, Evidence, Fact, Place, Plan
from kg.resolve import resolve

CITY = Place("云岭省", "江岚市")


def agency(surface: str, start: int = 0, intended: str | None = None, doc: str = "江政发〔2031〕5号") -> Agency:
    evidence = (Evidence("a.txt", start, start + len(surface), surface),)
    return Agency(doc=doc, evidence=evidence, rule="agencies.text", confidence=0.9, surface=surface, intended=intended)


def document(place: Place = CITY, doc: str = "江政发〔2031〕5号") -> Document:
    return Document(doc=doc, evidence=(), rule="documents.number", confidence=0.9, title="通知", place=place)


def names(*facts: Fact) -> list[str | None]:
    return [fact.canonical for fact in resolve(facts) if isinstance(fact, Agency)]


def test_names_belong_to_the_place_of_their_document() -> None:
    other = document(Place("云岭省", "丹泉市"), "丹政发〔2031〕1号")
    facts = (document(), other, agency("市教育局"), agency("市教育局", doc="丹政发〔2031〕1号"))
    assert names(*facts) == ["江岚市教育局", "丹泉市教育局"]


def test_a_document_s_own_full_name_wins() -> None:
    facts = (document(), agency("市文化广电旅游局"), agency("江岚市文化广电旅游局"))
    assert names(*facts) == ["江岚市文化广电旅游局", "江岚市文化广电旅游局"]
    assert names(document(), agency("市文化广电旅游局")) == ["江岚市文化广电和旅游局"]


def test_a_bare_group_is_the_one_named_before() -> None:
    facts = (
        document(),
        agency("江岚市绿道建设领导小组", 10),
        agency("领导小组办公室", 50),
        agency("江岚市防汛抗旱指挥部", 90),
        agency("指挥部", 120),
        agency("领导小组", 150),
    )
    assert names(*facts) == [
        "江岚市绿道建设领导小组",
        "江岚市绿道建设领导小组办公室",
        "江岚市防汛抗旱指挥部",
        "江岚市防汛抗旱指挥部",
        "江岚市绿道建设领导小组",
    ]


def test_a_group_of_another_kind_is_not_meant() -> None:
    assert names(document(), agency("江岚市绿道建设领导小组", 10), agency("联席会议", 50))[1] == "联席会议"


def test_working_groups_are_those_of_their_parent() -> None:
    facts = (
        document(),
        agency("江岚市绿道建设领导小组", 10),
        agency("工作专班", 40, "领导小组工作专班"),
        agency("综合协调组", 60, "工作专班综合协调组"),
        agency("宣传报道组", 90),
    )
    assert names(*facts)[1:] == [
        "江岚市绿道建设领导小组工作专班",
        "江岚市绿道建设领导小组工作专班综合协调组",
        "江岚市绿道建设领导小组宣传报道组",
    ]


def test_a_group_named_in_passing_is_no_parent() -> None:
    facts = (document(), agency("辐射事故应急领导小组", 10), agency("综合协调行动组", 60))
    assert names(*facts)[1] == "综合协调行动组"


def test_working_groups_of_an_emergency_committee_are_its() -> None:
    facts = (
        document(),
        agency("市核应急委", 10, "市核事故应急委员会"),
        agency("市核事故应急委员会", 20),
        agency("综合协调行动组", 60),
    )
    assert names(*facts)[2] == "江岚市核事故应急委员会综合协调行动组"


def test_assignments_get_the_same_names() -> None:
    given = Assignment(
        doc="江政发〔2031〕5号",
        evidence=(Evidence("a.txt", 80, 85, "市核应急办"),),
        rule="assignments.paren",
        confidence=0.9,
        task="编制预案",
        agency="市核应急办",
        role="lead",
    )
    facts = resolve([document(), agency("市核应急办", 20, "市核事故应急委员会办公室"), given])
    assert [fact.canonical for fact in facts if isinstance(fact, Assignment)] == ["江岚市核事故应急委员会办公室"]


def test_other_facts_are_left_alone() -> None:
    plan = Plan(doc="江政发〔2031〕5号", evidence=(), rule="plans.issued", confidence=0.9, title="规划")
    assert resolve([plan]) == [plan]


def test_levels_are_filled_in() -> None:
    facts = resolve([document(), agency("市教育局"), agency("各县区人民政府"), agency("国务院")])
    assert [fact.level for fact in facts if isinstance(fact, Agency)] == ["市", "集体", "国家"]
