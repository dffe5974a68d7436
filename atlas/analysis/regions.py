"""The regions that places are counted by: all of few, of many the largest and the others."""

from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from atlas.model.records import Atlas
from atlas.model.terms import Region
from atlas.query.facets import facet_index

# So many columns of bars stand beside each other on a screen.
MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class RegionColumn:
    """The bits of the places in a region, or in all `others`, where `region` is None."""

    region: Region | None
    bits: int

    def count(self, places: int) -> int:
        """Return how many of a set of places lie here."""
        return (self.bits & places).bit_count()


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


def region_count(atlas: Atlas, places: int) -> int:
    """Return in how many regions some places of a set lie."""
    return sum(bool(bits & places) for bits in facet_index(atlas).side.values())
