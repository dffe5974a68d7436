"""The base of the map as layers of deck.gl: land, borders, rivers, and the open place's outline."""

from typing import Any

import pydeck as pdk

from atlas.map.base_style import BORDERS, DISC, LINES, OPEN_PIXELS, Land, Line, discs, lands, tint
from atlas.map.deck import constant
from atlas.map.served_files import static_file
from atlas.model.languages import Language
from atlas.model.palette import Colour, Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded


def base_layers(atlas: Atlas, selection: Selection, colours: Palette) -> list[pdk.Layer | None]:
    """Return the layers below the marks, the lowest first."""
    land = lands(atlas, selection)
    return [
        _boundaries(atlas, selection, land, colours) if land else _discs(atlas, selection, colours),
        *(_line(atlas, selection, line, colours) for line in (BORDERS, *LINES)),
        _open_land(atlas, selection, land, colours),
    ]


def _boundaries(
    atlas: Atlas, selection: Selection, land: list[Land], colours: Palette
) -> pdk.Layer | None:
    """Return the boundaries, each filled with the colour that an expression looks up by its number.

    The expression has a list of the few colours, and a string with a digit for each boundary, its
    index in that list. The browser would build a list with a colour for each boundary anew for
    every boundary.
    """
    fills = [[*tint(colours, side, share), 255] for _, side, share in land]
    distinct = [list(fill) for fill in dict.fromkeys(map(tuple, fills))]
    digits = "".join(str(distinct.index(fill)) for fill in fills)
    colour = f"({distinct})[('{digits}')[properties.number]]"
    return geojson(
        atlas,
        "boundaries",
        selection.lang,
        get_fill_color=colour,
        update_triggers={"getFillColor": colour},
        stroked=False,
    )


def _open_land(
    atlas: Atlas, selection: Selection, land: list[Land], colours: Palette
) -> pdk.Layer | None:
    """Return the outline of the open place's land; without an open place the layer is invisible."""
    opaque, transparent = rgba(colours.highlight, 255), rgba(colours.highlight, 0)
    colour = f"properties.id == '{selection.place or ''}' ? {opaque} : {transparent}"
    return geojson(
        atlas,
        "members",
        selection.lang,
        id="open-land",
        visible=bool(selection.place) and any(unit.place == selection.place for unit in land),
        filled=False,
        get_line_color=colour,
        update_triggers={"getLineColor": colour},
        get_line_width=OPEN_PIXELS,
        line_width_units=constant("pixels"),
        line_joint_rounded=True,
    )


def _discs(atlas: Atlas, selection: Selection, colours: Palette) -> pdk.Layer:
    """Return discs with the areas of the places, in place of boundaries; none on a crowded map."""
    places = () if is_crowded(atlas, selection) else shown(atlas, selection)
    rows = [
        {
            "at": [disc.longitude, disc.latitude],
            "radius": 1_000 * disc.radius_km,
            "colour": rgba(colours.side(disc.place.side), DISC),
        }
        for disc in discs(atlas, places)
    ]
    return circles("discs", rows, get_fill_color="colour")


def _line(atlas: Atlas, selection: Selection, line: Line, colours: Palette) -> pdk.Layer | None:
    """Return a line as plain segments: paths with joints cost a software renderer 0.6 s more."""
    file = static_file(atlas, line.role, selection.lang)
    return file and pdk.Layer(
        "LineLayer",
        id=line.role,
        data=file.url,
        get_source_position="a",
        get_target_position="b",
        get_color=list(getattr(colours, line.colour)),
        get_width=line.pixels,
    )


def geojson(atlas: Atlas, role: str, language: Language, **style: Any) -> pdk.Layer | None:
    """Return a layer whose data the browser fetches from the URL of the file."""
    file = static_file(atlas, role, language)
    return file and pdk.Layer("GeoJsonLayer", **{"id": role, "data": file.url, **style})


def circles(id: str, rows: list[dict[str, Any]], **style: Any) -> pdk.Layer:
    """Return circles around the points `at`, with a `radius` in metres unless the style has one."""
    defaults = {"get_position": "at", "get_radius": "radius"}
    return pdk.Layer("ScatterplotLayer", id=id, data=rows, **(defaults | style))


def rgba(colour: Colour, alpha: int) -> list[int]:
    """Return a colour with its opacity, 0-255, in deck.gl's form."""
    return [*colour, alpha]
