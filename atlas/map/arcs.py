"""Arcs between counterparts across the border, and the labels with their lengths."""

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

# An arc lies flat on the map; its middle is half this share of its length away from the chord, so
# that arcs do not cover each other. The length is that of the straight line.
BULGE = 0.36
# The positions on its arc, as shares of it, that are tried for a label; its size in pixels.
SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
LENGTH_SIZE = 13
# The corners of an arc as a polyline: closest at the ends, where it bends most.
SHARES = tuple((1 - math.cos(math.pi * step / 24)) / 2 for step in range(25))
# Pixels that a label keeps free around it.
GAP = 2

# `nearest`: from each place to its nearest counterpart, if one sector is selected; with several,
# an arc would not say which sector it is about. `all`: every pair of each selected sector.
Arcs = Literal["none", "nearest", "all"]


class Stroke(NamedTuple):
    """The style of an arc: width in pixels, opacity (0-255), and whether its length is a label."""

    name: str
    width: float
    opacity: int
    labelled: bool


NEAREST = Stroke("nearest", 3.0, 235, labelled=True)
FURTHER = Stroke("further", 1.2, 110, labelled=False)
BESIDE = Stroke("beside", 1.0, 45, labelled=False)

Strokes = dict[Pair, Stroke]


def focus(atlas: Atlas, selection: Selection) -> str | None:
    """Return the id of the open place if it has a counterpart in a selected sector, or None."""
    ends = {end.id for pair in _pairs(atlas, selection) for end in pair.places}
    return selection.place if selection.place in ends else None


def _pairs(atlas: Atlas, selection: Selection) -> list[Pair]:
    return [pair for sector in selection.sector for pair in pairs(atlas, sector, selection)]


def strokes(atlas: Atlas, selection: Selection, arcs: Arcs = "all") -> Strokes:
    """Return the arcs of a selection, the thinnest first, with a single one between two places.

    Of a pair in several sectors, the thickest counts. With a place open, arcs of other places are
    faint.
    """
    if arcs == "none" or (arcs == "nearest" and len(selection.sector) != 1):
        return {}
    place = focus(atlas, selection)
    rows = [
        (pair, _stroke(pair, place))
        for pair in _pairs(atlas, selection)
        if pair.nearest_for or arcs == "all"
    ]
    rows.sort(key=lambda row: row[1].width)
    by_ends = {(pair.first.id, pair.second.id): (pair, stroke) for pair, stroke in rows}
    return dict(by_ends.values())


def _stroke(pair: Pair, place: str | None) -> Stroke:
    if place in (None, *(end.id for end in pair.places)):
        return NEAREST if pair.nearest_for else FURTHER
    return BESIDE


def arc_layer(strokes: Strokes, colours: Palette) -> pdk.Layer:
    """Return the layer of the arcs, each from the colour of one side to that of the other."""
    return pdk.Layer(
        "ArcLayer",
        id="arcs",
        data=[
            {
                "from": [pair.first.longitude, pair.first.latitude],
                "to": [_end_longitude(pair), pair.second.latitude],
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
    strokes: Strokes, scene: Scene, selection: Selection, view: ViewPoint, colours: Palette
) -> pdk.Layer:
    """Return the layer of the labels on the arcs."""
    rows = lengths(strokes, scene, selection, view)
    return text_layer("lengths", rows, colours, get_size=LENGTH_SIZE, get_color=list(colours.ink))


def lengths(
    strokes: Strokes, scene: Scene, selection: Selection, view: ViewPoint
) -> list[dict[str, Any]]:
    """Return the labels of the arcs that fit: their `text`, and `at` as (longitude, latitude).

    They cover neither marks with their labels and cells nor each other.
    """
    labelled_pairs = [pair for pair, stroke in strokes.items() if stroke.labelled]
    if not labelled_pairs:
        return []
    obstacles = [box for mark in scene.marks for box in _boxes(mark, view)]
    rows = []
    for pair in labelled_pairs:
        length = how_far_briefly(text(selection.lang), pair.distance_km, pair.margin_km)
        width = text_width(length, LENGTH_SIZE)
        spots = (along(pair, share) for share in SPOTS)
        if at := first_free(((spot, length_box(spot, width, view)) for spot in spots), obstacles):
            rows.append({"text": length, "at": at})
    return rows


def _boxes(mark: Mark, view: ViewPoint) -> Iterator[Box]:
    """Yield the boxes of a mark, its label and its cells, in pixels on the world at the zoom."""
    x, y = pixel(mark.latitude, mark.longitude, view.zoom)
    yield around((x + mark.offset[0], y + mark.offset[1]), MARK_RADIUS)
    if mark.has_room:
        yield label_box(mark, view)
    if mark.cells_have_room:
        yield from (around((x + cell.right, y + cell.down), PITCH / 2) for cell in mark.cells)


def length_box(at: tuple[float, float], width: float, view: ViewPoint) -> Box:
    """Return the box of a label at (longitude, latitude), in pixels on the world at the zoom."""
    x, y = pixel(at[1], near(at[0], view.longitude), view.zoom)
    return box_of(x, y, width + 2 * GAP, LENGTH_SIZE + 2 * GAP)


def curve(pair: Pair) -> list[tuple[float, float]]:
    """Return an arc as a polyline of (longitude, latitude)."""
    return [along(pair, share) for share in SHARES]


def along(pair: Pair, share: float) -> tuple[float, float]:
    """Return the (longitude, latitude) at a share of an arc, on the curve that deck.gl draws."""
    x1, y1 = pixel(pair.first.latitude or 0, pair.first.longitude or 0, 0)
    x2, y2 = pixel(pair.second.latitude or 0, _end_longitude(pair), 0)
    bulge = BULGE * math.sqrt(share * (1 - share))
    x = x1 + share * (x2 - x1) - bulge * (y1 - y2)
    y = y1 + share * (y2 - y1) - bulge * (x2 - x1)
    latitude, longitude = degrees(x, y)
    return longitude, latitude


def _end_longitude(pair: Pair) -> float:
    """Return the longitude of the second place of a pair, within 180 degrees of the first."""
    return near(pair.second.longitude or 0, pair.first.longitude or 0)
