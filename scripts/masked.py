"""Gazettes and their answer keys with every place name replaced by one of another province.

A program that has learned one province's names by heart loses on these; one that reads structure does not.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PLACES = Path(__file__).with_name("places.tsv")


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = [line.split("\t") for line in PLACES.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    replacements = {row[0]: row[1] for row in rows}
    names = sorted(replacements, key=len, reverse=True)
    any_name = "|".join(r"\s*".join(name) for name in names)
    # “各省、自治区、直辖市” is every province, and the other four autonomous regions keep their names
    return re.compile(rf"(?<!省、)(?<!古)(?<!回族)(?<!尔)(?<!西藏)(?:{any_name})"), replacements


def masked(text: str) -> str:
    """The text with its place names replaced; white space that stood within a name follows it."""
    pattern, replacements = _names()

    def replacement(match: re.Match[str]) -> str:
        name = "".join(match[0].split())
        space = "".join(character for character in match[0] if character.isspace())
        return replacements[name] + space

    return pattern.sub(replacement, text)


def mask_folder(source: Path, target: Path) -> None:
    """Copy the texts and JSON files of a folder and its sub-folders, masked, into a new one."""
    for path in sorted(source.rglob("*")):
        if path.suffix in (".txt", ".json", ".jsonl"):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            # line ends stay as they are: evidence counts them
            copy.write_bytes(masked(path.read_bytes().decode("utf-8-sig")).encode("utf-8"))
