"""The filters as bits of numbers, so that a browser filters a large atlas by itself.

Each row of the file of marks says in a few numbers what the facets say of a place; a
selection is one expression over them, of the same length whatever the number of places.
It is written in the operators that JavaScript and Python share, fully bracketed, so that a
test can hold it against `facets`. Bit operations of JavaScript are on 32 bits with a sign,
so sets of more than 31 values are split over several numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from atlas.facets import CONFIDENCES, hits, sides
from atlas.records import Atlas, Place
from atlas.selection import GRADES, Selection

WIDTH = 31
_KINDS = ("city", "district", "park", "sichuan", "chongqing")
KIND, GROUP = "k", "g"
SURE = dict(zip(CONFIDENCES, ("h", "m", "l"), strict=True))
# The number of a place among those that may be shown, by which the hits of a search are told.
NUMBER = "n"


def masks(atlas: Atlas) -> Mapping[str, Mapping[str, int]]:
    """Return for each place the numbers of its row, by their names, but for those that are 0."""
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for place in atlas.places:
        _set(found[place.id], KIND, _kind_bits(place))
    for row in atlas.memberships:
        _set(found[row.place], GROUP, [_grade_bit(atlas, row.group, row.grade)])
    for claim in atlas.evidence:
        named = (claim.sector, atlas.sector[claim.sector].parent)
        _set(found[claim.place], SURE[claim.confidence], _sector_bits(atlas, named))
    return found


def expression(atlas: Atlas, selection: Selection) -> str:
    """Return the expression that is 1 for the rows of the places a selection shows, else 0."""
    return " & ".join(("1", *_tests(atlas, selection)))


def graded(atlas: Atlas, groups: Iterable[str]) -> str:
    """Return the expression for the grade of a park in the first of the groups that has it.

    It is not true where none of them has it.
    """
    return " || ".join(
        f"({_any(GROUP, [_grade_bit(atlas, group, grade)])} && '{grade}')"
        for group in groups
        for grade in GRADES
    )


def on_side(side: str) -> str:
    """Return the expression that tells whether a place lies on a side or on both."""
    return _any(KIND, [_known(side)])


def _tests(atlas: Atlas, selection: Selection) -> Iterator[str]:
    groups = (*atlas.base_groups, *selection.sets)
    grades = selection.grade or GRADES
    yield _any(GROUP, [_grade_bit(atlas, group, grade) for group in groups for grade in grades])
    for chosen in (selection.kind, selection.side):
        if chosen:
            yield _any(KIND, map(_known, chosen))
    if selection.sector or selection.confidence:
        yield _sectors(atlas, selection)
    if selection.q:
        yield _hit(hits(atlas, selection.q))


def _sectors(atlas: Atlas, selection: Selection) -> str:
    names = [SURE[level] for level in selection.confidence or CONFIDENCES]
    wanted = _split(_sector_bits(atlas, selection.sector or atlas.sector))
    every = selection.sector and selection.match == "all"
    tests = (
        f"((({' | '.join(f'{name}{word}' for name in names)}) & {bits}) "
        + (f"== {bits})" if every else "!= 0)")
        for word, bits in wanted.items()
    )
    return f"({(' & ' if every else ' | ').join(tests) or '0'})"


def _any(name: str, bits: Iterable[int]) -> str:
    """Return the test whether a row has any of some bits."""
    tests = (f"(({name}{word} & {mask}) != 0)" for word, mask in _split(bits).items())
    return f"({' | '.join(tests) or '0'})"


def _hit(found: int) -> str:
    """Return the test whether a row is among the hits, four of which make a digit."""
    digits = f"{found:x}"
    # Of a text that is not in brackets, deck.gl's parser takes no part.
    digit = f"('{digits}')[{len(digits) - 1} - ({NUMBER} >> 2)]"
    return f"((('0x' + {digit}) & (1 << ({NUMBER} & 3))) != 0)"


def _split(bits: Iterable[int]) -> dict[int, int]:
    """Return sets of bits as masks by the number of their word."""
    split: defaultdict[int, int] = defaultdict(int)
    for bit in bits:
        split[bit // WIDTH] |= 1 << bit % WIDTH
    return dict(split)


def _set(row: defaultdict[str, int], name: str, bits: Iterable[int]) -> None:
    for word, mask in _split(bits).items():
        row[f"{name}{word}"] |= mask


def _known(value: str) -> int:
    return _KINDS.index(value)


def _kind_bits(place: Place) -> list[int]:
    return [_known(one) for one in (place.kind, *sides(place)) if one in _KINDS]


def _grade_bit(atlas: Atlas, group: str, grade: str) -> int:
    return _positions(atlas, "groups")[group] * len(GRADES) + GRADES.index(grade)


def _sector_bits(atlas: Atlas, sectors: Iterable[str | None]) -> list[int]:
    return [_positions(atlas, "sectors")[sector] for sector in sectors if sector]


@lru_cache(maxsize=4)
def _positions(atlas: Atlas, table: str) -> dict[str, int]:
    """Return the positions of the rows of a table by their ids."""
    return {row.id: position for position, row in enumerate(getattr(atlas, table))}
