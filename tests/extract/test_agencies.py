"""Agencies of a document: every public body that it names, once for each form of its name.

All places are invented.  A document is a notice of 江岚市 with the given text; issuer and addressees are not repeated.
"""

import pytest

from kg.extract.agencies import find
from kg.extract.context import Context
from kg.extract.place import place_of
from kg.facts import Agency, Appointment, Assignment, Evidence, Fact, Membership
from kg.read import read_text
from kg.read.model import PrintedDocument

HEAD = "江岚市人民政府办公室关于加强绿道建设的通知\n\n江政办〔2031〕5号\n\n各县、区人民政府，市直各委、办、局：\n\n"
HEADED = {"江岚市人民政府办公室", "各县、区人民政府", "市直各委、办、局"}


def printed(text: str) -> PrintedDocument:
    return read_text(f"{HEAD}{text}\n\n2031年3月5日\n").documents[0]


def agencies(text: str, *facts: Fact) -> list[Agency]:
    document = printed(text)
    return list(find(document, Context(place=place_of(document), facts=list(facts))))


def surfaces(text: str, *facts: Fact) -> list[str]:
    return [fact.surface for fact in agencies(text, *facts) if fact.surface not in HEADED]


EVIDENCE = (Evidence("text", 0, 1, "江"),)


def assignment(agency: str, source: str = "paren", intended: str | None = None) -> Assignment:
    return Assignment(
        doc="江政办〔2031〕5号",
        evidence=EVIDENCE,
        rule=f"assignments.{source}",
        confidence=0.9,
        task="建设绿道",
        agency=agency,
        role="lead",
        source=source,
        intended=intended,
    )


def membership(person: str, post: str) -> Membership:
    return Membership(
        doc="江政办〔2031〕5号",
        evidence=EVIDENCE,
        rule="memberships.list",
        confidence=0.9,
        group="江岚市绿道建设领导小组",
        person=person,
        role="成员",
        post=post,
    )


def test_the_address_line_is_read_as_a_list_alone() -> None:
    text = HEAD.replace("市直各委、办、局", "中央在江各单位") + "请认真执行。\n\n2031年3月5日\n"
    found = find(read_text(text).documents[0], Context())
    assert [fact.surface for fact in found][1:] == ["各县、区人民政府", "中央在江各单位"]


def test_the_head_names_issuer_and_addressees() -> None:
    found = agencies("请认真贯彻执行。")
    assert [(fact.surface, fact.rule) for fact in found] == [
        ("江岚市人民政府办公室", "agencies.head"),
        ("各县、区人民政府", "agencies.head"),
        ("市直各委、办、局", "agencies.head"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("经市人民政府同意，由市教育局牵头。市教育局要加强指导。", "市人民政府 市教育局"),
        ("江岚市教育局和市教育局是两种写法。", "江岚市教育局 市教育局"),
        ("各部门要压实责任，各有关单位要密切配合。", "各部门 各有关单位"),
        # bodies by kind are not named, bodies within cited titles are not of this document
        ("财政部门要保障经费，教育主管部门要加强指导。", ""),
        ("根据《云岭省人民政府办公厅关于促进就业的意见》，结合我市实际。", ""),
        ("根据《江岚市教育局〈关于加强管理的通知〉的补充通知》，由市财政局落实。", "市财政局"),
        # facilities that are built and praised
        ("扩建市第二人民医院，支持江岚大学建设一流学科，新建社区卫生服务中心8个。", ""),
        ("本办法由江岚市住房公积金管理中心负责解释。", "江岚市住房公积金管理中心"),
        # companies, class words, members without a group
        ("培育龙头企业12家，引导商业银行加大信贷投放。", ""),
        ("各成员单位按季报送进展，业主委员会参与监督。", ""),
        # a group and what is set up under it
        (
            "成立江岚市绿道建设领导小组，领导小组下设办公室（设在市园林局）和督查组。",
            "江岚市绿道建设领导小组 领导小组 市园林局 督查组",
        ),
        ("市教育局", "市教育局"),
    ],
)
def test_names_in_the_text(text: str, names: str) -> None:
    assert surfaces(text) == names.split()


def test_names_in_tables() -> None:
    rows = ["序号\t项目名称\t保护单位\t备注", "1\t竹编\t东屿区文化馆\t", "2\t船歌\t江岚市歌舞剧院、市文化馆\t"]
    text = "附件\n\n" + "\n".join([*rows, "3\t锣鼓\t大力种植合作社\t"])
    assert surfaces(text) == ["东屿区文化馆", "市文化馆"]


@pytest.mark.parametrize(
    ("fact", "names"),
    [
        (assignment("市教育局"), ["市教育局"]),
        (assignment("江岚城建集团公司"), ["江岚城建集团公司"]),
        (assignment("江岚大学", "table"), ["江岚大学"]),
        # subjects of sentences count if they are bodies by name
        (assignment("市妇幼保健院项目", "text"), []),
        (assignment("卫生健康部门", "text"), []),
        (assignment("抢险排水组", "text"), ["抢险排水组"]),
        (membership("周明", "市水务局副局长"), ["市水务局"]),
        (membership("周明", "江岚高新区工委书记、管委主任"), ["江岚高新区工委", "管委"]),
        (membership("周明", "江岚城建集团公司董事长"), ["江岚城建集团公司"]),
        (membership("周明", "副市长"), []),
        (
            Appointment(
                doc="江政办〔2031〕5号",
                evidence=EVIDENCE,
                rule="appointments.text",
                confidence=0.9,
                person="周明",
                action="appoint",
                post="主任",
                organisation="江岚市地方志编纂委员会办公室",
            ),
            ["江岚市地方志编纂委员会办公室"],
        ),
    ],
)
def test_names_that_other_facts_hold(fact: Fact, names: list[str]) -> None:
    assert surfaces("请认真贯彻执行。", fact) == names


def test_the_name_of_a_member_is_no_part_of_the_agency() -> None:
    text = "成员名单如下：\n\n林一平 长湾港口管理局江岚分局局长"
    assert surfaces(text, membership("林一平", "局长")) == ["长湾港口管理局江岚分局"]


def test_what_an_elided_name_means() -> None:
    found = agencies("分管市水利局、林业局工作。", assignment("社会事务局", intended="滨江新区管委社会事务局"))
    meant = {fact.surface: fact.intended for fact in found if fact.intended}
    assert meant == {"社会事务局": "滨江新区管委社会事务局", "林业局": "市林业局"}


@pytest.mark.parametrize(
    "definition",
    [
        "江岚市核事故应急委员会（以下简称市核应急委）负责指挥。",
        "江岚市核事故应急委员会（以下简称“市核应急委”）负责指挥。",
        "江岚市核事故应急委员会（简称：市核应急委）负责指挥。",
        "江岚市核事故应急委员会（设在市生态环境局，以下简称市核应急委）负责指挥。",
    ],
)
def test_a_document_defines_short_names(definition: str) -> None:
    found = agencies(f"{definition}\n\n由市核应急委、市公安局负责。", assignment("市核应急委"))
    assert {fact.surface: fact.intended for fact in found}["市核应急委"] == "江岚市核事故应急委员会"


def test_the_evidence_is_the_name_as_printed() -> None:
    document = printed("由市行政 审批局牵头。")
    found = {fact.surface: fact for fact in find(document, Context(place=place_of(document)))}
    evidence = found["市行政审批局"].evidence[0]
    assert document.source.text[evidence.start : evidence.end] == evidence.quote == "市行政 审批局"
