"""The filters. A chip is a link to the view with it on or off.

Chips are links and not widgets: a link can be copied, opened in a tab and followed without
script, and a run of the page takes less time for thirty links than for one widget.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Enterprise
from atlas.model.selection import MATCHES, PARAMETERS, Selection, no_filters, vocabulary
from atlas.model.terms import Sector
from atlas.pages.panels import panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.facets import counts
from atlas.query.firms import shown_alone
from atlas.query.search import Suggestion
from atlas.query.search import suggestions as search_for
from atlas.query.wording import labelled, value_name


@dataclass(frozen=True, slots=True)
class Chip:
    """A value of a filter, and how many places it would show."""

    value: str
    name: str
    count: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The chips of one filter, or of a part of its values."""

    label: str
    parameter: str
    chips: tuple[Chip, ...]


@panel("filters", in_frames=False)
def fields(view: View) -> str:
    """Draw the sectors other than strengths as chips; with two chosen, the any/all switch."""
    sectors = [sector.id for sector in view.atlas.sectors if sector.role != "part"]
    if not sectors:
        return ""
    groups = [_group(view, "sector", view.text.gettext("Sectors"), sectors)]
    if len(view.selection.sector) > 1 or view.selection.match == "all":
        groups.append(_match(view))
    return render("controls/chips", view, groups=groups)


@panel("q")
def search(view: View) -> str:
    """Draw the field that searches names; without script its form keeps the rest of the view."""
    kept = view.selection.but(q="").items() if view.plain else ()
    return render("controls/search", view, kept=kept, longest=LONGEST_SEARCH)


@panel("q")
def suggestions(view: View) -> str:
    """Draw what the search may mean, as a list to choose from while somebody types."""
    meant = [(found, _meant(view, found)) for found in search_for(view.atlas, view.selection.q)]
    offered = [(found, changes) for found, changes in meant if changes]
    return render("controls/suggestions", view, offered=offered) if offered else ""


def _meant(view: View, found: Suggestion) -> dict[str, Any]:
    """Return the changes of the view that open what was meant, in place of the search."""
    if found.parameter == "firm":
        return shown_alone(view.atlas, cast("Enterprise", found.row))
    id = found.row.id
    return {found.parameter: (id,) if found.parameter == "sector" else id, "q": ""}


@panel("filters", "claim", "reliability", in_frames=False)
def further(view: View) -> str:
    """Draw the chips of the other filters, folded, with how many are on, and the reset."""
    _ = view.text.gettext
    strengths = [
        _group(view, "sector", label, [sector.id for sector in sectors])
        for label, sectors in _strengths(view)
    ]
    others = [
        _group(view, name, _(parameter.heading), values)
        for name, parameter in PARAMETERS.items()
        if parameter.heading and (values := _offered(view, name))
    ]
    groups = strengths + others
    return render(
        "controls/further",
        view,
        groups=groups,
        chosen=sum(chip.is_chosen for group in groups for chip in group.chips),
        no_filters=no_filters(),
    )


def _offered(view: View, parameter: str) -> tuple[str, ...]:
    """Return the values that are chips: of many the chosen ones, else all if any place has one."""
    values = vocabulary(view.atlas)
    if parameter not in values:
        chosen: tuple[str, ...] = getattr(view.selection, parameter)
        return chosen
    place_counts = counts(view.atlas, Selection(sets=values["sets"]))[parameter]
    return values[parameter] if any(place_counts.values()) else ()


def _strengths(view: View) -> Iterable[tuple[str, list[Sector]]]:
    """Yield a label for each field with the strengths that are part of it; of no field last."""
    _ = view.text.gettext
    strengths = [sector for sector in view.atlas.sectors if sector.role == "part"]
    parents = dict.fromkeys(strength.parent for strength in strengths)
    for parent in sorted(parents, key=lambda parent: parent is None):
        sectors = [strength for strength in strengths if strength.parent == parent]
        level = view.atlas.level[sectors[0].level].name[view.selection.lang]
        name = (
            view.atlas.sector[parent].name[view.selection.lang]
            if parent
            else _("of no other sector")
        )
        yield labelled(view.text, level, name), sectors


def _group(view: View, parameter: str, label: str, values: Iterable[str]) -> Group:
    """Return values of a list parameter as chips, each with the number of places it would show."""
    place_counts = counts(view.atlas, view.selection).get(parameter, {})
    chosen = getattr(view.selection, parameter)
    return Group(
        label,
        parameter,
        tuple(
            Chip(
                value=value,
                name=value_name(view.atlas, view.text, parameter, value),
                count=view.text.number(place_counts[value]) if place_counts else "",
                is_chosen=value in chosen,
            )
            for value in values
        ),
    )


def _match(view: View) -> Group:
    return Group(
        view.text.gettext("A place must have"),
        "match",
        tuple(
            Chip(
                value=value,
                name=value_name(view.atlas, view.text, "match", value),
                count="",
                is_chosen=view.selection.match == value,
            )
            for value in MATCHES
        ),
    )
