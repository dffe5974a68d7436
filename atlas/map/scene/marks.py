"""What stands on the map: a mark for each place, with its shape, its label and where that goes.

This is the only description of the marks. Those that draw them, deck.gl layers and pictures, turn
it into their own form.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from atlas.analysis.distance import is_rough, point
from atlas.datapackage.land.map_features import features_of
from atlas.map.scene import cells
from atlas.map.scene.cells import Cell
from atlas.map.scene.icons import SHAPES
from atlas.map.scene.placing import (
    MARK_RADIUS,
    Anchor,
    Box,
    ViewPoint,
    around,
    box_of,
    first_free,
    label_spot,
    near,
    pixel,
    text_width,
    walls,
)
from atlas.map.scene.shapes import shape
from atlas.map.scene.spread import Offset, spread
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
    offset: Offset = (0, 0)
    circle_km: float | None = None
    label: str = ""
    label_offset: Offset = (0, 0)
    label_anchor: Anchor = "start"
    has_room: bool = False
    cells: tuple[Cell, ...] = ()
    cells_have_room: bool = False

    @property
    def is_area(self) -> bool:
        """Tell whether it is the circle in which the place lies, without a mark in its middle."""
        return self.shape == "area" and self.circle_km is not None

    def spot(self, offset: Offset, view: ViewPoint) -> tuple[float, float]:
        """Return where something at an offset from the place is, on the world at that zoom."""
        x, y = pixel(self.latitude, self.longitude, view.zoom)
        return x + offset[0], y + offset[1]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a river, a province or a town, for orientation. Degrees, WGS 84."""

    text: str
    kind: Literal["city", "river", "province"]
    latitude: float
    longitude: float
    angle: float
    offset: Offset = (0, 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that stands on the base of the map."""

    marks: tuple[Mark, ...]
    names: tuple[Name, ...]


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
    marks = _bare(atlas, selection, view)
    crowd = []
    if is_crowded(atlas, selection):
        crowd = [mark for mark in marks if mark.place.id != selection.place]
        marks = [mark for mark in marks if mark.place.id == selection.place]
    # All labels come before cells: a name says more than the cells of another.
    moved = [_moved(mark, view, taken) for mark in _apart(marks)]
    labelled = [_labelled(mark, selection.lang, view, taken) for mark in moved]
    with_cells = (_with_cells(atlas, selection, mark, view, taken) for mark in labelled)
    return (*_apart(crowd), *with_cells)


def _bare(atlas: Atlas, selection: Selection, view: ViewPoint) -> list[Mark]:
    """Return marks without labels in the order in which they choose their spots."""
    groups = (*atlas.base_groups, *selection.sets)
    places = dict.fromkeys(shown(atlas, selection))
    if selection.place:
        places[atlas.place[selection.place]] = None
    marks = (
        Mark(place, shape(atlas, place, groups), at.latitude, near(at.longitude, view.longitude))
        for place in places
        if place.position != "none" and (at := point(place))
    )
    return sorted(marks, key=lambda mark: (mark.place.extent == "point", RANK[mark.shape]))


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """Yield marks, those that share a point around it; an area has no mark in its middle."""
    offsets = spread((mark.latitude, mark.longitude) for mark in marks if mark.shape != "area")
    for mark in marks:
        yield mark if mark.shape == "area" else replace(mark, offset=next(offsets))


def _moved(mark: Mark, view: ViewPoint, taken: list[Box]) -> Mark:
    """Return a mark where it stands: a point moves to where it is free; take that room."""
    is_point = mark.place.extent == "point" and mark.shape != "area"
    offsets = ((0, 0), *NUDGES) if is_point else (mark.offset,)
    spots = ((offset, around(mark.spot(offset, view), MARK_RADIUS)) for offset in offsets)
    chosen = first_free(spots, taken)
    if chosen is None:
        chosen = offsets[0]
        taken.append(around(mark.spot(chosen, view), MARK_RADIUS))
    return replace(mark, offset=chosen)


def _labelled(mark: Mark, language: Language, view: ViewPoint, taken: list[Box]) -> Mark:
    """Return a mark with its label and the circle of what is known roughly."""
    place, (right, down) = mark.place, mark.offset
    label = place.short[language] or place.name[language]
    where, anchor, room = label_spot(label, mark.spot(mark.offset, view), taken)
    return replace(
        mark,
        circle_km=place.precision_km if is_rough(place.precision_km) else None,
        label=label,
        label_offset=(right + where[0], down + where[1]),
        label_anchor=anchor,
        has_room=room,
    )


def label_box(mark: Mark, view: ViewPoint) -> Box:
    """Return the room that the label of a mark takes at most, on the world at that zoom."""
    x, y = mark.spot(mark.label_offset, view)
    return box_of(x, y, text_width(mark.label, latin=WIDEST_LATIN), anchor=mark.label_anchor)


def _with_cells(
    atlas: Atlas, selection: Selection, mark: Mark, view: ViewPoint, taken: list[Box]
) -> Mark:
    """Return a mark with the cells of its sectors: where they have no room, on a nearer map."""
    signs = cells.signs(atlas, mark.place, selection)
    if not signs:
        return mark
    boxes = list(cells.spots(label_box(mark, view), mark.label_anchor, len(signs)))
    fits = mark.has_room and cells.fit(len(signs), view)
    found = first_free(zip(boxes, boxes, strict=True), taken) if fits else None
    row = cells.row(found or boxes[0], signs, mark.spot((0, 0), view))
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
    slides = SLIDES if name.kind == "province" else SLIDES[:1]
    moved = (replace(name, offset=offset) for offset in slides)
    return first_free(((name, name_box(name, view)) for name in moved), taken)


def name_box(name: Name, view: ViewPoint) -> Box:
    """Return the room a name takes where it stands, on the world at that zoom."""
    x, y = pixel(name.latitude, near(name.longitude, view.longitude), view.zoom)
    size, turn = NAME_SIZES[name.kind], math.radians(name.angle)
    width = text_width(name.text, size) + 2
    across = abs(width * math.cos(turn)) + size * abs(math.sin(turn))
    upright = abs(width * math.sin(turn)) + size * abs(math.cos(turn))
    return box_of(x + name.offset[0], y + name.offset[1], across, upright)
