"""The corridor: files in, graph out.

``build`` makes a graph equal to exactly the files given.  Files that have not changed since the last build are not read
again (and then nothing heavy is imported); the others go through read → extract → resolve → RDF, one file per process.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.beside import beside
from kg.graph import derived
from kg.graph.dataset import void_graph
from kg.graph.folder import (
    DocumentEntry,
    FileEntry,
    Folder,
    GraphError,
    Manifest,
    Unread,
)
from kg.graph.naming import Naming, is_iri
from kg.graph.nquads import NamedGraph
from kg.graph.rdf import DocumentGraph, GazetteIssue, SourceFile, document_graph, file_graph
from kg.graph.vocabulary import DEFAULT_BASE, ontology_folder
from kg.inputs import Input, find_inputs
from kg.timing import TookTooLong, time_limit

if TYPE_CHECKING:
    from kg.resolve.decisions import Rulings

PROGRAM = "policy-kg"
#: For one file, the time of a PDF's own process included: a thick gazette takes a few seconds.
FILE_SECONDS = 600.0
#: What decides what a file's graph says: these parts of the package, in code and in lexicons.
_DECIDING = ("facts.py", "data/*.*", "read/**/*.py", "extract/**/*.py", "resolve/**/*.py", "graph/*.py")


class BuildError(GraphError):
    """A build that cannot be done; the graph is as it was."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, or was left out, and why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: ``done`` of ``total`` files to read, the last one being ``file``."""

    done: int
    total: int
    file: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, and what the graph holds after it."""

    graph: Path
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[Problem, ...]
    documents: int
    facts: dict[str, int]
    quads: int
    seconds: float

    @property
    def is_new(self) -> bool:
        """Whether the graph changed."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gives: its text, its graphs, and what reading found wrong."""

    name: str
    sha256: str
    text: str
    gazette: str | None
    graph: NamedGraph
    documents: tuple[DocumentGraph, ...]
    problems: tuple[str, ...]


def build(
    paths: Iterable[str | Path],
    graph: str | Path,
    *,
    workers: int = 1,
    dask: str | None = None,
    base: str = DEFAULT_BASE,
    decisions: str | Path | None = None,
    authority: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Make a graph equal to exactly the files given.

    Args:
        paths: files, and folders to look for files in.
        graph: the graph folder, made if it is not there.
        workers: processes to read files with.
        dask: the address of a Dask cluster's scheduler, to read files there instead (:mod:`kg.cluster`).
        base: what the data's IRIs begin with.
        decisions: a CSV file of what people have decided about facts and links (:mod:`kg.resolve.decisions`).
        authority: a CSV file of official agency names, their short forms and codes.
        progress: called after each file that was read.

    Raises GraphError, as one sentence, where a path is missing or a file given by name cannot be read, or where no file
    at all can be read, or where the folder is not a graph or busy; the graph is then as it was.  A bad file inside a
    folder is left out and named in the report.
    """
    started = time.perf_counter()
    inputs, problems = _without_copies(find_inputs(paths))
    if not inputs:
        raise BuildError("there is nothing to build from; give files or folders.")
    if not is_iri(base) or not base.endswith(("/", "#")):
        raise BuildError(f"{base} cannot begin IRIs; give an address like https://data.example/ that ends with / or #.")
    folder = Folder(Path(graph))
    rulings = _rulings(decisions, authority)
    empty = Manifest(PROGRAM, fingerprint(), derived.ontology_version(), base, _now())
    empty = replace(empty, rulings=rulings.digest) if rulings else empty
    try:
        with folder.writing(empty) as old:
            new = _Build(folder, old, empty, workers, dask, rulings, progress).run(inputs)
            if new != replace(old, built=new.built):
                folder.commit(new)
            # Even if nothing was new: a build that was killed may have left files behind
            folder.clean(new)
    except OSError as error:
        raise BuildError(f"{graph} cannot be written ({error.strerror}); the graph is as it was.") from error
    return _report(folder.path, old, new, problems, time.perf_counter() - started)


def _rulings(decisions: str | Path | None, authority: str | Path | None) -> Rulings | None:
    """What people have decided; None, and nothing heavy imported, where no file is given."""
    if not decisions and not authority:
        return None
    from kg.resolve.decisions import DecisionError, read_rulings

    try:
        return read_rulings(Path(decisions) if decisions else None, Path(authority) if authority else None)
    except DecisionError as error:
        raise BuildError(str(error)) from error


def fingerprint() -> str:
    """A hash over the program's deciding parts, its lexicons and the ontology: they make the graph what it is."""
    package = Path(kg.__file__).parent
    files = sorted({path for pattern in _DECIDING for path in package.glob(pattern)})
    total = hashlib.sha256(kg.__version__.encode())
    for path in [*files, ontology_folder() / "policy.ttl"]:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


class _Build:
    """One build: decides what has to be read, has it read, and puts the manifest together."""

    def __init__(
        self,
        folder: Folder,
        old: Manifest,
        empty: Manifest,
        workers: int,
        dask: str | None,
        rulings: Rulings | None,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.folder, self.old, self.empty, self.rulings = folder, old, empty, rulings
        self.workers, self.dask = workers, dask
        self.progress = progress or (lambda _: None)
        same = (old.program, old.fingerprint, old.base) == (empty.program, empty.fingerprint, empty.base)
        whole = [file for file in old.files if folder.is_whole(file)]
        self.known: dict[str, FileEntry | Unread] = {}
        if same:
            self.known |= {file.name: file for file in whole} | {file.name: file for file in old.unread}

    def run(self, inputs: list[Input]) -> Manifest:
        """The manifest of the new graph, all its files written."""
        entries: dict[str, FileEntry | Unread] = {}
        to_read: list[Input] = []
        for source in inputs:
            known = self.known.get(source.name)
            if known and known.sha256 == source.sha256 and self._stands(known, source):
                entries[source.name] = known
            else:
                to_read.append(source)
        for done, (source, result) in enumerate(self._read_all(to_read), start=1):
            if isinstance(result, Unread) and source.given:
                raise BuildError(result.message)
            entries[source.name] = self._keep(result)
            self.progress(Progress(done, len(to_read), source.name))
        files = tuple(entry for _, entry in sorted(entries.items()) if isinstance(entry, FileEntry))
        unread = tuple(entry for _, entry in sorted(entries.items()) if isinstance(entry, Unread))
        if not files:
            others = f" (and {len(unread) - 1} more files)" if len(unread) > 1 else ""
            raise BuildError(f"nothing can be read{others}: {unread[0].message}")
        return self._with_shared(replace(self.empty, files=files, unread=unread))

    def _stands(self, known: FileEntry | Unread, source: Input) -> bool:
        """Whether what was made of an unchanged file need not be made again."""
        if isinstance(known, Unread):
            return not source.given
        return known.rulings == self._concerning(known.documents)

    def _concerning(self, documents: Iterable[DocumentEntry]) -> str:
        """A hash of what people have decided about the facts of a file."""
        return self.rulings.digest_for(document.iri for document in documents) if self.rulings else ""

    def _read_all(self, inputs: list[Input]) -> Iterator[tuple[Input, Reading | Unread]]:
        base = self.empty.base
        if self.dask and inputs:
            from kg.cluster import read_all

            yield from read_all(inputs, self.dask, partial(read, base=base, rulings=self.rulings), fingerprint)
            return
        if self.workers == 1 or len(inputs) < 2:
            yield from ((source, read(source, base, self.rulings)) for source in inputs)
            return
        # Fresh processes: forking one that has threads or a store open is unsafe
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(self.workers, len(inputs)), mp_context=context) as pool:
            futures = {pool.submit(read, source, base, self.rulings): source for source in inputs}
            try:
                for future in as_completed(futures):
                    yield futures.pop(future), future.result()
            except BrokenProcessPool as error:
                raise BuildError("a worker process has died, perhaps for lack of memory; use fewer workers.") from error
            finally:
                pool.shutdown(cancel_futures=True)

    def _keep(self, result: Reading | Unread) -> FileEntry | Unread:
        if isinstance(result, Unread):
            return result
        entry = FileEntry(
            name=result.name,
            sha256=result.sha256,
            text=self.folder.keep_text(result.text),
            gazette=result.gazette,
            graph=self.folder.keep(result.graph),
            documents=tuple(
                DocumentEntry(doc.reference, doc.title, doc.iri, self.folder.keep(doc.graph), doc.facts)
                for doc in result.documents
            ),
            problems=result.problems,
            text_size=len(result.text.encode()),
        )
        return replace(entry, rulings=self._concerning(entry.documents))

    def _with_shared(self, manifest: Manifest) -> Manifest:
        """The manifest with the graphs that look across documents; those of the last build where nothing changed."""
        before = replace(self.old, built=manifest.built)
        if replace(manifest, shared=before.shared) == before and self.folder.has(before.shared):
            return before
        # Links need the lexicons of resolving, which an unchanged build does without
        from kg.graph.linking import link_graphs

        naming = Naming(manifest.base)
        count = partial(derived.totals_graph, naming, self.folder, manifest.files)
        totals = beside(count) if self.workers > 1 else count
        links = link_graphs(naming, self.folder, manifest.files, self.rulings, self.workers)
        graphs = (
            derived.ontology_graph(),
            derived.build_graph(naming, manifest, kg.__version__),
            totals(),
            *links,
        )
        # The ontology, which comes first, is a vocabulary and no data
        of_files = (self.folder.content(entry) for file in manifest.files for entry in file.graphs)
        dataset = void_graph(naming, chain(of_files, (graph.content for graph in graphs[1:])))
        return replace(manifest, shared=tuple(self.folder.keep(graph) for graph in (*graphs, dataset)))


def read(source: Input, base: str, rulings: Rulings | None = None) -> Reading | Unread:
    """Take one file through all rooms; may run in a process of its own.  What is wrong with it comes back in words.

    Raises BuildError for a decision that does not fit the fact that it is about.
    """
    from kg.read import ReadError
    from kg.resolve.decisions import DecisionError

    try:
        with time_limit(FILE_SECONDS):
            return _read(source, Naming(base), rulings)
    except ImportError:
        raise
    except TookTooLong:
        message = f"{source.name}: it took longer than {FILE_SECONDS:g} s; split it into one file per issue."
    except DecisionError as error:
        raise BuildError(str(error)) from error
    except ReadError as error:
        message = str(error)
    except OSError as error:
        message = f"{source.name}: cannot be read ({error.strerror})."
    except Exception as error:
        # One strange file must not cost the user all others; the message carries what a bug report needs
        message = f"{source.name}: the program failed on it ({error!r}); please report this."
    return Unread(source.name, source.sha256, message)


def _read(source: Input, naming: Naming, rulings: Rulings | None) -> Reading | Unread:
    from kg.extract import extract
    from kg.read import read_file
    from kg.resolve import resolve
    from kg.resolve.decisions import Rulings

    rules = rulings or Rulings()

    issue = read_file(source.path, source.name, source.member)
    if not issue.documents:
        return Unread(source.name, source.sha256, f"{source.name}: no gazette and no document was recognised in it.")
    file = SourceFile(source.name, issue.source.sha256, issue.source.encoding, len(issue.source.text))
    gazette = GazetteIssue(issue.gazette, issue.title, issue.running_number, issue.date) if issue.gazette else None
    documents: list[DocumentGraph] = []
    for printed in issue.documents:
        facts = sorted(rules.named(resolve(extract(printed))), key=lambda fact: fact.doc)
        for reference, group in groupby(facts, key=lambda fact: fact.doc):
            copy = 1 + sum(document.reference == reference for document in documents)
            documents.append(document_graph(naming, file, gazette, reference, list(group), copy, rules.decided))
    return Reading(
        name=source.name,
        sha256=file.sha256,
        text=issue.source.text,
        gazette=issue.gazette,
        graph=file_graph(naming, file, gazette, issue.problems),
        documents=tuple(documents),
        problems=issue.problems,
    )


def _without_copies(inputs: list[Input]) -> tuple[list[Input], list[Problem]]:
    """The inputs without those whose bytes an earlier one has: a copy would count every fact twice."""
    first: dict[str, Input] = {}
    problems = []
    for source in inputs:
        # A file that cannot be read has no hash; reading it will say what is wrong
        original = first.setdefault(source.sha256 or source.name, source)
        if original is not source:
            problems.append(Problem(source.name, f"{source.name}: a copy of {original.name}, left out."))
    return list(first.values()), problems


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _report(graph: Path, old: Manifest, new: Manifest, problems: list[Problem], seconds: float) -> Report:
    before = {file.name: file for file in old.files}
    after = {file.name: file for file in new.files}
    same = {name for name in before if name in after and before[name] == after[name]}
    unread = [Problem(file.name, file.message) for file in new.unread]
    return Report(
        graph=graph,
        added=tuple(name for name in after if name not in before),
        changed=tuple(name for name in after if name in before and name not in same),
        removed=tuple(name for name in before if name not in after),
        unchanged=tuple(sorted(same)),
        problems=tuple(sorted([*unread, *problems], key=lambda problem: problem.file)),
        documents=sum(len(file.documents) for file in new.files),
        facts=new.facts,
        quads=new.quads,
        seconds=seconds,
    )
