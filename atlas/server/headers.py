"""Headers on every answer that keep a browser from doing what the site does not need.

What pages may do was found by trial in Chromium. Streamlit loads the script of a component
from a `blob:` address, has a font and pictures in `data:` addresses and styles in its
elements; deck.gl compiles WebAssembly. Inline scripts are allowed by their digest, so none
but Streamlit's own runs.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import settings
from atlas.server.index import streamlits_page
from atlas.server.request import is_encrypted

# Carto's style, tiles, icons and lettering; some are on hosts with a number or letter before.
CARTO = ("https://basemaps.cartocdn.com", "https://*.basemaps.cartocdn.com")
# What no page asks for, and what only pages of the site may. `web-share` is not named, since
# browsers without it complain of the name; where it is known, only the site itself has it.
REFUSED = ("camera", "geolocation", "microphone", "payment", "usb")
OURS = ("clipboard-write", "fullscreen")
EVERYWHERE = {"x-content-type-options": "nosniff"}
# A first view has a hundred files, and a file does not act: it needs none of these.
OF_PAGES = {
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": ", ".join(
        [*(f"{one}=()" for one in REFUSED), *(f"{one}=(self)" for one in OURS)]
    ),
}


class Protection:
    """ASGI middleware that adds the headers; what an answer has set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        encrypted = is_encrypted(HTTPConnection(scope))

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # On "not modified" Firefox puts them in place of those it keeps with the page,
                # and the media type, which they follow, is not said again.
                if message["status"] != HTTPStatus.NOT_MODIFIED:
                    _protect(headers)
                if encrypted:
                    _bind_cookies(headers)
            await send(message)

        await self._app(scope, receive, protected)


def _protect(headers: MutableHeaders) -> None:
    media_type = headers.get("content-type", "")
    of_kind = OF_PAGES if media_type.startswith("text/html") else {}
    for name, value in (EVERYWHERE | of_kind).items():
        headers.setdefault(name, value)
    headers.setdefault("content-security-policy", policy(media_type))


def _bind_cookies(headers: MutableHeaders) -> None:
    if cookies := headers.getlist("set-cookie"):
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", _secure(cookie))


def _secure(cookie: str) -> str:
    """Bind a cookie to encrypted connections: behind a proxy Streamlit does not know of it."""
    return cookie if "; secure" in cookie.lower() else f"{cookie}; Secure"


def policy(media_type: str) -> str:
    """Return the content security policy for an answer of a media type."""
    kind = media_type.partition(";")[0]
    if kind == "text/html":
        return _of_page(settings.url(), settings.frame_ancestors(), settings.tiles())
    return _OF_PICTURE if kind.startswith("image/") else _OF_FILE


# Opened on its own, a picture is a document: it may have its styles (a PNG has the browser's).
_OF_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_OF_FILE = "default-src 'none'; sandbox allow-downloads"


def _of_page(public: str, ancestors: tuple[str, ...], tiles: bool) -> str:
    site = ("'self'", *_origin(public))
    carto = CARTO if tiles else ()
    from_blobs = ("blob:",) if tiles else ()
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", "blob:", "'wasm-unsafe-eval'", *inline_scripts()),
        # The library that draws Carto's tiles reads them in workers made from blobs.
        "worker-src": from_blobs or ("'none'",),
        "style-src": ("'self'", "'unsafe-inline'"),
        "font-src": ("'self'", "data:"),
        "img-src": (*site, "data:", *from_blobs, *carto),
        "connect-src": ("'self'", *carto),
        "frame-src": site,
        "form-action": ("'none'",),
        "base-uri": ("'none'",),
        "frame-ancestors": ("'self'", *ancestors),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _origin(address: str) -> Iterable[str]:
    """Yield the origin of the public address, which need not be the one asked."""
    if address:
        parts = urlsplit(address)
        yield f"{parts.scheme}://{parts.netloc}"


def inline_scripts() -> tuple[str, ...]:
    """Return the sources of a policy that allow the inline scripts of Streamlit's page."""
    found = re.findall(r"<script>(.*?)</script>", "".join(streamlits_page()), re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in found)
