"""Security headers on every response: browsers may do only what the site needs.

The needs of the pages were found by trial in Chromium. Streamlit loads a component's script from a
`blob:` address, has a font and pictures in `data:` addresses, and inline styles; its tables compile
WebAssembly. No inline script runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import settings
from atlas.server.request import is_encrypted

# Features that no page uses, and features that only our own pages may use. `web-share` is missing:
# browsers that do not know it log an error, and the others allow it to the site alone anyway.
REFUSED = ("camera", "geolocation", "microphone", "payment", "usb")
OWN = ("clipboard-write", "fullscreen")
COMMON_HEADERS = {"x-content-type-options": "nosniff"}
# For HTML only: the hundred files of a first view need none of these. Sites that isolate their
# pages (COEP) show only frames that do the same, and ours load nothing from other sites.
PAGE_HEADERS = {
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": ", ".join(
        [*(f"{name}=()" for name in REFUSED), *(f"{name}=(self)" for name in OWN)]
    ),
}


@dataclass(frozen=True)
class Protection:
    """ASGI middleware that adds the headers, unless a response has set them itself."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        encrypted = is_encrypted(HTTPConnection(scope))

        async def protect(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A 304 has no media type to choose headers by, and Firefox would replace those
                # that it has stored with the page.
                if message["status"] != HTTPStatus.NOT_MODIFIED:
                    _protect(headers)
                if encrypted:
                    _secure_cookies(headers)
            await send(message)

        await self.app(scope, receive, protect)


def _protect(headers: MutableHeaders) -> None:
    media_type = headers.get("content-type", "")
    for_pages = PAGE_HEADERS if media_type.startswith("text/html") else {}
    for name, value in (COMMON_HEADERS | for_pages).items():
        headers.setdefault(name, value)
    headers.setdefault("content-security-policy", policy(media_type))


def _secure_cookies(headers: MutableHeaders) -> None:
    if cookies := headers.getlist("set-cookie"):
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", _secure(cookie))


def _secure(cookie: str) -> str:
    """Mark a cookie as secure; behind a proxy Streamlit does not know about the encryption."""
    return cookie if "; secure" in cookie.lower() else f"{cookie}; Secure"


def policy(media_type: str) -> str:
    """Return the content security policy for a media type."""
    kind = media_type.partition(";")[0]
    if kind == "text/html":
        return _page_policy(settings.url(), settings.frame_ancestors())
    return _PICTURE_POLICY if kind.startswith("image/") else _FILE_POLICY


# A picture opened on its own is a document with styles (those of the browser for a PNG).
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_FILE_POLICY = "default-src 'none'; sandbox allow-downloads"


def _page_policy(public: str, ancestors: tuple[str, ...]) -> str:
    site = ("'self'", *_origin(public))
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", "blob:", "'wasm-unsafe-eval'"),
        "worker-src": ("'none'",),
        "style-src": ("'self'", "'unsafe-inline'"),
        "font-src": ("'self'", "data:"),
        "img-src": (*site, "data:"),
        "connect-src": ("'self'",),
        "frame-src": site,
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
        "frame-ancestors": ("'self'", *ancestors),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _origin(address: str) -> Iterable[str]:
    """Yield the origin of the public address, which may differ from the requested one."""
    if address:
        parts = urlsplit(address)
        yield f"{parts.scheme}://{parts.netloc}"
