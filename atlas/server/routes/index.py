"""The pages: each shows its view before any JavaScript has run.

Crawlers, link previews, readers without JavaScript, and all others for the first second get the
same HTML. Then the page's JavaScript takes over, and later Streamlit adopts the panels.

A link that another program has damaged is redirected to the repaired one, because the page's
JavaScript reads the address too. If a part of it cannot be read, the page opens and says which.
"""

from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.model.selection import PARAMETERS, Selection, vocabulary
from atlas.model.text import text
from atlas.pages import parts_of
from atlas.pages.assets import edition, modules, script, stylesheet
from atlas.pages.panels import Element, slots, split_at_elements
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture import PREVIEW_SIZE
from atlas.query.sentences import description, title
from atlas.server.request import (
    RequestedView,
    is_embedded,
    query,
    raw_query,
    requested_site,
    requested_view,
)
from atlas.server.response import REVALIDATED, cached
from atlas.server.seams.bundle import streamlits_tags
from atlas.server.seams.streamlit_routes import below_base


async def index(request: Request) -> Response:
    """Return a page, or a redirect to a repaired link.

    Parts of a link without a meaning here are left out of the view, and listed on the page. A link
    to a profile without a place leads to the list of places.
    """
    atlas = current()
    requested = requested_view(request, atlas)
    repaired = _repaired_query(request, requested)
    if repaired is not None:
        # Relative, since a proxy may have removed a prefix from the address.
        return RedirectResponse(f"?{repaired}", 302, {"cache-control": "no-store"})
    view = View(
        atlas,
        requested.selection,
        page=below_base(request.url.path).strip("/"),
        theme=_theme(request),
        embedded=is_embedded(request),
        plain=True,
        site=requested_site(request),
        dropped=requested.dropped,
    )
    if view.page == "place" and not view.selection.place:
        return RedirectResponse(f"places?{request.url.query}", 302, {"cache-control": "no-store"})
    # In a thread, since rendering a new view would hold up other readers.
    content = await run_in_threadpool(_content, view)
    return cached(request, content, "text/html", REVALIDATED)


def _repaired_query(request: Request, requested: RequestedView) -> str | None:
    """Return the repaired query, None if nothing is damaged or a part cannot be read."""
    values = {
        name: _repaired_value(requested.selection, name, value)
        for name, value in query(request).items()
    }
    if requested.dropped or _unordered(values) == _unordered(raw_query(request)):
        return None
    return "&".join(f"{quote(name)}={quote(value, safe=',')}" for name, value in values.items())


def _repaired_value(selection: Selection, name: str, value: str) -> str:
    """Return the value of a parameter as our links write it; unchanged for foreign parameters."""
    if name not in PARAMETERS or not value:
        return value
    current_value = getattr(selection, name)
    return ",".join(current_value) if isinstance(current_value, tuple) else str(current_value or "")


def _unordered(values: dict[str, str]) -> dict[str, set[str]]:
    return {name: set(value.split(",")) for name, value in values.items()}


def _theme(request: Request) -> str:
    """Return the theme that a frame asks for in Streamlit's way, "" for the reader's own."""
    options = request.query_params.getlist("embed_options")
    return next((name for name in ("dark", "light") if f"{name}_theme" in options), "")


# A page takes 14 to 50 ms to render, and has some 220 kB: all of these take 28 MB at most.
@lru_cache(maxsize=128)
def _content(view: View) -> bytes:
    page = render(
        "index",
        view,
        head=Markup(_head(view)),  # noqa: S704 - our own HTML
        content=_panels(view),
        panels=f"panels/{edition(view.atlas)}",
        order=vocabulary(view.atlas),
        streamlit=Markup(streamlits_tags()),  # noqa: S704
    )
    return page.encode()


def _panels(view: View) -> Markup:
    """Return the filled panels of the page; Streamlit draws its elements later."""
    return Markup("").join(
        slots(view, block, filled=True)
        for block in split_at_elements(parts_of(view.page))
        if not isinstance(block, Element)
    )


def _head(view: View) -> str:
    atlas, selection, page, site = view.atlas, view.selection, view.page, view.site
    return render(
        "index/head",
        view,
        title=title(atlas, selection, view.text, page),
        description=description(atlas, selection, view.text, page),
        canonical=site.page(page, selection),
        alternates={
            entry.tag: site.page(page, selection.but(lang=lang))
            for lang, entry in LANGUAGES.items()
        },
        preview=site.file("preview.png", selection.but(of=page)),
        size=PREVIEW_SIZE,
        # Inline, since a separate file would arrive a round trip later.
        style=Markup(stylesheet().content.decode()),  # noqa: S704 - our own
        script=script().url,
        imported=[module.url for module in modules() if module is not script()],
        locales={lang: text(lang).social_locale for lang in LANGUAGES},
    )
