"""Arcs between counterparts across the border, over the same base and marks as the map."""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pydeck as pdk

from atlas.analysis.pairs import Pair, pairs
from atlas.analysis.sector_places import scope
from atlas.map.base_layers import base_layers, rgba
from atlas.map.deck import framed
from atlas.map.overlay import overlay, text_layer
from atlas.map.scene.cells import PITCH
from atlas.map.scene.marks import Mark, Scene, label_box, scene
from atlas.map.scene.placing import MARK_RADIUS, Box, ViewPoint, around, near, pixel, text_width
from atlas.model.languages import Language
from atlas.model.palette import Palette, palette
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


class Stroke(NamedTuple):
    """How an arc is drawn: width in pixels, opacity (0-255), and whether with its length."""

    width: float
    opacity: int
    labelled: bool


NEAREST = Stroke(3.0, 235, labelled=True)
FURTHER = Stroke(1.2, 110, labelled=False)
BESIDE = Stroke(1.0, 45, labelled=False)


Strokes = Mapping[Pair, Stroke]


# Takes 3 ms to build; up to 3 MB each with 2,000 places, seldom more than 0.2 MB.
@lru_cache(maxsize=64)
def deck(atlas: Atlas, selection: Selection, theme: str, view: ViewPoint) -> pdk.Deck:
    """Return the map of the chosen sectors: their places, and arcs between the counterparts.

    With a place open, the arcs that do not touch it step back.
    """
    colours = palette(theme)
    marked = shown(selection)
    placed = scene(atlas, marked, view)
    drawn = strokes(atlas, selection)
    return framed(
        [
            *base_layers(atlas, marked, colours),
            arc_layer(drawn, colours),
            *overlay(atlas, marked, placed, colours),
            length_layer(lengths(drawn, placed, selection.lang, view), colours),
        ],
        view,
    )


def shown(selection: Selection) -> Selection:
    """Return the selection whose places are marked: those in scope that work in the sectors."""
    return scope(selection).but(sector=selection.sector, place=selection.place)


def lines(strokes: Strokes) -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
    """Return each arc as the name of its stroke and points of (longitude, latitude)."""
    names = {NEAREST: "nearest", FURTHER: "further", BESIDE: "beside"}
    return tuple(
        (names[stroke], tuple(along(pair, share) for share in SHARES))
        for pair, stroke in strokes.items()
    )


def focus(atlas: Atlas, selection: Selection) -> str | None:
    """Return the open place, if it has a counterpart in one of the chosen sectors."""
    ends = {end.id for pair in _chosen(atlas, selection) for end in pair.places}
    return selection.place if selection.place in ends else None


def _chosen(atlas: Atlas, selection: Selection) -> list[Pair]:
    return [pair for sector in selection.sector for pair in pairs(atlas, sector, selection)]


def strokes(atlas: Atlas, selection: Selection) -> dict[Pair, Stroke]:
    """Return each pair once, as strongly as the sector in which it is nearest asks for."""
    place = focus(atlas, selection)
    drawn = [(pair, _stroke(pair, place)) for pair in _chosen(atlas, selection)]
    weakest_first = sorted(drawn, key=lambda stroke: stroke[1].width)
    by_ends = {(pair.first.id, pair.second.id): (pair, stroke) for pair, stroke in weakest_first}
    return dict(by_ends.values())


def nearest_strokes(atlas: Atlas, selection: Selection) -> dict[Pair, Stroke]:
    """Return the arcs on the map of places: from each to its nearest counterpart in a sector.

    There are some with one sector on: of several, an arc would not say which it is about.
    """
    if len(selection.sector) != 1:
        return {}
    every = strokes(atlas, selection)
    return {pair: stroke for pair, stroke in every.items() if pair.nearest_for}


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


def length_layer(rows: list[dict[str, Any]], colours: Palette) -> pdk.Layer:
    """Return the lengths beside the arcs."""
    return text_layer("lengths", rows, colours, get_size=LENGTH_SIZE, get_color=list(colours.ink))


def lengths(
    strokes: Strokes, placed: Scene, language: Language, view: ViewPoint
) -> list[dict[str, Any]]:
    """Return the lengths to write on the arcs, where they cover neither a name nor each other."""
    labelled = [pair for pair, stroke in strokes.items() if stroke.labelled]
    if not labelled:
        return []
    words = text(language)
    taken = [box for mark in placed.marks for box in _boxes(mark, view)]
    rows = []
    for pair in labelled:
        length = how_far_briefly(words, pair.distance_km, pair.margin_km)
        if at := _free_spot(pair, text_width(length, LENGTH_SIZE), view, taken):
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


def text_box(centre: tuple[float, float], width: float) -> Box:
    """Return the room that a text takes, with a gap around it, in pixels."""
    x, y = centre
    across, up = width / 2 + GAP, LENGTH_SIZE / 2 + GAP
    return Box(x - across, y - up, x + across, y + up)


def _free_spot(
    pair: Pair, width: float, view: ViewPoint, taken: list[Box]
) -> tuple[float, float] | None:
    for share in SPOTS:
        at = along(pair, share)
        box = text_box(pixel(at[1], near(at[0], view.longitude), view.zoom), width)
        if not any(map(box.meets, taken)):
            taken.append(box)
            return at
    return None


def _beyond(pair: Pair) -> float:
    """Return the longitude of the second place of a pair, as near to the first as it can be."""
    return near(pair.second.longitude or 0, pair.first.longitude or 0)


def along(pair: Pair, share: float) -> tuple[float, float]:
    """Return the (longitude, latitude) at some share of an arc, as deck.gl bends it."""
    x1, y1 = pixel(pair.first.latitude or 0, pair.first.longitude or 0, 0)
    x2, y2 = pixel(pair.second.latitude or 0, _beyond(pair), 0)
    off = BULGE * math.sqrt(share * (1 - share))
    x = x1 + share * (x2 - x1) - off * (y1 - y2)
    y = y1 + share * (y2 - y1) - off * (x2 - x1)
    latitude = math.degrees(2 * math.atan(math.exp(math.pi * (1 - 2 * y / 512))) - math.pi / 2)
    return x / 512 * 360 - 180, latitude
