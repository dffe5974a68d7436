"""Streamlit's own scripts and styles, which it sends as they are: compressed once and kept."""

from functools import cache, lru_cache
from mimetypes import guess_type
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from atlas.server.compression import FOR_FILES, compressed, offered
from atlas.server.files import FOR_EVER

FOLDER = Path(streamlit.__file__).parent / "static"
# Fonts and pictures are compressed already.
KINDS = (".js", ".css")


class Bundle:
    """ASGI middleware that answers for the bundle; all else is passed on.

    What it saves: 8 % of the first view against compressing on the way, and all of that work
    for every reader after the first.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a file of the bundle, or pass the request on."""
        answer: ASGIApp = self._app
        is_file = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in files()
        if is_file and offered(Request(scope), "br"):
            answer = await run_in_threadpool(_answer, scope["path"])
        await answer(scope, receive, send)


@cache
def files() -> dict[str, Path]:
    """Return the bundle's files by address. Their names hold a digest of the content."""
    found = (path for path in (FOLDER / "static").rglob("*") if path.suffix in KINDS)
    return {f"/{path.relative_to(FOLDER).as_posix()}": path for path in found}


# Two megabytes for what the pages of this site load.
@lru_cache(maxsize=512)
def _answer(address: str) -> Response:
    path = files()[address]
    content = compressed(path.read_bytes(), FOR_FILES)
    headers = FOR_EVER | {"content-encoding": "br", "vary": "accept-encoding"}
    return Response(content, media_type=guess_type(path.name)[0], headers=headers)
