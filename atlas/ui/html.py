"""HTML on a page that Streamlit draws."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class _Body:
    """HTML that Streamlit takes unchanged; in a string it would look for common indentation."""

    markup: str

    def _repr_html_(self) -> str:
        return self.markup


def put(markup: str) -> None:
    """Put HTML on the page."""
    st.html(_Body(markup))
