"""Projections: the networks that a graph can be seen as, each with what a node, an edge and a weight mean.

Nodes and edges carry what :mod:`kg.show.network` says; nodes also ``name`` (whole, where the label is cut), and both
the name of their kind in Chinese (``kind_zh``) and English (``kind_en``).

The functions take the graph that :func:`kg.open_graph` gives; of :func:`kg.open` it is the ``index``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.naming import is_iri
from kg.graph.store import Graph
from kg.show import network as net
from kg.show.network import Row, UnknownNameError, cut, grounds, quoted
from kg.show.palette import ROLES, THINGS
from kg.show.results import text
from kg.show.tables import rows, with_bodies

#: Links that a neighbourhood does not follow: nearly all things share them
_COMMON = ("rdf:type", "gz:level", "gz:place", "dct:spatial", "gz:printedIn", "dct:subject", "dct:type")
_CHAIRS = ("组长", "指挥长", "召集人", "总召集人", "主任", "总指挥", "主任委员")

_DOCUMENTS = """
SELECT ?document ?number ?title ?level (BOUND(?full) AS ?printed) WHERE {
    { ?document a gz:Document } UNION { ?document a gz:CitedDocument }
    ?document dct:identifier ?number
    OPTIONAL { ?document dct:title ?title }
    OPTIONAL { ?document gz:level/skos:notation ?level }
    OPTIONAL { ?document gz:printedInFull ?full }
}"""
_CITATIONS = """
SELECT ?iri ?document ?doc ?cited ?relation ?quote WHERE {
    ?iri a gz:Citation ; gz:statedIn ?document ; gz:cited ?printed ; gz:relation/skos:notation ?relation ;
        gz:evidence/oa:hasSelector/oa:exact ?quote .
    ?document dct:identifier ?doc
    OPTIONAL { ?iri gz:resolvedTo ?resolved }
    BIND(COALESCE(?resolved, ?printed) AS ?cited)
} ORDER BY ?document ?iri"""
_UNITS = """
SELECT DISTINCT ?unit ?name ?above ?aboveName WHERE {
    ?unit org:unitOf ?above ; skos:prefLabel ?name . ?above skos:prefLabel ?aboveName
} ORDER BY ?unit ?above"""
_MENTIONS = "SELECT ?agency ?iri ?doc WHERE { ?iri gz:agency ?agency ; gz:statedIn/dct:identifier ?doc } ORDER BY ?iri"
_NAMES = """
SELECT ?thing ?name ?type WHERE {
    ?thing skos:prefLabel|dct:title|foaf:name|rdfs:label ?name
    OPTIONAL { ?thing a ?type FILTER(STRSTARTS(STR(?type), STR(gz:)) || ?type = foaf:Person) }
}"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A projection: its title, how its picture is read, and the function that makes it from a graph."""

    title: str
    reading: str
    make: Callable[..., nx.Graph]


def project(graph: Graph, kind: str, **choices: Any) -> nx.Graph:
    """A projection by its name in :data:`KINDS`, with the choices that its function takes.

    Raises:
        GraphError: there is no such projection, or it does not take a choice.

    >>> network = project(graph.index, "responsibility", plan="绿道")
    >>> network.nodes["栖澜市水利局"]["kind_zh"], network.nodes["栖澜市水利局"]["years"]
    ('机构', [2031])
    """
    if kind not in KINDS:
        raise GraphError(f"there is no network {kind}; choose one of {', '.join(KINDS)}")
    try:
        return named(KINDS[kind].make(graph, **choices))
    except TypeError as error:
        if choices and "keyword argument" in str(error):
            raise GraphError(f"the network {kind} does not take the choices {', '.join(choices)}") from error
        raise


def named(network: nx.Graph) -> nx.Graph:
    """Add what every node and edge carries: the names of its kind in both languages, and a whole name.

    >>> import networkx as nx
    >>> network = nx.Graph()
    >>> network.add_node("a", kind="task", title="修复湿地\\n市水利局")
    >>> named(network).nodes["a"]["name"], network.nodes["a"]["kind_en"]
    ('修复湿地', 'task')
    """
    for _, values in network.nodes(data=True):
        style = THINGS[values["kind"]]
        values |= {"kind_zh": style.chinese, "kind_en": style.english, "name": values["title"].split("\n")[0]}
        values.setdefault("facts", [])
        values.setdefault("years", [])
    for _, _, values in network.edges(data=True):
        style = ROLES[values["kind"]]
        values |= {"kind_zh": style.chinese, "kind_en": style.english}
    return network


def responsibility(graph: Graph, plan: str | None = None, year: int | None = None) -> nx.DiGraph:
    """Agencies joined by tasks: see :func:`kg.show.network.responsibility`.

    Args:
        graph: where the assignments are.
        plan: part of the name of the plans whose tasks alone are counted.
        year: the year of the documents, by their numbers, whose tasks alone are counted.

    >>> responsibility(graph.index).edges["栖澜市水利局", "栖澜市自然资源局"]["weight"]
    1
    """
    return net.responsibility(_chosen(with_bodies(graph), plan, year), collectives(graph))


def plans(graph: Graph, plan: str | None = None, year: int | None = None) -> nx.Graph:
    """Agencies and the plans that give them tasks: see :func:`kg.show.network.agencies_and_plans`.

    >>> sorted(values["kind"] for _, values in plans(graph.index, plan="绿道").nodes(data=True))[-1]
    'plan'
    """
    return net.agencies_and_plans(_chosen(with_bodies(graph), plan, year), collectives(graph))


def citations(graph: Graph) -> nx.DiGraph:
    """Where documents come from: a node is a document, printed or cited; an edge goes from one to what it cites.

    The kind of an edge is the relation (依据 basis, 修改 amends, 废止 repeals, 提及 mentions; the strongest where there
    are several), its weight the number of citations.  The weight of a node is the number of documents that cite it (one
    where none does), its kind the level of government that it comes from, ``document`` where the gazette prints it.
    Citations look back in time, so this is a DAG unless two documents cite each other.

    >>> import networkx as nx
    >>> nx.is_directed_acyclic_graph(citations(graph.index))
    True
    """
    network = nx.DiGraph()
    facts: dict[tuple[str, str], list[Row]] = {}
    for row in graph.select(_CITATIONS):
        if row["document"] != row["cited"]:
            facts.setdefault((str(row["document"]), str(row["cited"])), []).append(row)
    ends = {end for pair in facts for end in pair}
    described: dict[str, list[Row]] = {}
    for row in graph.select(_DOCUMENTS):
        if row["document"] in ends:
            described.setdefault(str(row["document"]), []).append(row)
    for document in sorted(ends):
        _add_document(network, document, described.get(document, []), facts)
    for (source, target), named_rows in facts.items():
        kind = min((str(row["relation"]) for row in named_rows), key=list(ROLES).index)
        title = f"{ROLES[kind].name}\n{quoted(named_rows[0])}"
        network.add_edge(source, target, kind=kind, weight=len(named_rows), title=title, **grounds(named_rows))
    return network


def _add_document(
    network: nx.DiGraph, document: str, described: list[Row], facts: dict[tuple[str, str], list[Row]]
) -> None:
    titles = sorted({str(row["title"]) for row in described if row["title"]}, key=len)
    number = str(described[0]["number"]) if described else document.rpartition("/")[2]
    name = titles[0] if titles else number
    cited = [row for (_, target), named_rows in facts.items() if target == document for row in named_rows]
    citing = len({row["document"] for row in cited})
    stating = [row for (source, _), named_rows in facts.items() if source == document for row in named_rows]
    levels = {str(row["level"]) for row in described}
    kind = next((kind for level, kind in _LEVELS.items() if level in levels), "other")
    if any(row["printed"] == "true" for row in described):
        kind = "document"
    year = net.year_of(number)
    network.add_node(
        document,
        label=cut(number if net.year_of(number) else name, 16),
        kind=kind,
        weight=max(1, citing),
        title=f"{name}\n{number}\n被 {citing} 件公文引用 cited by {citing}",
        facts=grounds([*cited, *stating])["facts"],
        years=[year] if year else [],
    )


_LEVELS = {
    "国家": "national",
    **dict.fromkeys(("自治区", "省"), "regional"),
    **dict.fromkeys(("市", "县区", "镇", "园区"), "local"),
}


def hierarchy(graph: Graph) -> nx.DiGraph:
    """Which body belongs to which: an edge goes from a body to the one above it (org:unitOf).

    The weight of a node is the number of documents that name the body; edges weigh one.

    >>> network = hierarchy(graph.index)
    >>> [network.nodes[above]["label"] for below, above in network.edges if below.endswith("/栖澜市财政局")]
    ['栖澜市人民政府']
    """
    network = nx.DiGraph()
    mentions: dict[str, list[Row]] = {}
    for row in graph.select(_MENTIONS):
        mentions.setdefault(str(row["agency"]), []).append(row)
    for row in graph.select(_UNITS):
        for node, name in ((str(row["unit"]), str(row["name"])), (str(row["above"]), str(row["aboveName"]))):
            if node not in network:
                known = mentions.get(node, [])
                documents = len({mention["doc"] for mention in known})
                title = f"{name}\n{documents} 件公文提及 documents name it"
                network.add_node(node, label=name, kind="agency", weight=documents, title=title, **grounds(known))
        network.add_edge(str(row["unit"]), str(row["above"]), kind="part", weight=1, title="隶属 unit of", facts=[])
    return network


def groups(graph: Graph) -> nx.Graph:
    """People and the leading groups (领导小组), headquarters and joint meetings that they sit in.

    An edge is a membership, of kind ``chair`` for who leads the group; the weight of a node is its number of links.
    A member named by post alone is no person here.

    >>> sorted({kind for *_, kind in groups(graph.index).edges(data="kind")})
    ['chair', 'member']
    """
    network = nx.Graph()
    by_pair: dict[tuple[str, str], list[Row]] = {}
    for row in rows(graph, "memberships"):
        if row["person"]:
            by_pair.setdefault((row["person"], row["group"]), []).append(row)
    for (person, group), named_rows in by_pair.items():
        _add_member(network, ("person", person), person, "person", named_rows)
        _add_member(network, ("group", group), group, "group", named_rows)
        roles = {str(row["role"]) for row in named_rows}
        kind = "chair" if roles & set(_CHAIRS) else "member"
        title = f"{person} · {'、'.join(sorted(roles))} · {group}\n{quoted(named_rows[0])}"
        network.add_edge(("person", person), ("group", group), kind=kind, weight=1, title=title, **grounds(named_rows))
    return network


def _add_member(network: nx.Graph, node: tuple[str, str], name: str, kind: str, named_rows: list[Row]) -> None:
    if node not in network:
        posts = sorted({str(row["post"]) for row in named_rows if row["post"]}) if kind == "person" else []
        title = "\n".join((name, *posts))
        network.add_node(node, label=cut(name), kind=kind, weight=0, title=title, facts=[], years=[])
    ground = grounds(named_rows)
    values = network.nodes[node]
    values["weight"] += 1
    values["facts"] = [*values["facts"], *ground["facts"]]
    values["years"] = sorted({*values["years"], *ground["years"]})


def indicators(graph: Graph, plan: str | None = None, year: int | None = None) -> nx.Graph:
    """Indicators and the plans that set targets for them; indicators of several plans hold the picture together.

    An edge is of kind ``binding`` (约束性), ``expected`` (预期性) or ``target``, its weight the number of targets; the
    weight of a node is its number of targets.

    Args:
        graph: where the targets are.
        plan: part of the name of the plans wanted.
        year: the year that the targets are for.

    >>> len(indicators(graph.index, year=2035)) < len(indicators(graph.index))
    True
    """
    network = nx.Graph()
    targets = [row for row in rows(graph, "targets") if year in (None, row["target_year"])]
    by_pair: dict[tuple[str, str], list[Row]] = {}
    for row in _chosen(targets, plan, None):
        by_pair.setdefault((str(row["indicator"]), net.plan_name(row)), []).append(row)
    for (indicator, of_plan), named_rows in by_pair.items():
        texts = [net.target_text(row) for row in named_rows]
        for node, kind in ((("indicator", indicator), "indicator"), (("plan", of_plan), "plan")):
            if node not in network:
                network.add_node(node, label=cut(node[1]), kind=kind, weight=0, title=node[1], facts=[], years=[])
            values, ground = network.nodes[node], grounds(named_rows)
            values["weight"] += len(named_rows)
            values["facts"] = [*values["facts"], *ground["facts"]]
            values["years"] = sorted({*values["years"], *ground["years"]})
        natures = {str(row["nature"]) for row in named_rows}
        edge_kind = next((kind for nature, kind in _NATURES.items() if nature in natures), "target")
        title = "\n".join((*texts[:6], quoted(named_rows[0])))
        network.add_edge(
            ("indicator", indicator),
            ("plan", of_plan),
            kind=edge_kind,
            weight=len(named_rows),
            title=title,
            **grounds(named_rows),
        )
    return network


_NATURES = {"约束性": "binding", "预期性": "expected"}


def neighbourhood(graph: Graph, node: str, hops: int = 1, most: int = 300) -> nx.DiGraph:
    """All that is linked to a thing in at most so many hops, over links of any kind in either direction.

    A node is anything with a name (facts are passed through: what they join is one hop apart), an edge is a link.

    Args:
        graph: where to look.
        node: an IRI or the whole name of an agency, plan, document, person, indicator …
        hops: how far to go.
        most: the nearest so many things are taken.

    Raises:
        UnknownNameError: nothing has this name.

    >>> network = neighbourhood(graph.index, "栖澜市财政局", hops=2, most=50)
    >>> len(network), [values["label"] for _, values in network.nodes(data=True) if values.get("centre")]
    (50, ['栖澜市财政局'])
    """
    names, kinds = _named_things(graph)
    start = node if is_iri(node) else next((iri for iri, name in sorted(names.items()) if name == node), None)
    if start is None:
        raise UnknownNameError(f"nothing in this graph is called “{node}”")
    network = nx.DiGraph()
    far = {start: 0}
    queue = deque([start])
    _add_thing(network, start, names, kinds)
    while queue:
        here = queue.popleft()
        if far[here] == hops:
            continue
        for source, target, predicate, facts in sorted(_links(graph, here, names)):
            other = target if source == here else source
            if other not in network and len(network) >= most:
                continue
            if other not in far:
                far[other] = far[here] + 1
                queue.append(other)
                _add_thing(network, other, names, kinds)
            if not network.has_edge(source, target):
                network.add_edge(source, target, kind="link", weight=1, title=predicate, facts=list(facts), years=[])
    network.nodes[start]["centre"] = True
    return network


def _named_things(graph: Graph) -> tuple[dict[str, str], dict[str, str]]:
    """Names and kinds of things by IRI."""
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for row in graph.select(_NAMES):
        names.setdefault(str(row["thing"]), str(row["name"]))
        kind = _CLASSES.get(str(row["type"]).rpartition("#")[2].rpartition("/")[2])
        if kind:
            kinds[str(row["thing"])] = kind
    return names, kinds


_CLASSES = {
    "Agency": "agency",
    "Collective": "collective",
    "LeadingGroup": "group",
    "Plan": "plan",
    "Document": "document",
    "CitedDocument": "other",
    "Person": "person",
    "Indicator": "indicator",
    "Task": "task",
}


def _add_thing(network: nx.DiGraph, iri: str, names: dict[str, str], kinds: dict[str, str]) -> None:
    name = names.get(iri, iri.rpartition("/")[2])
    kind = kinds.get(iri, "thing")
    network.add_node(iri, label=cut(name), kind=kind, weight=1, title=name, facts=[iri], years=[])


def _links(graph: Graph, here: str, names: dict[str, str]) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    """Links of a thing with others that have a name: its own, and those that a fact makes."""
    found: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    for subject, predicate, value in _statements(graph, here):
        other = value if subject == here else subject
        if predicate in _COMMON or other == here:
            continue
        if other in names:
            found.setdefault((subject, value), (predicate, ()))
        elif "/fact/" in other:
            for fact, role, value_of in _statements(graph, other):
                end = value_of if fact == other else fact
                if end != here and end in names and role not in _COMMON:
                    found.setdefault((here, end), (role, (other,)))
    return [(source, target, predicate, facts) for (source, target), (predicate, facts) in found.items()]


def _statements(graph: Graph, iri: str) -> list[tuple[str, str, str]]:
    """The links from and to a node in the union of all graphs, with their predicates as prefixed names."""
    node, union = ox.NamedNode(iri), ox.DefaultGraph()
    quads = [*graph.store.quads_for_pattern(node, None, None, union)]
    quads += graph.store.quads_for_pattern(None, None, node, union)
    return [
        (quad.subject.value, text(quad.predicate), quad.object.value)
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    ]


def collectives(graph: Graph) -> set[str]:
    """The names that stand for many bodies (集体).

    >>> "各县区人民政府" in collectives(graph.index)
    True
    """
    named = graph.select("SELECT DISTINCT ?name WHERE { ?body a gz:Collective ; skos:prefLabel ?name }")
    return {str(row["name"]) for row in named}


def _chosen(found: Iterable[Row], plan: str | None, year: int | None) -> list[Row]:
    return [
        row
        for row in found
        if (plan is None or plan in net.plan_name(row)) and (year is None or net.year_of(str(row["doc"])) == year)
    ]


KINDS: dict[str, Kind] = {
    "responsibility": Kind(
        "责任网络 Responsibility network",
        "箭头由牵头单位（无牵头单位时为责任单位）指向同一任务的其他单位；任务越多，点越大、线越粗。 "
        "Arrows point from the lead agency of a task (where none leads, a responsible one) to the others; "
        "the more tasks, the larger the dot and the wider the line.",
        responsibility,
    ),
    "plans": Kind(
        "机构与规划 Agencies and plans",
        "线的颜色为机构在该规划中最重的角色；任务越多，点越大、线越粗。 The colour of a line is the weightiest role "
        "of the agency in the plan; the more tasks, the larger the dot and the wider the line.",
        plans,
    ),
    "citations": Kind(
        "政策来源 Where documents come from",
        "箭头由公文指向其引用的文件；方块颜色为发文层级。 "
        "Arrows point from a document to what it cites; the colour of a square is the level of government.",
        citations,
    ),
    "hierarchy": Kind(
        "机构隶属 Which body belongs to which",
        "箭头指向上级机构；点越大，提及的公文越多。 "
        "Arrows point to the body above; the more documents name a body, the larger.",
        hierarchy,
    ),
    "groups": Kind(
        "人员与领导小组 People and leading groups",
        "一条线为一项成员关系；关系越多，点越大。 A line is a membership; the more of them, the larger.",
        groups,
    ),
    "indicators": Kind(
        "指标与规划 Indicators and plans",
        "线由指标连到为其设定目标的规划；目标越多，点越大、线越粗。 "
        "Lines join indicators and the plans that set targets for them; the more targets, the larger and wider.",
        indicators,
    ),
    "neighbourhood": Kind("邻域 Neighbourhood", "与所选事物相关的一切。 All that is linked to a thing.", neighbourhood),
}
