"""Measure and log every request, but neither the reader nor the query."""

from dataclasses import dataclass
from time import perf_counter

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import logs, metrics

ELSEWHERE = "elsewhere"
BUNDLE = "/static/"
# The status of a websocket that opens or is refused, and of a request without a response.
_OPENED, _REFUSED, _FAILED = 101, 403, 500


@dataclass(frozen=True)
class AccessLog:
    """ASGI middleware that counts, times and logs requests and websockets.

    It is the outermost middleware, so that it counts the bytes that leave the process.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, then measure and log its response."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        is_http = scope["type"] == "http"
        status, size, started = _FAILED if is_http else _REFUSED, 0, perf_counter()

        async def measure(message: Message) -> None:
            nonlocal status, size
            match message["type"]:
                case "http.response.start":
                    status = message["status"]
                case "http.response.body":
                    size += len(message.get("body", b""))
                case "websocket.accept":
                    status = _OPENED
                case "websocket.send":
                    size += len(message.get("bytes") or b"")
            await send(message)

        try:
            await self.app(scope, receive, measure)
        finally:
            _log(scope, status, size, perf_counter() - started)


def _log(scope: Scope, status: int, size: int, seconds: float) -> None:
    is_http, name = scope["type"] == "http", route(scope)
    if is_http:
        metrics.REQUESTS.labels(name, str(status)).observe(seconds)
    logs.event(
        "request" if is_http else "websocket",
        route=name,
        status=status,
        ms=round(seconds * 1000, 1),
        bytes=size,
    )


def route(scope: Scope) -> str:
    """Return the pattern of the route that matched, never the path itself.

    Streamlit's bundle is mounted at the root and takes all remaining paths.
    """
    matching: BaseRoute | None = scope.get("route")
    pattern: str = getattr(matching, "path", "")
    if pattern:
        return pattern
    return f"{BUNDLE}*" if scope["path"].startswith(BUNDLE) else ELSEWHERE
