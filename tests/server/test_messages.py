"""Which of a browser's messages reach Streamlit."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.server.seams.gate import Gate

STREAM = "/_stcore/stream"
STOP = BackMsg(stop_script=True).SerializeToString()


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
    routes = [WebSocketRoute(STREAM, stream)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]))


def received(client: TestClient, payload: bytes) -> bytes:
    """What of a message reaches Streamlit; that of the next one where it is dropped."""
    with client.websocket_connect(STREAM) as socket:
        socket.send_bytes(payload)
        socket.send_bytes(STOP)
        return bytes.fromhex(socket.receive_text())


@pytest.mark.parametrize(
    "message",
    [
        {"rerun_script": {"query_string": "lang=en"}},
        {"rerun_script": {"widget_states": {"widgets": [{"id": "q", "string_value": "德阳"}]}}},
        {"rerun_script": {"widget_states": {"widgets": [{"id": "q", "int_value": 7}]}}},
        {"stop_script": True},
        {"app_heartbeat": True},
    ],
    ids=str,
)
def test_what_a_session_asks_for_itself_reaches_streamlit_unchanged(
    client: TestClient, message: dict[str, Any]
) -> None:
    payload = BackMsg(**message).SerializeToString()
    assert received(client, payload) == payload


@pytest.mark.parametrize(
    "message",
    [
        {"clear_cache": True},
        {"set_run_on_save": True},
        {"load_git_info": True},
        {"debug_disconnect_websocket": True},
        {"debug_shutdown_runtime": True},
        {"file_urls_request": {"request_id": "x", "file_names": ["x"] * 1000}},
        {"backend_operation_request": {"request_id": "x", "install_skills": {}}},
        {"rerun_script": {"fragment_id": "x\nforged line of a log"}},
        {},
    ],
    ids=str,
)
def test_what_concerns_more_than_the_session_is_dropped(
    client: TestClient, message: dict[str, Any]
) -> None:
    assert received(client, BackMsg(**message).SerializeToString()) == STOP


@pytest.mark.parametrize("payload", [b"\xff" * 8, b"\x5a\x04\x0a\x02\xed\xa0"])
def test_what_is_no_message_is_left_to_streamlit(client: TestClient, payload: bytes) -> None:
    assert received(client, payload) == payload


def test_a_text_is_left_to_streamlit(client: TestClient) -> None:
    with client.websocket_connect(STREAM) as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"


def test_a_click_on_a_fragment_is_for_the_whole_page_until_a_run_has_ended() -> None:
    """After a failover it comes to a session that has no fragments yet, and would be dropped."""
    click = BackMsg(rerun_script={"fragment_id": "0" * 32, "query_string": "lang=en"})
    early, done = ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY
    taken: list[BackMsg] = []

    async def page(socket: WebSocket) -> None:
        await socket.accept()
        for end in (early, done, done):
            taken.append(BackMsg.FromString(await socket.receive_bytes()))
            await socket.send_bytes(ForwardMsg(script_finished=end).SerializeToString())

    routes = [WebSocketRoute(STREAM, page)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]))
    with client.websocket_connect(STREAM) as socket:
        for _ in range(3):
            socket.send_bytes(click.SerializeToString())
            socket.receive_bytes()
    whole = BackMsg(rerun_script={"query_string": "lang=en"})
    assert taken == [whole, whole, click]
