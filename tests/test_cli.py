"""The command line as a user meets it: what it prints where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from kg.facts import TABLES

COMMANDS = list(main.commands)


def run(*arguments: object) -> Result:
    """What ``kg`` with these arguments does; errors of the program itself pass through."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def first(graph: Path, query: str) -> str:
    """The first value that a query gives."""
    return run("query", graph, query, "--format", "csv").stdout.splitlines()[1]


# --- help ---------------------------------------------------------------------------------------------------------


def test_help_lists_every_command_with_a_whole_sentence() -> None:
    text = run("--help").stdout

    for name in COMMANDS:
        line = next(line for line in text.splitlines() if line.strip().startswith(f"{name} "))
        assert line.endswith("."), line
        assert not line.endswith("..."), line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    text = run(name, "--help").stdout

    assert f"kg {name}" in text.partition("Examples:")[2]


def test_help_does_not_wait_for_heavy_libraries() -> None:
    heavy = "{'spacy', 'rdflib', 'pyvis', 'networkx', 'numpy', 'pyoxigraph'}"
    program = f"import sys, kg.cli; print(sorted({heavy} & set(sys.modules)))"

    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert loaded.strip() == "[]"


def test_version() -> None:
    assert run("--version").stdout.strip() == f"kg, version {kg.__version__}"


def test_python_m_kg_is_kg() -> None:
    done = subprocess.run([sys.executable, "-m", "kg", "--version"], check=True, capture_output=True, text=True)
    assert kg.__version__ in done.stdout


# --- build --------------------------------------------------------------------------------------------------------


def test_build_says_what_it_made_and_then_that_nothing_is_to_do(sample: Path, tmp_path: Path) -> None:
    graph = tmp_path / "policy.kg"

    made = run("build", sample, "--graph", graph)
    assert made.exit_code == 0
    assert "documents" in made.stdout
    assert "assignments" in made.stdout
    assert made.stderr == ""

    again = run("build", sample, "--graph", graph)
    assert again.exit_code == 0
    assert "up to date" in again.stdout


BAD_INPUTS: dict[str, Callable[[Path], Path]] = {
    "a missing path": lambda folder: folder / "missing.txt",
    "an empty file": lambda folder: written(folder / "empty.txt", b""),
    "a file of white space": lambda folder: written(folder / "blank.txt", b" \r\n\n"),
    "a binary file": lambda folder: written(folder / "binary.txt", bytes(range(256)) * 50),
    "an empty folder": lambda folder: made(folder / "empty"),
    "a folder without gazettes": lambda folder: written(made(folder / "pictures") / "a.png", b"\x89PNG").parent,
}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("kind", BAD_INPUTS)
def test_bad_input_is_one_sentence_and_leaves_the_graph_alone(sample: Path, tmp_path: Path, kind: str) -> None:
    graph, path = tmp_path / "policy.kg", BAD_INPUTS[kind](tmp_path)
    run("build", sample / "single.txt", "--graph", graph)
    before = files(graph)

    result = run("build", path, "--graph", graph)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert path.name in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert files(graph) == before


def test_a_folder_of_another_program_is_not_touched(sample: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "photos")
    written(other / "a.jpg", b"jpeg")

    result = run("build", sample / "single.txt", "--graph", other)

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert files(other) == {"a.jpg": b"jpeg"}


def test_a_bad_file_in_a_folder_is_told_and_the_rest_is_built(sample: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "gazettes")
    written(folder / "good.txt", (sample / "single.txt").read_bytes())
    written(folder / "bad.txt", b"")

    result = run("build", folder, "--graph", tmp_path / "policy.kg")

    assert result.exit_code == 1
    assert "bad.txt" in result.stderr
    assert "documents" in result.stdout


def test_wrong_use_names_what_is_missing() -> None:
    result = run("build", "gazettes")

    assert result.exit_code == 2
    assert "--graph" in result.stderr


# --- reading a graph ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats", "GRAPH"),
        ("validate", "GRAPH"),
        ("query", "GRAPH", "ASK { ?s ?p ?o }"),
        ("explain", "GRAPH", "urn:x"),
        ("export", "GRAPH", "--tables", "tables"),
        ("view", "GRAPH", "--kind", "plans", "-o", "view.html"),
        ("score", "GRAPH", "KEYS"),
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("what", ["missing", "folder of another program", "file"])
def test_what_is_no_graph_is_told(arguments: tuple[str, ...], what: str, sample: Path, tmp_path: Path) -> None:
    graph = tmp_path / "policy.kg"
    if what == "file":
        graph.write_text("words", encoding="utf-8")
    elif what != "missing":
        written(made(graph) / "a.jpg", b"jpeg")

    result = run(*({"GRAPH": graph, "KEYS": sample / "keys"}.get(word, word) for word in arguments))

    assert result.exit_code == 2
    assert "policy.kg" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_query_prints_an_aligned_table(sample_graph: Path) -> None:
    result = run("query", sample_graph, "SELECT (COUNT(?plan) AS ?plans) WHERE { ?plan a gz:Plan }")

    header, rule, count, rows = result.stdout.splitlines()
    assert header == "plans"
    assert set(rule) == {"─"}
    assert int(count) > 0
    assert rows == "(1 row)"


def test_query_formats(sample_graph: Path, tmp_path: Path) -> None:
    select = "SELECT ?title WHERE { ?plan a gz:Plan ; dct:title ?title } ORDER BY ?title"

    rows = list(csv.reader(io.StringIO(run("query", sample_graph, select, "--format", "csv").stdout)))
    assert rows[0] == ["title"]
    found = json.loads(run("query", sample_graph, select, "--format", "json").stdout)
    assert [binding["title"]["value"] for binding in found["results"]["bindings"]] == [row[0] for row in rows[1:]]
    assert run("query", sample_graph, select, "--format", "tsv").stdout.startswith("?title\n")
    assert run("query", sample_graph, select, "--format", "xml").stdout.startswith("<?xml")

    file = tmp_path / "titles.rq"
    file.write_text(select, encoding="utf-8")
    assert run("query", sample_graph, "--file", file).stdout == run("query", sample_graph, select).stdout


def test_ask_and_construct(sample_graph: Path) -> None:
    assert run("query", sample_graph, "ASK { ?s ?p ?o }").stdout == "yes\n"
    assert run("query", sample_graph, "ASK { <urn:x> ?p ?o }").stdout == "no\n"

    construct = "CONSTRUCT { ?plan dct:title ?title } WHERE { ?plan a gz:Plan ; dct:title ?title }"
    turtle = run("query", sample_graph, construct).stdout
    assert "dct:title" in turtle
    assert turtle == run("query", sample_graph, construct, "--format", "ttl").stdout


def test_saved_queries_are_listed_and_run_by_name(sample_graph: Path) -> None:
    from kg.graph.queries import saved

    listed = run("queries").stdout
    for name, query in saved().items():
        assert name in listed
        assert run("queries", name).stdout.strip() == query.text.strip()
        if not any(parameter.required for parameter in query.parameters):
            assert run("query", sample_graph, name).exit_code == 0


@pytest.mark.parametrize("form", ["--agency {name}", "--agency={name}"])
def test_parameters_of_saved_queries_are_options(sample_graph: Path, form: str) -> None:
    name = first(sample_graph, "SELECT ?name WHERE { ?a a gz:Assignment ; prov:agent/skos:prefLabel ?name } LIMIT 1")

    result = run("query", sample_graph, "agency-duties", *form.format(name=name).split())

    assert result.exit_code == 0
    assert not result.stdout.endswith("(0 rows)\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "SPARQL"),
        (["SELECT", "?s"], "quotes"),
        (["SELECT ?s WHERE { ?s"], "SELECT"),
        (["SELECT ?s WHERE { ?s ?p ?o }", "--agency", "x"], "--agency"),
        (["no-such-query"], "no-such-query"),
        (["agency-duties", "--agency"], "--agency"),
        (["agency-duties", "--colour", "red"], "colour"),
        (["ASK { SERVICE <http://localhost/sparql> { ?s ?p ?o } }"], "SERVICE"),
        (["ASK { ?s ?p ?o }", "--format", "ttl"], "ttl"),
        (["CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"], "ttl"),
    ],
)
def test_wrong_queries_are_told(sample_graph: Path, words: list[str], told: str) -> None:
    result = run("query", sample_graph, *words)

    assert result.exit_code == 2
    # above the sentence may stand how the command is used
    sentence = result.stderr.splitlines()[-1]
    assert sentence.startswith("Error: ")
    assert told in sentence


def test_stats_counts(sample_graph: Path) -> None:
    text = run("stats", sample_graph).stdout

    assert all(table in text for table in TABLES)
    assert "2031-1" in text


def test_explain_marks_the_evidence(sample_graph: Path) -> None:
    target = first(sample_graph, "SELECT ?target WHERE { ?target a gz:Target } LIMIT 1")

    for iri in (target, f"<{target}>"):
        text = run("explain", sample_graph, iri).stdout
        assert "【" in text
        assert "targets." in text, "the rule is told"
    unknown = run("explain", sample_graph, "urn:nothing")
    assert unknown.exit_code == 2
    assert "urn:nothing" in unknown.stderr


def test_validate_finds_no_fault_in_a_fresh_graph(sample_graph: Path) -> None:
    result = run("validate", sample_graph)

    assert result.exit_code == 0, result.stdout
    assert result.stdout.endswith(" 0 faults found.\n")


def test_export_and_score_by_way_of_files(sample_graph: Path, sample: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    assert run("export", sample_graph, "--tables", tables).exit_code == 0
    assert {path.stem for path in tables.glob("*.jsonl")} == set(TABLES)

    of_graph = run("score", sample_graph, sample / "keys", "--json").stdout
    assert run("score", tables, sample / "keys", "--json").stdout == of_graph
    assert json.loads(of_graph)["assignments"]["key"] > 0


def test_export_writes_rdf(sample_graph: Path, tmp_path: Path) -> None:
    assert run("export", sample_graph, "--rdf", tmp_path / "all.nq").exit_code == 0
    assert (tmp_path / "all.nq").read_text(encoding="utf-8").count(" .\n") > 100


def test_export_wants_one_of_tables_and_rdf(sample_graph: Path) -> None:
    assert run("export", sample_graph).exit_code == 2
    assert run("export", sample_graph, "--tables", "a", "--rdf", "b.ttl").exit_code == 2


# --- view ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["responsibility", "plans"])
def test_view_of_a_kind(sample_graph: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "view.html"

    assert run("view", sample_graph, "--kind", kind, "-o", file).exit_code == 0
    assert "<!DOCTYPE html>" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["agency", "plan"])
def test_view_of_an_agency_or_a_plan(sample_graph: Path, tmp_path: Path, option: str) -> None:
    query = {
        "agency": "SELECT ?name WHERE { ?a a gz:Assignment ; prov:agent/skos:prefLabel ?name } LIMIT 1",
        "plan": "SELECT ?name WHERE { ?a a gz:Target ; gz:setBy/dct:title ?name } LIMIT 1",
    }[option]
    name = first(sample_graph, query)
    file = tmp_path / "view.html"

    assert run("view", sample_graph, f"--{option}", name, "-o", file).exit_code == 0
    assert f"<h1>{name}</h1>" in file.read_text(encoding="utf-8")

    unknown = run("view", sample_graph, f"--{option}", "无此名称", "-o", file)
    assert unknown.exit_code == 2
    assert "无此名称" in unknown.stderr


def test_view_of_a_query(sample_graph: Path, tmp_path: Path) -> None:
    query, file = tmp_path / "plans.rq", tmp_path / "view.html"
    query.write_text("CONSTRUCT { ?target gz:setBy ?plan } WHERE { ?target gz:setBy ?plan }", encoding="utf-8")

    assert run("view", sample_graph, "--query", query, "-o", file).exit_code == 0
    assert "gz:setBy" in file.read_text(encoding="utf-8")

    query.write_text("SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    assert run("view", sample_graph, "--query", query, "-o", file).exit_code == 2


def test_view_wants_one_choice(sample_graph: Path, tmp_path: Path) -> None:
    assert run("view", sample_graph, "-o", tmp_path / "a.html").exit_code == 2
    assert run("view", sample_graph, "--agency", "a", "--plan", "b", "-o", tmp_path / "a.html").exit_code == 2


# --- score --------------------------------------------------------------------------------------------------------


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A key of one document with two agencies."""
    folder = made(tmp_path / "keys")
    rows = [{"doc": "云政办〔2031〕5号", "surface": name, "quote": ""} for name in ("市水利局", "市财政局")]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "agencies.jsonl").write_text(lines, encoding="utf-8")
    (folder / "coverage.json").write_text('{"agencies": ["云政办〔2031〕5号"]}', encoding="utf-8")
    return folder


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Tables in which one of the two was found, and a third that is not in the key."""
    folder = made(tmp_path / "tables")
    rows = [{"doc": "云政办〔2031〕5号", "surface": name} for name in ("市水利局", "市教育局")]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "agencies.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_score_prints_figures(keys: Path, tables: Path) -> None:
    header, _, line = run("score", tables, keys).stdout.splitlines()

    assert header.split() == ["table", "documents", "key", "found", "P", "R", "F1"]
    assert line.split() == ["agencies", "1", "2", "2", "0.500", "0.500", "0.500"]


def test_score_shows_misses(keys: Path, tables: Path) -> None:
    missed, wrong, *_ = run("score", tables, keys, "--misses", "1").stdout.splitlines()

    assert missed.split("\t")[:3] == ["agencies", "云政办〔2031〕5号", "missed"]
    assert "市财政局" in missed
    assert "市教育局" in wrong


@pytest.mark.parametrize(
    ("floor", "exit_code"),
    [("0.5", 0), ("0.51", 1), ("agencies = 0.5", 0), ("agencies = 0.9", 1), ("targets = 0.9", 0)],
)
def test_score_fails_below_the_floor(keys: Path, tables: Path, tmp_path: Path, floor: str, exit_code: int) -> None:
    if "=" in floor:
        (tmp_path / "floors.toml").write_text(floor, encoding="utf-8")
        floor = str(tmp_path / "floors.toml")

    result = run("score", tables, keys, "--floor", floor)

    assert result.exit_code == exit_code
    assert ("agencies: F1 0.500 is below" in result.stderr) is bool(exit_code)


@pytest.mark.parametrize("content", ["agency = 0.9", "targets = 'high'", "not toml"])
def test_a_wrong_floor_file_is_told(keys: Path, tables: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "floors.toml").write_text(content, encoding="utf-8")

    result = run("score", tables, keys, "--floor", tmp_path / "floors.toml")

    assert result.exit_code == 2
    assert "floors.toml" in result.stderr


def test_score_tells_what_is_no_key(tables: Path, tmp_path: Path) -> None:
    result = run("score", tables, made(tmp_path / "nothing"))

    assert result.exit_code == 2
    assert "coverage.json" in result.stderr


# --- demo ---------------------------------------------------------------------------------------------------------


def test_demo_builds_answers_and_draws(tmp_path: Path) -> None:
    result = run("demo", "--folder", tmp_path / "demo", "--no-browser")

    assert result.exit_code == 0
    assert "(0 rows)" not in result.stdout
    assert (tmp_path / "demo" / "network.html").is_file()
    assert str(tmp_path / "demo" / "network.html") in result.stdout
    assert (tmp_path / "demo" / "sample.kg" / "manifest.json").is_file()
