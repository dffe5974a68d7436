"""Markup on a page that Streamlit draws."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class _Body:
    """Markup that Streamlit takes as it is; it would search a string for common indentation."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup


def put(markup: str) -> None:
    """Put markup on the page."""
    st.html(_Body(markup))
