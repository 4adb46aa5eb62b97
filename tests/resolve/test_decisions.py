"""What people decide: the files, and what a build makes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.facts import Agency, Assignment, Fact, Place, Target
from kg.resolve.decisions import Decision, DecisionError, Rulings, read_rulings
from tests import invented

HEAD = "iri,decision,field,value,who,when,why\n"
FACT = "https://policy-kg.example/fact/澜政办〔2030〕5号/target-1"
TARGET = next(fact for fact in invented.FACTS if isinstance(fact, Target))


def decisions(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def decided(fact: Fact, verdict: str, field: str = "", value: str = "") -> list[Fact]:
    rulings = Rulings((Decision(FACT, verdict, field, value, "陈晓", "2031-02-03", ""),))
    return [each for _, each in rulings.decided([(FACT, fact)])]


def test_a_file_of_decisions(tmp_path: Path) -> None:
    path = decisions(
        tmp_path,
        f"{FACT},reject,,,陈晓,2031-02-03,表头误作指标",
        f"{FACT},,,,,,",
        'https://policy-kg.example/link/1,accept,,,陈晓,,"同一规划，见附件"',
    )

    first, second = read_rulings(path).decisions
    assert first == Decision(FACT, "reject", "", "", "陈晓", "2031-02-03", "表头误作指标")
    assert (second.verdict, second.why) == ("accept", "同一规划，见附件")


def test_the_list_for_review_can_be_given_back(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head = "iri,decision,field,value,who,when,why,question,left,right\n"
    # as a spreadsheet saves it
    path.write_text("\ufeff" + head + f"{FACT},accept,,,陈晓,2031-02-03,,是否？,甲,乙\n", encoding="utf-8")

    assert [decision.verdict for decision in read_rulings(path).decisions] == ["accept"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"{FACT},maybe,,,陈晓,2031-02-03,", "line 2: “maybe” is no decision"),
        (f"{FACT},reject,,,陈晓,3.2.2031,", "line 2: “3.2.2031” is not a day"),
        (f"{FACT},reject,,,,2031-02-03,", "line 2: who has decided is missing"),
        (",reject,,,陈晓,2031-02-03,", "line 2: the decision names no iri"),
        ("target 1,reject,,,陈晓,2031-02-03,", "line 2: “target 1” is no IRI"),
    ],
)
def test_rows_that_cannot_be_obeyed_are_named(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        read_rulings(decisions(tmp_path, row))


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=r"absent.csv cannot be read"):
        read_rulings(tmp_path / "absent.csv")
    with pytest.raises(DecisionError, match="lacks the column decision"):
        read_rulings(decisions(tmp_path, head="iri,verdict\n"))
    (tmp_path / "gbk.csv").write_bytes("甲".encode("gbk"))
    with pytest.raises(DecisionError, match="not UTF-8"):
        read_rulings(tmp_path / "gbk.csv")


def test_a_rejected_fact_is_left_out() -> None:
    assert decided(TARGET, "reject") == []
    assert decided(TARGET, "accept") == [TARGET]


def test_a_document_can_be_corrected_but_not_rejected() -> None:
    head = invented.FACTS[0]

    assert decided(head, "reject") == [head]
    assert decided(head, "correct", "date", "2030-01-21") == [
        replace(head, date="2030-01-21", rule="decision.correct", confidence=1.0)  # type: ignore[call-arg]
    ]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("value", "86", "86"),
        ("target_year", "2036", 2036),
        ("unit", "", None),
        ("indicator", "岸线绿化率", "岸线绿化率"),
    ],
)
def test_a_corrected_fact_says_the_right_value(field: str, value: str, expected: object) -> None:
    (fact,) = decided(TARGET, "correct", field, value)

    assert getattr(fact, field) == expected
    assert (fact.rule, fact.confidence, fact.evidence) == ("decision.correct", 1.0, TARGET.evidence)


def test_lists_are_corrected_as_lists() -> None:
    (head,) = decided(invented.FACTS[0], "correct", "issuers", "澜州市水利局、澜州市财政局")

    assert getattr(head, "issuers") == ("澜州市水利局", "澜州市财政局")  # noqa: B009


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("evidence", "甲", "corrects “evidence”; a fact of the kind target has"),
        ("colour", "甲", "corrects “colour”"),
        ("target_year", "明年", "write a year of four digits"),
    ],
)
def test_corrections_that_do_not_fit_are_named(field: str, value: str, words: str) -> None:
    with pytest.raises(DecisionError, match=words):
        decided(TARGET, "correct", field, value)


def test_the_last_of_two_verdicts_counts() -> None:
    rows = tuple(Decision(FACT, verdict, "", "", "陈晓", "", "") for verdict in ("reject", "accept"))

    assert Rulings(rows).decided([(FACT, TARGET)]) == [(FACT, TARGET)]


def test_a_file_is_concerned_by_decisions_about_its_documents() -> None:
    rulings = Rulings((Decision(FACT, "reject", "", "", "陈晓", "", ""),))

    assert rulings.digest_for(["https://policy-kg.example/document/澜政办〔2030〕5号"]) == rulings.digest != ""
    assert rulings.digest_for(["https://policy-kg.example/document/澜政办〔2030〕6号"]) == ""
    assert Rulings().digest == ""


AUTHORITY = """name,short,code,place
澜州市河湖保护中心,河湖中心、市河湖办,LZ-17,澜州市
国家河湖总署,河湖总署,,
"""


@pytest.mark.parametrize(
    ("surface", "place", "canonical"),
    [
        ("河湖中心", Place("云泽省", "澜州市"), "澜州市河湖保护中心"),
        ("市河湖办", Place("云泽省", "澜州市"), "澜州市河湖保护中心"),
        ("河湖中心", Place("云泽省", "临江市"), None),
        ("河湖总署", Place("云泽省", "临江市"), "国家河湖总署"),
        ("市水利局", Place("云泽省", "澜州市"), None),
    ],
)
def test_an_own_list_of_agencies_names_them(tmp_path: Path, surface: str, place: Place, canonical: str | None) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text(AUTHORITY, encoding="utf-8")
    head = replace(invented.FACTS[0], place=place)  # type: ignore[call-arg]
    shared = {"doc": head.doc, "evidence": head.evidence, "rule": "a.b", "confidence": 1.0}
    mention = Agency(surface=surface, **shared)  # type: ignore[arg-type]
    duty = Assignment(task="护岸", agency=surface, role="lead", **shared)  # type: ignore[arg-type]

    _, named, given = read_rulings(authority=path).named([head, mention, duty])
    assert (getattr(named, "canonical"), getattr(given, "canonical")) == (canonical, canonical)  # noqa: B009


def test_an_own_list_without_a_name_is_named(tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text("name,short\n,河湖中心\n", encoding="utf-8")

    with pytest.raises(DecisionError, match="line 2: the official name is missing"):
        read_rulings(authority=path)
