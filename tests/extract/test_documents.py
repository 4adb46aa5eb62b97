"""The head of a printed document as a fact.  Titles, places and numbers are invented."""

from dataclasses import replace

import pytest

from kg.extract.context import Context
from kg.extract.documents import find
from kg.facts import Document, Place
from kg.read import read_text
from kg.read.model import PrintedDocument

PLACE = Place(province="明江省", city="临川市", code="990100")

NOTICE = """临川市人民政府关于印发临川市水安全“十四五”规划的通知

临政发〔2022〕4号

各县、区人民政府，市直各委、办、局：

现将《临川市水安全“十四五”规划》印发给你们，请认真组织实施。

2022年3月23日

临川市水安全“十四五”规划

根据上级部署，制定本规划。
"""


def printed(text: str) -> PrintedDocument:
    return read_text(text, "gazette.txt").documents[0]


def fact(document: PrintedDocument, place: Place = PLACE) -> Document:
    (found,) = find(document, Context(place=place))
    return found


def test_a_notice() -> None:
    found = fact(printed(NOTICE))
    assert found.doc == "临政发〔2022〕4号"
    assert found.title == "临川市人民政府关于印发临川市水安全“十四五”规划的通知"
    assert found.issuers == ("临川市人民政府",)
    assert found.addressees == ("各县、区人民政府", "市直各委、办、局")
    assert found.date == "2022-03-23"
    assert found.kind == "通知"
    assert found.attached == ("临川市水安全“十四五”规划",)
    assert found.place == PLACE
    assert found.rule == "documents.number"


def test_the_evidence_is_title_number_date_and_issuer_as_they_stand_in_the_source() -> None:
    found = fact(printed(NOTICE))
    assert [evidence.quote for evidence in found.evidence] == [
        "临川市人民政府关于印发临川市水安全“十四五”规划的通知",
        "临政发〔2022〕4号",
        "2022年3月23日",
        "临川市人民政府",
    ]
    for evidence in found.evidence:
        assert NOTICE[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("临川市人民政府关于表彰先进单位的决定", "临政发〔2022〕8号", "决定"),
        ("临川市人民政府关于加快发展渔业的意见", "临政发〔2022〕9号", "意见"),
        ("临川市人民政府关于同意设立工业园区的批复", "临政函〔2022〕10号", "批复"),
        ("临川市教育局关于举办运动会的通告", "临教通〔2022〕1号", "通告"),
    ],
)
def test_the_kind_is_the_last_word_of_the_title(title: str, number: str, kind: str) -> None:
    found = fact(printed(f"{title}\n\n{number}\n\n各县区人民政府：\n\n有关事项按此办理，望周知并认真执行。\n"))
    assert (found.title, found.doc, found.kind) == (title, number, kind)


def test_a_document_without_a_number_is_named_by_its_title() -> None:
    document = printed(NOTICE)
    found = fact(replace(document, number=document.title.string, number_text=None))
    assert found.doc == found.title
    assert found.rule == "documents.title"
    assert found.evidence[0].quote == found.title


def test_what_is_not_stated_is_none() -> None:
    bare = replace(printed(NOTICE), date=None, date_text=None, kind=None, attached=(), addressees=(), issuers=())
    found = fact(bare)
    assert (found.date, found.kind, found.attached, found.addressees, found.issuers) == (None, None, (), (), ())
    assert len(found.evidence) == 2


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("in_full", [True, False])
def test_what_the_gazette_says_about_it_is_kept(listed: bool, in_full: bool) -> None:
    document = replace(printed(NOTICE), gazette="2022-4", in_contents=listed, printed_in_full=in_full)
    found = fact(document)
    assert (found.gazette, found.in_contents, found.printed_in_full) == ("2022-4", listed, in_full)


def test_spaces_that_printing_put_into_a_title_are_gone_but_stay_in_the_evidence() -> None:
    text = NOTICE.replace("水安全“十四五”规划的通知", "水安全 “十四五” 规划的通知", 1)
    found = fact(printed(text))
    assert found.title == "临川市人民政府关于印发临川市水安全“十四五”规划的通知"
    assert found.evidence[0].quote == text.split("\n")[0]
