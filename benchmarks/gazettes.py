"""As many gazettes as wanted, made from the two issues of the sample by giving city, province and river other names.

    python -m benchmarks.gazettes NUMBER FOLDER

Each city has names of its own, so that its documents, agencies and plans are its own; fifty cities share a province.
"""

from __future__ import annotations

import sys
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "kg" / "data" / "sample"
ISSUES = ("2031-1", "2031-2")
#: Characters of water, fish and mountains: hundreds that stand in no lexicon of agencies or posts.  Names are of two,
#: so that no two of them look like misprints of each other.
_FIRST = [chr(code) for code in range(0x6C36, 0x6FFF)]
_SECOND = [chr(code) for code in range(0x9B6F, 0x9F00)]
_PROVINCES = [chr(code) for code in range(0x5C74, 0x5DD0)]
_CITIES_OF_PROVINCE = 50


def names(number: int) -> dict[str, str]:
    """What stands in a gazette for the names of the sample's city, river and province; the longest come first."""
    city = number // len(ISSUES)
    first, second, province = _FIRST[city], _SECOND[-1 - city], city // _CITIES_OF_PROVINCE
    upper = _PROVINCES[2 * province] + _PROVINCES[2 * province + 1]
    return {"栖澜": first + second, "栖": first, "鹭水": f"{second}{first}水", "岚泽": upper, "岚": upper[0]}


def gazette(number: int) -> tuple[str, str]:
    """The name and text of a gazette; two after each other are two issues of one city."""
    city, issue = divmod(number, len(ISSUES))
    text = (SAMPLE / f"{ISSUES[issue]}.txt").read_text(encoding="utf-8")
    for old, new in names(number).items():
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
