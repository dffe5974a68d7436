"""Which requests and websocket messages reach Streamlit: only those that our pages need.

Streamlit also accepts requests that concern more than the session that sends them: uploads,
clearing the caches of all readers, reports on the repository, installing files on the server. Those
are refused. A session may change its own widgets.

Buys: no reader can harm others, and the log says why a websocket was refused.
Breaks: if Streamlit renames its upload path or its messages. A new kind of message is dropped.
Test: `test_gate.py`.
"""

import logging
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.url_util import get_hostname
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from atlas import logs, settings

LOG = logging.getLogger("atlas.gate")
# Why a websocket is refused, by the setting that would admit it. The log does not quote what the
# browser sent, which may identify the reader.
REASONS = {
    "server.allowedHosts": "It came to a host that the setting does not name.",
    "server.corsAllowedOrigins": (
        "The page that opened it has another host than the one it came to, and the setting does "
        "not name it. A proxy must hand on Host with its port, or else name the public address "
        "there."
    ),
}
UPLOADS = "/_stcore/upload_file"
# Streamlit itself admits pages on these hosts.
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104 - nothing listens on it
MESSAGES = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
# Streamlit logs the id of an unknown fragment; anything but a hash could forge lines there.
_FRAGMENT = re.compile("(?:[0-9a-f]{32})?")


@dataclass(frozen=True)
class Gate:
    """ASGI middleware that refuses requests and messages that no page of the atlas sends."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse uploads and the websockets of other sites, and filter the messages of ours."""
        if scope["type"] == "http" and scope["path"].startswith(UPLOADS):
            await PlainTextResponse("Nothing is uploaded here.\n", 404)(scope, receive, send)
        elif scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif setting := refused_by(Headers(scope=scope)):
            _report(setting)
            await receive()
            await send({"type": "websocket.close"})
        else:
            await self._filter(scope, receive, send)

    async def _filter(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket, and pass on only allowed messages."""

        async def receive_allowed() -> Message:
            while (message := await receive()).get("bytes") is not None:
                if is_allowed(message["bytes"]):
                    break
            return message

        await self.app(scope, receive_allowed, send)


def refused_by(headers: Headers) -> str:
    """Return the setting of Streamlit by which a websocket is refused, "" if it is admitted.

    Streamlit refuses the same websockets. But for an unknown host it first asks a third party for
    its own address, every time, and serves nobody while it waits for the answer.
    """
    if not is_host_allowed(headers.get("host")):
        return "server.allowedHosts"
    return "server.corsAllowedOrigins" if is_foreign(headers) else ""


def is_foreign(headers: Headers) -> bool:
    """Return whether the page is of another site that `server.corsAllowedOrigins` does not name.

    With `server.enableCORS = false` every site is allowed.
    """
    page_origin = headers.get("origin")
    if page_origin is None or not config.get_option("server.enableCORS"):
        return False
    try:
        page = urlsplit(page_origin)
        return page.netloc != headers.get("host") and page.hostname not in _hosts()
    except ValueError:
        return True


def _hosts() -> frozenset[str | None]:
    """Return the hosts whose pages are admitted; settings name them with or without a scheme."""
    origins = list(config.get_option("server.corsAllowedOrigins"))
    if config.is_manually_set("browser.serverAddress"):
        origins.append(config.get_option("browser.serverAddress"))
    return LOCAL | {get_hostname(origin.strip()) for origin in origins}


def _report(setting: str) -> None:
    logs.event("websocket-refused", logging.WARNING, setting=setting, reason=REASONS[setting])
    if not settings.log_lines():
        LOG.warning("A websocket was refused (%s). %s", setting, REASONS[setting])


def is_allowed(payload: bytes) -> bool:
    """Return whether a message may reach Streamlit."""
    try:
        message = BackMsg.FromString(payload)
    except Exception:  # Not a message: Streamlit closes the connection.
        return True
    is_known = message.WhichOneof("type") in MESSAGES
    return is_known and bool(_FRAGMENT.fullmatch(message.rerun_script.fragment_id))
