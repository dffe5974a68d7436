"""What follows a click that the browser cannot follow by itself: title, address, map."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from atlas.metrics import observed
from atlas.model.pages import PAGES
from atlas.model.selection import Selection
from atlas.pages.view import View
from atlas.query.wording import title
from atlas.ui import address, router


def begin(view: View) -> None:
    """Give the browser's tab its title, put the router on the page, go where it was told to."""
    named = title(view.atlas, view.selection, view.text, view.page)
    st.set_page_config(page_title=named, layout="wide")
    left = router.mount(view, lambda link: address.follow(link, view.atlas))
    if left:
        _switch(*address.target(left, view.atlas))


def _switch(page: str, selection: Selection) -> None:
    script = f"pages/{page}.py" if page in PAGES and page else "dashboard.py"
    st.switch_page(script, query_params=dict(selection.items()))


def living(view: View, draw: Callable[[View], None]) -> None:
    """Begin a page, and draw the one part of it that changes with clicks and is no panel.

    A click runs this part alone: 9 messages instead of the page's 22. The whole page runs again
    where the address changes in what other parts of it show.
    """
    whole = [view]

    @st.fragment
    def part() -> None:
        if whole:
            _drawn(whole.pop(), draw)
        else:
            with observed(view.page):
                _drawn(_now(view), draw)

    part()


def _drawn(view: View, draw: Callable[[View], None]) -> None:
    begin(view)
    draw(view)


def _now(view: View) -> View:
    """Return the view that the address names now, for a page that was drawn for another."""
    address.settle()
    selection, dropped = address.read(view.atlas)
    if view.dropped or dropped or _elsewhere(selection) != _elsewhere(view.selection):
        address.again()
    return replace(view, selection=selection, map_width=router.map_width())


def _elsewhere(selection: Selection) -> Selection:
    """Return what other parts of a page show of a selection: all that no chip or mark changes."""
    return selection.cleared().but(place=None, q=selection.q)
