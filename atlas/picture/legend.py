"""The legend of a picture: the meanings of shapes and colours, in rows."""

from collections.abc import Iterator

from atlas.analysis.distance import is_rough
from atlas.map.base_style import STRONG, tint
from atlas.map.scene.cells import sectors_of_cells, signs_used
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text
from atlas.model.values import SIDES
from atlas.picture.lettering import Block, line_width
from atlas.picture.svg import render

# Shares of the size of the text: sign, gap to its words, gap between entries, height of a row.
_SIGN, _GAP, _ENTRY_GAP, _ROW = 1.2, 0.5, 1.4, 1.75

# The name of each sign (a shape, a side or `circle`) and its meaning.
Entries = tuple[tuple[str, str], ...]


def sides(atlas: Atlas, text: Text) -> Entries:
    """Return the meanings of the colours of two regions, if there are two."""
    if not atlas.has_sides:
        return ()
    regions = zip(SIDES, atlas.regions, strict=True)
    return tuple((side, region.name[text.language]) for side, region in regions)


def cells(atlas: Atlas, selection: Selection, text: Text) -> Entries:
    """Return the meanings of the signs beside the names, if there are any."""
    return signs_used(atlas, text) if sectors_of_cells(atlas, selection) else ()


def circle(atlas: Atlas, text: Text) -> Entries:
    """Return the meaning of the circles, if there are any."""
    if not any(is_rough(place.precision_km) for place in atlas.places):
        return ()
    return (("circle", text.gettext("circle: how exactly the place is known")),)


def legend(
    entries: Entries, left: float, top: float, width: float, size: float, colours: Palette
) -> Block:
    """Return the legend in text of a size, in as many rows as fit its width."""
    positions = list(_positions(entries, width, size))
    rows = 1 + max((row for _, row in positions), default=0)
    drawing = render(
        "legend",
        entries=[
            (sign, words, left + x, top + (row + 0.5) * _ROW * size)
            for (sign, words), (x, row) in zip(entries, positions, strict=True)
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


def _positions(entries: Entries, width: float, size: float) -> Iterator[tuple[float, int]]:
    """Yield the position of each entry: pixels from the left, and number of the row."""
    row, x = 0, 0.0
    for _, words in entries:
        entry_width = (_SIGN + _GAP) * size + line_width(words, size)
        if x and x + entry_width > width:
            row, x = row + 1, 0.0
        yield x, row
        x += entry_width + _ENTRY_GAP * size
