"""The layers above the base of the map: circles, names, marks, labels, and those for clicks."""

from collections.abc import Iterable
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
    marks, ink = scene.marks, list(colours.ink)
    points = [mark for mark in marks if not mark.is_area]
    open_points = [mark for mark in points if mark.place.id == selection.place]
    mark_pixels, click_pixels = CROWDED if is_crowded(atlas, selection) else APART
    labels = {"get_color": ink, "get_pixel_offset": "offset", "get_text_anchor": "anchor"}
    return [
        circles(
            "precision",
            [_circle(mark, colours) for mark in marks if mark.circle_km],
            filled=False,
            stroked=True,
            get_line_color="colour",
            line_width_min_pixels=1,
        ),
        text_layer(
            "names",
            [_name(name, colours) for name in scene.names],
            colours,
            get_size="size",
            get_angle="angle",
            get_pixel_offset="offset",
            get_color="colour",
        ),
        _icons(
            "halo",
            [_icon(mark, "halo") | {"colour": list(colours.highlight)} for mark in open_points],
            get_size=HALO_PIXELS,
            get_color="colour",
        ),
        _icons(
            "marks",
            [_icon(mark) | {"colour": list(colours.side(mark.place.side))} for mark in points],
            get_size=mark_pixels,
            get_color="colour",
        ),
        text_layer(
            "labels",
            _labels(mark for mark in marks if mark.has_room),
            colours,
            get_size=LABEL_SIZE,
            **labels,
        ),
        text_layer(
            "small-labels",
            _labels(mark for mark in marks if not mark.has_room),
            colours,
            **_growing(LABEL_SIZE),
            **labels,
        ),
        _icons(
            "cells",
            _cells(mark for mark in marks if mark.cells_have_room),
            get_size=CELL_PIXELS,
            get_color=ink,
        ),
        _icons(
            "small-cells",
            _cells(mark for mark in marks if not mark.cells_have_room),
            **_growing(CELL_PIXELS),
            get_color=ink,
        ),
        *_pickable(atlas, selection, marks, click_pixels),
    ]


def _growing(most_pixels: int) -> dict[str, Any]:
    """Return a size in metres, for what has no room at the first view and grows with the map."""
    return {"get_size": 700, "size_units": constant("meters"), "size_max_pixels": most_pixels}


def _pickable(
    atlas: Atlas, selection: Selection, marks: Iterable[Mark], pixels: int
) -> list[pdk.Layer | None]:
    """Return the transparent layers that take the clicks."""
    rows = [_clickable(atlas, mark, selection) for mark in marks if not mark.is_area]
    areas = [_clickable(atlas, mark, selection) for mark in marks if mark.is_area]
    return [
        geojson(
            atlas,
            "members",
            selection.lang,
            id="pick-members",
            pickable=True,
            get_fill_color=_TRANSPARENT,
            stroked=False,
        ),
        circles("pick-areas", areas, pickable=True, get_fill_color=_TRANSPARENT),
        _icons(
            "pick-marks",
            rows,
            pickable=True,
            get_size=pixels,
            get_color=_TRANSPARENT,
            alpha_cutoff=-1,
        ),
    ]


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


def _circle(mark: Mark, colours: Palette) -> dict[str, Any]:
    return {
        "at": [mark.longitude, mark.latitude],
        "radius": 1_000 * (mark.circle_km or 0),
        "colour": list(colours.side(mark.place.side)),
    }


def _name(name: Name, colours: Palette) -> dict[str, Any]:
    return {
        "text": literal_text(name.text),
        "at": [name.longitude, name.latitude],
        "angle": name.angle,
        "size": NAME_SIZES[name.kind],
        "offset": name.offset,
        "colour": list(colours.name(name.kind)),
    }


def _icon(mark: Mark, shape: str = "") -> dict[str, Any]:
    at = [mark.longitude, mark.latitude]
    return {"icon": shape or mark.shape, "at": at, "offset": mark.offset}


def _labels(marks: Iterable[Mark]) -> Rows:
    return [
        {
            "text": literal_text(mark.label),
            "at": [mark.longitude, mark.latitude],
            "offset": mark.label_offset,
            "anchor": mark.label_anchor,
        }
        for mark in marks
        if mark.label
    ]


def _cells(marks: Iterable[Mark]) -> Rows:
    return [
        {
            "icon": cell.sign,
            "at": [mark.longitude, mark.latitude],
            "offset": [cell.right, cell.down],
        }
        for mark in marks
        for cell in mark.cells
    ]


def _clickable(atlas: Atlas, mark: Mark, selection: Selection) -> dict[str, Any]:
    return {
        "id": mark.place.id,
        **_icon(mark),
        "radius": 1_000 * (mark.circle_km or 0),
        **_tooltip(atlas, mark.place.id, selection.lang),
    }


# Each is some 0.6 kB and takes 0.02 ms; every view needs those of all places that it shows.
@lru_cache(maxsize=8_192)
def _tooltip(atlas: Atlas, place: str, language: Language) -> dict[str, str]:
    lines = tooltip(atlas, text(language), atlas.place[place])
    return {name: literal_text(line) for name, line in lines.items()}
