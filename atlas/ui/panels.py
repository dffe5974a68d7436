"""The panels that follow the filter."""

import streamlit as st

from atlas.distance import counterparts
from atlas.facets import repairs, shown
from atlas.markup import render
from atlas.profile import profile, sources
from atlas.records import Membership
from atlas.summary import summary
from atlas.ui import html
from atlas.view import View
from atlas.vocabulary import word
from atlas.wording import value_name

SIDES = ("sichuan", "chongqing", "both")


def key_figures(view: View) -> None:
    """Draw the counts: places, each base group with its grades, and sectors."""
    counted = summary(view.atlas, view.selection)
    words = view.text
    with st.container(horizontal=True, key="figures"):
        st.metric(
            words.gettext("Places shown"),
            words.gettext("%(count)s of %(total)s", count=len(counted.places), total=counted.total),
        )
        for group in counted.groups:
            grades = [
                words.gettext(
                    "%(count)s %(grade)s",
                    count=words.number(count),
                    grade=word(words, "grade", grade).lower(),
                )
                for grade, count in group.grades
            ]
            st.metric(
                view.atlas.group[group.group].name[view.selection.lang],
                words.gettext("%(count)s of %(total)s", count=group.shown, total=group.size),
                delta=words.all_of(grades) if len(grades) > 1 else None,
                delta_color="off",
                delta_arrow="off",
            )
        st.metric(words.gettext("Sectors with evidence"), words.number(len(counted.sectors)))


def empty(view: View) -> None:
    """Say how an empty result can be mended."""
    if not shown(view.atlas, view.selection):
        offers = [
            (_repair_name(view, one.parameter, one.value), one.found, one.selection)
            for one in repairs(view.atlas, view.selection)
        ]
        html.place("empty", view, offers=offers)


def _repair_name(view: View, parameter: str, value: str) -> str:
    words = view.text
    if parameter == "match":
        return words.gettext("any instead of all")
    if parameter == "sector":
        return words.gettext("drop %(name)s", name=value_name(view.atlas, words, parameter, value))
    return words.gettext("drop the filter on %(name)s", name=word(words, "parameter", parameter))


@html.panel
def places(view: View) -> str:
    """Draw the card of the open place, or the list of the places shown."""
    if view.selection.place:
        return _card(view)
    found = shown(view.atlas, view.selection)
    by_side = {side: [one for one in found if one.side == side] for side in SIDES}
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
        land=known.children,
        events=known.events,
        counterparts=counterparts(
            view.atlas,
            known.place,
            sectors,
            (*view.atlas.base_groups, *view.selection.sets),
        ),
        is_shown=known.place in shown(view.atlas, view.selection),
        sources_used=sources(view.atlas, known),
    )


@html.panel
def sides(view: View) -> str:
    """Draw the sectors of the places shown, by side of the border."""
    counted = summary(view.atlas, view.selection)
    widest = max(
        (count for bar in counted.bars for count in (bar.sichuan, bar.chongqing)), default=1
    )
    return render("sides", view, summary=counted, widest=max(widest, 1))


@html.panel
def grid(view: View) -> str:
    """Draw the sector x place grid; each cell opens its evidence."""
    return render("grid", view, summary=summary(view.atlas, view.selection))


@html.panel
def people_and_land(view: View) -> str:
    """Draw population and area of the cities and districts shown."""
    seats = [
        profile(view.atlas, place.id)
        for place in shown(view.atlas, view.selection)
        if place.kind != "park"
    ]
    return render("figures", view, seats=seats) if seats else ""


@html.panel
def claims(view: View) -> str:
    """Say what is claimed, named and inferred, what the article has wrong, what is not known."""
    return render("claims", view, members=_members(view))


def _members(view: View) -> dict[str, list[Membership]]:
    return {
        group: [row for row in view.atlas.memberships if row.group == group]
        for group in view.groups
    }
