"""What stands on the base of the map: marks, labels, and the unseen layers that take clicks."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pydeck as pdk

from atlas.map.base_layers import geojson
from atlas.map.deck import constant, uncomputed
from atlas.map.scene.cells import CELL_PIXELS
from atlas.map.scene.icons import HALO_PIXELS, MARK_PIXELS, icon_mapping, icon_sheet
from atlas.map.scene.marks import NAME_SIZES, Mark, Name, Scene
from atlas.map.scene.placing import LABEL_SIZE
from atlas.model.languages import Language
from atlas.model.palette import Colour, Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.list_limits import is_crowded
from atlas.query.wording import tooltip


class Sizes(NamedTuple):
    """How large marks are drawn, and how large what takes the clicks on them is, in pixels."""

    mark: int
    clicked: int


APART, CROWDED = Sizes(MARK_PIXELS, 28), Sizes(13, 18)

_FONT = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
)
_HALOED = {"sdf": True, "fontSize": 32, "buffer": 6, "radius": 10, "smoothing": 0.2}
_CLEAR = [255, 255, 255, 0]
_ICONS: dict[str, Any] = {
    "icon_atlas": constant(icon_sheet().url),
    "icon_mapping": constant(icon_mapping().url),
    "get_icon": "icon",
    "get_position": "at",
    "get_pixel_offset": "offset",
}
_ANCHORED = {"get_pixel_offset": "offset", "get_text_anchor": "anchor"}


def overlay(
    atlas: Atlas, selection: Selection, scene: Scene, colours: Palette
) -> list[pdk.Layer | None]:
    """Return the layers above the base, the lowest first: circles, names, marks, labels, clicks."""
    opened = [mark for mark in scene.marks if mark.place.id == selection.place]
    sizes = CROWDED if is_crowded(atlas, selection) else APART
    return [
        _precision(scene.marks, colours),
        _names(scene.names, colours),
        _icons("halo", opened, lambda _: colours.highlight, HALO_PIXELS),
        _icons("marks", scene.marks, lambda mark: colours.side(mark.place.side), sizes.mark),
        _labels(scene.marks, colours),
        _small_labels(scene.marks, colours),
        _cells("cells", scene.marks, colours, get_size=CELL_PIXELS),
        _cells("small-cells", scene.marks, colours, **_growing(CELL_PIXELS)),
        *_pickable(atlas, scene.marks, selection, sizes),
    ]


def _precision(marks: tuple[Mark, ...], colours: Palette) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        id="precision",
        data=[
            {
                "at": [mark.longitude, mark.latitude],
                "radius": 1_000 * mark.circle_km,
                "colour": list(colours.side(mark.place.side)),
            }
            for mark in marks
            if mark.circle_km
        ],
        get_position="at",
        get_radius="radius",
        filled=False,
        stroked=True,
        get_line_color="colour",
        line_width_min_pixels=1,
    )


def _names(names: tuple[Name, ...], colours: Palette) -> pdk.Layer:
    return text_layer(
        "names",
        [
            {
                "text": uncomputed(name.text),
                "at": [name.longitude, name.latitude],
                "angle": name.angle,
                "size": NAME_SIZES[name.kind],
                "offset": name.offset,
                "colour": list(colours.name(name.kind)),
            }
            for name in names
        ],
        colours,
        get_size="size",
        get_angle="angle",
        get_pixel_offset="offset",
        get_color="colour",
    )


def _icons(id: str, marks: Iterable[Mark], tint: Callable[[Mark], Colour], size: int) -> pdk.Layer:
    return pdk.Layer(
        "IconLayer",
        id=id,
        data=[
            {
                "icon": "halo" if id == "halo" else mark.shape,
                "at": [mark.longitude, mark.latitude],
                "offset": mark.offset,
                "colour": list(tint(mark)),
            }
            for mark in marks
            if not mark.is_area
        ],
        **_ICONS,
        get_size=size,
        get_color="colour",
    )


def _labels(marks: tuple[Mark, ...], colours: Palette) -> pdk.Layer:
    rows = [_label(mark) for mark in marks if mark.has_room]
    return text_layer(
        "labels", rows, colours, get_size=LABEL_SIZE, get_color=list(colours.ink), **_ANCHORED
    )


def _small_labels(marks: tuple[Mark, ...], colours: Palette) -> pdk.Layer:
    """Labels without room at the first view: sized in metres, they grow into sight."""
    rows = [_label(mark) for mark in marks if mark.label and not mark.has_room]
    return text_layer(
        "small-labels",
        rows,
        colours,
        **_growing(LABEL_SIZE),
        get_color=list(colours.ink),
        **_ANCHORED,
    )


def _growing(most_pixels: int) -> dict[str, Any]:
    return {
        "get_size": 700,
        "size_units": constant("meters"),
        "size_max_pixels": most_pixels,
    }


def _cells(id: str, marks: Iterable[Mark], colours: Palette, **size: Any) -> pdk.Layer:
    """Cells that have room at the first view, or those that have none and grow as labels do."""
    have_room = id == "cells"
    return pdk.Layer(
        "IconLayer",
        id=id,
        data=_cell_rows(mark for mark in marks if mark.cells_have_room is have_room),
        **_ICONS,
        **size,
        get_color=list(colours.ink),
    )


def _cell_rows(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    return [
        {
            "icon": cell.sign,
            "at": [mark.longitude, mark.latitude],
            "offset": [cell.right, cell.down],
        }
        for mark in marks
        for cell in mark.cells
    ]


def _label(mark: Mark) -> dict[str, Any]:
    return {
        "text": uncomputed(mark.label),
        "at": [mark.longitude, mark.latitude],
        "offset": mark.label_offset,
        "anchor": mark.label_anchor,
    }


def text_layer(id: str, rows: list[dict[str, Any]], colours: Palette, **style: Any) -> pdk.Layer:
    """Return labels in every script of the atlas, each with a halo in the colour of the land."""
    return pdk.Layer(
        "TextLayer",
        id=id,
        data=rows,
        get_text="text",
        get_position="at",
        character_set=constant("auto"),
        font_family=constant(_FONT),
        font_settings=_HALOED,
        outline_width=6,
        outline_color=[*colours.land, 230],
        **style,
    )


def _pickable(
    atlas: Atlas, drawn: tuple[Mark, ...], selection: Selection, sizes: Sizes
) -> tuple[pdk.Layer | None, ...]:
    """Return the unseen layers that take the clicks."""
    areas = [_row(atlas, mark, selection) for mark in drawn if mark.is_area]
    marks = [_row(atlas, mark, selection) for mark in drawn if not mark.is_area]
    return (
        geojson(
            atlas,
            "members",
            selection.lang,
            id="pick-members",
            pickable=True,
            get_fill_color=_CLEAR,
            stroked=False,
        ),
        pdk.Layer(
            "ScatterplotLayer",
            id="pick-areas",
            data=areas,
            pickable=True,
            get_position="at",
            get_radius="radius",
            get_fill_color=_CLEAR,
        ),
        pdk.Layer(
            "IconLayer",
            id="pick-marks",
            data=marks,
            pickable=True,
            **_ICONS,
            get_size=sizes.clicked,
            get_color=_CLEAR,
            alpha_cutoff=-1,
        ),
    )


def _row(atlas: Atlas, mark: Mark, selection: Selection) -> dict[str, Any]:
    return {
        "id": mark.place.id,
        "icon": mark.shape,
        "at": [mark.longitude, mark.latitude],
        "offset": mark.offset,
        "radius": 1_000 * (mark.circle_km or 0),
        **_tooltip(atlas, mark.place.id, selection.lang),
    }


# Some 0.6 kB each. It takes 0.02 ms, and every view asks for that of every place it shows.
@lru_cache(maxsize=8_192)
def _tooltip(atlas: Atlas, place: str, language: Language) -> dict[str, str]:
    lines = tooltip(atlas, text(language), atlas.place[place])
    return {line: uncomputed(value) for line, value in lines.items()}
