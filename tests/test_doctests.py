"""The examples in docstrings say what happens on the sample."""

from __future__ import annotations

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

import kg

SHOWING = ("analysis", "charts", "fonts", "layout", "network", "projections", "views")
MODULES = ["kg", "kg.library", *(f"kg.show.{name}" for name in SHOWING)]


@pytest.mark.parametrize("name", ["library", "show.analysis", "show.charts", "show.projections", "show.views"])
def test_everything_for_analysts_has_an_example(name: str) -> None:
    module = importlib.import_module(f"kg.{name}")
    own = [value for value in vars(module).values() if getattr(value, "__module__", None) == module.__name__]
    functions = [value for value in own if inspect.isfunction(value)]
    functions += [method for value in own if value is kg.library.Graph for method in vars(value).values()]
    missing = [
        function.__qualname__
        for function in functions
        if inspect.isfunction(function) and function.__name__[0] != "_" and ">>>" not in (function.__doc__ or "")
    ]

    assert functions
    assert missing == []


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
