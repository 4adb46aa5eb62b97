"""Zip archives: the files in them, read in memory and never written to disk, within limits.

An archive is told from a Word file, which is one too, by its members.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO

from kg.read.errors import ReadError

#: A year of gazettes with their PDFs; what unpacks to more is given as a folder.
MAX_TOTAL = 500_000_000
MAX_MEMBERS = 5_000
#: Archives in archives: a year's archive of each month's, packed once more to be sent.
DEPTH = 3
#: Text shrinks to a tenth, a bomb to a thousandth.
MAX_RATIO = 200
#: Below this size the ratio says nothing: a page of blanks shrinks well too.
RATIO_FROM = 1_000_000
#: The largest member that is read, in bytes.
MAX_MEMBER = 100_000_000
_OFFICE = ("[Content_Types].xml", "mimetype")
_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1
#: Control characters in names, which a terminal would obey, and those that turn text round.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of documents, by its content."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04" and not _is_office(file)
    except (OSError, zipfile.BadZipFile):
        return False


def members(path: Path, name: str, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """The wanted files in an archive, each with the SHA-256 of its bytes (empty where they cannot be read).

    An archive inside stands for the files in it, down to :data:`DEPTH`; one that is broken, not to be trusted, or
    deeper stands for itself.  ReadError if the archive itself is broken or not to be trusted.
    """
    with _opened(path, name) as archive:
        return _members(archive, name, wanted, DEPTH, [MAX_TOTAL, MAX_MEMBERS])


def _members(
    archive: zipfile.ZipFile, name: str, wanted: Callable[[str], bool], depth: int, budget: list[int]
) -> list[tuple[str, str]]:
    """``budget`` is what all archives together may still unpack to, in bytes and in files."""
    infos = archive.infolist()
    budget[0] -= sum(info.file_size for info in infos)
    budget[1] -= len(infos)
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for info in infos:
        member = member_name(info)
        # Of two members of one name the first is read
        if info.is_dir() or not wanted(member) or member in seen:
            continue
        seen.add(member)
        inner = []
        if member.lower().endswith(".zip") and depth > 1 and min(budget) > 0:
            with suppress(ReadError), _inside(archive, info, f"{name}/{member}") as nested:
                inner = _members(nested, f"{name}/{member}", wanted, depth - 1, budget)
        found += [(f"{member}/{each}", digest) for each, digest in inner] or [(member, _digest(archive, info))]
    return found


@contextmanager
def _inside(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[zipfile.ZipFile]:
    """An archive that is a member of another one.  ReadError if it is none, or damaged, or not to be trusted."""
    data = _bytes(archive, info, name)
    with opened(io.BytesIO(data), name) as nested:
        if any(each.filename in _OFFICE for each in nested.infolist()):
            raise ReadError(f"{name}: this is an office file.")
        yield nested


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    try:
        with archive.open(info) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except Exception:  # each method of packing has errors of its own; reading the member will say what is wrong
        return ""


def read_member(path: Path, member: str, name: str) -> bytes:
    """The bytes of a file in an archive, or in one inside it.  ReadError if it is not there, protected, or damaged."""
    with _opened(path, name) as archive:
        return _read_member(archive, member, name)


def _read_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    for info in archive.infolist():
        inside = member_name(info)
        if inside == member:
            return _bytes(archive, info, name)
        if inside.lower().endswith(".zip") and member.startswith(f"{inside}/"):
            with _inside(archive, info, name) as nested:
                return _read_member(nested, member.removeprefix(f"{inside}/"), name)
    raise ReadError(f"{name}: it is no longer in the archive; build again.")


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(f"{name}: it is protected by a password; unpack the archive and give the folder.")
    try:
        with archive.open(info) as file:
            data = file.read(MAX_MEMBER + 1)
    except Exception as error:  # BadZipFile, zlib.error, LZMAError: each method of packing has errors of its own
        raise ReadError(f"{name}: it is damaged in the archive; get the archive again.") from error
    if len(data) > MAX_MEMBER:
        raise ReadError(f"{name}: it is larger than {MAX_MEMBER // 1_000_000} MB; unpack the archive and split it.")
    return data


def check(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse an archive that unpacks to too much, or whose paths lead out of it.  ReadError says what is wrong."""
    infos = archive.infolist()
    total, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if len(infos) > MAX_MEMBERS:
        raise ReadError(f"{name}: it holds {len(infos)} files (limit {MAX_MEMBERS}); unpack it and give the folder.")
    if total > MAX_TOTAL or (total > RATIO_FROM and total > MAX_RATIO * max(1, packed)):
        raise ReadError(
            f"{name}: it unpacks to {total / 1e6:.0f} MB, which looks like a zip bomb; "
            "if you trust it, unpack it and give the folder."
        )
    for info in infos:
        inside = PurePosixPath(member_name(info))
        if inside.is_absolute() or ".." in inside.parts or ":" in (inside.parts or ("",))[0]:
            raise ReadError(
                f"{name}: a path in it leads out of the archive ({inside}); do not unpack it, get it again."
            )


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's path with “/”; Chinese Windows writes names in GBK and does not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        with suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("gb18030")
    return _CONTROL.sub("\ufffd", name.replace("\\", "/"))


@contextmanager
def opened(file: IO[bytes] | io.BytesIO, name: str) -> Iterator[zipfile.ZipFile]:
    """A zip file, checked.  ReadError if it is damaged or not to be trusted."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ReadError(f"{name}: the archive is damaged or cut off; get it again.") from error
    with archive:
        check(archive, name)
        yield archive


@contextmanager
def _opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file, opened(file, name) as archive:
            yield archive
    except OSError as error:
        raise ReadError(f"{name}: cannot be read ({error.strerror}); check the path and its permissions.") from error


def _is_office(file: IO[bytes]) -> bool:
    with zipfile.ZipFile(file) as archive:
        return any(info.filename in _OFFICE for info in archive.infolist()[:MAX_MEMBERS])
