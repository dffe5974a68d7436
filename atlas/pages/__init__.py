"""The pages of the site as HTML. Each page is a tuple of parts between a header and a footer."""

import json
from collections.abc import Mapping

from markupsafe import escape

from atlas.datapackage.land.map_features import credits
from atlas.model.languages import language_names
from atlas.model.pages import MENU
from atlas.model.records import Atlas
from atlas.pages import evidence, overview, place, places, sectors, share, timeline
from atlas.pages.panels import Panel, Parts, panel, panels_of
from atlas.pages.parts import sources
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import ended_places
from atlas.query.revisions import revision
from atlas.query.sentences import title


@panel("lang")
def menu(view: View) -> str:
    """Render title, languages, menu and share menu; in a frame on another site only the title."""
    if view.embedded:
        return render("embedded/header", view)
    pages = {name: label for name, label in MENU.items() if _has_rows(view.atlas, name)}
    return render("header", view, languages=language_names(), pages=pages)


def _has_rows(atlas: Atlas, page: str) -> bool:
    """Return whether the data package has anything to show on a page."""
    rows = {"sectors": atlas.sectors, "timeline": atlas.events or atlas.targets}
    return bool(rows.get(page, atlas.places))


@panel("lang")
def broken(view: View) -> str:
    """Render the problems of replaced data files, while the previous data stay on show."""
    return render("data_problems", view) if view.problems else ""


@panel()
def left_out(view: View) -> str:
    """Render the values of the link that the atlas does not have."""
    return render("dropped", view) if view.dropped else ""


@panel("data")
def revised(view: View) -> str:
    """Render the changes of the data since the version that the link names."""
    changes = revision(view.atlas, view.selection.data)
    return render("revision", view, revision=changes) if changes else ""


@panel("lang")
def footer(view: View) -> str:
    """Render the places that no longer exist, and the credits of the map data."""
    template = "embedded/footer" if view.embedded else "footer"
    return render(
        template, view, credits=credits(view.atlas), ended_places=ended_places(view.atlas)
    )


@panel("filters", "place", "of")
def page_title(view: View) -> str:
    """Return the title of the browser tab; the page's JavaScript copies it from this panel."""
    return escape(title(view.atlas, view.selection, view.text, view.page))


@panel("lang")
def words(view: View) -> str:
    """Return the messages of the page's JavaScript in the reader's language, as JSON."""
    _ = view.text.gettext
    messages = {
        "tag": view.text.tag,
        "torn": _("This part could not be loaded. It is tried again."),
        "offline": _(
            "The connection to the server has not come about. Links, lists and the map work all "
            "the same; tables to sort and the preview of a frame are missing."
        ),
        "map": {
            "zoomIn": _("Zoom in"),
            "zoomOut": _("Zoom out"),
            "fit": _("Show the whole map"),
            "fullScreen": _("Full screen"),
            "leaveFullScreen": _("Leave full screen"),
            "wheel": _("Hold Ctrl or ⌘ to zoom with the wheel."),
            "fingers": _("Move the map with two fingers."),
            "map": _("Map"),
            "keys": _(
                "Arrow keys move the map, + and − zoom, 0 shows the whole. Enter goes to the "
                "marks, Escape back."
            ),
        },
    }
    return escape(json.dumps(messages, ensure_ascii=False))


HEADER: Parts = (page_title, words, menu, broken, left_out, revised)
FOOTER: Parts = (footer, sources.boxes)
# The parts between them, by the name of the page in addresses.
PARTS: Mapping[str, Parts] = {
    "": overview.PARTS,
    "place": place.PARTS,
    "sectors": sectors.PARTS,
    "places": places.PARTS,
    "timeline": timeline.PARTS,
    "evidence": evidence.PARTS,
    "share": share.PARTS,
}


def parts_of(page: str) -> Parts:
    """Return the parts of a page, from its header to its footer."""
    return (*HEADER, *PARTS[page], *FOOTER)


def panels(page: str) -> dict[str, Panel]:
    """Return the panels of a page by name, in order."""
    return {panel.name: panel for panel in panels_of(parts_of(page))}
