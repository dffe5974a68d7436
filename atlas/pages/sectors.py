"""The parts of the sectors page."""

from collections.abc import Iterable

from atlas.analysis import sector_places
from atlas.analysis.pairs import Pair, nearest_pairs, pairs, too_many, unpaired
from atlas.analysis.shared_sectors import of_places, of_sides, toggled
from atlas.analysis.summary import summary
from atlas.map import arcs
from atlas.model import selection
from atlas.model.records import Group, Place, Sector
from atlas.model.values import SIDES
from atlas.pages.overview import legend, picture
from atlas.pages.panels import Columns, Element, Parts, panel, render
from atlas.pages.view import View
from atlas.query.facets import chosen_bits, filters
from atlas.query.list_limits import beginning, first
from atlas.query.wording import how_far_briefly, labelled, sentence


@panel
def heading(view: View) -> str:
    """Draw the title, the choice of a sector, and which places are counted."""
    covered = filters(sector_places.scope(view.selection)).but(lang=view.selection.lang)
    return render(
        "sectors/heading",
        view,
        chosen=_chosen(view),
        names=view.text.all_of([one.name[view.selection.lang] for one in _chosen(view)]),
        further=_further(view),
        covered=sentence(view.atlas, covered, view.text) if covered.is_filtered() else "",
        cleared=view.selection.cleared().but(sector=view.selection.sector),
    )


def _further(view: View) -> list[tuple[Group, tuple[str, ...]]]:
    """Return the optional sets, each with what would be on after a click on it."""
    return [
        (view.atlas.group[one], selection.toggled(view.atlas, view.selection, "sets", one).sets)
        for one in selection.vocabulary(view.atlas)["sets"]
    ]


def _chosen(view: View) -> list[Sector]:
    return [view.atlas.sector[one] for one in view.selection.sector]


@panel
def index(view: View) -> str:
    """Draw every sector with its places on both sides and its nearest pair; with none chosen."""
    if view.selection.sector:
        return ""
    counted = summary(view.atlas, sector_places.scope(view.selection))
    bars = {bar.sector.id: bar for bar in counted.bars}
    widest = max((max(bar.sichuan, bar.chongqing) for bar in counted.bars), default=1)
    nearest = {
        sector.id: next(iter(pairs(view.atlas, sector.id, view.selection)), None)
        for sector in view.atlas.sectors
    }
    return render(
        "sectors/index",
        view,
        bars=bars,
        widest=max(widest, 1),
        nearest=nearest,
        too_many=_too_many(view, view.atlas.sectors),
    )


def _too_many(view: View, sectors: Iterable[Sector]) -> set[str]:
    """Return the sectors in which so many places work that they are not paired."""
    return {one.id for one in sectors if too_many(view.atlas, one.id, view.selection)}


@panel
def counterparts(view: View) -> str:
    """Say whose counterparts the map and the list beside it show."""
    if not view.selection.sector:
        return ""
    return render("sectors/counterparts", view, focus=arcs.focus(view.atlas, view.selection))


@panel
def paired(view: View) -> str:
    """List the pairs across the border of the chosen sectors."""
    chosen = _chosen(view)
    if not chosen:
        return ""
    return render(
        "sectors/pairs",
        view,
        found=_pairs(view),
        alone={one.id: unpaired(view.atlas, one.id, view.selection) for one in chosen},
        too_many=_too_many(view, chosen),
    )


def _pairs(view: View) -> list[tuple[Sector, tuple[Pair, ...]]]:
    return [(sector, pairs(view.atlas, sector.id, view.selection)) for sector in _chosen(view)]


def arcs_described(view: View) -> str:
    """Return in words what the map of the counterparts shows."""
    words = view.text
    lines = [
        labelled(words, sector.name[words.language], _nearest_described(view, nearest_pairs(ways)))
        for sector, ways in _pairs(view)
    ]
    return words.gettext(
        "Map with arcs between counterparts across the border. %(pairs)s. "
        "The list beside it holds the same pairs.",
        pairs=words.pgettext("between conditions", "; ").join(lines),
    )


def _nearest_described(view: View, nearest: tuple[Pair, ...]) -> str:
    words = view.text
    lines = [
        words.gettext(
            "%(start)s to %(end)s %(distance)s",
            start=_short(view, pair.sichuan),
            end=_short(view, pair.chongqing),
            distance=how_far_briefly(words, pair.distance_km, pair.margin_km),
        )
        for pair in nearest
    ]
    return words.all_of(lines) or words.gettext("no pair")


def _short(view: View, place: Place) -> str:
    return place.short[view.selection.lang] or place.name[view.selection.lang]


@panel
def evidence(view: View) -> str:
    """Draw both sides of the chosen sectors: places, confidence, evidence, firms."""
    return "".join(_evidence(view, sector) for sector in _chosen(view))


def _evidence(view: View, sector: Sector) -> str:
    at_work = sector_places.holders(view.atlas, sector.id, view.selection)
    return render(
        "sectors/evidence",
        view,
        sector=sector,
        held={side: beginning(sector_places.on_side(at_work, side)) for side in SIDES},
        elsewhere=beginning(sector_places.elsewhere(view.atlas, sector.id, view.selection)),
        inside=_inside(view),
    )


@panel
def strengths(view: View) -> str:
    """Draw where the named strengths sit; of the chosen sectors only, if any are chosen."""
    chosen = view.selection.sector
    wanted = [one for one in view.atlas.sectors if not chosen or {one.id, one.parent} & set(chosen)]
    found = sector_places.whereabouts(view.atlas, wanted)
    if not found:
        return ""
    shortened = [(strength, beginning(strength.holders)) for strength in found]
    return render("sectors/strengths", view, found=shortened, inside=_inside(view))


def _inside(view: View) -> set[str]:
    return {one.id for one in view.atlas.places if sector_places.is_inside(view.atlas, one)}


@panel
def grid(view: View) -> str:
    """Draw the sector x place grid; each cell opens its evidence on this page."""
    return render("grid", view, summary=summary(view.atlas, sector_places.scope(view.selection)))


@panel
def overlap(view: View) -> str:
    """Draw what both sides, and two chosen places, share and what only one of them has."""
    compared = view.selection.compare[:2]
    two = [view.atlas.place[one] for one in compared]
    offered = first(view.atlas, chosen_bits(view.atlas, sector_places.scope(view.selection)))
    return render(
        "sectors/overlap",
        view,
        of_sides=of_sides(view.atlas, view.selection),
        two=two,
        of_two=of_places(view.atlas, two[0], two[1], view.selection) if len(two) == 2 else None,
        choices=_choices(view, compared, offered.rows),
        more=offered.more,
    )


def _choices(
    view: View, compared: tuple[str, ...], first_offered: tuple[Place, ...]
) -> list[tuple[Place, tuple[str, ...]]]:
    """Return the places to choose from, each with what would be compared after a click on it."""
    offered = dict.fromkeys((*first_offered, *(view.atlas.place[one] for one in compared)))
    return [(place, toggled(view.atlas, compared, place)) for place in offered]


PARTS: Parts = (
    heading,
    counterparts,
    Columns(
        widths=(1.5, 1),
        left=(Element("arcs", stand_in=picture), legend),
        right=(paired,),
        when=lambda view: bool(view.selection.sector),
    ),
    evidence,
    index,
    strengths,
    grid,
    overlap,
)
