"""Every request measured, and where the log is on written down; never who asked, or for what."""

from time import perf_counter

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import logs, metrics

ELSEWHERE = "elsewhere"
BUNDLE = "/static/"
# Statuses as we name them where a websocket opens or a request ends without an answer.
_OPENED, _REFUSED, _FAILED = 101, 403, 500


class AccessLog:
    """ASGI middleware that counts, times and logs requests and websockets.

    It stands outermost, so that the bytes it counts are those that leave the process.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it went."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope["type"], send)
        try:
            await self._app(scope, receive, answer.send)
        finally:
            answer.note(route(scope))


class _Answer:
    """What goes out in answer to one request."""

    def __init__(self, kind: str, send: Send) -> None:
        self._send = send
        self._kind = kind
        self._status = _FAILED if kind == "http" else _REFUSED
        self._bytes = 0
        self._started = perf_counter()

    async def send(self, message: Message) -> None:
        match message["type"]:
            case "http.response.start":
                self._status = message["status"]
            case "http.response.body":
                self._bytes += len(message.get("body", b""))
            case "websocket.accept":
                self._status = _OPENED
            case "websocket.send":
                self._bytes += len(message.get("bytes") or b"")
        await self._send(message)

    def note(self, where: str) -> None:
        seconds = perf_counter() - self._started
        if self._kind == "http":
            metrics.REQUESTS.labels(where, str(self._status)).observe(seconds)
        logs.event(
            "request" if self._kind == "http" else "websocket",
            route=where,
            status=self._status,
            ms=round(seconds * 1000, 1),
            bytes=self._bytes,
        )


def route(scope: Scope) -> str:
    """Return the pattern of the route that answered, never the path itself.

    Streamlit's bundle is mounted at the root and answers what nobody else does.
    """
    found: BaseRoute | None = scope.get("route")
    pattern: str = getattr(found, "path", "")
    if pattern:
        return pattern
    return f"{BUNDLE}*" if scope["path"].startswith(BUNDLE) else ELSEWHERE
