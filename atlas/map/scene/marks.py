"""What stands on the map: a mark for each place, with its shape, its label and where that goes.

This is the only description of the marks. Those that draw them, deck.gl layers and pictures, turn
it into their own form.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from atlas.analysis.distance import is_rough, point
from atlas.datapackage.land.map_features import features_of
from atlas.map.scene import cells
from atlas.map.scene.cells import Cell
from atlas.map.scene.icons import SHAPES
from atlas.map.scene.placing import (
    LABEL_SIZE,
    MARK_RADIUS,
    Anchor,
    Box,
    ViewPoint,
    around,
    label_spot,
    near,
    pixel,
    text_width,
    walls,
)
from atlas.map.scene.shapes import shape
from atlas.map.scene.spread import spread
from atlas.model.languages import Language
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded

# Latin letters of the widest of the usual fonts, as a share of the size.
WIDEST_LATIN = 0.66
NAME_SIZES = {"river": 13, "province": 17, "city": 13}
SLIDES = ((0, 0), (0, 25), (0, -25), (45, 0), (45, 25), (45, -25), (90, 0), (90, 25), (90, -25))
# Pixels a point is moved by when its mark would cover another at the first view: the
# shortest of these that frees it. Less than its precision, once the map is near enough to tell.
NUDGES = tuple(
    (round(reach * math.cos(turn)), round(reach * math.sin(turn)))
    for reach in (5, 9, 13, 17)
    for turn in (math.radians(degrees) for degrees in range(0, 360, 45))
)
# Which mark is drawn first where several stand together.
RANK = {shape: rank for rank, shape in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the map. Degrees, WGS 84; offsets in pixels, right and down."""

    place: Place
    shape: str
    latitude: float
    longitude: float
    offset: tuple[int, int] = (0, 0)
    circle_km: float | None = None
    label: str = ""
    label_offset: tuple[int, int] = (0, 0)
    label_anchor: Anchor = "start"
    has_room: bool = False
    cells: tuple[Cell, ...] = ()
    cells_have_room: bool = False

    @property
    def is_area(self) -> bool:
        """Tell whether it is the circle in which the place lies, without a mark in its middle."""
        return self.shape == "area" and self.circle_km is not None


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a river, a province or a town, for orientation. Degrees, WGS 84."""

    text: str
    kind: Literal["city", "river", "province"]
    latitude: float
    longitude: float
    angle: float
    offset: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that stands on the base of the map."""

    marks: tuple[Mark, ...]
    names: tuple[Name, ...]


class _Spot(NamedTuple):
    """A place to be drawn: its shape, and where, as (latitude, longitude) in degrees."""

    place: Place
    shape: str
    at: tuple[float, float]


def scene(atlas: Atlas, selection: Selection, view: ViewPoint) -> Scene:
    """Return the marks of the places a selection shows, and of the open one, if drawn.

    Where more are shown than are labelled, only the open one has a label and makes room
    for it: the others stand where they are, one over another.
    Places that are mere points come last, those drawn hollow behind those drawn solid, and then
    the names for orientation: the first to come has the first choice of a spot.
    """
    taken = walls(view)
    marks = _marks(atlas, selection, view, taken)
    labelled = {mark.label for mark in marks}
    names = (
        _with_room(name, view, taken)
        for name in orientation_names(atlas, selection.lang)
        if name.text not in labelled
    )
    return Scene(marks, tuple(name for name in names if name))


def _marks(
    atlas: Atlas, selection: Selection, view: ViewPoint, taken: list[Box]
) -> tuple[Mark, ...]:
    spots = _spots(atlas, selection, view)
    bare: list[_Spot] = []
    if is_crowded(atlas, selection):
        bare = [spot for spot in spots if spot.place.id != selection.place]
        spots = [spot for spot in spots if spot.place.id == selection.place]
    offsets = [
        _offset(spot, apart, view, taken) for spot, apart in zip(spots, _apart(spots), strict=True)
    ]
    labelled = [
        _mark(spot, offset, selection.lang, view, taken)
        for spot, offset in zip(spots, offsets, strict=True)
    ]
    # All labels come first: a name says more than the cells of another.
    with_cells = (_with_cells(atlas, selection, mark, view, taken) for mark in labelled)
    return (*_bare(bare), *with_cells)


def _bare(spots: list[_Spot]) -> Iterator[Mark]:
    """Yield marks without labels; those that share a point stand around it."""
    for spot, offset in zip(spots, _apart(spots), strict=True):
        yield Mark(spot.place, spot.shape, *spot.at, offset=offset)


def _apart(spots: list[_Spot]) -> list[tuple[int, int]]:
    """Return the offsets of marks that share a point; an area has no mark in its middle."""
    offsets = iter(spread(spot.at for spot in spots if spot.shape != "area"))
    return [(0, 0) if spot.shape == "area" else next(offsets) for spot in spots]


def _spots(atlas: Atlas, selection: Selection, view: ViewPoint) -> list[_Spot]:
    """Return the places to be drawn in the order in which they choose their spots."""
    groups = (*atlas.base_groups, *selection.sets)
    places = dict.fromkeys(shown(atlas, selection))
    if selection.place:
        places[atlas.place[selection.place]] = None
    spots = (
        _Spot(place, shape(atlas, place, groups), (at.latitude, near(at.longitude, view.longitude)))
        for place in places
        if place.position != "none" and (at := point(place))
    )
    return sorted(spots, key=lambda spot: (spot.place.extent == "point", RANK[spot.shape]))


def _mark(
    spot: _Spot,
    offset: tuple[int, int],
    language: Language,
    view: ViewPoint,
    taken: list[Box],
) -> Mark:
    place = spot.place
    label = place.short[language] or place.name[language]
    where, anchor, room = label_spot(label, _moved(spot.at, offset, view), taken)
    return Mark(
        place=place,
        shape=spot.shape,
        latitude=spot.at[0],
        longitude=spot.at[1],
        offset=offset,
        circle_km=place.precision_km if is_rough(place.precision_km) else None,
        label=label,
        label_offset=(offset[0] + where[0], offset[1] + where[1]),
        label_anchor=anchor,
        has_room=room,
    )


def label_box(mark: Mark, view: ViewPoint) -> Box:
    """Return the room that the label of a mark takes at most, on the world at that zoom."""
    x, y = pixel(mark.latitude, mark.longitude, view.zoom)
    x, y = x + mark.label_offset[0], y + mark.label_offset[1]
    width, half = text_width(mark.label, latin=WIDEST_LATIN), LABEL_SIZE / 2 + 1
    left = {"start": x, "middle": x - width / 2, "end": x - width}[mark.label_anchor]
    return Box(left, y - half, left + width, y + half)


def _with_cells(
    atlas: Atlas, selection: Selection, mark: Mark, view: ViewPoint, taken: list[Box]
) -> Mark:
    """Return a mark with the cells of its sectors: where they have no room, on a nearer map."""
    signs = cells.signs(atlas, mark.place, selection)
    if not signs:
        return mark
    spots = list(cells.spots(label_box(mark, view), mark.label_anchor, len(signs)))
    fits = mark.has_room and cells.fit(len(signs), view)
    free = (spot for spot in spots if fits and not any(map(spot.meets, taken)))
    found = next(free, None)
    if found:
        taken.append(found)
    centre = pixel(mark.latitude, mark.longitude, view.zoom)
    row = cells.row(found or spots[0], signs, centre)
    return replace(mark, cells=row, cells_have_room=found is not None)


def orientation_names(atlas: Atlas, language: Language) -> tuple[Name, ...]:
    """Return the names of the package's label file in a language, the important ones first."""
    features = sorted(
        features_of(atlas, "labels"), key=lambda feature: feature["properties"].get("rank", 1)
    )
    return tuple(
        Name(
            text=feature["properties"][f"name_{language}"],
            kind=feature["properties"]["kind"],
            latitude=feature["geometry"]["coordinates"][1],
            longitude=feature["geometry"]["coordinates"][0],
            angle=feature["properties"].get("angle") or 0.0,
        )
        for feature in features
    )


def _with_room(name: Name, view: ViewPoint, taken: list[Box]) -> Name | None:
    """Return a name where it covers nothing, or None. A province's may slide: it names an area."""
    for right, down in SLIDES if name.kind == "province" else SLIDES[:1]:
        box = strip(name, right, down, view)
        if not any(map(box.meets, taken)):
            taken.append(box)
            return replace(name, offset=(right, down))
    return None


def strip(name: Name, right: int, down: int, view: ViewPoint) -> Box:
    """Return the room a name takes when it is moved by some pixels, on the world at that zoom."""
    x, y = pixel(name.latitude, near(name.longitude, view.longitude), view.zoom)
    size = NAME_SIZES[name.kind]
    turn = math.radians(name.angle)
    width = text_width(name.text, size) + 2
    across = (abs(width * math.cos(turn)) + size * abs(math.sin(turn))) / 2
    upright = (abs(width * math.sin(turn)) + size * abs(math.cos(turn))) / 2
    return Box(x + right - across, y + down - upright, x + right + across, y + down + upright)


def _moved(
    at: tuple[float, float], offset: tuple[int, int], view: ViewPoint
) -> tuple[float, float]:
    x, y = pixel(*at, view.zoom)
    return x + offset[0], y + offset[1]


def _offset(
    spot: _Spot, apart: tuple[int, int], view: ViewPoint, taken: list[Box]
) -> tuple[int, int]:
    """Return the offset of a mark: none, or for a point the first that is free; take that room.

    `apart` keeps it from another mark at its very point.
    """
    is_point = spot.place.extent == "point" and spot.shape != "area"
    tries = ((0, 0), *NUDGES) if is_point else (apart,)
    boxes = {offset: around(_moved(spot.at, offset, view), MARK_RADIUS) for offset in tries}
    free = (offset for offset, box in boxes.items() if not any(map(box.meets, taken)))
    chosen = next(free, tries[0])
    taken.append(boxes[chosen])
    return chosen
