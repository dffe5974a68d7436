"""Counts over the places a selection shows, for the key figures, the bars and the grid.

They are counted by region: by all of few, of many by the largest and the others.
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

# So many columns of bars stand beside each other on a screen.
MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many places of a group are shown, of how many there are said to be, by grade."""

    group: str
    shown: int
    size: int
    grades: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RegionBars:
    """How many of the shown places in each column of regions work in a sector.

    A place in several regions counts in each; `regions` is in how many regions any of them lie.
    """

    sector: Sector
    places: int
    counts: tuple[int, ...]
    regions: int


@dataclass(frozen=True, slots=True)
class RegionColumn:
    """The bits of the places in a region, or in all `others`, where `region` is None."""

    region: Region | None
    bits: int

    def count(self, places: int) -> int:
        """Return how many of a set of places lie here."""
        return (self.bits & places).bit_count()


@dataclass(frozen=True, eq=False)
class Summary:
    """Everything the panels count for one selection.

    Of `shown` places the grid has those that a list holds at once, each with the best confidence
    of its evidence by sector.
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
        """How many sectors have places at work in them in more than one region."""
        return sum(bar.regions > 1 for bar in self.bars)

    @property
    def highest(self) -> int:
        """The highest of the counts, and 1 at least: the length of the longest bar."""
        return max((count for bar in self.bars for count in bar.counts), default=1) or 1


@lru_cache(maxsize=4)
def region_columns(atlas: Atlas) -> tuple[RegionColumn, ...]:
    """Return the columns in which places are counted, in the order of the table; none of one."""
    if len(atlas.regions) < 2:
        return ()
    in_region = facet_index(atlas).side
    largest = sorted(atlas.regions, key=lambda region: -in_region[region.id].bit_count())
    shown = largest if len(largest) <= MOST_COLUMNS else largest[: MOST_COLUMNS - 1]
    columns = [RegionColumn(one, in_region[one.id]) for one in atlas.regions if one in shown]
    others = reduce(or_, (in_region[one.id] for one in largest[len(shown) :]), 0)
    return (*columns, RegionColumn(None, others)) if others else tuple(columns)


# It takes 0.1 ms, and a page asks for it three times.
@lru_cache(maxsize=1_024)
def _summary(atlas: Atlas, selection: Selection) -> Summary:
    index, bits = facet_index(atlas), matching(atlas, selection)
    present = _present(atlas, bits, selection)
    return Summary(
        shown=bits.bit_count(),
        total=index.universe(selection).bit_count(),
        firms=_firms(atlas, bits),
        groups=tuple(_group_count(atlas, group, bits) for group in atlas.base_groups),
        sectors=present,
        bars=tuple(_bar(atlas, sector, bits, selection) for sector in present),
        grid=tuple(
            (place, _confidences(atlas, place, selection)) for place in first(atlas, bits).rows
        ),
    )


def summary(atlas: Atlas, selection: Selection) -> Summary:
    """Return the counts of a selection; language and chosen places do not change them."""
    return _summary(atlas, filters(selection))


def _firms(atlas: Atlas, places: int) -> int:
    shown = {place.id for place in facet_index(atlas).select(places)}
    return sum(bool({firm.place, firm.park} & shown) for firm in atlas.enterprises)


def _group_count(atlas: Atlas, group: str, places: int) -> GroupCount:
    index = facet_index(atlas)
    counted = {grade: (places & index.grade[group, grade]).bit_count() for grade in atlas.status}
    return GroupCount(
        group,
        shown=(places & index.group[group]).bit_count(),
        size=atlas.group[group].size,
        grades=tuple((grade, count) for grade, count in counted.items() if count),
    )


def _present(atlas: Atlas, places: int, selection: Selection) -> tuple[Sector, ...]:
    """Return the sectors with evidence of their own at one of the places, in the table's order."""
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
