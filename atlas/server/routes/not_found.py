"""Unknown addresses: a redirect to a known one, or a page that says "not found".

An address with another case, or with the end of a sentence attached, is redirected to the known one
with its query. Any other gets a page in the style and the language of the site, which suggests the
pages with the most similar names.
"""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from atlas.datapackage.loader import current
from atlas.model.characters import visible
from atlas.model.languages import LANGUAGES, language_of
from atlas.model.mangled import as_id
from atlas.model.pages import MAP, MENU, MOVED, PAGES
from atlas.model.text import text
from atlas.pages.assets import stylesheet
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.server.request import requested_view
from atlas.server.seams import bundle
from atlas.server.seams.streamlit_routes import below_base, is_answered

# Folders of files that scripts and programs request; they need no page.
FOLDERS = frozenset({"static", "assets", "panels", "api", "_stcore"})
# How similar a suggested name is at least, from 0 to 1, and how many are suggested at most.
SIMILARITY = 0.6
MOST_SUGGESTIONS = 3
LONGEST_PATH = 200
# Characters that a query may contain unescaped (RFC 3986, 3.4), and the percent sign of escapes.
_IN_QUERY = "%/?:@!$&'()*+,;=-._~"
UNCACHED = {"cache-control": "no-store"}


class NotFound(BaseRoute):
    """The route of every address that neither the site nor Streamlit has."""

    def __init__(self, names: Collection[str]) -> None:
        """Take the known addresses, without a leading slash."""
        self._names = {
            **{as_id(name): name for name in names},
            **MOVED,
            MAP: "",
            as_id(bundle.PAGE): "",
        }

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether the address is unknown."""
        may_match = scope["type"] == "http" and below_base(scope["path"]) not in PAGES
        return (Match.FULL if may_match and not is_answered(scope, [self]) else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect to a known address, or answer that there is none."""
        request = Request(scope, receive)
        await (await self._response(request))(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        path, _, encoded_query = below_base(request.scope["path"]).partition("?")
        name = self._names.get(as_id(path.strip("/")))
        if name is not None and request.method in ("GET", "HEAD"):
            return _moved(request, name, encoded_query or request.url.query)
        if FOLDERS & {*path.split("/")[:-1]}:
            return PlainTextResponse("There is no such file.\n", 404, UNCACHED)
        content = await run_in_threadpool(_page, request, path)
        return HTMLResponse(content, 404, UNCACHED | {"vary": "accept-language"})


def _moved(request: Request, name: str, query: str) -> Response:
    """Redirect to an address below the root: relative, since a proxy may have removed a prefix."""
    address = f"{_up(request)}{name}" or "./"
    suffix = f"?{quote(query, safe=_IN_QUERY)}" if query else ""
    # Not cached for ever, since a page of that name may come.
    return RedirectResponse(f"{address}{suffix}", 301, {"cache-control": "no-cache"})


def _up(request: Request) -> str:
    """Return the relative path from an address to the site's root, as browsers count slashes."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = below_base(raw.partition(b"?")[0].decode("latin-1"))
    return "../" * path.count("/")


def _page(request: Request, path: str) -> str:
    """Return the page "not found", in the language of path, link or browser."""
    atlas = current()
    selection = requested_view(request, atlas).selection
    parts = [part for part in path.lower().split("/") if part]
    language = next(filter(None, map(language_of, parts)), selection.lang)
    view = View(atlas, selection.but(lang=language), page="", theme="light", plain=True)
    up, query = _up(request), view.selection.to_query()
    links = {name: f"{up}{name}?{query}" if name or up else f"./?{query}" for name in MENU}
    return render(
        "not_found",
        view,
        address=visible(path)[:LONGEST_PATH],
        stylesheet=f"{up}{stylesheet().url}",
        links=links,
        labels=MENU,
        suggestions=nearest(parts),
    )


def nearest(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the pages whose names, in any language, are most similar to the parts of a path."""
    pages = _pages_by_name()
    matches = (get_close_matches(part, pages, MOST_SUGGESTIONS, SIMILARITY) for part in parts)
    nearest_pages = dict.fromkeys(pages[name] for names in matches for name in names)
    return tuple(nearest_pages)[:MOST_SUGGESTIONS]


@cache
def _pages_by_name() -> Mapping[str, str]:
    """Return the pages by their names in addresses and in the menu of each language."""
    pages = {
        text(language).gettext(label).lower(): page
        for page, label in MENU.items()
        for language in LANGUAGES
    }
    return pages | {page or MAP: page for page in MENU}
