"""Counts of the places that a selection shows, for the key figures, the bars and the grid.

The bars count by region. Of many regions, the smaller ones share a column.
"""

from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.terms import Region, Sector
from atlas.model.values import ANY_CONFIDENCE, Confidence
from atlas.query.facets import facet_index, filters, matching
from atlas.query.list_limits import first
from atlas.query.profile import profile

# The columns of bars that fit on a screen side by side.
MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many places of a group are shown, of its stated size, and how many of each grade."""

    group: str
    shown: int
    size: int
    grades: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RegionBars:
    """How many of the shown places in each column of regions work in a sector.

    A place in several regions counts in each; `regions` is the number of regions with any.
    """

    sector: Sector
    places: int
    counts: tuple[int, ...]
    regions: int


@dataclass(frozen=True, slots=True)
class RegionColumn:
    """The bitset of the places in a region; `region` is None for the column of all others."""

    region: Region | None
    bits: int

    def count(self, places: int) -> int:
        """Return how many places of a bitset lie here."""
        return (self.bits & places).bit_count()


@dataclass(frozen=True, eq=False)
class Summary:
    """Everything that the panels count for a selection.

    The grid has the beginning of the list of places, each with its highest confidence by sector.
    """

    shown: int
    total: int
    firms: int
    groups: tuple[GroupCount, ...]
    sectors: tuple[Sector, ...]
    bars: tuple[RegionBars, ...]
    grid: tuple[tuple[Place, dict[str, Confidence]], ...]

    @property
    def in_several_regions(self) -> int:
        """How many sectors have places in more than one region."""
        return sum(bar.regions > 1 for bar in self.bars)

    @property
    def highest(self) -> int:
        """The highest count, at least 1, which is the length of the longest bar."""
        return max((count for bar in self.bars for count in bar.counts), default=1) or 1


@lru_cache(maxsize=4)
def region_columns(atlas: Atlas) -> tuple[RegionColumn, ...]:
    """Return the columns of regions in the order of the table; none for a single region."""
    if len(atlas.regions) < 2:
        return ()
    bits = facet_index(atlas).side
    by_size = sorted(atlas.regions, key=lambda region: -bits[region.id].bit_count())
    largest = by_size if len(by_size) <= MOST_COLUMNS else by_size[: MOST_COLUMNS - 1]
    columns = [RegionColumn(row, bits[row.id]) for row in atlas.regions if row in largest]
    others = reduce(or_, (bits[region.id] for region in by_size[len(largest) :]), 0)
    return (*columns, RegionColumn(None, others)) if others else tuple(columns)


# It takes 0.1 ms, and a page needs it three times.
@lru_cache(maxsize=1_024)
def _summary(atlas: Atlas, selection: Selection) -> Summary:
    index, bits = facet_index(atlas), matching(atlas, selection)
    sectors = _sectors(atlas, bits, selection)
    return Summary(
        shown=bits.bit_count(),
        total=index.universe(selection).bit_count(),
        firms=_firms(atlas, bits),
        groups=tuple(_group_count(atlas, group, bits) for group in atlas.base_groups),
        sectors=sectors,
        bars=tuple(_bar(atlas, sector, bits, selection) for sector in sectors),
        grid=tuple(
            (place, _confidences(atlas, place, selection)) for place in first(atlas, bits).rows
        ),
    )


def summary(atlas: Atlas, selection: Selection) -> Summary:
    """Return the counts of a selection, which depend on its filters alone."""
    return _summary(atlas, filters(selection))


def _firms(atlas: Atlas, places: int) -> int:
    ids = {place.id for place in facet_index(atlas).select(places)}
    return sum(not ids.isdisjoint(firm.places) for firm in atlas.enterprises)


def _group_count(atlas: Atlas, group: str, places: int) -> GroupCount:
    index = facet_index(atlas)
    counts = {grade: (places & index.grade[group, grade]).bit_count() for grade in atlas.status}
    return GroupCount(
        group,
        shown=(places & index.group[group]).bit_count(),
        size=atlas.group[group].size,
        grades=tuple((grade, count) for grade, count in counts.items() if count),
    )


def _sectors(atlas: Atlas, places: int, selection: Selection) -> tuple[Sector, ...]:
    """Return the sectors for which a place has evidence, not counting that for their parts."""
    own, levels = facet_index(atlas).own, selection.confidence or ANY_CONFIDENCE
    return tuple(
        sector
        for sector in atlas.sectors
        if any(places & own[sector.id, level] for level in levels)
    )


def _bar(atlas: Atlas, sector: Sector, places: int, selection: Selection) -> RegionBars:
    bits = places & facet_index(atlas).sector(sector.id, selection.confidence)
    counts = tuple(column.count(bits) for column in region_columns(atlas))
    regions = sum(bool(region & bits) for region in facet_index(atlas).side.values())
    return RegionBars(sector, bits.bit_count(), counts, regions)


def _confidences(atlas: Atlas, place: Place, selection: Selection) -> dict[str, Confidence]:
    levels = selection.confidence or ANY_CONFIDENCE
    return {
        evidence.sector.id: row.confidence
        for evidence in profile(atlas, place.id).sectors
        for row in reversed(evidence.rows)
        if row.confidence in levels
    }
