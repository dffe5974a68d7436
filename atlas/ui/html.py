"""Markup on a page: sent with the run, fetched by address, or collected for a page without script.

What follows the filters is a panel with an address of its own, as the map's files are. A run
puts only a place for it on the page, always the same; the browser fetches the markup, keeps it,
and does so while the run is still under way. So the figures of a filter click are there before
the run is over, and a run costs less than when the markup went with it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, wraps
from typing import Any

import streamlit as st
from markupsafe import Markup

from atlas.model.selection import PLACE_FILTERS, Selection
from atlas.pages.markup import render
from atlas.pages.view import View

Filled = Callable[[View], str]

_COLLECTED: ContextVar[list[str] | None] = ContextVar("collected", default=None)


@dataclass(frozen=True)
class _Body:
    """Markup that Streamlit takes as it is: a string it searches for a common indentation."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup


def put(markup: str) -> None:
    """Put markup on the page."""
    collected = _COLLECTED.get()
    if collected is None:
        st.html(_Body(markup))
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
    """Return markup without the indentation of its template, which means nothing in HTML."""
    return re.sub(r"\s*\n\s*", " ", markup).strip()


def panel(markup: Filled) -> Callable[[View], None]:
    """Make a panel of a function that returns its markup, which is then filled once a view.

    Nothing is drawn where the markup is empty.
    """
    filled = _once(markup)

    @wraps(markup)
    def draw(view: View) -> None:
        if body := filled(view):
            put(body)

    return draw


def _once(markup: Filled) -> Filled:
    @lru_cache(maxsize=256)
    def filled(view: View) -> str:
        return _on_one_line(markup(view))

    return filled


@dataclass(frozen=True)
class Panel:
    """A panel that has an address: its name there, and what of the view its markup follows.

    The address holds no other parameters, so it stays the same when they change.
    `follows` are names of parameters, and "filters" for those that choose places.
    """

    name: str
    follows: tuple[str, ...]
    filled: Filled

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that the markup depends on."""
        filters = PLACE_FILTERS if "filters" in self.follows else ()
        return ("lang", *filters, *(one for one in self.follows if one != "filters"))

    def __call__(self, view: View) -> None:
        """Draw it."""
        stack(view, self)

    def markup(self, view: View) -> str:
        """Return what its address answers for a view; empty where there is nothing to say."""
        seen = Selection(**{name: getattr(view.selection, name) for name in self.parameters})
        return self.filled(replace(view, selection=seen))

    @cached_property
    def slot(self) -> Markup:
        """The place on the page that the browser fills."""
        return Markup('<div class="slot" data-panel="{}" data-follows="{}"></div>').format(
            self.name, " ".join(self.follows)
        )


PANELS: dict[str, Panel] = {}


def fetched(*follows: str) -> Callable[[Filled], Panel]:
    """Make a panel with an address of a function that returns its markup.

    `follows` is what of the view the markup depends on, besides the language.
    """

    def made(markup: Filled) -> Panel:
        module = markup.__module__.rpartition(".")[2]
        found = Panel(f"{module}.{markup.__name__.strip('_')}", follows, _once(markup))
        PANELS[found.name] = found
        return found

    return made


def stack(view: View, *panels: Panel) -> None:
    """Draw panels below one another, as one element: for a run each element has its price."""
    collected = _COLLECTED.get()
    if collected is None:
        put(_slots(panels))
    else:
        collected.extend(filter(None, (one.filled(view) for one in panels)))


@cache
def _slots(panels: tuple[Panel, ...]) -> str:
    return "".join(one.slot for one in panels)
