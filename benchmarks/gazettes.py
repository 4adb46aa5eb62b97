"""As many gazettes as wanted, made from the two issues of the sample by giving city, province and river other names.

    python -m benchmarks.gazettes NUMBER FOLDER

Each city has names of its own, so that its documents, agencies and plans are its own; fifty cities share a province.
"""

from __future__ import annotations

import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "kg" / "data" / "sample"
ISSUES = ("2031-1", "2031-2")
#: Characters of water and of mountains: hundreds that stand in no lexicon of agencies or posts
_CITIES = [chr(code) for code in range(0x6C36, 0x6FFF)]
_PROVINCES = [chr(code) for code in range(0x5C74, 0x5DD0)]
_CITIES_OF_PROVINCE = 50


def gazette(number: int) -> tuple[str, str]:
    """The name and text of a gazette; two after each other are two issues of one city."""
    city, issue = divmod(number, len(ISSUES))
    own, province = _CITIES[city], _PROVINCES[city // _CITIES_OF_PROVINCE]
    text = (SAMPLE / f"{ISSUES[issue]}.txt").read_text(encoding="utf-8")
    for old, new in (("栖", own), ("鹭水", f"{own}水"), ("岚", province)):
        text = text.replace(old, new)
    return f"{city:04}-{ISSUES[issue]}.txt", text


def write(count: int, folder: Path) -> int:
    """Write so many gazettes into a folder; gives the number of their characters."""
    folder.mkdir(parents=True, exist_ok=True)
    characters = 0
    for number in range(count):
        name, text = gazette(number)
        (folder / name).write_text(text, encoding="utf-8")
        characters += len(text)
    return characters


if __name__ == "__main__":
    print(f"{write(int(sys.argv[1]), Path(sys.argv[2])):,} characters")
