"""How soon an exported view stands still in a browser, beside pyvis's own page of the same network, in one run.

    python -m benchmarks.views [--nodes 500 2000] [--graph GRAPH] [--patience SECONDS] [--write]

Both pages are opened in headless Chromium with the net off.  Printed are the seconds from opening the page to the
first of thirty frames in which no node moved, the best of three openings; the names of nodes drawn at the zoom that the
page opens with, and how many pairs of them cover each other, measured by the canvas; the requests to the outside that
the page tried; its size; and the seconds of a processor that Python took to make it.  ``--write`` puts the figures into
docs/measured.md.  Needs an installed Chromium and playwright (the extra ``dev``).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.graph.store import open_graph
from kg.show.projections import KINDS, project
from kg.show.views import page

MEASURED = Path(__file__).resolve().parent.parent / "docs" / "measured.md"
HEADING = "## Exported views in the browser"
#: A page that comes to rest is opened so often, and the best time counts: other work on the machine only ever slows
TRIES = 3
#: The networks of a whole graph
WHOLE = [kind for kind in KINDS if kind != "neighbourhood"]

#: Resolves with the milliseconds since the page was opened at which the nodes stood still
_STILL = """
patience => new Promise((resolve) => {
  let before = null, since = null, frames = 0;
  const begin = performance.now();
  const look = () => {
    const now = performance.now();
    if (now - begin > patience) return resolve(null);
    let moved = true;
    if (window.network && network.body) {
      const at = Object.values(network.body.nodes).map((node) => [node.x, node.y]);
      moved = !before || at.length === 0
        || at.some(([x, y], index) => Math.hypot(x - before[index][0], y - before[index][1]) > 0.5);
      before = at;
    }
    if (moved) { since = null; frames = 0; } else { since ??= now; frames += 1; }
    if (frames >= 30) return resolve(since);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""

#: Names that are drawn, and pairs of them that cover each other: what the canvas is told to write, measured by itself
LABELS = """
() => {
  const drawn = [], prototype = CanvasRenderingContext2D.prototype, write = prototype.fillText;
  prototype.fillText = function (text, x, y, ...more) {
    const box = this.measureText(text), matrix = this.getTransform();
    const [left, right] = [x - box.actualBoundingBoxLeft, x + box.actualBoundingBoxRight];
    const [top, bottom] = [y - box.actualBoundingBoxAscent, y + box.actualBoundingBoxDescent];
    const at = (x, y) => matrix.transformPoint(new DOMPoint(x, y));
    drawn.push([at(left, top), at(right, bottom)]);
    return write.call(this, text, x, y, ...more);
  };
  network.redraw();
  prototype.fillText = write;
  const over = ([a, b], [c, d]) =>
    Math.min(b.x, d.x) - Math.max(a.x, c.x) > 0.5 && Math.min(b.y, d.y) - Math.max(a.y, c.y) > 0.5;
  let pairs = 0;
  drawn.forEach((one, index) => drawn.slice(index + 1).forEach((other) => { pairs += over(one, other); }));
  return [drawn.length, pairs];
}
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one page; ``still`` is None where the nodes kept moving."""

    made: float
    size: int
    still: float | None
    labels: int
    covering: int
    asked: int


def network_of(nodes: int) -> nx.Graph:
    """A network as agencies form: few with many links, many with few, and triangles among them."""
    network = nx.powerlaw_cluster_graph(nodes, 2, 0.3, seed=1)
    for node, values in network.nodes(data=True):
        values |= {
            "label": f"第{node}号单位",
            "kind": "agency",
            "weight": network.degree(node),
            "title": f"第{node}号单位",
        }
    for _, _, values in network.edges(data=True):
        values |= {"kind": "cooperating", "weight": 1, "title": "共同任务"}
    return network


def own(network: nx.Graph) -> str:
    """The program's page."""
    return page(network, "责任网络")


def pyvis_default(network: nx.Graph) -> str:
    """The page that pyvis makes of a networkx network when nothing is said, its script in line."""
    from pyvis.network import Network

    canvas = Network(cdn_resources="in_line")
    # its nodes are numbers or words, and what it does not know it writes into the page
    plain = nx.Graph(list(network.edges))
    plain.add_nodes_from((node, {"label": values["label"]}) for node, values in network.nodes(data=True))
    canvas.from_nx(nx.convert_node_labels_to_integers(plain))
    return str(canvas.generate_html())


def measured(browser: Any, make: Callable[[nx.Graph], str], network: nx.Graph, patience: float) -> Figures:
    """Make a page of the network and open it."""
    start = time.process_time()
    html = make(network)
    made = time.process_time() - start
    asked: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "view.html"
        file.write_text(html, encoding="utf-8")
        times: list[float] = []
        for _ in range(TRIES):
            asked.clear()
            context = browser.new_context(offline=True, viewport={"width": 1600, "height": 1000})
            opened = context.new_page()
            opened.on("request", lambda request: asked.append(request.url))
            opened.goto(file.as_uri(), wait_until="commit")
            still = opened.evaluate(_STILL, patience * 1000)
            labels, covering = opened.evaluate(LABELS)
            context.close()
            if still is None:
                break
            times.append(still / 1000)
    outside = sum(not url.startswith("file:") and not url.startswith("data:") for url in asked)
    return Figures(made, len(html.encode()), min(times, default=None), labels, covering, outside)


def main() -> None:
    """Measure both pages at each size."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--nodes", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--graph", type=Path, help="a graph folder, whose networks are measured too")
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for nodes to stand still")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md")
    wanted = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium is installed to open the pages with")
    lines = [
        "| network | nodes | page | stands still after | names | pairs covering | asks outside | size | processor |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    load = os.getloadavg()[0]
    print("\n".join(lines))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        networks = [(f"{nodes} nodes, made by rule", network_of(nodes)) for nodes in wanted.nodes]
        if wanted.graph:
            networks += [(kind, project(open_graph(wanted.graph), kind)) for kind in WHOLE]
        for title, network in networks:
            for name, make in (("own", own), ("pyvis default", pyvis_default)):
                lines.append(
                    _line(title, len(network), name, measured(browser, make, network, wanted.patience), wanted)
                )
                print(lines[-1], flush=True)
        browser.close()
    if wanted.write:
        write(lines, load)


def _line(title: str, nodes: int, name: str, figures: Figures, wanted: argparse.Namespace) -> str:
    still = f"{figures.still:.2f} s" if figures.still is not None else f"> {wanted.patience:g} s"
    seen = f"{figures.labels} | {figures.covering} | {figures.asked}"
    return f"| {title} | {nodes} | {name} | {still} | {seen} | {figures.size / 1e6:.2f} MB | {figures.made:.1f} s |"


def write(lines: list[str], load: float) -> None:
    """Put the figures into their section of docs/measured.md."""
    text = MEASURED.read_text(encoding="utf-8") if MEASURED.is_file() else "# Measured\n"
    command = (
        "Printed by `python -m benchmarks.views --graph GRAPH --write`, in headless Chromium without a graphics card, "
        "the net off."
    )
    around = f"{os.cpu_count()} cores; load average of other work before: {load:.1f}."
    section = "\n".join((HEADING, "", command, around, "", *lines, "", ""))
    others = re.sub(rf"^{re.escape(HEADING)}\n.*?(?=^## |\Z)", "", text, flags=re.MULTILINE | re.DOTALL)
    MEASURED.write_text(f"{others.rstrip()}\n\n{section}".rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
