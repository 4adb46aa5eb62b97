"""The record of what was published comes back as it was, and none of its literals grows with the graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.graph.folder import Folder
from kg.remote.record import Record
from tests import invented
from tests.fakes import write_graph


def test_the_record_of_a_large_graph(tmp_path: Path) -> None:
    manifest = Folder(write_graph(tmp_path / "g.kg", invented.FACTS)).read()
    entry = next(iter(manifest.graphs))
    shared = tuple(replace(entry, iri=f"{entry.iri}/{number}") for number in range(1000))
    record = Record(replace(manifest, shared=shared), tuple(each.iri for each in shared))

    content = record.to_ntriples()
    literals = [triple.object for triple in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)]

    assert Record.from_ntriples(content, "here") == record
    assert max(len(each.value) for each in literals if isinstance(each, ox.Literal)) < 10_000
