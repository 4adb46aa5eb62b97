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
        "matrix": charts.responsibility_matrix(assignments),
        "deadlines": charts.deadlines(assignments, graph.table("documents")),
        "network": charts.drawn(graph.networkx("responsibility"), "责任网络"),
    }


@pytest.mark.parametrize("name", ["baselines", "years", "matrix", "deadlines", "network"])
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
