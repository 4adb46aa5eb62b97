"""``kg ledger``, ``gaps``, ``conflicts``, ``diff``, ``timeline``: reports for inspection offices and analysts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli_parts import GRAPH, GRAPH_OR_URL, OUT_FILE, examples

if TYPE_CHECKING:
    from kg.show.sections import Section

_Command = TypeVar("_Command", bound=Callable[..., None])


def _written_as(command: _Command) -> _Command:
    """The options that say in which form a report is written."""
    form = click.option(
        "--format",
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help="Form of the report on the screen.",
    )
    rows = click.option(
        "--rows", default=20, show_default=True, type=click.IntRange(0), help="Rows of each printed table; 0 for all."
    )
    output = click.option("-o", "--output", type=OUT_FILE, help="Write a file instead: .xlsx, .csv or .json.")
    return form(rows(output(command)))


def _write(sections: Sequence[Section], format: str, rows: int, output: Path | None) -> None:
    from kg.show.report import save, written

    if output:
        click.echo(f"{output}: {save(sections, output):,} rows")
    else:
        click.echo(written(sections, format, rows), nl=False)


@click.command(
    epilog=examples(
        "ledger policy.kg --agency 市卫生健康委 -o ledger.xlsx",
        "ledger policy.kg --year 2031 -o deadlines.ics",
        "ledger policy.kg --plan 澜州市绿岸行动方案 --format csv",
    )
)
@GRAPH
@click.option("--agency", metavar="NAME", help="Tasks that name this agency, by any of its names.")
@click.option("--plan", metavar="NAME", help="Tasks of this plan.")
@click.option("--year", metavar="YEAR", help="Tasks of the documents of this year.")
@click.option("--site", metavar="URL", help="The address of the graph's server, for links that open in a browser.")
@_written_as
def ledger(
    graph: Path,
    agency: str | None,
    plan: str | None,
    year: str | None,
    site: str | None,
    format: str,
    rows: int,
    output: Path | None,
) -> None:
    """List tasks as an inspection ledger (督查台账).

    A row for each task: plan, targets, lead, cooperating agencies, leader, deadline, quote, place in the source, link.
    A file that ends in .ics is a calendar of the deadlines.
    """
    from kg.graph.store import open_graph
    from kg.show import ledger as room

    opened = open_graph(graph)
    entries = room.ledger(opened, agency=agency, plan=plan, year=year)
    if output and output.suffix.lower() == ".ics":
        from kg.show.calendars import write_calendar

        click.echo(f"{output}: {write_calendar(entries, output):,} deadlines of {len(entries):,} tasks")
    else:
        subject = [name for name in (agency, plan, year) if name]
        _write([room.section(entries, opened.manifest.base, site, subject)], format, rows, output)


@click.command(
    epilog=examples("gaps policy.kg", "gaps policy.kg --plan 澜州市绿岸行动方案", "gaps policy.kg -o gaps.xlsx")
)
@GRAPH_OR_URL
@click.option("--plan", metavar="NAME", help="The gaps of this plan alone.")
@_written_as
def gaps(graph: Path | str, plan: str | None, format: str, rows: int, output: Path | None) -> None:
    """List what plans leave open.

    Tasks without a lead, with two, with a collective only, without a deadline; targets without a task; leaders removed
    since; documents that rest on repealed ones; deadlines that collide.
    """
    from kg.remote.graph import open_anywhere
    from kg.show.gaps import gaps as find_gaps

    _write(find_gaps(open_anywhere(graph), plan), format, rows, output)


@click.command(epilog=examples("conflicts policy.kg", "conflicts policy.kg --format csv"))
@GRAPH_OR_URL
@_written_as
def conflicts(graph: Path | str, format: str, rows: int, output: Path | None) -> None:
    """List figures that contradict each other.

    The same indicator, area, scope and year with different targets or baselines in two documents, with both quotes.
    """
    from kg.remote.graph import open_anywhere
    from kg.show.conflicts import conflicts as find_conflicts

    _write(find_conflicts(open_anywhere(graph)), format, rows, output)


@click.command(epilog=examples("diff policy.kg 澜州市绿岸“十五五”规划 澜州市绿岸“十六五”规划 -o diff.xlsx"))
@GRAPH_OR_URL
@click.argument("earlier")
@click.argument("later")
@_written_as
def diff(graph: Path | str, earlier: str, later: str, format: str, rows: int, output: Path | None) -> None:
    """Compare two plans by what they say.

    Targets, tasks, lead agencies and deadlines that the later plan changes, adds, drops and keeps. It is no comparison
    of texts.
    """
    from kg.remote.graph import open_anywhere
    from kg.show.diff import diff as compare

    _write(compare(open_anywhere(graph), earlier, later), format, rows, output)


@click.command(epilog=examples("timeline policy.kg 市水利局", "timeline policy.kg 河岸绿化率 --format csv"))
@GRAPH_OR_URL
@click.argument("name")
@_written_as
def timeline(graph: Path | str, name: str, format: str, rows: int, output: Path | None) -> None:
    """Tell of an agency, person or indicator by date.

    An agency's documents, tasks and appointments; a person's posts, groups and tasks; an indicator's baselines and
    targets.
    """
    from kg.remote.graph import open_anywhere
    from kg.show.timeline import timeline as tell

    _write(tell(open_anywhere(graph), name), format, rows, output)
