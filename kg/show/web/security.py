"""Headers that every answer carries: what a page may load, who may frame it, who may read the data."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing from elsewhere, nothing in line: words of a gazette can never become a script or a style.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Pages whose third-party script writes styles into the page; scripts in line stay forbidden there too.
_STYLED = ("/editor", "/explore")
#: What other sites' pages may read: the data.  There are no cookies or logins that it would depend on.
_SHARED = ("/sparql", "/graphs", "/data/")


Headers = list[tuple[bytes, bytes]]


class SecurityHeaders:
    """Adds the headers to every response of an application, once to each: no answer sets any of them itself."""

    def __init__(self, app: ASGIApp, cors: str | None = "*") -> None:
        self.app = app
        always = {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        sharing = {
            "Access-Control-Allow-Origin": cors or "",
            "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Accept, Content-Type",
        }
        styled = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        self._plain = _encoded(always)
        self._styled = _encoded({**always, "Content-Security-Policy": styled})
        self._shared = _encoded({**always, **sharing}) if cors else self._plain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        added = self._plain
        if path.startswith(_STYLED):
            added = self._styled
        elif path.startswith(_SHARED):
            added = self._shared

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        await self.app(scope, receive, secured)


def _encoded(headers: dict[str, str]) -> Headers:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
