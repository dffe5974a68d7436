"""Who is let through to Streamlit, and which of a browser's messages reach it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config, net_util
from streamlit.proto.BackMsg_pb2 import BackMsg

from atlas import server
from atlas.server.seams.gate import Gate

STREAM = "/_stcore/stream"
HOST = "atlas.example:8501"
STOP = BackMsg(stop_script=True).SerializeToString()


async def taken(_: Request) -> Response:
    return PlainTextResponse("taken")


async def stream(socket: WebSocket) -> None:
    """Say every message back, as Streamlit would take it, in hexadecimal digits."""
    await socket.accept()
    try:
        while (message := await socket.receive())["type"] == "websocket.receive":
            payload = message.get("bytes")
            await socket.send_text(message["text"] if payload is None else payload.hex())
    except WebSocketDisconnect:
        pass


@pytest.fixture
def client() -> TestClient:
    routes = [
        WebSocketRoute(STREAM, stream),
        Route("/_stcore/upload_file/{session}/{file}", taken, methods=["PUT"]),
        Route("/_stcore/health", taken),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]))


@pytest.fixture
def setting() -> Iterator[Callable[[str, object], None]]:
    """Change settings of Streamlit for a test."""
    before: dict[str, object] = {}

    def change(name: str, value: object) -> None:
        before.setdefault(name, config.get_option(name))
        config.set_option(name, value)

    yield change
    for name, value in before.items():
        config.set_option(name, value)


def is_let_in(client: TestClient, origin: str | None) -> bool:
    sent = {"host": HOST} | ({"origin": origin} if origin is not None else {})
    try:
        with client.websocket_connect(STREAM, headers=sent):
            return True
    except WebSocketDisconnect:
        return False


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        (f"http://{HOST}", True),
        (f"https://{HOST}", True),
        (None, True),
        ("http://localhost", True),
        (f"https://{HOST}.evil.example", False),
        ("https://evil.example", False),
        ("https://atlas.example", False),
        ("http://atlas.example:8502", False),
        ("https://partner.example", False),
        ("null", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_pages_of_this_site_have_a_websocket_and_nobody_is_asked_about_others(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, origin: str | None, is_ours: bool
) -> None:
    monkeypatch.setattr(net_util, "get_external_ip", lambda: pytest.fail("asked"))
    assert is_let_in(client, origin) is is_ours


@pytest.mark.parametrize(
    "named", ["partner.example", "https://partner.example", " partner.example "]
)
def test_a_site_is_named_with_its_scheme_or_without(
    client: TestClient, setting: Callable[[str, object], None], named: str
) -> None:
    setting("server.corsAllowedOrigins", [named])
    assert is_let_in(client, "https://partner.example")
    assert is_let_in(client, "https://partner.example:8443")
    assert not is_let_in(client, "https://partner.example.evil.example")
    assert not is_let_in(client, "https://evil.example")


def test_where_the_host_lets_every_site_in_none_is_refused(
    client: TestClient, setting: Callable[[str, object], None]
) -> None:
    setting("server.enableCORS", False)
    assert is_let_in(client, "https://evil.example")
    assert is_let_in(client, "null")


def test_a_refusal_is_logged_with_its_reason_and_its_setting(
    client: TestClient,
    setting: Callable[[str, object], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    is_let_in(client, "https://evil.example")
    setting("server.allowedHosts", ["other.example"])
    is_let_in(client, None)
    first, second = (
        record.getMessage() for record in caplog.records if record.name == "atlas.gate"
    )
    assert "server.corsAllowedOrigins" in first
    assert "another host" in first
    assert "server.allowedHosts" in second
    assert "evil" not in first, "A log names nobody."


def test_nothing_is_uploaded_and_nothing_else_is_refused(client: TestClient) -> None:
    assert client.put("/_stcore/upload_file/a/b", content=b"x").status_code == 404
    assert client.get("/_stcore/health").text == "taken"
    assert Gate in [entry.cls for entry in server.middleware()]


@pytest.mark.parametrize(
    ("message", "is_passed_on"),
    [
        # What a session asks for itself ...
        ({"rerun_script": {"query_string": "lang=en"}}, True),
        ({"rerun_script": {"widget_states": {"widgets": [{"id": "q", "int_value": 7}]}}}, True),
        ({"rerun_script": {"fragment_id": "0" * 32}}, True),
        ({"stop_script": True}, True),
        ({"app_heartbeat": True}, True),
        # ... and what concerns more than it.
        ({"clear_cache": True}, False),
        ({"set_run_on_save": True}, False),
        ({"load_git_info": True}, False),
        ({"debug_disconnect_websocket": True}, False),
        ({"debug_shutdown_runtime": True}, False),
        ({"file_urls_request": {"request_id": "x", "file_names": ["x"] * 1000}}, False),
        ({"backend_operation_request": {"request_id": "x", "install_skills": {}}}, False),
        ({"rerun_script": {"fragment_id": "x\nforged line of a log"}}, False),
        ({}, False),
        # What is no message is left to Streamlit.
        (b"\xff" * 8, True),
        (b"\x5a\x04\x0a\x02\xed\xa0", True),
    ],
    ids=str,
)
def test_what_concerns_more_than_the_session_is_dropped_and_the_rest_reaches_streamlit(
    client: TestClient, message: dict[str, Any] | bytes, is_passed_on: bool
) -> None:
    is_raw = isinstance(message, bytes)
    payload = message if is_raw else BackMsg(**message).SerializeToString()  # type: ignore[arg-type]
    with client.websocket_connect(STREAM) as socket:
        socket.send_bytes(payload)
        socket.send_bytes(STOP)
        assert bytes.fromhex(socket.receive_text()) == (payload if is_passed_on else STOP)


def test_a_text_is_left_to_streamlit(client: TestClient) -> None:
    with client.websocket_connect(STREAM) as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"
