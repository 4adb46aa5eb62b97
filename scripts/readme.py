"""Write into the READMEs what only a command can know: the accuracy table and the answer to the example question.

python -m scripts.readme
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner

from kg.cli import main as kg
from kg.cli_demo import QUERY, SAMPLE
from kg.facts import TABLES
from scripts.accuracy import REPOSITORY, Figures, read_floors

READMES = (REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md")


def accuracy_table(figures: Figures) -> str:
    """F1 by table and gazette, as a Markdown table."""
    names = sorted(figures)
    lines = [f"| F1 | {' | '.join(names)} |", "|---|" + "---:|" * len(names)]
    for table in TABLES:
        values = [figures[name].get(table) for name in names]
        if any(value is not None for value in values):
            cells = ("" if value is None else f"{value:.3f}".lstrip("0") for value in values)
            lines.append(f"| {table} | {' | '.join(cells)} |")
    return "\n".join(lines)


def example(graph: Path) -> str:
    """The example question, as typed, with the answer that the sample graph gives."""
    answer = CliRunner().invoke(kg, ["query", str(graph), QUERY], catch_exceptions=False).stdout
    return f"```text\n$ kg query policy-kg-demo/sample.kg '{QUERY}'\n{answer}```"


def filled(readme: str, blocks: dict[str, str]) -> str:
    """The README with the text between each ``<!-- name -->`` and ``<!-- /name -->`` replaced.

    Raises:
        KeyError: a block is not there.
    """
    for name, text in blocks.items():
        before, begin, rest = readme.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if not begin or not end:
            raise KeyError(f"no block <!-- {name} -->")
        readme = f"{before}{begin}{text}\n{end}{after}"
    return readme


def blocks(graph: Path) -> dict[str, str]:
    """What belongs into each block."""
    return {"accuracy": accuracy_table(read_floors()), "example": example(graph)}


def main() -> None:
    """Fill both READMEs."""
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "sample.kg"
        CliRunner().invoke(kg, ["build", str(SAMPLE), "--graph", str(graph)], catch_exceptions=False)
        texts = blocks(graph)
    for path in READMES:
        path.write_text(filled(path.read_text(encoding="utf-8"), texts), encoding="utf-8")


if __name__ == "__main__":
    main()
