"""Links of people: one node per person over all documents, and the posts they held with their intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts import Place
from kg.graph.links import LinkGraph, World
from kg.graph.naming import digest, segment
from kg.graph.nquads import iri
from kg.graph.vocabulary import ACTIONS, term
from kg.resolve.bodies_of_posts import organisations, post_behind
from kg.resolve.decisions import ACCEPT, REJECT
from kg.resolve.link import Link
from kg.resolve.people import Doubt, People, Person, Said, Tenure, resolve_people

_SAME, _MOVED, _NAMESAKE = 0.97, 0.8, 0.5
#: How far before what a leader does the name is looked for, in characters.
_BEFORE = 2000


def people_links(world: World, graph: LinkGraph) -> None:
    """Write who each fact is about, the posts held, and namesakes in doubt."""
    said = [*_appointments(world), *_memberships(world), *_portfolios(world), *_named(world)]
    people = _judged(world, graph, said)
    for (fact, node), person in people.persons.items():
        identity = _node(world, person)
        graph.describe(identity, "foaf:Person", person.name, (fact,), "foaf:name")
        link = Link(fact, "gz:identifiedPerson", identity, "people.name", _SAME, (fact,))
        graph.add(link)
        if identity != node:
            graph.quads.add(iri(identity), "prov:specializationOf", iri(node))
    for tenure in people.tenures:
        _tenure(world, graph, tenure)
    for link in _doubtful(world, people):
        graph.add(link)


def _judged(world: World, graph: LinkGraph, said: list[Said]) -> People:
    """People as the rules tell them apart, then as those want it who have decided about the doubts."""
    people = resolve_people(said)
    links = list(_doubtful(world, people))
    one = {
        doubt.person.node
        for doubt in people.doubts
        if doubt.other and graph.verdict(_doubtful_link(world, doubt)) == ACCEPT
    }
    apart = {link.subject for link in links if link.rule == "people.move" and graph.verdict(link) == REJECT}
    return resolve_people(said, one=one, apart=apart) if one or apart else people


def _doubtful(world: World, people: People) -> Iterator[Link]:
    return (_doubtful_link(world, doubt) for doubt in people.doubts)


def _doubtful_link(world: World, doubt: Doubt) -> Link:
    person = _node(world, doubt.person)
    if doubt.other:
        other = _node(world, doubt.other)
        return Link(person, "owl:sameAs", other, "people.namesake", _NAMESAKE, doubt.facts, doubt.reason)
    fact = doubt.facts[-1]
    return Link(fact, "gz:identifiedPerson", person, "people.move", _MOVED, doubt.facts, doubt.reason, assumed=True)


def _node(world: World, person: Person) -> str:
    """A person's IRI: that of the name in its government, with what keeps a namesake apart behind it."""
    if not person.mark:
        return person.node
    government = person.node.rsplit("/", 1)[0]
    return f"{government}/{segment(f'{person.name}（{person.mark}）')}"


def _tenure(world: World, graph: LinkGraph, tenure: Tenure) -> None:
    """A post held, as org:Membership has it, with the days that documents tell."""
    holder = _node(world, tenure.person)
    key = [holder, tenure.organisation, tenure.post, tenure.appointed or tenure.first_seen or tenure.removed]
    node = iri(world.naming.path("tenure", digest(repr(key))))
    quads = graph.quads
    quads.add(node, "rdf:type", term("gz:Tenure"))
    quads.add(node, "org:member", iri(holder))
    quads.say(node, "gz:heldPost", tenure.post)
    if tenure.organisation:
        body = world.agency(tenure.organisation, Place())
        graph.describe(body, "gz:Agency", tenure.organisation, tenure.facts)
        quads.add(node, "org:organization", iri(body))
    for prop, day in (
        ("gz:appointed", tenure.appointed),
        ("gz:removed", tenure.removed),
        ("gz:firstSeen", tenure.first_seen),
        ("gz:lastSeen", tenure.last_seen),
    ):
        quads.say(node, prop, day, "xsd:date")
    graph.derive(node, tenure.facts)


def _appointments(world: World) -> Iterator[Said]:
    rows = world.rows(
        "?f a gz:Appointment ; gz:person ?p ; gz:personName ?name ; gz:action ?action ; gz:statedIn ?d ; "
        "gz:postText ?post . OPTIONAL { ?f gz:organisationText ?text . ?f org:post/org:postIn/skos:prefLabel ?body } "
        "OPTIONAL { ?f dct:date ?date } OPTIONAL { ?f gz:note ?note }",
        "f p name action d post body date note",
    )
    names = {term(action).strip("<>"): name for name, action in ACTIONS.items()}
    for row in rows:
        day, action = row.get("date") or _date(world, row["d"]), names[row["action"]]
        yield Said(
            row["f"], row["p"], row["name"], action, row["post"], row.get("body"), day, row.get("note"), row["d"]
        )


def _memberships(world: World) -> Iterator[Said]:
    rows = world.rows(
        "?f a gz:Membership ; org:member ?p ; gz:personName ?name ; gz:statedIn ?d . OPTIONAL { ?f gz:postText ?post }",
        "f p name d post",
    )
    for row in rows:
        day = _date(world, row["d"])
        held = organisations(row["post"], world.place(row["d"])) if row.get("post") else ()
        for body, post in held:
            yield Said(row["f"], row["p"], row["name"], "seen", post, body, day, None, row["d"])
        if not held:
            yield Said(row["f"], row["p"], row["name"], "named", date=day)


def _portfolios(world: World) -> Iterator[Said]:
    """Divisions of work print the post behind the name, or no post at all."""
    rows = world.rows(
        "?f a gz:Portfolio ; gz:person ?p ; gz:personName ?name ; gz:statedIn ?d ; gz:evidence ?place . "
        "?place oa:hasSource ?source ; oa:hasSelector ?position . ?position oa:start ?start",
        "source f p name d start",
    )
    for row in rows:
        start = int(row["start"])
        before = world.text(row["source"])[max(0, start - _BEFORE) : start]
        printed = post_behind(before[_end_of_last(row["name"], before) :])
        held = organisations(printed, world.place(row["d"])) if printed else ()
        for body, post in held:
            yield Said(row["f"], row["p"], row["name"], "seen", post, body, _date(world, row["d"]), None, row["d"])


def _end_of_last(name: str, text: str) -> int:
    """Where a name ends that is printed last in a text, perhaps with spaces; the text's end where it is not."""
    ends = [match.end() for match in re.finditer(r"\s*".join(map(re.escape, name)), text)]
    return ends[-1] if ends else len(text)


def _named(world: World) -> Iterator[Said]:
    rows = world.rows(
        "?f gz:person|gz:leader ?p ; gz:personName ?name ; gz:statedIn ?d MINUS { ?f a gz:Appointment }", "f p name d"
    )
    for row in rows:
        yield Said(row["f"], row["p"], row["name"], "named", date=_date(world, row["d"]))


def _date(world: World, document: str) -> str | None:
    known = world.documents.get(document)
    return known.date if known else None
