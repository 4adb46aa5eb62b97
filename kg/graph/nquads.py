"""Writing N-Quads: terms as strings, lines sorted, the same bytes every time (RDF 1.1 N-Quads, canonical escapes)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.graph.vocabulary import PREFIXES, Term, term

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f\x7f"\\]')


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def iri(value: str) -> Term:
    """A node; ``value`` must be a valid absolute IRI already (see :mod:`kg.graph.naming`)."""
    return Term(f"<{value}>")


def literal(value: str | int | bool | float, datatype: str = "xsd:string") -> Term:
    """A literal of a datatype given as a prefixed name; numbers and truth values are spelled as XML Schema does."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    quoted = f'"{_TO_ESCAPE.sub(_escape, text)}"'
    if datatype == "xsd:string":
        return Term(quoted)
    prefix, _, name = datatype.partition(":")
    return Term(f"{quoted}^^<{PREFIXES[prefix]}{name}>")


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A named graph ready to be written: sorted N-Quads lines in UTF-8."""

    iri: str
    content: bytes
    quads: int


class Quads:
    """The statements of one named graph, a set: saying a thing twice is saying it once."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        self._end = f" <{graph}> .\n"
        self._lines: set[str] = set()

    def add(self, subject: Term, predicate: str, value: Term) -> None:
        """State a triple; the predicate is a prefixed name (``prov:agent``)."""
        self._lines.add(f"{subject} {term(predicate)} {value}{self._end}")

    def copy(self, subject: str, predicate: str, value: str) -> None:
        """State a triple whose three terms are in their N-Quads spelling already."""
        self._lines.add(f"{subject} {predicate} {value}{self._end}")

    def say(self, subject: Term, predicate: str, value: str | int | bool | None, datatype: str = "xsd:string") -> None:
        """State a literal; what is None or empty is not stated."""
        if value is not None and value != "":
            self.add(subject, predicate, literal(value, datatype))

    def finish(self) -> NamedGraph:
        """The statements as they are written."""
        return NamedGraph(self.graph, "".join(sorted(self._lines)).encode(), len(self._lines))
