"""Questions to a graph and their answers, within limits: rows and bytes are counted while an answer is written.

Time and memory are bounded from outside, by :mod:`kg.graph.workers`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.queries import bind, saved
from kg.graph.store import Graph
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many run or wait at the same time.

    ``seconds`` is the deadline, ``memory`` the bytes that a query may take beside the store, ``rows`` the most rows or
    statements of an answer, ``answer`` its most bytes.  ``workers`` queries run at the same time; one that takes longer
    than ``quick`` seconds lets another begin, and as many such long ones go on beside.  For a place of either kind
    ``waiting`` queries wait for at most ``patience`` seconds, and any further one is refused at once.
    """

    seconds: float = 10.0
    memory: int = 1_000_000_000
    rows: int = 100_000
    answer: int = 50_000_000
    workers: int = 2
    quick: float = 0.25
    waiting: int = 64
    patience: float = 5.0


class Outcome(StrEnum):
    """What became of a query."""

    DONE = "done"
    WRONG = "wrong"
    NOT_ACCEPTABLE = "not acceptable"
    TOO_LARGE = "too large"
    TOO_LONG = "too long"
    TOO_MUCH = "too much"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Question:
    """A query to run.

    ``results`` and ``statements`` are the media types wanted if the answer is a table or a truth value, or if it is a
    graph; None if no such answer is wanted.  With ``values``, ``sparql`` is the name of a saved query instead.
    """

    sparql: str
    results: str | None = ox.QueryResultsFormat.JSON.media_type
    statements: str | None = ox.RdfFormat.TURTLE.media_type
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base_iri: str | None = None
    values: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer with its media type, or a sentence that says why there is none.

    ``sparql`` is the text of a saved query as it was run.
    """

    outcome: Outcome
    body: bytes
    media_type: str = "text/plain"
    sparql: str | None = None


class _TooLargeError(Exception):
    pass


def answered(graph: Graph, question: Question, limits: Limits) -> Answer:
    """The answer to a question; whatever is wrong with it is told in a sentence."""
    sparql = None
    try:
        if question.values is not None:
            sparql = bind(graph, saved()[question.sparql], question.values)
        result = graph.query(
            sparql or question.sparql,
            base_iri=question.base_iri,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
        )
        if isinstance(result, ox.QueryTriples):
            return replace(_statements(result, question.statements, limits), sparql=sparql)
        return replace(_results(result, question.results, limits), sparql=sparql)
    except _TooLargeError as error:
        return Answer(Outcome.TOO_LARGE, str(error).encode())
    except MemoryError:
        text = f"the query was stopped: it needed more than {limits.memory // 1_000_000} MB of memory."
        return Answer(Outcome.TOO_MUCH, text.encode())
    except (GraphError, ValueError, RuntimeError) as error:
        return Answer(Outcome.WRONG, str(error).encode(), sparql=sparql)


class _Bounded(io.BytesIO):
    """Collects what Oxigraph writes, up to the limits of an answer; ``head`` lines are no rows.

    Without ``head`` only bytes are counted.
    """

    def __init__(self, limits: Limits, head: int | None = None) -> None:
        super().__init__()
        self._limits = limits
        self._rows = None if head is None else -head

    def write(self, part: Buffer, /) -> int:
        written = super().write(part)
        if self._rows is not None:
            self._rows += bytes(part).count(b"\n")
            if self._rows > self._limits.rows:
                raise _TooLargeError(
                    f"the answer has more than {self._limits.rows} rows; narrow the query or add a LIMIT."
                )
        if self.tell() > self._limits.answer:
            raise _TooLargeError(
                f"the answer has more than {self._limits.answer // 1_000_000} MB; narrow the query or add a LIMIT."
            )
        return written


#: What stands between rows or ends them, by format.  It may stand in a text too: so many rows there are at most.
_BETWEEN_ROWS = {ox.QueryResultsFormat.JSON: b"},{", ox.QueryResultsFormat.XML: b"</result>"}


def _results(result: ox.QuerySolutions | ox.QueryBoolean, media_type: str | None, limits: Limits) -> Answer:
    """A table or truth value in the form wanted."""
    if media_type is None:
        return Answer(Outcome.NOT_ACCEPTABLE, b"the answer of this query is a table: accept JSON, XML, CSV or TSV.")
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no format of results")
    if isinstance(result, ox.QueryBoolean):
        if form in (ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV):
            return Answer(Outcome.DONE, b"true\n" if result else b"false\n", media_type)
        return Answer(Outcome.DONE, result.serialize(format=form) or b"", media_type)
    if form not in _BETWEEN_ROWS:
        lines = _counted(result, limits)
        if form == ox.QueryResultsFormat.TSV:
            return Answer(Outcome.DONE, lines, media_type)
        again = ox.parse_query_results(lines, format=ox.QueryResultsFormat.TSV)
        return Answer(Outcome.DONE, again.serialize(format=form) or b"", media_type)
    written = _Bounded(limits)
    result.serialize(written, format=form)
    body = written.getvalue()
    if body.count(_BETWEEN_ROWS[form]) >= limits.rows:
        again = ox.parse_query_results(body, format=form)
        if isinstance(again, ox.QuerySolutions):
            _counted(again, limits)
    return Answer(Outcome.DONE, body, media_type)


def _counted(result: ox.QuerySolutions, limits: Limits) -> bytes:
    """A table as TSV, which has one line for each row.  _TooLargeError where these are too many."""
    lines = _Bounded(limits, head=1)
    result.serialize(lines, format=ox.QueryResultsFormat.TSV)
    return lines.getvalue()


def _statements(result: ox.QueryTriples, media_type: str | None, limits: Limits) -> Answer:
    """A graph.  Statements are counted in N-Triples, which has one line for each, then put into the form wanted."""
    if media_type is None:
        text = b"the answer of this query is a graph: accept Turtle, N-Triples, JSON-LD or RDF/XML."
        return Answer(Outcome.NOT_ACCEPTABLE, text)
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no format of statements")
    lines = _Bounded(limits, head=0)
    ox.serialize(result, lines, format=ox.RdfFormat.N_TRIPLES)
    if form == ox.RdfFormat.N_TRIPLES:
        return Answer(Outcome.DONE, lines.getvalue(), media_type)
    statements = (quad.triple for quad in ox.parse(lines.getvalue(), format=ox.RdfFormat.N_TRIPLES))
    body = ox.serialize(sorted(set(statements), key=str), format=form, prefixes=PREFIXES) or b""
    return Answer(Outcome.DONE, body, media_type)
