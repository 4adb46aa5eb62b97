"""What a build is given: files and folders in, the files to read out, each with the name that evidence will carry."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

from kg.graph.folder import FORMAT, GraphError

#: The kinds of files that are looked for in folders; a file given by name is read whatever it is called.
SUFFIXES = (".txt", ".md", ".pdf", ".docx", ".doc", ".html", ".htm", ".shtml", ".zip")
#: What browsers put beside a page that they save.
_PAGE_PARTS = "_files"
#: No file, not even an archive, is as large.
MOST_BYTES = 2_000_000_000
#: Control characters, and those that turn text round.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read.

    ``given`` is true where the user named it rather than a folder that it lies in.  ``sha256`` is the hash of its
    bytes, empty where they cannot be read.  ``member`` is the file's path in the zip archive at ``path``.
    """

    name: str
    path: Path
    given: bool
    sha256: str = ""
    member: str = ""


def find_inputs(paths: Iterable[str | Path]) -> list[Input]:
    """The files that the paths stand for, sorted by name.

    A zip archive stands for the files in it; one that cannot be opened stands for itself, and reading it says why.
    A file's name is its path relative to the path given.  Where two files would get one name, all names begin at the
    folder that the given paths have in common.  GraphError if a path is missing or a folder holds nothing to read.
    """
    given = [Path(path) for path in paths]
    found: dict[Path, Input] = {}
    for path in given:
        if _is_graph(path):
            raise GraphError(f"{path} is a graph, not gazettes; give the files or folders that it was built from.")
        if path.is_dir():
            files = list(_walk(path))
            if not files:
                kinds = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
                raise GraphError(f"{path} holds no gazettes: there is no {kinds} file in it.")
            for file in files:
                found.setdefault(file.resolve(), Input(_name(file.relative_to(path)), file, given=False))
        elif path.is_file():
            found[path.resolve()] = Input(_name(Path(path.name)), path, given=True)
        else:
            raise GraphError(f"{path} does not exist; check the path.")
    inputs = sorted(_distinct(found), key=lambda file: file.name)
    return [member for file in inputs for member in _unpacked(file)]


def _distinct(found: dict[Path, Input]) -> list[Input]:
    inputs = list(found.values())
    if not inputs or max(Counter(file.name for file in inputs).values()) == 1:
        return inputs
    common = Path(os.path.commonpath([path.parent for path in found]))
    named = [Input(_name(path.relative_to(common)), file.path, file.given) for path, file in found.items()]
    # Names that differ only in what cannot be written are told apart by a number
    seen: Counter[str] = Counter()
    for index, file in enumerate(named):
        seen[file.name] += 1
        if seen[file.name] > 1:
            named[index] = replace(file, name=f"{file.name}~{seen[file.name]}")
    return named


def _unpacked(file: Input) -> Iterator[Input]:
    """The files in a zip archive, or the file itself, with the hashes of their bytes."""
    if not _begins_as_zip(file.path):
        yield replace(file, sha256=_sha256(file.path))
        return
    # Texts need none of this
    from kg.read.errors import ReadError
    from kg.read.formats import archive

    try:
        packed = archive.is_archive(file.path)
        members = archive.members(file.path, file.name, lambda name: _is_read(PurePosixPath(name))) if packed else []
    except ReadError:
        members = []
    for member, digest in members:
        yield Input(f"{file.name}/{member}", file.path, given=False, sha256=digest, member=member)
    if not members:
        yield replace(file, sha256=_sha256(file.path))


def _begins_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def _is_read(path: PurePath) -> bool:
    """Whether a file in a folder or archive is one to read, by its name."""
    hidden = any(part.startswith((".", "__MACOSX")) or part.endswith(_PAGE_PARTS) for part in path.parts)
    return not hidden and path.name.lower().endswith(SUFFIXES) and not path.name.startswith("~$")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # Reading will say that it is too large; to look at all of it may take hours
            return hashlib.file_digest(file, "sha256").hexdigest() if path.stat().st_size < MOST_BYTES else ""
    except OSError:
        return ""


def _name(path: Path) -> str:
    """A path as text that can be written anywhere, a terminal too, whatever bytes the file system allowed in it."""
    return _CONTROL.sub("\ufffd", os.fsencode(path.as_posix()).decode("utf-8", "replace"))


def _walk(folder: Path) -> Iterator[Path]:
    """The readable files in a folder, hidden ones and graph folders left out."""
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(name for name in folders if _is_searched(name) and not _is_graph(here / name))
        # A pipe or a device would never end
        yield from (here / name for name in sorted(files) if _is_read(PurePath(name)) and (here / name).is_file())


def _is_searched(folder: str) -> bool:
    return not folder.startswith(".") and not folder.endswith(_PAGE_PARTS)


def _is_graph(folder: Path) -> bool:
    """Whether a folder is a graph: the texts kept in it are not gazettes to read again."""
    try:
        with (folder / "manifest.json").open(encoding="utf-8", errors="replace") as file:
            return FORMAT in file.read(200)
    except OSError:
        return False
