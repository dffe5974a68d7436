"""The panels of a page for a view, at an address that may be cached for ever."""

import json
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.datapackage.loader import current
from atlas.model.pages import MAP, PAGES
from atlas.pages import addressed
from atlas.pages.assets import edition
from atlas.pages.view import View
from atlas.server.request import is_embedded, requested_view
from atlas.server.response import FOR_EVER, FOR_VIEWS, REVALIDATED, compressed_response


async def panels(request: Request) -> Response:
    """Return the markup of panels for a view, as JSON by name.

    An address of another edition is served too, but not cached: during a rollout, pages of
    either version meet servers of both.
    """
    path = request.path_params
    page = "" if path["page"] == MAP else path["page"]
    names = tuple(dict.fromkeys(path["names"].split(",")))
    if page not in PAGES or not addressed(page).keys() >= set(names):
        return PlainTextResponse("There is no such panel.\n", 404)
    atlas = current()
    selection = requested_view(request, atlas).selection
    view = View(atlas, selection, page, theme="light", embedded=is_embedded(request))
    content = await run_in_threadpool(_content, view, names)
    is_current = path["edition"] == edition(atlas)
    headers = FOR_EVER if is_current else {"cache-control": REVALIDATED}
    return compressed_response(request, content, "application/json", FOR_VIEWS, headers)


# What a click fetches takes 0.4 ms to draw on the map page, of 6 ms in all (`--parts clicks` of
# tests/load). A page's panels are some 50 kB: all of these are at most 13 MB.
@lru_cache(maxsize=256)
def _content(view: View, names: tuple[str, ...]) -> bytes:
    panels = addressed(view.page)
    markup = {name: panels[name].markup(view) for name in names}
    return json.dumps(markup, ensure_ascii=False).encode()
