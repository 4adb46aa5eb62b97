"""A page that was given out once is given again as it was, to those who asked for the same."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.show.web.keeping import Kept


def client(most: int = 10_000) -> tuple[TestClient, list[str]]:
    """A client of an application that notes what reached it."""
    asked: list[str] = []

    async def answer(request: Request) -> Response:
        asked.append(str(request.url.path))
        status = 404 if "nothing" in request.url.path else 200
        return PlainTextResponse(f"{len(asked)}" + "x" * 500, status)

    app = Starlette(routes=[Route("/{rest:path}", answer)], middleware=[Middleware(Kept, most=most)])
    return TestClient(app), asked


def test_the_same_page_is_made_once_for_each_language_and_address() -> None:
    http, asked = client()
    first = http.get("/page", headers={"Cookie": "language=zh"})
    again = http.get("/page", headers={"Cookie": "language=zh"})
    for address, language in (("/page", "en"), ("/page?page=2", "zh"), ("/other", "zh")):
        http.get(address, headers={"Cookie": f"language={language}"})

    assert first.text == again.text
    assert dict(first.headers) == dict(again.headers)
    assert len(asked) == 4


def test_errors_and_queries_are_not_kept() -> None:
    http, asked = client()
    for address in ("/nothing", "/nothing", "/sparql?query=x", "/sparql?query=x"):
        http.get(address)

    assert len(asked) == 4


def test_the_pages_asked_for_longest_ago_go_first() -> None:
    http, asked = client(most=5000)
    for number in range(12):
        http.get(f"/{number}")
    http.get("/11")
    http.get("/0")

    assert asked[12:] == ["/0"]
