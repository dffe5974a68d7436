"""The place page: the profile of one place, or the way to every one."""

from typing import Any

from atlas.analysis.distance import Near, counterparts, nearest_places, on_its_land
from atlas.analysis.gaps import gaps
from atlas.map import marks
from atlas.model.records import Group, Place
from atlas.model.text import N_
from atlas.pages.view import View
from atlas.query.directory import beside, shelves
from atlas.query.list_limits import beginning
from atlas.query.profile import Profile, profile, sources
from atlas.query.wording import grade
from atlas.ui import html, map_view

NEAREST = 5
# Beside the place itself, in a comparison side by side.
COMPARED = 2

QUESTIONS = {
    "what": N_("What is it?"),
    "why": N_("Why is it in this atlas, and what speaks against it?"),
    "where": N_("Where is it, and how exactly do we know?"),
    "sectors": N_("In which sectors does it work, and how do we know?"),
    "firms": N_("Which firms are there, and what do they make?"),
    "figures": N_("What do the figures say?"),
    "land": N_("Which parks and places are on its land?"),
    "near": N_("What is near, and what is its counterpart across the border?"),
    "since": N_("What became of it since?"),
    "gaps": N_("What do we not know of it?"),
    "sources": N_("What does this page rest on?"),
}
LAND = {
    "park": N_("On whose land is it?"),
    "region": N_("Which cities and districts are in it?"),
}


def questions(place: Place) -> dict[str, str]:
    """Return the questions every profile answers, by the id of the answer."""
    return QUESTIONS | {"land": LAND.get(place.kind, QUESTIONS["land"])}


def head(view: View) -> None:
    """Draw name and kind of the place, the way to the others, and the list of questions."""
    known = _known(view)
    before, after = beside(view.atlas, known.place)
    _place("head", view, known, before=before, after=after)


def opening(view: View) -> None:
    """Answer what the place is, and why it is in the atlas."""
    _place("opening", view, _known(view))


def position(view: View) -> None:
    """Say where the place lies, if that is known, and how it is known."""
    _place("position", view, _known(view))


def locator(view: View) -> None:
    """Draw where the place lies, if it can be drawn."""
    place = _known(view).place
    if place.position != "none":
        map_view.locator(view, place)


def answers(view: View) -> None:
    """Answer the other questions, and list the sources of the profile."""
    known = _known(view)
    place = known.place
    near = nearest_places(view.atlas, place, NEAREST)
    ended = next((row for row in view.atlas.events if row.id == place.end_event), None)
    _place(
        "answers",
        view,
        known,
        near=near,
        compared=_compared(view, place, near),
        counterparts=counterparts(
            view.atlas, place, [one.sector.id for one in known.sectors], view.groups
        ),
        groups=view.text.all_of(
            [view.atlas.group[group].name[view.selection.lang] for group in view.groups]
        ),
        land=beginning(on_its_land(view.atlas, place)),
        ended=ended,
        events=[row for row in known.events if row is not ended],
        gaps=gaps(view.atlas, place.id),
    )


def index(view: View) -> None:
    """Draw the list of all places, by group."""

    def shape(place: Place, group: Group | None) -> marks.Shape:
        return marks.shape(view.atlas, place, (group.id,) if group else ())

    def grade_in(place: Place, group: Group) -> str:
        return grade(view.atlas, view.text, place, (group.id,))

    shortened = [(one.group, beginning(one.places)) for one in shelves(view.atlas)]
    html.place("profile/index", view, shelves=shortened, shape=shape, grade=grade_in)


def _known(view: View) -> Profile:
    return profile(view.atlas, view.selection.place or "")


def _compared(view: View, place: Place, near: tuple[Near, ...]) -> tuple[str, ...]:
    """Return the ids of the place and its nearest of the same kind, in the table's order."""
    alike = [one.place for one in near if (one.place.kind == "park") == (place.kind == "park")]
    wanted = {place.id, *(one.id for one in alike[:COMPARED])}
    return tuple(one.id for one in view.atlas.places if one.id in wanted) if alike else ()


def _place(template: str, view: View, known: Profile, **values: Any) -> None:
    html.place(
        f"profile/{template}",
        view,
        known=known,
        full=True,
        questions=questions(known.place),
        sources_used=sources(view.atlas, known),
        **values,
    )
