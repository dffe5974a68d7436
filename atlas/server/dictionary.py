"""Compression against what the browser has already (RFC 9842, Compression Dictionary Transport).

The panels of two views differ in some counts. A browser that has those of one, and takes this
encoding, gets those of the next as a tenth of what they take otherwise: 0.6 instead of 4.4 kB.
"""

from base64 import b64decode
from functools import lru_cache
from hashlib import sha256

import zstandard
from starlette.requests import Request
from starlette.responses import Response

from atlas.server.compression import FOR_VIEWS, offered, packed

# What a smaller answer holds is too little of a page to be of use for the next one.
LEAST = 8_000
# RFC 9842, section 5: a skippable frame of Zstandard with the digest, before the content.
MAGIC = bytes.fromhex("5e2a4d1820000000")
# Contents that browsers may name, by digest: of some 50 kB each, the last asked for.
_MOST_KNOWN = 256

_known: dict[bytes, bytes] = {}


def against(request: Request, content: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """Answer content, compressed against an answer to the same page that the browser has.

    It becomes such an answer itself for every other one in its folder.
    """
    said = headers | {"vary": "accept-encoding, available-dictionary"}
    if len(content) >= LEAST:
        said["use-as-dictionary"] = 'match="*"'
        _remember(content)
    digest = _named(request)
    if digest is None or not offered(request, "dcz"):
        return packed(request, content, media_type, FOR_VIEWS, said)
    said["content-encoding"] = "dcz"
    return Response(_compressed(content, digest), media_type=media_type, headers=said)


def _remember(content: bytes) -> None:
    digest = _digest(content)
    _known.pop(digest, None)
    _known[digest] = content
    while len(_known) > _MOST_KNOWN:
        _known.pop(next(iter(_known)), None)


@lru_cache(maxsize=_MOST_KNOWN)
def _digest(content: bytes) -> bytes:
    return sha256(content).digest()


def _named(request: Request) -> bytes | None:
    """Return the digest of the dictionary that the browser names, where it is known here."""
    try:
        digest = b64decode(
            request.headers.get("available-dictionary", "").strip(":"), validate=True
        )
    except ValueError:
        return None
    return digest if digest in _known else None


@lru_cache(maxsize=1_024)
def _compressed(content: bytes, digest: bytes) -> bytes:
    raw = zstandard.ZstdCompressionDict(_known[digest], dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return MAGIC + digest + zstandard.ZstdCompressor(level=9, dict_data=raw).compress(content)
