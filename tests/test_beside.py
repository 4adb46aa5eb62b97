"""Work done beside other work gives what it would give here, errors included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from kg.beside import beside

forks = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the work is done when its result is asked for")


def test_a_result_comes_back() -> None:
    numbers = list(range(5))

    assert beside(lambda: sum(numbers))() == 10


def said_alone(code: str) -> str:
    """What Python code prints in a process of its own, which has no threads: those that run tests may have."""
    code = f"import os, signal\nfrom kg.beside import beside\n{code}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@forks
def test_it_is_done_in_another_process() -> None:
    assert said_alone("print(beside(os.getpid)() == os.getpid())") == "False"


def test_a_process_with_threads_is_not_forked() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert beside(os.getpid)() == os.getpid()
    finally:
        over.set()
        thread.join()


def test_what_it_raises_is_raised_here() -> None:
    def fails() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        beside(fails)()


@forks
def test_a_process_that_dies_is_told() -> None:
    code = """
waiting = beside(lambda: os.kill(os.getpid(), signal.SIGKILL))
try:
    waiting()
except ChildProcessError as error:
    print(error)
"""
    assert said_alone(code) == "a process has died, perhaps for lack of memory"
