"""The spaCy pipeline: one component for each kind of fact, in the order in which they build on one another.

Each component is registered as a factory (``kg_targets`` …) and works in anyone's pipeline::

    nlp = spacy.blank("zh")
    nlp.add_pipe("kg_assignments")
    nlp("…")._.facts

Tokens are characters here: a token's index is its character's offset in the text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib import import_module

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.confidence import calibrated
from kg.extract.context import Context
from kg.extract.place import place_of
from kg.facts import Fact
from kg.read import read_text
from kg.read.model import PrintedDocument

#: The components in the order in which they run: later ones use what earlier ones found.
COMPONENTS = (
    "documents",
    "plans",
    "citations",
    "assignments",
    "targets",
    "memberships",
    "appointments",
    "portfolios",
    "projects",
    "agencies",
)
Finder = Callable[[PrintedDocument, Context], Iterable[Fact]]

Doc.set_extension("document", default=None, force=True)
Doc.set_extension("offset", default=0, force=True)
Doc.set_extension("context", default=None, force=True)
Doc.set_extension("facts", getter=lambda doc: tuple(doc._.context.facts) if doc._.context else (), force=True)


def character_tokenizer(vocab: Vocab) -> Callable[[str], Doc]:
    """A tokenizer that makes every character a token, so that token indices are character offsets."""
    known = _Known(vocab)
    # words may be given by their keys too, which the type of the argument does not tell
    return lambda text: Doc(vocab, words=list(map(known.__getitem__, text)), spaces=[False] * len(text))  # type: ignore[arg-type]


class _Known(dict[str, int]):
    """The keys of characters in a vocabulary's table of strings: made once, not at each place where one stands."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._strings = vocab.strings

    def __missing__(self, character: str) -> int:
        return self.setdefault(character, self._strings.add(character))


def _run(doc: Doc, *, find: Finder, kind: str) -> Doc:
    """Let one extractor read the printed document behind a Doc, and keep its facts as spans of the Doc too."""
    if doc._.document is None:
        _attach(doc, read_text(doc.text).documents[0])
    context: Context = doc._.context
    facts = [calibrated(fact) for fact in find(doc._.document, context)]
    context.facts.extend(facts)
    offset = doc._.offset
    spans = (
        doc.char_span(place.start - offset, place.end - offset, label=fact.rule, alignment_mode="expand")
        for fact in facts
        for place in fact.evidence[:1]
    )
    doc.spans[kind] = [span for span in spans if span is not None]
    return doc


def _attach(doc: Doc, document: PrintedDocument) -> None:
    doc._.document = document
    doc._.context = Context(place=place_of(document))


def _register(kind: str) -> None:
    def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return partial(_run, find=import_module(f"kg.extract.{kind}").find, kind=kind)

    Language.factory(f"kg_{kind}", func=create)


for _kind in COMPONENTS:
    _register(_kind)


@cache
def load() -> Language:
    """The whole pipeline.  It needs no model: everything it knows ships with the package."""
    # spaCy's limit of a million characters is that of its parser, which is not used; reading limits a file
    nlp = Language(Vocab(), max_length=sys.maxsize)
    nlp.tokenizer = character_tokenizer(nlp.vocab)
    for kind in COMPONENTS:
        nlp.add_pipe(f"kg_{kind}")
    return nlp


def extract(document: PrintedDocument) -> list[Fact]:
    """All facts of one printed document, in the order in which the components found them."""
    nlp = load()
    start, end = document.span
    doc = nlp.make_doc(document.source.text[start:end])
    doc._.offset = start
    _attach(doc, document)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return list(doc._.context.facts)
