"""The page of sectors: who works in them on either side, and counterparts."""

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
from atlas.model.records import Place
from atlas.model.selection import Selection, vocabulary
from atlas.model.terms import Region, Sector
from atlas.model.text import N_
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
    """Draw the title, the choice of a sector, and which places are counted."""
    covered = filters(scope(view.selection)).but(lang=view.selection.lang)
    return render(
        "sectors/heading",
        view,
        chosen=_chosen(view),
        names=view.text.all_of([sector.name[view.selection.lang] for sector in _chosen(view)]),
        compared=[_short(view, view.atlas.place[id]) for id in view.selection.compare],
        further=[view.atlas.group[id] for id in vocabulary(view.atlas)["sets"]],
        covered=sentence(view.atlas, covered, view.text) if covered.is_filtered() else "",
        cleared=view.selection.cleared().but(sector=view.selection.sector),
    )


def _chosen(view: View) -> list[Sector]:
    return [view.atlas.sector[id] for id in view.selection.sector]


@panel()
def index(view: View) -> str:
    """Draw every sector with its places by region and its nearest pair, if none is chosen."""
    if view.selection.sector or not view.atlas.sectors:
        return ""
    counted = summary(view.atlas, scope(view.selection))
    columns = region_columns(view.atlas)
    counts = {sector.id: (0,) * max(len(columns), 1) for sector in view.atlas.sectors}
    counts |= {bar.sector.id: bar.counts or (bar.places,) for bar in counted.bars}
    nearest = {
        sector.id: next(iter(pairs(view.atlas, sector.id, view.selection)), None)
        for sector in view.atlas.sectors
    }
    return render(
        "sectors/index",
        view,
        columns=columns,
        counts=counts,
        widest=max((max(row) for row in counts.values()), default=1) or 1,
        nearest=nearest,
        too_many=_too_many(view, view.atlas.sectors),
    )


def _too_many(view: View, sectors: Iterable[Sector]) -> set[str]:
    """Return the ids of the sectors in which too many places work to measure pairs."""
    return {sector.id for sector in sectors if too_many(view.atlas, sector.id, view.selection)}


@panel()
def counterparts(view: View) -> str:
    """Draw whose counterparts the map and the list next to it show."""
    if not view.selection.sector:
        return ""
    return render("sectors/counterparts", view, focus=arcs.focus(view.atlas, view.selection))


@panel()
def paired(view: View) -> str:
    """Draw the list of the pairs across the border in the chosen sectors."""
    chosen = _chosen(view)
    if not chosen:
        return ""
    return render(
        "sectors/pairs",
        view,
        found=_pairs(view),
        alone={sector.id: unpaired(view.atlas, sector.id, view.selection) for sector in chosen},
        too_many=_too_many(view, chosen),
    )


def _pairs(view: View) -> list[tuple[Sector, tuple[Pair, ...]]]:
    return [(sector, pairs(view.atlas, sector.id, view.selection)) for sector in _chosen(view)]


def arcs_described(view: View) -> str:
    """Return in words what the map of the counterparts shows."""
    words = view.text
    lines = [
        labelled(
            words, sector.name[words.language], _nearest_described(view, nearest_pairs(all_pairs))
        )
        for sector, all_pairs in _pairs(view)
    ]
    described = BETWEEN_SIDES if view.atlas.has_sides else BETWEEN_REGIONS
    return words.gettext(
        described,
        pairs=words.pgettext("between conditions", "; ").join(lines),
    )


def _nearest_described(view: View, nearest: tuple[Pair, ...]) -> str:
    words = view.text
    lines = [
        words.gettext(
            "%(start)s to %(end)s %(distance)s",
            start=_short(view, pair.first),
            end=_short(view, pair.second),
            distance=how_far_briefly(words, pair.distance_km, pair.margin_km),
        )
        for pair in nearest
    ]
    return words.all_of(lines) or words.gettext("no pair")


def _short(view: View, place: Place) -> str:
    return place.short[view.selection.lang] or place.name[view.selection.lang]


def _deck(view: View, size: Size) -> pdk.Deck | None:
    if not view.selection.sector:
        return None
    seen = first_view(view.atlas, size)
    return deck(view.atlas, _marked(view), view.theme, seen, "all")


def _drawn(view: View) -> str:
    """Draw the same map as markup."""
    if not view.selection.sector:
        return ""
    return inline_map(view.atlas, _marked(view), first_views(view.atlas), "all")


def _marked(view: View) -> Selection:
    """Return the selection whose places are marked: those that work in any of the sectors."""
    return view.selection.but(match="any")


arcs_map = Map(name="sectors.map", fill=_drawn, deck=_deck, described=arcs_described)


@panel()
def evidence(view: View) -> str:
    """Draw both sides of the chosen sectors: places, confidence, evidence, firms."""
    return "".join(_evidence(view, sector) for sector in _chosen(view))


def _evidence(view: View, sector: Sector) -> str:
    in_scope = places_in_scope(view.atlas, sector.id, view.selection)
    return render(
        "sectors/evidence",
        view,
        sector=sector,
        held=_by_region(view, in_scope),
        elsewhere=beginning(places_out_of_scope(view.atlas, sector.id, view.selection)),
        inside=_inside(view),
    )


def _by_region(
    view: View, entries: tuple[SectorPlace, ...]
) -> list[tuple[Region | None, Beginning[SectorPlace]]]:
    """Return entries by region; all at once where there are not two or a few."""
    regions = view.atlas.regions
    if not 1 < len(regions) <= MOST_COLUMNS:
        return [(None, beginning(entries))]
    return [(region, beginning(in_region(entries, region.id))) for region in regions]


@panel()
def strengths(view: View) -> str:
    """Draw the places with evidence for each strength, of the chosen sectors if any are."""
    chosen = view.selection.sector
    sectors = [
        sector
        for sector in view.atlas.sectors
        if not chosen or {sector.id, sector.parent} & set(chosen)
    ]
    located = strength_places(view.atlas, sectors)
    if not located:
        return ""
    shortened = [(strength, beginning(strength.places)) for strength in located]
    return render(
        "sectors/strengths",
        view,
        found=shortened,
        level=view.atlas.level[located[0].sector.level],
        inside=_inside(view),
        is_credited=any(strength.sector.credited_side for strength in located),
    )


def _inside(view: View) -> set[str]:
    """Return the ids of the places in the base groups or on their land."""
    return {place.id for place in view.atlas.places if is_in_base_area(view.atlas, place)}


@panel()
def grid(view: View) -> str:
    """Draw the grid of sectors and places; each cell opens its evidence on this page."""
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
