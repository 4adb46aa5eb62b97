"""The scorer: when two rows say the same, what counts, and that it agrees with the reference scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kg.alike import RULES, alike, canonical_key, document_key, value_key
from kg.facts import TABLES
from kg.score import AnswerKeyError, Row, TableScore, read_coverage, read_tables, score

DOC = "云政办〔2031〕5号"


def scored(table: str, keys: Iterable[dict[str, Any]], rows: Iterable[dict[str, Any]]) -> TableScore:
    """The score of one table in one document."""
    with_doc = [{table: [{"doc": DOC, **row} for row in side]} for side in (keys, rows)]
    return score(with_doc[0], {table: [DOC]}, with_doc[1])[table]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("优先保障用电用水", "优先保障用电用水", 1.0),
        ("优先保障用电用水", "“优先保障 用电、用水”", 1.0),
        ("优先保障用电用水", "优先保障用电用水，降低用能成本", 0.95),
        ("园区生产设施配套", "完善园区生产设施配套建设", 0.9),
        ("优先保障用电用水", "推进乡村道路建设", 0.0),
        ("道路", "道路建设", 2 / 3),
        ("", "", 0.0),
        (None, "道路", 0.0),
    ],
)
def test_texts_are_alike(left: str | None, right: str | None, expected: float) -> None:
    assert alike(left, right) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("79", "79.0"),
        ("７９", "79"),
        ("1,200", "1200"),
        ("79%", "79"),
        ("每年 0.5 个百分点", "0.5"),
        ("全覆盖", "全 覆盖"),
    ],
)
def test_equal_values(left: str, right: str) -> None:
    assert value_key(left) == value_key(right)


@pytest.mark.parametrize(
    ("left", "right"), [("79", "7.9"), ("2—3", "2"), ("全覆盖", "基本覆盖"), ("", "0"), (None, "0")]
)
def test_different_values(left: str | None, right: str) -> None:
    assert value_key(left) != value_key(right)


def test_document_numbers_are_equal_whatever_their_brackets() -> None:
    assert {document_key(n) for n in (DOC, "云政办[2031]5号", "云政办（2031） 5号", "云政办【２０３１】5号")} == {DOC}


def test_party_bodies_may_be_spelt_out() -> None:
    assert canonical_key("中国共产党云江市委员会宣传部") == canonical_key("中共云江市委宣传部")


KEY_TARGET = {"indicator": "绿化覆盖率", "value": "40", "target_year": 2035, "comparator": ">=", "unit": "%"}
KEY_TASK = {"task": "修复河岸湿地", "agency": "市水利局", "role": "lead"}


@pytest.mark.parametrize(
    ("table", "key", "row", "pairs"),
    [
        ("targets", KEY_TARGET, {**KEY_TARGET, "value": "40.0"}, True),
        ("targets", KEY_TARGET, {**KEY_TARGET, "comparator": "=", "unit": None}, True),
        ("targets", KEY_TARGET, {**KEY_TARGET, "value": "41"}, False),
        ("targets", KEY_TARGET, {**KEY_TARGET, "target_year": 2030}, False),
        ("targets", KEY_TARGET, {**KEY_TARGET, "target_year": None}, False),
        ("targets", {**KEY_TARGET, "year_inherited": True}, {**KEY_TARGET, "target_year": None}, True),
        ("targets", {**KEY_TARGET, "year_inherited": True}, {**KEY_TARGET, "target_year": 2034}, False),
        ("targets", {**KEY_TARGET, "target_year": None}, KEY_TARGET, True),
        ("targets", {**KEY_TARGET, "indicator_alt": ["城区绿地"]}, {**KEY_TARGET, "indicator": "城区绿地"}, True),
        ("assignments", KEY_TASK, {**KEY_TASK, "task": "修复河岸湿地，建设公园"}, True),
        ("assignments", KEY_TASK, {**KEY_TASK, "role": "cooperating"}, False),
        ("assignments", {**KEY_TASK, "role_alt": ["responsible"]}, {**KEY_TASK, "role": "responsible"}, True),
        ("assignments", {**KEY_TASK, "canonical": "云江市水利局"}, {**KEY_TASK, "agency": "云江市水利局"}, True),
        ("assignments", KEY_TASK, {**KEY_TASK, "agency": "市林业局"}, False),
        ("assignments", {**KEY_TASK, "task_alt": ["湿地"]}, {**KEY_TASK, "task": "湿地"}, True),
        ("assignments", {**KEY_TASK, "agency": None, "leader": "周明"}, {**KEY_TASK, "agency": None}, False),
        (
            "assignments",
            {**KEY_TASK, "agency": None, "leader": "周明"},
            {**KEY_TASK, "agency": None, "leader": "周 明"},
            True,
        ),
        (
            "memberships",
            {"group": "节水工作领导小组", "person": "周明", "role": "组长"},
            {"group": "市节水工作领导小组", "person": "周 明", "role": "组长"},
            True,
        ),
        (
            "memberships",
            {"group": "节水工作领导小组", "person": "周明", "role": "组长"},
            {"group": "节水工作领导小组", "person": "周明", "role": "副组长"},
            False,
        ),
        (
            "appointments",
            {"person": "周明", "action": "appoint", "organisation": "市水利局", "post": "副局长"},
            {"person": "周明", "action": "appoint", "organisation": None, "post": "市水利局副局长"},
            True,
        ),
        (
            "appointments",
            {"person": "周明", "action": "appoint", "post": "副局长"},
            {"person": "周明", "action": "remove", "post": "副局长"},
            False,
        ),
        (
            "portfolios",
            {"person": "周明", "relation": "分管", "object": "市水利局"},
            {"person": "周明", "relation": "分管", "object": "市水利局。"},
            True,
        ),
        (
            "portfolios",
            {"person": "周明", "relation": "分管", "object": "市水利局"},
            {"person": "周明", "relation": "联系", "object": "市水利局"},
            False,
        ),
        (
            "citations",
            {"cited_number": "第5号", "cited_title": "节水办法"},
            {"cited_number": "5号", "cited_title": None},
            True,
        ),
        ("citations", {"cited_number": None, "cited_title": "节水办法"}, {"cited_title": "《节水办法》"}, True),
        ("agencies", {"surface": "市水利局"}, {"surface": "市 水利局"}, True),
        ("agencies", {"surface": "市水利局"}, {"surface": "水利局"}, False),
        ("projects", {"name": "云江二桥工程"}, {"name": "云江二桥"}, True),
    ],
)
def test_rows_pair(table: str, key: Row, row: Row, pairs: bool) -> None:
    assert bool(RULES[table].similarity(key, row)) is pairs


def test_precision_recall_and_f1() -> None:
    found = scored("agencies", [{"surface": s} for s in "甲乙丙丁"], [{"surface": s} for s in "甲乙戊"])

    assert (found.right, found.key, found.found) == (2, 4, 3)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(1 / 2)
    assert found.f1 == pytest.approx(4 / 7)
    assert [(miss.what, miss.row) for miss in found.misses] == [
        ("missed", {"doc": DOC, "surface": "丙"}),
        ("missed", {"doc": DOC, "surface": "丁"}),
        ("wrong", {"doc": DOC, "surface": "戊"}),
    ]


def test_finding_nothing_where_nothing_is_to_be_found_is_perfect() -> None:
    assert scored("projects", [], []).f1 == 1.0
    assert scored("projects", [], [{"name": "云江二桥工程"}]).f1 == 0.0
    assert scored("projects", [{"name": "云江二桥工程"}], []).f1 == 0.0


def test_a_row_pairs_once_and_with_the_most_similar() -> None:
    keys = [{**KEY_TASK, "task": "修复湿地岸线"}, KEY_TASK]
    found = scored("assignments", keys, [KEY_TASK])

    assert (found.right, found.key, found.found) == (1, 2, 1)
    assert [miss.row for miss in found.misses] == [{"doc": DOC, **keys[0]}]


def test_a_fact_printed_twice_may_be_one_row_or_two() -> None:
    once, twice = [{"surface": "市水利局"}], [{"surface": "市水利局"}, {"surface": "市水利局"}]

    assert scored("agencies", once, twice).f1 == 1.0
    assert scored("agencies", twice, once).f1 == 1.0
    thrice = scored("agencies", once, [*twice, {"surface": "市水利局"}])
    assert (thrice.right, thrice.found) == (1, 2)


@pytest.mark.parametrize("mark", ["optional", "doubtful", "realigned"])
def test_rows_about_which_readers_differ_are_neither_required_nor_punished(mark: str) -> None:
    keys = [{"surface": "市水利局"}, {"surface": "园区", mark: True}]

    assert scored("agencies", keys, keys).figures()["f1"] == 1.0
    assert scored("agencies", keys, keys[:1]).figures()["f1"] == 1.0


def test_other_rules_are_told_beside_f1() -> None:
    target = scored("targets", [KEY_TARGET], [{**KEY_TARGET, "comparator": None}])
    assert (target.figures()["f1"], target.figures()["strict_f1"]) == (1.0, 0.0)

    task = scored("assignments", [KEY_TASK], [{**KEY_TASK, "role": "responsible"}])
    assert (task.figures()["f1"], task.figures()["pair_f1"]) == (0.0, 1.0)


def test_fields_of_pairs_are_compared_where_the_key_has_them() -> None:
    keys = [{**KEY_TASK, "deadline": "6月底前", "leader": None}, {**KEY_TASK, "task": "清理河道", "deadline": "2033年"}]
    rows = [
        {**KEY_TASK, "deadline": "6月底前", "leader": "周明"},
        {**KEY_TASK, "task": "清理河道", "deadline": "2035年底"},
    ]

    assert scored("assignments", keys, rows).figures()["fields"] == {"deadline": 0.5}


def test_canonical_names_are_compared_unless_the_text_does_not_settle_them() -> None:
    keys = [
        {"surface": "市水利局", "canonical": "云江市水利局"},
        {"surface": "市教育局", "canonical": "云江市教育局"},
        {"surface": "中心", "canonical": "云江市中心", "canonical_uncertain": True},
    ]
    rows = [{**keys[0]}, {**keys[1], "canonical": "教育局"}, {"surface": "中心", "canonical": None}]

    assert scored("agencies", keys, rows).figures()["canonical"] == 0.5


def test_values_of_documents_and_plans_count_one_by_one() -> None:
    key = {"title": "云江市节水规划", "type": "规划", "period_start": 2031, "period_end": 2035}
    found = scored("plans", [key], [{**key, "period_end": 2034}])

    assert (found.right, found.key, found.found) == (3, 4, 4)


def test_only_documents_that_the_key_covers_are_scored() -> None:
    rows = {"agencies": [{"doc": DOC, "surface": "市水利局"}, {"doc": "云政发〔2031〕1号", "surface": "市教育局"}]}

    result = score({"agencies": rows["agencies"][:1]}, {"agencies": [DOC], "unheard": [DOC]}, rows)

    assert list(result) == ["agencies"]
    assert result["agencies"].figures()["f1"] == 1.0


def test_faulty_keys_are_named_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(AnswerKeyError, match=r"no coverage\.json"):
        read_coverage(tmp_path)

    (tmp_path / "coverage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(AnswerKeyError, match=r"coverage\.json"):
        read_coverage(tmp_path)

    (tmp_path / "plans.jsonl").write_text('{"doc": "甲"}\n\n{"doc": \n', encoding="utf-8")
    with pytest.raises(AnswerKeyError, match=r"plans\.jsonl, line 3"):
        read_tables(tmp_path)

    (tmp_path / "plans.jsonl").write_text("[1]\n", encoding="utf-8")
    with pytest.raises(AnswerKeyError, match=r"plans\.jsonl, line 1"):
        read_tables(tmp_path)


def imperfect(row: Row, chance: random.Random) -> dict[str, Any]:
    """The row as a program that makes mistakes would have found it."""
    found: dict[str, Any] = {"doc": row["doc"]}
    for name, value in row.items():
        if name in ("doc", "optional", "doubtful", "realigned"):
            continue
        fate = chance.random()
        if fate < 0.06:
            value = None
        elif isinstance(value, str) and value and fate < 0.2:
            cut = chance.randrange(len(value))
            value = value[:cut] + value[cut + 1 :] if fate < 0.14 else value[: cut + 1]
        found[name] = value
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_agrees_with_the_reference_scorer(shared: Path, tmp_path: Path, seed: int) -> None:
    """On an export made from the keys by leaving out, doubling and damaging rows."""
    reference, folder = shared / "score" / "score.py", shared / "keys"
    chance = random.Random(seed)
    keys = read_tables(folder)
    for table in TABLES:
        copies = (row for row in keys[table] for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 1, 2))))
        lines = [json.dumps(imperfect(row, chance), ensure_ascii=False) + "\n" for row in copies]
        (tmp_path / f"{table}.jsonl").write_text("".join(lines), encoding="utf-8")

    command = [sys.executable, str(reference), str(folder), str(tmp_path), "--json"]
    expected = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    result = score(keys, read_coverage(folder), read_tables(tmp_path))
    assert {table: total.figures() for table, total in result.items()} == expected
    assert 0.3 < expected["assignments"]["f1"] < 0.95, "the export must be neither hopeless nor perfect to tell"
