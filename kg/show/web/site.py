"""What all pages share: the graph's parts, and how a page is given out as HTML, JSON, CSV, Turtle or JSON-LD."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.graph.answers import Question
from kg.graph.folder import FileEntry, Folder, Manifest
from kg.graph.workers import Workers
from kg.show.cells import unarmed
from kg.show.palette import FACTS, ROLES
from kg.show.web import cells, drawing
from kg.show.web.catalogue import Catalogue
from kg.show.web.columns import RELATIONS, aim
from kg.show.web.entries import FactRow, Thing
from kg.show.web.messages import COOKIE, LANGUAGES, Words, language_of
from kg.show.web.negotiation import SHORT
from kg.show.web.protocol import respond
from kg.show.web.results import label

#: How else a page is given out, by the end of its address.
FORMS = ("json", "csv", "ttl", "jsonld")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says.

    ``data`` is for the template and the JSON form; ``table`` has the rows of the CSV form, if there is one; ``iris``
    are the things whose statements the RDF forms give.
    """

    template: str
    title: str
    data: Mapping[str, Any]
    table: Iterable[Mapping[str, Any]] | None = None
    iris: Sequence[str] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of one graph's pages."""

    folder: Folder
    manifest: Manifest
    catalogue: Catalogue
    workers: Workers
    templates: jinja2.Environment = field(default_factory=lambda: environment())

    def file(self, name: str) -> FileEntry:
        """The source file with this name."""
        return next(file for file in self.manifest.files if file.name == name)


Handler = Callable[[Site, Request, Words], Page | Response | Awaitable[Page | Response]]


class Forms:
    """Takes ``.json``, ``.csv``, ``.ttl`` or ``.jsonld`` off the end of an address; pages find it in the state."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] == "http" and not scope["path"].startswith(("/static/", "/sparql")):
            path, dot, form = scope["path"].rpartition(".")
            if dot and form in FORMS:
                scope = {**scope, "path": path, "state": {**scope.get("state", {}), "form": form}}
        await self.app(scope, receive, send)


def route(site: Site, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler of pages as an endpoint of Starlette."""

    async def endpoint(request: Request) -> Response:
        words = Words(language_of(request))
        page = handler(site, request, words)
        if isinstance(page, Awaitable):
            page = await page
        return page if isinstance(page, Response) else await given(site, request, words, page)

    return endpoint


async def given(site: Site, request: Request, words: Words, page: Page) -> Response:
    """A page in the form that the address asks for.  404 where the page has no such form."""
    form = getattr(request.state, "form", None)
    if form == "json":
        body = json.dumps({"title": page.title, **page.data}, ensure_ascii=False, default=plain)
        return Response(body, page.status, media_type="application/json")
    if form == "csv" and page.table is not None:
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(page.title[:60])}.csv"}
        return Response(as_csv(page.table), page.status, headers, "text/csv; charset=utf-8")
    if form in ("ttl", "jsonld") and page.iris:
        return respond(await site.workers.ask(statements_about(page.iris, SHORT[form])))
    if form:
        raise HTTPException(404, words("error.form"))
    forms = [form for form in FORMS if form == "json" or (page.table is not None if form == "csv" else page.iris)]
    response = HTMLResponse(rendered(site, request, words, page, forms), page.status)
    response.headers["Vary"] = "Accept-Language, Cookie"
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, words.language, max_age=31_536_000, httponly=True, samesite="lax")
    return response


def rendered(site: Site, request: Request, words: Words, page: Page, forms: Sequence[str] = ()) -> str:
    """A page as HTML."""
    address = Address(request)
    return site.templates.get_template(page.template).render(
        **page.data, title=page.title, t=words, address=address, site=site, forms=forms, path=request.scope["path"]
    )


class Address:
    """The address of the page being shown, with one thing about it changed."""

    def __init__(self, request: Request) -> None:
        self._path = quote(request.scope["path"], safe="/:@!$&'()*+,;=~-._")
        self._pairs = parse_qsl(request.scope["query_string"].decode("ascii", "replace"))

    def __call__(self, form: str = "", **changes: object) -> str:
        """The address with parameters set, or removed where the value is None; the page number starts anew."""
        dropped = {*changes, "page"}
        pairs = [pair for pair in self._pairs if pair[0] not in dropped]
        pairs += [(name, str(value)) for name, value in changes.items() if value is not None]
        path = self._path + (f".{form}" if form else "")
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def listing(self, **changes: Sequence[str] | None) -> str:
        """The address with parameters that may stand several times set to these values."""
        pairs = [pair for pair in self._pairs if pair[0] not in changes]
        pairs += [(name, value) for name, values in changes.items() for value in values or ()]
        return f"{self._path}?{urlencode(pairs)}" if pairs else self._path

    def values(self, name: str) -> list[str]:
        """All values of a parameter."""
        return [value for key, value in self._pairs if key == name]

    def has(self, name: str, value: object = None) -> bool:
        """Whether a parameter is set, to this value if one is given."""
        return any(key == name and (value is None or given == str(value)) for key, given in self._pairs)


def statements_about(iris: Sequence[str], media_type: str) -> Question:
    """The question for all statements about things, and about the facts and places that speak of them."""
    values = " ".join(f"<{iri}>" for iri in iris)
    return Question(
        "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT DISTINCT ?s { "
        f"{{ VALUES ?s {{ {values} }} }} UNION {{ VALUES ?t {{ {values} }} ?s ?link ?t . ?s gz:rule ?rule }} "
        "} } ?s ?p ?o }",
        None,
        media_type,
    )


def as_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as CSV with a byte order mark, so that spreadsheets read Chinese.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row))
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return ("\ufeff" + out.getvalue()).encode()


def _cell(value: Any) -> Any:
    return unarmed(" | ".join(map(str, value)) if isinstance(value, list) else value)


def plain(value: Any) -> Any:
    """Things and facts as plain values for JSON."""
    if isinstance(value, FactRow):
        return {**value.row(), "links": {name: [plain(each) for each in found] for name, found in value.links.items()}}
    if isinstance(value, Thing):
        return {"iri": value.iri, "kind": value.kind, "label": value.label, "note": value.note, "facts": value.facts}
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def environment() -> jinja2.Environment:
    """The templates, with everything that is put into a page escaped."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["zip"] = zip
    templates.globals.update(
        FACTS=FACTS,
        ROLES=ROLES,
        LANGUAGES=LANGUAGES,
        RELATIONS=RELATIONS,
        aim=aim,
        cells=cells,
        drawing=drawing,
        label=label,
    )
    return templates
