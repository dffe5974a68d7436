"""Markup on a page: filled from templates, and drawn, or collected for a page without script."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any

import streamlit as st

from atlas.markup import render
from atlas.view import View

_COLLECTED: ContextVar[list[str] | None] = ContextVar("collected", default=None)


def put(markup: str) -> None:
    """Put markup on the page."""
    collected = _COLLECTED.get()
    if collected is None:
        st.html(markup)
    else:
        collected.append(markup)


@contextmanager
def collected() -> Iterator[list[str]]:
    """Yield a list that takes what would be put on the page, for the server's own pages."""
    found: list[str] = []
    token = _COLLECTED.set(found)
    try:
        yield found
    finally:
        _COLLECTED.reset(token)


def place(template: str, view: View, **values: Any) -> None:
    """Put a filled template on the page."""
    put(render(template, view, **values))


def _on_one_line(markup: str) -> str:
    """Return markup without the indentation of its template, which means nothing in HTML.

    Streamlit looks at every line for a common indentation, which for the grid is a
    twentieth of a run.
    """
    return re.sub(r"\s*\n\s*", " ", markup).strip()


def panel(markup: Callable[[View], str]) -> Callable[[View], None]:
    """Make a panel of a function that returns its markup, which is then filled once a view.

    Nothing is drawn where the markup is empty.
    """

    @lru_cache(maxsize=256)
    def filled(view: View) -> str:
        return _on_one_line(markup(view))

    @wraps(markup)
    def draw(view: View) -> None:
        if body := filled(view):
            put(body)

    return draw
