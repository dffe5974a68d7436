"""Which addresses Streamlit answers itself, and where it is mounted.

It answers every address that it does not know with its own page and 200. Our routes stand before
its own, so the one that says that there is no such page must leave to Streamlit what is its own.

Buys: an address that is none is said to be none.
Breaks: if Streamlit serves its bundle otherwise than by a mount named `static-assets`: an address
    that is none then shows Streamlit's page again.
Test: `tests/hosting/test_addresses.py`, on a running server.
"""

from collections.abc import Collection
from functools import cache

from starlette.routing import BaseRoute, Match
from starlette.types import Scope
from streamlit import config

from atlas.server.seams.page_shell import FOLDER

BUNDLE = "static-assets"
SHELL = "index.html"


def is_answered(scope: Scope, but: Collection[BaseRoute]) -> bool:
    """Tell whether the application has a route for an address, or a file, besides some routes."""
    routes = (route for route in scope["app"].routes if route not in but)
    return any(_takes(route, scope) for route in routes)


def _takes(route: BaseRoute, scope: Scope) -> bool:
    if getattr(route, "name", "") == BUNDLE:
        return below_base(scope["path"]) in _bundle()
    return route.matches(scope)[0] != Match.NONE


def below_base(path: str) -> str:
    """Return a path below what Streamlit is mounted under (`server.baseUrlPath`), without slash."""
    base, relative = config.get_option("server.baseUrlPath").strip("/"), path.lstrip("/")
    is_below = base and f"{relative}/".startswith(f"{base}/")
    return relative[len(base) :].lstrip("/") if is_below else relative


@cache
def _bundle() -> frozenset[str]:
    """Return the paths of Streamlit's scripts, styles and pictures, without its page."""
    files = (path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
    return frozenset(files) - {SHELL}
