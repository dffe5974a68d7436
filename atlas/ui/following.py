"""What a run updates after a click and the browser cannot: title, address and map."""

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
    """Set the title of the browser's tab, put the router on the page, and follow its link."""
    page_title = title(view.atlas, view.selection, view.text, view.page)
    st.set_page_config(page_title=page_title, layout="wide")
    link = router.mount(view, lambda clicked: address.follow(clicked, view.atlas))
    if link:
        _switch(*address.target(link, view.atlas))


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
            _begin_and_draw(whole.pop(), draw)
        else:
            with observed(view.page):
                _begin_and_draw(_current_view(view), draw)

    part()


def _begin_and_draw(view: View, draw: Callable[[View], None]) -> None:
    begin(view)
    draw(view)


def _current_view(view: View) -> View:
    """Return the view that the address names now; run the whole page where other parts change."""
    address.settle()
    selection, dropped = address.read(view.atlas)
    if (
        view.dropped
        or dropped
        or _shown_by_other_parts(selection) != _shown_by_other_parts(view.selection)
    ):
        address.again()
    return replace(view, selection=selection, map_width=router.map_width())


def _shown_by_other_parts(selection: Selection) -> Selection:
    """Return what other parts of a page show of a selection; no chip or mark changes it."""
    return selection.cleared().but(place=None, q=selection.q)
