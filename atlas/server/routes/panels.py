"""The panels of a page for a view, at addresses that caches may keep for ever."""

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

# Stands for the names of all panels that the page begins with.
ALL = "all"
# The panels of a click take 4 ms to render on the map page; for cached ones, waiting for a thread
# would double the time. A page's panels have some 50 kB: all of these take 26 MB at most.
MOST_ANSWERS = 512

_answers: OrderedDict[tuple[View, tuple[str, ...]], bytes] = OrderedDict()


def clear_answers() -> None:
    """Remove the cached answers of data that are no longer shown."""
    _answers.clear()


async def panels(request: Request) -> Response:
    """Return panels for a view, as JSON by name: the HTML of each, or the deck of a map.

    An address of another edition is always refused, so that a page never mixes two editions. The
    browser then reloads the page.
    """
    path = request.path_params
    if path["edition"] != edition(current()):
        message = "This is another edition of the site: load the page anew.\n"
        return PlainTextResponse(message, 410, headers={"cache-control": "no-store"})
    page = "" if path["page"] == MAP else path["page"]
    on_page = panels_of_page(page) if page in PAGES else {}
    names = tuple(dict.fromkeys(path["names"].split(",")))
    if names == (ALL,):
        names = tuple(name for name, panel in on_page.items() if not panel.later)
    if not names or not on_page.keys() >= set(names):
        return PlainTextResponse("There is no such panel.\n", 404)
    if is_too_long(request):
        return PlainTextResponse("No link of this site is as long as this.\n", 414)
    view = _view(request, page)
    content = _answers.get((view, names))
    if content is None:
        # In a thread, since rendering a new view would hold up other readers.
        content = await run_in_threadpool(_content, view, names)
    lasts = all(on_page[name].lasts for name in names)
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
    """Return the JSON of panels, and cache it."""
    on_page = panels_of_page(view.page)
    members = (f'"{name}":{on_page[name].answer(view)}' for name in names)
    content = f"{{{','.join(members)}}}".encode()
    _answers[view, names] = content
    if len(_answers) > MOST_ANSWERS:
        _answers.popitem(last=False)
    return content
