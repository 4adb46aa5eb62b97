"""Write the ontology as one HTML page, docs/ontology.html, with pyLODE.

    make ontology

pyLODE writes the classes and properties.  It knows neither the languages of labels nor code lists nor alignments:
labels are joined to “事实 · fact” before it reads them, codes and alignments are added behind as tables.  The page
loads nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kg.graph.vocabulary import PREFIXES, ontology_folder
from kg.show.rdf import curie

PAGE = Path("docs/ontology.html")
_GZ = PREFIXES["gz"]
_ALIGNING = (SKOS.exactMatch, SKOS.closeMatch, OWL.equivalentClass, OWL.equivalentProperty)
_STYLE = "<style>pre, code { white-space: pre-wrap; overflow-wrap: anywhere }</style>"
#: Before what of pyLODE's page our own sections stand.
_BEHIND_TERMS = '<div id="namespaces">'


def both(graph: rdflib.Graph, node: rdflib.term.Node, prop: rdflib.URIRef, between: str) -> str:
    """The Chinese and the English text of a property, in this order."""
    texts = sorted(graph.objects(node, prop), key=lambda text: getattr(text, "language", "") or "", reverse=True)
    return between.join(map(str, texts))


def shown(ontology: rdflib.Graph) -> rdflib.Graph:
    """The ontology as pyLODE is to read it: one label and one definition each, without the code lists."""
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    codes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme)) | set(ontology.subjects(SKOS.inScheme, None))
    for triple in sorted(ontology):
        if triple[0] not in codes and triple[1] not in (RDFS.label, SKOS.definition, DCTERMS.title, *_ALIGNING):
            graph.add(triple)
    for node in sorted(set(ontology.subjects()), key=str):
        if node not in codes:
            for prop, between in ((RDFS.label, " · "), (DCTERMS.title, " · "), (SKOS.definition, "\n\n")):
                text = both(ontology, node, prop, between)
                if text:
                    graph.add((node, prop, rdflib.Literal(text)))
    return graph


def code_lists(ontology: rdflib.Graph) -> Iterator[str]:
    """A table of codes for each concept scheme."""
    yield '<div id="codes" class="section"><h2>代码表 · Code lists</h2>'
    for scheme in sorted(ontology.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        yield _heading(ontology, scheme) + "<table>"
        for code in sorted(ontology.subjects(SKOS.inScheme, scheme), key=str):
            cells = (
                f'<code id="{escape(str(code).removeprefix(_GZ))}">{escape(curie(str(code)))}</code>',
                escape(str(ontology.value(code, SKOS.notation))),
                escape(both(ontology, code, RDFS.label, " · ")),
                escape(both(ontology, code, SKOS.definition, " ")),
                f"<code>{escape(str(ontology.value(code, SKOS.example)))}</code>",
            )
            yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        yield "</table></div>"
    yield "</div>"


def _heading(ontology: rdflib.Graph, scheme: rdflib.term.Node) -> str:
    name = str(scheme).removeprefix(_GZ)
    return (
        f'<div id="{escape(name)}" class="property entity"><h3>{escape(both(ontology, scheme, RDFS.label, " · "))}</h3>'
        f"<p><code>{escape(str(scheme))}</code></p><p>{escape(both(ontology, scheme, SKOS.definition, ' '))}</p>"
        f"<p><code>{escape(str(ontology.value(scheme, SKOS.example)))}</code></p>"
    )


def alignments(ontology: rdflib.Graph) -> Iterator[str]:
    """A table of how terms stand to those of other vocabularies."""
    yield '<div id="alignments" class="section"><h2>与其他词汇的对应 · Alignments</h2><table>'
    for link in _ALIGNING:
        for term, other in sorted(ontology.subject_objects(link)):
            cells = (curie(str(each)) for each in (term, link, other))
            yield "<tr>" + "".join(f"<td><code>{escape(cell)}</code></td>" for cell in cells) + "</tr>"
    yield "</table></div>"


def page() -> str:
    """The whole page."""
    try:
        from pylode import OntPub
    except ImportError:
        sys.exit("the page is written by pyLODE; `make ontology` installs it")
    ontology = rdflib.Graph().parse(ontology_folder() / "policy.ttl")
    html: str = OntPub(shown(ontology), sort_subjects=True).make_html()
    if _BEHIND_TERMS not in html:
        sys.exit(f"pyLODE's page has no {_BEHIND_TERMS} any more; mend scripts/ontology_page.py")
    own = "\n".join((*code_lists(ontology), *alignments(ontology)))
    html = html.replace("</head>", f"{_STYLE}</head>", 1)
    return html.replace(_BEHIND_TERMS, f"{own}\n{_BEHIND_TERMS}", 1)


def main() -> None:
    """Write the page."""
    # pyLODE goes through sets: without a fixed seed of hashes each run gives another order
    if os.environ.get("PYTHONHASHSEED") != "0":
        again = [sys.executable, "-m", "scripts.ontology_page"]
        os.execve(sys.executable, again, {**os.environ, "PYTHONHASHSEED": "0"})
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written")


if __name__ == "__main__":
    main()
