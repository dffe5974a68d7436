"""The filters. A chip is a link that switches a value of a filter on or off.

Chips are links and not Streamlit widgets: a link can be copied, opened in a tab and followed
without JavaScript, and thirty links take less time in a run than one widget.
"""

from collections.abc import Iterable
from typing import Any, cast

from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Enterprise
from atlas.model.selection import MATCHES, PARAMETERS, Selection, no_filters, vocabulary
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import shown_alone
from atlas.query.facets import counts
from atlas.query.search import Suggestion
from atlas.query.search import suggestions as search_for
from atlas.query.wording import labelled

# A label, a parameter, and the values that have chips.
Chips = tuple[str, str, Iterable[str]]


@panel("filters", in_frames=False)
def fields(view: View) -> str:
    """Render chips of the sectors except strengths, and the any/all switch if two are chosen."""
    _ = view.text.gettext
    sector_ids = vocabulary(view.atlas).get("sector", view.selection.sector)
    sectors = [id for id in sector_ids if view.atlas.sector[id].role != "part"]
    if not sectors:
        return ""
    groups: list[Chips] = [(_("Sectors"), "sector", sectors)]
    if len(view.selection.sector) > 1 or view.selection.match == "all":
        groups.append((_("A place must have"), "match", MATCHES))
    return render("controls/chips", view, groups=groups, counts=counts(view.atlas, view.selection))


@panel("q")
def search(view: View) -> str:
    """Render the search field; without JavaScript its form keeps the rest of the view."""
    hidden_fields = view.selection.but(q="").items() if view.plain else ()
    return render("controls/search", view, hidden_fields=hidden_fields, longest=LONGEST_SEARCH)


@panel("q")
def suggestions(view: View) -> str:
    """Render the suggestions for what a reader is typing."""
    rows = [
        (suggestion, changes)
        for suggestion in search_for(view.atlas, view.selection.q)
        if (changes := _changes(view, suggestion))
    ]
    return render("controls/suggestions", view, suggestions=rows) if rows else ""


def _changes(view: View, suggestion: Suggestion) -> dict[str, Any]:
    """Return the changes of the view that show a suggestion instead of the search."""
    if suggestion.parameter == "firm":
        return shown_alone(view.atlas, cast("Enterprise", suggestion.row))
    id = suggestion.row.id
    return {suggestion.parameter: (id,) if suggestion.parameter == "sector" else id, "q": ""}


@panel("filters", "claim", "reliability", in_frames=False)
def further(view: View) -> str:
    """Render the chips of the other filters in a fold, with how many are on, and the reset."""
    _ = view.text.gettext
    groups = list(_strengths(view))
    groups += [
        (_(parameter.heading), name, values)
        for name, parameter in PARAMETERS.items()
        if parameter.heading and (values := _chip_values(view, name))
    ]
    return render(
        "controls/further",
        view,
        groups=groups,
        counts=counts(view.atlas, view.selection),
        active_count=sum(
            view.is_on(name, value) for label, name, values in groups for value in values
        ),
        no_filters=no_filters(),
    )


def _chip_values(view: View, parameter: str) -> tuple[str, ...]:
    """Return the values that have chips: the chosen ones of many, else all if any place has one."""
    values = vocabulary(view.atlas)
    if parameter not in values:
        chosen: tuple[str, ...] = getattr(view.selection, parameter)
        return chosen
    place_counts = counts(view.atlas, Selection(sets=values["sets"]))[parameter]
    return values[parameter] if any(place_counts.values()) else ()


def _strengths(view: View) -> Iterable[Chips]:
    """Yield the strengths by the sector that they are part of; those of no sector last."""
    strengths = [sector for sector in view.atlas.sectors if sector.role == "part"]
    parents = dict.fromkeys(strength.parent for strength in strengths)
    for parent in sorted(parents, key=lambda parent: parent is None):
        sectors = [strength for strength in strengths if strength.parent == parent]
        level = view.atlas.level[sectors[0].level].name[view.selection.lang]
        name = (
            view.atlas.sector[parent].name[view.selection.lang]
            if parent
            else view.text.gettext("of no other sector")
        )
        yield labelled(view.text, level, name), "sector", [sector.id for sector in sectors]
