"""``kg serve``: a graph in the browser."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from kg.cli_parts import GRAPH, InputError, examples


@click.command(epilog=examples("serve policy.kg", "serve policy.kg --host 0.0.0.0 --port 80 --seconds 5"))
@GRAPH
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--seconds", default=10.0, show_default=True, help="When a query is stopped.")
@click.option(
    "--memory",
    default=1000,
    show_default=True,
    type=click.IntRange(50),
    help="MB that a query may take beside the graph.",
)
@click.option(
    "--rows", default=100_000, show_default=True, type=click.IntRange(1), help="Most rows or statements of an answer."
)
@click.option("--queries", default=2, show_default=True, type=click.IntRange(1), help="Queries run at the same time.")
@click.option(
    "--waiting", default=64, show_default=True, type=click.IntRange(0), help="Queries that may wait for their turn."
)
@click.option("--patience", default=5.0, show_default=True, help="Seconds for which a query waits for its turn.")
@click.option("--cors", default="*", show_default=True, help="Whose pages may read the data; “none” for no others.")
def serve(
    graph: Path,
    host: str,
    port: int,
    seconds: float,
    memory: int,
    rows: int,
    queries: int,
    waiting: int,
    patience: float,
    cors: str,
) -> None:
    """Serve a graph in the browser.

    Pages with evidence, search, reports, an explorer, and a SPARQL endpoint. Nothing is written and nothing is fetched
    from elsewhere. Restart it after a build to show the new graph.
    """
    import uvicorn

    from kg.graph.answers import Limits
    from kg.show.web import assets
    from kg.show.web.app import Settings, create_app

    _check_free(host, port)
    limits = Limits(
        seconds=seconds, memory=memory * 1_000_000, rows=rows, workers=queries, waiting=waiting, patience=patience
    )
    app = create_app(graph, Settings(limits, None if cors == "none" else cors))
    if not assets.ready():
        click.echo(f"The explorer and the editor lack their scripts; bring them in with: {assets.MISSING}", err=True)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"{graph}: http://{shown}:{port}/   (SPARQL: /sparql; stop with Ctrl-C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


def _check_free(host: str, port: int) -> None:
    """Say that an address cannot be used before a large graph is opened for it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise InputError(f"{host}:{port} cannot be listened on ({error.strerror}); choose another --port.") from error
