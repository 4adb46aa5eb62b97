"""``kg publish``: a graph put on a SPARQL server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kg.cli_parts import GRAPH, examples


@click.command(
    epilog=examples(
        "publish policy.kg --to http://kg.example:3030/policy/data",
        "publish policy.kg --to http://kg.example:8890/sparql-graph-crud-auth --user dba",
    )
)
@GRAPH
@click.option("--to", "url", required=True, metavar="URL", help="Where the server's Graph Store Protocol is.")
@click.option("--user", help="Who publishes; the password is read from POLICY_KG_PASSWORD, or asked for.")
def publish(graph: Path, url: str, user: str | None) -> None:
    """Put a graph on a SPARQL server.

    Every named graph is put by the SPARQL 1.1 Graph Store Protocol; publishing again puts those that have changed and
    deletes those that are gone. `kg query URL` then asks the server.
    """
    from tqdm import tqdm

    from kg.remote.publish import publish as put
    from kg.remote.server import PASSWORD_VARIABLE, Server

    is_asked = user is not None and PASSWORD_VARIABLE not in os.environ and sys.stdin.isatty()
    password = click.prompt("Password", hide_input=True, err=True) if is_asked else None
    with Server(url, user, password) as server, tqdm(unit="graph", leave=False, disable=None, file=sys.stderr) as bar:

        def show(done: int, total: int, iri: str) -> None:
            bar.total = total
            bar.set_postfix_str(iri, refresh=False)
            bar.update(done - bar.n)

        result = put(graph, server, show)
    changes = {"put": result.put, "deleted": result.deleted, "unchanged": result.unchanged}
    told = ", ".join(f"{number:,} {what}" for what, number in changes.items() if number)
    click.echo(f"{url}: {result.quads:,} statements in named graphs: {told}.")
