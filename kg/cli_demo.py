"""``kg demo``: the invented gazettes that ship with the program as a graph, a question answered, a picture opened."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import click

from kg.cli_parts import examples, progress_bar

#: The invented gazettes of an invented city
SAMPLE = Path(__file__).parent / "data" / "sample"
#: The question that the demo asks: a SPARQL query as a user would type it, and in words
QUESTION = "Which targets are binding, and by when? 哪些目标是约束性的，到哪一年？"
QUERY = """\
SELECT ?plan ?indicator ?value ?unit ?year WHERE {
  ?target gz:nature gz:Binding ; gz:setBy/dct:title ?plan ; gz:indicatorText ?indicator ; gz:valueText ?value .
  OPTIONAL { ?target gz:unitText ?unit }
  OPTIONAL { ?target gz:targetYear ?year }
} ORDER BY ?plan ?year ?indicator LIMIT 10"""


@click.command(epilog=examples("demo", "demo --folder my-demo --no-browser"))
@click.option(
    "--folder",
    default="policy-kg-demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the graph and the picture go.",
)
@click.option("--browser/--no-browser", default=True, help="Open the picture in the browser.")
def demo(folder: Path, browser: bool) -> None:
    """Show the sample: build, ask, draw.

    Two issues of an invented gazette become a graph, a question is answered in the terminal, and a picture of the
    agencies that work together is opened in the browser.
    """
    from kg.build import build
    from kg.graph.store import open_graph
    from kg.show import views
    from kg.show.results import write

    folder.mkdir(parents=True, exist_ok=True)
    graph_folder, picture = folder / "sample.kg", folder / "network.html"

    click.echo(f"1. Two issues of an invented gazette become a graph: {graph_folder}")
    with progress_bar() as progress:
        report = build([SAMPLE], graph_folder, progress=progress)
    click.echo(f"   {report.documents} documents, {sum(report.facts.values())} facts\n")

    click.echo(f"2. {QUESTION}\n   kg query {graph_folder} '{QUERY}'\n")
    graph = open_graph(graph_folder)
    write(graph.query(QUERY), "table", sys.stdout.buffer)
    sys.stdout.buffer.flush()

    picture.write_text(views.projection(graph, "responsibility"), encoding="utf-8")
    click.echo(f"\n3. Who leads, who helps: {picture}")
    if browser and _has_browser() and webbrowser.open(picture.resolve().as_uri()):
        click.echo("   It is open in your browser.")
    else:
        click.echo("   Open this file in a browser.")
    click.echo(f"\nNext: kg stats {graph_folder} · kg queries · kg build YOUR-GAZETTES --graph policy.kg")


def _has_browser() -> bool:
    """Whether a window can be opened: without one, a browser of the terminal would take the screen."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
