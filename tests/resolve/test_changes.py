"""Reorganisations: which department became which, at which level."""

from __future__ import annotations

import pytest

from kg import data
from kg.resolve.changes import Department, changes, present

NO_AREA = ""


@pytest.mark.parametrize(
    ("before", "area", "level", "after", "year", "kind"),
    [
        ("澜州市环境保护局", "澜州市", "市", ["澜州市生态环境局"], 2019, "renamed"),
        ("临江县环境保护局", "临江县", "县区", ["临江县生态环境局"], 2019, "renamed"),
        ("云泽省环境保护厅", "云泽省", "省", ["云泽省生态环境厅"], 2019, "renamed"),
        ("云泽自治区农业厅", "云泽自治区", "自治区", ["云泽自治区农业农村厅"], 2019, "merged"),
        ("澜州市国土资源局", "澜州市", "市", ["澜州市自然资源局"], 2019, "merged"),
        ("澜州市工商行政管理局", "澜州市", "市", ["澜州市市场监督管理局"], 2019, "merged"),
        ("临江县卫生和计划生育局", "临江县", "县区", ["临江县卫生健康局"], 2019, "renamed"),
        ("澜州市卫生和计划生育委员会", "澜州市", "市", ["澜州市卫生健康委员会"], 2019, "renamed"),
        ("澜州市安全生产监督管理局", "澜州市", "市", ["澜州市应急管理局"], 2019, "merged"),
        (
            "云泽省食品药品监督管理局",
            "云泽省",
            "省",
            ["云泽省市场监督管理局", "云泽省药品监督管理局"],
            2019,
            "divided",
        ),
        ("中华人民共和国环境保护部", NO_AREA, "国家", ["中华人民共和国生态环境部"], 2018, "merged"),
        ("国家林业局", NO_AREA, "国家", ["国家林业和草原局"], 2018, "renamed"),
    ],
)
def test_what_a_department_became(before: str, area: str, level: str, after: list[str], year: int, kind: str) -> None:
    found = [change for change in changes([Department(before, area, level)]) if change.before.name == before]

    assert [change.after.name for change in found] == after
    assert {(change.year, change.kind, change.after.level) for change in found} == {(year, kind, level)}


@pytest.mark.parametrize(
    ("name", "area", "level"),
    [
        ("澜州市财政局", "澜州市", "市"),
        ("澜州市生态环境局", "澜州市", "市"),
        # the name of another level
        ("澜州市环境保护厅", "澜州市", "市"),
        # the department of an area has the area's name before it
        ("环境保护局", "澜州市", "园区"),
        ("澜州市环境保护局执法支队", "澜州市", "市"),
    ],
)
def test_departments_that_did_not_change(name: str, area: str, level: str) -> None:
    department = Department(name, area, level)

    assert changes([department]) == []
    assert present(department) == department


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("临江县环境保护局", "临江县生态环境局"),
        # several steps
        ("临江县卫生局", "临江县卫生健康局"),
        ("临江县扶贫开发办公室", "临江县农业农村局"),
    ],
)
def test_the_department_that_goes_on_today(name: str, now: str) -> None:
    assert present(Department(name, "临江县", "县区")).name == now


def test_who_was_divided_goes_on_as_itself() -> None:
    divided = Department("云泽省食品药品监督管理局", "云泽省", "省")

    assert present(divided) == divided


def test_all_steps_are_told() -> None:
    steps = changes([Department("临江县卫生局", "临江县", "县区")])

    assert [(change.before.name, change.after.name) for change in steps] == [
        ("临江县卫生和计划生育局", "临江县卫生健康局"),
        ("临江县卫生局", "临江县卫生和计划生育局"),
    ]


def test_every_change_has_a_level_a_year_a_kind_and_a_source() -> None:
    for row in data.rows("agency_changes.tsv"):
        assert set(row["levels"].split(",")) <= {"国家", "省", "市", "县区"}, row
        assert 2000 < int(row["year"]) < 2100, row
        assert row["kind"] in ("renamed", "merged", "divided"), row
        assert row["source"], row
