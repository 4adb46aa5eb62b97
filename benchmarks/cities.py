"""Gazettes of many cities out of those of one.

    python -m benchmarks.cities FOLDER TARGET --city 钦州市 [--copies 8]

Every copy is the same text with the names of the province, the city, its counties and the letters of its document
numbers replaced by those of a city in another province.  What the places share (indicators, national bodies, national
laws) stays shared, as it is in a graph of many real cities.  ``kg build TARGET --graph GRAPH`` then makes the graph.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from kg import data
from kg.data.divisions import Division, divisions, named


def replacements(city: Division, other: Division) -> dict[str, str]:
    """The names of a city, its province and counties, each with the one that takes its place."""
    letters = {row["province"]: row["abbreviation"] for row in data.rows("province_abbreviations.tsv")}
    old, new = city.lineage[0], other.lineage[0]
    class_word, new_class_word = (province.name.removeprefix(province.short)[-3:] for province in (old, new))
    names = {
        old.name: new.name,
        old.short: new.short,
        letters[old.name]: letters[new.name],
        class_word: new_class_word,
        city.short: other.short,
        city.short[0]: other.short[0],
    }
    return names | {county.short: taken.short for county, taken in zip(_counties(city), _counties(other), strict=False)}


def others(city: Division) -> Iterator[Division]:
    """A city of each other province that has as many counties, with a first letter that no other one has."""
    letters, provinces = {city.short[0]}, {city.lineage[0]}
    for other in divisions():
        province = other.lineage[0]
        fits = other.level == "prefecture" and other.name.endswith("市") and len(other.short) == 2 and not other.until
        if (
            fits
            and province not in provinces
            and other.short[0] not in letters
            and len(_counties(other)) >= len(_counties(city))
        ):
            provinces.add(province)
            letters.add(other.short[0])
            yield other


def _counties(city: Division) -> list[Division]:
    return [unit for unit in divisions() if unit.parent == city.code and not unit.until and len(unit.short) > 1]


def moved(text: str, names: dict[str, str]) -> str:
    """The text with these names replaced, the longest first; white space within a name is lost."""
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(r"\s*".join(name) for name in longest))
    return pattern.sub(lambda match: names["".join(match[0].split())], text)


def main() -> None:
    """Write the copies, each into a folder with the name of its city."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--city", required=True, help="the city whose gazettes these are")
    parser.add_argument("--copies", type=int, default=8, help="how many cities, the first one among them")
    options = parser.parse_args()
    city = named(options.city)
    if city is None or city.level != "prefecture":
        parser.error(f"{options.city} is no city at prefecture level.")
    cities = [city, *others(city)][: options.copies]
    for other in cities:
        names = replacements(city, other)
        for path in sorted(options.folder.glob("*.txt")):
            copy = options.target / other.name / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(moved(path.read_text(encoding="utf-8-sig"), names), encoding="utf-8", newline="")
    print(f"{options.target}: {'、'.join(other.name for other in cities)}")


if __name__ == "__main__":
    main()
