"""Zip archives: the files in them, read in memory and never written to disk, within limits.

An archive is told from a Word file, which is one too, by its members.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO

from kg.read.errors import ReadError

#: A year of gazettes with their PDFs; what unpacks to more is given as a folder.
MAX_TOTAL = 500_000_000
MAX_MEMBERS = 5_000
#: Text shrinks to a tenth, a bomb to a thousandth.
MAX_RATIO = 200
#: Below this size the ratio says nothing: a page of blanks shrinks well too.
RATIO_FROM = 1_000_000
#: The largest member that is read, in bytes.
MAX_MEMBER = 100_000_000
_OFFICE = ("[Content_Types].xml", "mimetype")
_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of documents, by its content."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04" and not _is_office(file)
    except (OSError, zipfile.BadZipFile):
        return False


def members(path: Path, name: str, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """The wanted files in an archive, each with the SHA-256 of its bytes (empty where they cannot be read).

    ReadError if the archive is broken or not to be trusted.
    """
    found = []
    with _opened(path, name) as archive:
        for info in archive.infolist():
            if not info.is_dir() and wanted(member_name(info)):
                found.append((member_name(info), _digest(archive, info)))
    return found


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    try:
        with archive.open(info) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except Exception:  # each method of packing has errors of its own; reading the member will say what is wrong
        return ""


def read_member(path: Path, member: str, name: str) -> bytes:
    """The bytes of a file in an archive.  ReadError if it is not there, protected, damaged, or an archive itself."""
    with _opened(path, name) as archive:
        info = next((info for info in archive.infolist() if member_name(info) == member), None)
        if info is None:
            raise ReadError(f"{name}: it is no longer in the archive; build again.")
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
    return name.replace("\\", "/")


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
