"""Which places a selection shows, and how many each further choice would.

Every value of every facet is a set of places, kept as the bits of one integer, so
that a count is an AND and a population count whatever the number of places.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import compress, islice
from operator import and_, or_
from typing import NamedTuple, TypeVar

from atlas.model.records import Atlas, Place
from atlas.model.selection import (
    LISTS,
    NARROWING,
    PARAMETERS,
    PLACE_FILTERS,
    Selection,
    vocabulary,
)
from atlas.model.values import CONFIDENCES, SHOWN_KINDS, SIDES

_Key = TypeVar("_Key")


class Repair(NamedTuple):
    """A change that would give an empty result some places again."""

    selection: Selection
    parameter: str
    value: str
    found: int


@dataclass(frozen=True, eq=False)
class FacetIndex:
    """The places of an atlas that may be shown, and the bits of each facet value."""

    atlas: Atlas
    places: tuple[Place, ...]
    kind: Mapping[str, int]
    side: Mapping[str, int]
    group: Mapping[str, int]
    grade: Mapping[tuple[str, str], int]
    evidence: Mapping[tuple[str, str], int]
    own: Mapping[tuple[str, str], int]
    state: Mapping[str, int]  # with a firm in a state
    searchable: tuple[str, ...]
    position: Mapping[str, int]

    def bits(self, selection: Selection) -> int:
        """Return the places that pass every filter of the selection."""
        on = (name for name in NARROWING if is_on(selection, name))
        left = (LEAVES[name](self, selection) for name in on)
        return reduce(and_, left, self.universe(selection))

    def universe(self, selection: Selection) -> int:
        """Return the places of the base groups and of the optional sets that are on."""
        return _union(self.group[group] for group in self.groups(selection))

    def groups(self, selection: Selection) -> tuple[str, ...]:
        """Return the ids of the groups that are on."""
        return (*self.atlas.base_groups, *selection.sets)

    def select(self, bits: int) -> tuple[Place, ...]:
        """Return the places of a set of bits, in the order of the table."""
        return tuple(self._each(bits))

    def first(self, bits: int, most: int) -> tuple[Place, ...]:
        """Return the first places of a set of bits, in the order of the table."""
        return tuple(islice(self._each(bits), most))

    def _each(self, bits: int) -> Iterator[Place]:
        return compress(self.places, map("1".__eq__, reversed(f"{bits:b}")))

    def by_side(self, bits: int) -> Mapping[str, int]:
        """Return a set of places by where they lie: on one side, on the other, on both."""
        sichuan, chongqing = bits & self.side["sichuan"], bits & self.side["chongqing"]
        return {
            "sichuan": sichuan & ~chongqing,
            "chongqing": chongqing & ~sichuan,
            "both": sichuan & chongqing,
        }

    def sector(self, sector: str, confidences: Iterable[str] = ()) -> int:
        """Return the places with evidence for a sector, at these confidences (none: at any)."""
        return _union(self.evidence[sector, level] for level in confidences or CONFIDENCES)

    def of_sectors(self, selection: Selection) -> int:
        """Return the places with evidence for any of the sectors, or for all of them."""
        each = (self.sector(sector, selection.confidence) for sector in selection.sector)
        return reduce(and_ if selection.match == "all" else or_, each)

    def confident(self, selection: Selection) -> int:
        """Return the places with evidence at one of the confidences."""
        sectors = (sector.id for sector in self.atlas.sectors)
        return _union(self.sector(sector, selection.confidence) for sector in sectors)

    def graded(self, selection: Selection) -> int:
        """Return the places with one of the grades in a group that is on."""
        groups = self.groups(selection)
        return _union(self.grade[group, grade] for group in groups for grade in selection.grade)


@lru_cache(maxsize=128)
def _found(index: FacetIndex, search: str) -> int:
    """Return the places with a name that holds every word of a search, or all of them run on."""
    words = folded(search).split()
    hits = (
        all(word in text for word in words) or "".join(words) in text for text in index.searchable
    )
    return bitset(position for position, hit in enumerate(hits) if hit)


def _union(parts: Iterable[int]) -> int:
    return reduce(or_, parts, 0)


# Which places each filter leaves where it is set.
LEAVES: Mapping[str, Callable[[FacetIndex, Selection], int]] = {
    "sector": FacetIndex.of_sectors,
    "kind": lambda index, selection: _union(index.kind[kind] for kind in selection.kind),
    "side": lambda index, selection: _union(index.side[side] for side in selection.side),
    "grade": FacetIndex.graded,
    "confidence": FacetIndex.confident,
    "state": lambda index, selection: _union(index.state[state] for state in selection.state),
    "q": lambda index, selection: _found(index, selection.q),
}


def is_on(selection: Selection, name: str) -> bool:
    """Tell whether a selection sets a parameter to something else than its default."""
    return bool(getattr(selection, name) != PARAMETERS[name].default)


def bitset(positions: Iterable[int]) -> int:
    """Return a set of positions as the bits of one integer, in time linear in the highest."""
    found = list(positions)
    packed = bytearray(max(found, default=-1) // 8 + 1)
    for position in found:
        packed[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(packed, "little")


def folded(text: str) -> str:
    """Return a text for comparison: lower case, without accents, so `deyang` finds `Déyáng`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=4)
def facet_index(atlas: Atlas) -> FacetIndex:
    """Return the index of an atlas, built once. Regions are described, but never shown."""
    places = tuple(place for place in atlas.places if place.kind in SHOWN_KINDS)
    at = {place.id: position for position, place in enumerate(places)}
    members = [row for row in atlas.memberships if row.place in at]
    claims = [row for row in atlas.evidence if row.place in at]
    own = [((row.sector, row.confidence), at[row.place]) for row in claims]
    return FacetIndex(
        atlas=atlas,
        places=places,
        kind=_collect((place.kind, at[place.id]) for place in places),
        side=_collect((side, at[place.id]) for place in places for side in sides(place)),
        group=_collect((row.group, at[row.place]) for row in members),
        grade=_collect(((row.group, row.grade), at[row.place]) for row in members),
        evidence=_collect((*own, *_of_fields(atlas, own))),
        own=_collect(own),
        state=_collect(
            (row.state, at[id])
            for row in atlas.enterprises
            for id in (row.place, row.park)
            if row.state and id in at
        ),
        searchable=tuple(_names(place) for place in places),
        position=at,
    )


def sides(place: Place) -> tuple[str, ...]:
    """Return the sides of the provincial border a place lies on: one, or both."""
    return SIDES if place.side == "both" else (place.side,)


def _collect(pairs: Iterable[tuple[_Key, int]]) -> Mapping[_Key, int]:
    """Return the set of positions of each key."""
    collected: defaultdict[_Key, list[int]] = defaultdict(list)
    for key, position in pairs:
        collected[key].append(position)
    return defaultdict(int, {key: bitset(positions) for key, positions in collected.items()})


def _of_fields(
    atlas: Atlas, own: Iterable[tuple[tuple[str, str], int]]
) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the evidence once more for the field of each strength: it counts for that too."""
    for (sector, confidence), position in own:
        if parent := atlas.sector[sector].parent:
            yield (parent, confidence), position


def _names(place: Place) -> str:
    names = (*place.name.values(), *place.short.values())
    words = folded(" ".join((*names, place.pinyin)))
    return f"{words} {words.replace(' ', '')}"


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
    """Tell whether a selection shows a place."""
    position = facet_index(atlas).position.get(place.id)
    return position is not None and bool(chosen_bits(atlas, selection) >> position & 1)


def counts(atlas: Atlas, selection: Selection) -> Mapping[str, Mapping[str, int]]:
    """Return, for each value of each facet, how many places it would show.

    The other filters stay on. Values of one facet widen each other, so each is counted
    alone; only sectors that must all be present are counted on top of the chosen ones.
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
    """Return the filters of places alone: nothing else in a selection changes their rows."""
    return Selection(**{name: getattr(selection, name) for name in PLACE_FILTERS})


def chosen_bits(atlas: Atlas, selection: Selection) -> int:
    """Return the bits of the places a selection shows, whatever else it holds."""
    return matching(atlas, filters(selection))


def repairs(atlas: Atlas, selection: Selection) -> tuple[Repair, ...]:
    """Return the single changes that bring places back, most places first."""
    offers = (
        Repair(changed, parameter, value, chosen_bits(atlas, changed).bit_count())
        for parameter, value, changed in _changes(selection)
    )
    return tuple(sorted((offer for offer in offers if offer.found), key=lambda one: -one.found))


def _changes(selection: Selection) -> Iterator[tuple[str, str, Selection]]:
    if selection.match == "all" and len(selection.sector) > 1:
        yield "match", "any", selection.but(match="any")
    for sector in selection.sector:
        yield "sector", sector, selection.without("sector", sector)
    for name in NARROWING:
        if name != "sector" and is_on(selection, name):
            value = "" if name in LISTS else str(getattr(selection, name))
            yield name, value, selection.but(**{name: PARAMETERS[name].default})
