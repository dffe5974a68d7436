"""The layers above the base of the map: circles, names, marks, labels, and those for clicks."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pydeck as pdk

from atlas.map.base_layers import circles, geojson
from atlas.map.deck import constant, literal_text
from atlas.map.scene.cells import CELL_PIXELS
from atlas.map.scene.icons import HALO_PIXELS, MARK_PIXELS, icon_mapping, icon_sheet
from atlas.map.scene.marks import NAME_SIZES, Mark, Name, Scene
from atlas.map.scene.placing import LABEL_SIZE
from atlas.model.languages import Language
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.list_limits import is_crowded
from atlas.query.wording import tooltip

# The size in pixels of a mark, and of the area that takes its clicks; smaller on a crowded map.
APART, CROWDED = (MARK_PIXELS, 28), (13, 18)
_FONT = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
)
_HALO_FONT = {"sdf": True, "fontSize": 32, "buffer": 6, "radius": 10, "smoothing": 0.2}
_TRANSPARENT = [255, 255, 255, 0]

Rows = list[dict[str, Any]]


def overlay(
    atlas: Atlas, selection: Selection, scene: Scene, colours: Palette
) -> list[pdk.Layer | None]:
    """Return the layers above the base, the lowest first."""
    mark_pixels, click_pixels = CROWDED if is_crowded(atlas, selection) else APART
    points = [mark for mark in scene.marks if not mark.is_area]
    areas = [mark for mark in scene.marks if mark.is_area]
    return [
        _precision(scene.marks, colours),
        _names(scene.names, colours),
        _halo(points, selection, colours),
        _marks(points, mark_pixels, colours),
        *_labels(scene.marks, colours),
        *_cells(scene.marks, colours),
        *_pickable(atlas, selection, areas, points, click_pixels),
    ]


def _precision(marks: Iterable[Mark], colours: Palette) -> pdk.Layer:
    rows = [_circle(mark) | _side_colour(mark, colours) for mark in marks if mark.circle_km]
    style = {"filled": False, "stroked": True, "line_width_min_pixels": 1}
    return circles("precision", rows, get_line_color="colour", **style)


def _names(names: Iterable[Name], colours: Palette) -> pdk.Layer:
    rows = [
        {
            "text": literal_text(name.text),
            "at": [name.longitude, name.latitude],
            "angle": name.angle,
            "size": NAME_SIZES[name.kind],
            "offset": name.offset,
            "colour": list(colours.name(name.kind)),
        }
        for name in names
    ]
    columns = {"get_angle": "angle", "get_pixel_offset": "offset", "get_color": "colour"}
    return text_layer("names", rows, colours, get_size="size", **columns)


def _halo(points: Iterable[Mark], selection: Selection, colours: Palette) -> pdk.Layer:
    rows = [
        _icon(mark) | {"icon": "halo", "colour": list(colours.highlight)}
        for mark in points
        if mark.place.id == selection.place
    ]
    return _icons("halo", rows, get_size=HALO_PIXELS, get_color="colour")


def _marks(points: Iterable[Mark], pixels: int, colours: Palette) -> pdk.Layer:
    rows = [_icon(mark) | _side_colour(mark, colours) for mark in points]
    return _icons("marks", rows, get_size=pixels, get_color="colour")


def _labels(marks: Iterable[Mark], colours: Palette) -> Iterator[pdk.Layer]:
    """Yield the labels that have room at the first view, and those that have not."""
    rows: dict[bool, Rows] = {True: [], False: []}
    for mark in marks:
        if mark.label:
            rows[mark.has_room].append(
                {
                    "text": literal_text(mark.label),
                    "at": [mark.longitude, mark.latitude],
                    "offset": mark.label_offset,
                    "anchor": mark.label_anchor,
                }
            )
    columns = {"get_pixel_offset": "offset", "get_text_anchor": "anchor"}
    style = columns | {"get_color": list(colours.ink)}
    yield text_layer("labels", rows[True], colours, get_size=LABEL_SIZE, **style)
    yield text_layer("small-labels", rows[False], colours, **_growing(LABEL_SIZE), **style)


def _cells(marks: Iterable[Mark], colours: Palette) -> Iterator[pdk.Layer]:
    """Yield the cells that have room at the first view, and those that have not."""
    rows: dict[bool, Rows] = {True: [], False: []}
    for mark in marks:
        at = [mark.longitude, mark.latitude]
        rows[mark.cells_have_room] += [
            {"icon": cell.sign, "at": at, "offset": [cell.right, cell.down]} for cell in mark.cells
        ]
    ink = list(colours.ink)
    yield _icons("cells", rows[True], get_size=CELL_PIXELS, get_color=ink)
    yield _icons("small-cells", rows[False], **_growing(CELL_PIXELS), get_color=ink)


def _growing(most_pixels: int) -> dict[str, Any]:
    """Return a size in metres, for what has no room at the first view and grows with the map."""
    return {"get_size": 700, "size_units": constant("meters"), "size_max_pixels": most_pixels}


def _pickable(
    atlas: Atlas,
    selection: Selection,
    areas: Iterable[Mark],
    points: Iterable[Mark],
    pixels: int,
) -> Iterator[pdk.Layer | None]:
    """Yield the transparent layers that take the clicks: on land, on circles, on marks."""
    language = selection.lang
    style = {"pickable": True, "get_fill_color": _TRANSPARENT}
    yield geojson(atlas, "members", language, id="pick-members", stroked=False, **style)
    rows = [_circle(mark) | _clickable(atlas, mark, language) for mark in areas]
    yield circles("pick-areas", rows, **style)
    rows = [_icon(mark) | _clickable(atlas, mark, language) for mark in points]
    style = {"pickable": True, "get_color": _TRANSPARENT, "alpha_cutoff": -1}
    yield _icons("pick-marks", rows, get_size=pixels, **style)


def _icons(id: str, rows: Rows, **style: Any) -> pdk.Layer:
    return pdk.Layer(
        "IconLayer",
        id=id,
        data=rows,
        icon_atlas=constant(icon_sheet().url),
        icon_mapping=constant(icon_mapping().url),
        get_icon="icon",
        get_position="at",
        get_pixel_offset="offset",
        **style,
    )


def text_layer(id: str, rows: Rows, colours: Palette, **style: Any) -> pdk.Layer:
    """Return a layer of texts in any script, with halos in the colour of the land."""
    return pdk.Layer(
        "TextLayer",
        id=id,
        data=rows,
        get_text="text",
        get_position="at",
        character_set=constant("auto"),
        font_family=constant(_FONT),
        font_settings=_HALO_FONT,
        outline_width=6,
        outline_color=[*colours.land, 230],
        **style,
    )


def _circle(mark: Mark) -> dict[str, Any]:
    """Return a circle of the precision of a place, with its radius in metres."""
    return {"at": [mark.longitude, mark.latitude], "radius": 1_000 * (mark.circle_km or 0)}


def _icon(mark: Mark) -> dict[str, Any]:
    return {"icon": mark.shape, "at": [mark.longitude, mark.latitude], "offset": mark.offset}


def _side_colour(mark: Mark, colours: Palette) -> dict[str, Any]:
    return {"colour": list(colours.side(mark.place.side))}


def _clickable(atlas: Atlas, mark: Mark, language: Language) -> dict[str, str]:
    return {"id": mark.place.id, **_tooltip(atlas, mark.place.id, language)}


# Each is some 0.6 kB and takes 0.02 ms; every view needs those of all places that it shows.
@lru_cache(maxsize=8_192)
def _tooltip(atlas: Atlas, place: str, language: Language) -> dict[str, str]:
    lines = tooltip(atlas, text(language), atlas.place[place])
    return {name: literal_text(line) for name, line in lines.items()}
