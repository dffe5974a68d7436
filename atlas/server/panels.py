"""The panels of a page, each view of them under an address that may be kept for ever."""

import json
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.edition import edition
from atlas.pages import MAP, PAGES
from atlas.server.compression import FOR_VIEWS, packed
from atlas.server.files import FOR_EVER
from atlas.server.request import asked
from atlas.server.response import REVALIDATED
from atlas.tables import current
from atlas.ui import plain  # noqa: F401 - it imports every module that has panels.
from atlas.ui.html import PANELS
from atlas.view import View


async def panels(request: Request) -> Response:
    """Answer the markup of panels for a view, as JSON by name.

    Another edition's address is answered too, and not kept: while a new version is rolled
    out, a page of either meets servers of both.
    """
    given = request.path_params
    page = "" if given["page"] == MAP else given["page"]
    names = tuple(dict.fromkeys(given["names"].split(",")))
    if page not in PAGES or not PANELS.keys() >= set(names):
        return PlainTextResponse("There is no such panel.\n", 404)
    atlas = current()
    selection = asked(request, atlas).selection
    embedded = request.query_params.get("embed") == "true"
    view = View(atlas, selection, page, theme="light", narrow=False, embedded=embedded)
    filled = await run_in_threadpool(_filled, view, names)
    kept = FOR_EVER if given["edition"] == edition(atlas) else {"cache-control": REVALIDATED}
    return packed(request, filled, "application/json", FOR_VIEWS, kept)


# What a click fetches takes 0.4 ms to draw on the map page, of 6 ms in all (`--parts clicks` of
# tests/load). A page's panels are some 50 kB: all of these are at most 13 MB.
@lru_cache(maxsize=256)
def _filled(view: View, names: tuple[str, ...]) -> bytes:
    filled = {name: PANELS[name].markup(view) for name in names}
    return json.dumps(filled, ensure_ascii=False).encode()
