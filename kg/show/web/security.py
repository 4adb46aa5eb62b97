"""Headers that every answer carries: what a page may load, who may frame it, who may read the data."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
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


class SecurityHeaders:
    """Adds the headers to every response of an application."""

    def __init__(self, app: ASGIApp, cors: str | None = "*") -> None:
        self.app = app
        self.cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                styled = path.startswith(_STYLED)
                policy = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") if styled else POLICY
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
                if self.cors and path.startswith(_SHARED):
                    headers["Access-Control-Allow-Origin"] = self.cors
                    headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
                    headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            await send(message)

        await self.app(scope, receive, secured)
