"""The page of sectors: the places that work in each, by region, and their counterparts."""

from collections.abc import Iterable

import pydeck as pdk

from atlas.analysis.pairs import Pair, nearest_pairs, pairs, too_many, unpaired
from atlas.analysis.sector_places import (
    SectorPlace,
    in_region,
    is_in_base_area,
    places_in_scope,
    places_out_of_scope,
    scope,
    strength_places,
)
from atlas.analysis.summary import MOST_COLUMNS, region_columns, summary
from atlas.map import arcs
from atlas.map.extent import Size, first_view
from atlas.map.places_map import deck
from atlas.model.selection import Selection, vocabulary
from atlas.model.terms import Region, Sector
from atlas.model.text import N_, Text
from atlas.pages.overview import first_views, legend
from atlas.pages.panels import Columns, Map, Parts, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture.inline import inline_map
from atlas.query.facets import filters
from atlas.query.list_limits import Beginning, beginning
from atlas.query.sentences import sentence
from atlas.query.wording import how_far_briefly, labelled

BETWEEN_SIDES = N_(
    "Map with arcs between counterparts across the border. %(pairs)s. The list beside it holds the "
    "same pairs."
)
BETWEEN_REGIONS = N_(
    "Map with arcs between counterparts in different regions. %(pairs)s. The list beside it holds "
    "the same pairs."
)


@panel()
def heading(view: View) -> str:
    """Render the title, the choice of a sector, and which places are counted."""
    language, chosen = view.selection.lang, _chosen(view)
    place_filters = filters(scope(view.selection)).but(lang=language)
    return render(
        "sectors/heading",
        view,
        chosen_sectors=chosen,
        names=view.text.all_of([sector.name[language] for sector in chosen]),
        compared_names=[view.atlas.place[id].short[language] for id in view.selection.compare],
        further_groups=[view.atlas.group[id] for id in vocabulary(view.atlas)["sets"]],
        filter_sentence=sentence(view.atlas, place_filters, view.text)
        if place_filters.is_filtered()
        else "",
        without_filters=view.selection.cleared().but(sector=view.selection.sector),
    )


def _chosen(view: View) -> list[Sector]:
    return [view.atlas.sector[id] for id in view.selection.sector]


@panel()
def index(view: View) -> str:
    """Render every sector with its places by region and its nearest pair, if none is chosen."""
    if view.selection.sector or not view.atlas.sectors:
        return ""
    columns = region_columns(view.atlas)
    counts = {sector.id: (0,) * max(len(columns), 1) for sector in view.atlas.sectors}
    bars = summary(view.atlas, scope(view.selection)).bars
    counts |= {bar.sector.id: bar.counts or (bar.places,) for bar in bars}
    return render(
        "sectors/index",
        view,
        columns=columns,
        counts=counts,
        widest=max(max(row) for row in counts.values()) or 1,
        nearest_pairs={
            sector.id: next(iter(pairs(view.atlas, sector.id, view.selection)), None)
            for sector in view.atlas.sectors
        },
        too_many=_too_many(view, view.atlas.sectors),
    )


def _too_many(view: View, sectors: Iterable[Sector]) -> set[str]:
    """Return the ids of the sectors with too many places to measure all pairs."""
    return {sector.id for sector in sectors if too_many(view.atlas, sector.id, view.selection)}


@panel()
def counterparts(view: View) -> str:
    """Render the heading of the map of counterparts and the list next to it."""
    if not view.selection.sector:
        return ""
    return render("sectors/counterparts", view, focus=arcs.focus(view.atlas, view.selection))


@panel()
def paired(view: View) -> str:
    """Render the list of the pairs across the border in the chosen sectors."""
    chosen = _chosen(view)
    if not chosen:
        return ""
    return render(
        "sectors/pairs",
        view,
        pairs_by_sector=_pairs(view),
        unpaired={sector.id: unpaired(view.atlas, sector.id, view.selection) for sector in chosen},
        too_many=_too_many(view, chosen),
    )


def _pairs(view: View) -> list[tuple[Sector, tuple[Pair, ...]]]:
    return [(sector, pairs(view.atlas, sector.id, view.selection)) for sector in _chosen(view)]


def _description(view: View) -> str:
    """Return in words what the map of the counterparts shows."""
    words = view.text
    lines = [
        labelled(words, sector.name[words.language], _in_words(words, nearest_pairs(all_pairs)))
        for sector, all_pairs in _pairs(view)
    ]
    message = BETWEEN_SIDES if view.atlas.has_sides else BETWEEN_REGIONS
    return words.gettext(
        message,
        pairs=words.pgettext("between conditions", "; ").join(lines),
    )


def _in_words(words: Text, nearest: tuple[Pair, ...]) -> str:
    lines = [
        words.gettext(
            "%(start)s to %(end)s %(distance)s",
            start=pair.first.short[words.language],
            end=pair.second.short[words.language],
            distance=how_far_briefly(words, pair.distance_km, pair.margin_km),
        )
        for pair in nearest
    ]
    return words.all_of(lines) or words.gettext("no pair")


def _deck(view: View, size: Size) -> pdk.Deck | None:
    if not view.selection.sector:
        return None
    viewpoint = first_view(view.atlas, size)
    return deck(view.atlas, _marked_places(view), view.theme, viewpoint, "all")


def _drawing(view: View) -> str:
    if not view.selection.sector:
        return ""
    return inline_map(view.atlas, _marked_places(view), first_views(view.atlas), "all")


def _marked_places(view: View) -> Selection:
    """Return the selection of the places that work in any of the chosen sectors."""
    return view.selection.but(match="any")


arcs_map = Map(name="sectors.map", fill=_drawing, deck=_deck, description=_description)


@panel()
def evidence(view: View) -> str:
    """Render the chosen sectors by region: places, confidence, evidence, firms."""
    return "".join(_evidence(view, sector) for sector in _chosen(view))


def _evidence(view: View, sector: Sector) -> str:
    in_scope = places_in_scope(view.atlas, sector.id, view.selection)
    return render(
        "sectors/evidence",
        view,
        sector=sector,
        entries_by_region=_by_region(view, in_scope),
        elsewhere=beginning(places_out_of_scope(view.atlas, sector.id, view.selection)),
        base_area_ids=_base_area_ids(view),
    )


def _by_region(
    view: View, entries: tuple[SectorPlace, ...]
) -> list[tuple[Region | None, Beginning[SectorPlace]]]:
    """Return entries by region; in one list, without a region, unless there are two or a few."""
    regions = view.atlas.regions
    if not 1 < len(regions) <= MOST_COLUMNS:
        return [(None, beginning(entries))]
    return [(region, beginning(in_region(entries, region.id))) for region in regions]


@panel()
def strengths(view: View) -> str:
    """Render the places with evidence for each strength, only of the chosen sectors if any."""
    chosen = view.selection.sector
    sectors = [
        sector
        for sector in view.atlas.sectors
        if not chosen or {sector.id, sector.parent} & set(chosen)
    ]
    rows = strength_places(view.atlas, sectors)
    if not rows:
        return ""
    return render(
        "sectors/strengths",
        view,
        strengths=[(strength, beginning(strength.places)) for strength in rows],
        level=view.atlas.level[rows[0].sector.level],
        base_area_ids=_base_area_ids(view),
        is_credited=any(strength.sector.credited_side for strength in rows),
    )


def _base_area_ids(view: View) -> set[str]:
    """Return the ids of the places in the base groups or on the land of these."""
    return {place.id for place in view.atlas.places if is_in_base_area(view.atlas, place)}


@panel()
def grid(view: View) -> str:
    """Render the grid of sectors and places; each cell opens its evidence on this page."""
    if not view.atlas.sectors:
        return ""
    return render("grid", view, summary=summary(view.atlas, scope(view.selection)))


PARTS: Parts = (
    heading,
    counterparts,
    Columns(widths=(1.5, 1), left=(arcs_map, legend), right=(paired,)),
    evidence,
    index,
    strengths,
    grid,
)
