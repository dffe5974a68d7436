"""The address bar, which holds the view. A script reads it and never writes it."""

import streamlit as st

from atlas import settings
from atlas.model.languages import Language, preferred_language
from atlas.model.links import Site
from atlas.model.records import Atlas
from atlas.model.selection import Dropped, Selection, from_query


def read(atlas: Atlas) -> tuple[Selection, tuple[Dropped, ...]]:
    """Return the selection in the address, and the values in it that the atlas does not have."""
    query = {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}
    return from_query(query, atlas, browser_language())


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
