"""What the server adds to Streamlit: routes, middleware, and code that runs at start and end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route
from starlette_compress import CompressMiddleware

from atlas import settings
from atlas.datapackage.data_watch import watched
from atlas.export import EXPORTS
from atlas.model.pages import PAGES
from atlas.server.access_log import AccessLog
from atlas.server.headers import Protection
from atlas.server.response import Endpoint, for_anyone
from atlas.server.routes import brief, downloads, files, index, operations, panels, pictures
from atlas.server.routes.not_found import NotFound
from atlas.server.seams.bundle import Bundle
from atlas.server.seams.gate import Gate
from atlas.server.seams.process import drained, leave_out_loaded_data
from atlas.server.seams.streamlit_routes import BasePath
from atlas.server.startup import prepare, switch_data

__all__ = ["ENDPOINTS", "lifespan", "middleware", "prepare", "routes"]

# Routes that other sites may read too, including sandboxed frames with one of our pages.
SHARED: dict[str, Endpoint] = {
    "/api/openapi.json": downloads.openapi_description,
    "/api/{name}": downloads.export,
    "/map.svg": pictures.vector,
    "/map.png": pictures.raster,
    "/preview.png": pictures.link_preview,
    "/qr.svg": pictures.qr_code,
    "/brief": brief.brief,
    "/assets/{digest}/{name}": files.asset,
    "/panels/{edition}/{page}/{names}": panels.panels,
}
OWN: dict[str, Endpoint] = {
    "/robots.txt": files.robots,
    "/sitemap.xml": files.sitemap,
    "/health": operations.health,
    "/metrics": operations.metrics,
}
ENDPOINTS: dict[str, Endpoint] = SHARED | OWN
# Streamlit's page links to the second.
ICONS: dict[str, Endpoint] = dict.fromkeys(
    (
        "/favicon.ico",
        "/favicon.png",
        "/favicon.svg",
        "/apple-touch-icon.png",
        "/apple-touch-icon-precomposed.png",
    ),
    files.icon,
)


def routes() -> list[BaseRoute]:
    """Return our own routes; the last one takes unknown addresses."""
    pages: dict[str, Endpoint] = {f"/{name}": index.index for name in PAGES}
    own = [_route(path, endpoint) for path, endpoint in (pages | OWN | ICONS).items()]
    shared = [_route(path, for_anyone(endpoint), "OPTIONS") for path, endpoint in SHARED.items()]
    fixed = (path[1:] for path in (*pages, *ENDPOINTS) if "{" not in path)
    exports = (f"api/{name}" for name in EXPORTS)
    return [*own, *shared, NotFound([*fixed, *exports])]


def _route(path: str, endpoint: Endpoint, *more_methods: str) -> Route:
    return Route(path, endpoint, methods=["GET", "HEAD", *more_methods])


def middleware() -> list[Middleware]:
    """Return the middleware, outermost first: log, headers, base path, refusals, compression."""
    first_parts = {path.split("/")[1] for path in ENDPOINTS | ICONS} | PAGES.keys()
    return [
        Middleware(AccessLog),
        Middleware(Protection),
        Middleware(BasePath, first_parts=frozenset(first_parts)),
        Middleware(Gate),
        Middleware(Bundle),
        Middleware(CompressMiddleware),
    ]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Keep the loaded data out of garbage collection, load replaced files, stop gracefully."""
    leave_out_loaded_data()
    with drained(settings.drain_seconds()), watched(switch_data):
        yield {}
