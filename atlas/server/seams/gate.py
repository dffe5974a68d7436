"""Which requests and websocket messages reach Streamlit: those of the pages of this site.

Streamlit also serves what no page of ours asks for and what concerns more than the session that
asks: uploads, clearing the caches of all readers, reports on the repository, installing files on
the server. Those are refused. What a session says about its own widgets is its own affair.

Buys: no reader can harm others, and a click survives a change of replica.
Breaks: if Streamlit renames its upload path or its messages. A new kind of message is dropped.
Test: `test_gate.py`, `test_messages.py`.
"""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

UPLOADS = "/_stcore/upload_file"
# Streamlit itself lets pages on these hosts in.
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104 - nothing listens on it
MESSAGES = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
# Streamlit writes the id of a fragment that it does not find to its log; anything but a hash
# could forge lines there.
_FRAGMENT = re.compile("(?:[0-9a-f]{32})?")


class Gate:
    """ASGI middleware that refuses what no page of the atlas asks for."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse uploads and the websockets of other sites, and filter the messages of ours."""
        if scope["type"] == "http" and scope["path"].startswith(UPLOADS):
            await PlainTextResponse("Nothing is uploaded here.\n", 404)(scope, receive, send)
        elif scope["type"] != "websocket":
            await self._app(scope, receive, send)
        elif is_foreign(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close"})
        else:
            await self._filter(scope, receive, send)

    async def _filter(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket, and pass on only the messages that are allowed."""
        opening = True  # until a run has ended: until then the session has no fragments

        async def receive_allowed() -> Message:
            while (message := await receive()).get("bytes") is not None:
                payload = allowed(message["bytes"], opening)
                if payload is not None:
                    return {**message, "bytes": payload}
            return message

        async def watch_for_end(message: Message) -> None:
            nonlocal opening
            if opening and message.get("bytes") is not None:
                opening = not ends_run(message["bytes"])
            await send(message)

        await self._app(scope, receive_allowed, watch_for_end)


def is_foreign(headers: Headers) -> bool:
    """Tell whether the request comes from a site that `server.corsAllowedOrigins` does not name.

    Streamlit refuses it too, but only after it has asked a third party for its own address,
    each time anew, and it serves nobody while it waits for the answer.
    """
    page_origin = headers.get("origin")
    if page_origin is None:
        return False
    try:
        page = urlsplit(page_origin)
        allowed_origins = config.get_option("server.corsAllowedOrigins")
        hosts = LOCAL | {urlsplit(origin).hostname for origin in allowed_origins}
        return page.netloc != headers.get("host") and page.hostname not in hosts
    except ValueError:
        return True


def allowed(payload: bytes, opening: bool = False) -> bytes | None:
    """Return a message as Streamlit is to get it, or None to drop it.

    While a session is `opening`, on another replica perhaps, it has no fragments yet, and
    Streamlit drops a click that asks for one: such a click runs the whole page instead.
    """
    try:
        message = BackMsg.FromString(payload)
    except Exception:  # Not a message at all: Streamlit closes the connection.
        return payload
    rerun = message.rerun_script
    if message.WhichOneof("type") not in MESSAGES or not _FRAGMENT.fullmatch(rerun.fragment_id):
        return None
    if not (opening and rerun.fragment_id):
        return payload
    rerun.ClearField("fragment_id")
    return bytes(message.SerializeToString())


def ends_run(payload: bytes) -> bool:
    """Tell whether a message from Streamlit says that a run has ended."""
    message = ForwardMsg.FromString(payload)
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
