"""Pictures of a view: the map, the preview of a link, and the link as a QR code."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.export import qr
from atlas.picture import Size, map_png, map_svg, preview
from atlas.selection import Selection
from atlas.server.answers import cached
from atlas.server.asking import asked, query, site
from atlas.tables import current

MAP = Size(1000, 640)
SVG, PNG = "image/svg+xml", "image/png"


async def vector(request: Request) -> Response:
    """Answer the map of a view as SVG."""
    atlas, theme = current(), _theme(request)
    return await _drawn(
        request, SVG, lambda selection: map_svg(atlas, selection, MAP, theme).encode()
    )


async def raster(request: Request) -> Response:
    """Answer the map of a view as PNG, twice as many pixels each way as the SVG has."""
    atlas, theme = current(), _theme(request)
    return await _drawn(
        request, PNG, lambda selection: map_png(atlas, selection, MAP, theme, scale=2)
    )


async def link_preview(request: Request) -> Response:
    """Answer the picture that messengers and social networks show beside a link."""
    return await _drawn(request, PNG, lambda selection: preview(current(), selection, selection.of))


async def code(request: Request) -> Response:
    """Answer the QR code of the link to a view, on the page named by `of`."""
    here = site(request)
    return await _drawn(
        request, SVG, lambda selection: qr.svg(here.page(selection.of, selection)), vary="host"
    )


def _theme(request: Request) -> str:
    return "dark" if query(request).get("theme") == "dark" else "light"


async def _drawn(
    request: Request, media_type: str, draw: Callable[[Selection], bytes], **headers: str
) -> Response:
    """Draw what is left of a view when the unknown is left out; away from the event loop."""
    selection, _ = asked(request, current())
    return cached(request, await run_in_threadpool(draw, selection), media_type, **headers)
