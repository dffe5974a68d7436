"""The map page: the places that the filters show, as map, figures, list, bars and grid."""

from functools import lru_cache

import pydeck as pdk

from atlas.analysis.distance import farthest_seats, is_rough
from atlas.analysis.summary import GroupCount, region_columns, summary
from atlas.map.extent import Size, first_view
from atlas.map.places_map import deck
from atlas.map.scene.cells import explained, signs_used
from atlas.map.scene.shapes import meanings
from atlas.model.records import Atlas
from atlas.model.selection import no_filters
from atlas.model.values import SIDES
from atlas.pages.panels import Columns, Map, Parts, on_canvases, panel
from atlas.pages.parts import beside_map, filters, tour
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture.inline import CanvasViews, inline_map
from atlas.picture.sheet import pictured
from atlas.query.directory import members
from atlas.query.facets import chosen_bits, facet_index, repairs
from atlas.query.list_limits import MOST_LABELLED, beginning, first, is_crowded
from atlas.query.profile import profile
from atlas.query.search import near_spellings
from atlas.query.vocabulary import word
from atlas.query.wording import status_name, value_name


@panel("filters")
def lead(view: View) -> str:
    """Render what the atlas is, and a sentence that says what the filters show."""
    return render("lead", view)


@panel("filters", in_frames=False)
def key_figures(view: View) -> str:
    """Render the counts: places, each base group with its grades, and sectors."""
    counts = summary(view.atlas, view.selection)
    grades = {group.group: _grades(view, group) for group in counts.groups}
    return render("key_figures", view, summary=counts, grades=grades)


def _grades(view: View, group: GroupCount) -> str:
    """Return in words how many places have each status, "" unless there are several."""
    words = view.text
    phrases = [
        words.gettext(
            "%(count)s %(grade)s",
            count=words.number(count),
            grade=status_name(view.atlas, words, grade),
        )
        for grade, count in group.grades
    ]
    return words.all_of(phrases) if len(phrases) > 1 else ""


@panel("filters")
def empty(view: View) -> str:
    """Render the changes of the filters that would show places again, if none are shown."""
    if chosen_bits(view.atlas, view.selection):
        return ""
    return render(
        "empty",
        view,
        repairs=[
            (
                _repair_name(view, repair.parameter, repair.value),
                repair.place_count,
                {repair.parameter: getattr(repair.selection, repair.parameter)},
            )
            for repair in repairs(view.atlas, view.selection)
        ],
        spellings=near_spellings(view.atlas, view.selection.q),
        no_filters=no_filters(),
    )


def _repair_name(view: View, parameter: str, value: str) -> str:
    words = view.text
    if parameter == "match":
        return words.gettext("any instead of all")
    if parameter == "sector":
        return words.gettext("drop %(name)s", name=value_name(view.atlas, words, parameter, value))
    return words.gettext("drop the filter on %(name)s", name=word(words, "parameter", parameter))


@panel("filters", in_frames=False)
def sides(view: View) -> str:
    """Render the sectors of the places shown, by region."""
    columns = region_columns(view.atlas)
    if not (columns and view.atlas.sectors):
        return ""
    return render("sides", view, summary=summary(view.atlas, view.selection), columns=columns)


@panel("filters", in_frames=False)
def grid(view: View) -> str:
    """Render the grid of sectors and places; each cell opens its evidence."""
    if not view.atlas.sectors:
        return ""
    return render("grid", view, summary=summary(view.atlas, view.selection))


@panel("filters", in_frames=False)
def people_and_land(view: View) -> str:
    """Render population and area of the places shown, except those that are points."""
    if not {"population", "area"} & set(view.atlas.indicator):
        return ""
    points = facet_index(view.atlas).points
    places = first(view.atlas, chosen_bits(view.atlas, view.selection) & ~points)
    profiles = [profile(view.atlas, place.id) for place in places.rows]
    return render("figures", view, profiles=profiles, more=places.more) if profiles else ""


@panel("sets", in_frames=False)
def claims(view: View) -> str:
    """Render the source article's claims: places with their status, errors, open questions."""
    if not view.has_grades:
        return ""
    rows = {group: beginning(members(view.atlas, group)) for group in view.groups}
    return render("claims", view, members=rows)


@panel("filters")
def legend(view: View) -> str:
    """Render the legend, on the map page with a scale, and the note for readers without WebGL."""
    scale = None if view.page else farthest_seats(view.atlas)
    return render(
        "legend",
        view,
        label_limit=MOST_LABELLED if is_crowded(view.atlas, view.selection) else 0,
        scale=scale,
        shapes=meanings(view.atlas, view.selection, view.text),
        has_points=facet_index(view.atlas).points,
        has_circles=any(is_rough(place.precision_km) for place in view.atlas.places),
        sides=dict(zip(SIDES, view.atlas.regions, strict=True)) if view.atlas.has_sides else {},
        signs=signs_used(view.atlas, view.text),
        signs_sentence=explained(view.atlas, view.selection, view.text),
    )


def _description(view: View) -> str:
    """Return in words what the map or its drawing shows."""
    return view.text.gettext(
        "Map. %(sentence)s. The list beside it holds the same places.",
        sentence=view.sentence,
    )


def _deck(view: View, size: Size) -> pdk.Deck:
    return deck(view.atlas, view.selection, view.theme, first_view(view.atlas, size))


def _drawing(view: View) -> str:
    return inline_map(view.atlas, pictured(view.selection), first_views(view.atlas))


@lru_cache(maxsize=4)
def first_views(atlas: Atlas) -> CanvasViews:
    """Return the initial view of the map, for each size of canvas."""
    return on_canvases(lambda size: first_view(atlas, size))


places_map = Map(
    name="overview.map",
    follows=("filters", "place"),
    fill=_drawing,
    deck=_deck,
    description=_description,
)

PARTS: Parts = (
    lead,
    filters.search,
    filters.fields,
    filters.further,
    filters.suggestions,
    empty,
    Columns(
        widths=(2.7, 1),
        left=(tour.caption, places_map, legend),
        right=(beside_map.places, tour.strip),
    ),
    key_figures,
    sides,
    grid,
    people_and_land,
    claims,
)
