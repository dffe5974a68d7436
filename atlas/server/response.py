"""Responses that caches may keep: tagged with a digest of their content, and answered with 304."""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

# Fresh for five minutes, then asked for again; shown for another day while the server is away.
FRESH = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
REVALIDATED = "no-cache"


def cached(
    request: Request,
    content: bytes,
    media_type: str,
    cache_control: str = FRESH,
    **more_headers: str,
) -> Response:
    """Return a response tagged with its digest, or 304 without content if the client has it.

    The digest is a weak validator (RFC 9110, 8.8.1): the same content may go out compressed.
    Header names are written with underscores.
    """
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": cache_control, "vary": "accept-language"}
    headers |= {name.replace("_", "-"): value for name, value in more_headers.items()}
    if tag in map(str.strip, request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
