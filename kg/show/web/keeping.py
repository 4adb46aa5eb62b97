"""Pages that were given out once are kept: a graph does not change while it is served."""

from __future__ import annotations

from collections import OrderedDict

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.show.web.messages import language_of

#: The most bytes of pages that are kept; the ones not asked for longest go first.
MOST = 64_000_000
#: Addresses that are answered anew each time: queries are bounded by themselves, files are on disk.
_NOT_KEPT = ("/sparql", "/graphs", "/static")

Key = tuple[str, bytes, str, bool]


class Kept:
    """Keeps whole answers in memory, as they go out (compressed or not), by address and language."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self.app = app
        self._most, self._size = most, 0
        self._answers: OrderedDict[Key, list[Message]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NOT_KEPT):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        is_zipped = "gzip" in request.headers.get("accept-encoding", "")
        key = (scope["path"], scope["query_string"], language_of(request), is_zipped)
        if key in self._answers:
            self._answers.move_to_end(key)
            for message in self._answers[key]:
                await send({**message})
            return
        messages: list[Message] = []

        async def noting(message: Message) -> None:
            # The headers are changed further out: a copy stays as it was
            messages.append({**message, "headers": list(message["headers"])} if "headers" in message else message)
            await send(message)

        await self.app(scope, receive, noting)
        if messages and messages[0]["status"] == 200 and "set-cookie" not in Headers(raw=messages[0]["headers"]):
            self._keep(key, messages)

    def _keep(self, key: Key, messages: list[Message]) -> None:
        size = _size(messages)
        if size > self._most // 8:
            return
        # Two clients may have asked for a page at the same time
        self._size += size - _size(self._answers.pop(key, []))
        self._answers[key] = messages
        while self._size > self._most:
            _, dropped = self._answers.popitem(last=False)
            self._size -= _size(dropped)


def _size(messages: list[Message]) -> int:
    return sum(len(message.get("body", b"")) for message in messages)
