"""The profile of one place."""

import math
from typing import Any

import pydeck as pdk

from atlas.analysis.comparison import worth_comparing
from atlas.analysis.distance import counterparts, nearest_places, on_its_land
from atlas.analysis.gaps import gaps
from atlas.map.base_style import area_km2
from atlas.map.extent import Size
from atlas.map.places_map import deck
from atlas.map.scene.placing import ViewPoint
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.text import N_
from atlas.pages.panels import Columns, Map, Parts, on_canvases, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture.inline import inline_map
from atlas.query.directory import places_before_and_after
from atlas.query.list_limits import beginning
from atlas.query.profile import profile, sources

NEAREST = 5
# The map of a place shows its land and the surroundings. Above `LAND_KM2`, each fourfold area takes
# the map one zoom level out.
POINT_ZOOM, LAND_ZOOM, LAND_KM2 = 8.8, 8.1, 2_000

HEADINGS = {
    "firms": N_("Firms and products"),
    "near": N_("Nearest places"),
    "figures": N_("Figures"),
    "sectors": N_("Sectors, and how we know"),
    "since": N_("Events"),
    "land": N_("Places on its land"),
    "why": N_("Why it is in this atlas, and what speaks against it"),
    "where": N_("Position, and how exactly it is known"),
    "gaps": N_("What we do not know"),
    "sources": N_("Sources of this page"),
}
LAND = {
    "point": N_("On whose land it lies"),
    "region": N_("Places in it"),
}


def headings(view: View, place: Place) -> dict[str, str]:
    """Return the headings of the sections that the atlas has data for, by id."""
    atlas = view.atlas
    all_headings = HEADINGS | {"land": LAND.get(place.extent, HEADINGS["land"])}
    has_rows = {
        "why": any(row.grade or row.support.english for row in atlas.memberships),
        "sectors": atlas.sectors,
        "firms": atlas.enterprises,
        "figures": atlas.figures,
        "land": any(row.parent for row in atlas.places),
        "since": atlas.events,
    }
    return {id: heading for id, heading in all_headings.items() if has_rows.get(id, True)}


@panel()
def head(view: View) -> str:
    """Render name, kind and sectors of the open place and links to others, or that none is open."""
    if not (place := view.open_place):
        return render("profile/none", view)
    before, after = places_before_and_after(view.atlas, place)
    candidates = worth_comparing(view.atlas, place, view.groups)
    return _section("head", view, place, before=before, after=after, candidates=candidates)


@panel()
def firms(view: View) -> str:
    """Render the firms of the open place and their products."""
    place = view.open_place
    return _section("firms", view, place) if place else ""


def _map_contents(view: View) -> tuple[Selection, ViewPoint] | None:
    """Return the selection and the view of the place's map; None if it has no position."""
    if not (place := view.open_place) or place.position == "none":
        return None
    selection = Selection(lang=view.selection.lang, sets=view.selection.sets, place=place.id)
    centre = (place.latitude or 0.0, place.longitude or 0.0)
    return selection, ViewPoint(*centre, locator_zoom(view.atlas, place))


def locator_zoom(atlas: Atlas, place: Place) -> float:
    """Return the zoom at which the map shows all the land of a place."""
    if place.extent != "area":
        return POINT_ZOOM
    times = area_km2(atlas, place) / LAND_KM2
    return LAND_ZOOM - max(round(math.log2(times) / 2), 0) if times else LAND_ZOOM


def _deck(view: View, _: Size) -> pdk.Deck | None:
    contents = _map_contents(view)
    return deck(view.atlas, contents[0], view.theme, contents[1]) if contents else None


def _drawing(view: View) -> str:
    if not (contents := _map_contents(view)):
        return ""
    selection, viewpoint = contents
    return inline_map(view.atlas, selection, on_canvases(lambda _: viewpoint))


def _description(view: View) -> str:
    place = view.open_place
    return view.text.gettext(
        "Map around %(place)s. Position and nearest places are also given in words.",
        place=place.name[view.selection.lang] if place else "",
    )


locator = Map(
    name="place.map",
    follows=("place", "sets"),
    fill=_drawing,
    deck=_deck,
    description=_description,
)


@panel()
def near(view: View) -> str:
    """Render the nearest counterparts of the open place and the nearest places."""
    if not (place := view.open_place):
        return ""
    sectors = [evidence.sector.id for evidence in profile(view.atlas, place.id).sectors]
    groups = [view.atlas.group[group].name[view.selection.lang] for group in view.groups]
    return _section(
        "near",
        view,
        place,
        nearest=nearest_places(view.atlas, place, NEAREST),
        counterparts=counterparts(view.atlas, place, sectors, view.groups),
        groups=view.text.all_of(groups),
    )


@panel()
def answers(view: View) -> str:
    """Render figures, sectors, events and land of the open place, and in folds its evidence."""
    if not (place := view.open_place):
        return ""
    details = profile(view.atlas, place.id)
    end_event = next((row for row in view.atlas.events if row.id == place.end_event), None)
    return _section(
        "answers",
        view,
        place,
        land=beginning(on_its_land(view.atlas, place)),
        end_event=end_event,
        events=[row for row in details.events if row is not end_event],
        gaps=gaps(view.atlas, place.id),
    )


def _section(template: str, view: View, place: Place, **values: Any) -> str:
    """Return the HTML of a template of the profile."""
    details = profile(view.atlas, place.id)
    return render(
        f"profile/{template}",
        view,
        details=details,
        full=True,
        headings=headings(view, place),
        sources_used=sources(view.atlas, details),
        **values,
    )


PARTS: Parts = (
    head,
    Columns(widths=(1.35, 1), left=(firms,), right=(locator, near)),
    answers,
)
