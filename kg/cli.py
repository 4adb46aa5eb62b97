"""The front door: the command ``kg`` and its commands.

Each command imports what it needs when it runs, so that ``kg --help`` answers at once.

Exit codes: 0 done; 1 faults found (``validate``, ``score --floor``, files that ``build`` could not read); 2 wrong use
or input, told in one sentence on the error stream.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg import __version__
from kg.cli_ask import conflicts, diff, gaps, ledger, timeline
from kg.cli_coverage import coverage
from kg.cli_demo import demo
from kg.cli_parts import (
    FAULTS_FOUND,
    GRAPH,
    GRAPH_OR_URL,
    IN_FILE,
    OUT_FILE,
    FrontDoor,
    InputError,
    examples,
    progress_bar,
    read_text,
)
from kg.cli_publish import publish
from kg.cli_resolve import resolve
from kg.cli_score import score
from kg.cli_serve import serve

if TYPE_CHECKING:
    from kg.build import Report


@click.group(cls=FrontDoor, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """From Chinese government gazettes (政府公报) to a policy knowledge graph.

    A graph is a folder that `kg build` makes; it is the first argument of every command that reads one. Some take the
    URL of a SPARQL endpoint in its place, where `kg publish` has put a graph.

    \b
    Exit codes: 0 done · 1 faults found (validate, score --floor, files that build could not read) ·
                2 wrong use or input
    """


@click.command(
    epilog=examples("build gazettes/ --graph policy.kg", "build 2031-1.txt notice.txt --graph policy.kg --workers 4")
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--graph", required=True, type=click.Path(path_type=Path), help="The graph folder to make or renew.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Files read at the same time.")
@click.option("--dask", metavar="ADDRESS", help="Read files on a Dask cluster; its scheduler is at tcp://HOST:PORT.")
@click.option("--decisions", type=IN_FILE, help="A CSV file of what people have decided about facts and links.")
@click.option("--authority", type=IN_FILE, help="A CSV file of official agency names, short forms and codes.")
def build(
    paths: tuple[Path, ...],
    graph: Path,
    workers: int,
    dask: str | None,
    decisions: Path | None,
    authority: Path | None,
) -> None:
    """Make a graph of gazette files.

    The graph is made equal to exactly the files and folders given: only new and changed files are read again, and the
    documents of files that are no longer there go. The old graph stands until the new one is complete.
    """
    from kg.build import build as build_graph

    with progress_bar() as progress:
        report = build_graph(
            paths, graph, workers=workers, dask=dask, decisions=decisions, authority=authority, progress=progress
        )
    for problem in report.problems:
        click.echo(f"not read: {problem.message}", err=True)
    _print_report(report)
    if report.problems:
        sys.exit(FAULTS_FOUND)


def _print_report(report: Report) -> None:
    facts = sum(report.facts.values())
    total = f"{report.documents:,} documents, {facts:,} facts, {report.quads:,} statements"
    if not report.is_new:
        click.echo(f"{report.graph} is up to date: {total}.")
        return
    click.echo(f"{report.graph}: {total} ({report.seconds:.1f} s).")
    changes = {
        "new": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
    }
    click.echo("Files: " + ", ".join(f"{len(files)} {what}" for what, files in changes.items() if files) + ".")
    click.echo("Facts: " + ", ".join(f"{number:,} {table}" for table, number in report.facts.items() if number) + ".")


@click.command(
    epilog=examples(
        "export policy.kg --tables tables/",
        "export policy.kg --tables tables/ --format csv",
        "export policy.kg --rdf policy.ttl",
    )
)
@GRAPH_OR_URL
@click.option("--tables", type=click.Path(file_okay=False, path_type=Path), help="Write the fact tables into a folder.")
@click.option(
    "--format",
    type=click.Choice(["jsonl", "csv", "parquet"]),
    default="jsonl",
    show_default=True,
    help="Form of the tables; parquet needs pyarrow.",
)
@click.option("--rdf", type=OUT_FILE, help="Write all statements: .ttl, .trig, .nq or .jsonld.")
def export(
    graph: Path | str, tables: Path | None, format: Literal["jsonl", "csv", "parquet"], rdf: Path | None
) -> None:
    """Write the facts as tables, or all statements as RDF."""
    from kg.remote.graph import open_anywhere
    from kg.show.rdf import export_rdf
    from kg.show.tables import export_tables

    if (tables is None) == (rdf is None):
        raise click.UsageError("say either --tables DIR or --rdf FILE")
    opened = open_anywhere(graph)
    if tables is not None:
        for table, number in export_tables(opened, tables, format).items():
            click.echo(f"{tables / table}.{format}: {number:,} rows")
    elif rdf is not None:
        click.echo(f"{rdf}: {export_rdf(opened, rdf):,} statements")


@click.command(
    epilog=examples(
        "query policy.kg 'SELECT ?plan ?title WHERE { ?plan a gz:Plan ; dct:title ?title }'",
        "query policy.kg agency-duties --agency 市财政局 --format csv",
        "query policy.kg --file my.rq",
        "query policy.kg targets-of-year --year 2035 --evidence --format ttl",
        "query http://kg.example:8890/sparql tasks-due --month 2031-06",
    ),
    # unknown options are the parameters of a saved query
    context_settings={"ignore_unknown_options": True},
)
@GRAPH_OR_URL
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[SPARQL | NAME [--PARAMETER VALUE]…]")
@click.option("--file", type=IN_FILE, help="Read the query from a file.")
@click.option(
    "--format",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl"]),
    default="table",
    show_default=True,
    help="Form of the answer; a printed table cuts wide cells, the others do not.",
)
@click.option("--evidence", is_flag=True, help="Give quote, place, rule and confidence of every fact in the answer.")
def query(graph: Path | str, words: tuple[str, ...], file: Path | None, format: str, evidence: bool) -> None:
    """Ask a question in SPARQL, or by its saved name.

    Saved queries are listed by `kg queries`. The usual prefixes need not be declared.
    """
    from kg.graph.queries import run
    from kg.remote.graph import open_anywhere
    from kg.show.evidence import evidence as evidence_of
    from kg.show.results import write

    if file is not None:
        words = (*words, read_text(file))
    question, parameters = _question_and_parameters(words)
    if question is None:
        raise click.UsageError("say one query: a SPARQL text, the name of a saved query, or --file FILE")
    if parameters and not _is_name(question):
        raise click.UsageError(f"--{next(iter(parameters))} is no option: only saved queries have parameters")
    opened = open_anywhere(graph)
    result = run(opened, question, parameters) if _is_name(question) else opened.query(question)
    if evidence:
        result = evidence_of(opened, result, statements=format == "ttl")
    write(result, format, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _is_name(question: str) -> bool:
    """Names of saved queries are words with hyphens; every SPARQL query has a brace or white space."""
    return question.replace("-", "").replace("_", "").isalnum()


def _question_and_parameters(words: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """Sort the words after the graph: one question, and ``--name value`` or ``--name=value`` for each parameter."""
    question: str | None = None
    parameters: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            given = value if equals else next(rest, None)
            if given is None:
                raise click.UsageError(f"--{name} needs a value")
            parameters[name] = given
        elif question is None:
            question = word
        else:
            raise click.UsageError(f"“{word[:40]}” is one query too many: ask one, and put SPARQL into quotes")
    return question, parameters


@click.command(epilog=examples("queries", "queries agency-duties"))
@click.argument("name", required=False)
def queries(name: str | None) -> None:
    """List the saved queries, or print one."""
    from kg.graph.queries import saved

    known = saved()
    if name is not None:
        if name not in known:
            raise InputError(f"there is no saved query “{name}”; `kg queries` lists them")
        click.echo(known[name].text.rstrip())
        return
    for each in known.values():
        parameters = (f"--{p.name} {p.type.upper()}" for p in each.parameters)
        options = (text if p.required else f"[{text}]" for p, text in zip(each.parameters, parameters, strict=True))
        click.echo(" ".join((click.style(each.name, bold=True), *options)))
        click.echo(f"    {each.title['zh']}\n    {each.title['en']}")


@click.command(epilog=examples("stats policy.kg", "stats policy.kg --void > void.ttl"))
@GRAPH_OR_URL
@click.option("--void", is_flag=True, help="Print the description of the graph as a dataset (VoID), as Turtle.")
def stats(graph: Path | str, void: bool) -> None:
    """Count facts by kind and document, tasks by agency."""
    from kg.remote.graph import open_anywhere
    from kg.show.rdf import description
    from kg.show.results import aligned
    from kg.show.stats import stats as count

    opened = open_anywhere(graph)
    if void:
        click.echo(description(opened), nl=False)
        return
    counted = count(opened)
    sections: dict[str, tuple[list[str], list[list[object]]]] = {
        "Facts by kind": (["table", "facts"], [[table, number] for table, number in counted.facts.items()]),
        "Gazettes": (
            ["gazette", "file", "documents", "facts"],
            [[each.gazette or "—", each.file, each.documents, sum(each.facts.values())] for each in counted.gazettes],
        ),
        "Documents": (
            ["number", "title", "facts"],
            [[each.number, each.title, sum(each.facts.values())] for each in counted.documents],
        ),
        "Agencies with most tasks": (
            ["agency", "tasks", "lead", "responsible", "cooperating", "supervising"],
            [
                [each.name, each.tasks, each.lead, each.responsible, each.cooperating, each.supervising]
                for each in counted.agencies[:20]
            ],
        ),
    }
    for title, (header, rows) in sections.items():
        click.echo(click.style(f"{title}\n", bold=True) + "\n".join(aligned(header, rows)) + "\n")


@click.command(epilog=examples("explain policy.kg https://policy-kg.example/fact/…"))
@GRAPH
@click.argument("iri")
def explain(graph: Path, iri: str) -> None:
    """Show a fact with its evidence in context.

    The deciding words are marked; the rule that found the fact and its confidence are told.
    """
    from kg.graph.store import open_graph
    from kg.show.explain import explain as explain_fact
    from kg.show.explain import render

    click.echo(render(explain_fact(open_graph(graph), iri.strip("<>"))))


@click.command(epilog=examples("validate policy.kg", "validate policy.kg --no-shapes"))
@GRAPH
@click.option("--shapes/--no-shapes", default=True, help="Also check the shapes; they need policy-kg[shacl].")
def validate(graph: Path, shapes: bool) -> None:
    """Check every fact's evidence, every link, every shape.

    The kept source text between a fact's offsets must equal its quote, white space aside; no link may point to a thing
    that the graph does not describe; what is derived must say from what; every document's graph must hold to the shapes
    of the ontology (SHACL).
    """
    from kg.graph.check import check_derivations, check_evidence, check_links, quotes
    from kg.graph.shapes import ShapesError, check_shapes
    from kg.graph.store import open_graph

    opened = open_graph(graph)
    evidence = check_evidence(opened)
    faults = [*evidence.faults, *check_links(opened), *check_derivations(opened)]
    looked_at = f"{evidence.checked:,} places of evidence"
    if shapes:
        try:
            check = check_shapes(opened)
            faults += check.faults
            looked_at += f" and the shapes of {check.checked:,} graphs"
        except ShapesError as error:
            click.echo(f"not checked: {error}", err=True)
    words = quotes(opened, faults)
    for fault in faults:
        click.echo(f"{fault.iri}\n  {fault.message}")
        if behind := words.get(fault.iri):
            click.echo(f"  【{behind.quote}】" + (f" {behind.fact}" if behind.fact != fault.iri else ""))
    click.echo(f"{looked_at} checked, {len(faults):,} faults found.")
    if faults:
        sys.exit(FAULTS_FOUND)


@click.command(
    epilog=examples(
        "view policy.kg --kind responsibility -o network.html",
        "view policy.kg --agency 市财政局 -o finance.html",
        "view policy.kg --plan 节水 -o plan.html",
        "view policy.kg --query my.rq -o answer.html",
    )
)
@GRAPH
@click.option("--agency", metavar="NAME", help="An agency, its tasks and the agencies that share them.")
@click.option("--plan", metavar="NAME", help="A plan with its tasks, their agencies, and its targets.")
@click.option(
    "--kind",
    type=click.Choice(["responsibility", "plans", "citations", "hierarchy", "groups", "indicators"]),
    help="A network of the whole graph.",
)
@click.option("--query", "file", type=IN_FILE, help="What a CONSTRUCT query gives.")
@click.option("-o", "--output", type=OUT_FILE, required=True, help="The HTML file to write.")
def view(graph: Path, agency: str | None, plan: str | None, kind: str | None, file: Path | None, output: Path) -> None:
    """Draw a part of a graph as one HTML page."""
    from kg.graph.store import open_graph
    from kg.show import views

    if sum(choice is not None for choice in (agency, plan, kind, file)) != 1:
        raise click.UsageError("say one of --agency, --plan, --kind, --query")
    opened = open_graph(graph)
    if kind is not None:
        page = views.projection(opened, kind)
    elif agency is not None:
        page = views.agency(opened, agency)
    elif plan is not None:
        page = views.plan(opened, plan)
    elif file is not None:
        page = views.constructed(opened, read_text(file), file.name)
    output.write_text(page, encoding="utf-8")
    click.echo(f"Written: {output}")


for each in (
    build,
    export,
    query,
    queries,
    stats,
    explain,
    validate,
    coverage,
    resolve,
    serve,
    ledger,
    gaps,
    conflicts,
    diff,
    timeline,
    view,
    publish,
    score,
    demo,
):
    main.add_command(each)
