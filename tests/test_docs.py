"""The documents say what the program does: commands, columns, figures, examples, links."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kg.cli import main
from kg.facts import TABLES
from scripts.accuracy import read_floors
from scripts.readme import READMES, accuracy_table, example, filled

DOCUMENTS = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs"]


def pages(repository: Path) -> list[Path]:
    """All documents of the repository."""
    found = [repository / name for name in DOCUMENTS]
    return [page for path in found for page in (sorted(path.glob("*.md")) if path.is_dir() else [path])]


def sections(page: Path, level: str = "##") -> dict[str, str]:
    """The text under each heading of a level."""
    parts = re.split(rf"^{level} (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_a_section_and_no_other(repository: Path) -> None:
    assert set(sections(repository / "docs" / "commands.md")) == {f"kg {name}" for name in main.commands}


@pytest.mark.parametrize("name", main.commands)
def test_every_option_is_documented_and_no_other(repository: Path, name: str) -> None:
    section = sections(repository / "docs" / "commands.md")[f"kg {name}"]
    options = {
        option
        for parameter in main.commands[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }

    documented = set(re.findall(r"^\| `(--[a-z-]+)`", section, re.MULTILINE))
    assert documented == options


def test_every_table_of_facts_has_a_section(repository: Path) -> None:
    headings = [heading.split(" — ")[0] for heading in sections(repository / "docs" / "facts.md")]

    assert [heading for heading in headings if heading in TABLES] == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_export_is_documented(repository: Path, sample_graph: Path, table: str) -> None:
    from kg.graph.store import open_graph
    from kg.show.tables import rows

    named = {
        heading.split(" — ")[0]: set(
            re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\|([^|]*)\|", text, re.MULTILINE)))
        )
        for heading, text in sections(repository / "docs" / "facts.md").items()
    }
    row = rows(open_graph(sample_graph), table)[0]

    assert set(row) == named["In every table"] | named[table]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_readme_shows_the_recorded_figures_and_a_real_answer(path: Path, sample_graph: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert filled(text, {"accuracy": accuracy_table(read_floors())}) == text, "run `make readme`"
    assert filled(text, {"example": example(sample_graph)}) == text, "run `make readme`"


def test_readmes_name_the_two_commands(repository: Path) -> None:
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        assert "make demo" in text
        assert "make test" in text


def test_links_between_documents_lead_somewhere(repository: Path) -> None:
    broken = []
    for page in pages(repository):
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            target, _, anchor = link.partition("#")
            if "://" in target:
                continue
            linked = page.parent / target if target else page
            anchors = (
                {
                    re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
                    for heading in re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
                }
                if linked.suffix == ".md" and linked.is_file()
                else set()
            )
            if not linked.exists() or (anchor and anchor not in anchors):
                broken.append(f"{page.name}: {link}")
    assert broken == []


def test_make_commands_in_the_documents_exist(repository: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (repository / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for page in pages(repository)
        for name in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert named & targets, "the documents name some"
    assert named - targets == set()
