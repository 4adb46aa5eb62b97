"""The page of the ontology and the picture of its model say what the ontology and the program say today."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDFS, SKOS

from kg.graph.store import open_graph
from kg.graph.vocabulary import PREFIXES, ontology_folder
from scripts import ontology_picture
from scripts.accuracy import REPOSITORY

ONTOLOGY = rdflib.Graph().parse(ontology_folder() / "policy.ttl")
PAGE = (REPOSITORY / "docs" / "ontology.html").read_text(encoding="utf-8")
PLAIN = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", PAGE)))
AGAIN = "`make ontology` writes the page and the picture again"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("prop", [RDFS.label, SKOS.definition, SKOS.example], ids=["labels", "definitions", "examples"])
def test_the_page_has_all_texts_of_all_terms(prop: rdflib.URIRef) -> None:
    page = squeezed(PLAIN)
    missing = [
        (str(term), str(text)) for term, text in ONTOLOGY.subject_objects(prop) if squeezed(str(text)) not in page
    ]
    assert missing == [], AGAIN


def test_the_page_has_the_iri_of_every_term() -> None:
    terms = {str(term) for term in ONTOLOGY.subjects(SKOS.definition, None)}
    named = {term for term in terms if escape(term) in PAGE or f"gz:{term.removeprefix(PREFIXES['gz'])}<" in PAGE}
    assert terms - named == set(), AGAIN


def test_the_page_is_of_this_version() -> None:
    version = ONTOLOGY.value(rdflib.URIRef("https://policy-kg.example/ontology"), OWL.versionInfo)
    assert f"Version Info {version} " in PLAIN, AGAIN


def test_the_page_loads_nothing() -> None:
    assert re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=|<link[^>]*href=\"(?!data:)|url\(|@import", PAGE) == []


def test_the_picture_is_what_the_sample_s_graph_gives(sample_graph: Path) -> None:
    found = ontology_picture.links(open_graph(sample_graph))
    assert [pair for pair in ontology_picture.PAIRS if not found.get(pair)] == []
    assert (REPOSITORY / ontology_picture.FILE).read_text(encoding="utf-8") == ontology_picture.picture(found), AGAIN
