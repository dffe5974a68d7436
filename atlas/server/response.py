"""Responses that caches may keep: tagged with a digest of their content, or compressed once.

Current browsers accept Brotli over HTTPS and from localhost. Over unencrypted HTTP from another
host they do not, and the middleware compresses each response again.
"""

import re
from collections.abc import Awaitable, Callable
from functools import lru_cache, wraps
from hashlib import sha256

import brotli
from starlette.requests import Request
from starlette.responses import Response

from atlas.model.languages import language_of
from atlas.server.request import query

Endpoint = Callable[[Request], Awaitable[Response]]

# Fresh for five minutes, then revalidated; shown for another day while the server is down.
FRESH = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
# For addresses without a language, in the browser's language: shared caches may ignore `Vary`.
FOR_ONE_READER = FRESH.replace("public", "private")
FOR_A_DAY = "public, max-age=86400"
REVALIDATED = "no-cache"
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
# Scripts of any site may read these responses, ask for ranges, and revalidate.
FOR_ANYONE = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, content-disposition, content-range, accept-ranges",
    "cross-origin-resource-policy": "cross-origin",
}
PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "if-none-match, range, if-range",
    "access-control-max-age": "86400",
}
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
# Qualities of Brotli. Measured on the page's own 6.2 MB of scripts: 9 gives 1.83 MB in 0.8 s, 11
# gives 1.73 MB in 11 s, and 4, the middleware's, 1.99 MB.
FOR_FILES = 9
# Readers wait for panels. These are a tenth smaller than with 4, for half a millisecond more.
FOR_VIEWS = 5


def for_anyone(endpoint: Endpoint) -> Endpoint:
    """Let scripts of any site request an endpoint, and answer the preflight of browsers."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=FOR_ANYONE | PREFLIGHT)
        response = await endpoint(request)
        response.headers.update(FOR_ANYONE)
        return response

    return answer


def cached(
    request: Request,
    content: bytes,
    media_type: str,
    cache_control: str = "",
    **more_headers: str,
) -> Response:
    """Return a response tagged with its digest, or 304 without content if the client has it.

    The digest is a weak validator (RFC 9110, 8.8.1), since the same content may be sent compressed.
    `more_headers` are named with underscores.
    """
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    names_language = language_of(query(request).get("lang", ""))
    headers = {
        "etag": tag,
        "cache-control": cache_control or (FRESH if names_language else FOR_ONE_READER),
        "vary": "accept-language",
        "accept-ranges": "bytes",
    }
    headers |= {name.replace("_", "-"): value for name, value in more_headers.items()}
    if tag in map(str.strip, request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return _whole_or_part(request, content, media_type, headers)


def _whole_or_part(
    request: Request, content: bytes, media_type: str, headers: dict[str, str]
) -> Response:
    """Return the content, or the requested range of bytes (RFC 9110, 14.2).

    GIS programs read large files in ranges. A request for several ranges gets the whole content, as
    does one with `If-Range`, which a weak tag never satisfies (13.1.5).
    """
    match = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if (
        request.method != "GET"
        or not match
        or "if-range" in request.headers
        or not any(match.groups())
    ):
        return Response(content, media_type=media_type, headers=headers)
    start, end = _bounds(match, len(content))
    if start > end:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(content)}"})
    headers |= {"content-range": f"bytes {start}-{end}/{len(content)}"}
    return Response(content[start : end + 1], 206, headers, media_type)


def _bounds(match: re.Match[str], length: int) -> tuple[int, int]:
    """Return the first and the last position of a range; an invalid range ends before it starts."""
    start, end = match.groups()
    if not start:
        return max(length - int(end), 0), length - 1
    return int(start), min(int(end), length - 1) if end else length - 1


def accepts(request: Request, encoding: str) -> bool:
    """Return whether the browser accepts an encoding."""
    for entry in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = entry.replace(" ", "").partition(";q=")
        if name == encoding:
            # A weight of 0, written with up to three decimals, refuses the encoding.
            return not weight or bool(weight.strip("0."))
    return False


def compressed_response(
    request: Request, content: bytes, media_type: str, quality: int, headers: dict[str, str]
) -> Response:
    """Return a response, compressed with Brotli if the browser accepts it."""
    headers = {"vary": "accept-encoding"} | headers
    if not accepts(request, "br"):
        return Response(content, media_type=media_type, headers=headers)
    headers["content-encoding"] = "br"
    return Response(_compressed_once(content, quality), media_type=media_type, headers=headers)


def compressed(content: bytes, quality: int) -> bytes:
    """Return content compressed with Brotli."""
    return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality))


# A view's panels take 1 ms to compress, a script of 42 kB 10 ms. The keys are the contents
# themselves, which are in memory anyway.
_compressed_once = lru_cache(maxsize=384)(compressed)
