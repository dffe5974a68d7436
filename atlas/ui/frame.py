"""The frame around every page: data, address, language, menu, header and footer."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from atlas.datapackage.loader import DataError, current
from atlas.metrics import observed
from atlas.pages import FOOTER, HEADER, PARTS
from atlas.pages.view import View
from atlas.ui import address, following, parts, router


def draw(name: str) -> None:
    """Draw a whole page."""
    with page(name) as view:
        parts.draw(view, PARTS[name])


@contextmanager
def page(name: str) -> Iterator[View]:
    """Draw the frame of a page, yield the view to draw its parts for, and time the run."""
    with observed(name), _framed_view(name) as view:
        yield view


@contextmanager
def _framed_view(name: str) -> Iterator[View]:
    """Draw header and footer, and yield the view to draw the parts between them for.

    If the data cannot be read, the page ends with the list of what is wrong.
    """
    try:
        atlas = current()
    except DataError as error:
        _refuse(error)
    address.settle()
    selection, dropped = address.read(atlas)
    view = View(
        atlas=atlas,
        selection=selection,
        page=name,
        theme=st.context.theme.type or "light",
        map_width=router.map_width(),
        embedded=bool(st.context.is_embedded),
        site=address.site(name),
        dropped=dropped,
    )
    if name:  # The map page's map does it.
        following.begin(view)
    parts.draw(view, HEADER)
    yield view
    parts.draw(view, FOOTER)
    address.begun()


def _refuse(error: DataError) -> None:
    st.set_page_config(page_title="Chengyu Cluster Atlas")
    st.error("The data of this atlas cannot be read. Nothing is shown until this is put right:")
    st.code(str(error), language=None, wrap_lines=True)
    st.stop()
