"""Graphs from invented facts, without reading or extracting anything: fast, and exactly what a test says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg import build as corridor
from kg.facts import Fact
from kg.graph import derived
from kg.graph.dataset import void_graph
from kg.graph.folder import DocumentEntry, FileEntry, Folder, Manifest
from kg.graph.linking import link_graphs
from kg.graph.naming import Naming
from kg.graph.rdf import DocumentGraph, GazetteIssue, SourceFile, document_graph, file_graph
from kg.graph.vocabulary import DEFAULT_BASE
from kg.resolve.decisions import Rulings
from tests import invented

NAMING = Naming(DEFAULT_BASE)
ISSUE = GazetteIssue("2030-1", "澜州市人民政府公报", 77, "2030-01-31")


def source(name: str = invented.FILE, text: str = invented.TEXT) -> SourceFile:
    """The description of an invented source file."""
    return SourceFile(name, hashlib.sha256(text.encode()).hexdigest(), "utf-8", len(text))


def graph_of(
    facts: Sequence[Fact], reference: str = invented.NUMBER, name: str = invented.FILE, text: str = invented.TEXT
) -> DocumentGraph:
    """The document graph of some facts."""
    return document_graph(NAMING, source(name, text), ISSUE, reference, list(facts))


def write_graph(
    path: Path, *facts_by_file: Sequence[Fact], text: str = invented.TEXT, rulings: Rulings | None = None
) -> Path:
    """A graph folder with one document for each sequence of facts, the n-th in a file of its own.

    Links across documents are made where ``rulings`` are given, empty ones too.
    """
    folder = Folder(path)
    files = []
    empty = Manifest(corridor.PROGRAM, "0", derived.ontology_version(), DEFAULT_BASE, "2030-02-01T00:00:00+00:00")
    with folder.writing(empty):
        for index, facts in enumerate(facts_by_file):
            name = invented.FILE if not index else f"{index + 1}-{invented.FILE}"
            # no two files of a graph have the same bytes
            own = text + "\n" * index
            file = source(name, own)
            document = graph_of(facts, facts[0].doc, name, own)
            entry = DocumentEntry(
                document.reference, document.title, document.iri, folder.keep(document.graph), document.facts
            )
            about = folder.keep(file_graph(NAMING, file, ISSUE, ["第3页缺失"]))
            files.append(FileEntry(name, file.sha256, folder.keep_text(own), "2030-1", about, (entry,)))
        graphs = (
            derived.ontology_graph(),
            derived.build_graph(NAMING, empty, "0.0"),
            derived.totals_graph(NAMING, folder, files),
            *(link_graphs(NAMING, folder, files, rulings) if rulings else ()),
        )
        of_files = (folder.content(entry) for file in files for entry in file.graphs)
        dataset = void_graph(NAMING, [*of_files, *(graph.content for graph in graphs[1:])])
        shared = tuple(folder.keep(graph) for graph in (*graphs, dataset))
        folder.commit(replace(empty, files=tuple(files), shared=shared))
    return path


def rewrite_graph(path: Path, name: str, edit: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of the named graph whose IRI ends so, as a hand would that wants it to be taken for whole."""
    folder = Folder(path)
    entry = next(graph for graph in folder.read().graphs if graph.iri.endswith(name))
    file = folder.graph_path(entry)
    file.write_text("".join(edit(file.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")
    manifest = path / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    sized = re.compile(rf'("file": "{re.escape(entry.file)}",\s+"quads": \d+,\s+"size": )\d+')
    manifest.write_text(sized.sub(rf"\g<1>{file.stat().st_size}", text), encoding="utf-8")
