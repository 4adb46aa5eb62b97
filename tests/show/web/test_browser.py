"""In a real browser: the ways that readers go, and that no request ever leaves the server."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.show.web import assets

playwright = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser; it is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: The browser itself must not call home either.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
scripts = pytest.mark.skipif(not assets.ready(), reason="the third-party scripts are missing: make assets")


@pytest.fixture(scope="module")
def server(sample_graph: Path) -> Iterator[str]:
    """The address of `kg serve` over the sample."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "kg", "serve", str(sample_graph), "--port", str(port)])
    for _ in range(200):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The installed Chromium."""
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Any]:
    """A fresh page; it fails the test if a request goes elsewhere or a script complains."""
    context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 720}, locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if _is_own(request.url, server) else wrong.append(request.url))
    page.on("websocket", lambda websocket: wrong.append(websocket.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def _is_own(address: str, server: str) -> bool:
    return address.startswith((f"{server}/", "data:", "blob:"))


def agency_name(page: Any) -> str:
    """The agency with most facts."""
    page.goto("/list/agency")
    return str(page.locator("tbody tr td a").first.inner_text())


def test_from_search_over_agency_and_task_to_the_marked_sentence(page: Any) -> None:
    name = agency_name(page)
    page.goto("/")
    page.locator(".find input").press_sequentially(name[1:-1])
    page.locator("#suggestions li", has_text=name[1:-1]).first.click()
    page.wait_for_url("**/page/agency/**")
    page.locator("td.c-task a").first.click()
    page.wait_for_url("**/page/task/**")
    page.locator("a.button").click()
    page.wait_for_url("**/text/**")

    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    mark = page.locator(f'.mark:has([id="{anchor}"])')
    assert mark.is_visible()
    box = mark.bounding_box()
    assert 0 <= box["y"] < 720, "the browser has scrolled to it"
    mark.click()
    assert page.locator("table.facts tbody tr").count() >= 1, "and a click leads to the facts that rest on it"


@scripts
def test_two_things_are_opened_in_the_explorer_and_an_edge_shows_its_words(page: Any) -> None:
    agency_name(page)
    page.locator("tbody tr td a").first.click()
    page.locator("a[href^='/explore']:not(nav a)").first.click()
    page.wait_for_selector("#network[data-nodes]")
    counts = [int(page.get_attribute("#network", "data-nodes"))]
    for opened in (2, 3):
        number = page.evaluate("picture.nodes.find((node) => !node.open && node.kind === 'task').id")
        _click_canvas(page, f"network.getPosition({number})")
        page.locator("#toggle").click()
        page.wait_for_selector(f"#network[data-opened='{opened}']")
        counts.append(int(page.get_attribute("#network", "data-nodes")))
    middle = "(() => { const e = picture.edges[0], a = network.getPosition(e.from), b = network.getPosition(e.to); "
    _click_canvas(page, f"{middle} return {{ x: (3 * a.x + b.x) / 4, y: (3 * a.y + b.y) / 4 }} }})()")

    assert counts[0] < counts[-1]
    assert page.locator("#aside blockquote").inner_text().strip()
    assert page.evaluate("new URL(location).searchParams.getAll('open').length") == 3
    page.reload()
    page.wait_for_selector("#network[data-opened='3']")
    assert int(page.get_attribute("#network", "data-nodes")) == counts[-1], "the address tells the picture"


@scripts
def test_kinds_are_hidden_nodes_pinned_and_the_link_says_so(page: Any) -> None:
    agency_name(page)
    page.locator("tbody tr td a").first.click()
    page.locator("a[href^='/explore']:not(nav a)").first.click()
    page.wait_for_selector("#network[data-nodes]")
    page.locator("#legend label", has_text="任务").locator("input").uncheck()
    few = int(page.get_attribute("#network", "data-nodes"))
    page.locator("#network").focus()
    page.keyboard.press("n")
    name = page.locator("#aside h2").inner_text()
    spot = page.evaluate("network.canvasToDOM(network.getPosition(selected))")
    box = page.locator("#network").bounding_box()
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + spot["x"] + 30, box["y"] + spot["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_selector("#unpin")
    place = page.evaluate("network.getPosition(selected)")

    assert "hide=task" in page.locator("#tools a", has_text="SVG").get_attribute("href")
    page.reload()
    page.wait_for_selector("#network[data-nodes]")
    assert int(page.get_attribute("#network", "data-nodes")) == few
    moved = page.evaluate(f"network.getPosition(picture.nodes.find((node) => node.title === {name!r}).id)")
    assert abs(moved["x"] - place["x"]) <= 1
    assert abs(moved["y"] - place["y"]) <= 1


@scripts
def test_a_picture_is_saved_as_a_page_that_stands_alone(page: Any, browser: Any, tmp_path: Path) -> None:
    agency_name(page)
    page.locator("tbody tr td a").first.click()
    page.locator("a[href^='/explore']:not(nav a)").first.click()
    page.wait_for_selector("#network[data-nodes]")
    with page.expect_download() as download:
        page.locator("#tools a", has_text="HTML").click()
    download.value.save_as(tmp_path / "graph.html")

    context = browser.new_context(offline=True)
    alone = context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "graph.html").as_uri())
    alone.wait_for_selector("#network[data-nodes]")
    assert alone.get_attribute("#network", "data-nodes") == page.get_attribute("#network", "data-nodes")
    assert asked == [(tmp_path / "graph.html").as_uri()]
    context.close()


def _click_canvas(page: Any, position: str) -> None:
    spot = page.evaluate(f"network.canvasToDOM({position})")
    page.locator("#network").click(position={"x": spot["x"], "y": spot["y"]})


@scripts
def test_a_query_is_run_in_the_editor(page: Any) -> None:
    page.goto("/editor")
    page.wait_for_selector("#yasgui[data-ready]")
    page.locator(".yasqe_queryButton").first.click()
    page.wait_for_selector(".yasr_results table tbody tr")

    assert page.locator(".yasr_results table tbody tr").count() >= 3


@scripts
def test_an_answer_in_the_editor_is_drawn_as_a_chart_and_as_a_graph(page: Any) -> None:
    page.goto("/editor")
    page.wait_for_selector("#yasgui[data-ready]")
    page.locator(".yasqe_queryButton").first.click()
    page.wait_for_selector(".yasr_results table tbody tr")
    rows = page.locator(".yasr_results table tbody tr").count()
    page.locator(".yasr_btnGroup button", has_text="图表").click()
    assert page.locator(".yasr_results svg.chart rect.bar").count() == rows

    _type_query(page, "CONSTRUCT { ?a org:unitOf ?b } WHERE { ?a org:unitOf ?b } LIMIT 9")
    page.locator(".yasqe_queryButton").first.click()
    page.locator(".yasr_btnGroup button", has_text="关系图").click()
    page.wait_for_selector("#answer-graph[data-nodes]")
    assert int(page.get_attribute("#answer-graph", "data-nodes")) > 2


@scripts
def test_the_editor_completes_properties_and_things_by_a_part_of_their_names(page: Any) -> None:
    name = agency_name(page)
    page.goto("/editor")
    page.wait_for_selector("#yasgui[data-ready]")
    _type_query(page, "SELECT * WHERE { ?x ")
    page.keyboard.type("gz:le")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints li")
    assert "gz:leadAgency" in page.locator(".CodeMirror-hints").inner_text()
    page.keyboard.press("Escape")

    _type_query(page, "SELECT * WHERE { ?x prov:agent ")
    page.keyboard.type(f"<{name[1:]}")
    page.locator(".CodeMirror-hints li", has_text=name).first.click()
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert re.search(rf"<https://[^<>]*{name}>$", text)


def _type_query(page: Any, query: str) -> None:
    page.evaluate(
        "(query) => { const editor = document.querySelector('.CodeMirror').CodeMirror; editor.setValue(query); "
        "editor.focus(); editor.setCursor(editor.lineCount(), 0); editor.execCommand('goDocEnd'); }",
        query,
    )


def test_the_language_is_switched_and_stays(page: Any) -> None:
    page.goto("/facts/targets")
    assert "目标" in page.locator("h1").inner_text()
    page.locator(".languages a").click()
    assert page.locator("h1").inner_text() == "Targets"
    page.goto("/reports")
    assert page.locator("h1").inner_text() == "Gaps and conflicts"


def test_a_table_is_downloaded_as_csv(page: Any) -> None:
    page.goto("/facts/targets")
    with page.expect_download() as download:
        page.locator("footer a", has_text="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")

    assert text.startswith("doc,plan,indicator,value")
    assert len(text.splitlines()) > 10


@pytest.mark.parametrize("address", ["/", "/facts/assignments", "/list/plan", "/reports", "/queries"])
def test_pages_fit_a_phone(browser: Any, server: str, address: str) -> None:
    context = browser.new_context(base_url=server, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
