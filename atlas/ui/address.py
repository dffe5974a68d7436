"""The address bar, which holds the state: widgets are set from it and write to it."""

from collections.abc import Callable
from urllib.parse import parse_qs

import streamlit as st

from atlas import settings
from atlas.model.languages import Language, preferred_language
from atlas.model.links import Site
from atlas.model.records import Atlas
from atlas.model.selection import Dropped, Selection, from_query

_STEPS = "address-steps"
_STEPPED = "address-stepped"
_BEGUN = "address-begun"


def read(atlas: Atlas) -> tuple[Selection, tuple[Dropped, ...]]:
    """Return the selection in the address, and the values in it that the atlas does not have."""
    query = {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}
    return from_query(query, atlas, browser_language())


def change(atlas: Atlas, step: Callable[[Selection], Selection]) -> None:
    """Change the selection in the address, as a new entry in the browser's history.

    A reader may click again before the browser has taken over the address that the click before
    has written. The address it then sends is outdated, and the steps since must not be lost.
    """
    sent, _ = read(atlas)
    outdated, latest = st.session_state.get(_STEPS, (frozenset(), sent))
    start = latest if sent.to_query() in outdated else sent
    # What widgets send is validated like a link: a modified client may ignore a field's bounds.
    end, _ = from_query(dict(step(start).items()), atlas)
    passed = outdated | {sent.to_query(), start.to_query()}
    st.session_state[_STEPS] = (passed - {end.to_query()}, end)
    st.session_state[_STEPPED] = True
    st.query_params.from_dict(dict(end.items()))


def settle() -> None:
    """Forget the steps taken, unless this run took one: the reader then came by another way."""
    if not st.session_state.pop(_STEPPED, False):
        st.session_state.pop(_STEPS, None)


def again() -> None:
    """Run the whole page again, for the address that a part of it has run for."""
    st.session_state[_STEPPED] = True
    st.rerun()


def begun() -> None:
    """Record that a run of this session has finished."""
    st.session_state[_BEGUN] = True


def is_first_run() -> bool:
    """Return whether no run of this session has finished before.

    Streamlit calls no callbacks in the first run. A reader whose connection broke, and who is on
    a new session, perhaps on another replica, may have clicked or typed all the same.
    """
    return _BEGUN not in st.session_state


def follow(link: str, atlas: Atlas) -> None:
    """Write the query string of a link within the site to the address, without unknown values."""
    change(atlas, lambda _: target(link, atlas)[1])


def target(link: str, atlas: Atlas) -> tuple[str, Selection]:
    """Return the page ("" for the map or this page) and the selection of a link within the site."""
    page, _, query = link.partition("?")
    parameters = {name: ",".join(values) for name, values in parse_qs(query).items()}
    return page.removeprefix("./"), from_query(parameters, atlas, browser_language())[0]


def site(page: str) -> Site:
    """Return the site under its public address: `ATLAS_URL`, or as the browser addresses it."""
    if public := settings.url():
        return Site(public)
    here = (st.context.url or "").partition("?")[0]
    root = here.removesuffix("/").removesuffix(f"/{page}" if page else "")
    return Site(f"{root}/") if root else Site()


def browser_language() -> Language:
    """Return the language the browser asks for, or English where the atlas does not have it."""
    accepted = st.context.headers.get("Accept-Language") or st.context.locale or ""
    return preferred_language(accepted)
