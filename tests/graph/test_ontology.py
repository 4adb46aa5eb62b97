"""The ontology: every term with an example that is Turtle, the standard it comes from, and its place beside others."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kg.graph.vocabulary import ONTOLOGY_GRAPH, PREFIXES, ontology_folder

ONTOLOGY = rdflib.Graph().parse(ontology_folder() / "policy.ttl")
GZ = PREFIXES["gz"]
STANDARDS = f"{ONTOLOGY_GRAPH}/standard/"
HEADER = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items())
TERMS = sorted({str(term) for term in ONTOLOGY.subjects(SKOS.definition, None) if str(term).startswith(GZ)})
CLASSES = [term for term in TERMS if (rdflib.URIRef(term), RDF.type, OWL.Class) in ONTOLOGY]
ALIGNED = (RDFS.subClassOf, SKOS.closeMatch, SKOS.exactMatch, OWL.equivalentClass)


def short(iri: str) -> str:
    return iri.removeprefix(GZ)


def shown(term: str) -> rdflib.Graph:
    """The statements of a term's example."""
    (example,) = ONTOLOGY.objects(rdflib.URIRef(term), SKOS.example)
    return rdflib.Graph().parse(data=HEADER + str(example), format="turtle", publicID="https://policy-kg.example/")


def test_there_are_terms() -> None:
    assert {term for term in ONTOLOGY.subjects(RDF.type, None) if str(term).startswith(GZ)} == {
        rdflib.URIRef(term) for term in TERMS
    }


@pytest.mark.parametrize("term", TERMS, ids=short)
def test_a_term_has_one_example_that_is_turtle_and_shows_it(term: str) -> None:
    example = shown(term)
    terms = {str(node) for triple in example for node in triple if str(node).startswith(GZ)}
    assert term in terms
    assert terms <= set(TERMS)
    kinds = set(ONTOLOGY.objects(rdflib.URIRef(term), RDF.type))
    if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
        values = list(example.objects(None, rdflib.URIRef(term)))
        assert values
        assert all(isinstance(value, rdflib.Literal) == (OWL.DatatypeProperty in kinds) for value in values)
    if OWL.Class in kinds:
        assert list(example.subjects(RDF.type, rdflib.URIRef(term)))


@pytest.mark.parametrize("term", TERMS, ids=short)
def test_an_example_has_the_datatype_of_the_property(term: str) -> None:
    example = shown(term)
    for wanted in ONTOLOGY.objects(rdflib.URIRef(term), RDFS.range):
        for value in example.objects(None, rdflib.URIRef(term)):
            if isinstance(value, rdflib.Literal):
                assert (value.datatype or rdflib.XSD.string) == wanted
                assert not value.ill_typed


@pytest.mark.parametrize("term", TERMS, ids=short)
def test_a_term_names_the_standards_it_comes_from(term: str) -> None:
    sources = list(ONTOLOGY.objects(rdflib.URIRef(term), DCTERMS.source))
    assert sources
    assert all((source, RDF.type, DCTERMS.Standard) in ONTOLOGY for source in sources)


def test_every_standard_is_described_in_both_languages_and_named_by_a_term() -> None:
    for standard in ONTOLOGY.subjects(RDF.type, DCTERMS.Standard):
        assert str(standard).startswith(STANDARDS)
        assert {title.language for title in ONTOLOGY.objects(standard, DCTERMS.title)} == {"zh", "en"}  # type: ignore[attr-defined]
        assert list(ONTOLOGY.subjects(DCTERMS.source, standard)), standard


def aligned(node: rdflib.term.Node) -> bool:
    """Whether a class is, through its super-classes too, aligned with one of another vocabulary."""
    beside = [other for link in ALIGNED for other in ONTOLOGY.objects(node, link)]
    return any(not str(other).startswith(GZ) or aligned(other) for other in beside)


@pytest.mark.parametrize("term", CLASSES, ids=short)
def test_a_class_stands_beside_one_of_another_vocabulary(term: str) -> None:
    assert aligned(rdflib.URIRef(term))


@pytest.mark.parametrize("vocabulary", ["org", "eli", "prov", "schema"])
def test_alignments_reach_the_vocabularies_for_organisations_legislation_and_provenance(vocabulary: str) -> None:
    reached = {
        str(other)
        for link in (*ALIGNED, RDFS.subPropertyOf, OWL.equivalentProperty)
        for other in ONTOLOGY.objects(None, link)
    }
    assert [other for other in reached if other.startswith(PREFIXES[vocabulary])]


def test_alignments_are_of_terms_that_there_are() -> None:
    for link in (*ALIGNED, OWL.equivalentProperty, RDFS.subPropertyOf):
        for term in ONTOLOGY.subjects(link, None):
            assert not str(term).startswith(GZ) or str(term) in TERMS
