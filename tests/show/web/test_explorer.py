"""The explorer's pictures: what is opened, where it stands, and the files that a picture is given out as."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.graph.vocabulary import ROLES
from kg.show.web import assets
from kg.show.web.explorer import HEIGHT, NEIGHBOURS, WIDTH, wrapped

Given = dict[str, str | list[str]]


def keys(client: TestClient, kind: str) -> list[str]:
    """The keys of the things of a kind, those with most facts first."""
    things = client.get(f"/list/{kind}.json").json()["things"]
    return [thing["iri"].removeprefix("https://policy-kg.example/") for thing in things]


def picture(client: TestClient, **given: str | list[str]) -> dict[str, Any]:
    """The picture that an address tells of."""
    return dict(client.get("/explore.json", params=given).json())


def test_opening_a_thing_moves_nothing_that_is_there(client: TestClient) -> None:
    first, second = keys(client, "agency")[:2]
    before = {node["id"]: node for node in picture(client, open=first)["nodes"]}
    after = {node["id"]: node for node in picture(client, open=[first, second, keys(client, "plan")[0]])["nodes"]}

    assert len(after) > len(before)
    assert all((after[i]["x"], after[i]["y"]) == (node["x"], node["y"]) for i, node in before.items())


def test_no_label_stands_on_another(client: TestClient) -> None:
    nodes = picture(client, open=[*keys(client, "agency")[:6], *keys(client, "plan")[:4]])["nodes"]

    assert len(nodes) > 60
    for one, other in combinations(nodes, 2):
        assert abs(one["x"] - other["x"]) > WIDTH - 2 or abs(one["y"] - other["y"]) > HEIGHT - 2, (one, other)


def test_a_thing_is_opened_by_one_kind_of_relation(client: TestClient) -> None:
    agency = keys(client, "agency")[0]
    drawn = picture(client, open=agency)
    relations = {each["name"]: each for each in drawn["nodes"][0]["relations"]}
    role = next(name for name in relations if name in ROLES)
    by_role = picture(client, open=f"{agency}~{role}")

    assert sum(each["shown"] for each in relations.values()) >= len(drawn["nodes"]) - 1
    assert len(drawn["nodes"]) <= NEIGHBOURS + 1
    assert {edge["kind"] for edge in by_role["edges"]} == {role}
    assert len(by_role["nodes"]) - 1 == relations[role]["known"]


def test_things_are_shown_without_their_neighbours_and_joined(client: TestClient) -> None:
    opened = picture(client, open=keys(client, "task")[0])
    shown = picture(client, show=[node["key"] for node in opened["nodes"]])

    assert {node["id"] for node in shown["nodes"]} == {node["id"] for node in opened["nodes"]}
    assert {(edge["from"], edge["to"]) for edge in shown["edges"]} >= {
        (edge["from"], edge["to"]) for edge in opened["edges"]
    }


def test_every_edge_has_the_words_it_rests_on(client: TestClient) -> None:
    edges = picture(client, open=keys(client, "plan")[0])["edges"]

    assert edges
    assert all(edge["quote"] and edge["doc"] and edge["href"].startswith("/page/") for edge in edges)


def test_a_thing_is_added_by_its_name(client: TestClient) -> None:
    agency = client.get("/list/agency.json").json()["things"][0]
    plan = keys(client, "plan")[0]
    answer = client.get("/explore", params={"open": plan, "add": agency["label"]})
    drawn = client.get(answer.headers["location"].replace("/explore?", "/explore.json?")).json()

    assert answer.status_code == 303
    assert [node["title"] for node in drawn["nodes"] if node["open"]][-1] == agency["label"]


@pytest.mark.parametrize("hide", [[], ["task"], ["lead"]])
def test_files_have_what_the_picture_shows(client: TestClient, hide: list[str]) -> None:
    given: Given = {"open": keys(client, "agency")[0], "hide": hide}
    drawn = picture(client, **given)
    kept = {node["id"] for node in drawn["nodes"] if node["kind"] not in hide}
    edges = [edge for edge in drawn["edges"] if {edge["from"], edge["to"]} <= kept and edge["kind"] not in hide]
    graphml = ET.fromstring(client.get("/explore/graphml", params=given).content)
    svg = ET.fromstring(client.get("/explore/svg", params=given).content)
    table = client.get("/explore.csv", params=given).content.decode("utf-8-sig")

    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert {node.get("id") for node in graphml.iter(f"{space}node")} == {f"n{number}" for number in kept}
    assert len(list(graphml.iter(f"{space}edge"))) == len(edges)
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}line"))) == len(edges)
    assert len(re.findall(r"(?m)^", table.strip())) >= (len(edges) + 1 if edges else 0)


@pytest.mark.skipif(not assets.ready(), reason="the third-party scripts are missing: make assets")
def test_the_page_that_stands_alone_names_no_other_address(client: TestClient) -> None:
    given = {"open": keys(client, "agency")[0]}
    answer = client.get("/explore/html", params=given)
    data = re.search(r'id="picture">(.*?)</script>', answer.text, re.DOTALL)

    assert answer.headers["content-disposition"].startswith("attachment")
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", answer.text)
    assert data is not None
    assert [n["id"] for n in json.loads(data[1])["nodes"]] == [n["id"] for n in picture(client, **given)["nodes"]]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("云阳市财政局", "云阳市财政局"),
        ("云阳市人力资源和社会保障局", "云阳市人力资源和社会\n保障局"),
        ("推进城区绿化并新增绿地一百公顷以上的工程", "推进城区绿化并新增绿\n地一百公顷以上的工程"),
        ("推进城区绿化并新增绿地一百公顷以上的重点工程", "推进城区绿化并新增绿\n地一百公顷以上的重…"),
    ],
)
def test_labels_stand_in_two_lines(label: str, lines: str) -> None:
    assert wrapped(label) == lines
