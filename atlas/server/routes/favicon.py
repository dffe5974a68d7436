"""The icon of the site, in the tab of a browser and on the screen of a telephone.

Two marks of the map on either side of a border: a disc for a city of one, a diamond for a park of
the other. Browsers ask for some of the addresses without being told of them.
"""

import struct
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.model.palette import LIGHT, hexadecimal
from atlas.picture import png
from atlas.server.response import FOR_A_DAY, Endpoint, cached

SIDE = 64
# Pixels: in a tab on fine and coarse screens, and on a telephone.
TAB, TOUCH = 32, 180
# Telephones round the corners themselves, and show black where an icon is transparent.
_ROUND = 12


@cache
def drawing(corner: int = _ROUND) -> str:
    """Return the icon as SVG, with round corners or without."""
    land, border = hexadecimal(LIGHT.land), hexadecimal(LIGHT.faint)
    first, second = hexadecimal(LIGHT.first), hexadecimal(LIGHT.second)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" '
        f'viewBox="0 0 {SIDE} {SIDE}"><rect width="{SIDE}" height="{SIDE}" rx="{corner}" '
        f'fill="{land}"/><path d="M38 4 28 22 36 40 26 60" fill="none" stroke="{border}" '
        'stroke-width="3" stroke-linejoin="round"/>'
        f'<circle cx="17" cy="34" r="11" fill="{first}"/>'
        f'<path d="M47 20 59 32 47 44 35 32Z" fill="{second}"/></svg>'
    )


@cache
def pixels(side: int, corner: int = _ROUND) -> bytes:
    """Return the icon as PNG of so many pixels each way."""
    return png(drawing(corner), side / SIDE)


@cache
def windows_icon() -> bytes:
    """Return the icon in the format of Windows, which may hold one PNG (since Vista)."""
    content = pixels(TAB)
    head = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", TAB, TAB, 0, 0, 1, 32, len(content), len(head) + 16)
    return head + entry + content


async def _svg(request: Request) -> Response:
    return cached(request, drawing().encode(), "image/svg+xml", FOR_A_DAY)


async def _tab(request: Request) -> Response:
    return cached(request, await run_in_threadpool(pixels, TAB), "image/png", FOR_A_DAY)


async def _touch(request: Request) -> Response:
    return cached(request, await run_in_threadpool(pixels, TOUCH, 0), "image/png", FOR_A_DAY)


async def _windows(request: Request) -> Response:
    content = await run_in_threadpool(windows_icon)
    return cached(request, content, "image/vnd.microsoft.icon", FOR_A_DAY)


# Streamlit's page names `favicon.png`.
ICONS: dict[str, Endpoint] = {
    "/favicon.ico": _windows,
    "/favicon.png": _tab,
    "/favicon.svg": _svg,
    "/apple-touch-icon.png": _touch,
    "/apple-touch-icon-precomposed.png": _touch,
}
