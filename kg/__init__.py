"""policy-kg: from Chinese government gazettes to a policy knowledge graph.

The way through, with the names to import, on the invented gazettes that come along:

>>> from pathlib import Path
>>> import kg
>>> gazettes = Path(kg.__file__).parent / "data" / "sample"
>>> issue = kg.read_file(gazettes / "2031-1.txt")  # text, tables, documents
>>> facts = kg.resolve_facts(kg.extract_facts(issue.documents[0]))  # who does what by when, each with its place
>>> facts[1].title, facts[1].evidence[0].start
('栖澜市公共服务“十六五”规划', 776)

>>> report = kg.build_graph([gazettes], "city.kg")  # all of that for many files, into a graph folder
>>> graph = kg.open_graph("city.kg")
>>> titles = graph.query("SELECT ?title WHERE { ?plan a gz:Plan ; dct:title ?title }")
>>> kg.fact_rows(graph, "assignments")[0]["doc"]  # a fact table as dicts
'栖政发〔2031〕1号'

For notebooks (with the extra ``policy-kg[notebooks]``):

>>> graph = kg.open("city.kg")  # pandas tables, networkx networks, pictures
>>> duties = graph.ask("agency-duties", agency="市财政局")
>>> graph.view("responsibility").save("network.html").name
'network.html'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import build as build_graph
    from kg.extract import extract as extract_facts
    from kg.graph.folder import GraphError
    from kg.graph.store import open_graph
    from kg.library import open
    from kg.read import read_file
    from kg.resolve import resolve as resolve_facts
    from kg.show.tables import rows as fact_rows

__version__ = "0.1.0"
__all__ = [
    "GraphError",
    "build_graph",
    "extract_facts",
    "fact_rows",
    "open",
    "open_graph",
    "read_file",
    "resolve_facts",
]

#: Where the names live: they are imported when they are first used, since spaCy alone takes half a second
_HOMES = {
    "GraphError": ("kg.graph.folder", "GraphError"),
    "build_graph": ("kg.build", "build"),
    "extract_facts": ("kg.extract", "extract"),
    "fact_rows": ("kg.show.tables", "rows"),
    "open": ("kg.library", "open"),
    "open_graph": ("kg.graph.store", "open_graph"),
    "read_file": ("kg.read", "read_file"),
    "resolve_facts": ("kg.resolve", "resolve"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, own_name = _HOMES[name]
    return getattr(import_module(module), own_name)
