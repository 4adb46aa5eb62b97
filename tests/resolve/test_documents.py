"""What citations mean: numbers settle it, titles are looked for where they hold, the rest are stubs."""

from __future__ import annotations

import pytest

from kg.facts import number_key
from kg.resolve.documents import (
    DOCUMENT,
    PLAN,
    Cited,
    KnownDocument,
    KnownPlan,
    Resolved,
    inner_titles,
    is_plan_title,
    resolve_citations,
    title_key,
)

CITY = ("云泽省", "澜州市")
GREEN = "澜州市“绿岸”行动方案（2030—2035年）"
PRINTED = (
    KnownDocument(
        "d:澜政办〔2030〕5号", "澜政办〔2030〕5号", f"澜州市人民政府办公室关于印发{GREEN}的通知", "2030-01-20", CITY
    ),
    KnownDocument("d:澜政发〔2031〕2号", "澜政发〔2031〕2号", "澜州市人民政府关于节水的决定", "2031-03-01", CITY),
    KnownDocument("d:澜政发〔2025〕1号", "澜政发〔2025〕1号", "澜州市人民政府印发防汛预案", "2025-03-01", CITY),
    KnownDocument("d:澜政发〔2029〕9号", "澜政发〔2029〕9号", "澜州市人民政府再次印发防汛预案", "2029-03-01", CITY),
    KnownDocument("d:临政发〔2030〕1号", "临政发〔2030〕1号", "临江市人民政府文件", "2030-01-01", ("云泽省", "临江市")),
)
PLANS = (
    KnownPlan("p:绿岸", GREEN, "d:澜政办〔2030〕5号"),
    KnownPlan("p:防汛2025", "城区防汛应急预案", "d:澜政发〔2025〕1号"),
    KnownPlan("p:防汛2029", "城区防汛应急预案", "d:澜政发〔2029〕9号"),
    KnownPlan("p:临江扶持", "企业扶持实施方案", "d:临政发〔2030〕1号"),
)


def resolved(*citations: tuple[str | None, str | None, str], by: str = "d:澜政发〔2031〕2号") -> Resolved:
    """What citations, given as number, title and relation, mean in a document."""
    cited = [Cited(f"c{index}", by, *each) for index, each in enumerate(citations)]
    return resolve_citations(cited, PRINTED, PLANS, lambda name: f"d:{name}", lambda document, title: f"p:{title}")


def meant(found: Resolved, index: int = 0, predicate: str = DOCUMENT) -> list[str]:
    return [
        link.object
        for link in found.links
        if link.subject == f"c{index}" and link.predicate == predicate and link.doubt is None
    ]


@pytest.mark.parametrize(
    ("number", "title", "relation", "document"),
    [
        # a printed document, by its number in any spelling
        ("澜政办〔2030〕5号", None, "basis", "d:澜政办〔2030〕5号"),
        ("澜政办[2030]5号", None, "basis", "d:澜政办〔2030〕5号"),
        ("澜政办〔2030〕第5号", GREEN, "mentions", "d:澜政办〔2030〕5号"),
        # the number wins over the title: the old plan bore the same one
        ("澜政办〔2016〕84号", GREEN, "repeals", "d:澜政办〔2016〕84号"),
        # what is not printed is named by its number
        ("国发 〔2028〕 7 号", None, "basis", "d:国发〔2028〕7号"),
        ("GB/T 1234—2029", "河岸评价", "basis", "d:GB/T1234-2029"),
        # titles: of a document, without its issuer, of its plan, with other punctuation
        (None, "澜州市人民政府关于节水的决定", "mentions", "d:澜政发〔2031〕2号"),
        (None, f"关于印发{GREEN}的通知", "basis", "d:澜政办〔2030〕5号"),
        (None, GREEN, "basis", "d:澜政办〔2030〕5号"),
        (None, "澜州市绿岸行动方案(2030-2035年)", "basis", "d:澜政办〔2030〕5号"),
        # of two editions the newest one that was there
        (None, "城区防汛应急预案", "basis", "d:澜政发〔2029〕9号"),
        # another city's plan is not meant
        (None, "企业扶持实施方案", "basis", "d:企业扶持实施方案"),
        # nobody prints it
        (None, "云泽省河湖条例", "basis", "d:云泽省河湖条例"),
    ],
)
def test_the_document_that_a_citation_means(
    number: str | None, title: str | None, relation: str, document: str
) -> None:
    assert meant(resolved((number, title, relation))) == [document]


def test_a_document_does_not_repeal_itself() -> None:
    found = resolved((None, "城区防汛应急预案", "repeals"), by="d:澜政发〔2029〕9号")

    assert meant(found) == ["d:澜政发〔2025〕1号"]


def test_a_document_may_mention_itself() -> None:
    assert meant(resolved((None, GREEN, "mentions"), by="d:澜政办〔2030〕5号")) == ["d:澜政办〔2030〕5号"]


def test_editions_that_are_not_meant_are_in_doubt() -> None:
    found = resolved((None, "城区防汛应急预案", "basis"))

    assert [link.object for link in found.links if link.doubt] == ["d:澜政发〔2025〕1号"]


def test_a_title_alone_means_what_another_citation_gives_a_number_to() -> None:
    found = resolved(
        ("云政发〔2028〕3号", "云泽省人民政府关于印发云泽省河湖规划（2028—2030年）的通知", "basis"),
        (None, "云泽省河湖规划（2028—2030年）", "mentions"),
    )

    assert meant(found, 1) == ["d:云政发〔2028〕3号"]
    assert meant(found, 0, PLAN) == meant(found, 1, PLAN) == ["p:云泽省河湖规划（2028—2030年）"]


@pytest.mark.parametrize(
    ("number", "title", "plans"),
    [
        (None, GREEN, ["p:绿岸"]),
        ("澜政办〔2030〕5号", f"关于印发{GREEN}的通知", ["p:绿岸"]),
        ("云政发〔2028〕3号", "云泽省节水规划", ["p:云泽省节水规划"]),
        (None, "云泽省节水规划", ["p:云泽省节水规划"]),
        ("云政发〔2028〕3号", "关于印发〈河湖规划〉及〈节水行动计划〉的通知", ["p:河湖规划", "p:节水行动计划"]),
        ("云政发〔2028〕4号", "关于加强节水的意见", []),
        (None, "中华人民共和国水法", []),
    ],
)
def test_the_plans_that_a_citation_means(number: str | None, title: str, plans: list[str]) -> None:
    assert meant(resolved((number, title, "basis")), 0, PLAN) == plans


def test_of_what_nobody_prints_number_and_fullest_title_are_kept() -> None:
    found = resolved(
        ("云政发〔2028〕3号", "云泽省节水规划", "basis"),
        ("云政发〔2028〕3号", "云泽省人民政府关于印发云泽省节水规划的通知", "mentions"),
    )

    assert found.numbers == {"d:云政发〔2028〕3号": "云政发〔2028〕3号"}
    assert found.titles == {"d:云政发〔2028〕3号": "云泽省人民政府关于印发云泽省节水规划的通知"}
    assert [(plan.title, plan.document) for plan in found.plans.values()] == [("云泽省节水规划", "d:云政发〔2028〕3号")]


@pytest.mark.parametrize(
    ("left", "right", "asked"),
    [
        ("云泽省河湖管理暂行办法", "云泽省河湖管暂行办法", True),
        ("云泽省发展的第三个五年纲要", "云泽省发展第三个五年纲要", True),
        # another year or ordinal is another document
        ("云泽省第三批河湖名录", "云泽省第四批河湖名录", False),
        ("云泽省河湖名录2030", "云泽省河湖名录2031", False),
        ("云泽省河湖名录", "云泽省湖泊湿地名录", False),
    ],
)
def test_titles_one_character_apart_are_asked_about(left: str, right: str, asked: bool) -> None:
    found = resolved((None, left, "basis"), (None, right, "basis"))

    assert [link.rule for link in found.links if link.doubt] == ["documents.near"] * asked
    assert len(meant(found, 0)) == len(meant(found, 1)) == 1


@pytest.mark.parametrize(
    ("title", "inner"),
    [
        ("某市关于印发某市绿岸规划的通知", ("某市绿岸规划",)),
        ("关于印发《某市绿岸规划》的通知", ("某市绿岸规划",)),
        ("关于印发〈甲〉的通知", ()),
        ("关于公布某市第三批名录的决定", ("某市第三批名录",)),
        ("关于加强节水的意见", ()),
    ],
)
def test_the_titles_in_a_notice(title: str, inner: tuple[str, ...]) -> None:
    assert inner_titles(title) == inner


@pytest.mark.parametrize(
    ("title", "is_plan"),
    [
        ("某市节水规划", True),
        ("某市节水规划（2030—2035年）", True),
        ("某市防汛应急预案", True),
        ("某市三年行动计划（试行）", True),
        ("某省河湖条例", False),
        ("关于某某行动计划", False),
        ("某市节水办法", False),
    ],
)
def test_what_a_plan_is_called(title: str, is_plan: bool) -> None:
    assert is_plan_title(title) is is_plan


def test_keys_leave_out_how_things_are_written() -> None:
    assert number_key("国发[2028]第7号") == number_key("国发 〔2028〕 7 号") == number_key("国发【2028】7号")
    assert title_key("某市“绿岸”规划（2030—2035年）") == title_key("某市绿岸规划(2030-2035年)")
