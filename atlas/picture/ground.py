"""What lies below the marks, as path data on a canvas: land, or discs for want of it, and lines."""

from typing import NamedTuple

from atlas.map.base_style import LINES, Disc, Land, Line, discs, lands
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.canvas import FINENESS, OVERLAP, Canvas, outlines
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded


class Ground(NamedTuple):
    """The land of each boundary, that of the open place, discs, and lines, each with its path."""

    land: list[tuple[Land, str]]
    opened: str | None
    discs: tuple[Disc, ...]
    lines: list[tuple[Line, str]]


def ground(
    atlas: Atlas,
    selection: Selection,
    canvas: Canvas,
    around: int = OVERLAP,
    fineness: float = FINENESS,
) -> Ground:
    """Return what lies below the marks of a selection; `around` and `fineness` as of `outlines`."""
    paths = outlines(atlas, "boundaries", canvas, around, fineness)
    land = list(zip(lands(atlas, selection), paths, strict=True))
    lines = ((line, outlines(atlas, line.role, canvas, around, fineness)) for line in LINES)
    places = () if land or is_crowded(atlas, selection) else shown(atlas, selection)
    return Ground(
        land,
        next((path for unit, path in land if unit.place and unit.place == selection.place), None),
        discs(atlas, places),
        [(line, "".join(features)) for line, features in lines],
    )
