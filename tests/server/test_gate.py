"""Who is let through to Streamlit, and what for."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config, net_util

from atlas import server
from atlas.server.seams.gate import Gate

STREAM = "/_stcore/stream"
HOST = "atlas.example:8501"


async def taken(_: Request) -> Response:
    return PlainTextResponse("taken")


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    routes = [
        WebSocketRoute(STREAM, stream),
        Route("/_stcore/upload_file/{session}/{file}", taken, methods=["PUT"]),
        Route("/_stcore/health", taken),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]))


@pytest.fixture
def partner() -> Iterator[str]:
    """The origin of a site that the host has let in."""
    config.set_option("server.corsAllowedOrigins", ["https://partner.example"])
    yield "https://partner.example"
    config.set_option("server.corsAllowedOrigins", [])


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
    "origin",
    [
        f"https://{HOST}.evil.example",
        "https://evil.example",
        "https://atlas.example",
        "http://atlas.example:8502",
        "https://partner.example",
        "null",
        "",
        "http://[",
    ],
)
def test_a_page_of_another_site_has_no_websocket_and_nobody_is_asked_about_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setattr(net_util, "get_external_ip", lambda: pytest.fail("asked"))
    assert not is_let_in(client, origin)


@pytest.mark.parametrize("origin", [f"http://{HOST}", f"https://{HOST}", None, "http://localhost"])
def test_a_page_of_this_site_and_who_is_no_browser_has_one(
    client: TestClient, origin: str | None
) -> None:
    assert is_let_in(client, origin)


def test_a_site_that_the_host_has_named_has_one(client: TestClient, partner: str) -> None:
    assert is_let_in(client, partner)
    assert not is_let_in(client, "https://evil.example")


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
    first, second = (one.getMessage() for one in caplog.records if one.name == "atlas.gate")
    assert "server.corsAllowedOrigins" in first
    assert "another host" in first
    assert "server.allowedHosts" in second
    assert "evil" not in first, "A log names nobody."


def test_nothing_is_uploaded_and_nothing_else_is_refused(client: TestClient) -> None:
    assert client.put("/_stcore/upload_file/a/b", content=b"x").status_code == 404
    assert client.get("/_stcore/health").text == "taken"


def test_the_gate_stands_before_the_dashboard() -> None:
    assert Gate in [one.cls for one in server.middleware()]
