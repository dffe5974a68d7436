"""Responses that caches may keep: tagged with a digest of their content, or compressed once.

All current browsers accept Brotli over HTTPS and from this machine. Over a plain connection to
another host they do not offer it, and the middleware compresses each response anew.
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

# Fresh for five minutes, then asked for again; shown for another day while the server is away.
FRESH = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
# In the browser's language, since the address names none: not for caches that ignore `Vary`.
FOR_ONE_READER = FRESH.replace("public", "private")
FOR_A_DAY = "public, max-age=86400"
REVALIDATED = "no-cache"
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
# Any site may read these answers, show them, and ask for a part of them or whether they changed.
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
# Measured on the page's own 6.2 MB of scripts: 1.83 MB in 0.8 s; quality 4, with which the
# middleware would compress each time, gives 1.99 MB, and 11 gives 1.73 MB in 11 s.
FOR_FILES = 9
# A reader waits for this one: a view's panels come out a tenth smaller than with quality 4, for
# half a millisecond more.
FOR_VIEWS = 5


def for_anyone(endpoint: Endpoint) -> Endpoint:
    """Let scripts of any site ask an endpoint, with a preflight where the browser sends one."""

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

    The digest is a weak validator (RFC 9110, 8.8.1): the same content may go out compressed.
    Header names are written with underscores.
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
    """Return the content, or the range of bytes that is asked for (RFC 9110, 14.2).

    Programs for maps read large files so. Several ranges at once, and a range under the condition
    that a tag is the present one, get the whole: a weak tag is never that (13.1.5).
    """
    asked = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if (
        request.method != "GET"
        or not asked
        or "if-range" in request.headers
        or not any(asked.groups())
    ):
        return Response(content, media_type=media_type, headers=headers)
    first, last = _bounds(asked, len(content))
    if not first <= last:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(content)}"})
    headers |= {"content-range": f"bytes {first}-{last}/{len(content)}"}
    return Response(content[first : last + 1], 206, headers, media_type)


def _bounds(asked: re.Match[str], length: int) -> tuple[int, int]:
    """Return the first and the last position of a range; the last is before it if there is none."""
    first, last = asked.groups()
    if not first:
        return max(length - int(last), 0), length - 1
    end = min(int(last), length - 1) if last else length - 1
    # A range that ends before it begins is none, and so is one that begins behind the end.
    return int(first), end


def accepts(request: Request, encoding: str) -> bool:
    """Tell whether the browser accepts an encoding."""
    for entry in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = entry.replace(" ", "").partition(";q=")
        if name == encoding:
            # A weight of 0 refuses; it is written with up to three decimals.
            return not weight or bool(weight.strip("0."))
    return False


def compressed_response(
    request: Request, content: bytes, media_type: str, quality: int, headers: dict[str, str]
) -> Response:
    """Return a response with the content, compressed if the browser accepts Brotli."""
    headers = {"vary": "accept-encoding"} | headers
    if not accepts(request, "br"):
        return Response(content, media_type=media_type, headers=headers)
    headers["content-encoding"] = "br"
    return Response(_kept(content, quality), media_type=media_type, headers=headers)


def compressed(content: bytes, quality: int) -> bytes:
    """Return content compressed with Brotli."""
    return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality))


# A view's panels take 1 ms to compress, a script of 42 kB 10 ms. The keys are the contents
# themselves, which are kept elsewhere too.
_kept = lru_cache(maxsize=384)(compressed)
