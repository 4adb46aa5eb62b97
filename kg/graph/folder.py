"""The graph folder: the record of a graph as files.

::

    policy.kg/
        manifest.json       what the graph consists of; a build becomes visible when this file is replaced
        graphs/<hash>.nq    one N-Quads file per named graph
        sources/<hash>.txt  the decoded source texts, which evidence counts its characters in
        index/              an Oxigraph store, the catalogue of the pages: made when wanted, thrown away at will
        lock                held while a build writes

Files are named by their content and never changed, so a reader or a crash sees the old graph or the new one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.graph.nquads import NamedGraph

FORMAT = "policy-kg graph"
#: 2 added the sizes of files, by which a copy that was cut off is known.
FORMAT_VERSION = 2
_MANIFEST = "manifest.json"
_LOCK = "lock"
#: Files brought to disk at the same time.
_SYNCS = 16
_PARTS = ("graphs", "sources", "index")
#: The name of a kept file: a hash of its content.
_KEPT = re.compile(r"[0-9a-f]{32}\.(?:nq|txt)")


class GraphError(Exception):
    """Something is wrong with a graph or a request to it: one sentence for the user."""


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """A named graph: its IRI, the file that holds it, how many statements it has.

    ``size`` is that of the file in bytes; None in a graph of format 1, which did not say.
    """

    iri: str
    file: str
    quads: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A printed document: its number (or title), its graph, and how many facts of each table are in it."""

    reference: str
    title: str | None
    iri: str
    graph: GraphEntry
    facts: dict[str, int]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A source file: the hash of its bytes, the kept text, its graphs, and what reading found wrong.

    ``rulings`` is a hash of what people have decided about its facts, empty where they have not.  ``text_size`` is the
    size of the kept text in bytes; None in a graph of format 1.
    """

    name: str
    sha256: str
    text: str
    gazette: str | None
    graph: GraphEntry
    documents: tuple[DocumentEntry, ...]
    problems: tuple[str, ...] = ()
    rulings: str = ""
    text_size: int | None = None

    @property
    def graphs(self) -> Iterator[GraphEntry]:
        """The graph about the file and those of its documents."""
        yield self.graph
        yield from (document.graph for document in self.documents)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why."""

    name: str
    sha256: str
    message: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph consists of.

    ``fingerprint`` stands for program, lexicons and ontology: a file is read again when it changes.  ``built`` is the
    moment of the build (ISO 8601, UTC), the only clock in the folder.  ``rulings`` is a hash of all that people have
    decided, empty where they have not.
    """

    program: str
    fingerprint: str
    ontology_version: str
    base: str
    built: str
    files: tuple[FileEntry, ...] = ()
    unread: tuple[Unread, ...] = ()
    shared: tuple[GraphEntry, ...] = ()
    rulings: str = ""

    @property
    def graphs(self) -> Iterator[GraphEntry]:
        """All named graphs: of files, of documents, and those that all share."""
        for file in self.files:
            yield from file.graphs
        yield from self.shared

    @property
    def quads(self) -> int:
        """The number of statements."""
        return sum(graph.quads for graph in self.graphs)

    @property
    def facts(self) -> dict[str, int]:
        """The number of facts by table."""
        counts: dict[str, int] = {}
        for file in self.files:
            for document in file.documents:
                for table, count in document.facts.items():
                    counts[table] = counts.get(table, 0) + count
        return counts

    @property
    def content(self) -> str:
        """A hash of what the graph says: the same for the same statements, whenever they were built."""
        names = sorted(graph.file for graph in self.graphs)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]

    def to_json(self) -> str:
        """The manifest as it is written."""
        counts = {"files": len(self.files), "quads": self.quads, "facts": self.facts}
        head = {"format": FORMAT, "format_version": FORMAT_VERSION, "counts": counts}
        return json.dumps(head | asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, where: Path) -> Manifest:
        """Read a manifest; GraphError if it is damaged, another program's, or of a newer format.

        Format 1 is read as it is: it lacks the sizes of files, so that the next build makes all of them again.
        """
        try:
            data = json.loads(text)
        except ValueError as error:
            raise GraphError(f"{where} is damaged ({error}); build the graph again into a new folder.") from error
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise GraphError(f"{where.parent} belongs to another program; choose another folder for the graph.")
        if data.get("format_version") not in (1, FORMAT_VERSION):
            raise GraphError(
                f"{where.parent} has graph format {data.get('format_version')}, this program knows formats up to "
                f"{FORMAT_VERSION}; use the program that made it, or build into a new folder."
            )
        try:
            manifest = _manifest(data)
            # A folder may come from anywhere: what it names must lie in it
            names = [*(graph.file for graph in manifest.graphs), *(file.text for file in manifest.files)]
            if not all(_KEPT.fullmatch(name) for name in names):
                raise ValueError("a file's name is none that a build gives")
            return manifest
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise GraphError(f"{where} is damaged ({error!r}); build the graph again into a new folder.") from error


def _manifest(data: dict[str, Any]) -> Manifest:
    return Manifest(
        **{name: data[name] for name in ("program", "fingerprint", "ontology_version", "base", "built")},
        files=tuple(_file(entry) for entry in data["files"]),
        unread=tuple(Unread(**entry) for entry in data["unread"]),
        shared=tuple(GraphEntry(**entry) for entry in data["shared"]),
        rulings=data.get("rulings", ""),
    )


def _file(entry: dict[str, Any]) -> FileEntry:
    documents = (DocumentEntry(**(doc | {"graph": GraphEntry(**doc["graph"])})) for doc in entry["documents"])
    parts = {"graph": GraphEntry(**entry["graph"]), "documents": tuple(documents), "problems": tuple(entry["problems"])}
    return FileEntry(**(entry | parts))


@dataclass(frozen=True, slots=True)
class Folder:
    """A graph folder on disk."""

    path: Path
    #: Files written and not yet brought to disk
    _unsynced: set[Path] = field(default_factory=set, repr=False, compare=False)

    def read(self) -> Manifest:
        """The manifest.  GraphError if there is no graph here, or one that this program cannot read."""
        where = self.path / _MANIFEST
        try:
            return Manifest.from_json(where.read_text(encoding="utf-8"), where)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise GraphError(f"{self.path} is not a graph; make one with: kg build PATH --graph {self.path}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{where} cannot be read ({error}); check its permissions.") from error

    def graph_path(self, entry: GraphEntry) -> Path:
        """Where a named graph is kept."""
        return self.path / "graphs" / entry.file

    def text(self, entry: FileEntry) -> str:
        """The decoded text of a source file, line ends untouched."""
        try:
            content = (self.path / "sources" / entry.text).read_bytes()
        except OSError as error:
            raise GraphError(f"{self.path} lacks the text of {entry.name}; build the graph again.") from error
        if entry.text_size not in (None, len(content)):
            raise GraphError(f"{self.path} holds the text of {entry.name} in part only; build the graph again.")
        return content.decode()

    def content(self, entry: GraphEntry) -> bytes:
        """The N-Quads of a named graph.  GraphError if a copy has lost a part of them."""
        content = self.graph_path(entry).read_bytes()
        if entry.size not in (None, len(content)):
            raise GraphError(
                f"{self.path} is not whole: of graphs/{entry.file} {len(content):,} of {entry.size:,} bytes are there; "
                "copy the folder again, or build the graph again."
            )
        return content

    def is_whole(self, entry: FileEntry) -> bool:
        """Whether all files of an entry are there in full length (a copy of a folder may have been interrupted)."""
        return _has_size(self.path / "sources" / entry.text, entry.text_size) and self.has(entry.graphs)

    def has(self, graphs: Iterable[GraphEntry]) -> bool:
        """Whether the files of these graphs are there in full length."""
        return all(_has_size(self.graph_path(graph), graph.size) for graph in graphs)

    @contextlib.contextmanager
    def writing(self, empty: Manifest) -> Iterator[Manifest]:
        """Hold the folder for one build; gives the manifest of the graph that is there.

        A new folder begins as the graph ``empty``, so that there is a graph to open from then on.  The lock goes with
        the process that holds it, even if that is killed.  When the build fails, all that it has written goes.
        GraphError if another build holds the lock, or if the folder holds something else than a graph.
        """
        is_new = self._make()
        with (self.path / _LOCK).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise GraphError(f"another build is writing to {self.path}; wait until it has ended.") from error
            if is_new:
                self.commit(empty)
            old = self.read()
            # What a killed build has left may not have reached the disk: nothing of it is taken over
            self.clean(old)
            try:
                yield old
            except BaseException:
                if is_new:
                    shutil.rmtree(self.path)
                else:
                    self.clean(self.read())
                raise

    def _make(self) -> bool:
        """Make the folder unless there is a graph; whether there was none."""
        if self.path.exists() and not self.path.is_dir():
            raise GraphError(f"{self.path} is a file, not a graph folder; choose another name.")
        is_new = not (self.path / _MANIFEST).exists()
        if is_new and self.path.is_dir() and not self._is_our_own():
            raise GraphError(f"{self.path} is a folder with other things in it, not a graph; choose another folder.")
        try:
            for part in ("graphs", "sources"):
                (self.path / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GraphError(f"{self.path} cannot be written ({error.strerror}); choose another folder.") from error
        return is_new

    def _is_our_own(self) -> bool:
        """Whether a folder without a manifest is empty or what a build left that was killed in its first moment."""
        names = {entry.name for entry in self.path.iterdir() if not entry.name.startswith(f".{_MANIFEST}.")}
        return names <= {_LOCK, *_PARTS}

    def keep(self, graph: NamedGraph) -> GraphEntry:
        """Keep a named graph."""
        name = self._put("graphs", graph.content, ".nq")
        return GraphEntry(graph.iri, name, graph.quads, len(graph.content))

    def keep_text(self, text: str) -> str:
        """Keep a decoded source text; gives the file's name."""
        return self._put("sources", text.encode(), ".txt")

    def _put(self, part: str, content: bytes, suffix: str) -> str:
        name = hashlib.sha256(content).hexdigest()[:32] + suffix
        path = self.path / part / name
        if not _has_size(path, len(content)):
            _write(path, content)
            self._unsynced.add(path)
        return name

    def commit(self, manifest: Manifest) -> None:
        """Make a build visible: all its files are on disk, now the new manifest takes the old one's place."""
        # Together: a disk takes many files in one go, and one after another each waits for the disk
        with ThreadPoolExecutor(_SYNCS) as pool:
            list(pool.map(_sync, self._unsynced))
        self._unsynced.clear()
        for part in ("graphs", "sources"):
            _sync(self.path / part)
        _write(self.path / _MANIFEST, manifest.to_json().encode(), sync=True)
        _sync(self.path)

    def clean(self, manifest: Manifest) -> None:
        """Remove what the manifest does not name: files of earlier graphs and of builds that were killed."""
        wanted = {graph.file for graph in manifest.graphs} | {file.text for file in manifest.files} | {manifest.content}
        for path in self._leftovers():
            # What was made of this state of the graph has its name in front
            if path.name not in wanted and not path.name.startswith(f"{manifest.content}."):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _leftovers(self) -> Iterable[Path]:
        for part in _PARTS:
            if (self.path / part).is_dir():
                yield from list((self.path / part).iterdir())
        yield from self.path.glob(f".{_MANIFEST}.*")


def _has_size(path: Path, size: int | None) -> bool:
    """Whether a file is there and has this size; a file of unknown size is not taken for whole."""
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _write(path: Path, content: bytes, *, sync: bool = False) -> None:
    """Write a file so that others see it whole or not at all; with ``sync``, also after a crash of the machine."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(content)
    if sync:
        _sync(temporary)
    temporary.replace(path)


def _sync(path: Path) -> None:
    """Bring a file to disk, or a folder's list of files: renaming is only durable then."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
