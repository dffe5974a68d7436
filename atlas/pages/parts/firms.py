"""The list of the firms of a view, with products, places and sources."""

from atlas.model.records import Enterprise
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import firms_listed, shown_alone
from atlas.query.list_limits import beginning
from atlas.query.wording import value_name

# Firms listed at once, and at most in the fold below them; a file has all.
FIRST, MOST_LISTED = 25, 200


@panel("filters")
def listed(view: View) -> str:
    """Render the firms of the view; a name leads to the map with only the firm's places."""
    if not view.atlas.enterprises:
        return ""
    firms, more = beginning(firms_listed(view.atlas, view.selection), MOST_LISTED, FIRST)
    return render(
        "firms",
        view,
        first_firms=firms[:FIRST],
        folded_firms=firms[FIRST:],
        more=more,
        link=lambda firm: _link(view, firm),
        chosen_firms=[value_name(view.atlas, view.text, "firm", id) for id in view.selection.firm],
    )


def _link(view: View, firm: Enterprise) -> str:
    """Return the `href` of the map with only the firm's places, or of its region's profile."""
    if changes := shown_alone(view.atlas, firm):
        return view.href("", place=None, **changes)
    return view.href("place", f"#profile-{firm.place}", place=firm.place)
