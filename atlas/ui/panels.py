"""The panels that follow the filter."""

from atlas.analysis.distance import counterparts
from atlas.analysis.summary import GroupCount, summary
from atlas.model.records import Membership
from atlas.model.selection import no_filters
from atlas.model.vocabulary import word
from atlas.pages.markup import render
from atlas.pages.view import View
from atlas.query.directory import members
from atlas.query.facets import chosen_bits, facet_index, is_shown, repairs
from atlas.query.list_limits import Beginning, beginning, first
from atlas.query.profile import profile, sources
from atlas.query.wording import value_name
from atlas.ui import html


@html.fetched("filters")
def key_figures(view: View) -> str:
    """Draw the counts: places, each base group with its grades, and sectors."""
    counted = summary(view.atlas, view.selection)
    return render(
        "key_figures",
        view,
        counted=counted,
        grades={group.group: _grades(view, group) for group in counted.groups},
    )


def _grades(view: View, group: GroupCount) -> str:
    """Return how many of the shown are named and how many inferred, where both occur."""
    words = view.text
    said = [
        words.gettext(
            "%(count)s %(grade)s",
            count=words.number(count),
            grade=word(words, "grade", grade).lower(),
        )
        for grade, count in group.grades
    ]
    return words.all_of(said) if len(said) > 1 else ""


@html.fetched("filters")
def empty(view: View) -> str:
    """Say how an empty result can be mended."""
    if chosen_bits(view.atlas, view.selection):
        return ""
    offers = [
        (
            _repair_name(view, one.parameter, one.value),
            one.found,
            {one.parameter: getattr(one.selection, one.parameter)},
        )
        for one in repairs(view.atlas, view.selection)
    ]
    return render("empty", view, offers=offers, no_filters=no_filters())


def _repair_name(view: View, parameter: str, value: str) -> str:
    words = view.text
    if parameter == "match":
        return words.gettext("any instead of all")
    if parameter == "sector":
        return words.gettext("drop %(name)s", name=value_name(view.atlas, words, parameter, value))
    return words.gettext("drop the filter on %(name)s", name=word(words, "parameter", parameter))


@html.fetched("filters", "place")
def places(view: View) -> str:
    """Draw the card of the open place, or the list of the places shown."""
    if view.selection.place:
        return _card(view)
    sides = facet_index(view.atlas).by_side(chosen_bits(view.atlas, view.selection))
    by_side = {side: first(view.atlas, bits) for side, bits in sides.items() if bits}
    return render("places", view, by_side=by_side)


def _card(view: View) -> str:
    known = profile(view.atlas, view.selection.place or "")
    wanted = [one.sector.id for one in known.sectors if one.sector.id in view.selection.sector]
    sectors = wanted or [one.sector.id for one in known.sectors if one.sector.level == "field"]
    return render(
        "card",
        view,
        known=known,
        full=False,
        land=beginning(known.children),
        events=known.events,
        counterparts=counterparts(
            view.atlas,
            known.place,
            sectors,
            (*view.atlas.base_groups, *view.selection.sets),
        ),
        is_shown=is_shown(view.atlas, view.selection, known.place),
        sources_used=sources(view.atlas, known),
    )


@html.fetched("filters")
def sides(view: View) -> str:
    """Draw the sectors of the places shown, by side of the border."""
    counted = summary(view.atlas, view.selection)
    widest = max(
        (count for bar in counted.bars for count in (bar.sichuan, bar.chongqing)), default=1
    )
    return render("sides", view, summary=counted, widest=max(widest, 1))


@html.fetched("filters")
def grid(view: View) -> str:
    """Draw the sector x place grid; each cell opens its evidence."""
    return render("grid", view, summary=summary(view.atlas, view.selection))


@html.fetched("filters")
def people_and_land(view: View) -> str:
    """Draw population and area of the cities and districts shown."""
    parks = facet_index(view.atlas).kind["park"]
    places = first(view.atlas, chosen_bits(view.atlas, view.selection) & ~parks)
    known = tuple(profile(view.atlas, place.id) for place in places.rows)
    return render("figures", view, seats=Beginning(known, places.more)) if known else ""


@html.fetched("sets")
def claims(view: View) -> str:
    """Say what is claimed, named and inferred, what the article has wrong, what is not known."""
    return render("claims", view, members=_members(view))


def _members(view: View) -> dict[str, Beginning[Membership]]:
    return {group: beginning(members(view.atlas, group)) for group in view.groups}
