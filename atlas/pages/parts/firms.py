"""The firms of a view, as a list: what each makes, where, and who says so."""

from atlas.model.records import Enterprise
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import firms_listed, shown_alone
from atlas.query.list_limits import beginning
from atlas.query.wording import value_name

# Firms that are listed at once, and that unfold; of still more, the first and a file with all.
FIRST, MOST_UNFOLDED = 25, 200


@panel("filters")
def listed(view: View) -> str:
    """Draw the firms that the view lists; a name leads to the map with the firm's places alone."""
    if not view.atlas.enterprises:
        return ""
    firms, more = beginning(firms_listed(view.atlas, view.selection), MOST_UNFOLDED, FIRST)
    return render(
        "firms",
        view,
        first=firms[:FIRST],
        folded=firms[FIRST:],
        more=more,
        link=lambda firm: _link(view, firm),
        chosen=[value_name(view.atlas, view.text, "firm", id) for id in view.selection.firm],
    )


def _link(view: View, firm: Enterprise) -> str:
    """Return the `href` of the map with the firm, or of the profile of the region it is in."""
    if alone := shown_alone(view.atlas, firm):
        return view.href("", place=None, **alone)
    return view.href("place", f"#profile-{firm.place}", place=firm.place)
