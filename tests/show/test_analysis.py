"""Analyses of small networks whose answers can be counted by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd

from kg.show.analysis import brokers, centralities, change, communities, isolated_tasks, reprinted, restated
from kg.show.network import responsibility

ROLES = {"牵头": "lead", "责任": "responsible", "配合": "cooperating"}


def table(*lines: str) -> pd.DataFrame:
    """Assignments from lines such as ``2031 修复湿地：市水利局 牵头、市林业局 配合``."""
    rows: list[dict[str, Any]] = []
    for line in lines:
        year, words = line.split(" ", 1)
        task, agencies = words.split("：")
        for agency, role in (each.split() for each in agencies.split("、")):
            row = {"doc": f"云政办〔{year}〕5号", "plan": None, "section": None, "task": task, "agency": agency}
            iri = f"https://policy-kg.example/fact/{len(rows)}"
            rows.append(row | {"canonical": f"云江{agency}", "role": ROLES[role], "quote": agency, "iri": iri})
    return pd.DataFrame(rows)


def network(*lines: str) -> nx.DiGraph:
    return responsibility(table(*lines).astype(object).where(lambda frame: frame.notna(), None).to_dict("records"))


TWO_SECTORS = (
    "2031 修复湿地：市水利局 牵头、市林业局 配合",
    "2031 清理河道：市水利局 牵头、市环保局 配合",
    "2031 种植树木：市林业局 牵头、市环保局 配合",
    "2031 建设学校：市教育局 牵头、市人社局 配合",
    "2031 培训教师：市教育局 牵头、市卫健委 配合",
    "2031 保障健康：市卫健委 牵头、市人社局 配合",
    "2031 安排资金：市财政局 牵头、市水利局 配合、市教育局 配合",
)


def test_leading_helping_and_sharing_are_counted_apart() -> None:
    ranked = centralities(
        network(
            "2031 修复湿地：市水利局 牵头、市林业局 配合",
            "2031 种植树木：市林业局 责任、市水利局 责任",
            "2031 清查水库：市水利局 牵头",
        )
    ).set_index("label")

    assert ranked.loc["市水利局", ["weight", "partners", "leads", "helps", "shares", "strength"]].tolist() == [
        3, 1, 1, 0, 1, 2,
    ]  # fmt: skip
    assert ranked.loc["市林业局", ["leads", "helps", "shares"]].tolist() == [0, 1, 1]


def test_who_stands_between_is_central() -> None:
    assert centralities(network(*TWO_SECTORS)).set_index("label")["betweenness"].idxmax() in (
        "市财政局",
        "市水利局",
        "市教育局",
    )


def test_communities_are_the_sectors_and_named_after_their_members() -> None:
    found = communities(network(*TWO_SECTORS))
    groups = {frozenset(group["label"]) - {"市财政局"} for _, group in found.groupby("community")}

    assert groups == {frozenset({"市水利局", "市林业局", "市环保局"}), frozenset({"市教育局", "市人社局", "市卫健委"})}
    assert all(name.split("、")[0] in set(found["label"]) for name in found["name"])
    assert found["community"].is_monotonic_increasing


def test_the_broker_reaches_both_sectors() -> None:
    found = brokers(network(*TWO_SECTORS)).set_index("label")

    assert found.loc["市财政局", "reaches"] == 2
    assert found.loc["市财政局", "participation"] == 0.5
    assert found.loc["市林业局", ["reaches", "participation"]].tolist() == [1, 0]


def test_a_body_without_partners_belongs_to_no_community() -> None:
    alone = network("2031 清查水库：市水利局 牵头")

    assert communities(alone).empty
    assert brokers(alone).empty
    assert centralities(alone)["partners"].tolist() == [0]


def test_an_empty_network_has_empty_answers() -> None:
    assert centralities(nx.DiGraph()).empty
    assert communities(nx.DiGraph()).empty


def test_change_is_of_shares_since_years_print_unlike_amounts() -> None:
    found = change(
        table(
            "2030 修复湿地：市水利局 牵头、市林业局 配合",
            "2030 清理河道：市水利局 配合",
            "2031 修复湿地：市水利局 牵头",
            "2031 种植树木：市林业局 牵头",
            "2031 保护古树：市林业局 牵头",
            "2031 防治虫害：市林业局 配合",
            "2029 安排资金：市财政局 牵头",
        ),
        2030,
        2031,
    ).set_index("agency")

    assert found.loc["云江市水利局"].tolist() == [2, 1, 1, 1, 100.0, 25.0, -75.0]
    assert found.loc["云江市林业局", "change"] == 25.0
    assert "云江市财政局" not in found.index


def test_a_task_is_isolated_if_one_body_alone_stands_for_it() -> None:
    found = isolated_tasks(table("2031 修复湿地：市水利局 牵头、市林业局 配合", "2031 清查水库：市水利局 牵头"))

    assert found["task"].tolist() == ["清查水库"]
    assert found["agency"].tolist() == ["云江市水利局"]


def test_a_task_printed_twice_for_the_same_bodies_is_one_that_counts_twice() -> None:
    rows = table(
        "2031 修复湿地：市水利局 责任、市林业局 责任",
        "2031 修复湿地：市水利局 牵头、市林业局 配合",
        "2031 清查水库：市水利局 牵头",
        "2031 清查水库：市林业局 牵头",
        "2030 修复湿地：市水利局 责任、市林业局 责任",
    )
    rows["section"] = ["正文"] * 2 + ["任务清单"] * 2 + ["正文", "任务清单"] + ["正文"] * 2
    found = reprinted(rows)

    assert found.values.tolist() == [["云政办〔2031〕5号", "修复湿地", 2, 2, False]]


def targets(*lines: str) -> pd.DataFrame:
    """Targets from lines such as ``5号 湿地面积 2035 >= 40 万亩 约束性``; “-” is nothing."""
    names = ("doc", "indicator", "target_year", "comparator", "value", "unit", "nature")
    rows = [[None if word == "-" else word for word in line.split()] for line in lines]
    return pd.DataFrame(rows, columns=names).assign(
        scope=None, target_year=lambda each: each["target_year"].astype(int)
    )


def test_what_several_documents_promise_is_compared_in_value_and_in_tone() -> None:
    found = restated(
        targets(
            "5号 湿地面积 2035 >= 40 万亩 约束性",
            "6号 湿地面积 2035 >= 40 万亩 约束性",
            "5号 绿化率 2035 ~ 30 % -",
            "6号 绿化率 2035 = 30 % 预期性",
            "5号 床位 2035 = 300 张 -",
            "6号 床位 2035 = 400 张 -",
            "5号 托位 2033 = 20 个 -",
            "6号 托位 2035 = 30 个 -",
            "5号 学位 2035 = 50 个 -",
            "5号 学位 2035 = 50 个 -",
        )
    ).set_index("indicator")

    assert found[["agree", "alike"]].to_dict("index") == {
        "床位": {"agree": False, "alike": False},
        "湿地面积": {"agree": True, "alike": True},
        "绿化率": {"agree": True, "alike": False},
    }
    assert found.loc["绿化率", "stated"] == "~ 30 % / = 30 % 预期性"
