"""Streamlit's routes: which addresses it answers, and the path it mounts them below.

Streamlit answers every unknown address with its own page and status 200. Our routes stand before
its routes, so our "not found" must leave the addresses of Streamlit to it.

Below a path (`server.baseUrlPath`) Streamlit mounts its own routes only. `BasePath` has ours answer
there too. They keep answering at the root, for a proxy that removes the path.

Buys: an unknown address is not found.
Breaks: if Streamlit no longer serves its bundle by a mount named `static-assets`: an unknown
    address then shows Streamlit's page again.
Test: `tests/hosting/test_addresses.py`, on a running server.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from atlas.server.seams.bundle import FOLDER, PAGE

BUNDLE = "static-assets"


@dataclass(frozen=True)
class BasePath:
    """ASGI middleware that has our routes answer below the base path, if one is set."""

    app: ASGIApp
    first_parts: frozenset[str]  # of the paths of our routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with the base path as the path that the application is mounted at."""
        base = _base_path()
        if base and scope["type"] == "http" and scope["path"].startswith(f"/{base}"):
            if scope["path"] == f"/{base}":  # Relative addresses need the slash.
                name = base.rpartition("/")[2]
                query = URL(scope=scope).query
                redirect = RedirectResponse(f"{name}/{'?' if query else ''}{query}", 307)
                await redirect(scope, receive, send)
                return
            if below_base(scope["path"]).split("/")[0] in self.first_parts:
                scope = {**scope, "root_path": f"{scope.get('root_path', '')}/{base}"}
        await self.app(scope, receive, send)


def below_base(path: str) -> str:
    """Return a path relative to the base path, without a leading slash."""
    base, relative = _base_path(), path.lstrip("/")
    is_below = base and f"{relative}/".startswith(f"{base}/")
    return relative[len(base) :].lstrip("/") if is_below else relative


def _base_path() -> str:
    base_path: str = config.get_option("server.baseUrlPath").strip("/")
    return base_path


def is_answered(scope: Scope, but: Collection[BaseRoute]) -> bool:
    """Return whether the application has a route or a file for an address, besides some routes."""
    routes = (route for route in scope["app"].routes if route not in but)
    return any(_matches(route, scope) for route in routes)


def _matches(route: BaseRoute, scope: Scope) -> bool:
    if getattr(route, "name", "") == BUNDLE:
        return below_base(scope["path"]) in _bundle()
    return route.matches(scope)[0] != Match.NONE


@cache
def _bundle() -> frozenset[str]:
    """Return the paths of Streamlit's scripts, styles and pictures, without its page."""
    files = (path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
    return frozenset(files) - {PAGE}
