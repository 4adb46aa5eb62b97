"""HTTP to a SPARQL server: one kept connection, authentication as the server asks for it, errors as sentences."""

from __future__ import annotations

import os
import re
from types import TracebackType
from typing import Any

import httpx

from kg.graph.folder import GraphError

#: Where name and password are looked for when they are not given: a password on a command line is seen by others.
USER_VARIABLE, PASSWORD_VARIABLE = "POLICY_KG_USER", "POLICY_KG_PASSWORD"
#: Seconds to wait for a connection, and for an answer: servers think long about large graphs.
_CONNECT, _ANSWER = 10.0, 600.0


class RemoteError(GraphError):
    """A server that cannot be reached, refuses, or answers something else than asked for."""


class Server:
    """An address on a server, and the connection to it.  To be closed, or used in ``with``.

    Args:
        url: the address, http or https.
        user: who asks; read from the environment where it is None, and no one if it is not there either.
        password: likewise.
        transport: what carries requests, where it is not the net.

    Raises RemoteError where the address is none.
    """

    def __init__(
        self,
        url: str,
        user: str | None = None,
        password: str | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        try:
            self.url = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise RemoteError(f"{url} is not an address ({error}).") from error
        if self.url.scheme not in ("http", "https") or not self.url.host:
            raise RemoteError(f"{url} is not an address; write http://host:port/path.")
        self._user = user or os.environ.get(USER_VARIABLE)
        self._password = password or os.environ.get(PASSWORD_VARIABLE, "")
        self._client = httpx.Client(timeout=httpx.Timeout(_ANSWER, connect=_CONNECT), transport=transport)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def request(
        self,
        method: str,
        *,
        params: dict[str, str] | None = None,
        missing_is_none: bool = False,
        **body: Any,
    ) -> httpx.Response | None:
        """The answer to a request.

        Args:
            method: GET, PUT, POST or DELETE.
            params: what stands behind the address.
            missing_is_none: give None where the server says 404 Not Found.
            body: ``content``, ``data`` and ``headers`` of the request, as httpx takes them.

        Raises RemoteError, as one sentence, where the server is not there or does not do it.
        """
        url = self.url.copy_merge_params(params or {})
        try:
            response = self._client.request(method, url, **body)
            if response.status_code == 401 and self._user:
                self._client.auth = self._credentials(response)
                response = self._client.request(method, url, **body)
        except httpx.TimeoutException as error:
            raise RemoteError(f"{self.url} gave no answer in {_ANSWER:g} seconds; ask for less, or later.") from error
        except httpx.HTTPError as error:
            raise RemoteError(f"{self.url} cannot be reached ({error}); check the address.") from error
        if response.status_code == 404 and missing_is_none:
            return None
        if not response.is_success:
            raise RemoteError(self._refusal(response))
        return response

    def _credentials(self, response: httpx.Response) -> httpx.Auth:
        """Name and password in the form that the server asks for (RFC 7616 Digest, RFC 7617 Basic)."""
        asked = ", ".join(response.headers.get_list("www-authenticate")).lower()
        form = httpx.DigestAuth if "digest" in asked else httpx.BasicAuth
        return form(self._user or "", self._password)

    def _refusal(self, response: httpx.Response) -> str:
        status = response.status_code
        if status == 401 and not self._user:
            return f"{self.url} asks who you are; set {USER_VARIABLE} and {PASSWORD_VARIABLE}."
        if status in (401, 403):
            return f"{self.url} does not let {self._user or 'you'} do this ({status}); check name, password and rights."
        if status in (404, 405):
            return f"{self.url} is no address for this ({status}); check the path."
        text = re.sub(r"<[^>]*>", " ", response.text[:2000]) if "html" in _kind(response) else response.text
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        reason = f": {lines[0][:300].rstrip('.')}" if lines else ""
        return f"{self.url} answers {status} {response.reason_phrase}{reason}."


def _kind(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
