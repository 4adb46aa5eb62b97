"""The fact tables as files: JSONL, CSV and Parquet say the same, in the columns of the contract."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Literal

import pytest

from kg.facts import TABLES
from kg.graph.folder import GraphError
from kg.graph.store import Graph, open_graph
from kg.show.tables import columns_of, export_tables, rows
from tests import invented
from tests.fakes import write_graph

#: The columns of the contract, in its order; those behind are common to all tables.
CONTRACT = {
    "documents": "title issuers date kind attached gazette in_contents printed_in_full",
    "plans": "title type period_start period_end",
    "targets": "plan indicator value comparator unit target_year baseline_value baseline_year nature source",
    "assignments": "plan task agency role leader deadline source canonical section",
    "memberships": "group person role post",
    "appointments": "person action post organisation date note",
    "portfolios": "person relation object",
    "citations": "cited_title cited_number relation",
    "agencies": "surface canonical level",
    "projects": "name nature period investment investment_unit owner",
}
COMMON = {"quote", "iri", "file", "start", "end", "rule", "confidence"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return open_graph(write_graph(tmp_path_factory.mktemp("tables") / "g.kg", invented.FACTS))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").splitlines()]


@pytest.mark.parametrize("table", TABLES)
def test_jsonl_has_one_object_a_line_with_the_columns_of_the_contract(graph: Graph, tmp_path: Path, table: str) -> None:
    counts = export_tables(graph, tmp_path)
    found = read_jsonl(tmp_path / f"{table}.jsonl")
    assert len(found) == counts[table] == sum(type(fact) is TABLES[table] for fact in invented.FACTS)
    for row in found:
        own = [name for name in row if name in CONTRACT[table].split()]
        assert (next(iter(row)), own) == ("doc", CONTRACT[table].split())
        assert set(row) >= COMMON
        assert tuple(row) == columns_of(table)


def test_the_quote_is_the_text_between_the_offsets(graph: Graph, tmp_path: Path) -> None:
    export_tables(graph, tmp_path)
    for table in TABLES:
        for row in read_jsonl(tmp_path / f"{table}.jsonl"):
            assert invented.TEXT[row["start"] : row["end"]] == row["quote"]
            assert row["file"] == invented.FILE


def test_rows_stand_in_the_order_of_the_text(graph: Graph) -> None:
    starts = [row["start"] for row in rows(graph, "assignments")]
    assert starts == sorted(starts)


def test_one_fact_can_be_asked_for(graph: Graph) -> None:
    for table in TABLES:
        for row in rows(graph, table):
            assert rows(graph, table, row["iri"]) == [row]


def test_exporting_twice_gives_the_same_bytes(graph: Graph, tmp_path: Path) -> None:
    export_tables(graph, tmp_path / "a")
    export_tables(graph, tmp_path / "b")
    for table in TABLES:
        name = f"{table}.jsonl"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_csv_says_the_same_and_opens_in_spreadsheets(graph: Graph, tmp_path: Path) -> None:
    export_tables(graph, tmp_path, "csv")
    assert (tmp_path / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc,title,issuers")
    for table in TABLES:
        with (tmp_path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
        assert found == [{name: as_cell(value) for name, value in row.items()} for row in rows(graph, table)]


def as_cell(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(value)
    return "" if value is None else str(value)


def test_parquet_says_the_same_with_types(graph: Graph, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export_tables(graph, tmp_path, "parquet")
    for table in TABLES:
        assert parquet.read_table(tmp_path / f"{table}.parquet").to_pylist() == rows(graph, table)
    assert str(parquet.read_schema(tmp_path / "targets.parquet").field("target_year").type) == "int32"


def test_parquet_without_its_library_is_one_sentence(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(GraphError, match=r"pip install 'policy-kg\[parquet\]'"):
        export_tables(graph, tmp_path, "parquet")


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_empty_tables_are_written_too(tmp_path: Path, format: Literal["jsonl", "csv", "parquet"]) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow")
    graph = open_graph(write_graph(tmp_path / "g.kg", invented.FACTS[:1]))
    assert export_tables(graph, tmp_path / "t", format) == {table: int(table == "documents") for table in TABLES}
    assert {path.name for path in (tmp_path / "t").iterdir()} == {f"{table}.{format}" for table in TABLES}


def test_a_document_printed_in_two_files_is_a_row_for_each(tmp_path: Path) -> None:
    graph = open_graph(write_graph(tmp_path / "g.kg", invented.FACTS, invented.FACTS))
    found = rows(graph, "documents")
    assert len({row["iri"] for row in found}) == 1
    assert [row["file"] for row in found] == ["2-2030-1.txt", "2030-1.txt"]


def test_an_unknown_format_and_a_folder_that_cannot_be_written_are_said(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="choose one of jsonl, csv, parquet"):
        export_tables(graph, tmp_path, "xls")  # type: ignore[arg-type]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be written"):
        export_tables(graph, tmp_path / "file")
