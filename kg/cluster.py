"""Files read on a Dask cluster, one file a task: what each gives comes back as sorted N-Quads, as from a local build.

Every worker needs this program in the same version and the files under the same paths (a shared file system).  Dask
gives the tasks of a lost worker to another one; a file that has cost several workers ends the build.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kg.graph.folder import GraphError
from kg.inputs import Input

if TYPE_CHECKING:
    from distributed import Future

#: Files given out for each thread of the cluster: some to work on, some to go on with; the rest waits, so that what
#: comes back never fills the memory of anyone.
_AHEAD = 4
_CONNECT_SECONDS = 10
#: Times that a task that failed is tried again; those of lost workers are given to others anyway.
_RETRIES = 2

_Read = TypeVar("_Read")
#: Reads one file; picklable.
Reader = Callable[[Input], _Read]

#: A worker may have several threads, the pipeline is for one.
_one_at_a_time = threading.Lock()


class ClusterError(GraphError):
    """A cluster that cannot be reached, or that does not do what is asked of it."""


def read_all(
    inputs: Sequence[Input], address: str, read: Reader[_Read], program: Callable[[], str]
) -> Iterator[tuple[Input, _Read]]:
    """What reading each file gives, in the order in which they are done.

    Args:
        inputs: the files.
        address: of the cluster's scheduler, ``tcp://host:8786``.
        read: reads one file, on a worker.
        program: a hash of the program; it must be the same here and there.

    Raises ClusterError, as one sentence, where the cluster is not there, is lost, or has another program or no files.
    """
    try:
        from distributed import CancelledError, Client, KilledWorker, as_completed
    except ImportError as error:
        raise ClusterError("--dask needs Dask; install it with: pip install 'policy-kg[dask]'") from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"the Dask cluster at {address} cannot be reached ({error or 'no answer'}).") from error
    task = partial(_on_worker, read, program, program())
    with client:
        waiting = iter(inputs)
        given: dict[Future[_Read], Input] = {}

        def give(number: int) -> list[Future[_Read]]:
            """Give out so many of the waiting files."""
            futures = []
            for source in islice(waiting, number):
                # Paths mean the same on every machine only when they are whole
                whole = replace(source, path=source.path.resolve())
                futures.append(client.submit(task, whole, pure=False, retries=_RETRIES))
                given[futures[-1]] = source
            return futures

        try:
            threads = sum(client.nthreads().values())
            done = as_completed(give(_AHEAD * max(threads, 1)), loop=client.loop)
            for future in done:
                source, result = given.pop(future), future.result()
                done.update(give(1))
                yield source, result
        except KilledWorker as error:
            raise ClusterError(f"{source.name} has cost several workers, perhaps for lack of memory.") from error
        except (CancelledError, OSError) as error:
            raise ClusterError(f"the Dask cluster at {address} was lost ({error}); the graph is as it was.") from error


def _on_worker(read: Reader[_Read], program: Callable[[], str], expected: str, source: Input) -> _Read:
    """Read a file on a worker, as it would be read at home."""
    if _own(program) != expected:
        raise ClusterError("a Dask worker has another version of this program; install the same one everywhere.")
    if not _has(source):
        raise ClusterError(f"a Dask worker does not find {source.path} as it is here; put it where all see it.")
    with _one_at_a_time:
        return read(source)


@cache
def _own(program: Callable[[], str]) -> str:
    """The hash of the program, made once in a worker."""
    return program()


def _has(source: Input) -> bool:
    """Whether a worker sees the same file; what cannot be read at home has no hash."""
    if source.member or not source.sha256:
        return source.path.exists()
    try:
        with source.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == source.sha256
    except OSError:
        return False
