"""Pictures of a view: the map, the preview of a link, and the link as a QR code."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.datapackage.loader import current
from atlas.export import qr
from atlas.model.selection import Selection
from atlas.picture import Size, map_png, map_svg, pictured, preview
from atlas.server.request import OF_SITE_AND_READER, query, requested_site, requested_view
from atlas.server.response import cached

MAP = Size(1000, 640)
SVG, PNG = "image/svg+xml", "image/png"


async def vector(request: Request) -> Response:
    """Return the map of a view as SVG."""
    atlas, theme = current(), _theme(request)
    return await _picture(
        request, SVG, lambda selection: map_svg(atlas, pictured(selection), MAP, theme).encode()
    )


async def raster(request: Request) -> Response:
    """Return the map of a view as PNG, with twice as many pixels each way as the SVG."""
    atlas, theme = current(), _theme(request)
    return await _picture(
        request, PNG, lambda selection: map_png(atlas, pictured(selection), MAP, theme, scale=2)
    )


async def link_preview(request: Request) -> Response:
    """Return the picture that messengers and social networks show next to a link."""
    return await _picture(
        request, PNG, lambda selection: preview(current(), pictured(selection), selection.of)
    )


async def qr_code(request: Request) -> Response:
    """Return the QR code of the link to a view, on the page named by `of`."""
    site = requested_site(request)
    return await _picture(
        request,
        SVG,
        lambda selection: qr.svg(site.page(selection.of, selection)),
        vary=OF_SITE_AND_READER,
    )


def _theme(request: Request) -> str:
    return "dark" if query(request).get("theme") == "dark" else "light"


async def _picture(
    request: Request, media_type: str, draw: Callable[[Selection], bytes], **headers: str
) -> Response:
    """Return a picture of the requested view, drawn in a thread."""
    selection, _ = requested_view(request, current())
    return cached(request, await run_in_threadpool(draw, selection), media_type, **headers)
