"""Charts of facts for notebooks and reports, as matplotlib figures in the one palette.

Matplotlib draws letters itself, so a picture shows Chinese wherever it is opened; the font comes with the extra
``policy-kg[notebooks]`` (Noto Sans SC, SIL Open Font License).
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import matplotlib as mpl
import networkx as nx
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image
from pylopdf_fonts_zh_cn import sans_path

from kg.graph.deadlines import deadline
from kg.show.analysis import records
from kg.show.layout import font, part_of, positions, radius
from kg.show.network import LABEL, agency_name, by_task, cut, plan_name
from kg.show.palette import CENTRE, ROLES, THINGS

#: Pixels of a view's layout to an inch of a figure
_PIXELS = 130
_NATURES = {"约束性": ROLES["binding"], "预期性": ROLES["expected"], None: ROLES["target"]}
#: Colours of groups of nodes, the largest first: hues of the palette that can be told apart
_GROUPS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A5195", "#8C6D31")
_NO_GROUP = "#BBBBBB"
_MARKERS = {"dot": "o", "square": "s", "diamond": "D", "triangle": "^", "triangleDown": "v", "star": "*"}


class Chart(Figure):
    """A figure that shows itself in a notebook, small enough to be kept there."""

    def _repr_png_(self) -> bytes:
        drawn, small = io.BytesIO(), io.BytesIO()
        self.savefig(drawn, format="png", dpi=80)
        # a network's many fine lines take half a megabyte in true colour, a sixth of that in 64 colours
        Image.open(drawn).convert("RGB").quantize(64, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            small, "PNG", optimize=True
        )
        return small.getvalue()


@cache
def _font() -> str:
    """The name of the font that comes along, made known to matplotlib."""
    font_manager.fontManager.addfont(str(sans_path()))
    return font_manager.FontProperties(fname=str(sans_path())).get_name()


def _figure(width: float, height: float, title: str) -> tuple[Chart, Axes]:
    # a Figure of its own: pyplot would keep every figure of a long notebook
    with mpl.rc_context({"font.family": _font(), "axes.unicode_minus": False}):
        figure = Chart(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(title, loc="left", fontsize=12)
        axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _written(figure: Chart) -> Chart:
    """The figure with all its words in the font that comes along."""
    for text in figure.findobj(mpl.text.Text):
        text.set_fontfamily(_font())
    return figure


def baselines(targets: pd.DataFrame, most: int = 25) -> Chart:
    """From baseline to target: each indicator as percent of its baseline, the steepest rise first.

    Only targets with a baseline whose both values are numbers have a place; ``most`` of them are drawn, those that
    change most.  The printed values stand beside the line, since a percentage alone hides how small a beginning was.  A
    hollow dot is a ceiling (≤): it says what may not be passed, not where to go.

    >>> len(baselines(graph.table("targets")).axes)
    1
    """
    found = steepness(targets)
    chosen = found.reindex(found["ratio"].map(math.log).abs().sort_values(ascending=False).index).head(most)
    chosen = chosen.sort_values("ratio", ignore_index=True)
    figure, axes = _figure(9, 1.2 + 0.3 * len(chosen), "从基期到目标 From baseline to target (baseline = 100)")
    lines = records(chosen)
    for place, row in enumerate(lines):
        _climb(axes, place, row)
    axes.axvline(100, color="#888888", linewidth=1)
    axes.set_xscale("log")
    names = [f"{row['scope']} {row['indicator']}" if row.get("scope") else row["indicator"] for row in lines]
    axes.set_yticks(range(len(lines)), [cut(name, LABEL + 6) for name in names], fontsize=9)
    if len(chosen):
        low, high = 100 * min(1, chosen["ratio"].min()), 100 * max(1, chosen["ratio"].max())
        axes.set_xlim(low * 0.9, high * (high / low) ** 0.45 * 1.3)
    ticks = [tick for tick in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if axes.get_xlim()[0] <= tick]
    ticks = [tick for tick in ticks if tick <= axes.get_xlim()[1]]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    _nature_legend(axes, [row["nature"] for row in lines], ceilings=any(map(_is_ceiling, lines)))
    return _written(figure)


def _climb(axes: Axes, place: int, row: dict[str, Any]) -> None:
    """One line of the chart of baselines: from 100 to the target, the printed values at its end."""
    colour, end = _NATURES.get(row["nature"], ROLES["target"]).colour, 100 * row["ratio"]
    axes.plot([100, end], [place, place], color=colour, linewidth=2, zorder=1)
    axes.scatter([end], [place], s=36, zorder=2, edgecolors=colour, facecolors="w" if _is_ceiling(row) else colour)
    sign = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "~": "约"}.get(row.get("comparator") or "", "")
    words = f" {row['baseline_value']} → {sign}{row['value']} {row['unit'] or ''}（{row['target_year']}）"
    axes.annotate(words, (max(end, 100), place), fontsize=8, va="center", xytext=(4, 0), textcoords="offset points")


def _is_ceiling(row: dict[str, Any]) -> bool:
    return row.get("comparator") in ("<=", "<")


def steepness(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets with baselines as numbers: the columns of the table, and ``from``, ``to``, ``ratio`` (to / from).

    A target in percentage points (个百分点) says by how much, not where to: it has no place here.

    >>> table = steepness(graph.table("targets"))
    >>> bool((table["ratio"] > 0).all())
    True
    """
    start, end = (pd.to_numeric(targets[name], errors="coerce") for name in ("baseline_value", "value"))
    level = ~targets["unit"].astype("string").str.contains("百分点").fillna(False).astype(bool)
    known = targets.assign(**{"from": start, "to": end})[(start > 0) & (end > 0) & level]
    return known.assign(ratio=known["to"] / known["from"])


def targets_by_year(targets: pd.DataFrame) -> Chart:
    """How many targets fall due in each year, by nature (约束性 binding, 预期性 anticipatory).

    >>> len(targets_by_year(graph.table("targets")).axes)
    1
    """
    dated = targets[targets["target_year"].notna()]
    years = sorted(int(year) for year in dated["target_year"].unique())
    figure, axes = _figure(7, 3.2, "各年到期的目标 Targets by year and nature")
    bottom = [0] * len(years)
    for nature, style in _NATURES.items():
        of_nature = dated[dated["nature"].isna() if nature is None else dated["nature"] == nature]
        counts = [int((of_nature["target_year"] == year).sum()) for year in years]
        axes.bar([str(year) for year in years], counts, bottom=bottom, color=style.colour, label=style.name)
        bottom = [low + count for low, count in zip(bottom, counts, strict=True)]
    for place, total in enumerate(bottom):
        axes.annotate(str(total), (place, total), ha="center", va="bottom", fontsize=9)
    axes.legend(frameon=False, fontsize=9)
    return _written(figure)


def targets_by_plan(targets: pd.DataFrame, most: int = 16) -> Chart:
    """What each plan promises, and how firmly: its targets by nature; a city's plans are its fields of policy.

    >>> len(targets_by_plan(graph.table("targets")).axes)
    1
    """
    plans = [plan_name(row) for row in records(targets)]
    counts = pd.crosstab(pd.Series(plans, dtype="object"), targets["nature"].fillna("").reset_index(drop=True))
    counts = counts.loc[counts.sum(axis=1).sort_values(kind="stable").index].tail(most)
    figure, axes = _figure(9, 1.4 + 0.32 * len(counts), "各规划的目标 Targets by plan and nature")
    left = [0] * len(counts)
    for nature, style in _NATURES.items():
        widths = [int(count) for count in counts.get(nature or "", [0] * len(counts))]
        axes.barh(range(len(counts)), widths, left=left, color=style.colour, label=style.name)
        left = [start + width for start, width in zip(left, widths, strict=True)]
    for place, total in enumerate(left):
        axes.annotate(f" {total}", (total, place), va="center", fontsize=9)
    axes.set_yticks(range(len(counts)), _shortened(list(counts.index), LABEL + 6), fontsize=9)
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    return _written(figure)


def _shortened(names: list[str], length: int) -> list[str]:
    """Names cut to a length, without the city that most of them begin with; those cut alike keep their ends."""
    cities = Counter(found[0] for name in names if (found := re.match("[^市]{2,4}市", name)))
    city, count = next(iter(cities.most_common(1)), ("", 0))
    if count > 1:
        names = [name.removeprefix(city) or name for name in names]
    seen = Counter(cut(name, length) for name in names)
    half = length // 2
    return [cut(name, length) if seen[cut(name, length)] == 1 else f"{name[:half]}…{name[-half:]}" for name in names]


def responsibility_matrix(assignments: pd.DataFrame, agencies: int = 20, plans: int = 14) -> Chart:
    """Who carries which plan: numbers of tasks by agency and plan, a frame where the agency leads one of them.

    Args:
        assignments: the table.
        agencies: how many to show, those with most tasks.
        plans: likewise.

    >>> len(responsibility_matrix(graph.table("assignments"), agencies=5, plans=3).axes)
    1
    """
    rows = [row for row in records(assignments) if row["agency"]]
    tasks: dict[tuple[str, str], int] = {}
    leads: set[tuple[str, str]] = set()
    for task in by_task(rows).values():
        for name in {agency_name(row) for row in task}:
            cell = (name, plan_name(task[0]))
            tasks[cell] = tasks.get(cell, 0) + 1
            leads |= {cell for row in task if agency_name(row) == name and row["role"] == "lead"}
    shown_agencies = _largest([agency for agency, _ in tasks], list(tasks.values()), agencies)
    shown_plans = _largest([plan for _, plan in tasks], list(tasks.values()), plans)
    figure, axes = _figure(
        3 + 0.55 * len(shown_plans), 2.5 + 0.28 * len(shown_agencies), "责任矩阵 Tasks by agency and plan"
    )
    grid = [[tasks.get((agency, plan), 0) for plan in shown_plans] for agency in shown_agencies]
    axes.imshow([[math.sqrt(count) for count in line] for line in grid], cmap="Blues", aspect="auto")
    for y, line in enumerate(grid):
        for x, count in enumerate(line):
            if count:
                dark = count > max(map(max, grid)) / 3
                axes.text(x, y, str(count), ha="center", va="center", fontsize=8, color="w" if dark else "k")
                if (shown_agencies[y], shown_plans[x]) in leads:
                    axes.add_patch(_frame(x, y))
    short = {agency_name(row): str(row["agency"]) for row in rows}
    axes.set_yticks(range(len(shown_agencies)), [cut(short[name], 16) for name in shown_agencies], fontsize=9)
    axes.set_xticks(range(len(shown_plans)), _shortened(shown_plans, 15), rotation=60, ha="right", fontsize=8)
    axes.set_xlabel("框：至少牵头一项任务 framed: leads at least one task", fontsize=8)
    return _written(figure)


def _frame(x: int, y: int) -> mpl.patches.Rectangle:
    colour = ROLES["lead"].colour
    return mpl.patches.Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, fill=False, edgecolor=colour, linewidth=1.4)


def _largest(names: list[str], weights: list[int], most: int) -> list[str]:
    totals: dict[str, int] = {}
    for name, weight in zip(names, weights, strict=True):
        totals[name] = totals.get(name, 0) + weight
    return sorted(totals, key=lambda name: -totals[name])[:most]


def deadlines(assignments: pd.DataFrame, documents: pd.DataFrame) -> Chart:
    """A calendar of deadlines: the number of tasks that fall due in each month of each year.

    A deadline that names a year alone is due in December; what is due every year stands in a line of its own.

    >>> len(deadlines(graph.table("assignments"), graph.table("documents")).axes)
    1
    """
    counts = _due(assignments, {row["doc"]: row["date"] for row in records(documents)})
    years = sorted({year for year, _ in counts})
    figure, axes = _figure(8, 1.4 + 0.42 * max(len(years), 1), "任务到期日历 Tasks by deadline")
    for (year, month), count in counts.items():
        y = years.index(year)
        shade = 0.25 + 0.75 * count / max(counts.values())
        axes.add_patch(mpl.patches.Rectangle((month - 0.5, y - 0.5), 1, 1, color=ROLES["lead"].colour, alpha=shade))
        axes.text(month, y, str(count), ha="center", va="center", fontsize=9)
    axes.set_xlim(0.5, 12.5)
    axes.set_ylim(max(len(years), 1) - 0.5, -0.5)
    axes.set_xticks(range(1, 13), [f"{month}月" for month in range(1, 13)])
    axes.set_yticks(range(len(years)), years)
    axes.set_xticks([month + 0.5 for month in range(12)], minor=True)
    axes.grid(which="minor", axis="x", color="#eeeeee")
    axes.tick_params(which="both", length=0)
    return _written(figure)


def _due(assignments: pd.DataFrame, dates: dict[str, str | None]) -> dict[tuple[str, int], int]:
    """Tasks due by year (or 每年) and month."""
    tasks: dict[tuple[str, int], set[tuple[str, str]]] = {}
    for row in records(assignments[assignments["deadline"].notna()]):
        due = deadline(row["deadline"], dates.get(row["doc"]))
        if due.date:
            tasks.setdefault((due.date[:4], int(due.date[5:7])), set()).add((row["doc"], row["task"]))
        elif due.yearly:
            tasks.setdefault(("每年", int(due.yearly[2:4])), set()).add((row["doc"], row["task"]))
    return {when: len(due_tasks) for when, due_tasks in tasks.items()}


def drawn(network: nx.Graph, title: str = "", groups: Mapping[Any, str] | None = None) -> Chart:
    """A network as a still picture, with the layout and colours of its view; nodes without links are left out.

    Args:
        network: a projection.
        title: the heading.
        groups: the name of each node's group (of its community, say), which colours it instead of its kind.  Eight
            groups have a colour of their own, nodes of all others are grey.

    >>> len(drawn(graph.networkx("groups"), "人员与领导小组").axes)
    1
    """
    linked = part_of(network, [node for node in network if network.degree(node)])
    names = [name for name, _ in Counter((groups or {}).values()).most_common(len(_GROUPS))]
    colours = {node: _colour(values, node, groups, names) for node, values in linked.nodes(data=True)}
    places = positions(linked, 1.3 * 12 * _PIXELS)
    width = max((x for x, _ in places.values()), default=0) - min((x for x, _ in places.values()), default=0)
    height = max((y for _, y in places.values()), default=0) - min((y for _, y in places.values()), default=0)
    scale = min(1.0, 12 * _PIXELS / max(width, 1))
    figure, axes = _figure(12, max(3.0, 1 + height * scale / _PIXELS), title)
    for source, target, values in linked.edges(data=True):
        (x1, y1), (x2, y2) = places[source], places[target]
        line = min(0.3 + 0.5 * math.sqrt(values["weight"]), 5)
        axes.plot([x1, x2], [-y1, -y2], color=ROLES[values["kind"]].colour, linewidth=line, alpha=0.5, zorder=1)
    for node, (x, y) in places.items():
        values = linked.nodes[node]
        style = THINGS[values["kind"]]
        size = (radius(values) * scale * 72 / _PIXELS * 2) ** 2
        axes.scatter([x], [-y], s=size, color=colours[node], marker=_MARKERS[style.shape], zorder=2)
        letters = min(11.0, 0.85 * font(values) * scale * 72 / _PIXELS)
        axes.annotate(
            values["label"],
            (x, -y - radius(values)),
            ha="center",
            va="top",
            fontsize=letters,
            zorder=3,
            xytext=(0, -2),
            textcoords="offset points",
        )
    axes.set_axis_off()
    axes.margins(x=0.05, y=0.5 / figure.get_figheight())
    _kind_legend(axes, linked, names)
    return _written(figure)


def _colour(values: dict[str, Any], node: Any, groups: Mapping[Any, str] | None, names: list[str]) -> str:
    if groups is not None:
        return _GROUPS[names.index(groups[node])] if groups.get(node) in names else _NO_GROUP
    return CENTRE if values.get("centre") else THINGS[values["kind"]].colour


def _kind_legend(axes: Axes, network: nx.Graph, groups: list[str]) -> None:
    handles: list[Any] = []
    for name, colour in zip(groups, _GROUPS, strict=False):
        handles += axes.plot([], [], "o", color=colour, label=name)
    if not groups:
        for kind in dict.fromkeys(values["kind"] for _, values in network.nodes(data=True)):
            style = THINGS[kind]
            handles += axes.plot([], [], _MARKERS[style.shape], color=style.colour, label=style.name)
        if any(values.get("centre") for _, values in network.nodes(data=True)):
            handles += axes.plot([], [], "o", color=CENTRE, label="中心 centre")
    for kind in dict.fromkeys(values["kind"] for *_, values in network.edges(data=True)):
        handles += axes.plot([], [], color=ROLES[kind].colour, label=ROLES[kind].name)
    figure, columns = axes.get_figure(), 2 if groups else 4
    if isinstance(figure, Figure) and handles:
        figure.set_figheight(figure.get_figheight() + 0.22 * math.ceil(len(handles) / columns))
        figure.legend(handles=handles, frameon=False, fontsize=9, loc="outside lower left", ncols=columns)


def _nature_legend(axes: Axes, natures: list[Any], ceilings: bool = False) -> None:
    known = {nature if nature in _NATURES else None for nature in natures}
    handles = [
        axes.plot([], [], "o-", color=style.colour, label=style.name)[0]
        for nature, style in _NATURES.items()
        if nature in known
    ]
    if ceilings:
        handles += axes.plot([], [], "o", color="#555555", markerfacecolor="w", label="上限 ceiling")
    axes.legend(handles=handles, frameon=False, fontsize=9, loc="lower right")
