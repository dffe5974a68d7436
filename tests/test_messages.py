"""What of a browser's messages reaches the pages."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.server.gate import Gate
from atlas.server.messages import DEEPEST, expected

ID = "$$ID-0123456789abcdef0123456789abcdef-"
ROUTER = f"{ID}router"
CLICKED = f"$$STREAMLIT_INTERNAL_KEY_{ROUTER}__events"
SEARCH, RADIUS, TILES = f"{ID}map-en-q", f"{ID}distances-zh-radius", f"{ID}tiles"
MAP, FRAME = f"{ID}map-id-map", f"{ID}share-en-frame-column"
LINK = json.dumps([{"event": "link", "value": "?lang=zh"}])
DEEP = '{"selection":{"indices":{},"objects":{"a":' + "[" * DEEPEST + "]" * DEEPEST + "}}}"
SELECTED = json.dumps({"selection": {"indices": {}, "objects": {"marks": [{"id": "deyang"}]}}})


async def stream(socket: WebSocket) -> None:
    """Say every message back, as Streamlit would take it, in hexadecimal digits."""
    await socket.accept()
    try:
        while True:
            await socket.send_text((await socket.receive_bytes()).hex())
    except WebSocketDisconnect:
        pass


@pytest.fixture
def client() -> TestClient:
    routes = [WebSocketRoute("/_stcore/stream", stream)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]))


def rerun(*states: dict[str, Any]) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "lang=en"
    for state in states:
        message.rerun_script.widget_states.widgets.add(**state)
    return bytes(message.SerializeToString())


def heard(client: TestClient, said: bytes) -> BackMsg:
    """What of a message reaches the page, with another one behind it that does."""
    with client.websocket_connect("/_stcore/stream") as socket:
        socket.send_bytes(said)
        socket.send_bytes(BackMsg(stop_script=True).SerializeToString())
        return BackMsg.FromString(bytes.fromhex(socket.receive_text()))


def widgets(message: BackMsg) -> Iterable[str]:
    return [one.id for one in message.rerun_script.widget_states.widgets]


@pytest.mark.parametrize(
    "state",
    [
        {"id": ROUTER, "json_value": "{}"},
        {"id": CLICKED, "json_trigger_value": LINK},
        {"id": SEARCH, "string_value": ""},
        {"id": SEARCH, "string_value": "德阳"},
        {"id": RADIUS, "int_value": 50},
        {"id": TILES, "bool_value": False},
        {"id": MAP, "string_value": '{"selection":{"indices":{},"objects":{}}}'},
        {"id": MAP, "string_value": SELECTED},
        {"id": f"{ID}place-en-locator-yufu-idz", "string_value": SELECTED},
        {"id": f"{ID}sectors-en-arcs", "string_value": SELECTED},
        {"id": FRAME, "string_value": "narrow"},
    ],
    ids=str,
)
def test_what_a_browser_says_of_a_widget_reaches_the_page_unchanged(
    client: TestClient, state: dict[str, Any]
) -> None:
    said = rerun(state)
    assert heard(client, said).SerializeToString() == said


@pytest.mark.parametrize(
    "state",
    [
        {"id": SEARCH},
        {"id": SEARCH, "int_value": 1},
        {"id": SEARCH, "json_value": "[1"},
        {"id": SEARCH, "bytes_value": b"\xff"},
        {"id": RADIUS, "string_value": "50"},
        {"id": RADIUS, "double_value": float("nan")},
        {"id": TILES, "trigger_value": True},
        {"id": FRAME, "bool_value": True},
        {"id": ROUTER, "json_value": "[1"},
        {"id": ROUTER, "json_value": "[]"},
        {"id": ROUTER, "string_value": "{}"},
        {"id": CLICKED, "json_trigger_value": "[{"},
        {"id": CLICKED, "json_trigger_value": "9" * 5000},
        {"id": CLICKED, "string_value": LINK},
        {"id": MAP, "string_value": "{"},
        {"id": MAP, "string_value": "7"},
        {"id": MAP, "string_value": "null"},
        {"id": MAP, "string_value": "{}"},
        {"id": MAP, "string_value": '{"selection":[]}'},
        {"id": MAP, "string_value": '{"selection":{}}'},
        {"id": MAP, "string_value": '{"selection":{"indices":{},"objects":[]}}'},
        {"id": MAP, "string_value": "[" * 100_000},
        {"id": MAP, "string_value": DEEP},
        {"id": MAP, "json_value": SELECTED},
        {"id": f"{ID}map-en-unheard-of", "string_value": ""},
        {"id": f"{SEARCH}-x", "string_value": ""},
        {"id": "", "string_value": ""},
        {"id": "q", "string_value": ""},
    ],
    ids=lambda state: str(state)[:60],
)
def test_a_state_that_no_widget_has_is_left_out_and_the_rest_is_heard(
    client: TestClient, state: dict[str, Any]
) -> None:
    message = heard(client, rerun(state, {"id": SEARCH, "string_value": "d"}))
    assert widgets(message) == [SEARCH]
    assert message.rerun_script.widget_states.widgets[0].string_value == "d"
    assert message.rerun_script.query_string == "lang=en"


@pytest.mark.parametrize(
    "wish",
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
def test_a_wish_that_no_page_has_is_not_heard(client: TestClient, wish: dict[str, Any]) -> None:
    assert heard(client, BackMsg(**wish).SerializeToString()).stop_script


def test_a_click_on_a_part_is_for_the_whole_page_until_a_run_has_ended() -> None:
    """After a failover it comes to a session that has no parts yet, and would be dropped."""
    part = BackMsg(rerun_script={"fragment_id": "0" * 32, "query_string": "lang=en"})
    early, done = ForwardMsg.FINISHED_EARLY_FOR_RERUN, ForwardMsg.FINISHED_SUCCESSFULLY
    taken: list[BackMsg] = []

    async def page(socket: WebSocket) -> None:
        await socket.accept()
        for end in (early, done, done):
            taken.append(BackMsg.FromString(await socket.receive_bytes()))
            await socket.send_bytes(ForwardMsg(script_finished=end).SerializeToString())

    routes = [WebSocketRoute("/_stcore/stream", page)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]))
    with client.websocket_connect("/_stcore/stream") as socket:
        for _ in range(3):
            socket.send_bytes(part.SerializeToString())
            socket.receive_bytes()
    whole = BackMsg(rerun_script={"query_string": "lang=en"})
    assert taken == [whole, whole, part]


@pytest.mark.parametrize("wish", ["stop_script", "app_heartbeat"])
def test_a_browser_may_stop_a_run_and_say_that_it_is_there(client: TestClient, wish: str) -> None:
    assert getattr(heard(client, BackMsg(**{wish: True}).SerializeToString()), wish)


def closed(socket: WebSocketTestSession) -> int:
    with pytest.raises(WebSocketDisconnect) as caught:
        socket.receive_bytes()
    return caught.value.code


def test_a_text_ends_the_connection_as_what_is_not_supported(client: TestClient) -> None:
    with client.websocket_connect("/_stcore/stream") as socket:
        socket.send_text("hello")
        assert closed(socket) == 1003


@pytest.mark.parametrize("said", [b"\xff" * 8, rerun()[:-3], b"\x5a\x04\x0a\x02\xed\xa0"])
def test_what_is_no_message_ends_the_connection_as_a_breach_of_the_protocol(
    client: TestClient, said: bytes
) -> None:
    with client.websocket_connect("/_stcore/stream") as socket:
        socket.send_bytes(said)
        assert closed(socket) == 1002


def test_a_widget_is_known_by_its_own_name_alone() -> None:
    assert expected(SEARCH) != expected(MAP)
    assert expected(f"{ID}map-fr-q") is None
    assert expected(SEARCH.replace("ID-0", "ID-x")) is None
