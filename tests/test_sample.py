"""The sample stands by itself: the key speaks of these texts, in the words of the fact tables, and completely."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.facts import TABLES

FILES = ("2031-1", "2031-2", "single")
#: Marks of the key that are no fields of a fact: how sure a row is, and what else may be said instead.
MARKS = {
    "quote",
    "optional",
    "inferred",
    "year_inherited",
    "canonical_uncertain",
    "only_in_citation",
    "elliptical",
    "agency_intended",
    "task_alt",
    "indicator_alt",
    "role_alt",
}
CHOICES: dict[tuple[str, str], set[str | None]] = {
    ("targets", "comparator"): {"=", ">=", "<=", ">", "<", "~", None},
    ("targets", "nature"): {"约束性", "预期性", None},
    ("targets", "source"): {"table", "text"},
    ("assignments", "role"): {"lead", "responsible", "cooperating", "supervising"},
    ("assignments", "source"): {"table", "paren", "text"},
    ("appointments", "action"): {"appoint", "remove"},
    ("citations", "relation"): {"basis", "amends", "repeals", "mentions"},
    ("agencies", "level"): {"国家", "省", "市", "县区", "镇", "园区", "集体", "其他"},
}
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def unspaced(text: str) -> str:
    """The text without white space: what a quote and its place have in common."""
    return re.sub(r"\s", "", text)


def read_text(sample: Path, file: str) -> str:
    return (sample / f"{file}.txt").read_text(encoding="utf-8")


def read_rows(sample: Path, file: str, table: str) -> list[dict[str, Any]]:
    lines = (sample / "keys" / file / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def numbers(sample: Path, file: str) -> list[str]:
    return [row["doc"] for row in read_rows(sample, file, "documents")]


each_file = pytest.mark.parametrize("file", FILES)
each_table = pytest.mark.parametrize("table", TABLES)


@each_file
@each_table
def test_every_quote_stands_in_the_text(sample: Path, file: str, table: str) -> None:
    text = unspaced(read_text(sample, file))
    missing = [row["quote"] for row in read_rows(sample, file, table) if unspaced(row["quote"]) not in text]
    assert missing == []


@each_file
@each_table
def test_quotes_can_be_searched_for(sample: Path, file: str, table: str) -> None:
    quotes = [row["quote"] for row in read_rows(sample, file, table)]
    assert [quote for quote in quotes if "\n" in quote or not 4 <= len(quote) <= 80] == []


@each_file
@each_table
def test_rows_have_the_fields_of_their_facts(sample: Path, file: str, table: str) -> None:
    fields = {field.name for field in dataclasses.fields(TABLES[table])}
    for row in read_rows(sample, file, table):
        assert set(row) - fields - MARKS == set(), row
        for (where, field), allowed in CHOICES.items():
            assert where != table or row[field] in allowed, row


@each_file
@each_table
def test_rows_speak_of_documents_that_the_file_prints(sample: Path, file: str, table: str) -> None:
    printed = set(numbers(sample, file))
    assert [row["doc"] for row in read_rows(sample, file, table) if row["doc"] not in printed] == []


@each_file
@each_table
def test_no_row_stands_twice(sample: Path, file: str, table: str) -> None:
    counts = Counter(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in read_rows(sample, file, table))
    assert [row for row, count in counts.items() if count > 1] == []


@each_file
def test_every_document_is_covered_in_every_table(sample: Path, file: str) -> None:
    coverage = json.loads((sample / "keys" / file / "coverage.json").read_text(encoding="utf-8"))
    assert set(coverage) == set(TABLES)
    for table, documents in coverage.items():
        assert documents == numbers(sample, file), table


@each_file
def test_document_numbers_stand_in_the_text(sample: Path, file: str) -> None:
    # Personnel notices share one printed number in the contents list (“1、2、3号”) and close with their own below.
    text = unspaced(read_text(sample, file))
    assert [number for number in numbers(sample, file) if number not in text] == []


@each_file
def test_names_stand_in_the_text_as_written(sample: Path, file: str) -> None:
    text = unspaced(read_text(sample, file))
    named = [
        *(row["surface"] for row in read_rows(sample, file, "agencies")),
        *(row["agency"] for row in read_rows(sample, file, "assignments") if row["agency"]),
        *(row["leader"] for row in read_rows(sample, file, "assignments") if row["leader"]),
        *(row["person"] for row in read_rows(sample, file, "memberships") if row["person"]),
        *(row["person"] for row in read_rows(sample, file, "appointments")),
        *(row["name"] for row in read_rows(sample, file, "projects")),
    ]
    assert [name for name in named if name not in text] == []


@each_file
def test_dates_are_iso_dates(sample: Path, file: str) -> None:
    for table in ("documents", "appointments"):
        for row in read_rows(sample, file, table):
            assert ISO_DATE.fullmatch(row["date"]), row


@each_file
def test_target_values_stand_in_their_quotes(sample: Path, file: str) -> None:
    # “7%—8%” is kept as “7—8”, with the unit in its own field.
    rows = read_rows(sample, file, "targets")
    assert [row for row in rows if row["value"] not in row["quote"].replace("%—", "—")] == []


def test_every_table_and_role_is_in_the_sample(sample: Path) -> None:
    for table in TABLES:
        assert any(read_rows(sample, file, table) for file in FILES), table
    for (table, field), allowed in CHOICES.items():
        found = {row[field] for file in FILES for row in read_rows(sample, file, table)}
        assert found >= allowed - {"<"}, (table, field)


def test_the_readme_says_where_each_structure_stands(sample: Path) -> None:
    table = re.findall(r"^\| (.+) \| (\S+) \| (.+) \|$", (sample / "README").read_text(encoding="utf-8"), re.M)
    structures = [row for row in table if row[1] in FILES]
    assert len(structures) > 80
    texts = {file: unspaced(read_text(sample, file)) for file in FILES}
    assert [row for row in structures if row[2] not in texts[row[1]]] == []


def test_the_files_are_damaged_as_they_should_be(sample: Path) -> None:
    first, second = read_text(sample, "2031-1"), read_text(sample, "2031-2")
    assert first[-1] == second[-1] == "）"  # the last document number stands in the last line, without a newline
    assert "#" in first
    assert "#" not in second
    assert "\t" in first
    assert "\t" in second
