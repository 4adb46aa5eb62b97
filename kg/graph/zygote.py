"""The processes behind :mod:`kg.graph.workers`: one that holds a store, and workers forked from it that run queries.

The zygote is single-threaded and never runs a query: it opens the graph, and forks a worker for each byte that it is
sent.  A worker has an alarm that ends it at the deadline and an address space that ends it when it takes too much.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import json
import os
import resource
import signal
import socket
import struct
import time
import traceback
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from kg.graph.answers import Limits, Question, answered
from kg.graph.folder import Folder, GraphError
from kg.graph.store import MEMORY_LIMIT, Graph, open_graph

#: A worker whose memory has grown by more than this many bytes is replaced after its answer.
_GROWTH = 16_000_000
#: What a message begins with: the lengths of its header and its body.
HEADER = struct.Struct("!II")
#: What comes with a worker's socket: its process id.
PROCESS = struct.Struct("!I")
#: What is taken from a socket comes here first: room made for each message would cost more than most messages.
_piece = memoryview(bytearray(1 << 18))
_FIELDS = tuple(field.name for field in fields(Question))
#: A fork that the system refuses is tried again after so many seconds.
_PAUSE = 0.5


def packed(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A message: the lengths of header and body, a header in JSON, a body."""
    head = json.dumps(header).encode()
    return HEADER.pack(len(head), len(body)) + head + body


def packed_question(question: Question) -> bytes:
    """A question as a message."""
    return packed({name: getattr(question, name) for name in _FIELDS})


def unpacked(message: bytes | bytearray) -> tuple[dict[str, Any], bytes] | None:
    """The header and body of a message; None while it is not all there."""
    if len(message) < HEADER.size:
        return None
    head, body = HEADER.unpack_from(message)
    begin, end = HEADER.size + head, HEADER.size + head + body
    return (
        (json.loads(message[HEADER.size : begin]), bytes(memoryview(message)[begin:end]))
        if len(message) >= end
        else None
    )


def received(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """The next message, waited for; None if the other side is gone."""
    message = bytearray()
    while (found := unpacked(message)) is None:
        if not take(connection, message):
            return None
    return found


def take(connection: socket.socket, message: bytearray) -> int:
    """Add what has come through a socket to a message; gives the number of bytes, 0 if the other side is gone."""
    length = connection.recv_into(_piece)
    message += _piece[:length]
    return length


def run_zygote(control: socket.socket, path: Path, limits: Limits, prepare: Callable[[Graph], None] | None) -> NoReturn:
    """Open a graph, say so or what is wrong, and fork a worker for each byte from the asking process until it is gone.

    The socket of each worker is sent with its process id as the message.
    """
    # Ctrl-C reaches the whole group of processes: the asking one ends the others in order
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    try:
        graph = _opened(path, prepare)
        # Nobody waits for a worker: it leaves nothing behind
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        # What is here now is never looked through for cycles, which would copy the memory that workers share
        gc.freeze()
        control.sendall(packed({}))
        while wanted := control.recv(64):
            for _ in wanted:
                _fork_worker(control, path, graph, limits)
    except GraphError as error:
        control.sendall(packed({"error": str(error)}))
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
    worker = _forked()
    if worker == 0:
        control.close()
        theirs.close()
        _run_worker(ours, path, graph, limits)
    ours.close()
    socket.send_fds(control, [PROCESS.pack(worker)], [theirs.fileno()])
    theirs.close()


def _forked() -> int:
    """Fork, as soon as the system has room for a process."""
    while True:
        with contextlib.suppress(BlockingIOError, MemoryError):
            return os.fork()
        time.sleep(_PAUSE)


def _run_worker(connection: socket.socket, path: Path, graph: Graph | None, limits: Limits) -> NoReturn:
    try:
        graph = graph or open_graph(path)
        # What is printed when memory runs out is told to the one who asks
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        memory = _Memory()
        size, begin = memory()
        if size:
            resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, size + limits.memory))
        while (message := received(connection)) is not None:
            question = Question(**message[0])
            # Without a handler the kernel ends the process, whatever native code it is in
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            answer = answered(graph, question, limits)
            signal.setitimer(signal.ITIMER_REAL, 0)
            last = memory()[1] - begin > _GROWTH
            header = {"outcome": answer.outcome, "media_type": answer.media_type, "sparql": answer.sparql, "last": last}
            connection.sendall(packed(header, answer.body))
            if last:
                break
    finally:
        os._exit(0)


class _Memory:
    """Address space and resident memory of this process in bytes; 0 where the system does not tell."""

    def __init__(self) -> None:
        self._page = os.sysconf("SC_PAGE_SIZE")
        try:
            self._file = os.open("/proc/self/statm", os.O_RDONLY)
        except OSError:
            self._file = -1

    def __call__(self) -> tuple[int, int]:
        if self._file < 0:
            return 0, 0
        size, resident = os.pread(self._file, 100, 0).split()[:2]
        return int(size) * self._page, int(resident) * self._page
