"""The fields that readers type into; each writes the address."""

from collections.abc import Callable

import streamlit as st

from atlas.analysis.origin import field_text, link_value
from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.selection import LARGEST_RADIUS_KM
from atlas.pages.view import View
from atlas.ui import address


def _seed(key: str, value: object, write: Callable[[], None]) -> None:
    """Set a widget to the value in the address, if it differs: setting it undoes a click under way.

    In a session's first run, a difference is what the reader typed while there was no session.
    """
    current = st.session_state.get(key, value)
    if current != value and address.is_first_run():
        write()
        address.begun()
        st.rerun()
    if current != value or key not in st.session_state:
        st.session_state[key] = value


def search(view: View) -> None:
    """Draw the field that searches names."""
    key = view.key("q")
    write = _writer(view, "q", key)
    _seed(key, view.selection.q, write)
    st.text_input(
        view.text.gettext("Search names"),
        key=key,
        placeholder=view.text.gettext("Deyang, 德阳, deyang"),
        on_change=write,
    )


def near(view: View) -> None:
    """Draw the field for the point that distances are measured from; a link holds a place's id."""
    key = view.key("near")

    def write() -> None:
        address.change(
            view.atlas, lambda now: now.but(near=link_value(view.atlas, st.session_state[key]))
        )

    _seed(key, field_text(view.atlas, view.selection.near, view.selection.lang), write)
    st.text_input(
        view.text.gettext("Place or coordinate"),
        key=key,
        max_chars=LONGEST_SEARCH,
        placeholder=view.text.gettext("Deyang, 德阳, 31.13, 104.38"),
        on_change=write,
    )


def radius(view: View) -> None:
    """Draw the field for the radius in km."""
    key = view.key("radius")
    write = _writer(view, "radius", key)
    _seed(key, view.selection.radius, write)
    st.number_input(
        view.text.gettext("Radius in km"),
        min_value=1,
        max_value=LARGEST_RADIUS_KM,
        step=10,
        key=key,
        on_change=write,
    )


def _writer(view: View, parameter: str, key: str) -> Callable[[], None]:
    def write() -> None:
        address.change(view.atlas, lambda now: now.but(**{parameter: st.session_state[key]}))

    return write
