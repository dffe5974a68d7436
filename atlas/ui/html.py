"""Markup on a page that Streamlit draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import streamlit as st

from atlas.pages.panels import Panel


@dataclass(frozen=True)
class _Body:
    """Markup that Streamlit takes as it is; it would search a string for common indentation."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup


def put(markup: str) -> None:
    """Put markup on the page."""
    st.html(_Body(markup))


def stack(panels: Iterable[Panel]) -> None:
    """Put the slots of panels below one another, as one element, since each element costs time."""
    put(_slots(tuple(panels)))


@cache
def _slots(panels: tuple[Panel, ...]) -> str:
    return "".join(panel.slot for panel in panels)
