"""The frame around every page: data, address, language, menu, header and footer."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from atlas.geojson import credits
from atlas.pages import PAGES
from atlas.selection import Selection
from atlas.tables import DataError, current
from atlas.text import NAMES, text
from atlas.ui import address, html, router
from atlas.ui.view import View
from atlas.wording import sentence, title


@contextmanager
def page(name: str) -> Iterator[View]:
    """Draw the frame of a page and yield the view its parts are drawn for.

    Data that cannot be read stop the page with the list of what is wrong.
    """
    try:
        atlas = current()
    except DataError as error:
        _refuse(error)
    address.settle()
    selection, dropped = address.read(atlas)
    words = text(selection.lang)
    st.set_page_config(page_title=title(atlas, selection, words, name), layout="wide")
    view = View(
        atlas=atlas,
        selection=selection,
        page=name,
        theme=st.context.theme.type or "light",
        narrow="Mobi" in st.context.headers.get("User-Agent", ""),
        dropped=dropped,
    )
    left = router.mount(words.tag, selection.to_query(), lambda link: address.follow(link, atlas))
    if left:
        _switch(*address.target(left, atlas))
    _header(view)
    yield view
    _footer(view)


@html.panel
def _header(view: View) -> str:
    said = sentence(view.atlas, view.selection, view.text)
    return html.render("header", view, languages=NAMES, pages=PAGES, sentence=said)


@html.panel
def _footer(view: View) -> str:
    return html.render("footer", view, credits=credits(view.atlas))


def _refuse(error: DataError) -> None:
    st.set_page_config(page_title="Chengyu Cluster Atlas")
    st.error("The data of this atlas cannot be read. Nothing is shown until this is put right:")
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()


def _switch(page: str, selection: Selection) -> None:
    script = f"pages/{page}.py" if page in PAGES and page else "dashboard.py"
    st.switch_page(script, query_params=dict(selection.items()))
