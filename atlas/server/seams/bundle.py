"""Streamlit's own page and its scripts and styles, below its folder `static`.

The tags of the page: our pages answer with their content, and start Streamlit once readers see it.

Buys: figures and map before Streamlit's 400 kB of scripts.
Breaks: if Streamlit moves `static/index.html`, or loads its application with other tags.
Test: `test_server.py`, and every test with a browser.

The files, compressed once with Brotli and kept: Streamlit sends them uncompressed, and the
middleware would compress them again for every reader.

Buys: ten readers with empty caches take 0.6 s of processor time instead of 2.1 s, and 1.28 MB
    each instead of 1.48 MB; the first reader after a start costs 1.0 s instead of 0.2 s.
Breaks: if Streamlit moves its folder `static`; it then serves its files as it always did.
Test: `test_panels.py`.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from mimetypes import guess_type
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from atlas.server.response import FOR_EVER, FOR_FILES, accepts, compressed

FOLDER = Path(streamlit.__file__).parent / "static"
PAGE = "index.html"
# Fonts and pictures are compressed already.
KINDS = (".js", ".css")
# Leaves out the tag that preloads Streamlit's font: we use the fonts of the reader's system.
_TAG = re.compile(
    r'<script type="module" crossorigin[^>]*></script>'
    r'|<link rel="(?:modulepreload|stylesheet)" crossorigin[^>]*>'
)


@cache
def streamlits_tags() -> str:
    """Return the tags that load Streamlit's application. Raises LookupError if there are none."""
    tags = _TAG.findall((FOLDER / PAGE).read_text(encoding="utf-8"))
    if not any(tag.startswith("<script") for tag in tags):
        raise LookupError("Streamlit's page loads no script that we know of.")
    return "".join(tags)


@dataclass(frozen=True)
class Bundle:
    """ASGI middleware that answers requests for the bundle and passes all others on."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file of the bundle, or pass the request on."""
        app = self.app
        is_file = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in files()
        if is_file and accepts(Request(scope), "br"):
            app = await run_in_threadpool(_response, scope["path"])
        await app(scope, receive, send)


@cache
def files() -> dict[str, Path]:
    """Return the bundle's files by address; their names contain a digest of the content."""
    paths = (path for path in (FOLDER / "static").rglob("*") if path.suffix in KINDS)
    return {f"/{path.relative_to(FOLDER).as_posix()}": path for path in paths}


# Two megabytes for what the pages of this site load.
@lru_cache(maxsize=512)
def _response(address: str) -> Response:
    path = files()[address]
    content = compressed(path.read_bytes(), FOR_FILES)
    headers = FOR_EVER | {"content-encoding": "br", "vary": "accept-encoding"}
    return Response(content, media_type=guess_type(path.name)[0], headers=headers)
