"""Answers that caches may keep: each with the digest of its content, and 304 where it is known."""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

# Kept for five minutes, then asked for anew; shown for a day more where the server is away.
FRESH = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
REVALIDATED = "no-cache"


def cached(
    request: Request,
    content: bytes,
    media_type: str,
    cache_control: str = FRESH,
    **headers: str,
) -> Response:
    """Answer content under its digest; 304 and no content where the asker has it already.

    The digest is a weak validator (RFC 9110, 8.8.1): the same content may go out compressed.
    Header names are written with underscores.
    """
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    said = {"etag": tag, "cache-control": cache_control, "vary": "accept-language", **named}
    if tag in map(str.strip, request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=said)
    return Response(content, media_type=media_type, headers=said)
