"""The application: addresses and what answers them."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.graph.answers import Limits
from kg.graph.folder import Folder
from kg.graph.workers import Workers
from kg.show.palette import FACTS, ROLES
from kg.show.web import assets, catalogue_build, explore, pages, queries, reading, reports, things
from kg.show.web.catalogue import Catalogue
from kg.show.web.keeping import Kept
from kg.show.web.messages import Words, language_of
from kg.show.web.negotiation import best
from kg.show.web.protocol import Direct, Endpoint
from kg.show.web.security import SecurityHeaders
from kg.show.web.site import Forms, Handler, Page, Site, given, route

#: What the first part of an IRI's path may be: these addresses lead to pages.
_IRI_KINDS = ("agency", "document", "plan", "person", "indicator", "task", "fact")
#: The ends of addresses that media types lead to.
_FORMS = {"text/html": "", "text/turtle": ".ttl", "application/ld+json": ".jsonld", "application/json": ".json"}
#: Answers from so many bytes on are compressed, for clients that take them so.
_zipped = partial(GZipMiddleware, minimum_size=2000, compresslevel=5)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served; ``cors`` is the origin whose pages may read the data (None: no other)."""

    limits: Limits = field(default_factory=Limits)
    cors: str | None = "*"


def create_app(graph: str | Path, settings: Settings | None = None) -> Starlette:
    """The application that serves a graph folder.

    To be called before the process has threads: queries run in processes forked from it.  GraphError if there is no
    graph.
    """
    settings = settings or Settings()
    folder = Folder(Path(graph))
    manifest = folder.read()
    kept = tempfile.TemporaryDirectory(prefix="policy-kg-")
    path = catalogue_build.kept_at(folder.path, manifest) or Path(kept.name) / "catalogue.sqlite"
    prepare = None if path.exists() else partial(catalogue_build.build, path=path)
    workers = Workers.start(folder.path, settings.limits, prepare)
    catalogue = Catalogue(path)
    site = Site(folder, manifest, catalogue, workers)
    endpoint = Endpoint(workers, manifest)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        async with workers:
            yield
        catalogue.close()
        kept.cleanup()

    return Starlette(
        routes=_routes(site, endpoint),
        lifespan=running,
        exception_handlers={HTTPException: partial(_error, site), Exception: partial(_error, site)},
        middleware=[
            Middleware(SecurityHeaders, cors=settings.cors),
            Middleware(Direct, endpoint=endpoint, zipped=_zipped(endpoint)),
            Middleware(Kept),
            Middleware(_zipped),
            Middleware(Forms),
        ],
    )


def _routes(site: Site, endpoint: Endpoint) -> list[Route | Mount]:
    shown: dict[str, Handler] = {
        "/": pages.home,
        "/index": pages.home,
        "/search": pages.search,
        "/list/{kind}": pages.things,
        "/facts/{kind}": pages.facts,
        "/at": pages.at,
        "/page/{key:path}": things.page,
        "/text/{key:path}": reading.page,
        "/reports": reports.reports,
        "/compare": reports.compare,
        "/queries": queries.queries,
        "/queries/{name}": queries.query,
        "/editor": queries.editor,
        "/editor/vocabulary": queries.vocabulary,
        "/explore": explore.explore,
        "/explore/graphml": explore.graphml,
        "/explore/svg": explore.svg,
        "/explore/html": explore.standalone,
    }
    return [
        *(Route(address, route(site, handler)) for address, handler in shown.items()),
        Route("/graphs", endpoint.graphs, methods=["GET"]),
        Route("/static/palette.css", _palette),
        Mount("/static", StaticFiles(directory=assets.STATIC)),
        *(Route(f"/{kind}/{{rest:path}}", _dereference) for kind in _IRI_KINDS),
    ]


async def _dereference(request: Request) -> Response:
    """An IRI of a thing leads to the page about it, in the form that is accepted (303 See Other)."""
    media_type = best(request.headers.get("accept"), tuple(_FORMS))
    if media_type is None:
        return PlainTextResponse("accept HTML, JSON, Turtle or JSON-LD.\n", 406)
    form = getattr(request.state, "form", None)
    end = f".{form}" if form else _FORMS[media_type]
    path = quote(request.scope["path"], safe="/:@!$&'()*+,;=~-._")
    return RedirectResponse(f"/page{path}{end}", 303, {"Vary": "Accept"})


async def _palette(request: Request) -> Response:
    """The palette as custom properties of CSS."""
    lines = [f"  --fact-{name}: {style.colour};" for name, style in FACTS.items()]
    lines += [f"  --role-{name}: {style.colour};" for name, style in ROLES.items()]
    rules = [f".fact-{name} {{ --hue: var(--fact-{name}); }}" for name in FACTS]
    rules += [f".role-{name} {{ --hue: var(--role-{name}); }}" for name in ROLES]
    css = "\n".join([":root {", *lines, "}", *rules, ""])
    return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def _error(site: Site, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = Words(language_of(request))
    message = words("error.404") if status == 404 else words("error.other")
    if getattr(request.state, "form", None):
        return PlainTextResponse(f"{message}\n", status)
    data = {"status": status, "message": message}
    return await given(site, request, words, Page("error.html", message, data, status=status))
