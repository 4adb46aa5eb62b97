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
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from kg.graph.answers import Answer, Limits, Outcome, Question, answered
from kg.graph.folder import Folder, GraphError
from kg.graph.store import MEMORY_LIMIT, Graph, open_graph

#: A worker whose memory has grown by more than this many bytes is replaced after its answer.
_GROWTH = 16_000_000
_HEADER = struct.Struct("!II")
#: Workers give way to the process that answers people.
_NICENESS = 10


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
            # Whoever stops waiting leaves an answer in the socket: it cannot be used again.  Nor can a worker that
            # ends after this answer: the next query would be taken for one that has ended it
            if answer is None or answer[0]["last"]:
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
            answer = answered(graph, question, limits)
            signal.setitimer(signal.ITIMER_REAL, 0)
            last = _memory()[1] - begin > _GROWTH
            header = {"outcome": answer.outcome, "media_type": answer.media_type, "sparql": answer.sparql, "last": last}
            connection.sendall(_packed(header, answer.body))
            if last:
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
