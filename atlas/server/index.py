"""The page at every address of the site: Streamlit's shell, filled with the view's content.

Streamlit's own page is empty without script. Here crawlers, link previews and readers without
script get title, description, picture and the facts themselves.
"""

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.model.text import text
from atlas.pages import whole
from atlas.pages.assets import modules, script, stylesheet
from atlas.pages.panels import render, without_script
from atlas.pages.view import View
from atlas.picture import PREVIEW_SIZE
from atlas.query.wording import description, title
from atlas.server.request import requested_site, requested_view
from atlas.server.response import REVALIDATED, cached
from atlas.server.seams.page_shell import filled_page


async def index(request: Request) -> Response:
    """Return a page with language, head and, for readers without script, the view's content.

    Parts of a link that mean nothing here are left out of the view.
    """
    atlas = current()
    page = request.url.path.strip("/")
    selection = requested_view(request, atlas).selection
    # In a thread: a view not drawn before would hold up other readers.
    site = requested_site(request)
    view = View(atlas, selection, page, theme="light", site=site, plain=True)
    content = await run_in_threadpool(_content, view)
    return cached(request, content, "text/html", REVALIDATED)


# A further page takes 14 to 50 ms to draw, and is some 100 kB: all of these are at most 13 MB.
@lru_cache(maxsize=128)
def _content(view: View) -> bytes:
    plain = render("index/plain", view, parts=without_script(view, whole(view.page)))
    return filled_page(view.text.tag, _head(view), plain).encode()


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
        stylesheet=stylesheet().url,
        script=script().url,
        imported=[module.url for module in modules() if module is not script()],
        locales={lang: text(lang).social_locale for lang in LANGUAGES},
    )
