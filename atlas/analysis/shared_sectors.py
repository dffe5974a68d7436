"""The sectors that two sides of the border, or two places, share, and those only one has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atlas.analysis.sector_places import scope
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.terms import Sector
from atlas.model.values import ANY_CONFIDENCE, Confidence
from atlas.query.facets import shown

# The highest confidence for each sector, by its id; a sector without evidence is left out.
BestConfidences = Mapping[str, Confidence]


@dataclass(frozen=True, slots=True)
class ComparedSector:
    """A sector with the highest confidence of each of the two; None without evidence."""

    sector: Sector
    one: Confidence | None
    other: Confidence | None


@dataclass(frozen=True, slots=True)
class SharedSectors:
    """The sectors by which of two sides or places have them, each in the order of the table."""

    shared: tuple[ComparedSector, ...]
    only_one: tuple[ComparedSector, ...]
    only_other: tuple[ComparedSector, ...]
    neither: tuple[ComparedSector, ...]


def compare_sides(atlas: Atlas, selection: Selection) -> SharedSectors:
    """Return the sectors that the regions of an atlas of two share, of places in scope."""
    places = shown(atlas, scope(selection))
    one, other = (
        best_confidences(
            atlas, (place for place in places if region.id in place.regions), selection
        )
        for region in atlas.regions
    )
    return _compare(atlas, one, other)


def compare_places(
    atlas: Atlas, first: Place, second: Place, selection: Selection
) -> SharedSectors:
    """Return the sectors that two places share, whether or not the filters show them."""
    return _compare(
        atlas,
        best_confidences(atlas, [first], selection),
        best_confidences(atlas, [second], selection),
    )


def _compare(atlas: Atlas, first: BestConfidences, second: BestConfidences) -> SharedSectors:
    rows = [
        ComparedSector(sector, first.get(sector.id), second.get(sector.id))
        for sector in atlas.sectors
    ]

    def rows_of(in_first: bool, in_second: bool) -> tuple[ComparedSector, ...]:
        return tuple(
            row
            for row in rows
            if (row.one is not None, row.other is not None) == (in_first, in_second)
        )

    return SharedSectors(
        shared=rows_of(True, True),
        only_one=rows_of(True, False),
        only_other=rows_of(False, True),
        neither=rows_of(False, False),
    )


def best_confidences(
    atlas: Atlas, places: Iterable[Place], selection: Selection
) -> BestConfidences:
    """Return the highest confidence that some places together have for each sector.

    Evidence for a strength counts for its field too.
    """
    ids = {place.id for place in places}
    levels = selection.confidence or ANY_CONFIDENCE
    rows = (row for row in atlas.evidence if row.place in ids and row.confidence in levels)
    best: dict[str, Confidence] = {}
    for row in sorted(rows, key=lambda row: ANY_CONFIDENCE.index(row.confidence)):
        for sector in (row.sector, atlas.sector[row.sector].parent):
            if sector:
                best.setdefault(sector, row.confidence)
    return best


def toggled(atlas: Atlas, chosen: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """Return the ids of the places to compare after a click on a place, at most two.

    A chosen place is dropped. A third place replaces the one of its regions.
    """
    if place.id in chosen:
        return tuple(id for id in chosen if id != place.id)
    if len(chosen) < 2:
        return (*chosen, place.id)
    alike = [id for id in chosen if atlas.place[id].regions == place.regions]
    replaced = alike[0] if alike else chosen[0]
    return (*(id for id in chosen if id != replaced), place.id)
