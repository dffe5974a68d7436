"""What two sides, or two places, have in common, and what only one of them has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atlas.analysis.sector_places import scope
from atlas.model.records import Atlas, Place, Sector
from atlas.model.selection import Selection
from atlas.model.values import CONFIDENCES, SIDES, Confidence
from atlas.query.facets import shown, sides

SectorsHeld = Mapping[str, Confidence]


@dataclass(frozen=True, slots=True)
class Standing:
    """A sector and the highest confidence with which each of the two has it; None if not."""

    sector: Sector
    one: Confidence | None
    other: Confidence | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """The sectors of two sides or places, in the order of the table."""

    shared: tuple[Standing, ...]
    only_one: tuple[Standing, ...]
    only_other: tuple[Standing, ...]
    neither: tuple[Standing, ...]


def of_sides(atlas: Atlas, selection: Selection) -> Overlap:
    """Compare the places in scope on the Sichuan side (one) with those in Chongqing (other)."""
    places = shown(atlas, scope(selection))
    one, other = (
        sectors_held(atlas, (place for place in places if side in sides(place)), selection)
        for side in SIDES
    )
    return overlap(atlas, one, other)


def of_places(atlas: Atlas, one: Place, other: Place, selection: Selection) -> Overlap:
    """Compare two places, whatever the filters show of them."""
    return overlap(
        atlas, sectors_held(atlas, [one], selection), sectors_held(atlas, [other], selection)
    )


def overlap(atlas: Atlas, one: SectorsHeld, other: SectorsHeld) -> Overlap:
    """Sort the sectors by who has them."""
    standings = [
        Standing(sector, one.get(sector.id), other.get(sector.id)) for sector in atlas.sectors
    ]

    def those(with_one: bool, with_other: bool) -> tuple[Standing, ...]:
        wanted = (with_one, with_other)
        return tuple(
            standing
            for standing in standings
            if (standing.one is not None, standing.other is not None) == wanted
        )

    return Overlap(those(True, True), those(True, False), those(False, True), those(False, False))


def sectors_held(atlas: Atlas, places: Iterable[Place], selection: Selection) -> SectorsHeld:
    """Return the sectors of some places together, each with its highest confidence.

    A strength counts for its field too.
    """
    ids = {place.id for place in places}
    levels = selection.confidence or CONFIDENCES
    rows = (row for row in atlas.evidence if row.place in ids and row.confidence in levels)
    best: dict[str, Confidence] = {}
    for row in sorted(rows, key=lambda row: CONFIDENCES.index(row.confidence)):
        for sector in (row.sector, atlas.sector[row.sector].parent):
            if sector:
                best.setdefault(sector, row.confidence)
    return best


def toggled(atlas: Atlas, chosen: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """Return the two places to compare after a click on one.

    A chosen one is dropped. A third takes the place of the one on its side of the border.
    """
    if place.id in chosen:
        return tuple(id for id in chosen if id != place.id)
    if len(chosen) < 2:
        return (*chosen, place.id)
    alike = [id for id in chosen if atlas.place[id].side == place.side]
    leaves = alike[0] if alike else chosen[0]
    return (*(id for id in chosen if id != leaves), place.id)
