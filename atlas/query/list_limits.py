"""How much of a large atlas is shown at once; the page always says how much is left out.

A package of a few dozen places stays below every one of these numbers: it is shown whole.
"""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import count, facet_index

# Marks with a label and a circle. More labels than this do not fit on one screen: marks are
# then bare, and may cover each other.
MOST_LABELLED = 60
# Rows of a list, columns of the grid, links of a choice that are shown whole; of a longer one
# its first, as a sample to filter or search by. Each costs some 20 to 60 compressed bytes a click.
LONGEST_WHOLE, FIRST_ROWS = 40, 12
# Places between which all pairs are measured: their number grows with the square.
MOST_PAIRED = 40


_Row = TypeVar("_Row")


class Beginning(NamedTuple, Generic[_Row]):
    """The first rows of a list, and how many more there are."""

    rows: tuple[_Row, ...]
    more: int


def beginning(
    rows: Sequence[_Row], whole: int = LONGEST_WHOLE, start: int = FIRST_ROWS
) -> Beginning[_Row]:
    """Return what is shown of a list at once: all of a short one, the first rows of a long one."""
    most = len(rows) if len(rows) <= whole else start
    return Beginning(tuple(rows[:most]), len(rows) - most)


def first(atlas: Atlas, bits: int) -> Beginning[Place]:
    """Return the places of a bitset of `facets` that are shown at once."""
    is_short = bits.bit_count() <= LONGEST_WHOLE
    places = facet_index(atlas).select(bits, LONGEST_WHOLE if is_short else FIRST_ROWS)
    return Beginning(places, bits.bit_count() - len(places))


def is_crowded(atlas: Atlas, selection: Selection) -> bool:
    """Return whether a selection shows more places than are labelled."""
    return count(atlas, selection) > MOST_LABELLED
