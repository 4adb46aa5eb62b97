"""Graph views: one file that asks nothing of the network, whatever the words in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from benchmarks.views import LABELS
from kg.graph.store import open_graph
from kg.show import fonts, views
from kg.show.views import page

HOSTILE = '</script><script>window.broken = 1</script><a href="javascript:1"><img src=x onerror="window.broken = 1">'


class Tags(HTMLParser):
    """All tags of a page with their attributes, what stands in scripts aside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] not in ("script", "style"):
            self.text += data


def network(size: int = 3, words: str = "云江市水利局") -> nx.DiGraph:
    """A ring of agencies; the first one is linked to all others."""
    ring = nx.DiGraph()
    for number in range(size):
        ring.add_node(number, label=f"{words}{number}", kind="agency", weight=number, title=f"{words}的任务")
    for number in range(1, size):
        for source in {0, number - 1}:
            ring.add_edge(source, number, kind="cooperating", weight=number, title=words)
    return ring


def data(html: str, name: str) -> list[dict[str, Any]]:
    """What the page gives to vis-network as nodes or edges."""
    found = re.search(rf"^\s*{name} = new vis\.DataSet\((.*)\);$", html, re.MULTILINE)
    assert found, f"the page has no {name}"
    return json.loads(found[1])


@pytest.mark.parametrize("words", ["云江市水利局", HOSTILE])
def test_a_page_loads_nothing_from_outside(words: str) -> None:
    tags = Tags(page(network(words=words), words, words)).found

    loading = [(tag, values) for tag, values in tags if values.keys() & {"src", "href", "action", "data"}]
    assert loading == []
    assert not any(tag in ("link", "iframe", "img", "a") for tag, _ in tags)
    assert "@import" not in page(network(), "图")


def test_hostile_words_stay_words() -> None:
    html = page(network(words=HOSTILE), HOSTILE, HOSTILE)

    harmless = page(network(), "图")
    assert [tag for tag, _ in Tags(html).found if tag != "p"] == [tag for tag, _ in Tags(harmless).found if tag != "p"]
    assert data(html, "nodes")[0]["label"] == f"{HOSTILE}0"
    # pyvis would show tooltips as HTML as soon as one of them contained “href”
    assert "popup.innerHTML" not in html


def test_nodes_and_edges_carry_what_they_are() -> None:
    html = page(network(), "图")
    nodes, edges = data(html, "nodes"), data(html, "edges")

    assert [node["label"] for node in nodes] == ["云江市水利局0", "云江市水利局1", "云江市水利局2"]
    assert nodes[0]["size"] < nodes[2]["size"]
    assert {(edge["from"], edge["to"], edge["arrows"]) for edge in edges} == {(0, 1, "to"), (0, 2, "to"), (1, 2, "to")}


def test_the_page_has_heading_explanation_and_legend() -> None:
    text = Tags(page(network(), "责任网络", "箭头由牵头单位指向其他单位")).text

    assert text.count("责任网络") == 2, "once as the window's title, once as the heading"
    assert "箭头由牵头单位指向其他单位" in text
    assert "机构 agency" in text
    assert "配合 cooperating" in text
    assert "规划" not in text, "the legend names only what is drawn"


def test_positions_are_fixed_and_the_same_every_time() -> None:
    html = page(network(30), "图")

    assert html == page(network(30), "图")
    assert '"physics": {"enabled": false}' in html
    places = {(node["x"], node["y"]) for node in data(html, "nodes")}
    assert len(places) == 30


def test_labels_do_not_cover_each_other() -> None:
    boxes = [
        (node["x"], node["y"], node["font"]["size"] * len(node["label"]))
        for node in data(page(network(40), "图"), "nodes")
    ]

    covering = [
        (one, other)
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if abs(one[1] - other[1]) < 12 and abs(one[0] - other[0]) < (one[2] + other[2]) / 2 * 0.8
    ]
    assert covering == []


def test_parts_that_nothing_joins_do_not_overlap() -> None:
    apart = nx.disjoint_union_all([network(6), network(4), network(1), network(1)])
    nodes = data(page(apart, "图"), "nodes")

    def box(numbers: range) -> tuple[int, int, int, int]:
        xs, ys = [nodes[n]["x"] for n in numbers], [nodes[n]["y"] for n in numbers]
        return min(xs), max(xs), min(ys), max(ys)

    big, small = box(range(6)), box(range(6, 10))
    assert big[1] < small[0] or small[1] < big[0] or big[3] < small[2] or small[3] < big[2]


def test_an_empty_network_is_a_page_too() -> None:
    assert data(page(nx.Graph(), "图"), "nodes") == []


def test_of_too_many_nodes_those_with_most_links_are_drawn_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "MOST_NODES", 40)
    many = nx.star_graph(59)
    nx.set_node_attributes(
        many, {node: {"label": str(node), "kind": "agency", "weight": 1, "title": ""} for node in many}
    )
    nx.set_edge_attributes(many, {edge: {"kind": "part", "weight": 1, "title": ""} for edge in many.edges})
    many.add_edge(1, 59, kind="part", weight=1, title="")
    html = page(many, "图")

    labels = {node["label"] for node in data(html, "nodes")}
    assert len(labels) == 40
    assert {"0", "1", "59"} <= labels
    assert "40 of 60 nodes" in html


def test_a_browser_draws_it(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed to look at the page with")
    file = tmp_path / "view.html"
    file.write_text(page(network(words=HOSTILE), HOSTILE), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", file.as_uri()]
    dom = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    tags = Tags(dom).found
    assert any(tag == "canvas" for tag, _ in tags)
    assert not any(tag in ("img", "a") for tag, _ in tags), "a label became part of the page"


def evidence(html: str) -> list[list[str]]:
    """The passages that a page shows on a click."""
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', html, re.DOTALL)
    assert found, "the page has no evidence"
    return json.loads(found[1])


def test_a_click_has_the_words_in_their_context(sample_graph: Path) -> None:
    graph = open_graph(sample_graph)
    html = views.projection(graph, "responsibility")
    shown, edges = evidence(html), data(html, "edges")

    assert all(edge["facts"] for edge in edges)
    before, quote, after, place = shown[edges[0]["facts"][0]]
    text = "".join(graph.text(place.split(",")[0]).split())
    assert quote
    assert before + quote + after in text


def test_each_passage_is_in_the_page_once(sample_graph: Path) -> None:
    shown = evidence(views.projection(open_graph(sample_graph), "responsibility"))

    assert len(shown) == len({tuple(passage) for passage in shown})


def test_the_legend_filters_every_kind_that_is_drawn(sample_graph: Path) -> None:
    html = views.projection(open_graph(sample_graph), "citations")
    boxes = {(values["data-of"], values["data-kind"]) for tag, values in Tags(html).found if "data-kind" in values}
    drawn = {("node", node["kind"]) for node in data(html, "nodes")} | {
        ("edge", e["kind"]) for e in data(html, "edges")
    }

    assert boxes == drawn


def test_a_page_brings_the_letters_that_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(network(words="云江市水利局"), "图")

    assert html.count("@font-face") == 1
    assert "data:font/woff;base64," in html
    monkeypatch.setattr(fonts, "_installed", lambda: False)
    assert "@font-face" not in page(network(words="云江市水利局"), "图")


# --- in a browser, with the net off --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium is installed to use the page with")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[[str], Any]]:
    """Opens a page; afterwards it has asked for nothing and no script of it has failed."""
    context = browser.new_context(offline=True, viewport={"width": 1600, "height": 1000})
    tab, asked, failed = context.new_page(), [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: failed.append(str(error)))
    file = tmp_path / "view.html"

    def open_page(html: str) -> Any:
        file.write_text(html, encoding="utf-8")
        tab.goto(file.as_uri())
        tab.evaluate("document.fonts.ready")
        return tab

    yield open_page
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert failed == []


def clicked(tab: Any, x_and_y: str) -> None:
    """Click where a script says, in the canvas's own coordinates."""
    x, y = tab.evaluate(f"(() => {{ const at = network.canvasToDOM({x_and_y}); return [at.x, at.y]; }})()")
    tab.locator("canvas").click(position={"x": x, "y": y})


def test_all_names_of_the_responsibility_network_can_be_read(sample_graph: Path, opened: Callable[[str], Any]) -> None:
    html = views.projection(open_graph(sample_graph), "responsibility")
    drawn, covering = opened(html).evaluate(LABELS)

    assert drawn == len(data(html, "nodes"))
    assert covering == 0


def test_where_names_have_no_room_the_weighty_come_first_and_zooming_in_brings_the_rest(
    opened: Callable[[str], Any],
) -> None:
    html = page(network(400, "云江市水利工程建设质量安全监督站"), "图")
    tab = opened(html)
    drawn, covering = tab.evaluate(LABELS)

    assert 20 < drawn < 400
    assert covering == 0
    heaviest = max(data(html, "nodes"), key=lambda node: node["size"])
    assert heaviest["id"] in tab.evaluate("labels.shown.map((label) => label.id)")
    tab.evaluate("network.moveTo({ position: network.getPosition(7), scale: 1 })")
    assert 7 in tab.evaluate("network.redraw() || labels.shown.map((label) => label.id)")
    assert tab.evaluate(LABELS)[1] == 0
    assert min(tab.evaluate("labels.shown.map((label) => label.size)")) >= 11


def test_a_search_finds_a_node_and_shows_its_evidence(sample_graph: Path, opened: Callable[[str], Any]) -> None:
    tab = opened(views.projection(open_graph(sample_graph), "responsibility"))
    tab.fill(".search input", "市财政局")
    tab.press(".search input", "Enter")

    assert "市财政局" in tab.inner_text("aside h2")
    assert tab.locator("aside blockquote mark").count() > 0


def test_a_click_shows_evidence_and_makes_what_is_not_linked_faint(
    sample_graph: Path, opened: Callable[[str], Any]
) -> None:
    tab = opened(views.projection(open_graph(sample_graph), "responsibility"))
    line = "edges.get().find((edge) => edge.facts.length)"
    tab.evaluate(f"network.selectEdges([]); window.line = {line}")
    clicked(tab, "network.getPosition(line.from)")

    assert tab.locator("aside blockquote mark").count() > 0
    linked = set(tab.evaluate("network.getConnectedNodes(line.from)")) | {tab.evaluate("line.from")}
    bright = "nodes.getIds().filter((id) => network.body.nodes[id].options.opacity === 1)"
    assert set(tab.evaluate(bright)) == linked
    tab.evaluate("network.moveTo({ position: { x: -5000, y: -5000 } })")
    clicked(tab, "{ x: -5000, y: -5000 }")
    assert len(tab.evaluate(bright)) == tab.evaluate("nodes.length")
    assert tab.locator("aside").is_hidden()


def test_a_click_on_a_line_shows_its_evidence(sample_graph: Path, opened: Callable[[str], Any]) -> None:
    tab = opened(views.plan(open_graph(sample_graph), "绿道"))
    tab.evaluate("window.line = edges.get().find((edge) => edge.kind !== 'part')")
    ends = "[network.getPosition(line.from), network.getPosition(line.to)]"
    tab.evaluate(f"([one, other] = {ends}, network.moveTo({{ position: one, scale: 4 }}))")
    clicked(tab, "{ x: one.x + 0.1 * (other.x - one.x), y: one.y + 0.1 * (other.y - one.y) }")

    assert tab.locator("aside blockquote mark").count() > 0


def test_a_box_of_the_legend_hides_a_kind_and_its_lines(sample_graph: Path, opened: Callable[[str], Any]) -> None:
    tab = opened(views.projection(open_graph(sample_graph), "responsibility"))

    def hidden(edge: str) -> bool:
        return bool(tab.evaluate(f"edges.get({{ filter: (edge) => {edge} }}).every((edge) => edge.hidden)"))

    tab.uncheck('header input[data-kind="cooperating"]')
    assert hidden("edge.kind === 'cooperating'")
    assert not hidden("edge.kind === 'joint'")
    tab.uncheck('header input[data-kind="collective"]')
    assert hidden("[edge.from, edge.to].some((end) => nodes.get(end).kind === 'collective')")
    tab.check('header input[data-kind="cooperating"]')
    assert not hidden("edge.kind === 'cooperating'")
