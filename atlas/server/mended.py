"""Links to pages that other programs have mangled: each leads to the link that was meant.

The scripts of a page read its address too, so it should be one that the atlas writes. Where a part
of it cannot be read, the page opens at once, and says which.
"""

from functools import wraps
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from atlas.datapackage.loader import current
from atlas.model.selection import PARAMETERS, Selection
from atlas.server.request import given, query, requested_view
from atlas.server.response import Endpoint


def mended(endpoint: Endpoint) -> Endpoint:
    """Answer a request for a page, after leading on to the link that was meant, if that differs."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        if (meant := _meant(request)) is None:
            return await endpoint(request)
        # Relative, since a proxy may have taken a prefix from the address.
        return RedirectResponse(f"?{meant}", 302, {"cache-control": "no-store"})

    return answer


def _meant(request: Request) -> str | None:
    """Return the query that was meant, None if it is the one given or cannot be read as a whole."""
    selection, dropped = requested_view(request, current())
    meant = {name: _written(selection, name, value) for name, value in query(request).items()}
    if dropped or _unordered(meant) == _unordered(given(request)):
        return None
    return "&".join(f"{quote(name)}={quote(value, safe=',')}" for name, value in meant.items())


def _written(selection: Selection, name: str, value: str) -> str:
    """Return the value of a parameter as the atlas writes it; of one of others, as it is."""
    if name not in PARAMETERS or not value:
        return value
    read = getattr(selection, name)
    return ",".join(read) if isinstance(read, tuple) else str(read or "")


def _unordered(query: dict[str, str]) -> dict[str, set[str]]:
    return {name: set(value.split(",")) for name, value in query.items()}
