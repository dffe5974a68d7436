"""The page at every address of the site: Streamlit's shell, filled with the view's content.

Streamlit's own page is empty without script. Here crawlers, link previews and readers without
script get title, description, picture and the facts themselves.
"""

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.datapackage.loader import current
from atlas.model.links import Site
from atlas.model.records import LANGUAGES, Atlas
from atlas.model.selection import Selection
from atlas.model.text import TAGS, text
from atlas.pages.assets import script, stylesheet
from atlas.pages.markup import render
from atlas.pages.view import View
from atlas.picture import PREVIEW_SIZE
from atlas.query.wording import description, sentence, title
from atlas.server.request import requested_site, requested_view
from atlas.server.response import REVALIDATED, cached
from atlas.server.seams.page_shell import filled_page
from atlas.ui import plain


async def index(request: Request) -> Response:
    """Return a page with language, head and, for readers without script, the view's content.

    Parts of a link that mean nothing here are left out of the view.
    """
    atlas = current()
    page = request.url.path.strip("/")
    selection = requested_view(request, atlas).selection
    # In a thread: a view not drawn before would hold up other readers.
    content = await run_in_threadpool(_content, atlas, page, selection, requested_site(request))
    return cached(request, content, "text/html", REVALIDATED)


# A further page takes 14 to 50 ms to draw, and is some 100 kB: all of these are at most 13 MB.
@lru_cache(maxsize=128)
def _content(atlas: Atlas, page: str, selection: Selection, site: Site) -> bytes:
    words = text(selection.lang)
    view = View(atlas, selection, page, theme="light", site=site, plain=True)
    head = render(
        "index/head",
        view,
        title=title(atlas, selection, words, page),
        description=description(atlas, selection, words, page),
        canonical=site.page(page, selection),
        alternates={TAGS[lang]: site.page(page, selection.but(lang=lang)) for lang in LANGUAGES},
        preview=site.file("preview.png", selection.but(of=page)),
        size=PREVIEW_SIZE,
        stylesheet=stylesheet().url,
        script=script().url,
        locales={lang: text(lang).locale for lang in LANGUAGES},
    )
    return filled_page(words.tag, head, _without_script(view)).encode()


def _without_script(view: View) -> str:
    # The picture stands below the header, which on the map page has a lead.
    return render(
        "index/plain",
        view,
        parts=plain.parts(view),
        beginning=1 if view.page else 2,
        described=sentence(view.atlas, view.selection, view.text),
    )
