"""The frame around every page: data, title, header and footer, and the view in the address.

A script reads the address and never writes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from atlas import settings
from atlas.datapackage.loader import DataError, current
from atlas.metrics import observed
from atlas.model.languages import preferred_language
from atlas.model.selection import from_query
from atlas.pages import FOOTER, HEADER, whole
from atlas.pages.links import Site
from atlas.pages.view import View
from atlas.query.sentences import title
from atlas.ui.parts import Drawing


def draw(name: str) -> None:
    """Draw a whole page."""
    with observed(name):
        drawing = Drawing(_view(name))
        drawing.draw(whole(name))
        drawing.end()


@contextmanager
def page(name: str) -> Iterator[Drawing]:
    """Draw the frame of a page, yield what draws the parts between, and time the run.

    If the data cannot be read, the page ends with the list of what is wrong.
    """
    with observed(name):
        drawing = Drawing(_view(name))
        drawing.draw(HEADER)
        yield drawing
        drawing.draw(FOOTER)
        drawing.end()


def _view(name: str) -> View:
    try:
        atlas = current()
    except DataError as error:
        _refuse(error)
    query = {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}
    accepted = st.context.headers.get("Accept-Language") or st.context.locale or ""
    selection, dropped = from_query(query, atlas, preferred_language(accepted))
    view = View(
        atlas=atlas,
        selection=selection,
        page=name,
        theme=st.context.theme.type or "light",
        embedded=bool(st.context.is_embedded),
        site=_site(name),
        dropped=dropped,
    )
    page_title = title(atlas, selection, view.text, name)
    st.set_page_config(page_title=page_title, layout="wide", initial_sidebar_state="collapsed")
    return view


def _site(page: str) -> Site:
    """Return the site under its public address: `ATLAS_URL`, or as the browser addresses it."""
    if public := settings.url():
        return Site(public)
    here = (st.context.url or "").partition("?")[0]
    root = here.removesuffix("/").removesuffix(f"/{page}" if page else "")
    return Site(f"{root}/") if root else Site()


def _refuse(error: DataError) -> None:
    st.set_page_config(page_title="Atlas")
    st.error("The data of this atlas cannot be read. Nothing is shown until this is put right:")
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
