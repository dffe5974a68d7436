"""What the server answers beside Streamlit, and what it does at its start."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import Route
from starlette_compress import CompressMiddleware

from atlas import settings
from atlas.mapfiles import static_files
from atlas.pages import PAGES
from atlas.server import crawlers, downloads, files, index, pictures, printed
from atlas.tables import current

ENDPOINTS = {
    "/assets/{digest}/{name}": files.asset,
    "/api/openapi.json": downloads.described,
    "/api/{name}": downloads.export,
    "/map.svg": pictures.vector,
    "/map.png": pictures.raster,
    "/preview.png": pictures.link_preview,
    "/qr.svg": pictures.code,
    "/brief": printed.brief,
    "/robots.txt": crawlers.robots,
    "/sitemap.xml": crawlers.sitemap,
}


def routes() -> list[Route]:
    """Return the routes of our own: the index for each page, files, pictures, downloads."""
    pages = {f"/{name}": index.index for name in PAGES}
    return [
        Route(path, endpoint, methods=["GET", "HEAD"])
        for path, endpoint in (pages | ENDPOINTS).items()
    ]


def middleware() -> list[Middleware]:
    """Return the middleware: compression, which Streamlit leaves off for its bundle."""
    return [Middleware(CompressMiddleware)]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Load the data before the first reader comes; broken data or settings stop the start."""
    settings.contact()
    settings.url()
    static_files(current())
    # What is loaded now stays: keep it out of every later collection.
    gc.collect()
    gc.freeze()
    yield {}
