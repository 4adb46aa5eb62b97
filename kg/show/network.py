"""Networks of the facts, as networkx graphs: who leads and cooperates, who carries which plan, what a plan is made of.

The functions take rows of the fact tables (:mod:`kg.show.tables`), so that they work on an export as well as on a
graph.  Nodes carry ``label``, ``kind`` (see :mod:`kg.show.palette`), ``weight`` and ``title`` (a few lines of text to
show on demand); edges ``kind`` (a role), ``weight`` (a number of tasks) and ``title``.  Both carry ``facts``, the IRIs
of the facts that they rest on, and ``years``, those of the documents that state them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, TypeVar

import networkx as nx
import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.show.palette import ROLES
from kg.show.results import text

Row = Mapping[str, Any]
Key = TypeVar("Key", bound=Hashable)

#: Longest label of a task or target, in characters: the whole text stands in the node's title
LABEL = 18
#: Longest quote in a title, in characters
QUOTE = 90

_NUMBER_YEAR = re.compile(r"〔(\d{4})〕")

#: Properties whose values name a thing
_NAMING = ("rdfs:label", "skos:prefLabel", "dct:title", "foaf:name")
#: How things of our classes are drawn
_CLASSES = {"gz:Agency": "agency", "gz:Plan": "plan", "gz:Task": "task", "gz:Target": "target"}


class UnknownNameError(GraphError):
    """No agency or plan, or more than one, goes by a name; the message says which come near."""


def responsibility(assignments: Iterable[Row], collectives: Iterable[str] = ()) -> nx.DiGraph:
    """The responsibility network: agencies joined by tasks.

    An edge goes from the lead agency (牵头单位) of a task, or where none leads from each responsible one (责任单位), to
    every other agency of the task.  Agencies that share the responsibility without a lead are joined by an edge of
    kind ``joint``, in the order of print.  The weight of an edge is its number of tasks, that of a node the number of
    tasks that name it.  The kind of an edge is the commonest role of its tasks; ``roles`` counts all of them.

    Args:
        assignments: rows of the assignments table.
        collectives: names that stand for many bodies (各县区人民政府): their nodes are of kind ``collective``.

    >>> from kg.show.tables import rows
    >>> network = responsibility(rows(graph.index, "assignments"), {"各县区人民政府"})
    >>> network.nodes["各县区人民政府"]["kind"]
    'collective'
    """
    rows = _with_agency(assignments)
    network = nx.DiGraph()
    _add_agencies(network, rows, set(collectives))
    examples: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    weights: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for task in by_task(rows).values():
        for source, target, kind, named in _task_edges(task):
            weights[source, target][kind] += 1
            examples[source, target] += named
    for (source, target), kinds in weights.items():
        kind, weight, named = kinds.most_common(1)[0][0], kinds.total(), examples[source, target]
        title = "\n".join((f"{source} → {target}", _count(kinds), quoted(named[0])))
        network.add_edge(source, target, kind=kind, weight=weight, roles=dict(kinds), title=title, **grounds(named))
    return network


def agencies_and_plans(assignments: Iterable[Row], collectives: Iterable[str] = ()) -> nx.Graph:
    """The two-mode network of agencies and the plans that name them; a weight is a number of tasks.

    A document that issues no plan stands for one.  The kind of an edge is the agency's weightiest role in the plan.

    >>> from kg.show.tables import rows
    >>> agencies_and_plans(rows(graph.index, "assignments")).degree("栖澜市财政局")
    7
    """
    rows = _with_agency(assignments)
    network = nx.Graph()
    _add_agencies(network, rows, set(collectives))
    by_edge = _grouped(rows, lambda row: (agency_name(row), plan_name(row)))
    for plan, named in _grouped(rows, plan_name).items():
        tasks = len(by_task(named))
        title = f"{plan}\n{tasks} 项任务 tasks"
        network.add_node(("plan", plan), label=cut(plan), kind="plan", weight=tasks, title=title, **grounds(named))
    for (agency, plan), named in by_edge.items():
        _add_roles(network, agency, ("plan", plan), named)
    return network


def around_agency(assignments: Iterable[Row], name: str, collectives: Iterable[str] = ()) -> nx.Graph:
    """One agency, the tasks that name it, the plans these stand in, and the other agencies of these tasks.

    Raises:
        UnknownNameError: no agency goes by this name, as printed or canonical, or several contain it.

    >>> from kg.show.tables import rows
    >>> around_agency(rows(graph.index, "assignments"), "市财政局").nodes["栖澜市财政局"]["centre"]
    True
    """
    rows = _with_agency(assignments)
    agency = _choose(name, rows, agency_name, lambda row: str(row["agency"]), "agency")
    tasks = [task for task in by_task(rows).values() if any(agency_name(row) == agency for row in task)]
    network = nx.Graph()
    _add_tasks(network, tasks, set(collectives))
    network.nodes[agency]["centre"] = True
    return network


def of_plan(assignments: Iterable[Row], targets: Iterable[Row], name: str, collectives: Iterable[str] = ()) -> nx.Graph:
    """One plan with its tasks, the agencies of each by role, and its targets.

    Raises:
        UnknownNameError: no plan goes by this name, or several contain it.

    >>> from kg.show.tables import rows
    >>> network = of_plan(rows(graph.index, "assignments"), rows(graph.index, "targets"), "绿道")
    >>> sorted({values["kind"] for _, values in network.nodes(data=True)})
    ['agency', 'plan', 'target', 'task']
    """
    rows, goals = _with_agency(assignments), list(targets)
    plan = _choose(name, [*rows, *goals], plan_name, lambda row: str(row["doc"]), "plan")
    network = nx.Graph()
    tasks = [task for task in by_task(rows).values() if plan_name(task[0]) == plan]
    network.add_node(("plan", plan), label=cut(plan), kind="plan", weight=len(tasks), title=plan)
    _add_tasks(network, tasks, set(collectives))
    network.nodes["plan", plan]["centre"] = True
    for index, goal in enumerate(row for row in goals if plan_name(row) == plan):
        words = target_text(goal)
        network.add_node(
            ("target", index),
            label=cut(words),
            kind="target",
            weight=1,
            title=f"{words}\n{quoted(goal)}",
            **grounds([goal]),
        )
        network.add_edge(("plan", plan), ("target", index), kind="part", weight=1, title=words, **grounds([goal]))
    return network


def of_statements(statements: Iterable[ox.Triple]) -> nx.DiGraph:
    """Statements as a network: things joined by properties; labels and titles name them, other literals describe.

    >>> network = of_statements(graph.index.query("CONSTRUCT { ?plan a gz:Plan } WHERE { ?plan a gz:Plan }"))
    >>> {values["kind"] for _, values in network.nodes(data=True)}
    {'plan'}
    """
    network = nx.DiGraph()
    names: dict[str, str] = {}
    for statement in statements:
        subject, predicate, value = str(statement.subject), text(statement.predicate), statement.object
        _add_thing(network, subject, text(statement.subject))
        if isinstance(value, ox.Literal):
            if predicate in _NAMING:
                names[subject] = value.value
            network.nodes[subject]["title"] += f"\n{predicate}: {value.value}"
        elif predicate == "rdf:type":
            network.nodes[subject]["kind"] = _CLASSES.get(text(value), "thing")
        else:
            _add_thing(network, str(value), text(value))
            network.add_edge(subject, str(value), kind="link", weight=1, title=predicate)
    for node, name in names.items():
        network.nodes[node]["label"] = cut(name)
    return network


def _add_thing(network: nx.DiGraph, node: str, words: str) -> None:
    if node not in network:
        label = cut(words.rstrip("/").rpartition("/")[2])
        network.add_node(node, label=label, kind="thing", weight=1, title=words, facts=[node.strip("<>")], years=[])


def agency_name(row: Row) -> str:
    """The name under which an assignment's agency is one node: that of its body, else canonical, else as printed."""
    return str(row.get("body") or row.get("canonical") or row["agency"])


def plan_name(row: Row) -> str:
    """The plan that a fact belongs to; the document number where the document issues none."""
    return str(row.get("plan") or row["doc"])


def grounds(rows: Iterable[Row]) -> dict[str, list[Any]]:
    """What a node or an edge rests on: the IRIs of facts, and the years of their documents by their numbers."""
    facts, years = {}, set()
    for row in rows:
        if row.get("iri"):
            facts[row["iri"]] = True
        if year := year_of(str(row["doc"])):
            years.add(year)
    return {"facts": list(facts), "years": sorted(years)}


def year_of(number: str) -> int | None:
    """The year in a document number: 2031 in 云政办〔2031〕5号.  None where there is none."""
    found = _NUMBER_YEAR.search(number)
    return int(found[1]) if found else None


def target_text(row: Row) -> str:
    """A target in one line: ``每千人口医师数 ≥ 3.2 人（2035）``."""
    comparator = row.get("comparator") or "="
    sign = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "约 "}.get(comparator, f"{comparator} ")
    year = f"（{row['target_year']}）" if row.get("target_year") else ""
    return f"{row['indicator']} {sign}{row['value']} {row.get('unit') or ''}".rstrip() + year


# --- parts of networks --------------------------------------------------------------------------------------------


def _add_agencies(network: nx.Graph, rows: Sequence[Row], collectives: set[str]) -> None:
    by_name = _grouped(rows, agency_name)
    # the commonest printed form is short and known to all (市水利局), but in a graph of many cities it may mean several
    short = {name: Counter(str(row["agency"]) for row in named).most_common(1)[0][0] for name, named in by_name.items()}
    shared = Counter(short.values())
    for name, named in by_name.items():
        kind = "collective" if name in collectives else "agency"
        label = cut(short[name] if shared[short[name]] == 1 else name)
        roles = Counter(str(row["role"]) for row in named)
        title = "\n".join((name, _count(roles), quoted(named[0])))
        network.add_node(name, label=label, kind=kind, weight=len(by_task(named)), title=title, **grounds(named))


def _add_tasks(network: nx.Graph, tasks: Sequence[list[Row]], collectives: set[str]) -> None:
    """Add tasks with the plan above and the agencies below them."""
    _add_agencies(network, [row for task in tasks for row in task], collectives)
    per_plan = Counter(plan_name(task[0]) for task in tasks)
    for index, task in enumerate(tasks):
        node, plan, words = ("task", index), ("plan", plan_name(task[0])), str(task[0]["task"])
        deadlines = {f"时限 deadline: {row['deadline']}" for row in task if row.get("deadline")}
        title = "\n".join((words, str(task[0].get("section") or ""), *sorted(deadlines), quoted(task[0])))
        network.add_node(node, label=cut(words), kind="task", weight=1, title=title, **grounds(task))
        if plan not in network:
            network.add_node(plan, label=cut(plan[1]), kind="plan", weight=per_plan[plan[1]], title=plan[1])
        network.add_edge(plan, node, kind="part", weight=1, title=words, **grounds(task[:1]))
        for agency, named in _grouped(task, agency_name).items():
            _add_roles(network, agency, node, named)


def _add_roles(network: nx.Graph, agency: str, other: tuple[str, Any], rows: Sequence[Row]) -> None:
    """Join an agency to a task or plan by the weightiest of its roles there."""
    roles = Counter(str(row["role"]) for row in rows)
    kind = min(roles, key=list(ROLES).index)
    title = "\n".join((f"{agency}：{_count(roles)}", quoted(rows[0])))
    network.add_edge(agency, other, kind=kind, weight=len(by_task(rows)), title=title, **grounds(rows))


def _task_edges(task: Sequence[Row]) -> Iterator[tuple[str, str, str, list[Row]]]:
    """The edges that one task gives: source, target, kind and the rows that name the target and the source."""
    by_role = {
        role: {agency_name(row): row for row in task if row["role"] == role}
        for role in ("lead", "responsible", "cooperating")
    }
    heads = by_role["lead"] or by_role["responsible"]
    helpers = by_role["responsible"] | by_role["cooperating"]
    for head in heads:
        for helper, row in helpers.items():
            if helper not in heads:
                yield head, helper, str(row["role"]), [row, heads[head]]
    for name, other in combinations(heads, 2):
        yield name, other, "joint", [heads[other], heads[name]]


# --- reading rows -------------------------------------------------------------------------------------------------


def _with_agency(assignments: Iterable[Row]) -> list[Row]:
    """The rows that name an agency: a leader named alone (责任领导) is no node of these networks."""
    return [row for row in assignments if row.get("agency")]


def by_task(rows: Iterable[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """Rows of the same task: the same words under the same headings of the same document."""
    return _grouped(rows, lambda row: (str(row["doc"]), str(row.get("section") or ""), str(row["task"])))


def _grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _choose(
    name: str, rows: Sequence[Row], names: Callable[[Row], str], other_names: Callable[[Row], str], kind: str
) -> str:
    """The one name that a user means: equal to it (or to its other form), else the only one that contains it."""
    equal = {names(row) for row in rows if name in (names(row), other_names(row))}
    near = sorted(equal or {names(row) for row in rows if name in names(row)})
    if not near:
        raise UnknownNameError(f"no {kind} of this graph has a name with “{name}” in it")
    if len(near) > 1:
        listed = "、".join(near[:6]) + ("…" if len(near) > 6 else "")
        raise UnknownNameError(f"“{name}” may mean one of {len(near)} {kind} names: {listed}")
    return near[0]


def _count(roles: Mapping[str, int]) -> str:
    """Roles with their numbers: ``牵头 3 · 配合 12``."""
    return " · ".join(f"{ROLES[role].chinese} {roles[role]}" for role in ROLES if role in roles)


def quoted(row: Row) -> str:
    """The fact's own words and where they stand; before those of an assignment, which name a body alone, its task."""
    words = "".join(str(row.get("quote") or "").split())
    page = f", p. {row['page']}" if row.get("page") else ""
    task = f"{cut(str(row['task']), QUOTE // 2)}：" if row.get("task") and str(row["task"]) not in words else ""
    return f"“{task}{cut(words, QUOTE)}” {row['doc']}{page}"


def cut(words: str, length: int = LABEL) -> str:
    """Words that are at most so many characters long, the cut marked by “…”."""
    return words if len(words) <= length else words[: length - 1] + "…"
