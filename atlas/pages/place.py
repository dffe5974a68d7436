"""The profile of one place."""

from typing import Any

import pydeck as pdk

from atlas.analysis.comparison import worth_comparing
from atlas.analysis.distance import counterparts, nearest_places, on_its_land
from atlas.analysis.gaps import gaps
from atlas.map.extent import Size
from atlas.map.places_map import deck
from atlas.map.placing import ViewPoint
from atlas.model.records import Place
from atlas.model.selection import Selection
from atlas.model.text import N_
from atlas.pages.panels import Columns, Map, Parts, on_canvases, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture.inline import cached_inline_map
from atlas.query.directory import places_before_and_after
from atlas.query.list_limits import beginning
from atlas.query.profile import profile, sources

NEAREST = 5
# A locator holds the land of a place and what is around it.
LOCATOR_ZOOM = {"city": 7.1, "district": 8.1}
CLOSE_ZOOM = 8.8

QUESTIONS = {
    "what": N_("What is it?"),
    "why": N_("Why is it in this atlas, and what speaks against it?"),
    "where": N_("Where is it, and how exactly do we know?"),
    "sectors": N_("In which sectors does it work, and how do we know?"),
    "firms": N_("Which firms are there, and what do they make?"),
    "figures": N_("What do the figures say?"),
    "land": N_("Which parks and places are on its land?"),
    "near": N_("What is near?"),
    "since": N_("What became of it since?"),
    "gaps": N_("What do we not know of it?"),
    "sources": N_("What does this page rest on?"),
}
FACING = N_("What is near, and what is its counterpart across the border?")
LAND = {
    "park": N_("On whose land is it?"),
    "region": N_("Which cities and districts are in it?"),
}


def questions(view: View, place: Place) -> dict[str, str]:
    """Return the questions that the tables of the atlas answer, by the id of the answer."""
    atlas = view.atlas
    near = FACING if view.has_sides and atlas.sectors else QUESTIONS["near"]
    asked = QUESTIONS | {"land": LAND.get(place.kind, QUESTIONS["land"]), "near": near}
    rows = {
        "why": any(row.grade or row.support.english for row in atlas.memberships),
        "sectors": atlas.sectors,
        "firms": atlas.enterprises,
        "figures": atlas.figures,
        "land": any(row.parent for row in atlas.places),
        "since": atlas.events,
    }
    return {name: words for name, words in asked.items() if rows.get(name, True)}


@panel()
def head(view: View) -> str:
    """Draw name and kind of the place, the next ones, and the questions; or that none is open."""
    place = open_place(view)
    if not place:
        return render("profile/none", view)
    before, after = places_before_and_after(view.atlas, place)
    others = worth_comparing(view.atlas, place, view.groups)
    return _answer("head", view, place, before=before, after=after, compare_with=others)


@panel()
def opening(view: View) -> str:
    """Draw what the place is, and why it is in the atlas."""
    place = open_place(view)
    return _answer("opening", view, place) if place else ""


@panel()
def position(view: View) -> str:
    """Draw the position of the place, if it is known, and how it was obtained."""
    place = open_place(view)
    return _answer("position", view, place) if place else ""


def _located(view: View) -> tuple[Selection, ViewPoint] | None:
    """Return what the map of the place shows, and its view; None if it cannot be drawn."""
    place = open_place(view)
    if not place or place.position == "none":
        return None
    shown = Selection(lang=view.selection.lang, sets=view.selection.sets, place=place.id)
    centre = (place.latitude or 0.0, place.longitude or 0.0)
    return shown, ViewPoint(*centre, LOCATOR_ZOOM.get(place.kind, CLOSE_ZOOM))


def _deck(view: View, _: Size) -> pdk.Deck | None:
    located = _located(view)
    return deck(view.atlas, located[0], view.theme, located[1]) if located else None


def _drawn(view: View) -> str:
    located = _located(view)
    if not located:
        return ""
    shown, seen = located
    return cached_inline_map(view.atlas, shown, on_canvases(lambda _: seen))


def _described(view: View) -> str:
    place = open_place(view)
    return view.text.gettext(
        "Map around %(place)s. Position and nearest places are also given in words.",
        place=place.name[view.selection.lang] if place else "",
    )


locator = Map(
    name="place.map", follows=("place", "sets"), fill=_drawn, deck=_deck, described=_described
)


@panel()
def answers(view: View) -> str:
    """Draw the answers to the other questions, and the sources of the profile."""
    place = open_place(view)
    if not place:
        return ""
    details = profile(view.atlas, place.id)
    near = nearest_places(view.atlas, place, NEAREST)
    end_event = next((row for row in view.atlas.events if row.id == place.end_event), None)
    sectors = [evidence.sector.id for evidence in details.sectors]
    groups = [view.atlas.group[group].name[view.selection.lang] for group in view.groups]
    return _answer(
        "answers",
        view,
        place,
        near=near,
        counterparts=counterparts(view.atlas, place, sectors, view.groups),
        groups=view.text.all_of(groups),
        land=beginning(on_its_land(view.atlas, place)),
        ended=end_event,
        events=[row for row in details.events if row is not end_event],
        gaps=gaps(view.atlas, place.id),
    )


def open_place(view: View) -> Place | None:
    """Return the place whose profile is open, None if none is."""
    return view.atlas.place.get(view.selection.place or "")


def _answer(template: str, view: View, place: Place, **values: Any) -> str:
    """Return a template of the profile, filled for a place."""
    details = profile(view.atlas, place.id)
    return render(
        f"profile/{template}",
        view,
        known=details,
        full=True,
        questions=questions(view, place),
        sources_used=sources(view.atlas, details),
        **values,
    )


PARTS: Parts = (
    head,
    Columns(widths=(1.35, 1), left=(opening,), right=(position, locator)),
    answers,
)
