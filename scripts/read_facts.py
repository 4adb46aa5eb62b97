"""Draw facts from a graph and print them beside the text they rest on, for a person to judge.

    python -m scripts.read_facts GRAPH --table assignments --gazette 2022-4 --number 50 --seed 1

Where a gazette has no answer key, the share that is right is found by reading a sample.  Facts are drawn with equal
chances, spread over documents and, within a document, over rules; the same seed draws the same facts.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from kg.facts import TABLES
from kg.graph.store import Graph, open_graph
from kg.show.explain import explain, render
from kg.show.tables import Row, rows

#: Characters of the text that are printed on both sides of the evidence.
CONTEXT = 80


def facts_of(graph: Graph, table: str, gazette: str | None) -> list[Row]:
    """The rows of a table, those alone that stand in documents of ``gazette`` (``2022-4``) where it is given."""
    found = rows(graph, table)
    if gazette is None:
        return found
    files = {row["file"] for row in rows(graph, "documents") if row["gazette"] == gazette}
    return [row for row in found if row["file"] in files]


def draw(facts: Sequence[Row], number: int, seed: int) -> list[Row]:
    """A systematic sample of ``number`` facts, or all where there are fewer, in the order of the text.

    Facts are sorted by document and rule, by chance within both, and every n-th is taken from a start drawn by chance:
    each has the same chance, so the share of right ones among those drawn estimates that of the whole table, and a
    document or a rule with many facts is drawn from about as often as its share.
    """
    chance = random.Random(seed)
    shuffled = sorted(facts, key=lambda row: (row["doc"], row["rule"], chance.random()))
    if number >= len(shuffled):
        drawn = shuffled
    else:
        step = len(shuffled) / number
        start = chance.random() * step
        drawn = [shuffled[int(start + index * step)] for index in range(number)]
    return sorted(drawn, key=lambda row: (row["file"], row["start"], row["end"], row["iri"]))


def sheet(graph: Graph, facts: Sequence[Row]) -> str:
    """The facts, numbered from 1, each with its fields and its evidence in context."""
    parts = (f"[{number}] {render(explain(graph, row['iri'], CONTEXT))}" for number, row in enumerate(facts, 1))
    return "\n".join(parts)


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path, help="a graph folder made by kg build")
    parser.add_argument("--table", choices=list(TABLES), required=True)
    parser.add_argument("--gazette", help="year and issue, such as 2022-4; all gazettes where none is given")
    parser.add_argument("--number", type=int, default=50, help="how many facts (default: 50)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other facts (default: 1)")
    options = parser.parse_args()
    graph = open_graph(options.graph)
    facts = facts_of(graph, options.table, options.gazette)
    drawn = draw(facts, options.number, options.seed)
    print(sheet(graph, drawn))
    print(f"{len(drawn)} of {len(facts)} {options.table}")


if __name__ == "__main__":
    main()
