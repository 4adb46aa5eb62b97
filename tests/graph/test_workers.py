"""A query is stopped at its limits, says so, and leaves the workers as they were."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph.answers import Answer, Limits, Outcome, Question
from kg.graph.folder import GraphError
from kg.graph.workers import Workers

LIMITS = Limits(seconds=1, memory=300_000_000, rows=1000, workers=1, quick=0.2, waiting=1, patience=0.4)
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


def test_a_quick_query_does_not_wait_for_long_ones(sample_graph: Path) -> None:
    async def answers() -> tuple[list[Answer], list[bool], list[Answer]]:
        async with workers:
            long = [asyncio.create_task(workers.ask(Question(CROSS_PRODUCT))) for _ in range(3)]
            await asyncio.sleep(0.1)
            quick = [await workers.ask(Question("ASK {}")) for _ in range(10)]
            return quick, [task.done() for task in long], await asyncio.gather(*long)

    # the first goes on for much longer than the others wait, also where they begin seconds late
    workers = Workers.start(sample_graph, Limits(seconds=6, workers=1, quick=0.2, patience=2))
    quick, done, long = asyncio.run(answers())

    assert {answer.outcome for answer in quick} == {Outcome.DONE}
    assert done == [False, False, False]
    assert Counter(answer.outcome for answer in long) == {Outcome.TOO_LONG: 1, Outcome.BUSY: 2}


def test_a_long_query_begins_again_when_another_one_is_done(sample_graph: Path) -> None:
    async def answers() -> list[Answer]:
        async with workers:
            return await asyncio.gather(*(workers.ask(Question(CROSS_PRODUCT)) for _ in range(2)))

    workers = Workers.start(sample_graph, Limits(seconds=1, workers=1, quick=0.2, patience=5))
    started = time.monotonic()

    assert [answer.outcome for answer in asyncio.run(answers())] == [Outcome.TOO_LONG] * 2
    assert time.monotonic() - started > 2, "each had its whole time"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker in Linux's list of processes")
def test_a_worker_that_someone_has_killed_is_replaced(sample_graph: Path) -> None:
    def child(process: int) -> int:
        return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[-1])

    async def answers() -> list[Answer]:
        async with workers:
            before = await workers.ask(Question("ASK {}"))
            os.kill(child(child(os.getpid())), signal.SIGKILL)
            await asyncio.sleep(0.2)
            return [before, await workers.ask(Question("ASK {}"))]

    workers = Workers.start(sample_graph, LIMITS)

    assert [answer.outcome for answer in asyncio.run(answers())] == [Outcome.DONE] * 2


@pytest.mark.parametrize(
    "media_type", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"]
)
def test_rows_are_counted_whatever_their_texts_hold(sample_graph: Path, media_type: str) -> None:
    text = "},{</result>\\n"

    async def answers() -> list[Answer]:
        async with workers:
            return [
                await workers.ask(Question(f"SELECT ?a {{ VALUES ?a {{ {values} }} }}", results=media_type))
                for values in (f"'{text}' '1' '2'", f"'{text}' '1' '2' '3'")
            ]

    workers = Workers.start(sample_graph, replace(LIMITS, rows=3))

    assert [answer.outcome for answer in asyncio.run(answers())] == [Outcome.DONE, Outcome.TOO_LARGE]


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
