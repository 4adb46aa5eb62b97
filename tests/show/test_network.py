"""Networks made from rows of the fact tables, each row written as “task: agency role”."""

from __future__ import annotations

from typing import Any

import pytest

from kg.show.network import UnknownNameError, agencies_and_plans, around_agency, of_plan, responsibility, target_text

ROLES = {"牵头": "lead", "责任": "responsible", "配合": "cooperating", "督导": "supervising"}


def assignments(
    *lines: str, plan: str | None = "云江市节水规划", doc: str = "云政办〔2031〕5号"
) -> list[dict[str, Any]]:
    """Rows of the assignments table from lines such as ``修复湿地：市水利局 牵头、市林业局 配合``."""
    rows = []
    for line in lines:
        task, agencies = line.split("：")
        for words in agencies.split("、"):
            agency, role = words.split()
            rows.append(
                {
                    "doc": doc,
                    "plan": plan,
                    "section": None,
                    "task": task,
                    "agency": None if agency == "—" else agency,
                    "canonical": agency.replace("市", "云江市", 1),
                    "role": ROLES[role],
                    "quote": line,
                }
            )
    return rows


def edges(network: Any) -> set[tuple[str, str, str, int]]:
    return {(a, b, values["kind"], values["weight"]) for a, b, values in network.edges(data=True)}


def test_the_lead_points_to_those_who_help() -> None:
    network = responsibility(assignments("修复湿地：市水利局 牵头、市林业局 责任、市财政局 配合"))

    assert edges(network) == {
        ("云江市水利局", "云江市林业局", "responsible", 1),
        ("云江市水利局", "云江市财政局", "cooperating", 1),
    }


def test_where_nobody_leads_the_responsible_do() -> None:
    network = responsibility(assignments("修复湿地：市水利局 责任、市林业局 责任、市财政局 配合"))

    assert edges(network) == {
        ("云江市水利局", "云江市财政局", "cooperating", 1),
        ("云江市林业局", "云江市财政局", "cooperating", 1),
        ("云江市水利局", "云江市林业局", "joint", 1),
    }


def test_weights_are_numbers_of_tasks() -> None:
    network = responsibility(
        assignments(
            "修复湿地：市水利局 牵头、市财政局 配合",
            "清理河道：市水利局 牵头、市财政局 配合",
            "保障资金：市财政局 牵头、市水利局 配合",
            "清查水库：市水利局 牵头",
        )
    )

    assert edges(network) == {
        ("云江市水利局", "云江市财政局", "cooperating", 2),
        ("云江市财政局", "云江市水利局", "cooperating", 1),
    }
    assert network.nodes["云江市水利局"]["weight"] == 4
    assert network.nodes["云江市财政局"]["weight"] == 3


def test_the_same_words_in_two_documents_are_two_tasks() -> None:
    rows = assignments("修复湿地：市水利局 牵头、市财政局 配合")
    again = assignments("修复湿地：市水利局 牵头、市财政局 配合", doc="云政发〔2032〕1号")

    assert edges(responsibility([*rows, *again])) == {("云江市水利局", "云江市财政局", "cooperating", 2)}


def test_leaders_without_an_agency_are_left_out() -> None:
    assert list(responsibility(assignments("修复湿地：— 督导、市水利局 牵头"))) == ["云江市水利局"]


def test_an_agency_without_canonical_name_goes_by_the_printed_one() -> None:
    rows = [{**row, "canonical": None} for row in assignments("修复湿地：市水利局 牵头")]

    assert list(responsibility(rows)) == ["市水利局"]


def test_nodes_tell_roles_and_an_example() -> None:
    node = responsibility(assignments("修复湿地：市水利局 牵头", "清理河道：市水利局 配合")).nodes["云江市水利局"]

    assert node["title"] == "云江市水利局\n牵头 1 · 配合 1\n“修复湿地：市水利局牵头” 云政办〔2031〕5号"
    assert (node["label"], node["kind"]) == ("市水利局", "agency")


def test_a_printed_form_that_means_two_agencies_is_no_label() -> None:
    rows = assignments("修复湿地：市水利局 牵头、市财政局 配合")
    rows.append({**rows[0], "canonical": "鹤川市水利局", "role": "cooperating"})
    labels = {values["label"] for _, values in responsibility(rows).nodes(data=True)}

    assert labels == {"云江市水利局", "鹤川市水利局", "市财政局"}


def test_nodes_and_edges_name_their_facts_and_years() -> None:
    rows = assignments("修复湿地：市水利局 牵头、市财政局 配合")
    rows = [{**row, "iri": f"https://policy-kg.example/fact/{index}"} for index, row in enumerate(rows)]
    network = responsibility(rows)

    assert network.nodes["云江市水利局"]["facts"] == ["https://policy-kg.example/fact/0"]
    edge = network.edges["云江市水利局", "云江市财政局"]
    assert (set(edge["facts"]), edge["years"]) == ({row["iri"] for row in rows}, [2031])


def test_collectives_are_marked() -> None:
    rows = [{**row, "canonical": "各县区人民政府"} for row in assignments("修复湿地：各县区人民政府 责任")]

    assert responsibility(rows, {"各县区人民政府"}).nodes["各县区人民政府"]["kind"] == "collective"


def test_agencies_and_plans_are_two_modes() -> None:
    rows = [
        *assignments("修复湿地：市水利局 牵头、市财政局 配合", "清理河道：市水利局 配合"),
        *assignments("编制预算：市财政局 责任", plan=None, doc="云政发〔2031〕9号"),
    ]
    network = agencies_and_plans(rows)

    assert {
        (agency, plan[1], values["kind"], values["weight"]) for agency, plan, values in network.edges(data=True)
    } == {
        ("云江市水利局", "云江市节水规划", "lead", 2),
        ("云江市财政局", "云江市节水规划", "cooperating", 1),
        ("云江市财政局", "云政发〔2031〕9号", "responsible", 1),
    }
    assert network.nodes["plan", "云江市节水规划"]["weight"] == 2


def test_around_an_agency_are_its_tasks_and_their_other_agencies() -> None:
    rows = assignments("修复湿地：市水利局 牵头、市财政局 配合", "建设学校：市教育局 责任、市财政局 配合")
    network = around_agency(rows, "市水利局")

    assert {values["label"] for _, values in network.nodes(data=True)} == {
        "市水利局",
        "市财政局",
        "修复湿地",
        "云江市节水规划",
    }
    assert [node for node, values in network.nodes(data=True) if values.get("centre")] == ["云江市水利局"]


def test_a_plan_weighs_as_many_tasks_as_it_gives_the_agency() -> None:
    rows = assignments("修复湿地：市水利局 牵头", "清理河道：市水利局 配合")
    rows += assignments("建设学校：市水利局 配合", plan="云江市教育规划")
    network = around_agency(rows, "市水利局")

    assert network.nodes["plan", "云江市节水规划"]["weight"] == 2
    assert network.nodes["plan", "云江市教育规划"]["weight"] == 1


def test_a_task_tells_its_deadline() -> None:
    rows = [{**row, "deadline": "6月底前"} for row in assignments("修复湿地：市水利局 牵头")]

    assert "6月底前" in around_agency(rows, "市水利局").nodes["task", 0]["title"]


@pytest.mark.parametrize("name", ["市水利局", "云江市水利局", "水利"])
def test_an_agency_goes_by_any_name_that_means_it_alone(name: str) -> None:
    network = around_agency(assignments("修复湿地：市水利局 牵头、市财政局 配合"), name)

    assert network.nodes["云江市水利局"]["centre"]


def test_an_unknown_or_ambiguous_name_is_told() -> None:
    rows = assignments("修复湿地：市水利局 牵头、市财政局 配合")
    with pytest.raises(UnknownNameError, match="市教育局"):
        around_agency(rows, "市教育局")
    with pytest.raises(UnknownNameError, match="云江市水利局、云江市财政局"):
        around_agency(rows, "云江市")


def test_of_a_plan_tasks_agencies_and_targets() -> None:
    rows = assignments("修复湿地：市水利局 牵头") + assignments("建设学校：市教育局 责任", plan="云江市教育规划")
    target = {
        "doc": "云政办〔2031〕5号",
        "indicator": "湿地面积",
        "value": "40",
        "comparator": ">=",
        "quote": "不少于40万亩",
    }
    targets = [
        {**target, "plan": "云江市节水规划", "unit": "万亩", "target_year": 2035},
        {**target, "plan": "云江市教育规划"},
    ]
    network = of_plan(rows, targets, "节水")

    assert [values["label"] for _, values in network.nodes(data=True)] == [
        "云江市节水规划",
        "市水利局",
        "修复湿地",
        "湿地面积 ≥ 40 万亩（2035）",
    ]
    assert network.nodes["plan", "云江市节水规划"]["centre"]


def test_a_plan_with_targets_alone_has_a_view_too() -> None:
    target = {"doc": "云政办〔2031〕5号", "plan": "云江市节水规划", "indicator": "湿地面积", "value": "40"}

    assert len(of_plan([], [target], "云江市节水规划")) == 2


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            {"indicator": "绿化率", "value": "40", "comparator": ">=", "unit": "%", "target_year": 2035},
            "绿化率 ≥ 40 %（2035）",
        ),
        ({"indicator": "床位", "value": "300", "comparator": "=", "unit": "张"}, "床位 300 张"),
        ({"indicator": "死亡率", "value": "5", "comparator": "<", "unit": "‰"}, "死亡率 < 5 ‰"),
        ({"indicator": "覆盖面", "value": "全覆盖", "comparator": None, "unit": None}, "覆盖面 全覆盖"),
    ],
)
def test_targets_read_as_a_line(row: dict[str, Any], text: str) -> None:
    assert target_text(row) == text
