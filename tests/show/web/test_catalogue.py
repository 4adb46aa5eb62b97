"""The catalogue behind the pages: made once for each state of a graph and kept beside its index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.build import build
from kg.graph.folder import Folder
from kg.graph.store import open_graph
from kg.show.web import catalogue_build
from kg.show.web.app import create_app
from kg.show.web.catalogue import Catalogue
from kg.show.web.entries import Filter

GAZETTE = """# 云阳市人民政府公报

云阳市人民政府办公室关于印发云阳市绿化实施方案的通知

云政办〔2031〕1号

现将《云阳市绿化实施方案》印发给你们，请认真组织实施。

云阳市人民政府办公室

2031年3月1日

云阳市绿化实施方案

一、主要任务

（一）推进城区绿化。（牵头单位：市林业局；配合单位：市财政局）
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A small graph of its own."""
    (tmp_path / "2031-1.txt").write_text(GAZETTE, encoding="utf-8")
    build([tmp_path / "2031-1.txt"], tmp_path / "a.kg")
    return tmp_path / "a.kg"


def kept(graph: Path) -> list[Path]:
    """The catalogues that lie in a graph."""
    return sorted((graph / "index").glob("*.sqlite"))


def served(graph: Path) -> list[str]:
    """The labels of the agencies on the pages of a graph."""
    with TestClient(create_app(graph)) as client:
        return [thing["label"] for thing in client.get("/list/agency.json").json()["things"]]


def test_a_second_start_finds_the_catalogue_of_the_first(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = served(graph)
    (made,) = kept(graph)
    monkeypatch.setattr(catalogue_build, "build", None)

    assert "云阳市林业局" in first
    assert served(graph) == first
    assert kept(graph) == [made]


def test_another_state_of_the_graph_has_another_catalogue(graph: Path) -> None:
    served(graph)
    before = kept(graph)
    source = graph.parent / "2031-1.txt"
    build([source], graph)
    assert kept(graph) == before, "a build that changes nothing leaves it"

    source.write_text(GAZETTE.replace("市林业局", "市园林局"), encoding="utf-8")
    build([source], graph)
    assert "云阳市园林局" in served(graph)
    assert len(kept(graph)) == 1
    assert kept(graph) != before


def test_a_graph_that_cannot_be_written_to_is_served_too(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(graph / "index", ignore_errors=True)
    (graph / "index").write_text("", encoding="utf-8")  # whoever is root may write anywhere, but not below a file

    assert "云阳市林业局" in served(graph)


def test_a_catalogue_is_there_whole_or_not_at_all(graph: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("the power went off")

    monkeypatch.setattr(catalogue_build, "_write_terms", fails)
    with pytest.raises(RuntimeError):
        catalogue_build.build(open_graph(graph), tmp_path / "c.sqlite")

    assert not (tmp_path / "c.sqlite").exists()


def test_every_row_of_the_graph_is_in_the_catalogue(sample_graph: Path, tmp_path: Path) -> None:
    catalogue_build.build(open_graph(sample_graph), tmp_path / "c.sqlite")
    catalogue = Catalogue(tmp_path / "c.sqlite")

    for table, count in Folder(sample_graph).read().facts.items():
        assert catalogue.count(Filter(table)) == count
