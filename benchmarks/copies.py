"""A graph of as many statements as wanted: copies of a small one with other names of places, made in minutes.

What a copy says is what a build of gazettes with these names would say, but for the hashes in names of facts and for
links between the copies, of which there are none.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks import gazettes
from kg.build import build
from kg.graph.folder import Folder, Manifest
from kg.graph.nquads import NamedGraph

#: Gazettes of the graph that is copied.
_GAZETTES = 2


def write(quads: int, folder: Path) -> Path:
    """A graph folder with about so many statements, made in the folder if it is not there."""
    target = folder / f"copies-{quads}.kg"
    if target.exists():
        return target
    gazettes.write(_GAZETTES, folder / "original")
    build([folder / "original"], folder / "original.kg")
    original = Folder(folder / "original.kg")
    manifest = original.read()
    graphs = [(entry, original.content(entry).decode()) for entry in manifest.graphs]
    copy = Folder(target)
    with copy.writing(replace(manifest, files=(), unread=(), shared=())) as empty:
        kept = []
        for number in range(max(round(quads / manifest.quads), 1)):
            names = _renaming(number, manifest)
            for entry, text in graphs:
                for old, new in names:
                    text = text.replace(old, new)
                iri = text.rpartition(" <")[2].partition(">")[0]
                kept.append(copy.keep(NamedGraph(iri, text.encode(), entry.quads)))
        # What all copies have in common (the ontology) is one graph
        copy.commit(replace(empty, shared=tuple({entry.iri: entry for entry in kept}.values())))
    return target


def _renaming(number: int, manifest: Manifest) -> list[tuple[str, str]]:
    """What is written in a copy for the names of the original's city, province, river, files and derived graphs."""
    old, new = gazettes.names(0), gazettes.names(number * len(gazettes.ISSUES))
    pairs = [(old[key], new[key]) for key in old]
    pairs += [(f"/source/{file.sha256[:16]}", f"/source/{file.sha256[:8]}{number:08}") for file in manifest.files]
    pairs += [(f"/graph/{name}", f"/graph/{number}/{name}") for name in ("links", "totals", "build")]
    return pairs
