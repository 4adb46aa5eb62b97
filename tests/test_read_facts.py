"""Facts drawn to be judged by reading: which are drawn, and what is printed of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.graph.store import Graph, open_graph
from scripts.read_facts import draw, facts_of, sheet

#: A table whose facts stand mostly in one document and come mostly from one rule.
GROUPS = {("甲1号", "x.list"): 60, ("甲1号", "x.prose"): 20, ("乙2号", "x.list"): 16, ("丙3号", "x.prose"): 4}


def table() -> list[dict[str, Any]]:
    keys = [key for key, count in GROUPS.items() for _ in range(count)]
    return [
        {"doc": doc, "rule": rule, "file": "f.txt", "start": place, "end": place + 1, "iri": f"i:{place}"}
        for place, (doc, rule) in enumerate(keys)
    ]


def test_documents_and_rules_are_drawn_from_by_their_share() -> None:
    drawn = Counter((row["doc"], row["rule"]) for row in draw(table(), 25, seed=3))
    assert drawn == {("甲1号", "x.list"): 15, ("甲1号", "x.prose"): 5, ("乙2号", "x.list"): 4, ("丙3号", "x.prose"): 1}


def test_facts_are_drawn_once_each_and_printed_in_the_order_of_the_text() -> None:
    places = [row["start"] for row in draw(table(), 33, seed=5)]
    assert len(places) == 33
    assert places == sorted(set(places))


def test_a_seed_draws_the_same_facts_again_and_another_seed_others() -> None:
    assert draw(table(), 30, seed=1) == draw(list(reversed(table()))[::-1], 30, seed=1)
    assert draw(table(), 30, seed=1) != draw(table(), 30, seed=2)


@pytest.mark.parametrize("number", [100, 101, 5000])
def test_all_are_drawn_where_there_are_no_more(number: int) -> None:
    assert draw(table(), number, seed=1) == table()


def test_nothing_is_drawn_from_an_empty_table() -> None:
    assert draw([], 50, seed=1) == []


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Graph:
    return open_graph(sample_graph)


def test_a_gazette_gives_its_own_facts_alone(graph: Graph) -> None:
    assert {row["file"] for row in facts_of(graph, "targets", "2031-2")} == {"2031-2.txt"}
    assert len({row["file"] for row in facts_of(graph, "targets", None)}) > 1
    assert facts_of(graph, "targets", "1999-9") == []


def test_a_fact_is_printed_with_its_number_fields_and_words_in_context(graph: Graph) -> None:
    facts = facts_of(graph, "citations", "2031-1")[:2]
    first, second = sheet(graph, facts).split("[2] ")
    assert first.startswith(f"[1] {facts[0]['iri']}")
    assert facts[0]["cited_title"] in first
    assert f"【{facts[1]['quote']}】" in second
    assert f"found by the rule {facts[1]['rule']}" in second
