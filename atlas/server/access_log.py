"""Measure and log every request, but never who made it or what was in its query."""

from time import perf_counter

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import logs, metrics

ELSEWHERE = "elsewhere"
BUNDLE = "/static/"
# The status noted for a websocket that opens, and for a request that ends without a response.
_OPENED, _REFUSED, _FAILED = 101, 403, 500


class AccessLog:
    """ASGI middleware that counts, times and logs requests and websockets.

    It is the outermost, so that the bytes it counts are those that leave the process.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, then measure and log its response."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        response = _Response(scope["type"], send)
        try:
            await self._app(scope, receive, response.send)
        finally:
            response.log(route(scope))


class _Response:
    """What is sent in response to one request."""

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

    def log(self, route: str) -> None:
        seconds = perf_counter() - self._started
        if self._kind == "http":
            metrics.REQUESTS.labels(route, str(self._status)).observe(seconds)
        logs.event(
            "request" if self._kind == "http" else "websocket",
            route=route,
            status=self._status,
            ms=round(seconds * 1000, 1),
            bytes=self._bytes,
        )


def route(scope: Scope) -> str:
    """Return the pattern of the route that matched, never the path itself.

    Streamlit's bundle is mounted at the root and takes all paths that are left.
    """
    matched: BaseRoute | None = scope.get("route")
    pattern: str = getattr(matched, "path", "")
    if pattern:
        return pattern
    return f"{BUNDLE}*" if scope["path"].startswith(BUNDLE) else ELSEWHERE
