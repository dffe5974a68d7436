"""Which places a selection shows, and how many each further choice would.

Every value of every facet is a set of places, kept as the bits of one integer, so
that a count is an AND and a population count whatever the number of places.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_
from typing import NamedTuple, TypeVar

from atlas.records import LANGUAGES, Atlas, Place
from atlas.selection import PLACE_FILTERS, Selection, vocabulary

CONFIDENCES = ("high", "medium", "low")
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
    searchable: tuple[str, ...]

    def bits(self, selection: Selection) -> int:
        """Return the places that pass every filter of the selection."""
        tests = (
            self.universe(selection),
            _union(self.kind[kind] for kind in selection.kind) if selection.kind else -1,
            _union(self.side[side] for side in selection.side) if selection.side else -1,
            self._graded(selection) if selection.grade else -1,
            self._sectors(selection) if selection.sector else -1,
            self._confident(selection) if selection.confidence else -1,
            self._found(selection.q) if selection.q else -1,
        )
        return reduce(and_, tests)

    def universe(self, selection: Selection) -> int:
        """Return the places of the base groups and of the optional sets that are on."""
        return _union(self.group[group] for group in self.groups(selection))

    def groups(self, selection: Selection) -> tuple[str, ...]:
        """Return the ids of the groups that are on."""
        return (*self.atlas.base_groups, *selection.sets)

    def select(self, bits: int) -> tuple[Place, ...]:
        """Return the places of a set of bits, in the order of the table."""
        return tuple(self.places[position] for position in _positions(bits))

    def sector(self, sector: str, confidences: Iterable[str] = ()) -> int:
        """Return the places with evidence for a sector, at these confidences (none: at any)."""
        return _union(self.evidence[sector, level] for level in confidences or CONFIDENCES)

    def _sectors(self, selection: Selection) -> int:
        each = (self.sector(sector, selection.confidence) for sector in selection.sector)
        return reduce(and_ if selection.match == "all" else or_, each)

    def _confident(self, selection: Selection) -> int:
        sectors = (sector.id for sector in self.atlas.sectors)
        return _union(self.sector(sector, selection.confidence) for sector in sectors)

    def _graded(self, selection: Selection) -> int:
        groups = self.groups(selection)
        return _union(self.grade[group, grade] for group in groups for grade in selection.grade)

    def _found(self, search: str) -> int:
        words = folded(search).split()
        hits = (
            all(word in text for word in words) or "".join(words) in text
            for text in self.searchable
        )
        return sum(1 << position for position, hit in enumerate(hits) if hit)


def _union(parts: Iterable[int]) -> int:
    return reduce(or_, parts, 0)


def _positions(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def folded(text: str) -> str:
    """Return a text for comparison: lower case, without accents, so `deyang` finds `Déyáng`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=4)
def facet_index(atlas: Atlas) -> FacetIndex:
    """Return the index of an atlas, built once. Regions are described, but never shown."""
    places = tuple(place for place in atlas.places if place.kind != "region")
    bit = {place.id: 1 << position for position, place in enumerate(places)}
    members = [row for row in atlas.memberships if row.place in bit]
    return FacetIndex(
        atlas=atlas,
        places=places,
        kind=_collect((place.kind, bit[place.id]) for place in places),
        side=_collect((side, bit[place.id]) for place in places for side in sides(place)),
        group=_collect((row.group, bit[row.place]) for row in members),
        grade=_collect(((row.group, row.grade), bit[row.place]) for row in members),
        evidence=_evidence(atlas, bit),
        searchable=tuple(_names(place) for place in places),
    )


def sides(place: Place) -> tuple[str, ...]:
    """Return the sides of the provincial border a place lies on: one, or both."""
    return ("sichuan", "chongqing") if place.side == "both" else (place.side,)


def _collect(pairs: Iterable[tuple[_Key, int]]) -> Mapping[_Key, int]:
    collected: defaultdict[_Key, int] = defaultdict(int)
    for key, bits in pairs:
        collected[key] |= bits
    return collected


def _evidence(atlas: Atlas, bit: Mapping[str, int]) -> Mapping[tuple[str, str], int]:
    """Collect evidence by sector and confidence; a strength also counts for its field."""
    rows = [row for row in atlas.evidence if row.place in bit]
    own = (((row.sector, row.confidence), bit[row.place]) for row in rows)
    field = (
        ((parent, row.confidence), bit[row.place])
        for row in rows
        if (parent := atlas.sector[row.sector].parent)
    )
    return _collect((*own, *field))


def _names(place: Place) -> str:
    names = (name[language] for name in (place.name, place.short) for language in LANGUAGES)
    words = folded(" ".join((*names, place.pinyin)))
    return f"{words} {words.replace(' ', '')}"


@lru_cache(maxsize=4_096)
def matching(atlas: Atlas, selection: Selection) -> int:
    """Return the bits of the places a selection shows."""
    return facet_index(atlas).bits(selection)


def shown(atlas: Atlas, selection: Selection) -> tuple[Place, ...]:
    """Return the places a selection shows, in the order of the table."""
    return facet_index(atlas).select(_filter_bits(atlas, selection))


def counts(atlas: Atlas, selection: Selection) -> dict[str, dict[str, int]]:
    """Return, for each value of each facet, how many places it would show.

    The other filters stay on. Values of one facet widen each other, so each is counted
    alone; only sectors that must all be present are counted on top of the chosen ones.
    """
    return {
        facet: {
            value: _filter_bits(atlas, _with(selection, facet, value)).bit_count()
            for value in values
        }
        for facet, values in vocabulary(atlas).items()
        if facet in PLACE_FILTERS
    }


def _with(selection: Selection, facet: str, value: str) -> Selection:
    chosen: tuple[str, ...] = getattr(selection, facet)
    adds = facet == "sets" or (facet == "sector" and selection.match == "all")
    return selection.but(**{facet: tuple(dict.fromkeys((*chosen, value))) if adds else (value,)})


def filters(selection: Selection) -> Selection:
    """Return the filters of places alone: nothing else in a selection changes their rows."""
    return Selection(**{name: getattr(selection, name) for name in PLACE_FILTERS})


def _filter_bits(atlas: Atlas, selection: Selection) -> int:
    return matching(atlas, filters(selection))


def repairs(atlas: Atlas, selection: Selection) -> tuple[Repair, ...]:
    """Return the single changes that bring places back, most places first."""
    offers = (
        Repair(changed, parameter, value, _filter_bits(atlas, changed).bit_count())
        for parameter, value, changed in _changes(selection)
    )
    return tuple(sorted((offer for offer in offers if offer.found), key=lambda one: -one.found))


def _changes(selection: Selection) -> Iterator[tuple[str, str, Selection]]:
    if selection.match == "all" and len(selection.sector) > 1:
        yield "match", "any", selection.but(match="any")
    for sector in selection.sector:
        yield "sector", sector, selection.without("sector", sector)
    for facet in ("kind", "side", "grade", "confidence"):
        if getattr(selection, facet):
            yield facet, "", selection.but(**{facet: ()})
    if selection.q:
        yield "q", selection.q, selection.but(q="")
