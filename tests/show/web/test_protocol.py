"""What the endpoint does besides the protocol, which the tests of the W3C try."""

from __future__ import annotations

import gzip

from starlette.testclient import TestClient

QUERY = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 200"


def test_answers_are_compressed_for_those_who_take_them_so(client: TestClient) -> None:
    def asked(accepted: str) -> tuple[str | None, bytes]:
        headers = {"Accept-Encoding": accepted}
        with client.stream("GET", "/sparql", params={"query": QUERY}, headers=headers) as response:
            return response.headers.get("content-encoding"), b"".join(response.iter_raw())

    coding, body = asked("deflate, gzip")

    assert coding == "gzip"
    assert (None, gzip.decompress(body)) == asked("identity")


def test_methods_that_do_not_ask_are_refused(client: TestClient) -> None:
    response = client.put("/sparql", content=b"")

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert client.options("/sparql").status_code == 204
