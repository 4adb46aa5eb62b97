"""What `import kg` offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_every_name_can_be_imported(name: str) -> None:
    assert callable(getattr(kg, name))


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="colour"):
        kg.colour  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, kg; print(sorted({'spacy', 'numpy', 'pyoxigraph', 'networkx', 'rdflib'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout == "[]\n"


def test_the_way_through(sample: Path, tmp_path: Path) -> None:
    issue = kg.read_file(sample / "single.txt")
    facts = [fact for document in issue.documents for fact in kg.resolve_facts(kg.extract_facts(document))]
    assert facts

    kg.build_graph([sample / "single.txt"], tmp_path / "policy.kg")
    graph = kg.open_graph(tmp_path / "policy.kg")
    assert {row["rule"] for row in kg.fact_rows(graph, "assignments")} <= {fact.rule for fact in facts}
