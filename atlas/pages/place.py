"""The place page: the profile of one place, or the way to every one."""

from typing import Any

from atlas.analysis.distance import Near, counterparts, nearest_places, on_its_land
from atlas.analysis.gaps import gaps
from atlas.map import marks
from atlas.model.records import Group, Place
from atlas.model.text import N_
from atlas.pages.overview import picture
from atlas.pages.panels import Columns, Element, Parts, panel, render
from atlas.pages.view import View
from atlas.query.directory import beside, shelves
from atlas.query.list_limits import beginning
from atlas.query.profile import profile, sources
from atlas.query.wording import grade

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


@panel
def head(view: View) -> str:
    """Draw name and kind of the place, the way to the others, and the list of questions."""
    place = open_place(view)
    if not place:
        return ""
    before, after = beside(view.atlas, place)
    return _answer("head", view, place, before=before, after=after)


@panel
def opening(view: View) -> str:
    """Answer what the place is, and why it is in the atlas."""
    place = open_place(view)
    return _answer("opening", view, place) if place else ""


@panel
def position(view: View) -> str:
    """Say where the place lies, if that is known, and how it is known."""
    place = open_place(view)
    return _answer("position", view, place) if place else ""


@panel
def answers(view: View) -> str:
    """Answer the other questions, and list the sources of the profile."""
    place = open_place(view)
    if not place:
        return ""
    details = profile(view.atlas, place.id)
    near = nearest_places(view.atlas, place, NEAREST)
    ended = next((row for row in view.atlas.events if row.id == place.end_event), None)
    sectors = [strength.sector.id for strength in details.sectors]
    groups = [view.atlas.group[group].name[view.selection.lang] for group in view.groups]
    return _answer(
        "answers",
        view,
        place,
        near=near,
        compared=_compared(view, place, near),
        counterparts=counterparts(view.atlas, place, sectors, view.groups),
        groups=view.text.all_of(groups),
        land=beginning(on_its_land(view.atlas, place)),
        ended=ended,
        events=[row for row in details.events if row is not ended],
        gaps=gaps(view.atlas, place.id),
    )


@panel
def index(view: View) -> str:
    """Draw the list of all places, by group, where none is open."""
    if open_place(view):
        return ""

    def shape(place: Place, group: Group | None) -> marks.Shape:
        return marks.shape(view.atlas, place, (group.id,) if group else ())

    def grade_in(place: Place, group: Group) -> str:
        return grade(view.atlas, view.text, place, (group.id,))

    shortened = [(shelf.group, beginning(shelf.places)) for shelf in shelves(view.atlas)]
    return render("profile/index", view, shelves=shortened, shape=shape, grade=grade_in)


def open_place(view: View) -> Place | None:
    """Return the place whose profile is open, if one is."""
    return view.atlas.place.get(view.selection.place or "")


def _compared(view: View, place: Place, near: tuple[Near, ...]) -> tuple[str, ...]:
    """Return the ids of the place and its nearest of the same kind, in the table's order."""
    others = [other.place for other in near]
    alike = [other for other in others if (other.kind == "park") == (place.kind == "park")]
    wanted = {place.id, *(other.id for other in alike[:COMPARED])}
    return tuple(other.id for other in view.atlas.places if other.id in wanted) if alike else ()


def _answer(template: str, view: View, place: Place, **values: Any) -> str:
    details = profile(view.atlas, place.id)
    return render(
        f"profile/{template}",
        view,
        known=details,
        full=True,
        questions=questions(place),
        sources_used=sources(view.atlas, details),
        **values,
    )


PARTS: Parts = (
    head,
    Columns(
        widths=(1.35, 1),
        left=(opening,),
        right=(position, Element("locator", stand_in=picture)),
        when=lambda view: open_place(view) is not None,
    ),
    answers,
    index,
)
