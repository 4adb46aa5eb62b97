"""How accurate the extractors are, as measured on the answer keys: F1 by table, kept in accuracy.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import kg


@cache
def shipped(*, at_first: bool = False) -> dict[str, float]:
    """F1 by table on the keys that ship with the program (the invented gazettes).

    With ``at_first`` as it was measured once, before anyone had looked at what was missed: closer to what a new text
    will give.
    """
    package = Path(kg.__file__).parent
    for path in (package / "accuracy.toml", package.parent / "accuracy.toml"):
        if path.is_file():
            figures = tomllib.loads(path.read_text(encoding="utf-8")).get(
                "sample at first" if at_first else "sample", {}
            )
            return {table: float(figure) for table, figure in figures.items()}
    return {}
