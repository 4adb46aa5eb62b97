"""``kg coverage``: what the texts name and what the graph made of it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli_parts import GRAPH, OUT_FILE, examples


@click.command(epilog=examples("coverage policy.kg", "coverage policy.kg -o coverage.html"))
@GRAPH
@click.option("-o", "--output", type=OUT_FILE, help="An HTML file to write: the texts with every mention marked.")
def coverage(graph: Path, output: Path | None) -> None:
    """Show what was read and left unused.

    For each document: how many of the agencies, numbers with units, years and persons that its text names led to a
    fact or are known from elsewhere in it, of how many in all.
    """
    from kg.coverage import coverage as cover
    from kg.coverage import totals
    from kg.coverage_page import MARKS, render
    from kg.graph.store import open_graph
    from kg.show.results import aligned

    covered = cover(open_graph(graph))
    rows = [(document.number, document.figures) for document in covered] + [("合计 total", totals(covered))]
    cells = [
        [name, *(f"{figure.used + figure.known:,} of {figure.total:,}" for figure in figures)] for name, figures in rows
    ]
    click.echo("\n".join(aligned(["document", *(style.english for style in MARKS.values())], cells)))
    if output:
        output.write_text(render(covered), encoding="utf-8")
        click.echo(f"Written: {output}")
