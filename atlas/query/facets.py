"""The filters of places: which ones a selection shows, and how many each further choice would.

The places with each value of each facet are a bitset, stored as an integer; counting is then an
AND and a population count, however many places there are.
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
from atlas.query.search import matcher, searchable

_Key = TypeVar("_Key")


class Repair(NamedTuple):
    """A change to one filter that would show places again, and how many."""

    selection: Selection
    parameter: str
    value: str
    place_count: int


@dataclass(frozen=True, eq=False)
class FacetIndex:
    """All places except regions, which are never shown, and bitsets of them.

    Each bitset is by the id of what its places have in common, for `grade` by group and grade, for
    evidence by sector and confidence. `own` has the evidence for a sector itself, `evidence` also
    that for its parts. `position` is the bit of each place.
    """

    atlas: Atlas
    places: tuple[Place, ...]
    kind: Mapping[str, int]
    faces: Mapping[str, int]
    points: int  # places of extent `point`
    side: Mapping[str, int]  # by region
    on_border: int  # of two regions
    group: Mapping[str, int]
    grade: Mapping[tuple[str, str], int]
    evidence: Mapping[tuple[str, str], int]
    own: Mapping[tuple[str, str], int]
    state: Mapping[str, int]  # by state of a firm there
    firm: Mapping[str, int]
    searchable: tuple[tuple[str, ...], ...]
    position: Mapping[str, int]

    def bits(self, selection: Selection) -> int:
        """Return the bits of the places that pass every filter of a selection."""
        active = (name for name in NARROWING if is_on(selection, name))
        passing = (PREDICATES[name](self, selection) for name in active)
        return reduce(and_, passing, self.universe(selection))

    def universe(self, selection: Selection) -> int:
        """Return the bits of the places in the base groups and the selected optional ones."""
        return _union(self.group[group] for group in self.groups(selection))

    def groups(self, selection: Selection) -> tuple[str, ...]:
        """Return the ids of the base groups and the selected optional ones."""
        return (*self.atlas.base_groups, *selection.sets)

    def select(self, bits: int, most: int | None = None) -> tuple[Place, ...]:
        """Return the places of a bitset, `most` of them at most, in the order of the table."""
        return tuple(islice(compress(self.places, map("1".__eq__, reversed(f"{bits:b}"))), most))

    def across(self, place: Place) -> int:
        """Return the bits of the places that lie in other regions than a place, and in none of its.

        A place on the border is across it from every place, and every place from it.
        """
        if place.side == "both":
            return -1
        own = _union(self.side[region] for region in place.regions)
        return (_union(self.side.values()) & ~own | self.on_border) if own else 0

    def sector(self, sector: str, confidences: Iterable[str] = ()) -> int:
        """Return the bits of the places with evidence for a sector, of some confidences or any."""
        return _union(self.evidence[sector, level] for level in confidences or ANY_CONFIDENCE)

    def with_sectors(self, selection: Selection) -> int:
        """Return the bits of the places with evidence for any, or all, of the selected sectors."""
        places = (self.sector(sector, selection.confidence) for sector in selection.sector)
        return reduce(and_ if selection.match == "all" else or_, places)

    def with_confidences(self, selection: Selection) -> int:
        """Return the bits of the places with evidence of any of the selected confidences."""
        sectors = (sector.id for sector in self.atlas.sectors)
        return _union(self.sector(sector, selection.confidence) for sector in sectors)

    def with_grades(self, selection: Selection) -> int:
        """Return the bits of the places with any of the selected grades in a group that is on."""
        groups = self.groups(selection)
        return _union(self.grade[group, grade] for group in groups for grade in selection.grade)


@lru_cache(maxsize=128)
def _search_hits(index: FacetIndex, search: str) -> int:
    """Return the bits of the places that a search finds; without a letter or digit, none."""
    if not any(map(str.isalnum, search)):
        return 0
    matches = matcher(search)
    hits = (any(map(matches, texts)) for texts in index.searchable)
    return bitset(position for position, hit in enumerate(hits) if hit)


def _union(bitsets: Iterable[int]) -> int:
    return reduce(or_, bitsets, 0)


# The bits of the places that pass each filter, if it is on.
PREDICATES: Mapping[str, Callable[[FacetIndex, Selection], int]] = {
    "sector": FacetIndex.with_sectors,
    "kind": lambda index, selection: _union(index.kind[kind] for kind in selection.kind),
    "side": lambda index, selection: _union(index.side[side] for side in selection.side),
    "grade": FacetIndex.with_grades,
    "confidence": FacetIndex.with_confidences,
    "state": lambda index, selection: _union(index.state[state] for state in selection.state),
    "firm": lambda index, selection: _union(index.firm[firm] for firm in selection.firm),
    "q": lambda index, selection: _search_hits(index, selection.q),
}


def is_on(selection: Selection, name: str) -> bool:
    """Return whether a parameter differs from its default."""
    return bool(getattr(selection, name) != PARAMETERS[name].default)


def bitset(positions: Iterable[int]) -> int:
    """Return an integer with the bits at some positions set, in time linear in the highest one."""
    indices = list(positions)
    packed = bytearray(max(indices, default=-1) // 8 + 1)
    for position in indices:
        packed[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(packed, "little")


@lru_cache(maxsize=4)
def facet_index(atlas: Atlas) -> FacetIndex:
    """Return the index of an atlas, built once."""
    places = tuple(place for place in atlas.places if place.extent != "region")
    position_of = {place.id: position for position, place in enumerate(places)}
    members = [row for row in atlas.memberships if row.place in position_of]
    evidence = [row for row in atlas.evidence if row.place in position_of]
    own = [((row.sector, row.confidence), position_of[row.place]) for row in evidence]
    # Evidence for part of a sector counts for the whole sector too.
    parents = [((atlas.sector[id].parent or id, level), bit) for (id, level), bit in own]
    firms = [
        (firm, position_of[id])
        for firm in atlas.enterprises
        for id in firm.places
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
        evidence=_collect(own + parents),
        own=_collect(own),
        state=_collect((firm.state, bit) for firm, bit in firms if firm.state),
        firm=_collect((firm.id, bit) for firm, bit in firms),
        searchable=tuple(searchable(atlas)[place.id] for place in places),
        position=position_of,
    )


def _collect(pairs: Iterable[tuple[_Key, int]]) -> Mapping[_Key, int]:
    """Return the positions of each key as a bitset."""
    positions: defaultdict[_Key, list[int]] = defaultdict(list)
    for key, position in pairs:
        positions[key].append(position)
    return defaultdict(int, {key: bitset(indices) for key, indices in positions.items()})


# A bitset of 2,000 places is 0.3 kB.
@lru_cache(maxsize=2_048)
def matching(atlas: Atlas, selection: Selection) -> int:
    """Return the bits of the places that a selection of filters alone shows."""
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
    """Return how many places each value of each facet would show, with the other filters on.

    The values of a facet are alternatives, so each is counted alone. Only further sectors of which
    all must be present, and further groups, are counted together with the selected ones.
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
    values: tuple[str, ...] = getattr(selection, facet)
    adds = LISTS[facet].widens or (facet == "sector" and selection.match == "all")
    return selection.but(**{facet: tuple(dict.fromkeys((*values, value))) if adds else (value,)})


@lru_cache(maxsize=4_096)
def filters(selection: Selection) -> Selection:
    """Return a selection with only its filters of places, which decide what is shown."""
    return Selection(**{name: getattr(selection, name) for name in PLACE_FILTERS})


def chosen_bits(atlas: Atlas, selection: Selection) -> int:
    """Return the bits of the places that a selection shows."""
    return matching(atlas, filters(selection))


def repairs(atlas: Atlas, selection: Selection) -> tuple[Repair, ...]:
    """Return the changes of a single filter that show places again, most places first."""
    changes = (
        Repair(changed, parameter, value, count(atlas, changed))
        for parameter, value, changed in _changes(selection)
    )
    useful = (change for change in changes if change.place_count)
    return tuple(sorted(useful, key=lambda change: -change.place_count))


def _changes(selection: Selection) -> Iterator[tuple[str, str, Selection]]:
    """Yield each filter that can be removed: parameter, removed value, and the new selection."""
    if selection.match == "all" and len(selection.sector) > 1:
        yield "match", "any", selection.but(match="any")
    for sector in selection.sector:
        yield "sector", sector, selection.without("sector", sector)
    for name in NARROWING:
        if name != "sector" and is_on(selection, name):
            value = "" if name in LISTS else str(getattr(selection, name))
            yield name, value, selection.but(**{name: PARAMETERS[name].default})
