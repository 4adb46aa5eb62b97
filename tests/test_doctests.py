"""The examples in docstrings say what happens on the sample."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import kg

MODULES = ["kg.library", "kg.show.analysis", "kg.show.charts"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str, sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sample.kg").symlink_to(sample_graph)
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    known = {"graph": kg.open("sample.kg"), "kg": kg}

    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    results = doctest.testmod(module, extraglobs=known, optionflags=flags)
    assert results.attempted, "the module has no example"
    assert not results.failed
