"""The page to share the view one came from: link, code, frame, picture, print, citation, data."""

from datetime import UTC, datetime

import streamlit as st

from atlas.export.citation import citation
from atlas.model.languages import language_names
from atlas.model.links import Site
from atlas.model.pages import PAGES
from atlas.model.selection import PARAMETERS, Selection, vocabulary
from atlas.model.text import N_
from atlas.model.vocabulary import word
from atlas.pages.markup import render
from atlas.pages.view import View
from atlas.query.wording import sentence, title
from atlas.ui import html

# Width and height in pixels; a width of 0 is that of the column the frame stands in.
SIZES = {"column": (0, 700), "wide": (960, 700), "narrow": (390, 700), "square": (640, 640)}
SIZE_WORDS = {
    "column": N_("as wide as the text around it"),
    "wide": N_("wide, 960 × 700"),
    "narrow": N_("narrow, 390 × 700"),
    "square": N_("square, 640 × 640"),
}
THEMES = {
    "auto": N_("as the reader has it"),
    "light_theme": N_("light"),
    "dark_theme": N_("dark"),
}
FILES = {
    "api/places.csv": N_("The places shown, one a row, for a spreadsheet or a script."),
    "api/places.xlsx": N_("The same for Excel, with evidence and sources as further sheets."),
    "api/places.geojson": N_("The same for a map program: positions in degrees, WGS 84."),
    "api/places.json": N_("The same for a program, with evidence, figures, firms and events."),
    "api/evidence.csv": N_("Every claim that the page of evidence lists for this view."),
    "api/package.zip": N_("All tables and map files, as a data package."),
}
PICTURES = {
    "map.svg": N_("Map for print, in lines that stay sharp at any size (SVG)"),
    "map.png": N_("Map for slides and texts (PNG)"),
    "preview.png": N_("Picture that messengers show beside the link (PNG)"),
}


def contents(view: View) -> None:
    """Draw every way to share the view, but for the frame, which needs widgets."""
    here = view.site
    html.place(
        "share/ways",
        view,
        said=sentence(view.atlas, view.selection, view.text),
        of=PAGES[view.selection.of],
        **_links(view, here),
    )


def frame(view: View) -> None:
    """Draw the code of a frame for another site, its options, and what it looks like."""
    _ = view.text.gettext
    html.place("share/embed", view)
    size = _choice(view, _("Size of the frame"), SIZE_WORDS)
    theme = _choice(view, _("Colours"), THEMES)
    width, height = SIZES[size]
    link = _framed(view.site, view.selection, theme)
    code = render(
        "share/frame",
        view,
        link=link,
        title=title(view.atlas, view.selection, view.text, view.selection.of),
        width=width or "100%",
        height=height,
    )
    html.place("share/code", view, code=code.strip())
    st.caption(_("This is how it looks:"))
    st.iframe(link, width=width or "stretch", height=height)


def _choice(view: View, label: str, words: dict[str, str]) -> str:
    return st.radio(
        label,
        list(words),
        key=view.key(f"frame-{min(words)}"),
        format_func=lambda one: view.text.gettext(words[one]),
        horizontal=True,
    )


def _framed(here: Site, selection: Selection, theme: str) -> str:
    options = "" if theme == "auto" else f"&embed_options={theme}"
    return f"{here.page(selection.of, selection)}&embed=true{options}"


def citing(view: View) -> None:
    """Draw the citation of the view in the usual forms."""
    link = view.site.page(view.selection.of, _frozen(view))
    # A clock that is behind would have the data read before the day they stand for.
    today = max(datetime.now(tz=UTC).date(), view.atlas.as_of)
    cited = citation(view.atlas, view.selection, view.selection.of, link, today)
    html.place("share/cite", view, cited=cited)


def data(view: View) -> None:
    """Draw the files of the view, and how programs ask for them."""
    here = view.site
    known = vocabulary(view.atlas)
    html.place(
        "share/data",
        view,
        files=FILES,
        parameters={
            name: (word(view.text, "parameter", name), known.get(name, ()))
            for name in PARAMETERS
            if name != "of"
        },
        example=here.file("api/places.csv", view.selection.but(of="")),
        openapi=f"{here.root}api/openapi.json",
    )


def _links(view: View, here: Site) -> dict[str, object]:
    selection, of = view.selection, view.selection.of
    return {
        "link": here.page(of, selection.but(data="")),
        "frozen": here.page(of, _frozen(view)),
        "languages": {
            name: here.page(of, selection.but(lang=one)) for one, name in language_names().items()
        },
        "query": selection.to_query(),
        "pictures": PICTURES,
    }


def _frozen(view: View) -> Selection:
    """Return the view with the version of the data that it is seen with."""
    return view.selection.but(data=view.atlas.version)
