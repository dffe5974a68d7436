"""Which places a selection shows, and how many places each further choice would show.

Every value of every facet is a set of places, stored as the bits of an integer, so that
counting is an AND and a population count, however many places there are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import compress, islice
from operator import and_, or_
from typing import NamedTuple, TypeVar

from atlas.model.records import Atlas, Place
from atlas.model.selection import LISTS, NARROWING, PARAMETERS, PLACE_FILTERS, Selection, vocabulary
from atlas.model.values import ANY_CONFIDENCE
from atlas.query.search import finder, searchable

_Key = TypeVar("_Key")


class Repair(NamedTuple):
    """A change of the filters that would show places again, and how many."""

    selection: Selection
    parameter: str
    value: str
    place_count: int


@dataclass(frozen=True, eq=False)
class FacetIndex:
    """The places of an atlas that may be shown, and the bits of each facet value."""

    atlas: Atlas
    places: tuple[Place, ...]
    kind: Mapping[str, int]
    faces: Mapping[str, int]
    points: int  # places that are no land
    side: Mapping[str, int]  # by region
    on_border: int  # of two regions
    group: Mapping[str, int]
    grade: Mapping[tuple[str, str], int]
    evidence: Mapping[tuple[str, str], int]
    own: Mapping[tuple[str, str], int]
    state: Mapping[str, int]  # with a firm in a state
    firm: Mapping[str, int]
    searchable: tuple[tuple[str, ...], ...]
    position: Mapping[str, int]

    def bits(self, selection: Selection) -> int:
        """Return the bits of the places that pass every filter of the selection."""
        active = (name for name in NARROWING if is_on(selection, name))
        passing = (LEAVES[name](self, selection) for name in active)
        return reduce(and_, passing, self.universe(selection))

    def universe(self, selection: Selection) -> int:
        """Return the bits of the places in the base groups and the optional sets that are on."""
        return _union(self.group[group] for group in self.groups(selection))

    def groups(self, selection: Selection) -> tuple[str, ...]:
        """Return the ids of the groups that are on."""
        return (*self.atlas.base_groups, *selection.sets)

    def select(self, bits: int, most: int | None = None) -> tuple[Place, ...]:
        """Return the places of a set of bits, or its first ones, in the order of the table."""
        return tuple(islice(compress(self.places, map("1".__eq__, reversed(f"{bits:b}"))), most))

    def across(self, place: Place) -> int:
        """Return the bits of the places in another region, and in none of a place's own.

        A place on the border of two has both across, and is across it for everyone.
        """
        if place.side == "both":
            return -1
        own = _union(self.side[region] for region in place.regions)
        return (_union(self.side.values()) & ~own | self.on_border) if own else 0

    def sector(self, sector: str, confidences: Iterable[str] = ()) -> int:
        """Return the bits of the places with evidence for a sector, at any of some confidences.

        Without confidences, at any.
        """
        return _union(self.evidence[sector, level] for level in confidences or ANY_CONFIDENCE)

    def of_sectors(self, selection: Selection) -> int:
        """Return the bits of the places with evidence for any of the sectors, or for all."""
        places = (self.sector(sector, selection.confidence) for sector in selection.sector)
        return reduce(and_ if selection.match == "all" else or_, places)

    def confident(self, selection: Selection) -> int:
        """Return the bits of the places with evidence at any of the confidences chosen."""
        sectors = (sector.id for sector in self.atlas.sectors)
        return _union(self.sector(sector, selection.confidence) for sector in sectors)

    def graded(self, selection: Selection) -> int:
        """Return the bits of the places with any of the grades chosen, in a group that is on."""
        groups = self.groups(selection)
        return _union(self.grade[group, grade] for group in groups for grade in selection.grade)


@lru_cache(maxsize=128)
def _search_hits(index: FacetIndex, search: str) -> int:
    """Return the bits of the places that a search finds: marks without a letter are in no name."""
    if not any(map(str.isalnum, search)):
        return 0
    finds = finder(search)
    hits = (any(map(finds, texts)) for texts in index.searchable)
    return bitset(position for position, hit in enumerate(hits) if hit)


def _union(parts: Iterable[int]) -> int:
    return reduce(or_, parts, 0)


# The bits of the places that pass each filter, where it is set.
LEAVES: Mapping[str, Callable[[FacetIndex, Selection], int]] = {
    "sector": FacetIndex.of_sectors,
    "kind": lambda index, selection: _union(index.kind[kind] for kind in selection.kind),
    "side": lambda index, selection: _union(index.side[side] for side in selection.side),
    "grade": FacetIndex.graded,
    "confidence": FacetIndex.confident,
    "state": lambda index, selection: _union(index.state[state] for state in selection.state),
    "firm": lambda index, selection: _union(index.firm[firm] for firm in selection.firm),
    "q": lambda index, selection: _search_hits(index, selection.q),
}


def is_on(selection: Selection, name: str) -> bool:
    """Return whether a selection sets a parameter to a value other than its default."""
    return bool(getattr(selection, name) != PARAMETERS[name].default)


def bitset(positions: Iterable[int]) -> int:
    """Return a set of positions as the bits of an integer, in time linear in the highest."""
    indices = list(positions)
    packed = bytearray(max(indices, default=-1) // 8 + 1)
    for position in indices:
        packed[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(packed, "little")


@lru_cache(maxsize=4)
def facet_index(atlas: Atlas) -> FacetIndex:
    """Return the index of an atlas, built once. Regions are left out: they are never shown."""
    places = tuple(place for place in atlas.places if place.extent != "region")
    position_of = {place.id: position for position, place in enumerate(places)}
    members = [row for row in atlas.memberships if row.place in position_of]
    evidence = [row for row in atlas.evidence if row.place in position_of]
    own = [((row.sector, row.confidence), position_of[row.place]) for row in evidence]
    # Evidence for a strength counts for its field too.
    fields = [((atlas.sector[id].parent or id, level), at) for (id, level), at in own]
    firms = [
        (row, position_of[id])
        for row in atlas.enterprises
        for id in row.places
        if id in position_of
    ]
    return FacetIndex(
        atlas=atlas,
        places=places,
        kind=_collect((place.kind, position_of[place.id]) for place in places),
        faces=_collect((place.faces, position_of[place.id]) for place in places),
        side=_collect((id, position_of[place.id]) for place in places for id in place.regions),
        on_border=bitset(position_of[place.id] for place in places if place.side == "both"),
        points=bitset(position_of[place.id] for place in places if place.extent == "point"),
        group=_collect((row.group, position_of[row.place]) for row in members),
        grade=_collect(((row.group, row.grade), position_of[row.place]) for row in members),
        evidence=_collect(own + fields),
        own=_collect(own),
        state=_collect((row.state, at) for row, at in firms if row.state),
        firm=_collect((row.id, at) for row, at in firms),
        searchable=tuple(searchable(atlas)[place.id] for place in places),
        position=position_of,
    )


def _collect(pairs: Iterable[tuple[_Key, int]]) -> Mapping[_Key, int]:
    """Return the positions of each key, as bits."""
    positions: defaultdict[_Key, list[int]] = defaultdict(list)
    for key, position in pairs:
        positions[key].append(position)
    return defaultdict(int, {key: bitset(indices) for key, indices in positions.items()})


# A set of 2,000 places is 0.3 kB.
@lru_cache(maxsize=2_048)
def matching(atlas: Atlas, selection: Selection) -> int:
    """Return the bits of the places a selection shows."""
    return facet_index(atlas).bits(selection)


def shown(atlas: Atlas, selection: Selection) -> tuple[Place, ...]:
    """Return the places a selection shows, in the order of the table."""
    return _shown(atlas, filters(selection))


# Of 2,000 places each holds 16 kB.
@lru_cache(maxsize=32)
def _shown(atlas: Atlas, selection: Selection) -> tuple[Place, ...]:
    return facet_index(atlas).select(matching(atlas, selection))


def count(atlas: Atlas, selection: Selection) -> int:
    """Return how many places a selection shows."""
    return chosen_bits(atlas, selection).bit_count()


def is_shown(atlas: Atlas, selection: Selection, place: Place) -> bool:
    """Return whether a selection shows a place."""
    position = facet_index(atlas).position.get(place.id)
    return position is not None and bool(chosen_bits(atlas, selection) >> position & 1)


def counts(atlas: Atlas, selection: Selection) -> Mapping[str, Mapping[str, int]]:
    """Return, for each value of each facet, how many places it would show.

    The other filters stay on. The values of a facet are alternatives, so each is counted
    alone; only sectors that must all be present are counted together with the chosen ones.
    """
    return _counts(atlas, filters(selection))


@lru_cache(maxsize=1_024)
def _counts(atlas: Atlas, selection: Selection) -> Mapping[str, Mapping[str, int]]:
    return {
        facet: {
            value: matching(atlas, _with(selection, facet, value)).bit_count() for value in values
        }
        for facet, values in vocabulary(atlas).items()
        if facet in PLACE_FILTERS
    }


def _with(selection: Selection, facet: str, value: str) -> Selection:
    chosen: tuple[str, ...] = getattr(selection, facet)
    adds = LISTS[facet].widens or (facet == "sector" and selection.match == "all")
    return selection.but(**{facet: tuple(dict.fromkeys((*chosen, value))) if adds else (value,)})


@lru_cache(maxsize=4_096)
def filters(selection: Selection) -> Selection:
    """Return only the filters of places; the rest of a selection does not change what is shown."""
    return Selection(**{name: getattr(selection, name) for name in PLACE_FILTERS})


def chosen_bits(atlas: Atlas, selection: Selection) -> int:
    """Return the bits of the places a selection shows, whatever else is in the selection."""
    return matching(atlas, filters(selection))


def repairs(atlas: Atlas, selection: Selection) -> tuple[Repair, ...]:
    """Return the single changes of filters that show places again, most places first."""
    offers = (
        Repair(changed, parameter, value, chosen_bits(atlas, changed).bit_count())
        for parameter, value, changed in _changes(selection)
    )
    useful = (offer for offer in offers if offer.place_count)
    return tuple(sorted(useful, key=lambda offer: -offer.place_count))


def _changes(selection: Selection) -> Iterator[tuple[str, str, Selection]]:
    if selection.match == "all" and len(selection.sector) > 1:
        yield "match", "any", selection.but(match="any")
    for sector in selection.sector:
        yield "sector", sector, selection.without("sector", sector)
    for name in NARROWING:
        if name != "sector" and is_on(selection, name):
            value = "" if name in LISTS else str(getattr(selection, name))
            yield name, value, selection.but(**{name: PARAMETERS[name].default})
