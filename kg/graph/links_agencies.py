"""Links of agencies: what they are units of, where they are, who a collective is, what reorganisations made of them."""

from __future__ import annotations

from collections import defaultdict

from kg.facts import Place
from kg.graph.links import LinkGraph, Row, World, authority_list
from kg.graph.nquads import iri
from kg.graph.vocabulary import LEVELS, PREFIXES, term
from kg.resolve.bodies_of_posts import organisations
from kg.resolve.changes import Change, Department, changes, present
from kg.resolve.collectives import listed, members
from kg.resolve.decisions import ACCEPT
from kg.resolve.likeness import shortened
from kg.resolve.link import Link
from kg.resolve.units import Unit, unit

_UNIT, _AREA, _MEMBER, _PRESENT, _NEAR = 0.97, 0.99, 0.97, 0.95, 0.5
#: How long a list of members may be, in characters.
_LIST = 700
_LEVEL_OF = {f"{PREFIXES['gz']}{name.removeprefix('gz:')}": level for level, name in LEVELS.items()}


def agency_links(world: World, graph: LinkGraph) -> None:
    """Write what stands above each agency, its area, the members of collectives, reorganisations and own codes."""
    sources = _sources(world)
    levels = _levels(world)
    departments: dict[str, Department] = {}
    alike: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in _agencies(world):
        node, name = row["a"], row["name"]
        place = world.place(row["d"])
        stands = unit(name, place)
        _stand(world, graph, node, stands, place, sources[node])
        level = levels.get(node)
        if level:
            departments[node] = Department(name, _area(name, stands), level)
            alike[_area(name, stands), level][name] = node
    same = _alike(graph, alike, sources)
    _reorganised(world, graph, departments, sources, same)
    _collectives(world, graph, sources)
    _authorities(world, graph)


def _agencies(world: World) -> list[Row]:
    """Each agency with its name and the first document that names it."""
    rows = world.rows(
        "?a a gz:Agency ; skos:prefLabel ?name . ?f gz:agency|prov:agent|org:postIn ?a ; gz:statedIn ?d "
        "MINUS { ?a a gz:Collective } MINUS { ?a a gz:LeadingGroup }",
        "a name d",
    )
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row["a"], row)
    return list(first.values())


def _sources(world: World) -> dict[str, tuple[str, ...]]:
    """For each agency one fact that names it: the first mention, else the first fact of any kind."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in world.rows("?f gz:agency|prov:agent ?a ; gz:rule ?rule", "a f"):
        found.setdefault(row["a"], (row["f"],))
    return found


def _levels(world: World) -> dict[str, str]:
    """The level of each agency; where documents differ, the one that most of them say."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in world.rows("?f a gz:AgencyMention ; gz:agency ?a ; gz:level ?level", "f a level"):
        counts[row["a"]][row["level"]] += 1
    return {node: _LEVEL_OF[max(levels, key=lambda level: (levels[level], level))] for node, levels in counts.items()}


def _area(name: str, stands: Unit) -> str:
    """The full name of the area as the agency's name has it, a district's city before it."""
    if stands.division is None:
        return ""
    end = name.find(stands.division.name) + len(stands.division.name)
    return name[:end]


def _stand(world: World, graph: LinkGraph, node: str, stands: Unit, place: Place, sources: tuple[str, ...]) -> None:
    if stands.parent and stands.parent != world.agencies[node]:
        above = world.agency(stands.parent, place)
        graph.describe(above, "gz:Agency", stands.parent, sources)
        graph.add(Link(node, "org:unitOf", above, "agencies.unit", _UNIT, sources))
    if stands.division:
        names = [each.name for each in stands.division.lineage]
        area = world.naming.path("place", *names)
        subject = graph.describe(area, "gz:Place", names[-1], sources)
        graph.quads.say(subject, "gz:divisionCode", stands.division.code)
        for prop, name in zip(("gz:province", "gz:city", "gz:county"), names, strict=False):
            graph.quads.say(subject, prop, name)
        graph.add(Link(node, "dct:spatial", area, "agencies.area", _AREA, sources))


def _alike(
    graph: LinkGraph, groups: dict[tuple[str, str], dict[str, str]], sources: dict[str, tuple[str, ...]]
) -> dict[str, str]:
    """Names of one area that may be one body's, in doubt; gives those that someone has decided to be, short by full."""
    same: dict[str, str] = {}
    for (area, _), nodes in sorted(groups.items()):
        for short, full in shortened(nodes, area) if area else ():
            facts = (*sources.get(nodes[short], ()), *sources.get(nodes[full], ()))
            doubt = f"“{short}”是否即“{full}”？"
            link = Link(nodes[short], "owl:sameAs", nodes[full], "agencies.near", _NEAR, facts, doubt)
            graph.add(link)
            if graph.verdict(link) == ACCEPT:
                same[nodes[short]] = nodes[full]
    return same


def _reorganised(
    world: World,
    graph: LinkGraph,
    departments: dict[str, Department],
    sources: dict[str, tuple[str, ...]],
    same: dict[str, str],
) -> None:
    """Reorganisations of named agencies, and for every agency the one that goes on for it today.

    A name that was decided to be another one's short form goes on as that does.
    """
    nodes = {department.name: node for node, department in departments.items()}
    for change in changes(departments.values()):
        _change_event(world, graph, change, nodes, sources)
    for node, department in departments.items():
        now = present(departments.get(same.get(node, ""), department))
        target = node if now == department else nodes.get(now.name) or world.agency(now.name, Place())
        graph.add(Link(node, "gz:presentAgency", target, "agencies.present", _PRESENT, sources.get(node, ())))


def _change_event(
    world: World, graph: LinkGraph, change: Change, nodes: dict[str, str], sources: dict[str, tuple[str, ...]]
) -> None:
    """A reorganisation as the Organization Ontology has it (org:ChangeEvent)."""
    before, after = (nodes.get(name) or world.agency(name, Place()) for name in (change.before.name, change.after.name))
    event = iri(world.naming.path("change", change.before.name, change.after.name, str(change.year)))
    quads = graph.quads
    quads.add(event, "rdf:type", term("org:ChangeEvent"))
    quads.say(event, "rdfs:label", f"{change.before.name} → {change.after.name}")
    quads.say(event, "dct:date", change.year, "xsd:gYear")
    quads.say(event, "gz:changeKind", change.kind)
    quads.say(event, "dct:source", change.source)
    graph.derive(event, sources.get(before, ()))
    for node, name, to_event, from_event in (
        (before, change.before.name, "org:changedBy", "org:originalOrganization"),
        (after, change.after.name, "org:resultedFrom", "org:resultingOrganization"),
    ):
        subject = graph.describe(node, "gz:Agency", name, sources.get(before, ()))
        quads.add(subject, "gz:level", term(LEVELS[change.before.level]))
        quads.add(subject, to_event, event)
        quads.add(event, from_event, subject)


def _collectives(world: World, graph: LinkGraph, sources: dict[str, tuple[str, ...]]) -> None:
    """The members of collectives, where a member list or the table of divisions settles them."""
    groups = _group_members(world)
    _listed(world, graph)
    rows = world.rows(
        "?a a gz:Collective ; skos:prefLabel ?name . ?f gz:agency|prov:agent ?a ; gz:statedIn ?d", "a name d"
    )
    for row in rows:
        document = world.documents.get(row["d"])
        place = world.place(row["d"])
        year = int(document.date[:4]) if document and document.date else None
        for name in members(row["name"], place, year, groups):
            member = world.agency(name, place)
            graph.describe(member, "gz:Agency", name, sources.get(row["a"], ()))
            link = Link(row["a"], "org:hasMember", member, "agencies.members", _MEMBER, sources.get(row["a"], ()))
            graph.add(link)


def _listed(world: World, graph: LinkGraph) -> None:
    """The members that a sentence lists behind the name of a collective: 联席会议成员单位包括…."""
    rows = world.rows(
        "?f a gz:AgencyMention ; gz:agency ?a ; gz:statedIn ?d ; gz:evidence ?place . ?a a gz:Collective ; "
        "skos:prefLabel ?name . ?place oa:hasSource ?source ; oa:hasSelector ?position . ?position oa:end ?end",
        "source f a d end name",
    )
    for row in rows:
        if not row["name"].endswith("成员单位"):
            continue
        end, place = int(row["end"]), world.place(row["d"])
        for name in listed(world.text(row["source"])[end : end + _LIST], place):
            member = world.agency(name, place)
            graph.describe(member, "gz:Agency", name, (row["f"],))
            graph.add(Link(row["a"], "org:hasMember", member, "agencies.listed", _MEMBER, (row["f"],)))


def _group_members(world: World) -> dict[str, tuple[str, ...]]:
    """The member agencies of each leading group, by the group's full name: those whose heads its list names."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    rows = world.rows(
        "?f a gz:Membership ; gz:statedIn ?d ; gz:postText ?post ; org:organization ?g . ?g skos:prefLabel ?name",
        "f d post name",
    )
    for row in rows:
        found[row["name"]].update(name for name, _ in organisations(row["post"], world.place(row["d"])) if name)
    return {name: tuple(sorted(bodies)) for name, bodies in found.items()}


def _authorities(world: World, graph: LinkGraph) -> None:
    """The short forms and codes of the user's own list."""
    listed = authority_list(world.naming, graph.rulings)
    for authority in graph.rulings.authorities:
        subject = graph.describe(world.agency(authority.name, Place()), "gz:Agency", authority.name, (listed,))
        graph.quads.say(subject, "org:identifier", authority.code)
        for short in authority.short:
            graph.quads.say(subject, "skos:altLabel", short)
