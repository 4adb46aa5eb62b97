"""A reader run in a process of its own, with an end to its time and memory.

PDF packs streams without a limit, and its programs can loop: only a process can be stopped from outside.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict

from kg.read.errors import ReadError
from kg.read.formats.linear import Linear

#: A gazette of a hundred pages takes seconds.
SECONDS = 300
#: Of address space, in bytes; macOS does not enforce it.
MEMORY = 3_000_000_000


def read_pdf(data: bytes, name: str, seconds: float = SECONDS, memory: int = MEMORY) -> Linear:
    """The linear text of a PDF (:func:`kg.read.formats.pdf.read`).  ReadError also if it takes too long or too much."""
    command = [sys.executable, "-P", "-m", "kg.read.formats.bounded", name, str(int(seconds)), str(memory)]
    # The program that calls may have found the package in a place of its own
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, env=environment, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"{name}: reading the PDF took longer than {seconds:g} s; split it, or print it anew."
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise ReadError(f"{name}: reading the PDF took too much time or memory; split it, or print it anew.") from error
    if "error" in answer:
        raise ReadError(answer["error"])
    boxes = tuple((start, (left, top, right, bottom)) for start, (left, top, right, bottom) in answer["boxes"])
    return Linear(answer["text"], tuple(answer["pages"]), tuple(answer["problems"]), boxes)


def main() -> None:
    """Read a PDF from standard input; write what it gives, or the error, to standard output as JSON."""
    name, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    from kg.read.formats import pdf

    try:
        linear = pdf.read(sys.stdin.buffer.read(), name)
        answer = asdict(linear)
    except ReadError as error:
        answer = {"error": str(error)}
    # Code points that UTF-8 cannot hold (half of a surrogate pair) are no characters
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
