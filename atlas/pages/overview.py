"""The map page: what the filters show, as map, figures, list, bars and grid."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_

import pydeck as pdk

from atlas.analysis.distance import counterparts, farthest_seats
from atlas.analysis.summary import GroupCount, summary
from atlas.map.extent import Size, first_view
from atlas.map.places_map import deck
from atlas.model.records import Atlas, Membership, Place
from atlas.model.selection import no_filters
from atlas.model.vocabulary import word
from atlas.pages import filters
from atlas.pages.panels import Columns, Map, Parts, on_canvases, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture.inline import CanvasViews, cached_inline_map
from atlas.picture.sheet import pictured
from atlas.query.directory import members
from atlas.query.facets import chosen_bits, facet_index, is_shown, repairs
from atlas.query.firms import firms_named
from atlas.query.list_limits import MOST_LABELLED, Beginning, beginning, first, is_crowded
from atlas.query.profile import profile, sources
from atlas.query.search import near_spellings
from atlas.query.wording import sentence, value_name

# Of more, a list has no headings.
MOST_REGIONS = 12


@panel("filters")
def lead(view: View) -> str:
    """Draw what the atlas is, and in a sentence what is shown of it."""
    return render("lead", view, sentence=sentence(view.atlas, view.selection, view.text))


@panel("filters", in_frames=False)
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
    """Return in words how many places are named and how many inferred, "" unless both occur."""
    words = view.text
    phrases = [
        words.gettext(
            "%(count)s %(grade)s",
            count=words.number(count),
            grade=word(words, "grade", grade).lower(),
        )
        for grade, count in group.grades
    ]
    return words.all_of(phrases) if len(phrases) > 1 else ""


@panel("filters")
def empty(view: View) -> str:
    """Draw the changes of the filters that would bring places back, where none are shown."""
    if chosen_bits(view.atlas, view.selection):
        return ""
    offers = [
        (
            _repair_name(view, repair.parameter, repair.value),
            repair.place_count,
            {repair.parameter: getattr(repair.selection, repair.parameter)},
        )
        for repair in repairs(view.atlas, view.selection)
    ]
    return render(
        "empty",
        view,
        offers=offers,
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


@panel("filters", "place")
def places(view: View) -> str:
    """Draw the card of the open place, or the list of the places shown."""
    if view.selection.place:
        return _card(view)
    bits = chosen_bits(view.atlas, view.selection)
    firms = firms_named(view.atlas, view.selection)
    return render("places", view, by_area=_by_area(view, bits), firms=firms)


def _by_area(view: View, bits: int) -> Mapping[str, Beginning[Place]]:
    """Return the first places of a set by the name of where they lie, "" where that is not said."""
    index = facet_index(view.atlas)
    sides = {side: of_side for side, of_side in index.by_side(bits).items() if of_side}
    rest = bits & ~reduce(or_, sides.values(), 0)
    named = {word(view.text, "side", side): first(view.atlas, of) for side, of in sides.items()}
    return named | _by_region(view, rest)


def _by_region(view: View, bits: int) -> dict[str, Beginning[Place]]:
    if not bits:
        return {}
    names = {region.id: region.name[view.selection.lang] for region in view.atlas.regions}
    by_name: defaultdict[str, list[Place]] = defaultdict(list)
    for place in facet_index(view.atlas).select(bits):
        by_name[names.get(next(iter(place.regions), ""), "")].append(place)
    if len(by_name) > MOST_REGIONS:
        return {"": first(view.atlas, bits)}
    return {name: beginning(by_name[name]) for name in sorted(by_name)}


def _card(view: View) -> str:
    details = profile(view.atlas, view.selection.place or "")
    sectors = [row.sector for row in details.sectors]
    chosen = [sector.id for sector in sectors if sector.id in view.selection.sector]
    fields = [sector.id for sector in sectors if sector.level == "field"]
    return render(
        "card",
        view,
        known=details,
        full=False,
        land=beginning(details.children),
        events=details.events,
        counterparts=counterparts(
            view.atlas,
            details.place,
            chosen or fields,
            view.groups,
        ),
        is_shown=is_shown(view.atlas, view.selection, details.place),
        sources_used=sources(view.atlas, details),
    )


@panel("filters", in_frames=False)
def sides(view: View) -> str:
    """Draw the sectors of the places shown, by side of the border."""
    if not has_sides(view.atlas):
        return ""
    counted = summary(view.atlas, view.selection)
    widest = max(
        (count for bar in counted.bars for count in (bar.sichuan, bar.chongqing)), default=1
    )
    return render("sides", view, summary=counted, widest=max(widest, 1))


@panel("filters", in_frames=False)
def grid(view: View) -> str:
    """Draw the grid of sectors and places; each cell opens its evidence."""
    return render("grid", view, summary=summary(view.atlas, view.selection))


@panel("filters", in_frames=False)
def people_and_land(view: View) -> str:
    """Draw population and area of the cities and districts shown."""
    parks = facet_index(view.atlas).kind["park"]
    places = first(view.atlas, chosen_bits(view.atlas, view.selection) & ~parks)
    profiles = tuple(profile(view.atlas, place.id) for place in places.rows)
    return render("figures", view, seats=Beginning(profiles, places.more)) if profiles else ""


@panel("sets", in_frames=False)
def claims(view: View) -> str:
    """Draw the claims of the article: places named and inferred, its errors, open questions."""
    return render("claims", view, members=_members(view))


def _members(view: View) -> dict[str, Beginning[Membership]]:
    return {group: beginning(members(view.atlas, group)) for group in view.groups}


@panel("filters")
def legend(view: View) -> str:
    """Draw the legend, on the map page with a scale, and a picture for readers without WebGL."""
    scale = None if view.page else farthest_seats(view.atlas)
    crowded = MOST_LABELLED if is_crowded(view.atlas, view.selection) else 0
    return render(
        "legend",
        view,
        crowded=crowded,
        scale=scale,
        has_sides=has_sides(view.atlas),
        has_parks=any(place.kind == "park" for place in view.atlas.places),
    )


def has_sides(atlas: Atlas) -> bool:
    """Tell whether the places lie on sides of a border."""
    return any(place.side for place in atlas.places)


def described(view: View) -> str:
    """Return in words what the map shows, or the picture that replaces it."""
    return view.text.gettext(
        "Map. %(sentence)s. The list beside it holds the same places.",
        sentence=sentence(view.atlas, view.selection, view.text),
    )


def _deck(view: View, size: Size) -> pdk.Deck:
    return deck(view.atlas, view.selection, view.theme, first_view(view.atlas, size))


def _drawn(view: View) -> str:
    return cached_inline_map(view.atlas, pictured(view.selection), first_views(view.atlas))


@lru_cache(maxsize=4)
def first_views(atlas: Atlas) -> CanvasViews:
    """Return the first view of the map of the whole, for each size of canvas."""
    return on_canvases(lambda size: first_view(atlas, size))


places_map = Map(
    name="overview.map",
    follows=("filters", "place"),
    fill=_drawn,
    deck=_deck,
    described=described,
)

PARTS: Parts = (
    lead,
    filters.search,
    filters.fields,
    filters.further,
    empty,
    Columns(widths=(2.7, 1), left=(places_map, legend), right=(places,)),
    key_figures,
    sides,
    grid,
    people_and_land,
    claims,
)
