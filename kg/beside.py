"""Work done beside other work, in a process that has everything that its parent has in memory."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin a piece of work in a forked process.

    Where forking is not safe (in a process with threads, or on another system than Linux) it is done when its result is
    asked for.

    Args:
        work: gives something that can be pickled; what it changes in memory stays in its process.

    Returns:
        What waits for the result and gives it, once.  It raises what the work raised, and ChildProcessError where the
        process ended without a result.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return work
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_done, args=(work, sending), daemon=True)
    process.start()
    sending.close()

    def result() -> T:
        try:
            value, error = receiving.recv()
        except EOFError as lost:
            raise ChildProcessError("a process has died, perhaps for lack of memory") from lost
        finally:
            receiving.close()
            process.join()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]

    return result


def _done(work: Callable[[], T], sending: Connection) -> None:
    try:
        outcome: tuple[T | None, Exception | None] = work(), None
    except Exception as error:
        outcome = None, error
    sending.send(outcome)
    sending.close()
    # What the parent registered to be done at its end is for the parent to do
    os._exit(0)
