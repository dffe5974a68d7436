"""Arcs between counterparts across the border: which there are, and where their lengths stand."""

import math
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import pydeck as pdk

from atlas.analysis.pairs import Pair, pairs
from atlas.map.base_layers import rgba
from atlas.map.overlay import text_layer
from atlas.map.scene.cells import PITCH
from atlas.map.scene.marks import Mark, Scene, label_box
from atlas.map.scene.placing import (
    MARK_RADIUS,
    Box,
    ViewPoint,
    around,
    box_of,
    degrees,
    first_free,
    near,
    pixel,
    text_width,
)
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.wording import how_far_briefly

# An arc lies flat on the map and stands off its chord by half this share of its length: arcs
# that would lie on one another are told apart. What is measured is the straight line.
BULGE = 0.36
# Where on its arc a length is written, in the order of trying, and how large, in pixels.
SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
LENGTH_SIZE = 13
# Where an arc as a line has its corners: close together at the ends, where it bends most.
SHARES = tuple((1 - math.cos(math.pi * step / 24)) / 2 for step in range(25))
# Between two texts there are at least twice as many pixels.
GAP = 2

# The arcs of a map: in one chosen sector that from each place to its nearest counterpart (of
# several, an arc would not say which it is about), or all in each of the chosen sectors.
Arcs = Literal["none", "nearest", "all"]


class Stroke(NamedTuple):
    """How an arc is drawn: width in pixels, opacity (0-255), and whether with its length."""

    name: str
    width: float
    opacity: int
    labelled: bool


NEAREST = Stroke("nearest", 3.0, 235, labelled=True)
FURTHER = Stroke("further", 1.2, 110, labelled=False)
BESIDE = Stroke("beside", 1.0, 45, labelled=False)

Strokes = dict[Pair, Stroke]


def focus(atlas: Atlas, selection: Selection) -> str | None:
    """Return the open place, if it has a counterpart in one of the chosen sectors."""
    ends = {end.id for pair in _chosen(atlas, selection) for end in pair.places}
    return selection.place if selection.place in ends else None


def _chosen(atlas: Atlas, selection: Selection) -> list[Pair]:
    return [pair for sector in selection.sector for pair in pairs(atlas, sector, selection)]


def strokes(atlas: Atlas, selection: Selection, arcs: Arcs = "all") -> Strokes:
    """Return each pair once, as strongly as the sector in which it is nearest asks for.

    With a place open, the arcs that do not touch it step back.
    """
    if arcs == "none" or (arcs == "nearest" and len(selection.sector) != 1):
        return {}
    place = focus(atlas, selection)
    chosen = (pair for pair in _chosen(atlas, selection) if pair.nearest_for or arcs == "all")
    drawn = [(pair, _stroke(pair, place)) for pair in chosen]
    weakest_first = sorted(drawn, key=lambda stroke: stroke[1].width)
    by_ends = {(pair.first.id, pair.second.id): (pair, stroke) for pair, stroke in weakest_first}
    return dict(by_ends.values())


def _stroke(pair: Pair, place: str | None) -> Stroke:
    if place in (None, *(end.id for end in pair.places)):
        return NEAREST if pair.nearest_for else FURTHER
    return BESIDE


def arc_layer(strokes: Strokes, colours: Palette) -> pdk.Layer:
    """Return the arcs, each from the colour of one side to that of the other."""
    return pdk.Layer(
        "ArcLayer",
        id="arcs",
        data=[
            {
                "from": [pair.first.longitude, pair.first.latitude],
                "to": [_beyond(pair), pair.second.latitude],
                "width": stroke.width,
                "start": rgba(colours.side("first" if pair.first.side else ""), stroke.opacity),
                "end": rgba(colours.side("second" if pair.second.side else ""), stroke.opacity),
            }
            for pair, stroke in strokes.items()
        ],
        get_source_position="from",
        get_target_position="to",
        get_source_color="start",
        get_target_color="end",
        get_width="width",
        get_height=BULGE,
        get_tilt=90,
    )


def length_layer(
    strokes: Strokes, placed: Scene, selection: Selection, view: ViewPoint, colours: Palette
) -> pdk.Layer:
    """Return the lengths beside the arcs."""
    rows = lengths(strokes, placed, selection, view)
    return text_layer("lengths", rows, colours, get_size=LENGTH_SIZE, get_color=list(colours.ink))


def lengths(
    strokes: Strokes, placed: Scene, selection: Selection, view: ViewPoint
) -> list[dict[str, Any]]:
    """Return the lengths to write on the arcs, where they cover neither a name nor each other."""
    labelled = [pair for pair, stroke in strokes.items() if stroke.labelled]
    if not labelled:
        return []
    taken = [box for mark in placed.marks for box in _boxes(mark, view)]
    rows = []
    for pair in labelled:
        length = how_far_briefly(text(selection.lang), pair.distance_km, pair.margin_km)
        width = text_width(length, LENGTH_SIZE)
        spots = (along(pair, share) for share in SPOTS)
        if at := first_free(((at, length_box(at, width, view)) for at in spots), taken):
            rows.append({"text": length, "at": at})
    return rows


def _boxes(mark: Mark, view: ViewPoint) -> Iterator[Box]:
    """Yield what a mark covers with its label and cells, in pixels on the world at that zoom."""
    x, y = pixel(mark.latitude, mark.longitude, view.zoom)
    yield around((x + mark.offset[0], y + mark.offset[1]), MARK_RADIUS)
    if mark.has_room:
        yield label_box(mark, view)
    if mark.cells_have_room:
        yield from (around((x + cell.right, y + cell.down), PITCH / 2) for cell in mark.cells)


def length_box(at: tuple[float, float], width: float, view: ViewPoint) -> Box:
    """Return the room that a length takes at (longitude, latitude), with a gap around it."""
    x, y = pixel(at[1], near(at[0], view.longitude), view.zoom)
    return box_of(x, y, width + 2 * GAP, LENGTH_SIZE + 2 * GAP)


def curve(pair: Pair) -> list[tuple[float, float]]:
    """Return the points of an arc as a line, (longitude, latitude)."""
    return [along(pair, share) for share in SHARES]


def along(pair: Pair, share: float) -> tuple[float, float]:
    """Return the (longitude, latitude) at some share of an arc, as deck.gl bends it."""
    x1, y1 = pixel(pair.first.latitude or 0, pair.first.longitude or 0, 0)
    x2, y2 = pixel(pair.second.latitude or 0, _beyond(pair), 0)
    off = BULGE * math.sqrt(share * (1 - share))
    x = x1 + share * (x2 - x1) - off * (y1 - y2)
    y = y1 + share * (y2 - y1) - off * (x2 - x1)
    latitude, longitude = degrees(x, y)
    return longitude, latitude


def _beyond(pair: Pair) -> float:
    """Return the longitude of the second place of a pair, as near to the first as it can be."""
    return near(pair.second.longitude or 0, pair.first.longitude or 0)
