"""Which requests and websocket messages reach Streamlit: those of the pages of this site."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from atlas.server.seams.messages import allowed, ends_run

UPLOADS = "/_stcore/upload_file"
# Streamlit itself lets pages on these hosts in.
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104 - nothing listens on it


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
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        page = urlsplit(origin)
        named = config.get_option("server.corsAllowedOrigins")
        hosts = LOCAL | {urlsplit(address).hostname for address in named}
        return page.netloc != headers.get("host") and page.hostname not in hosts
    except ValueError:
        return True
