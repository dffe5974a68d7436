"""Who and what is let through to Streamlit: a page of this site, saying what a page may say."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from atlas.server.messages import BreachError, ends_run, sifted

UPLOADS = "/_stcore/upload_file"
# What Streamlit itself lets in from anywhere, without a look further.
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104 - nothing listens on it


class Gate:
    """ASGI middleware that refuses what no page of the atlas asks for."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse uploads and the websockets of other sites, and sift what ours say."""
        if scope["type"] == "http" and scope["path"].startswith(UPLOADS):
            await PlainTextResponse("Nothing is uploaded here.\n", 404)(scope, receive, send)
        elif scope["type"] != "websocket":
            await self._app(scope, receive, send)
        elif is_foreign(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close"})
        else:
            await self._sift(scope, receive, send)

    async def _sift(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is understood; close the websocket on what is no message."""
        breaches: list[int] = []
        opening = True  # until a run has ended: until then the session has no parts to run alone

        async def sifting() -> Message:
            while (message := await receive())["type"] == "websocket.receive":
                try:
                    said = sifted(message.get("bytes"), opening)
                except BreachError as breach:
                    breaches.append(breach.code)
                    return {"type": "websocket.disconnect", "code": breach.code}
                if said is not None:
                    return {**message, "bytes": said}
            return message

        async def telling(message: Message) -> None:
            nonlocal opening
            if opening and message["type"] == "websocket.send":
                opening = not ends_run(message.get("bytes"))
            await send(message)

        await self._app(scope, sifting, telling)
        # Only now: Streamlit sends on until it has heard that nobody listens.
        for code in breaches:
            await send({"type": "websocket.close", "code": code})


def is_foreign(headers: Headers) -> bool:
    """Tell whether a page of another site asks, which `server.corsAllowedOrigins` does not name.

    Streamlit refuses it too, but only when it has asked a third party for its own address,
    again each time, and it serves nobody while it waits for the answer.
    """
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        asking = urlsplit(origin)
        allowed = {urlsplit(one).hostname for one in config.get_option("server.corsAllowedOrigins")}
        return asking.netloc != headers.get("host") and asking.hostname not in LOCAL | allowed
    except ValueError:
        return True
