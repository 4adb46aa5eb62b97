"""The notebooks run on the sample from their first cell to the last, and are kept as they ran."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))
#: Kept outputs are looked at in code reviews and on web pages, and are copied with every clone
LARGEST = 300_000


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def test_there_are_five() -> None:
    assert [path.name[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5"]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(sample_graph, tmp_path / "sample.kg")
    monkeypatch.delenv("KG_GRAPH", raising=False)
    notebook = read(path)
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(tmp_path)}}).execute()

    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert "**" in last.outputs[0]["data"]["text/markdown"], "it ends with an answer in words"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_executed_small_and_with_question_and_limits(path: Path) -> None:
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")

    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not any(output.output_type in ("error", "stream") for cell in code for output in cell.outputs)
    assert all(part in words for part in ("**Question.**", "## Answer", "**Limits.**"))
    assert path.stat().st_size < LARGEST
