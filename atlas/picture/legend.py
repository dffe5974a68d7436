"""The legend: what the shapes and the colours mean, in rows."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from atlas.analysis.distance import is_rough
from atlas.map.base_style import STRONG, tint
from atlas.map.scene.cells import sectors_of_cells, signs_used
from atlas.map.scene.shapes import meanings
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text
from atlas.model.values import SIDES
from atlas.picture.lettering import line, measured
from atlas.picture.overlay import symbol
from atlas.picture.svg import element, hexadecimal

# Shares of the size of the text.
_SIGN, _GAP, _PARTING, _ROW = 1.2, 0.5, 1.4, 1.75


class Entry(NamedTuple):
    """A sign, named by a shape, a side or `circle`, and what it means."""

    sign: str
    words: str


class Block(NamedTuple):
    """A part of a picture and how high it is in pixels."""

    drawing: Markup
    height: float


def shapes(atlas: Atlas, selection: Selection, text: Text) -> tuple[Entry, ...]:
    """Return what the shapes on the map of a selection mean."""
    return tuple(Entry(*one) for one in meanings(atlas, selection, text))


def sides(atlas: Atlas, text: Text) -> tuple[Entry, ...]:
    """Return what the colours mean: of two regions each has one."""
    if not atlas.has_sides:
        return ()
    named = zip(SIDES, atlas.regions, strict=True)
    return tuple(Entry(side, region.name[text.language]) for side, region in named)


def cells(atlas: Atlas, selection: Selection, text: Text) -> tuple[Entry, ...]:
    """Return what the signs beside the names mean, if there are any."""
    if not sectors_of_cells(atlas, selection):
        return ()
    return tuple(Entry(sign, meaning) for sign, meaning in signs_used(atlas, text))


def circle(atlas: Atlas, text: Text) -> tuple[Entry, ...]:
    """Return what the circles mean, where there are any."""
    if not any(is_rough(place.precision_km) for place in atlas.places):
        return ()
    return (Entry("circle", text.gettext("circle: how exactly the place is known")),)


def legend(
    shown: Sequence[Entry], left: float, top: float, width: float, size: float, colours: Palette
) -> Block:
    """Return the legend, set in text of a size, in as many rows as its width needs."""
    rows = _rows(shown, width, size)
    elements = (
        _entry(entry, left + at, top + (row + 0.5) * _ROW * size, size, colours)
        for row, entries in enumerate(rows)
        for entry, at in entries
    )
    return Block(element("g", *elements, id="legend"), len(rows) * _ROW * size)


def _rows(shown: Iterable[Entry], width: float, size: float) -> list[list[tuple[Entry, float]]]:
    rows: list[list[tuple[Entry, float]]] = [[]]
    reached = 0.0
    for entry in shown:
        needed = (_SIGN + _GAP) * size + measured(entry.words, size)
        if rows[-1] and reached + needed > width:
            rows.append([])
            reached = 0.0
        rows[-1].append((entry, reached))
        reached += needed + _PARTING * size
    return rows


def _entry(entry: Entry, left: float, middle: float, size: float, colours: Palette) -> Markup:
    words = line(entry.words, left + (_SIGN + _GAP) * size, middle, size, colours.ink)
    return Markup("").join((_sign(entry.sign, left, middle, _SIGN * size, colours), words))


def _sign(sign: str, left: float, middle: float, size: float, colours: Palette) -> Markup:
    if sign in SIDES:
        return _swatch(sign, left, middle, size, colours)
    if sign == "circle":
        return _ring(left, middle, size, colours)
    return symbol(sign, (left + size / 2, middle), size * 1.25, colours.faint)


def _swatch(side: str, left: float, middle: float, size: float, colours: Palette) -> Markup:
    return element(
        "rect",
        x=left,
        y=middle - 0.38 * size,
        width=size,
        height=0.76 * size,
        rx=2,
        fill=hexadecimal(tint(colours, side, STRONG)),
        stroke=hexadecimal(colours.side(side)),
    )


def _ring(left: float, middle: float, size: float, colours: Palette) -> Markup:
    return element(
        "circle",
        cx=left + size / 2,
        cy=middle,
        r=0.45 * size,
        fill="none",
        stroke=hexadecimal(colours.faint),
    )
