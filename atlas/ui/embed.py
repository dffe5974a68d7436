"""The HTML that embeds a view in another site, with its options and a preview."""

import streamlit as st

from atlas.model.text import N_
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.sentences import title
from atlas.ui.html import put

# Name, width and height in pixels; a width of 0 is that of the column.
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
    """Draw the options of a frame, its HTML to copy, and a preview."""
    _ = view.text.gettext
    sizes = {size: name for size, (name, *_) in SIZES.items()}
    size = _choice(view, _("Size of the frame"), sizes)
    theme = _choice(view, _("Colours"), THEMES)
    _name, width, height = SIZES[size]
    theme_option = "" if theme == "auto" else f"&embed_options={theme}"
    page = view.site.page(view.selection.of, view.selection)
    link = f"{page}&embed=true{theme_option}"
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


def _choice(view: View, label: str, options: dict[str, str]) -> str:
    return st.radio(
        label,
        list(options),
        key=view.widget_key(f"frame-{min(options)}"),
        format_func=lambda option: view.text.gettext(options[option]),
        horizontal=True,
    )
