"""The cells beside the label of a place: a sign for each sector, with its confidence.

The cells are those of the selected sectors, else of the main ones, in the order of the table. The
legend explains the signs. They have no sizes, because the atlas does not rank.
"""

from collections.abc import Iterator
from typing import NamedTuple

from atlas.map.scene.placing import Anchor, Box, ViewPoint, box_of
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.terms import Sector
from atlas.model.text import Text
from atlas.model.values import ANY_CONFIDENCE, CONFIDENCES
from atlas.query.profile import profile
from atlas.query.vocabulary import word

# A longer row is not readable at a glance and does not fit.
MOST_CELLS = 6
# Pixels from cell to cell, and the size of a sign.
PITCH, CELL_PIXELS = 11, 10
GAP = 4
# On a narrower canvas, longer rows would hide the map, until it is enlarged.
LEAST_WIDTH, FEW_CELLS = 480, 2
NONE, UNSTATED = "absent", "unstated"


class Cell(NamedTuple):
    """A sign, and the offset of its centre from the place in pixels, right and down."""

    sign: str
    right: float
    down: float


def sectors_of_cells(atlas: Atlas, selection: Selection) -> tuple[Sector, ...]:
    """Return the sectors that have a cell: the selected or the main ones, unless too many."""
    main = [sector for sector in atlas.sectors if sector.role == "main"]
    sectors = [atlas.sector[id] for id in selection.sector] or main
    return tuple(sectors) if len(sectors) <= MOST_CELLS else ()


def signs(atlas: Atlas, place: Place, selection: Selection) -> tuple[str, ...]:
    """Return the sign of each cell of a place: a confidence, `unstated` or `absent`."""
    levels = selection.confidence or ANY_CONFIDENCE
    best: dict[str | None, int] = {}
    for entry in profile(atlas, place.id).sectors:
        confidences = {row.confidence for row in entry.rows}.intersection(levels)
        # Part of a sector counts for the whole too, as in the filters.
        for sector in (entry.sector.id, entry.sector.parent) if confidences else ():
            rank = min(map(ANY_CONFIDENCE.index, confidences))
            best[sector] = min(rank, best.get(sector, rank))
    return tuple(
        (ANY_CONFIDENCE[best[sector.id]] or UNSTATED) if sector.id in best else NONE
        for sector in sectors_of_cells(atlas, selection)
    )


def signs_used(atlas: Atlas, text: Text) -> tuple[tuple[str, str], ...]:
    """Return the signs that occur in an atlas, each with its meaning."""
    levels = {row.confidence for row in atlas.evidence}
    signs: dict[str, str] = {
        level: word(text, "confidence", level).lower() for level in CONFIDENCES if level in levels
    }
    if "" in levels:
        signs[UNSTATED] = text.gettext("confidence not stated")
    return (*signs.items(), (NONE, text.gettext("no evidence")))


def explained(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return a sentence that names the sectors of the cells in their order; "" without cells."""
    names = [sector.name[text.language] for sector in sectors_of_cells(atlas, selection)]
    if not names:
        return ""
    return text.gettext(
        "Signs beside a name, in this order: %(sectors)s.", sectors=text.all_of(names)
    )


def spots(label: Box, anchor: Anchor, cells: int) -> Iterator[Box]:
    """Yield the boxes for a row of cells beside a label: behind it, below it, above it."""
    width, half = cells * PITCH, PITCH / 2
    middle = (label.top + label.bottom) / 2
    behind = label.left - GAP - width if anchor == "end" else label.right + GAP
    edge = {"start": label.left, "middle": (label.left + label.right) / 2, "end": label.right}
    yield Box(behind, middle - half, behind + width, middle + half)
    yield box_of(edge[anchor], label.bottom + half, width, PITCH, anchor)
    yield box_of(edge[anchor], label.top - half, width, PITCH, anchor)


def fit(cells: int, view: ViewPoint) -> bool:
    """Return whether rows of this many cells leave the map readable."""
    return cells <= FEW_CELLS or view.canvas is None or view.canvas[0] >= LEAST_WIDTH


def row(box: Box, signs: tuple[str, ...], centre: tuple[float, float]) -> tuple[Cell, ...]:
    """Return the cells of a row in a box, at offsets from the centre of their place."""
    x, y = centre
    down = (box.top + box.bottom) / 2 - y
    return tuple(
        Cell(sign, round(box.left + (number + 0.5) * PITCH - x, 1), round(down, 1))
        for number, sign in enumerate(signs)
    )
