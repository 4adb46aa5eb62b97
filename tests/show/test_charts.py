"""Charts: what they count, and that their Chinese is drawn without any installed font."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

import kg
from kg.library import Graph
from kg.show import charts


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Graph:
    return kg.open(sample_graph)


@pytest.fixture(scope="module")
def figures(graph: Graph) -> dict[str, Figure]:
    targets, assignments = graph.table("targets"), graph.table("assignments")
    return {
        "baselines": charts.baselines(targets),
        "years": charts.targets_by_year(targets),
        "plans": charts.targets_by_plan(targets),
        "matrix": charts.responsibility_matrix(assignments),
        "deadlines": charts.deadlines(assignments, graph.table("documents")),
        "network": charts.drawn(graph.networkx("responsibility"), "责任网络"),
    }


@pytest.mark.parametrize("name", ["baselines", "years", "plans", "matrix", "deadlines", "network"])
def test_no_letter_is_missing(figures: dict[str, Figure], name: str) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        figures[name].savefig(io.BytesIO())
    families = {family for text in figures[name].findobj(mpl.text.Text) for family in text.get_fontfamily()}
    assert families == {"Noto Sans SC"}


def test_bars_stand_for_all_dated_targets(graph: Graph, figures: dict[str, Figure]) -> None:
    bars = [patch.get_height() for patch in figures["years"].axes[0].patches]

    assert sum(bars) == graph.table("targets")["target_year"].notna().sum()


def test_only_levels_with_a_baseline_are_steep() -> None:
    targets = pd.DataFrame(
        [
            {"indicator": "绿化率", "baseline_value": "20", "value": "30", "unit": "%"},
            {"indicator": "近视率", "baseline_value": "47", "value": "5", "unit": "个百分点"},
            {"indicator": "床位", "baseline_value": None, "value": "300", "unit": "张"},
            {"indicator": "覆盖面", "baseline_value": "30", "value": "全覆盖", "unit": None},
        ]
    )

    assert charts.steepness(targets)[["indicator", "ratio"]].values.tolist() == [["绿化率", 1.5]]


def test_a_task_is_due_once_in_its_month() -> None:
    row = {"doc": "云政办〔2031〕5号", "task": "修复湿地", "agency": "市水利局", "deadline": "6月底前"}
    assignments = pd.DataFrame(
        [
            row,
            {**row, "agency": "市林业局"},
            {**row, "task": "清淤", "deadline": "每年10月底前"},
            {**row, "deadline": None},
        ]
    )
    documents = pd.DataFrame([{"doc": "云政办〔2031〕5号", "date": "2031-02-01"}])
    texts = {text.get_text() for text in charts.deadlines(assignments, documents).axes[0].texts}

    assert texts == {"1"}
    assert [label.get_text() for label in charts.deadlines(assignments, documents).axes[0].get_yticklabels()] == [
        "2031",
        "每年",
    ]


def legend(figure: Figure) -> list[str]:
    return [text.get_text() for drawn in figure.legends for text in drawn.get_texts()]


def test_every_colour_of_a_drawn_network_is_in_its_legend(graph: Graph) -> None:
    network = graph.networkx("groups")
    halves = {node: "甲" if index % 2 else "乙" for index, node in enumerate(network)}

    assert set(legend(charts.drawn(network))) == {
        f"{values['kind_zh']} {values['kind_en']}"
        for values in [*(v for _, v in network.nodes(data=True)), *(v for *_, v in network.edges(data=True))]
    }
    assert {"甲", "乙"} < set(legend(charts.drawn(network, groups=halves)))


def test_all_targets_stand_in_the_bars_of_their_plans(graph: Graph) -> None:
    drawn = charts.targets_by_plan(graph.table("targets"), most=100)

    assert sum(patch.get_width() for patch in drawn.axes[0].patches) == len(graph.table("targets"))


def test_a_ceiling_is_a_hollow_dot() -> None:
    row = {
        "indicator": "失业率",
        "baseline_value": "3.1",
        "value": "3.5",
        "unit": "%",
        "nature": None,
        "target_year": 2035,
    }
    targets = pd.DataFrame([{**row, "comparator": "<="}, {**row, "comparator": ">="}])
    dots = [tuple(points.get_facecolors()[0]) for points in charts.baselines(targets).axes[0].collections]

    assert dots.count((1.0, 1.0, 1.0, 1.0)) == 1
    words = {text.get_text().strip() for text in charts.baselines(targets).axes[0].texts}
    assert words == {"3.1 → ≤3.5 %（2035）", "3.1 → ≥3.5 %（2035）"}


def test_plans_of_one_city_go_by_what_sets_them_apart() -> None:
    names = ["云江市节水规划", "云江市特色产业三年行动方案（2031—2033年）", "云江市特色产业三年行动方案任务清单"]

    assert charts._shortened(names, 8) == ["节水规划", "特色产业…33年）", "特色产业…任务清单"]
