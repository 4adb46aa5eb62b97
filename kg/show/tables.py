"""The fact tables: graph → rows → JSONL, CSV or Parquet.  Each table is one SPARQL query over the graph."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from kg.graph.folder import GraphError
from kg.graph.store import Graph
from kg.graph.vocabulary import TABLES, Column
from kg.show.cells import unarmed

Row = dict[str, Any]

#: Columns that every table has behind its own.
COMMON = ("quote", "iri", "file", "start", "end", "page", "box", "rule", "confidence")
_LIST_SEPARATOR = " | "

# Variables of the query's own begin with “_”: “source” and “place” are fields of facts
_FACT = """
        ?iri a {type} ; gz:statedIn ?_document ; gz:rule ?rule ; gz:confidence ?confidence ; gz:evidence ?_place .
        ?_document dct:identifier ?doc .
        ?_place oa:hasSource ?_source ; oa:hasSelector ?_position , ?_words .
        ?_source gz:fileName ?file .
        ?_position oa:start ?start ; oa:end ?end .
        ?_words oa:exact ?quote .
        OPTIONAL {{ ?_place gz:page ?page OPTIONAL {{ ?_place gz:box ?box }} }}"""
_BODIES = "SELECT ?iri ?name WHERE { ?iri a gz:Assignment ; prov:agent/skos:prefLabel ?name }"
_ITEMS = """
SELECT ?graph ?iri ?position ?name WHERE {{
    GRAPH ?graph {{ ?iri {path} ?item . ?item schema:position ?position ; schema:name ?name }}
}}"""

_READERS: dict[str, Callable[[str], Any]] = {
    "xsd:gYear": int,
    # both are spellings of the one truth value (XML Schema), and some servers change the first into the second
    "xsd:boolean": lambda value: value in ("true", "1"),
}


def with_bodies(graph: Graph) -> list[Row]:
    """The assignments with ``body`` besides: the agency that linking found behind what a document calls it.

    “市发展改革委” and “市发展改革委（市大数据发展局）” have two canonical names, each right by its words, and one body.
    """
    names = {row["iri"]: row["name"] for row in graph.select(_BODIES)}
    return [row | {"body": names.get(row["iri"])} for row in rows(graph, "assignments")]


def rows(graph: Graph, table: str, iri: str | None = None) -> list[Row]:
    """The rows of a fact table in the order of the text; one for each fact in each document graph.

    Columns are ``doc``, the table's own in the order of the contract, then those common to all.  Years, offsets and
    pages are int, ``confidence`` is float, lists are lists of str, what is not stated is None.

    Args:
        graph: where the facts are.
        table: one of :data:`kg.facts.TABLES`.
        iri: the fact whose rows alone are wanted.
    """
    fact = {"iri": ox.NamedNode(iri)} if iri else {}
    columns = TABLES[table].columns
    lists = {
        field: _items(graph, column.path, fact)
        for field, column in columns.items()
        if column.datatype == "schema:ListItem"
    }
    result = []
    for solution in graph.select(query(table), **fact):
        row: Row = {"doc": solution["doc"]}
        for field, column in columns.items():
            if field in lists:
                row[field] = lists[field].get((solution["graph"], solution["iri"]), [])
            else:
                row[field] = _read(column, solution[field])
        row |= {field: solution[field] for field in COMMON}
        row |= {field: int(row[field]) for field in ("start", "end", "page") if row[field] is not None}
        row["confidence"] = float(row["confidence"])
        result.append(row)
    return sorted(result, key=lambda row: (row["file"], row["start"], row["end"], row["iri"]))


def query(table: str) -> str:
    """The SPARQL query behind a table.  Facts are read graph by graph: a document printed twice gives two rows."""
    layout = TABLES[table]
    names: list[str] = []
    inside: list[str] = []
    outside: list[str] = []
    for field, column in layout.columns.items():
        if column.datatype == "schema:ListItem":
            continue
        names.append(f"?{field}")
        pattern = f"OPTIONAL {{ ?iri {column.path} ?{field} }}"
        # Notations of codes stand in the graph of the ontology, all else in the document's own
        (outside if column.path.endswith("/skos:notation") else inside).append(pattern)
    head = " ".join(["?graph", "?doc", *(f"?{name}" for name in COMMON), *names])
    parts = [_FACT.format(type=layout.type), *(f"        {pattern}" for pattern in inside), "    }"]
    parts += [f"    {pattern}" for pattern in outside]
    return f"SELECT {head} WHERE {{\n    GRAPH ?graph {{" + "\n".join(parts) + "\n}"


def _items(graph: Graph, path: str, fact: dict[str, ox.NamedNode]) -> dict[tuple[str | None, str | None], list[str]]:
    """The names of ordered list items by graph and node."""
    found: defaultdict[tuple[str | None, str | None], list[tuple[int, str]]] = defaultdict(list)
    for row in graph.select(_ITEMS.format(path=path), **fact):
        found[row["graph"], row["iri"]].append((int(row["position"] or 0), row["name"] or ""))
    return {key: [name for _, name in sorted(items)] for key, items in found.items()}


def _read(column: Column, value: str | None) -> Any:
    return value if value is None else _READERS.get(column.datatype, str)(value)


def export_tables(
    graph: Graph, directory: str | Path, format: Literal["jsonl", "csv", "parquet"] = "jsonl"
) -> dict[str, int]:
    """Write all fact tables into a folder, one file each; gives the number of rows by table.

    JSONL is UTF-8 without a byte order mark; CSV has one, so that spreadsheets read Chinese, and joins lists by “ | ”.
    GraphError if the format is unknown, Parquet's library is missing, or the folder cannot be written.
    """
    writers = {"jsonl": _write_jsonl, "csv": _write_csv, "parquet": _write_parquet}
    if format not in writers:
        raise GraphError(f"there is no table format {format}; choose one of {', '.join(writers)}.")
    folder = Path(directory)
    counts = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table in TABLES:
            found = rows(graph, table)
            writers[format](folder / f"{table}.{format}", table, found)
            counts[table] = len(found)
    except OSError as error:
        raise GraphError(f"{folder} cannot be written ({error.strerror}); choose another folder.") from error
    return counts


def columns_of(table: str) -> tuple[str, ...]:
    """The names of a table's columns in the order of the export."""
    return ("doc", *TABLES[table].columns, *COMMON)


def _write_jsonl(path: Path, table: str, found: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)


def _write_csv(path: Path, table: str, found: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns_of(table))
        writer.writeheader()
        for row in found:
            plain = {k: _LIST_SEPARATOR.join(v) if isinstance(v, list) else v for k, v in row.items()}
            writer.writerow({k: unarmed(v) for k, v in plain.items()})


def _write_parquet(path: Path, table: str, found: list[Row]) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise GraphError("Parquet needs pyarrow; install it with: pip install 'policy-kg[parquet]'") from error
    types = {
        "xsd:gYear": pyarrow.int32(),
        "xsd:boolean": pyarrow.bool_(),
        "schema:ListItem": pyarrow.list_(pyarrow.string()),
    }
    kinds = {field: types.get(column.datatype, pyarrow.string()) for field, column in TABLES[table].columns.items()}
    kinds |= dict.fromkeys(("start", "end", "page"), pyarrow.int64()) | {"confidence": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in columns_of(table)])
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(found, schema=schema), path)
