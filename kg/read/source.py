"""Bytes → decoded source text.  Offsets into this text are what all evidence refers to, so nothing else is changed."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from kg.read.errors import ReadError
from kg.read.model import Source

#: No gazette comes near this size as text (a thick issue has 0.5 MB); what is larger is something else.
MAX_BYTES = 20_000_000
#: PDF and Word files hold pictures too.
MAX_DOCUMENT_BYTES = 200_000_000
#: A text may hold a stray control character or two, a binary file is full of them.
MAX_CONTROL_SHARE = 0.01

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_source(path: Path, name: str | None = None, member: str = "") -> Source:
    """The source at a path, or of a member of the zip archive there.

    ``name`` is the path to show and to keep in evidence.  ReadError says what is wrong.
    """
    name = name or path.name
    if member:
        from kg.read.formats import archive

        return from_bytes(archive.read_member(path, member, name), name)
    try:
        _check_size(path.stat().st_size, MAX_DOCUMENT_BYTES, name)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror}); check the path and its permissions.") from error
    return from_bytes(data, name)


def from_bytes(data: bytes, name: str) -> Source:
    """The source that a file's bytes hold, in whatever format they are.  ReadError says what is wrong."""
    from kg.read import formats

    kind = formats.sniff(data, name)
    if kind not in ("pdf", "docx", "doc"):
        _check_size(len(data), MAX_BYTES, name)
    if kind is None:
        return decode(data, name)
    linear = formats.linear(data, name, kind)
    # Half of a surrogate pair, as broken fonts give, cannot be kept as UTF-8
    text = _SURROGATE.sub("\ufffd", linear.text)
    return Source(name, text, hashlib.sha256(data).hexdigest(), kind, linear.pages, linear.problems, linear.boxes)


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise ReadError(
            f"{name}: {size / 1e6:.0f} MB is larger than any gazette (limit {limit / 1e6:.0f} MB); "
            "split it into one file per issue."
        )


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
        f"{name}: this is not a text file in UTF-8 or GB18030, nor PDF, Word or HTML; convert it to one of these."
    )
