"""Bytes → decoded source text.  Offsets into this text are what all evidence refers to, so nothing else is changed."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from kg.read.model import Source

#: No gazette comes near this size (a thick issue has 0.5 MB); what is larger is something else.
MAX_BYTES = 20_000_000
#: A text may hold a stray control character or two, a binary file is full of them.
MAX_CONTROL_SHARE = 0.01

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class ReadError(Exception):
    """A file that cannot be read as a gazette or document: one sentence for the user, naming the file and the mend."""


def read_source(path: Path, name: str | None = None) -> Source:
    """The source at a path; ``name`` is the path to show and to keep in evidence.  ReadError says what is wrong."""
    name = name or path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ReadError(
                f"{name}: {size / 1e6:.0f} MB is larger than any gazette (limit {MAX_BYTES / 1e6:.0f} MB); "
                "split it into one file per issue."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror}); check the path and its permissions.") from error
    return decode(data, name)


def decode(data: bytes, name: str) -> Source:
    """Decode a file's bytes as UTF-8 or UTF-16 with a byte order mark, plain UTF-8, or GB18030, in this order."""
    digest = hashlib.sha256(data).hexdigest()
    candidates = ["utf-8", "gb18030"]
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            candidates, data = [encoding], data[len(mark) :]
            break
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise ReadError(f"{name}: the file is empty; leave it out or save it again from its origin.")
        if len(_CONTROL.findall(text)) > max(3, MAX_CONTROL_SHARE * len(text)):
            break
        return Source(name, text, digest, encoding)
    raise ReadError(
        f"{name}: this is not a text file in UTF-8 or GB18030; convert it to text (a PDF or Word file: “save as text”)."
    )
