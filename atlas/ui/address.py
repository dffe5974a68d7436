"""The address bar. It is the state: widgets are seeded from it and write it back."""

from urllib.parse import parse_qs

import streamlit as st

from atlas.records import LANGUAGES, Atlas, Language
from atlas.selection import Dropped, Selection, from_query


def read(atlas: Atlas) -> tuple[Selection, tuple[Dropped, ...]]:
    """Return the selection the address names, and what it names in vain."""
    query = {name: ",".join(st.query_params.get_all(name)) for name in st.query_params}
    return from_query(query, atlas, browser_language())


def write(selection: Selection) -> None:
    """Put a selection into the address, as a new step in the browser's history."""
    st.query_params.from_dict(dict(selection.items()))


def follow(link: str, atlas: Atlas) -> None:
    """Take over the query string of a link of our own; anything unknown in it is left out."""
    write(target(link, atlas)[1])


def target(link: str, atlas: Atlas) -> tuple[str, Selection]:
    """Return the page a link of our own names (empty for the map or this one) and its selection."""
    page, _, query = link.partition("?")
    given = {name: ",".join(values) for name, values in parse_qs(query).items()}
    return page.removeprefix("./"), from_query(given, atlas, browser_language())[0]


def browser_language() -> Language:
    """Return the language the browser asks for, or English where the atlas does not have it."""
    wanted = (st.context.locale or "").split("-")[0].lower()
    return next((language for language in LANGUAGES if language == wanted), LANGUAGES[0])
