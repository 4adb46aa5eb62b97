"""What analysts ask of a network, as tidy DataFrames: who is central, who works with whom, who bridges, what changed.

Networks are those of :mod:`kg.show.projections`, tables those of ``graph.table``.  Agencies without any partner are
part of no group and bridge nothing: they are counted, and otherwise left aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

import networkx as nx
import pandas as pd

from kg.show.network import agency_name, by_task, plan_name, year_of

#: The same network always falls into the same communities
_SEED = 1
#: Above so many nodes betweenness is estimated from as many of them
_ALL_PATHS = 400


def centralities(network: nx.Graph) -> pd.DataFrame:
    """How central each node is, the most central first.

    Columns: ``node``, ``label``, ``kind``, ``weight`` (of the node: tasks, targets …), ``partners`` (nodes linked),
    ``leads``, ``helps`` and ``shares`` (times that it stands above, below or beside another in a task; of directed
    networks only), ``strength`` (weight of all edges), ``betweenness`` (share of shortest paths that lead through the
    node, Freeman 1977).

    >>> table = centralities(graph.networkx("responsibility"))
    >>> table.columns.to_list()[:4]
    ['node', 'label', 'kind', 'weight']
    >>> bool(table["betweenness"].max() <= 1)
    True
    """
    undirected = _undirected(network)
    between = nx.betweenness_centrality(undirected, k=_sources(undirected), seed=_SEED)
    result = []
    for node, values in network.nodes(data=True):
        record = {"node": node, "label": values["label"], "kind": values["kind"], "weight": values["weight"]}
        record["partners"] = undirected.degree(node)
        if network.is_directed():
            record |= _directions(network, node)
        record["strength"] = undirected.degree(node, weight="weight")
        result.append(record | {"betweenness": round(between[node], 4)})
    table = pd.DataFrame(result)
    return table.sort_values(["strength", "weight"], ascending=False, ignore_index=True) if result else table


def _directions(network: nx.DiGraph, node: Hashable) -> dict[str, int]:
    """The weights of a node's edges out and in, and of those without direction (共同负责)."""
    counts = {"leads": 0, "helps": 0, "shares": 0}
    for name, edges in (("leads", network.out_edges(node, data=True)), ("helps", network.in_edges(node, data=True))):
        for *_, values in edges:
            for role, weight in values.get("roles", {values["kind"]: values["weight"]}).items():
                counts["shares" if role == "joint" else name] += weight
    return counts


def communities(network: nx.Graph) -> pd.DataFrame:
    """Groups of nodes that have more to do with each other than with the rest (Louvain, Blondel et al. 2008).

    Columns: ``community`` (1 is the largest), ``name`` (its three members with most ties inside), ``node``, ``label``,
    ``inside`` (weight of ties within), ``share`` (of all its ties).  Nodes without ties are left out.

    >>> table = communities(graph.networkx("responsibility"))
    >>> bool(table["share"].between(0, 1).all())
    True
    """
    undirected = _undirected(network)
    undirected.remove_nodes_from(list(nx.isolates(undirected)))
    found = nx.community.louvain_communities(undirected, weight="weight", seed=_SEED) if len(undirected) else []
    result = []
    for number, members in enumerate(sorted(found, key=lambda group: (-len(group), min(map(str, group)))), 1):
        within = undirected.subgraph(members)
        inside = {node: within.degree(node, weight="weight") for node in members}
        ranked = sorted(members, key=lambda node: (-inside[node], str(node)))
        labels = [undirected.nodes[node]["label"] for node in ranked]
        name = "、".join(labels[:3]) + (f" 等{len(labels)}个" if len(labels) > 3 else "")
        for node, label in zip(ranked, labels, strict=True):
            share = round(inside[node] / undirected.degree(node, weight="weight"), 3)
            record = {"community": number, "name": name, "node": node, "label": label}
            result.append(record | {"inside": inside[node], "share": share})
    return pd.DataFrame(result, columns=["community", "name", "node", "label", "inside", "share"])


def brokers(network: nx.Graph) -> pd.DataFrame:
    """Who links communities that would otherwise have less to do with each other, the widest reach first.

    Columns: ``node``, ``label``, ``community`` (the name of its own), ``reaches`` (communities it has ties with),
    ``participation`` (0: all ties in one community, towards 1: evenly over many; Guimerà and Amaral 2005),
    ``betweenness``, ``strength``.

    >>> bool(brokers(graph.networkx("responsibility"))["reaches"].iloc[0] >= 1)
    True
    """
    undirected = _undirected(network)
    groups = communities(network).set_index("node")
    between = nx.betweenness_centrality(undirected, k=_sources(undirected), seed=_SEED)
    result = []
    for node in groups.index:
        ties: Counter[int] = Counter()
        for other, values in undirected[node].items():
            ties[groups.at[other, "community"]] += values["weight"]
        spread = 1 - sum((weight / ties.total()) ** 2 for weight in ties.values())
        record = {"node": node, "label": undirected.nodes[node]["label"], "community": groups.at[node, "name"]}
        record |= {"reaches": len(ties), "participation": round(spread, 3), "betweenness": round(between[node], 4)}
        result.append(record | {"strength": ties.total()})
    columns = ["node", "label", "community", "reaches", "participation", "betweenness", "strength"]
    table = pd.DataFrame(result, columns=columns)
    return table.sort_values(["betweenness", "participation"], ascending=False, ignore_index=True)


def change(assignments: pd.DataFrame, before: int, after: int) -> pd.DataFrame:
    """What agencies were charged with in the documents of two years, the largest change first.

    Gazettes of two years rarely print as much, so besides numbers of tasks stands their share of all the year's tasks;
    ``change`` is in percentage points.

    Columns: ``agency``, ``tasks_before``, ``tasks_after``, ``leads_before``, ``leads_after``, ``share_before``,
    ``share_after``, ``change``.

    >>> change(graph.table("assignments"), 2030, 2031)["tasks_before"].sum().item()
    0
    """
    counts: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for when, year in (("before", before), ("after", after)):
        rows = [row for row in records(assignments) if row["agency"] and year_of(row["doc"]) == year]
        for task in by_task(rows).values():
            totals[when] += 1
            for agency in {agency_name(row) for row in task}:
                counts.setdefault(agency, Counter())[f"tasks_{when}"] += 1
            for agency in {agency_name(row) for row in task if row["role"] == "lead"}:
                counts[agency][f"leads_{when}"] += 1
    result = []
    for agency, count in counts.items():
        shares = {when: 100 * count[f"tasks_{when}"] / (totals[when] or 1) for when in ("before", "after")}
        record: dict[str, Any] = {"agency": agency} | {key: count[key] for key in _COUNTS}
        record |= {f"share_{when}": round(share, 1) for when, share in shares.items()}
        result.append(record | {"change": round(shares["after"] - shares["before"], 1)})
    columns = ["agency", *_COUNTS, "share_before", "share_after", "change"]
    table = pd.DataFrame(result, columns=columns)
    return table.sort_values("change", key=abs, ascending=False, ignore_index=True)


_COUNTS = ("tasks_before", "tasks_after", "leads_before", "leads_after")


def isolated_tasks(assignments: pd.DataFrame) -> pd.DataFrame:
    """Tasks that a single body stands for, with nobody to help.

    Columns: ``task``, ``agency``, ``role``, ``plan``, ``doc``, ``iri``.

    >>> bool(isolated_tasks(graph.table("assignments"))["task"].str.len().gt(0).all())
    True
    """
    rows = [row for row in records(assignments) if row["agency"]]
    result = [
        {
            "task": task[0]["task"],
            "agency": agency_name(task[0]),
            "role": task[0]["role"],
            "plan": plan_name(task[0]),
            "doc": task[0]["doc"],
            "iri": task[0]["iri"],
        }
        for task in by_task(rows).values()
        if len({agency_name(row) for row in task}) == 1
    ]
    return pd.DataFrame(result, columns=["task", "agency", "role", "plan", "doc", "iri"])


def restated(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets that several documents state: the same indicator for the same scope and year, and whether they agree.

    Columns: ``indicator``, ``scope``, ``target_year``, ``documents`` (their number), ``stated`` (each value with its
    comparator, unit and nature, once), ``agree`` (the values and units are the same), ``alike`` (comparators and
    natures are too).

    >>> table = restated(graph.table("targets"))
    >>> bool((table["documents"] > 1).all())
    True
    """
    result = []
    for (indicator, scope, year), rows in targets.groupby(["indicator", "scope", "target_year"], dropna=False):
        if pd.isna(year) or rows["doc"].nunique() < 2:
            continue
        words = [
            f"{row['comparator'] or '='} {row['value']} {row['unit'] or ''} {row['nature'] or ''}".strip()
            for row in records(rows)
        ]
        values = {(row["value"], row["unit"]) for row in records(rows)}
        record = {"indicator": indicator, "scope": scope, "target_year": int(year)}
        record |= {"documents": rows["doc"].nunique(), "stated": " / ".join(dict.fromkeys(words))}
        result.append(record | {"agree": len(values) == 1, "alike": len(set(words)) == 1})
    columns = ["indicator", "scope", "target_year", "documents", "stated", "agree", "alike"]
    return pd.DataFrame(result, columns=columns)


def reprinted(assignments: pd.DataFrame) -> pd.DataFrame:
    """Tasks that a document prints more than once for the same bodies, as a plan and its list of tasks do.

    Every count of tasks counts them as often as they are printed.

    Columns: ``doc``, ``task``, ``times``, ``bodies``, ``same_roles`` (the bodies have the same roles each time).

    >>> reprinted(graph.table("assignments")).columns.to_list()
    ['doc', 'task', 'times', 'bodies', 'same_roles']
    """
    printed: dict[tuple[str, str, frozenset[str]], list[frozenset[tuple[str, str]]]] = {}
    for task in by_task(row for row in records(assignments) if row["agency"]).values():
        charged = frozenset((agency_name(row), str(row["role"])) for row in task)
        key = str(task[0]["doc"]), "".join(str(task[0]["task"]).split()), frozenset(name for name, _ in charged)
        printed.setdefault(key, []).append(charged)
    result = [
        {"doc": doc, "task": task, "times": len(times), "bodies": len(bodies), "same_roles": len(set(times)) == 1}
        for (doc, task, bodies), times in printed.items()
        if len(times) > 1
    ]
    return pd.DataFrame(result, columns=["doc", "task", "times", "bodies", "same_roles"])


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries with None where a value is missing.

    >>> records(graph.table("targets"))[0]["page"] is None
    True
    """
    rows: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict("records")
    return rows


def _undirected(network: nx.Graph) -> nx.Graph:
    """The network without directions; the weights of edges both ways are added up."""
    undirected = nx.Graph()
    undirected.add_nodes_from(network.nodes(data=True))
    for source, target, weight in network.edges(data="weight"):
        known = undirected.get_edge_data(source, target, {"weight": 0})["weight"]
        undirected.add_edge(source, target, weight=known + weight)
    return undirected


def _sources(network: nx.Graph) -> int | None:
    return _ALL_PATHS if len(network) > _ALL_PATHS else None
