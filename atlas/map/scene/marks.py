"""The scene on the base of the map: a mark for each place with its label, and names.

Layers of deck.gl and pictures both draw this description.
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
    Offset,
    ViewPoint,
    around,
    box_of,
    first_free,
    label_spot,
    near,
    pixel,
    spread,
    text_width,
    walls,
)
from atlas.map.scene.shapes import shape
from atlas.model.languages import Language
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded

# The mean width of Latin letters in the widest common font, as a share of the size.
WIDEST_LATIN = 0.66
NAME_SIZES = {"river": 13, "province": 17, "city": 13}
# Offsets that are tried for the name of a province.
SLIDES = ((0, 0), (0, 25), (0, -25), (45, 0), (45, 25), (45, -25), (90, 0), (90, 25), (90, -25))
# Offsets that are tried, shortest first, for a point whose mark would cover another at the first
# view. At a zoom that tells them apart, they are smaller than the precision of its position.
NUDGES = tuple(
    (round(reach * math.cos(turn)), round(reach * math.sin(turn)))
    for reach in (5, 9, 13, 17)
    for turn in (math.radians(degrees) for degrees in range(0, 360, 45))
)
# The order in which marks are drawn.
RANK = {name: rank for rank, name in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map. Degrees, WGS 84; offsets in pixels, right and down.

    `has_room` and `cells_have_room` say whether label and cells are shown at the first view.
    """

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
        """Whether it is only the circle that the place lies in, without a mark in the middle."""
        return self.shape == "area" and self.circle_km is not None

    def spot(self, offset: Offset, view: ViewPoint) -> tuple[float, float]:
        """Return the position at an offset from the place, in pixels on the world at the zoom."""
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
    """Everything on the base of the map."""

    marks: tuple[Mark, ...]
    names: tuple[Name, ...]


def scene(atlas: Atlas, selection: Selection, view: ViewPoint) -> Scene:
    """Return the marks of the shown places and of the open one, and the names for orientation.

    What comes first has the first choice of a spot: areas, then points, solid before hollow, then
    names. On a crowded map only the open place has a label; the others may cover each other.
    """
    obstacles = walls(view)
    marks = _marks(atlas, selection, view, obstacles)
    labels = {mark.label for mark in marks}
    names = (
        _with_room(name, view, obstacles)
        for name in orientation_names(atlas, selection.lang)
        if name.text not in labels
    )
    return Scene(marks, tuple(name for name in names if name))


def _marks(
    atlas: Atlas, selection: Selection, view: ViewPoint, obstacles: list[Box]
) -> tuple[Mark, ...]:
    marks = _without_labels(atlas, selection, view)
    crowd = []
    if is_crowded(atlas, selection):
        crowd = [mark for mark in marks if mark.place.id != selection.place]
        marks = [mark for mark in marks if mark.place.id == selection.place]
    # All labels come before cells, because they matter more.
    marks = [_moved(mark, view, obstacles) for mark in _apart(marks)]
    marks = [_labelled(mark, selection.lang, view, obstacles) for mark in marks]
    with_cells = (_with_cells(atlas, selection, mark, view, obstacles) for mark in marks)
    return (*_apart(crowd), *with_cells)


def _without_labels(atlas: Atlas, selection: Selection, view: ViewPoint) -> list[Mark]:
    """Return the marks without labels, in the order in which they choose their spots."""
    groups = (*atlas.base_groups, *selection.sets)
    places = dict.fromkeys(shown(atlas, selection))
    if selection.place:
        places[atlas.place[selection.place]] = None
    marks = (
        Mark(place, shape(atlas, place, groups), latitude, near(longitude, view.longitude))
        for place in places
        if place.position != "none"
        for latitude, longitude in filter(None, [point(place)])
    )
    return sorted(marks, key=lambda mark: (mark.place.extent == "point", RANK[mark.shape]))


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """Yield the marks, with those that share a point spread around it."""
    # An area has no mark in the middle that could be covered.
    offsets = spread((mark.latitude, mark.longitude) for mark in marks if mark.shape != "area")
    for mark in marks:
        yield mark if mark.shape == "area" else replace(mark, offset=next(offsets))


def _moved(mark: Mark, view: ViewPoint, obstacles: list[Box]) -> Mark:
    """Return a mark at its spot, which is a free one for a point, and make it an obstacle."""
    is_point = mark.place.extent == "point" and mark.shape != "area"
    offsets = ((0, 0), *NUDGES) if is_point else (mark.offset,)
    spots = ((offset, around(mark.spot(offset, view), MARK_RADIUS)) for offset in offsets)
    offset = first_free(spots, obstacles)
    if offset is None:
        offset = offsets[0]
        obstacles.append(around(mark.spot(offset, view), MARK_RADIUS))
    return replace(mark, offset=offset)


def _labelled(mark: Mark, language: Language, view: ViewPoint, obstacles: list[Box]) -> Mark:
    """Return a mark with its label, and with the circle of its precision if that is rough."""
    place, (right, down) = mark.place, mark.offset
    label = place.short[language] or place.name[language]
    offset, anchor, has_room = label_spot(label, mark.spot(mark.offset, view), obstacles)
    return replace(
        mark,
        circle_km=place.precision_km if is_rough(place.precision_km) else None,
        label=label,
        label_offset=(right + offset[0], down + offset[1]),
        label_anchor=anchor,
        has_room=has_room,
    )


def label_box(mark: Mark, view: ViewPoint) -> Box:
    """Return the largest box of a mark's label, in pixels on the world at the zoom."""
    x, y = mark.spot(mark.label_offset, view)
    return box_of(x, y, text_width(mark.label, latin=WIDEST_LATIN), anchor=mark.label_anchor)


def _with_cells(
    atlas: Atlas, selection: Selection, mark: Mark, view: ViewPoint, obstacles: list[Box]
) -> Mark:
    """Return a mark with the cells of its sectors."""
    signs = cells.signs(atlas, mark.place, selection)
    if not signs:
        return mark
    boxes = list(cells.spots(label_box(mark, view), mark.label_anchor, len(signs)))
    may_fit = mark.has_room and cells.fit(len(signs), view)
    box = first_free(zip(boxes, boxes, strict=True), obstacles) if may_fit else None
    row = cells.row(box or boxes[0], signs, mark.spot((0, 0), view))
    return replace(mark, cells=row, cells_have_room=box is not None)


def orientation_names(atlas: Atlas, language: Language) -> tuple[Name, ...]:
    """Return the names in the package's label file in a language, the most important first."""
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


def _with_room(name: Name, view: ViewPoint, obstacles: list[Box]) -> Name | None:
    """Return a name at a free spot, or None. That of a province may move, as it names an area."""
    offsets = SLIDES if name.kind == "province" else SLIDES[:1]
    names = (replace(name, offset=offset) for offset in offsets)
    return first_free(((spot, _name_box(spot, view)) for spot in names), obstacles)


def _name_box(name: Name, view: ViewPoint) -> Box:
    """Return the box of a name, in pixels on the world at the zoom."""
    x, y = pixel(name.latitude, near(name.longitude, view.longitude), view.zoom)
    size, turn = NAME_SIZES[name.kind], math.radians(name.angle)
    width = text_width(name.text, size) + 2
    box_width = abs(width * math.cos(turn)) + size * abs(math.sin(turn))
    box_height = abs(width * math.sin(turn)) + size * abs(math.cos(turn))
    return box_of(x + name.offset[0], y + name.offset[1], box_width, box_height)
