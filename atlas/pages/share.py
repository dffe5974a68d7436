"""The page to share a view: link, QR code, frame, picture, print, citation and data."""

from atlas.export.citation import citation
from atlas.model.languages import language_names
from atlas.model.pages import PAGES
from atlas.model.selection import PARAMETERS, Selection, vocabulary
from atlas.model.text import N_
from atlas.pages.panels import Element, Parts, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.vocabulary import word

FILES = {
    "api/places.xlsx": N_(
        "For Excel and other spreadsheets: the places shown, with sheets of figures, sectors, "
        "firms, evidence and sources."
    ),
    "api/places.csv": N_("The places shown, one a row, for a spreadsheet or a script."),
    "api/places.geojson": N_("The same for a map program: positions in degrees, WGS 84."),
    "api/places.json": N_("The same for a program, with evidence, figures, firms and events."),
    "api/figures.csv": N_("Population, output and other figures of these places, as numbers."),
    "api/firms.csv": N_("The firms of this view: what each makes, where, and who says so."),
    "api/evidence.csv": N_("Every claim that the page of evidence lists for this view."),
    "api/package.zip": N_("All tables and map files, as a data package."),
}
PICTURES = {
    "map.svg": N_("Map for print, in lines that stay sharp at any size (SVG)"),
    "map.png": N_("Map for slides and texts (PNG)"),
    "preview.png": N_("Picture that messengers show beside the link (PNG)"),
}


@panel(lasts=False)
def contents(view: View) -> str:
    """Render the ways to share the view, except the frame, which needs Streamlit's widgets."""
    selection, of = view.selection, view.selection.of
    return render(
        "share/ways",
        view,
        page_label=PAGES[of],
        link=view.site.page(of, selection.but(data="")),
        versioned_link=view.site.page(of, _with_version(view)),
        languages={
            name: view.site.page(of, selection.but(lang=language))
            for language, name in language_names().items()
        },
        query=selection.to_query(),
        pictures=PICTURES,
    )


@panel()
def embed(view: View) -> str:
    """Render how to embed the view in another site."""
    return render("share/embed", view)


@panel(lasts=False)
def citing(view: View) -> str:
    """Render the citation of the view in four forms."""
    link = view.site.page(view.selection.of, _with_version(view))
    # A clock that is behind would date the access before the data.
    today = max(view.today, view.atlas.as_of)
    forms = citation(view.atlas, view.selection, view.selection.of, link, today)
    return render("share/cite", view, citation=forms, today=today)


@panel(lasts=False)
def data(view: View) -> str:
    """Render the files of the view, and the interface for programs."""
    values = vocabulary(view.atlas)
    return render(
        "share/data",
        view,
        files=FILES,
        parameters={
            name: (word(view.text, "parameter", name), values.get(name, ()))
            for name in PARAMETERS
            if name != "of" and values.get(name, True)
        },
        example=view.site.file("api/places.csv", view.selection.but(of="")),
        openapi=f"{view.site.root}api/openapi.json",
    )


def _with_version(view: View) -> Selection:
    """Return the selection with the current version of the data."""
    return view.selection.but(data=view.atlas.version)


PARTS: Parts = (contents, embed, Element("frame"), citing, data)
