"""Every kind of page answers in both languages and in all its forms, and leads on to the next."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.facts import TABLES
from kg.graph.queries import saved
from kg.graph.store import open_graph
from kg.graph.vocabulary import PREFIXES
from kg.show.conflicts import conflicts
from kg.show.gaps import gaps
from kg.show.tables import rows
from kg.show.web.messages import catalogue
from kg.show.web.results import label

KINDS = ("agency", "document", "plan", "indicator", "person", "task", "group", "collective", "cited")
PLAIN = ("/", "/search?q=市", "/reports", "/compare", "/queries", "/editor", "/explore", "/facts/targets", "/list/plan")


class Page(HTMLParser):
    """The links, ids and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        if values.get("id"):
            self.ids.add(values["id"] or "")

    def handle_data(self, data: str) -> None:
        self.words += data


def first(client: TestClient, kind: str) -> str:
    """The address of the first thing of a kind."""
    page = Page(client.get(f"/list/{kind}").text)
    return next(link for link in page.links if link.startswith("/page/"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PLAIN)
def test_pages_that_lead_in(client: TestClient, address: str, language: str) -> None:
    response = client.get(address, params=None, headers={"Cookie": f"language={language}"})

    assert response.status_code == 200
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in response.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_things(client: TestClient, kind: str, language: str) -> None:
    response = client.get(first(client, kind), headers={"Cookie": f"language={language}"})

    assert response.status_code == 200
    assert catalogue()[f"a.{kind}"][language] in response.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_as_json_turtle_and_json_ld(client: TestClient, kind: str) -> None:
    address = first(client, kind)
    data = client.get(f"{address}.json").json()
    turtle = client.get(f"{address}.ttl")
    linked = client.get(f"{address}.jsonld")

    assert data["title"]
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert len(list(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))) > 1
    assert linked.headers["content-type"].startswith("application/ld+json")


@pytest.mark.parametrize("form", ["json", "csv", "ttl", "jsonld"])
@pytest.mark.parametrize("address", ["/index", "/search?q=市", "/list/agency", "/facts/targets", "/text", "/at"])
def test_every_page_in_every_form(client: TestClient, address: str, form: str) -> None:
    if address in ("/text", "/at"):
        text = first(client, "document").replace("/page/", "/text/")
        places = [link for link in Page(client.get(text).text).links if link.startswith("/at?")]
        address = text if address == "/text" else places[0]
    path, _, query = address.partition("?")
    response = client.get(f"{path}.{form}{'?' if query else ''}{query}")

    assert response.status_code == 200
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))) > 1
    if form == "ttl":
        assert len(list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))) > 1


def test_facts_of_several_kinds_stand_in_one_table(client: TestClient) -> None:
    address = first(client, "document")
    file = client.get(f"{address}.json").json()["head"]["file"]
    response = client.get(f"/at.csv?file={quote(file)}&start=0&end=100000")
    found = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert len({row["kind"] for row in found}) > 2
    assert all(row["said"] and row["quote"] and row["iri"] for row in found)


@pytest.mark.parametrize("table", TABLES)
def test_a_list_of_facts_as_csv_has_the_rows_of_the_export(client: TestClient, sample_graph: Path, table: str) -> None:
    response = client.get(f"/facts/{table}.csv")
    found = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert {row["iri"] for row in found} == {row["iri"] for row in rows(open_graph(sample_graph), table)}
    assert len(found) == len(rows(open_graph(sample_graph), table))


def test_facets_narrow_and_keep_what_was_chosen(client: TestClient) -> None:
    everything = client.get("/facts/assignments.json").json()
    role, count = everything["facets"]["value"][0]
    narrowed = client.get("/facts/assignments.json", params={"value": role}).json()
    page = Page(client.get("/facts/assignments", params={"value": role}).text)

    assert narrowed["total"] == count < everything["total"]
    assert {row["role"] for row in narrowed["rows"]} == {role}
    assert any("sort=year" in link and f"value={role}" in link for link in page.links)


def test_from_an_agency_over_a_task_to_the_marked_words(client: TestClient) -> None:
    agency = Page(client.get(first(client, "agency")).text)
    task = Page(client.get(next(link for link in agency.links if link.startswith("/page/task/"))).text)
    address, _, anchor = next(link for link in task.links if link.startswith("/text/")).partition("#")
    text = Page(client.get(address).text)

    assert anchor in text.ids
    there = next(link for link in text.links if link.startswith("/at?"))
    assert any(link.startswith("/page/") for link in Page(client.get(there).text).links)


def test_every_fact_is_marked_in_its_document(client: TestClient, sample_graph: Path) -> None:
    checked = 0
    for row in rows(open_graph(sample_graph), "targets")[:40]:
        data = client.get(f"/page/{quote(row['iri'].removeprefix('https://policy-kg.example/'))}")
        address, _, anchor = next(link for link in Page(data.text).links if link.startswith("/text/")).partition("#")
        assert anchor in Page(client.get(address).text).ids
        checked += 1
    assert checked


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("part", "a part of a name in the middle"),
        ("short", "a short form"),
    ],
)
def test_search_finds_names_by_any_part_and_form(
    client: TestClient, sample_graph: Path, words: str, expected: str
) -> None:
    agencies = [row for row in rows(open_graph(sample_graph), "agencies") if row["canonical"] != row["surface"]]
    row = next(row for row in agencies if row["canonical"] and len(row["canonical"]) > 5)
    typed = row["canonical"][2:-1] if words == "part" else row["surface"]
    hits = client.get("/search.json", params={"q": typed, "few": ""}).json()["hits"]

    assert row["canonical"] in {hit["thing"]["label"] for hit in hits}, expected


@pytest.mark.parametrize(
    ("accept", "end"),
    [("text/html", ""), ("text/turtle", ".ttl"), ("application/ld+json;q=0.9, text/html;q=0.1", ".jsonld"), ("", "")],
)
def test_an_iri_leads_to_its_page(client: TestClient, accept: str, end: str) -> None:
    address = first(client, "agency")
    response = client.get(address.removeprefix("/page"), headers={"Accept": accept} if accept else {})

    assert response.status_code == 303
    assert response.headers["location"] == f"{address}{end}"
    assert client.get(response.headers["location"]).status_code == 200


def test_a_saved_query_is_asked_by_its_form(client: TestClient) -> None:
    agency = client.get("/list/agency.json").json()["things"][0]["label"]
    page = client.get("/queries/agency-duties", params={"agency": agency})
    unknown = client.get("/queries/agency-duties", params={"agency": "没有这个局"})

    assert 'href="/page/' in page.text.split("<table", 1)[1]
    assert "UNDEF" not in page.text.split("<pre>")[1].splitlines()[8]
    assert unknown.status_code == 400
    assert "没有这个局" in Page(unknown.text).words


def test_facts_are_narrowed_by_confidence(client: TestClient) -> None:
    everything = client.get("/facts/assignments.json").json()
    for band, count in everything["facets"]["band"]:
        narrowed = client.get("/facts/assignments.json", params={"band": band, "size": "1000"}).json()
        least, most = map(float, band.replace("<", "0–").split("–"))
        assert narrowed["total"] == count
        assert all(least <= row["confidence"] <= most for row in narrowed["rows"])
    assert sum(count for _, count in everything["facets"]["band"]) == everything["total"]


@pytest.mark.parametrize("name", saved())
def test_the_columns_of_a_saved_query_have_words_in_both_languages(name: str) -> None:
    solutions = ox.Store().query(saved()[name].text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = [variable.value for variable in solutions.variables]

    missing = [variable for variable in variables if label(variable, "zh").isascii() or not label(variable, "en")]
    assert missing == [], "what a column is called stands in kg/show/web/variables.tsv"


def test_numbers_by_agency_are_drawn_and_names_link(client: TestClient) -> None:
    page = client.get("/queries/busiest-agencies.json").json()
    table = list(csv.DictReader(io.StringIO(client.get("/queries/busiest-agencies.csv").content.decode("utf-8-sig"))))
    first = table[0]["name"]

    assert page["answer"]["columns"] == ["name", "roleName", "tasks"], "the IRI stands behind the name"
    assert page["answer"]["rows"][0][0]["href"].startswith("/page/agency/")
    assert page["chart"]["bars"][0]["total"] >= int(table[0]["tasks"])
    assert first in {bar["words"] for bar in page["chart"]["bars"]}
    assert "agency" in table[0], "the files keep all columns"


def test_an_agency_stands_in_its_hierarchy(client: TestClient, sample_graph: Path) -> None:
    unit = open_graph(sample_graph).select(
        "SELECT ?unit ?above ?name { ?unit org:unitOf ?above . ?above skos:prefLabel ?name . "
        "FILTER EXISTS { ?fact prov:agent ?unit } } ORDER BY ?unit LIMIT 1"
    )[0]
    below = client.get(f"/page/{quote(str(unit['unit']).removeprefix('https://policy-kg.example/'))}.json").json()
    above = client.get(f"/page/{quote(str(unit['above']).removeprefix('https://policy-kg.example/'))}.json").json()

    assert below["above"][-1]["label"] == unit["name"]
    assert below["thing"]["label"] in {tie["thing"]["label"] for tie in above["ties"]["units"]}


def test_an_indicator_has_its_targets_under_all_its_names(client: TestClient, sample_graph: Path) -> None:
    found = open_graph(sample_graph).select(
        "SELECT ?printed ?meant (COUNT(?t) AS ?n) { ?t gz:indicator ?printed ; gz:measures ?meant } "
        "GROUP BY ?printed ?meant ORDER BY DESC(?n) LIMIT 1"
    )[0]
    pages = [
        client.get(f"/page/{quote(str(found[name]).removeprefix('https://policy-kg.example/'))}.json").json()
        for name in ("printed", "meant")
    ]

    assert len(pages[0]["rows"]) >= int(found["n"] or 0)
    assert pages[0]["rows"] == pages[1]["rows"]


def test_posts_held_stand_with_their_days_on_both_pages(client: TestClient, sample_graph: Path) -> None:
    tenure = open_graph(sample_graph).select(
        "SELECT ?who ?body ?post ?day { ?t a gz:Tenure ; org:member ?who ; org:organization ?body ; "
        "gz:heldPost ?post ; gz:appointed ?day } ORDER BY ?t LIMIT 1"
    )[0]
    for end in ("who", "body"):
        page = client.get(f"/page/{quote(str(tenure[end]).removeprefix('https://policy-kg.example/'))}.json").json()
        assert (tenure["post"], tenure["day"]) in {(each["post"], each["begin"]) for each in page["tenures"]}


@pytest.mark.parametrize("address", ["/nothing", "/page/agency/nothing", "/facts/nothing", "/text/nothing", "/list/x"])
def test_what_is_not_there(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_pages_weigh_little(client: TestClient) -> None:
    assert len(client.get("/").content) < 300_000


def test_every_message_that_a_page_uses_is_there_in_both_languages() -> None:
    folder = Path(__file__).resolve().parents[3] / "kg" / "show" / "web"
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*folder.glob("*.py"), *folder.glob("templates/*")])
    used = set(re.findall(r"\bt\(['\"]([a-z0-9.-]+)['\"]", text))

    assert {key for key in used if not key.endswith(".")} <= set(catalogue())
    assert all(all(words.values()) for words in catalogue().values())


def test_both_languages_take_the_same_values() -> None:
    differing = [
        key
        for key, words in catalogue().items()
        if set(re.findall(r"\{\w+\}", words["zh"])) != set(re.findall(r"\{\w+\}", words["en"]))
    ]
    assert differing == []


def test_reports_are_those_of_the_command_line(client: TestClient, sample_graph: Path) -> None:
    graph = open_graph(sample_graph)
    _, *sections = gaps(graph)
    for section in (*sections, *conflicts(graph)):
        shown = list(
            csv.DictReader(io.StringIO(client.get(f"/reports.csv?report={section.name}").text.lstrip("\ufeff")))
        )
        assert [row["fact"] for row in shown] == [row["fact"] for row in section.rows], section.name
        page = client.get(f"/reports?report={section.name}", headers={"Cookie": "language=zh"}).text
        assert section.title["zh"] in page
        assert all(f"<td>{row['place']}</td>" in page for row in section.rows[:3] if row.get("place"))
