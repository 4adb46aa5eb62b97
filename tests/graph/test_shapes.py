"""Validation: a graph as it is built is clean, and faults of every kind that are planted in it are named."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from rdflib.namespace import RDF, RDFS, SH

from kg.cli import main
from kg.graph.check import Fault, check_derivations, check_evidence, check_links
from kg.graph.shapes import ShapesError, check_shapes
from kg.graph.store import open_graph
from kg.graph.vocabulary import PREFIXES, ontology_folder
from tests.asked import DOCUMENTS, NEW, OLD, REMOVING, REPEALING, SCHEME, TEXT, with_links
from tests.fakes import rewrite_graph, write_graph

Edit = Callable[[list[str]], list[str]]
GZ = PREFIXES["gz"]


def without(*parts: str) -> Edit:
    """Leave out the first line with all these words."""

    def edit(lines: list[str]) -> list[str]:
        found = next(line for line in lines if all(part in line for part in parts))
        return [line for line in lines if line != found]

    return edit


def put(parts: tuple[str, ...], pattern: str, replacement: str) -> Edit:
    """Replace a pattern in the first line with all these words in which it occurs."""

    def edit(lines: list[str]) -> list[str]:
        found = next(line for line in lines if all(part in line for part in parts) and re.search(pattern, line))
        return [re.sub(pattern, replacement, line, count=1) if line == found else line for line in lines]

    return edit


def twice(parts: tuple[str, ...], pattern: str, replacement: str) -> Edit:
    """Add a changed copy of a line."""

    def edit(lines: list[str]) -> list[str]:
        return [*lines, *(set(put(parts, pattern, replacement)(lines)) - set(lines))]

    return edit


def everything_about(*parts: str) -> Edit:
    """Leave out all lines that begin with a subject that ends in these words."""
    return lambda lines: [line for line in lines if not line.partition("> ")[0].endswith(parts)]


BASELINE = (f"{GZ}baselineYear",)
#: What is wrong, in which document, how it is planted, and words of the report that name it.
FAULTS: list[tuple[str, str, Edit, str]] = [
    ("a confidence above one", NEW, put(("target-", "#confidence"), r'"0\.9"', '"1.7"'), "between 0 and 1 (“1.7”)"),
    ("no rule", NEW, without("target-", "#rule>"), "a rule is written extractor.pattern"),
    ("a rule of another form", NEW, put(("#rule>",), '"invented.line"', '"somehow"'), "extractor.pattern (“somehow”)"),
    ("no evidence", NEW, without("assignment-", "#evidence>"), "exactly one deciding evidence"),
    ("two deciding places", NEW, twice(("target-", "#evidence>"), r"char=\d+,\d+", "char=1,2"), "exactly one deciding"),
    ("no document", NEW, without("target-", "#statedIn>"), "a fact is stated in one document"),
    ("another quote", NEW, put(("oa#exact", "河岸绿化率"), "河岸", "湖岸"), "the source says “河岸绿化率90%"),
    ("an empty quote", NEW, put(("oa#exact", "河岸绿化率"), '"[^"]+"', '""'), "a quote is not empty"),
    ("a place outside of the text", NEW, put(("oa#end",), r'"\d+"', '"99999"'), "lies outside of the source"),
    ("an end before the start", NEW, put(("oa#end",), r'"\d+"', '"0"'), "a position starts before it ends"),
    ("an unknown role", NEW, put(("hadRole",), "LeadRole", "BossRole"), "a role is lead, responsible"),
    ("nobody is responsible", SCHEME, without("assignment-", "prov#agent"), "names an agency or a leader"),
    ("an unknown comparator", NEW, put(("#comparator",), '">="', '"≈"'), "a comparator is one of"),
    ("a year out of range", NEW, put(("#targetYear",), '"2035"', '"2935"'), "between 1940 and 2100 (“2935”)"),
    ("a baseline after its target", NEW, put(BASELINE, '"2030"', '"2040"'), "a baseline is not later than its target"),
    ("a target without a value", OLD, without("#valueText>"), "a target has a value"),
    ("a value that is no number", NEW, put(("ontology#value>", '"90"'), "XMLSchema#decimal", "XMLSchema#string"),
     "a value is a number"),
    ("an unknown nature", NEW, put(("#nature",), "#Binding", "#Perhaps"), "a nature is binding or anticipatory"),
    ("a period that ends before it begins", NEW, put(("/year/2035>", "inXSDgYear"), '"2035"', '"1999"'),
     "the period ends before it begins"),
    ("a task without a name", NEW, without("/task/", "rdf-schema#label"), "a task has one name"),
    ("a date that is no day", OLD, put(("date_document",), "2026-02-01", "0206-02-01"), "a day from 1940 to 2100"),
    ("two titles", NEW, twice(("/document/", "dc/terms/title"), '"澜', '"又一标题澜'), "a document has one title"),
    ("a citation of nothing", REPEALING, without("#citedNumber>"), "a citation names a title or a number"),
    ("an unknown relation", REPEALING, put(("#relation>",), "#Repeal", "#Like"), "a relation is basis, amends"),
    ("an appointment to no post", REMOVING, without("#postText>"), "an appointment names a post"),
    ("neither appointed nor removed", REMOVING, put(("#action>",), "#Removing", "#Moving"), "to appoint or to remove"),
    ("a member of no leading group", SCHEME, without("#type>", "LeadingGroup"), "a membership is in one leading group"),
    ("a name that is none", SCHEME, put(("foaf/0.1/name", "吴大亮"), "吴大亮", "吴"), "one name of 2 to 20 characters"),
    ("a source without a whole hash", NEW, put(("#sha256>",), r'"[0-9a-f]{8}', '"'), "has its SHA-256"),
    ("a link to nothing", SCHEME, everything_about("/吴大亮"), "吴大亮, of which nothing is said"),
]  # fmt: skip


#: The same for what stands in a graph derived from all documents.
DERIVED: list[tuple[str, str, Edit, str]] = [
    ("a link that names no source", "/links/documents", without("/link/", "wasDerivedFrom"),
     "names what it derives from"),
    ("a link in no state", "/links/documents", put(("#linkStatus",), "#StatedLink", "#Maybe"), "stated, doubtful or"),
    ("a post held by no one derived", "/links/people", put(("org#organization",), "<[^>]*> <h", "<x:y> <h"),
     "is derived and says not from what"),
    ("a statement without a link", "/links/documents",
     lambda lines: [line for line in lines if "rdf-syntax-ns#object" not in line], "is derived and says not from what"),
    ("a total without a source", "graph/totals", without("/total/", "wasDerivedFrom"),
     "a total names what it derives from"),
    ("a total of nothing", "graph/totals", put(("#taskCount",), r'"\d+"', '"0"'), "a total counts at least one task"),
    ("a derived thing in a document", NEW, put(("#type>", "#Target>"), "#Target>", "#Link>"),
     "in the graph of a document"),
]  # fmt: skip
#: Behind these no words can be told: the fact has lost them, or it is a file.
WITHOUT_WORDS = {"no evidence", "an empty quote", "a source without a whole hash"}


def faults(path: Path) -> list[Fault]:
    graph = open_graph(path)
    return [*check_evidence(graph).faults, *check_links(graph), *check_derivations(graph), *check_shapes(graph).faults]


def told(path: Path) -> list[tuple[str, str, str]]:
    """What `kg validate` tells of a graph with faults: the thing, the fault, and the words behind it."""
    done = CliRunner().invoke(main, ["validate", str(path)])
    assert done.exit_code == 1
    blocks = re.findall(r"^(\S+)\n  (.+)(?:\n  (【[\s\S]+?】.*))?$", done.stdout, re.M)
    assert f" checked, {len(blocks):,} faults found." in done.stdout
    return blocks


def test_a_graph_as_it_is_built_is_clean(tmp_path: Path) -> None:
    path = with_links(write_graph(tmp_path / "g.kg", *DOCUMENTS, text=TEXT))
    assert faults(path) == []
    check = check_shapes(open_graph(path))
    assert check.checked == len(list(open_graph(path).manifest.graphs)) - 1  # all but the ontology's own


def test_the_sample_is_clean(sample_graph: Path) -> None:
    assert faults(sample_graph) == []


@pytest.mark.parametrize(("what", "document", "edit", "words"), FAULTS, ids=[each[0] for each in FAULTS])
def test_a_planted_fault_is_named_with_its_fact_and_quote(
    tmp_path: Path, what: str, document: str, edit: Edit, words: str
) -> None:
    facts = next(facts for facts in DOCUMENTS if facts[0].doc == document)
    path = write_graph(tmp_path / "g.kg", facts, text=TEXT)
    rewrite_graph(path, document, edit)
    named = [(thing, quote) for thing, fault, quote in told(path) if words in fault]
    assert named
    for thing, quote in named:
        assert bool(quote) != (what in WITHOUT_WORDS)
        assert re.search(r"/(?:fact|document|plan|source)/", thing + quote)


@pytest.mark.parametrize(("graph", "edit", "words"), [each[1:] for each in DERIVED], ids=[each[0] for each in DERIVED])
def test_a_fault_of_what_is_derived_is_named(tmp_path: Path, graph: str, edit: Edit, words: str) -> None:
    path = with_links(write_graph(tmp_path / "g.kg", *DOCUMENTS, text=TEXT))
    rewrite_graph(path, graph, edit)
    assert [thing for thing, fault, _ in told(path) if words in fault]


def test_the_report_tells_the_fact_its_fault_and_its_words(tmp_path: Path) -> None:
    path = write_graph(tmp_path / "g.kg", DOCUMENTS[2], text=TEXT)
    rewrite_graph(path, NEW, put(("#targetYear", "target-"), '"2035"', '"2935"'))
    done = CliRunner().invoke(main, ["validate", str(path)])
    assert done.exit_code == 1
    iri, message, words = done.stdout.splitlines()[:3]
    assert "/fact/" in iri
    assert message == "  目标年须在1940至2100年间 · a target year lies between 1940 and 2100 (“2935”)"
    assert words in ("  【河岸绿化率90%（2035年）】", "  【新增绿道1.2万米（2035年）】")
    assert CliRunner().invoke(main, ["validate", str(path), "--no-shapes"]).exit_code == 0


def test_without_pyshacl_the_rest_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *more: Any, **named: Any) -> Any:
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    path = write_graph(tmp_path / "g.kg", DOCUMENTS[2], text=TEXT)
    with pytest.raises(ShapesError, match=r"policy-kg\[shacl\]"):
        check_shapes(open_graph(path))
    done = CliRunner().invoke(main, ["validate", str(path)])
    assert (done.exit_code, "not checked: shapes need pySHACL" in done.stderr) == (0, True)


def test_every_shape_has_labels_and_messages_in_both_languages() -> None:
    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        assert {label.language for label in shapes.objects(shape, RDFS.label)} == {"zh", "en"}  # type: ignore[attr-defined]
        for part in shapes.objects(shape, SH.property):
            assert {text.language for text in shapes.objects(part, SH.message)} == {"zh", "en"}  # type: ignore[attr-defined]
