"""A query is stopped at its limits, says so, and leaves the workers as they were."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from pathlib import Path

import pytest

from kg.graph.answers import Answer, Limits, Outcome, Question
from kg.graph.folder import GraphError
from kg.graph.workers import Workers

LIMITS = Limits(seconds=1, memory=300_000_000, rows=1000, workers=1, waiting=1, patience=0.5)
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"
DEEP = "SELECT (COUNT(*) AS ?n) { ?a !gz:nothing+ ?b . ?c !gz:nothing+ ?d }"


def ask(graph: Path, *queries: str, limits: Limits = LIMITS) -> list[Answer]:
    """The answers to queries asked one after another."""

    async def answers() -> list[Answer]:
        async with workers:
            return [await workers.ask(Question(query)) for query in queries]

    workers = Workers.start(graph, limits)
    return asyncio.run(answers())


@pytest.mark.parametrize(
    ("query", "outcome", "words"),
    [
        (CROSS_PRODUCT, Outcome.TOO_LONG, "longer than 1 seconds"),
        (DEEP, Outcome.TOO_LONG, "longer than 1 seconds"),
        ("SELECT * { ?s ?p ?o }", Outcome.TOO_LARGE, "more than 1000 rows"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Outcome.TOO_LARGE, "more than 1000 rows"),
        ("SELECT", Outcome.WRONG, "cannot be run"),
        ("DELETE WHERE { ?s ?p ?o }", Outcome.WRONG, "cannot be run"),
        ("ASK { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }", Outcome.WRONG, "SERVICE"),
    ],
)
def test_a_query_that_is_stopped_or_refused_says_so_and_the_next_is_answered(
    sample_graph: Path, query: str, outcome: Outcome, words: str
) -> None:
    stopped, after = ask(sample_graph, query, "ASK { ?s a gz:Plan }")

    assert (stopped.outcome, words in stopped.body.decode()) == (outcome, True)
    assert after.outcome is Outcome.DONE
    assert b"true" in after.body


def test_a_query_that_takes_too_much_memory_is_stopped(sample_graph: Path) -> None:
    stopped, after = ask(sample_graph, SORTED, "ASK {}", limits=Limits(seconds=30, memory=60_000_000, workers=1))

    assert stopped.outcome is Outcome.TOO_MUCH
    assert after.outcome is Outcome.DONE


def test_too_many_queries_are_refused_and_the_others_answered(sample_graph: Path) -> None:
    async def answers() -> list[Answer]:
        async with workers:
            return await asyncio.gather(*(workers.ask(Question(CROSS_PRODUCT)) for _ in range(4)))

    workers = Workers.start(sample_graph, LIMITS)
    started = time.monotonic()
    counts = Counter(answer.outcome for answer in asyncio.run(answers()))

    assert counts == {Outcome.TOO_LONG: 1, Outcome.BUSY: 3}, "one ran, one waited in vain, two were refused at once"
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("form", ["FROM <{}>", "FROM NAMED <{}>"])
def test_no_graph_is_loaded_from_an_address(sample_graph: Path, form: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.2)
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/graph.ttl"
        (answer,) = ask(sample_graph, f"ASK {form.format(address)} {{ ?s ?p ?o }}")
        with pytest.raises(TimeoutError):
            elsewhere.accept()

    assert b"false" in answer.body


def test_answers_keep_types_languages_and_line_breaks_in_every_format(sample_graph: Path) -> None:
    query = 'SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) { (1 "01" "市\\t\\n\\"x\\""@zh UNDEF) } }'

    async def answers() -> list[Answer]:
        types = ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"]
        async with workers:
            return [await workers.ask(Question(query, results=each)) for each in types]

    workers = Workers.start(sample_graph, LIMITS)
    json, csv, xml = (answer.body.decode() for answer in asyncio.run(answers()))

    assert '"xml:lang":"zh"' in json
    assert csv == 'a,b,c,d\r\n1,01,"市\t\n""x""",\r\n'
    assert "integer" in xml


def test_a_folder_that_is_no_graph_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="is not a graph"):
        Workers.start(tmp_path / "nothing.kg")
