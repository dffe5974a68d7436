"""The legend: what the shapes and the colours mean, in rows."""

from collections.abc import Iterable, Iterator

from atlas.analysis.distance import is_rough
from atlas.map.base_style import STRONG, tint
from atlas.map.scene.cells import sectors_of_cells, signs_used
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text
from atlas.model.values import SIDES
from atlas.picture.lettering import Block, measured
from atlas.picture.svg import render

# Shares of the size of the text.
_SIGN, _GAP, _PARTING, _ROW = 1.2, 0.5, 1.4, 1.75

# Signs, each named by a shape, a side or `circle`, and what they mean.
Entries = tuple[tuple[str, str], ...]


def sides(atlas: Atlas, text: Text) -> Entries:
    """Return what the colours mean: of two regions each has one."""
    if not atlas.has_sides:
        return ()
    named = zip(SIDES, atlas.regions, strict=True)
    return tuple((side, region.name[text.language]) for side, region in named)


def cells(atlas: Atlas, selection: Selection, text: Text) -> Entries:
    """Return what the signs beside the names mean, if there are any."""
    return signs_used(atlas, text) if sectors_of_cells(atlas, selection) else ()


def circle(atlas: Atlas, text: Text) -> Entries:
    """Return what the circles mean, where there are any."""
    if not any(is_rough(place.precision_km) for place in atlas.places):
        return ()
    return (("circle", text.gettext("circle: how exactly the place is known")),)


def legend(
    entries: Entries, left: float, top: float, width: float, size: float, colours: Palette
) -> Block:
    """Return the legend, set in text of a size, in as many rows as its width needs."""
    in_rows = list(_in_rows(entries, width, size))
    rows = 1 + max((row for *_, row in in_rows), default=0)
    drawing = render(
        "legend",
        entries=[
            (sign, words, left + at, top + (row + 0.5) * _ROW * size)
            for sign, words, at, row in in_rows
        ],
        size=size,
        pixels=_SIGN * size,
        indent=(_SIGN + _GAP) * size,
        colours=colours,
        tint=tint,
        STRONG=STRONG,
        SIDES=SIDES,
    )
    return Block(drawing, rows * _ROW * size)


def _in_rows(
    entries: Iterable[tuple[str, str]], width: float, size: float
) -> Iterator[tuple[str, str, float, int]]:
    """Yield the entries, each with how far from the left it stands and in which row."""
    row, reached = 0, 0.0
    for sign, words in entries:
        needed = (_SIGN + _GAP) * size + measured(words, size)
        if reached and reached + needed > width:
            row, reached = row + 1, 0.0
        yield sign, words, reached, row
        reached += needed + _PARTING * size
