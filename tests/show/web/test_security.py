"""Hostile words in a gazette or an address change nothing but the text that is shown."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kg.build import build
from kg.show.web import assets
from kg.show.web.app import create_app
from kg.show.web.negotiation import STATEMENTS, best
from kg.show.web.site import as_csv

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "\u202e反\u202c",
    "' OR 1=1 --",
    "甲" * 10_000,
    '"*"^%',
    "\x00",
)
LONG = "长" * 10_000
GAZETTE = f"""# 云阳市人民政府公报

云阳市人民政府办公室关于印发云阳市{SCRIPT}绿化实施方案的通知

云政办〔2031〕1号

各县、区人民政府，市直各有关单位：

现将《云阳市{SCRIPT}绿化实施方案》印发给你们，请认真组织实施。

云阳市人民政府办公室

2031年3月1日

云阳市{SCRIPT}绿化实施方案

一、主要任务

（一）推进"><img src=x onerror=alert(1)>城区绿化。新增绿地。（牵头单位：市林业局；配合单位：市财政局、市{LONG}局）

到2035年，森林覆盖率达到60%以上。
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages of a gazette with hostile words in it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "2031-1.txt").write_text(GAZETTE, encoding="utf-8")
    build([folder / "2031-1.txt"], folder / "hostile.kg")
    with TestClient(create_app(folder / "hostile.kg"), follow_redirects=False) as client:
        yield client


def test_words_of_a_gazette_stay_words_on_every_page(hostile: TestClient) -> None:
    addresses = [
        "/",
        "/reports",
        "/queries",
        "/facts/assignments",
        "/facts/targets",
        "/facts/documents",
        "/search?q=绿化",
    ]
    for kind in ("document", "plan", "task", "agency", "collective", "indicator"):
        for thing in hostile.get(f"/list/{kind}.json").json()["things"]:
            key = thing["iri"].removeprefix("https://policy-kg.example/")
            addresses += [f"/page/{key}", *([f"/text/{key}"] if kind == "document" else [])]
    seen = ""
    for address in addresses:
        text = hostile.get(address).text
        assert SCRIPT not in text, address
        assert "<img" not in text, address
        seen += text
    assert "&lt;script&gt;" in seen, "the words themselves are shown"


def test_words_of_a_gazette_stay_words_in_pictures(hostile: TestClient) -> None:
    things = hostile.get("/list/document.json").json()["things"]
    given = {"open": [thing["iri"].removeprefix("https://policy-kg.example/") for thing in things]}
    quotes = [edge["quote"] for edge in hostile.get("/explore.json", params=given).json()["edges"]]
    for name in ("svg", "graphml"):
        drawn = ET.fromstring(hostile.get(f"/explore/{name}", params=given).content)
        assert not [element for element in drawn.iter() if element.tag.endswith("script")]
    alone = hostile.get("/explore/html", params=given)

    assert any(SCRIPT in quote for quote in quotes), "the words are there"
    assert SCRIPT not in alone.text
    assert alone.status_code == (200 if assets.ready() else 404)


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:16])
@pytest.mark.parametrize(
    "address",
    [
        "/search",
        "/search.json",
        "/facts/targets",
        "/explore",
        "/explore.json",
        "/explore/svg",
        "/explore/graphml",
        "/explore/html",
        "/queries/agency-duties",
        "/index.csv",
        "/compare",
        "/reports",
        "/at",
        "/editor",
    ],
)
def test_hostile_parameters(client: TestClient, address: str, words: str) -> None:
    names = (
        "q",
        "value",
        "year",
        "plan",
        "doc",
        "of",
        "sort",
        "page",
        "open",
        "show",
        "hide",
        "pin",
        "add",
        "band",
        "agency",
        "a",
        "b",
        "report",
        "file",
        "start",
        "query",
    )
    response = client.get(address, params=dict.fromkeys(names, words[:250]))

    assert response.status_code in (200, 303, 400, 404)
    if "json" not in address:
        assert SCRIPT not in response.text
        assert "<img" not in response.text
        assert ">49<" not in response.text


@pytest.mark.parametrize("address", ["/", "/search?q=x", "/editor", "/nothing", "/static/site.css", "/sparql?query=x"])
def test_every_answer_has_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert ("access-control-allow-origin" in headers) == address.startswith("/sparql")


def test_no_page_has_scripts_or_styles_in_line(client: TestClient) -> None:
    for address in ("/", "/facts/assignments", "/explore", "/editor", "/queries/busiest-agencies"):
        text = client.get(address).text
        assert "<style" not in text
        assert " style=" not in text
        assert "<script>" not in text
        assert "onclick" not in text


def test_formulas_in_csv_are_words() -> None:
    assert as_csv([{"a": "=1+1", "b": ["x", "y"]}]).decode("utf-8-sig") == "a,b\r\n'=1+1,x | y\r\n"


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/page/../../etc/passwd"])
def test_no_file_outside_of_the_static_ones_is_given(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml"),
        ("text/*;q=0.2, application/ld+json;q=0.3", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("image/png", None),
        (";;,,q=x", None),
    ],
)
def test_the_best_accepted_media_type_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert best(accept, STATEMENTS) == chosen
