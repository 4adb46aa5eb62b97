"""Bounded queries: each runs in a process that the kernel stops at its deadline or its memory limit.

Oxigraph cannot interrupt a query.  So one process, the zygote, holds the store and forks workers that share its memory
(:mod:`kg.graph.zygote`).  The process that asks holds no store and runs no query.

::

    asking process ──query──▶ worker ──answer──▶ asking process        one socket for each worker
          │  ▲                  ▲ fork
          │  └─new worker's socket── zygote
          └──────wanted: one────────▶

Long queries must not keep others waiting: a query that is not quick gives its place to a new worker and goes on, at
low priority, as one of the long ones.  Where there are as many of these as may be, it is ended, and begins again when
one of them is done.

Needs ``fork`` and Unix sockets (Linux, macOS).  macOS does not enforce the memory limit.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from kg.graph.answers import Answer, Limits, Outcome, Question
from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.graph.zygote import PROCESS, packed_question, received, run_zygote, take, unpacked

#: Workers with a long query give way to quick ones and to the process that answers people.
_NICENESS = 19
T = TypeVar("T")
_BUSY = Answer(Outcome.BUSY, b"too many queries are running; ask again in some seconds.")


class Workers:
    """The workers of one graph, asked from one event loop."""

    def __init__(self, control: socket.socket, zygote: int, limits: Limits) -> None:
        self.limits = limits
        self._control = control
        self._zygote = zygote
        self._all: set[_Worker] = set()
        self._idle: _Places[_Worker] = _Places(limits)
        # Places of queries that are not quick
        self._long: _Places[int] = _Places(limits, range(limits.workers))

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
            run_zygote(theirs, Path(path), limits, prepare)
        theirs.close()
        message = received(ours)
        if message is None or message[0].get("error"):
            ours.close()
            os.waitpid(zygote, 0)
            raise GraphError(message[0]["error"] if message else f"{path} could not be opened.")
        return cls(ours, zygote, limits)

    async def __aenter__(self) -> None:
        self._control.setblocking(False)
        asyncio.get_running_loop().add_reader(self._control, self._welcome)
        self._want(self.limits.workers)

    async def __aexit__(self, *_: object) -> None:
        asyncio.get_running_loop().remove_reader(self._control)
        self.close()

    def close(self) -> None:
        """End the zygote and all workers."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._zygote, signal.SIGTERM)
        self._control.close()
        for worker in self._all:
            worker.end()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._zygote, 0)

    async def ask(self, question: Question) -> Answer:
        """Run a query in a worker; never raises for what the query says or does."""
        message = packed_question(question)
        answer = await self._run(message)
        if answer is not None:
            return answer
        place = await self._long.take()
        if place is None:
            return _BUSY
        try:
            return await self._run(message, is_long=True) or _BUSY
        finally:
            self._long.give(place)

    async def _run(self, message: bytes, is_long: bool = False) -> Answer | None:
        """The answer of a worker; None where the query is not quick and finds no place among the long ones."""
        worker = await self._idle.take()
        if worker is None:
            return _BUSY
        if is_long:
            self._lengthen(worker)
        timer = asyncio.get_running_loop().call_later(self.limits.quick, self._not_quick, worker)
        started = time.monotonic()
        try:
            answer = await worker.ask(message)
        finally:
            timer.cancel()
            self._leave(worker)
        if answer is None and worker.is_refused:
            return None
        return answer or self._stopped(time.monotonic() - started)

    def _not_quick(self, worker: _Worker) -> None:
        """A query takes longer than a quick one may."""
        if worker.is_long:
            return
        if self._long.free:
            worker.place = self._long.free.popleft()
            self._lengthen(worker)
        else:
            worker.is_refused = True
            worker.end()

    def _lengthen(self, worker: _Worker) -> None:
        """Another worker takes the place of one whose query is long."""
        worker.is_long = True
        worker.give_way()
        self._want(1)

    def _leave(self, worker: _Worker) -> None:
        """A worker is done with a query: it takes the next one, or is replaced."""
        if worker.place is not None:
            self._long.give(worker.place)
        if worker.is_ready and not worker.is_long:
            self._idle.give(worker)
            return
        worker.end()
        self._all.discard(worker)
        if not worker.is_long:
            self._want(1)

    def _lost(self, worker: _Worker) -> None:
        """A worker has ended while it had nothing to do: someone has killed it."""
        with contextlib.suppress(ValueError):
            self._idle.free.remove(worker)
        self._all.discard(worker)
        self._want(1)

    def _want(self, workers: int) -> None:
        with contextlib.suppress(OSError):  # the zygote is gone: whoever asks is told that all workers are busy
            self._control.send(b"+" * workers)

    def _welcome(self) -> None:
        """A new worker's socket has come from the zygote."""
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, PROCESS.size, 1)
        except BlockingIOError:
            return
        if not message:
            asyncio.get_running_loop().remove_reader(self._control)
        for descriptor in descriptors:
            (process,) = PROCESS.unpack(message)
            worker = _Worker(socket.socket(fileno=descriptor), process, self._lost)
            self._all.add(worker)
            self._idle.give(worker)

    def _stopped(self, seconds: float) -> Answer:
        if seconds >= self.limits.seconds * 0.98:
            text = f"the query was stopped: it took longer than {self.limits.seconds:g} seconds."
            return Answer(Outcome.TOO_LONG, text.encode())
        text = f"the query was stopped: it needed more than {self.limits.memory // 1_000_000} MB of memory."
        return Answer(Outcome.TOO_MUCH, text.encode())


class _Places(Generic[T]):
    """Things that are taken and given back; so many wait for one, for so long, as the limits say."""

    def __init__(self, limits: Limits, free: Iterable[T] = ()) -> None:
        self.free = deque(free)
        self._limits = limits
        self._waiting: deque[asyncio.Future[T]] = deque()

    async def take(self) -> T | None:
        """A thing, the next to be free where none is; None where that takes too long or too many wait already."""
        if self.free:
            return self.free.popleft()
        if len(self._waiting) >= self._limits.waiting:
            return None
        turn: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait([turn], timeout=self._limits.patience)
            return turn.result() if turn.done() else None
        except asyncio.CancelledError:
            if turn.done():
                self.give(turn.result())
            raise
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)

    def give(self, thing: T) -> None:
        """Give a thing to who has waited longest."""
        if self._waiting:
            self._waiting.popleft().set_result(thing)
        else:
            self.free.append(thing)


class _Worker:
    """The asking side of a worker process.

    ``is_ready`` tells that it has answered and takes another query, ``is_refused`` that its query was ended to make
    room, ``is_long`` that another worker has its place; ``place`` is the place among the long ones that it has to give
    back.
    """

    def __init__(self, connection: socket.socket, process: int, lost: Callable[[_Worker], None]) -> None:
        self.is_ready, self.is_refused, self.is_long = True, False, False
        self.place: int | None = None
        self._is_busy = False
        self._connection, self._process, self._lost = connection, process, lost
        self._answer: asyncio.Future[Answer | None] | None = None
        self._message = bytearray()
        connection.setblocking(False)
        self._loop = asyncio.get_running_loop()
        # For as long as the worker lives: registering it for each answer takes longer than most answers
        self._loop.add_reader(connection, self._read)

    async def ask(self, message: bytes) -> Answer | None:
        """The answer to a query; None if the worker ended instead."""
        self.is_ready, self._is_busy = False, True
        self._answer = self._loop.create_future()
        try:
            sent = self._connection.send(message)
            if sent < len(message):
                await self._loop.sock_sendall(self._connection, memoryview(message)[sent:])
            return await self._answer
        except OSError:
            return None
        finally:
            self._answer = None

    def give_way(self) -> None:
        """Go on at low priority."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process, _NICENESS)

    def end(self) -> None:
        """End the process, whatever it is doing; who waits for its answer gets none.

        One that is not busy ends by itself when its socket is closed, and its number may be another's by now.
        """
        if self._connection.fileno() < 0:
            return
        self._loop.remove_reader(self._connection)
        self._connection.close()
        if self._is_busy:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
        self.is_ready, self._is_busy = False, False
        if self._answer and not self._answer.done():
            self._answer.set_result(None)

    def _read(self) -> None:
        try:
            length = take(self._connection, self._message)
        except BlockingIOError:
            return
        except OSError:
            length = 0
        if not length:
            is_idle, self._is_busy = self._answer is None, False
            self.end()
            if is_idle:
                self._lost(self)
        elif self._answer and not self._answer.done() and (found := unpacked(self._message)):
            self._message.clear()
            header, body = found
            self.is_ready, self._is_busy = not header["last"], False
            self._answer.set_result(Answer(Outcome(header["outcome"]), body, header["media_type"], header["sparql"]))
