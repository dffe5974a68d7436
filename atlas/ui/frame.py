"""The pages as Streamlit draws them: the view of the address, slots for panels, and elements.

The browser fills the slots. A script reads the address and never writes it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from atlas import settings
from atlas.datapackage.loader import DataError, current
from atlas.metrics import observed
from atlas.model.languages import preferred_language
from atlas.model.selection import from_query
from atlas.pages import FOOTER, HEADER, parts_of
from atlas.pages.links import Site
from atlas.pages.panels import Element, Parts, slots, split_at_elements
from atlas.pages.view import View
from atlas.query.sentences import title
from atlas.ui import embed, tables
from atlas.ui.html import put

# The functions that draw elements, by their names in `PARTS`. They follow the view with a run.
ELEMENTS: Mapping[str, Callable[[View], None]] = {
    "claims table": tables.draw_claims,
    "frame": embed.draw,
    "places table": tables.draw_places,
}


class Drawing:
    """A page that is being drawn."""

    def __init__(self, view: View) -> None:
        """Begin a page that shows a view."""
        self._view = view
        self._reads_view = False

    @property
    def view(self) -> View:
        """The view. A script that reads it runs again after every click."""
        self._reads_view = True
        return self._view

    def draw(self, parts: Parts) -> None:
        """Put parts of the page below each other."""
        for block in split_at_elements(parts):
            if isinstance(block, Element):
                ELEMENTS[block.name](self.view)
            else:
                put(slots(self._view, block, filled=False))

    def end(self) -> None:
        """Tell the browser whether the script has read the view."""
        if self._reads_view:
            put("<i hidden data-reads-view></i>")


def draw(name: str) -> None:
    """Draw a whole page."""
    with _drawing(name) as drawing:
        drawing.draw(parts_of(name))


@contextmanager
def page(name: str) -> Iterator[Drawing]:
    """Draw header and footer of a page, and yield a `Drawing` for the parts between them.

    If the data cannot be read, the page ends with the list of problems.
    """
    with _drawing(name) as drawing:
        drawing.draw(HEADER)
        yield drawing
        drawing.draw(FOOTER)


@contextmanager
def _drawing(name: str) -> Iterator[Drawing]:
    with observed(name):
        drawing = Drawing(_view(name))
        yield drawing
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
    """Return the site under its public address: `ATLAS_URL`, or the one the browser uses."""
    if public := settings.url():
        return Site(public)
    address = (st.context.url or "").partition("?")[0]
    root = address.removesuffix("/").removesuffix(f"/{page}" if page else "")
    return Site(f"{root}/") if root else Site()


def _refuse(error: DataError) -> None:
    st.set_page_config(page_title="Atlas")
    st.error("The data of this atlas cannot be read. Nothing is shown until this is put right:")
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
