"""The sectors of a place beside its label: a cell for each, with how sure it is.

Every focus field has its cell, in the order of the table of sectors; with sectors chosen, these
have. A cell is a sign that the legend explains, never a size: the atlas does not rank.
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

# A row of more cells than this is not read at a glance, and has no room.
MOST_CELLS = 6
# Pixels from cell to cell, and how large one is drawn.
PITCH, CELL_PIXELS = 11, 10
GAP = 4
# On a narrower canvas rows of cells hide the map: a few at most, until it is enlarged.
LEAST_WIDTH, FEW_CELLS = 480, 2
NONE, UNSTATED = "absent", "unstated"


class Cell(NamedTuple):
    """A sign, and the offset of its middle from the place in pixels, right and down."""

    sign: str
    right: float
    down: float


def sectors_of_cells(atlas: Atlas, selection: Selection) -> tuple[Sector, ...]:
    """Return the sectors that have a cell: the chosen ones, else the focus fields."""
    fields = [sector for sector in atlas.sectors if sector.role == "main"]
    sectors = [atlas.sector[id] for id in selection.sector] or fields
    return tuple(sectors) if len(sectors) <= MOST_CELLS else ()


def signs(atlas: Atlas, place: Place, selection: Selection) -> tuple[str, ...]:
    """Return the sign of each cell of a place: a confidence, `unstated` or `absent`."""
    levels = selection.confidence or ANY_CONFIDENCE
    best: dict[str | None, int] = {}
    for entry in profile(atlas, place.id).sectors:
        stated = {row.confidence for row in entry.rows}.intersection(levels)
        # A strength counts for its field too, as it does in the filters.
        for sector in (entry.sector.id, entry.sector.parent) if stated else ():
            rank = min(map(ANY_CONFIDENCE.index, stated))
            best[sector] = min(rank, best.get(sector, rank))
    return tuple(
        (ANY_CONFIDENCE[best[sector.id]] or UNSTATED) if sector.id in best else NONE
        for sector in sectors_of_cells(atlas, selection)
    )


def signs_used(atlas: Atlas, text: Text) -> tuple[tuple[str, str], ...]:
    """Return the signs that occur in an atlas, each with what it means."""
    known = {row.confidence for row in atlas.evidence}
    stated = ((level, word(text, "confidence", level).lower()) for level in CONFIDENCES)
    unstated = ((UNSTATED, text.gettext("confidence not stated")),) if "" in known else ()
    none = (NONE, text.gettext("no evidence"))
    return (*(sign for sign in stated if sign[0] in known), *unstated, none)


def explained(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return in a sentence what the cells stand for, in their order; "" where there are none."""
    names = [sector.name[text.language] for sector in sectors_of_cells(atlas, selection)]
    if not names:
        return ""
    return text.gettext(
        "Signs beside a name, in this order: %(sectors)s.", sectors=text.all_of(names)
    )


def spots(label: Box, anchor: Anchor, cells: int) -> Iterator[Box]:
    """Yield where a row of cells may stand about a label: behind it, below it, above it."""
    width, half = cells * PITCH, PITCH / 2
    middle = (label.top + label.bottom) / 2
    behind = label.left - GAP - width if anchor == "end" else label.right + GAP
    edge = {"start": label.left, "middle": (label.left + label.right) / 2, "end": label.right}
    yield Box(behind, middle - half, behind + width, middle + half)
    yield box_of(edge[anchor], label.bottom + half, width, PITCH, anchor)
    yield box_of(edge[anchor], label.top - half, width, PITCH, anchor)


def fit(cells: int, view: ViewPoint) -> bool:
    """Tell whether rows of so many cells leave the map of a view readable."""
    return cells <= FEW_CELLS or view.canvas is None or view.canvas[0] >= LEAST_WIDTH


def row(box: Box, signs: tuple[str, ...], centre: tuple[float, float]) -> tuple[Cell, ...]:
    """Return the cells of a row in a box, relative to the centre; both on the world in pixels."""
    x, y = centre
    down = (box.top + box.bottom) / 2 - y
    return tuple(
        Cell(sign, round(box.left + (number + 0.5) * PITCH - x, 1), round(down, 1))
        for number, sign in enumerate(signs)
    )
