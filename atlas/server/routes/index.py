"""The page at every address of the site: the view itself, readable before any script has run.

Crawlers, link previews, readers without script and the first second of all others get the same
markup. The page's script takes it over, and Streamlit, which starts after it, takes it in.
"""

from functools import lru_cache

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.model.selection import vocabulary
from atlas.model.text import text
from atlas.pages import whole
from atlas.pages.assets import edition, modules, script, stylesheet
from atlas.pages.panels import Element, slots, split_at_elements
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture import PREVIEW_SIZE
from atlas.query.sentences import description, title
from atlas.server.request import is_embedded, requested_site, requested_view
from atlas.server.response import REVALIDATED, cached
from atlas.server.seams.others_routes import below_base
from atlas.server.seams.page_shell import streamlits_tags


async def index(request: Request) -> Response:
    """Return a page: head, and the view's content.

    Parts of a link that mean nothing here are left out of the view, and named on the page. A link
    to a profile that names no place leads to all of them.
    """
    atlas = current()
    requested = requested_view(request, atlas)
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
    # In a thread: a view not drawn before would hold up other readers.
    content = await run_in_threadpool(_content, view)
    return cached(request, content, "text/html", REVALIDATED)


def _theme(request: Request) -> str:
    """Return the theme that a frame asks for in Streamlit's way, "" for that of the reader."""
    options = request.query_params.getlist("embed_options")
    return next((name for name in ("dark", "light") if f"{name}_theme" in options), "")


# A further page takes 14 to 50 ms to draw, and is some 220 kB: all of these are at most 28 MB.
@lru_cache(maxsize=128)
def _content(view: View) -> bytes:
    page = render(
        "index",
        view,
        head=Markup(_head(view)),  # noqa: S704 - markup of ours
        content=_content_of_page(view),
        panels=f"panels/{edition(view.atlas)}",
        order=vocabulary(view.atlas),
        streamlit=Markup(streamlits_tags()),  # noqa: S704
    )
    return page.encode()


def _content_of_page(view: View) -> Markup:
    """Return the content of the page; Streamlit's elements come with Streamlit."""
    return Markup("").join(
        slots(view, block, filled=True)
        for block in split_at_elements(whole(view.page))
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
        # In the page: a file of its own would come one way to the server and back later.
        style=Markup(stylesheet().content.decode()),  # noqa: S704 - ours
        script=script().url,
        imported=[module.url for module in modules() if module is not script()],
        locales={lang: text(lang).social_locale for lang in LANGUAGES},
    )
