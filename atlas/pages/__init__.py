"""The pages of the site as markup: each is a tuple of parts between header and footer."""

from collections.abc import Mapping

from atlas.datapackage.map_features import credits
from atlas.model.languages import language_names
from atlas.model.pages import PAGES
from atlas.pages import about, distances, evidence, overview, place, sectors, share, timeline
from atlas.pages.panels import Panel, Parts, fetched, flat, panel, render
from atlas.pages.view import View
from atlas.query.directory import ended_places
from atlas.query.revisions import revision

# As many values of a broken link as a note can name.
MOST_DROPPED = 6


@fetched()
def menu(view: View) -> str:
    """Draw title, languages and the menu of pages; in a frame on another site only the title."""
    if view.embedded:
        return render("embedded/header", view)
    return render("header", view, languages=language_names(), pages=PAGES)


@panel
def left_out(view: View) -> str:
    """Draw which values of the link are not in the atlas."""
    if not view.dropped:
        return ""
    shown, more = view.dropped[:MOST_DROPPED], len(view.dropped) - MOST_DROPPED
    return render("dropped", view, dropped=shown, more=more)


@panel
def revised(view: View) -> str:
    """Draw what has changed in the data since the version the link was made with."""
    changes = revision(view.atlas, view.selection.data)
    return render("revision", view, revision=changes) if changes else ""


@fetched()
def footer(view: View) -> str:
    """Draw the ways to share the view, and the credits of the map."""
    template = "embedded/footer" if view.embedded else "footer"
    return render(template, view, credits=credits(view.atlas), ended=ended_places(view.atlas))


HEADER: Parts = (menu, left_out, revised)
FOOTER: Parts = (footer,)
# What stands between them, by the page's name in addresses.
PARTS: Mapping[str, Parts] = {
    "": overview.PARTS,
    "place": place.PARTS,
    "sectors": sectors.PARTS,
    "distances": distances.PARTS,
    "timeline": timeline.PARTS,
    "evidence": evidence.PARTS,
    "about": about.PARTS,
    "share": share.PARTS,
}


def whole(page: str) -> Parts:
    """Return the parts of a page, from its header to its footer."""
    return (*HEADER, *PARTS[page], *FOOTER)


def addressed(page: str) -> dict[str, Panel]:
    """Return the panels of a page that have an address, by name."""
    panels = (part for part in flat(whole(page)) if isinstance(part, Panel))
    return {panel.name: panel for panel in panels if panel.follows is not None}
