"""What is answered at an address that is none: the page that was meant, or that there is none.

A program may have taken the end of a sentence for a part of a link, or written it in another case:
such an address leads on to the page meant, with its query. Any other is not found, which is said
in the look and the language of the site, with the page that is named most like it.
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
from atlas.server.seams.others_routes import SHELL, below_base, is_answered

# What scripts and programs ask for, which need no page.
FOLDERS = frozenset({"static", "assets", "panels", "api", "_stcore"})
LIKE = 0.6
MOST_LIKE = 3
LONGEST_PATH = 200
# What may stand in a query as it is (RFC 3986, 3.4); the percent sign is there already.
_IN_QUERY = "%/?:@!$&'()*+,;=-._~"
UNCACHED = {"cache-control": "no-store"}


class Elsewhere(BaseRoute):
    """The route of every address that neither the site nor Streamlit has.

    `names` are the addresses that may be meant, without a slash before them.
    """

    def __init__(self, names: Collection[str]) -> None:
        """Know the addresses that may be meant."""
        self._names = {as_id(name): name for name in names} | MOVED | {MAP: "", as_id(SHELL): ""}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether the address is none."""
        is_none = scope["type"] == "http" and below_base(scope["path"]) not in PAGES
        return (Match.FULL if is_none and not is_answered(scope, [self]) else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead on to the address that was meant, or say that there is none."""
        request = Request(scope, receive)
        await (await self._response(request))(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        path, _, swallowed = below_base(request.scope["path"]).partition("?")
        name = self._names.get(as_id(path.strip("/")))
        if name is not None and request.method in ("GET", "HEAD"):
            return _moved(request, name, swallowed or request.url.query)
        if FOLDERS & {*path.split("/")[:-1]}:
            return PlainTextResponse("There is no such file.\n", 404, UNCACHED)
        content = await run_in_threadpool(_page, request, path)
        return HTMLResponse(content, 404, UNCACHED | {"vary": "accept-language"})


def _moved(request: Request, name: str, query: str) -> Response:
    """Lead on to an address below the root: relative, since a proxy may have taken a prefix."""
    address = f"{_up(request)}{name}" or "./"
    kept = f"?{quote(query, safe=_IN_QUERY)}" if query else ""
    # Not for ever: a page of that name may come.
    return RedirectResponse(f"{address}{kept}", 301, {"cache-control": "no-cache"})


def _up(request: Request) -> str:
    """Return the way from an address up to the root of the site, as browsers count its slashes."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = below_base(raw.partition(b"?")[0].decode("latin-1"))
    return "../" * path.count("/")


def _page(request: Request, path: str) -> str:
    """Return the page that says that there is none, in the language of link, path or browser."""
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
    """Return the pages that are called most like the parts of a path, in any language."""
    called = _called()
    found = (get_close_matches(part, called, MOST_LIKE, LIKE) for part in parts)
    return tuple(dict.fromkeys(called[name] for names in found for name in names))[:MOST_LIKE]


@cache
def _called() -> Mapping[str, str]:
    """Return the pages by their names, in addresses and in the menu of each language."""
    words = {
        text(language).gettext(word).lower(): page
        for page, word in MENU.items()
        for language in LANGUAGES
    }
    return words | {page or MAP: page for page in MENU}
