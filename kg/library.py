"""The library for analysts: a graph whose answers are pandas DataFrames, networkx networks, pictures and charts.

Needs the extra ``policy-kg[notebooks]``.  The examples in this file run on the sample that ships with the program
(``kg build kg/data/sample --graph sample.kg``).

>>> import kg
>>> graph = kg.open("sample.kg")
>>> graph
Graph('sample.kg': 23 documents, ... facts)
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

from kg.graph import queries
from kg.graph.naming import is_iri
from kg.graph.store import Graph as Index
from kg.graph.store import Result, SparqlTerm, open_graph
from kg.graph.vocabulary import PREFIXES
from kg.show import explain as explaining
from kg.show.tables import columns_of, rows, with_bodies

try:
    import pandas as pd
except ImportError as error:
    raise ImportError("kg.open needs pandas; install it with: pip install 'policy-kg[notebooks]'") from error

if TYPE_CHECKING:
    import rdflib

_XSD = PREFIXES["xsd"]
_WHOLE = {f"{_XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger", "gYear")}
_FRACTIONAL = {f"{_XSD}{name}" for name in ("decimal", "double", "float")}

#: Height of a view shown in a notebook, in pixels
VIEW_HEIGHT = 640


def open(path: str | Path) -> Graph:
    """Open a graph folder for analysis.

    Args:
        path: the folder that ``kg build`` or ``kg.build_graph`` made.

    Raises:
        GraphError: it is no graph; the message says what to do.

    >>> import kg
    >>> len(kg.open("sample.kg").table("documents"))
    23
    """
    return Graph(open_graph(path))


class Graph:
    """An opened graph, for notebooks.  ``index`` is the store below it (:class:`kg.graph.store.Graph`)."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def __repr__(self) -> str:
        manifest = self.index.manifest
        documents = sum(len(file.documents) for file in manifest.files)
        return f"Graph({self.index.path.name!r}: {documents} documents, {sum(manifest.facts.values()):,} facts)"

    def query(self, sparql: str, **values: SparqlTerm | str | int) -> pd.DataFrame:
        """The answer to a SPARQL 1.1 query: a row for each solution, a column for each variable.

        Cells are plain: ``int`` for whole numbers and years, ``float``, ``bool``, else ``str``; dates are ISO 8601.
        What is unbound is missing.  ASK gives one row with the column ``answer``, CONSTRUCT and DESCRIBE the columns
        ``subject``, ``predicate``, ``object``.

        Args:
            sparql: the query; common prefixes need not be declared.
            values: values for variables of the SELECT clause; an IRI is taken as one, other text as a literal.

        Raises:
            GraphError: the query is wrong or not allowed.

        >>> graph.query('''SELECT ?title ?end WHERE { ?plan a gz:Plan ; dct:title ?title ;
        ...     dct:temporal/time:hasEnd/time:inXSDgYear ?end } ORDER BY DESC(?end) ?title LIMIT 1''').values.tolist()
        [['栖澜市水网建设规划（2031—2040年）', 2040]]
        """
        terms: dict[str, Any] = {name: _term(value) for name, value in values.items()}
        return frame(self.index.query(sparql, **terms))

    def ask(self, name: str, **values: str | int) -> pd.DataFrame:
        """The answer to a saved query (``kg queries`` lists them, :meth:`questions` too).

        Args:
            name: the query's name.
            values: values of its parameters, such as ``agency="市财政局"``: any known form of a name, or an IRI.

        Raises:
            GraphError: there is no such query, parameter or thing; the message names what comes near.

        >>> answer = graph.ask("agency-duties", agency="市财政局")
        >>> len(answer) > 0
        True
        """
        return frame(queries.run(self.index, name, {key: str(value) for key, value in values.items()}))

    def questions(self) -> pd.DataFrame:
        """The saved queries with their parameters and titles in both languages.

        >>> graph.questions().set_index("name").loc["binding-share", "english"]
        'Share of binding targets'
        """
        return pd.DataFrame(
            {
                "name": query.name,
                "parameters": ", ".join(parameter.name for parameter in query.parameters),
                "chinese": query.title["zh"],
                "english": query.title["en"],
            }
            for query in queries.saved().values()
        )

    def table(self, name: str) -> pd.DataFrame:
        """A fact table (``documents``, ``plans``, ``targets``, ``assignments``, …), a row for each fact.

        Assignments have one column more than the export: ``body``, the agency that linking found behind ``canonical``.

        >>> targets = graph.table("targets")
        >>> targets.loc[targets["nature"] == "约束性", ["indicator", "target_year"]].dtypes["target_year"]
        Int64Dtype()
        """
        columns, found = columns_of(name), rows(self.index, name)
        if name == "assignments":
            columns, found = (*columns, "body"), with_bodies(self.index)
        return _table(columns, [[row[column] for column in columns] for row in found])

    def explain(self, fact: str | Mapping[str, Any] | pd.Series[Any], context: int = 60) -> Explained:
        """What a fact rests on: its words in the text around them, the rule that found it, its confidence.

        Args:
            fact: its IRI, or a row that has one in the column ``iri`` (tables) or ``fact`` (saved queries).
            context: how many characters of the text to show on each side.

        Raises:
            GraphError: it is no fact of this graph.

        >>> row = graph.table("targets").iloc[0]
        >>> graph.explain(row).explanation.table
        'targets'
        """
        if not isinstance(fact, str):
            fact = str(fact["iri"] if "iri" in fact else fact["fact"])
        return Explained(explaining.explain(self.index, fact, context))

    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store; its default graph is the union, its named graphs the documents.

        Queries run in Oxigraph, not in rdflib.  Statements added to the Dataset stay in memory.

        >>> dataset = graph.rdflib()
        >>> dataset.query("ASK { ?plan a <https://policy-kg.example/ontology#Plan> }").askAnswer
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.index.store))

    def networkx(self, kind: str = "responsibility", **choices: Any) -> nx.Graph:
        """A projection of the graph as a networkx network; :data:`kg.show.projections.KINDS` says what each shows.

        Args:
            kind: ``responsibility``, ``plans``, ``citations``, ``hierarchy``, ``groups``, ``indicators``, or
                ``neighbourhood`` (with ``node``, an IRI or a name, and ``hops``).
            choices: rows to keep, by column: ``plan``, ``year``, and what the kind asks for.

        >>> network = graph.networkx("responsibility", year=2031)
        >>> network.nodes["栖澜市财政局"]["kind_en"]
        'agency'
        """
        from kg.show.projections import project

        return project(self.index, kind, **choices)

    def view(self, what: str | nx.Graph = "responsibility", title: str | None = None, **choices: Any) -> View:
        """A picture of a projection, or of a network made from one, that a browser shows and that can be saved.

        >>> graph.view("groups").save("groups.html").name
        'groups.html'
        """
        from kg.show import views
        from kg.show.projections import KINDS

        network = what if isinstance(what, nx.Graph) else self.networkx(what, **choices)
        kind = KINDS.get(what) if isinstance(what, str) else None
        name = title or (kind.title if kind else "网络 Network")
        return View(views.page(network, name, kind.reading if kind else "", self.index))


class View:
    """A picture of a network as one HTML page that works without any net; shown in line in a notebook."""

    def __init__(self, page: str) -> None:
        self.page = page

    def save(self, path: str | Path) -> Path:
        """Write the page to a file; gives its path."""
        file = Path(path)
        file.write_text(self.page, encoding="utf-8")
        return file

    def _repr_html_(self) -> str:
        style = f"width: 100%; height: {VIEW_HEIGHT}px; border: 1px solid #ddd"
        return f'<iframe srcdoc="{html.escape(self.page)}" style="{style}"></iframe>'


class Explained:
    """An explanation that shows itself: as a marked text in notebooks, as plain text elsewhere."""

    def __init__(self, explanation: explaining.Explanation) -> None:
        self.explanation = explanation

    def __repr__(self) -> str:
        return explaining.render(self.explanation)

    def _repr_html_(self) -> str:
        return explaining.render_html(self.explanation)


def frame(result: Result) -> pd.DataFrame:
    """The result of a query as a DataFrame of plain values.

    >>> frame(graph.index.query("SELECT (1 + 1 AS ?sum) {}")).values.tolist()
    [[2]]
    """
    if isinstance(result, ox.QueryBoolean):
        return pd.DataFrame({"answer": [bool(result)]})
    if isinstance(result, ox.QueryTriples):
        triples = [[_value(term) for term in (each.subject, each.predicate, each.object)] for each in result]
        return pd.DataFrame(triples, columns=["subject", "predicate", "object"])
    names = [variable.value for variable in result.variables]
    return _table(names, [[_value(row[name]) for name in names] for row in result])


def _value(term: Any) -> Any:
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind in _WHOLE:
            return int(term.value)
        if kind in _FRACTIONAL:
            return float(term.value)
        return term.value == "true" if kind == f"{_XSD}boolean" else term.value
    return term if term is None else getattr(term, "value", str(term))


def _table(names: Sequence[str], records: Sequence[Sequence[Any]]) -> pd.DataFrame:
    return pd.DataFrame({name: _column([record[index] for record in records]) for index, name in enumerate(names)})


def _column(values: list[Any]) -> Any:
    """Whole numbers stay whole beside missing ones: pandas would make floats of them."""
    present = [value for value in values if value is not None]
    return pd.array(values, dtype="Int64") if present and all(type(value) is int for value in present) else values


def _term(value: SparqlTerm | str | int) -> SparqlTerm | str:
    if isinstance(value, str):
        return ox.NamedNode(value) if is_iri(value) else value
    return ox.Literal(value) if isinstance(value, int) else value
