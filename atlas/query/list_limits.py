"""Limits on how much of a large atlas is shown at once.

A package of a few dozen places stays below all of them. The page always says how much is left out.
"""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import count, facet_index

# Marks on the map with a label and a circle. More labels do not fit on one screen, so more marks
# have neither, and may cover each other.
MOST_LABELLED = 60
# Lists, grids and choices of up to 40 rows are shown in full, and the first 12 of longer ones.
# Each row costs some 20 to 60 compressed bytes a click.
LONGEST_WHOLE, FIRST_ROWS = 40, 12
# Places between which all pairs are measured; the number of pairs grows with the square.
MOST_PAIRED = 40

_Row = TypeVar("_Row")


class Beginning(NamedTuple, Generic[_Row]):
    """The first rows of a list, and how many more there are."""

    rows: tuple[_Row, ...]
    more: int


def beginning(
    rows: Sequence[_Row], whole: int = LONGEST_WHOLE, start: int = FIRST_ROWS
) -> Beginning[_Row]:
    """Return all rows of a list of up to `whole`, the `start` first ones of a longer list."""
    most = len(rows) if len(rows) <= whole else start
    return Beginning(tuple(rows[:most]), len(rows) - most)


def first(atlas: Atlas, bits: int) -> Beginning[Place]:
    """Return the beginning of the list of places in a bitset of `facets`."""
    is_short = bits.bit_count() <= LONGEST_WHOLE
    places = facet_index(atlas).select(bits, LONGEST_WHOLE if is_short else FIRST_ROWS)
    return Beginning(places, bits.bit_count() - len(places))


def is_crowded(atlas: Atlas, selection: Selection) -> bool:
    """Return whether a selection shows too many places to label them."""
    return count(atlas, selection) > MOST_LABELLED
