"""The map within a page, before deck.gl draws it: the same scene, extent and size.

Land and lines are drawn once, in the pixels of the widest canvas, and each canvas shows the part
of them that its map does. Marks and labels keep their size on every screen: they stand in pixels,
each at its offset from the middle, which the style sheet scales (`map.css`). Colours are the
custom properties of the page, so that the drawing follows its theme.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from atlas.datapackage.land.map_features import features_of
from atlas.map.base_style import (
    BORDER_PIXELS,
    TintedPlaces,
    discs,
    highlighted,
    land_side,
    lines,
    tinted_places,
)
from atlas.map.extent import Size
from atlas.map.scene.cells import CELL_PIXELS
from atlas.map.scene.icons import HALO_PIXELS, MARK_PIXELS
from atlas.map.scene.marks import NAME_SIZES, Mark, Name, Scene, scene
from atlas.map.scene.placing import LABEL_SIZE, ViewPoint
from atlas.model.palette import LIGHT
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.canvas import Canvas, outlines
from atlas.picture.lettering import HALF_HEIGHT
from atlas.picture.overlay import symbols
from atlas.picture.svg import element, number
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded

# A place on the page may be wider or higher than the canvas a map is made for: so many pixels of
# land are drawn around it.
AROUND = 420
# Pixels of land that a line may leave out: what stands here is there for a second or two.
FINENESS = 0.5

LonLat = Sequence[float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the land, with the class of its style; degrees, WGS 84."""

    style: str
    points: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text on the map, centred on a point as [longitude, latitude] in degrees, WGS 84."""

    text: str
    at: LonLat
    pixels: int


class CanvasViews(tuple[tuple[str, Size, ViewPoint], ...]):
    """The names of canvases, each with its size in pixels and its view; the widest comes last."""

    __slots__ = ()


def inline_map(
    atlas: Atlas,
    selection: Selection,
    views: CanvasViews,
    over: tuple[Line, ...] = (),
    letterings: tuple[tuple[str, tuple[Lettering, ...]], ...] = (),
) -> Markup:
    """Return a map of the places that a selection shows, at a view for each size of canvas.

    The last of the views is the widest. `over` lies above land and rivers, and above all the
    `letterings`, each for the canvas of a name.
    """
    canvases = {name: Canvas(size, view) for name, size, view in views}
    widest = canvases[list(canvases)[-1]]
    return element(
        "svg",
        symbols(),
        element("defs", element("g", *_base(atlas, selection, widest, over), id="map-base")),
        *(_land(name, canvas, widest) for name, canvas in canvases.items()),
        *(
            element(
                "g",
                *_overlay(scene(atlas, selection, canvas.view), selection.place, canvas),
                *(_lettering(one, canvas) for one in dict(letterings).get(name, ())),
                class_=f"for-{name}",
            )
            for name, canvas in canvases.items()
        ),
        aria_hidden="true",
    )


def _land(name: str, canvas: Canvas, widest: Canvas) -> Markup:
    """Return the part of the base that a canvas shows, as a view into that of the widest."""
    enlarged = 2 ** (widest.view.zoom - canvas.view.zoom)
    width, height = (pixels * enlarged for pixels in canvas.size)
    x, y = widest.at(canvas.view.latitude, canvas.view.longitude)
    box = (x - width / 2, y - height / 2, width, height)
    return element(
        "svg",
        element("use", href="#map-base"),
        class_=f"for-{name}",
        viewBox=" ".join(map(number, box)),
        preserveAspectRatio="xMidYMid meet",
        overflow="visible",
    )


def _base(
    atlas: Atlas, selection: Selection, canvas: Canvas, over: Sequence[Line]
) -> Iterator[Markup]:
    if features_of(atlas, "boundaries"):
        places = tinted_places(atlas, selection)
        yield from _units(atlas, places, highlighted(atlas, selection.place), canvas)
    else:
        yield from _discs(atlas, selection, canvas)
    for line in lines(LIGHT):
        if shapes := "".join(outlines(atlas, line.role, canvas, AROUND, FINENESS)):
            yield element(
                "path", d=shapes, class_=f"geo line {line.role}", stroke_width=line.pixels
            )
    for above in over:
        yield element("path", d=canvas.path(above.points), class_=f"geo line {above.style}")


def _units(
    atlas: Atlas, places: TintedPlaces, opened: int | None, canvas: Canvas
) -> Iterator[Markup]:
    """Yield the land, with what looks the same in one path."""
    shapes = outlines(atlas, "boundaries", canvas, AROUND, FINENESS)
    by_look: defaultdict[str, list[str]] = defaultdict(list)
    for feature, shape in zip(features_of(atlas, "boundaries"), shapes, strict=True):
        by_look[_look(feature["properties"], places)].append(shape)
    for look, alike in by_look.items():
        path = "".join(alike)
        yield element("path", d=path, class_=f"geo land {look}".strip(), stroke_width=BORDER_PIXELS)
    if opened is not None:
        yield element("path", d=shapes[opened], class_="geo open")


def _look(properties: Mapping[str, str], places: TintedPlaces) -> str:
    """Return the classes of a unit's land: whether and how strongly its side's colour is on it."""
    place = properties.get("place") or ""
    if not places.share(place):
        return ""
    side = land_side(properties["side"])
    return f"side-{side} {'shown' if place in places.shown else 'base'}"


def _discs(atlas: Atlas, selection: Selection, canvas: Canvas) -> Iterator[Markup]:
    places = () if is_crowded(atlas, selection) else shown(atlas, selection)
    for disc in discs(atlas, places):
        x, y = canvas.at(disc.latitude, disc.longitude)
        radius = canvas.pixels(disc.radius_km, disc.latitude)
        yield element("circle", cx=x, cy=y, r=radius, class_=f"geo disc side-{disc.place.side}")


def _overlay(placed: Scene, opened: str | None, canvas: Canvas) -> Iterator[Markup]:
    for mark in placed.marks:
        if mark.circle_km:
            yield _circle(mark, mark.circle_km, canvas)
    for name in placed.names:
        yield _name(name, canvas)
    for mark in placed.marks:
        if mark.is_area:
            continue
        if mark.place.id == opened:
            yield _symbol("halo", mark, HALO_PIXELS, "halo", canvas)
        yield _symbol(mark.shape, mark, MARK_PIXELS, f"side-{mark.place.side}", canvas)
    for mark in placed.marks:
        if mark.has_room:
            yield _label(mark, canvas)
        if mark.cells_have_room:
            yield _cells(mark, canvas)


def _at(latitude: float, longitude: float, canvas: Canvas) -> str:
    """Return where a point is, as the style sheet wants it: pixels from the middle."""
    x, y = canvas.at(latitude, longitude)
    return f"--x:{number(x - canvas.size.width / 2)};--y:{number(y - canvas.size.height / 2)}"


def _circle(mark: Mark, km: float, canvas: Canvas) -> Markup:
    """Return the circle of what is known roughly: on a larger map it is larger."""
    radius = canvas.pixels(km, mark.latitude)
    return element(
        "circle",
        class_=f"circle side-{mark.place.side}",
        style=f"{_at(mark.latitude, mark.longitude, canvas)};--r:{number(radius)}",
    )


def _symbol(name: str, mark: Mark, size: int, style: str, canvas: Canvas) -> Markup:
    right, down = mark.offset
    return element(
        "use",
        href=f"#mark-{name}",
        x=right - size / 2,
        y=down - size / 2,
        width=size,
        height=size,
        class_=f"mark-at {style}",
        style=_at(mark.latitude, mark.longitude, canvas),
        data_place=mark.place.id,
    )


def _name(name: Name, canvas: Canvas) -> Markup:
    size, (right, down) = NAME_SIZES[name.kind], name.offset
    turn = f";--turn:{number(-name.angle)}deg" if name.angle else ""
    return element(
        "text",
        name.text,
        x=right,
        y=down + HALF_HEIGHT * size,
        font_size=size,
        class_=f"text {name.kind}",
        style=f"{_at(name.latitude, name.longitude, canvas)}{turn}",
    )


def _label(mark: Mark, canvas: Canvas) -> Markup:
    right, down = mark.label_offset
    return element(
        "text",
        mark.label,
        x=right,
        y=down + HALF_HEIGHT * LABEL_SIZE,
        class_=f"text label {mark.label_anchor}",
        style=_at(mark.latitude, mark.longitude, canvas),
    )


def _cells(mark: Mark, canvas: Canvas) -> Markup:
    return element(
        "g",
        *(
            element(
                "use",
                href=f"#mark-{cell.sign}",
                x=cell.right - CELL_PIXELS / 2,
                y=cell.down - CELL_PIXELS / 2,
                width=CELL_PIXELS,
                height=CELL_PIXELS,
            )
            for cell in mark.cells
        ),
        class_="cells",
        style=_at(mark.latitude, mark.longitude, canvas),
    )


def _lettering(lettering: Lettering, canvas: Canvas) -> Markup:
    longitude, latitude = lettering.at
    return element(
        "text",
        lettering.text,
        y=HALF_HEIGHT * lettering.pixels,
        font_size=lettering.pixels,
        class_="text length",
        style=_at(latitude, longitude, canvas),
    )


# Takes 5 ms where the outlines are kept; some 60 kB each, so 8 MB.
cached_inline_map = lru_cache(maxsize=128)(inline_map)
