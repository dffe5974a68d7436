"""The code of a frame for another site, with its options, and what it looks like."""

import streamlit as st

from atlas.model.selection import Selection
from atlas.model.text import N_
from atlas.pages.links import Site
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.sentences import title
from atlas.ui.html import put

# What each is called, and width and height in pixels; a width of 0 is that of the column.
SIZES = {
    "column": (N_("as wide as the text around it"), 0, 700),
    "wide": (N_("wide, 960 × 700"), 960, 700),
    "narrow": (N_("narrow, 390 × 700"), 390, 700),
    "square": (N_("square, 640 × 640"), 640, 640),
}
THEMES = {
    "auto": N_("as the reader has it"),
    "light_theme": N_("light"),
    "dark_theme": N_("dark"),
}


def draw(view: View) -> None:
    """Draw the code of a frame for another site, its options, and what it looks like."""
    _ = view.text.gettext
    words = {size: name for size, (name, *_) in SIZES.items()}
    size = _choice(view, _("Size of the frame"), words)
    theme = _choice(view, _("Colours"), THEMES)
    _name, width, height = SIZES[size]
    link = _framed(view.site, view.selection, theme)
    code = render(
        "share/frame",
        view,
        link=link,
        title=title(view.atlas, view.selection, view.text, view.selection.of),
        width=width or "100%",
        height=height,
    )
    body = render("share/code", view, code=code.strip())
    put(f'<div class="atlas">{body}</div>')
    st.caption(_("This is how it looks:"))
    st.iframe(link, width=width or "stretch", height=height)


def _choice(view: View, label: str, words: dict[str, str]) -> str:
    return st.radio(
        label,
        list(words),
        key=view.key(f"frame-{min(words)}"),
        format_func=lambda option: view.text.gettext(words[option]),
        horizontal=True,
    )


def _framed(here: Site, selection: Selection, theme: str) -> str:
    options = "" if theme == "auto" else f"&embed_options={theme}"
    return f"{here.page(selection.of, selection)}&embed=true{options}"
