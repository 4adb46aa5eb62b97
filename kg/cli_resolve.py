"""``kg resolve``: the links across documents, and those that someone has to decide about."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click

from kg.cli_parts import GRAPH, OUT_FILE, examples

#: The columns of the printed table; CSV and JSON have all.
_PRINTED = ("question", "left_document", "left_context", "right_document", "right_context")


@click.command(
    epilog=examples(
        "resolve policy.kg",
        "resolve policy.kg --review",
        "resolve policy.kg --review --format csv -o decisions.csv",
        "build gazettes/ --graph policy.kg --decisions decisions.csv",
    )
)
@GRAPH
@click.option("--review", is_flag=True, help="List the links in doubt that nobody has decided yet.")
@click.option(
    "--format",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Form of the list.",
)
@click.option("-o", "--output", type=OUT_FILE, help="Write the list into a file.")
def resolve(graph: Path, review: bool, format: str, output: Path | None) -> None:
    """Count the links across documents, or list those in doubt.

    Each link in doubt is shown with the words that both sides rest on. Fill in the columns decision (accept or reject),
    who, when and why of the CSV list, and give it to `kg build --decisions`: later builds obey it.
    """
    from kg.graph.store import open_graph
    from kg.show.review import link_counts, questions

    opened = open_graph(graph)
    if review:
        rows = [question.row() for question in questions(opened)]
    else:
        rows = [{"rule": rule, "status": status, "links": str(number)} for rule, status, number in link_counts(opened)]
    text = _written(rows, format, short=review)
    if output:
        # Spreadsheets take UTF-8 for what it is by its byte order mark
        output.write_text(text, encoding="utf-8-sig" if format == "csv" else "utf-8")
        click.echo(f"{output}: {len(rows)} rows")
    else:
        click.echo(text, nl=False)


def _written(rows: list[dict[str, str]], format: str, *, short: bool) -> str:
    from kg.show.cells import unarmed
    from kg.show.results import aligned

    if format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if not rows:
        return "Nothing is in doubt.\n" if format == "table" else ""
    if format == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: unarmed(value) for name, value in row.items()} for row in rows)
        return out.getvalue()
    columns = _PRINTED if short else tuple(rows[0])
    rows = [_printed(row) for row in rows] if short else rows
    lines = aligned(columns, [[row[column] for column in columns] for row in rows])
    return "".join(f"{line}\n" for line in lines)


def _printed(row: dict[str, str]) -> dict[str, str]:
    """A row for a terminal: the words in question come early in a side's context; its name where it has none."""
    sides = {}
    for side in ("left", "right"):
        context = row[f"{side}_context"]
        sides[f"{side}_context"] = context[max(0, context.find("【") - 8) :] or row[side]
    return row | sides
