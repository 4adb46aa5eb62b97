"""Bounded queries: each runs in a process that the kernel stops at its deadline or its memory limit.

Oxigraph cannot interrupt a query.  So one single-threaded process, the zygote, holds the store and forks workers that
share its memory; a worker has an alarm that ends it at the deadline and an address space that ends it when it takes
too much.  The zygote replaces every worker that is gone.  The process that asks holds no store and runs no query.

::

    asking process ──query──▶ worker ──answer──▶ asking process        one socket for each worker
          ▲                     ▲ fork
          └──new worker's socket── zygote

Needs ``fork`` and Unix sockets (Linux, macOS).  macOS does not enforce the memory limit.
"""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import io
import json
import os
import resource
import signal
import socket
import struct
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pyoxigraph as ox

from kg.graph.folder import Folder, GraphError
from kg.graph.queries import bind, saved
from kg.graph.store import MEMORY_LIMIT, Graph, open_graph
from kg.graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

#: A worker whose memory has grown by more than this many bytes is replaced after its answer.
_GROWTH = 64_000_000
_HEADER = struct.Struct("!II")
#: Workers give way to the process that answers people.
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many run or wait at the same time.

    ``seconds`` is the deadline, ``memory`` the bytes that a query may take beside the store, ``rows`` the most rows or
    statements of an answer, ``answer`` its most bytes; ``workers`` queries run at the same time, ``waiting`` more wait
    for at most ``patience`` seconds, and any further one is refused at once.
    """

    seconds: float = 10.0
    memory: int = 1_000_000_000
    rows: int = 100_000
    answer: int = 50_000_000
    workers: int = 2
    waiting: int = 16
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


class Workers:
    """The workers of one graph, asked from one event loop."""

    def __init__(self, control: socket.socket, zygote: int, limits: Limits) -> None:
        self.limits = limits
        self._control = control
        self._zygote = zygote
        self._idle: deque[socket.socket] = deque()
        self._waiting: deque[asyncio.Future[socket.socket]] = deque()

    @classmethod
    def start(
        cls, path: str | Path, limits: Limits | None = None, prepare: Callable[[Graph], None] | None = None
    ) -> Workers:
        """Open a graph and make its workers.  To be called before the process has threads.

        Args:
            path: the graph folder.
            limits: what a query may take.
            prepare: run once over the opened graph in a process of its own, before any query.

        Raises GraphError if the graph cannot be opened or ``prepare`` fails.
        """
        limits = limits or Limits()
        ours, theirs = socket.socketpair()
        zygote = os.fork()
        if zygote == 0:
            ours.close()
            _run_zygote(theirs, Path(path), limits, prepare)
        theirs.close()
        message = _receive(ours)
        if message is None or message[0].get("error"):
            ours.close()
            os.waitpid(zygote, 0)
            raise GraphError(message[0]["error"] if message else f"{path} could not be opened.")
        return cls(ours, zygote, limits)

    async def __aenter__(self) -> None:
        self._control.setblocking(False)
        asyncio.get_running_loop().add_reader(self._control.fileno(), self._welcome)

    async def __aexit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_reader(self._control.fileno())
        self.close()

    def close(self) -> None:
        """End the zygote and all workers."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._zygote, signal.SIGTERM)
        self._control.close()
        while self._idle:
            self._idle.pop().close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._zygote, 0)

    async def ask(self, question: Question) -> Answer:
        """Run a query in a worker; never raises for what the query says or does."""
        worker = await self._take()
        if worker is None:
            return Answer(Outcome.BUSY, b"too many queries are running; ask again in some seconds.")
        started = time.monotonic()
        loop = asyncio.get_running_loop()
        answer = None
        try:
            await loop.sock_sendall(worker, _packed(asdict(question)))
            answer = await _receive_async(loop, worker)
        except OSError:
            pass
        finally:
            # Whoever stops waiting leaves an answer in the socket: it cannot be used again
            if answer is None:
                worker.close()
            else:
                self._give(worker)
        if answer is None:
            return self._stopped(time.monotonic() - started)
        header, body = answer
        return Answer(Outcome(header["outcome"]), body, header["media_type"], header["sparql"])

    def _stopped(self, seconds: float) -> Answer:
        if seconds >= self.limits.seconds * 0.98:
            text = f"the query was stopped: it took longer than {self.limits.seconds:g} seconds."
            return Answer(Outcome.TOO_LONG, text.encode())
        text = f"the query was stopped: it needed more than {self.limits.memory // 1_000_000} MB of memory."
        return Answer(Outcome.TOO_MUCH, text.encode())

    async def _take(self) -> socket.socket | None:
        if self._idle:
            return self._idle.popleft()
        if len(self._waiting) >= self.limits.waiting:
            return None
        place: asyncio.Future[socket.socket] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            return await asyncio.wait_for(place, self.limits.patience)
        except TimeoutError:
            return None
        finally:
            if place in self._waiting:
                self._waiting.remove(place)

    def _give(self, worker: socket.socket) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _welcome(self) -> None:
        """A new worker's socket has come from the zygote; the idle ones that are gone are dropped."""
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, 1, 8)
        except BlockingIOError:
            return
        if not message:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            return
        self._idle = deque(worker for worker in self._idle if not _is_closed(worker))
        for descriptor in descriptors:
            worker = socket.socket(fileno=descriptor)
            worker.setblocking(False)
            self._give(worker)


# --- messages: lengths of header and body, a JSON header, a body ---------------------------------------------------


def _packed(header: dict[str, Any], body: bytes = b"") -> bytes:
    head = json.dumps(header).encode()
    return _HEADER.pack(len(head), len(body)) + head + body


def _receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """A message; None if the other side is gone."""
    with connection.makefile("rb") as stream:
        lengths = stream.read(_HEADER.size)
        if len(lengths) < _HEADER.size:
            return None
        head, body = _HEADER.unpack(lengths)
        return json.loads(stream.read(head)), stream.read(body)


async def _receive_async(
    loop: asyncio.AbstractEventLoop, connection: socket.socket
) -> tuple[dict[str, Any], bytes] | None:
    async def exactly(length: int) -> bytes | None:
        parts: list[bytes] = []
        while length:
            part = await loop.sock_recv(connection, min(length, 1 << 20))
            if not part:
                return None
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    lengths = await exactly(_HEADER.size)
    if lengths is None:
        return None
    head_length, body_length = _HEADER.unpack(lengths)
    head, body = await exactly(head_length), await exactly(body_length)
    return None if head is None or body is None else (json.loads(head), body)


def _is_closed(connection: socket.socket) -> bool:
    """Whether the worker behind an idle connection has ended."""
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


# --- the zygote ----------------------------------------------------------------------------------------------------


def _run_zygote(
    control: socket.socket, path: Path, limits: Limits, prepare: Callable[[Graph], None] | None
) -> NoReturn:
    # Ctrl-C reaches the whole group of processes: the asking one ends the others in order
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    try:
        graph = _opened(path, prepare)
        control.sendall(_packed({}))
        for _ in range(limits.workers):
            _fork_worker(control, path, graph, limits)
        while True:
            os.wait()
            _fork_worker(control, path, graph, limits)
    except GraphError as error:
        control.sendall(_packed({"error": str(error)}))
    except OSError:
        pass  # the asking process is gone
    finally:
        os._exit(0)


def _opened(path: Path, prepare: Callable[[Graph], None] | None) -> Graph | None:
    """The graph, to be shared with the workers; None if it is kept on disk, where each worker opens it."""
    graph = open_graph(path) if Folder(path).read().quads <= MEMORY_LIMIT else None
    if prepare is not None:
        child = os.fork()
        if child == 0:
            _run_prepare(prepare, path, graph)
        if os.waitpid(child, 0)[1] != 0:
            raise GraphError(f"{path} could not be prepared; see the message above.")
    return graph


def _run_prepare(prepare: Callable[[Graph], None], path: Path, graph: Graph | None) -> NoReturn:
    status = 1
    try:
        prepare(graph or open_graph(path))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _fork_worker(control: socket.socket, path: Path, graph: Graph | None, limits: Limits) -> None:
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        control.close()
        theirs.close()
        _run_worker(ours, graph or open_graph(path), limits)
    ours.close()
    socket.send_fds(control, [b"+"], [theirs.fileno()])
    theirs.close()


# --- a worker ------------------------------------------------------------------------------------------------------


def _run_worker(connection: socket.socket, graph: Graph, limits: Limits) -> NoReturn:
    try:
        os.nice(_NICENESS)
        # What is printed when memory runs out is told to the one who asks
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        size, begin = _memory()
        if size:
            resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, size + limits.memory))
        while (message := _receive(connection)) is not None:
            question = Question(**message[0])
            # Without a handler the kernel ends the process, whatever native code it is in
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            answer = _answered(graph, question, limits)
            signal.setitimer(signal.ITIMER_REAL, 0)
            header = {"outcome": answer.outcome, "media_type": answer.media_type, "sparql": answer.sparql}
            connection.sendall(_packed(header, answer.body))
            if _memory()[1] - begin > _GROWTH:
                break
    finally:
        os._exit(0)


def _memory() -> tuple[int, int]:
    """Address space and resident memory of this process in bytes; 0 where the system does not tell."""
    try:
        size, resident = Path("/proc/self/statm").read_text().split()[:2]
    except OSError:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(size) * page, int(resident) * page


def _answered(graph: Graph, question: Question, limits: Limits) -> Answer:
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
    """Collects lines that Oxigraph writes, up to the limits of an answer; ``head`` lines are no rows."""

    def __init__(self, limits: Limits, head: int) -> None:
        super().__init__()
        self._limits, self._rows = limits, -head

    def write(self, part: Buffer, /) -> int:
        written = super().write(part)
        self._rows += bytes(part).count(b"\n")
        if self._rows > self._limits.rows:
            raise _TooLargeError(f"the answer has more than {self._limits.rows} rows; narrow the query or add a LIMIT.")
        if self.tell() > self._limits.answer:
            raise _TooLargeError(
                f"the answer has more than {self._limits.answer // 1_000_000} MB; narrow the query or add a LIMIT."
            )
        return written


def _results(result: ox.QuerySolutions | ox.QueryBoolean, media_type: str | None, limits: Limits) -> Answer:
    """A table or truth value.  Rows are counted in TSV, which has one line for each, then put into the form wanted."""
    if media_type is None:
        return Answer(Outcome.NOT_ACCEPTABLE, b"the answer of this query is a table: accept JSON, XML, CSV or TSV.")
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no format of results")
    if isinstance(result, ox.QueryBoolean):
        if form in (ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV):
            return Answer(Outcome.DONE, b"true\n" if result else b"false\n", media_type)
        return Answer(Outcome.DONE, result.serialize(format=form) or b"", media_type)
    lines = _Bounded(limits, head=1)
    result.serialize(lines, format=ox.QueryResultsFormat.TSV)
    if form == ox.QueryResultsFormat.TSV:
        return Answer(Outcome.DONE, lines.getvalue(), media_type)
    again = ox.parse_query_results(lines.getvalue(), format=ox.QueryResultsFormat.TSV)
    return Answer(Outcome.DONE, again.serialize(format=form) or b"", media_type)


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
