"""Requests measured and logged."""

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from atlas.logs import EVENTS, Lines
from atlas.metrics import REGISTRY
from atlas.server.access_log import AccessLog

AGENT, TYPED, ADDRESS = "Reader/1.0", "kept-to-myself", "testclient"


async def place(_: Request) -> Response:
    return PlainTextResponse("twelve chars")


async def broken(_: Request) -> Response:
    raise LookupError(TYPED)


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_bytes(await socket.receive_bytes())
    await socket.close()


async def shut(socket: WebSocket) -> None:
    await socket.close()


class Bundle:
    """What Streamlit mounts at the root."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("")(scope, receive, send)


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/place", place, methods=["GET", "HEAD"]),
        Route("/api/{name}", place),
        Route("/broken", broken),
        WebSocketRoute("/_stcore/stream", stream),
        WebSocketRoute("/shut", shut),
        Mount("/", app=Bundle()),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(AccessLog)])
    return TestClient(app, raise_server_exceptions=False, headers={"user-agent": AGENT})


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lines written, with the log on."""
    messages: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(Lines().format(record))

    monkeypatch.setattr(EVENTS, "handlers", [Kept()])
    monkeypatch.setattr(EVENTS, "propagate", False)
    EVENTS.setLevel(logging.INFO)
    yield messages
    EVENTS.setLevel(logging.CRITICAL)


def counted(route: str, status: int) -> float:
    labels = {"route": route, "status": str(status)}
    return REGISTRY.get_sample_value("atlas_request_duration_seconds_count", labels) or 0


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/place", "/place", 200),
        (f"/place?q={TYPED}", "/place", 200),
        (f"/api/{TYPED}", "/api/{name}", 200),
        ("/broken", "/broken", 500),
        (f"/static/{TYPED}.js", "/static/*", 200),
        (f"/{TYPED}", "elsewhere", 200),
        ("/%2e%2e/etc/passwd", "elsewhere", 200),
    ],
)
def test_a_request_is_counted_and_logged_by_the_route_that_answered(
    client: TestClient, lines: list[str], path: str, route: str, status: int
) -> None:
    before = counted(route, status)
    client.get(path)
    assert counted(route, status) == before + 1
    line = json.loads(lines[-1])
    assert (line["event"], line["route"], line["status"]) == ("request", route, status)


def test_a_line_holds_time_and_size_and_nothing_of_the_reader(
    client: TestClient, lines: list[str]
) -> None:
    headers = {"x-forwarded-for": "203.0.113.9", "cookie": f"a={TYPED}", "referer": f"/{TYPED}"}
    client.get(f"/place?q={TYPED}&near={TYPED}", headers=headers)
    client.get(f"/{TYPED}", headers=headers)
    client.get("/broken", headers=headers)
    line = json.loads(lines[0])
    assert line["bytes"] == len("twelve chars")
    assert 0 <= line["ms"] < 10_000
    assert set(line) == {"ts", "level", "event", "route", "status", "ms", "bytes"}
    for personal in (TYPED, AGENT, ADDRESS, "203.0.113.9"):
        assert personal not in "".join(lines)


def test_a_websocket_is_logged_when_it_ends_and_not_counted_as_a_request(
    client: TestClient, lines: list[str]
) -> None:
    before = counted("/_stcore/stream", 101)
    with client.websocket_connect(f"/_stcore/stream?q={TYPED}") as socket:
        socket.send_bytes(b"12345")
        assert socket.receive_bytes() == b"12345"
    line = json.loads(lines[-1])
    assert (line["event"], line["status"], line["bytes"]) == ("websocket", 101, 5)
    assert TYPED not in lines[-1]
    assert counted("/_stcore/stream", 101) == before


def test_a_websocket_that_was_not_let_in_is_logged_as_refused(
    client: TestClient, lines: list[str]
) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/shut"):
        pass
    assert json.loads(lines[-1])["status"] == 403


def test_where_the_log_is_off_requests_are_counted_all_the_same(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = counted("/place", 200)
    with caplog.at_level(logging.WARNING):
        client.get("/place")
    assert counted("/place", 200) == before + 1
    assert not [record for record in caplog.records if record.name == EVENTS.name]
