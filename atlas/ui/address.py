"""The address bar. It is the state: widgets are seeded from it and write it back."""

from collections.abc import Callable
from urllib.parse import parse_qs

import streamlit as st

from atlas import settings
from atlas.model.languages import ENGLISH, LANGUAGES, Language
from atlas.model.links import Site
from atlas.model.records import Atlas
from atlas.model.selection import Dropped, Selection, from_query

_STEPS = "address-steps"
_STEPPED = "address-stepped"
_BEGUN = "address-begun"


def read(atlas: Atlas) -> tuple[Selection, tuple[Dropped, ...]]:
    """Return the selection the address names, and what it names in vain."""
    query = {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}
    return from_query(query, atlas, browser_language())


def change(atlas: Atlas, step: Callable[[Selection], Selection]) -> None:
    """Take a step from the selection the reader is on, as a new one in the browser's history.

    A quick reader clicks again before her browser has taken over what the click before
    has written: the address it then sends is behind, and the steps since must not be lost.
    """
    sent, _ = read(atlas)
    behind, latest = st.session_state.get(_STEPS, (frozenset(), sent))
    start = latest if sent.to_query() in behind else sent
    # What widgets send is read as a link is: a modified client keeps to no field's bounds.
    end, _ = from_query(dict(step(start).items()), atlas)
    passed = behind | {sent.to_query(), start.to_query()}
    st.session_state[_STEPS] = (passed - {end.to_query()}, end)
    st.session_state[_STEPPED] = True
    st.query_params.from_dict(dict(end.items()))


def settle() -> None:
    """Forget the steps taken, unless this run took one: the reader came here another way."""
    if not st.session_state.pop(_STEPPED, False):
        st.session_state.pop(_STEPS, None)


def again() -> None:
    """Run the whole page for the address a part of it was run for."""
    st.session_state[_STEPPED] = True
    st.rerun()


def begun() -> None:
    """Note that a run of this session has come to its end."""
    st.session_state[_BEGUN] = True


def is_first_run() -> bool:
    """Tell whether no run of this session has come to its end before.

    Streamlit calls no callbacks then. A reader whose connection broke, and who is on a
    new session, on another replica perhaps, can have clicked or typed all the same.
    """
    return _BEGUN not in st.session_state


def follow(link: str, atlas: Atlas) -> None:
    """Take over the query string of a link of our own; anything unknown in it is left out."""
    change(atlas, lambda _: target(link, atlas)[1])


def target(link: str, atlas: Atlas) -> tuple[str, Selection]:
    """Return the page a link of our own names (empty for the map or this one) and its selection."""
    page, _, query = link.partition("?")
    given = {name: ",".join(values) for name, values in parse_qs(query).items()}
    return page.removeprefix("./"), from_query(given, atlas, browser_language())[0]


def site(page: str) -> Site:
    """Return the site as the reader of a page addresses it: `ATLAS_URL`, or by her browser."""
    if public := settings.url():
        return Site(public)
    here = (st.context.url or "").partition("?")[0]
    root = here.removesuffix("/").removesuffix(f"/{page}" if page else "")
    return Site(f"{root}/") if root else Site()


def browser_language() -> Language:
    """Return the language the browser asks for, or English where the atlas does not have it."""
    wanted = (st.context.locale or "").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == wanted), ENGLISH)
