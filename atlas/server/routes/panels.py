"""The panels of a page for a view, at an address that may be cached for ever."""

from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.datapackage.loader import current
from atlas.model.pages import MAP, PAGES
from atlas.pages import panels as panels_of_page
from atlas.pages.assets import edition
from atlas.pages.view import DRAWING, MAP_SIZES, View
from atlas.server.request import is_embedded, is_too_long, requested_site, requested_view
from atlas.server.response import FOR_EVER, FOR_VIEWS, REVALIDATED, compressed_response

# In place of names: every panel that the page begins with.
ALL = "all"
# What a click fetches takes 4 ms to draw on the map page, and to wait for a thread takes as long as
# all else that a known one needs. A page's panels are some 50 kB: all of these are at most 26 MB.
MOST_DRAWN = 512

_drawn: OrderedDict[tuple[View, tuple[str, ...]], bytes] = OrderedDict()


def forget_drawn() -> None:
    """Forget what was drawn of data that are no longer shown."""
    _drawn.clear()


async def panels(request: Request) -> Response:
    """Return panels for a view, as JSON by name: the markup of each, or the deck of a map.

    An address of another edition is refused, also where this one has no such panel: a page never
    mixes two. The browser then loads it anew.
    """
    path = request.path_params
    if path["edition"] != edition(current()):
        message = "This is another edition of the site: load the page anew.\n"
        return PlainTextResponse(message, 410, headers={"cache-control": "no-store"})
    page = "" if path["page"] == MAP else path["page"]
    known = panels_of_page(page) if page in PAGES else {}
    names = tuple(dict.fromkeys(path["names"].split(",")))
    if names == (ALL,):
        names = tuple(name for name, panel in known.items() if not panel.later)
    if not names or not known.keys() >= set(names):
        return PlainTextResponse("There is no such panel.\n", 404)
    if is_too_long(request):
        return PlainTextResponse("No link of this site is as long as this.\n", 414)
    view = _view(request, page)
    # In a thread: a view not drawn before would hold up other readers.
    content = _drawn.get((view, names))
    if content is None:
        content = await run_in_threadpool(_content, view, names)
    lasts = all(known[name].lasts for name in names)
    headers = FOR_EVER if lasts else {"cache-control": REVALIDATED}
    return compressed_response(request, content, "application/json", FOR_VIEWS, headers)


def _view(request: Request, page: str) -> View:
    atlas = current()
    requested = requested_view(request, atlas)
    theme, size = (request.query_params.get(name, "") for name in ("theme", "size"))
    return View(
        atlas,
        requested.selection,
        page,
        theme="dark" if theme == "dark" else "light",
        map_size=size if size in (*MAP_SIZES, DRAWING) else "wide",
        embedded=is_embedded(request),
        site=requested_site(request),
        dropped=requested.dropped,
    )


def _content(view: View, names: tuple[str, ...]) -> bytes:
    """Return what an address answers, and keep it."""
    panels = panels_of_page(view.page)
    members = (f'"{name}":{panels[name].answer(view)}' for name in names)
    content = f"{{{','.join(members)}}}".encode()
    _drawn[view, names] = content
    if len(_drawn) > MOST_DRAWN:
        _drawn.popitem(last=False)
    return content
