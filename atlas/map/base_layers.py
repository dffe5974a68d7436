"""The base of the map as deck.gl layers, the lowest first: boundaries, then rivers and borders."""

from collections.abc import Sequence
from typing import Any

import pydeck as pdk

from atlas.datapackage.land.map_features import Feature, features_of
from atlas.map.base_style import (
    BORDER_PIXELS,
    DISC,
    OPEN_PIXELS,
    Line,
    TintedPlaces,
    discs,
    highlighted,
    lines,
    tint,
    tinted_places,
)
from atlas.map.deck import constant
from atlas.map.served_files import static_file
from atlas.model.languages import Language
from atlas.model.palette import Colour, Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded


def base_layers(atlas: Atlas, selection: Selection, colours: Palette) -> list[pdk.Layer | None]:
    """Return the layers below the marks."""
    filled = (
        _boundaries(atlas, selection, colours)
        if features_of(atlas, "boundaries")
        else _discs(atlas, selection, colours)
    )
    outlines = (Line("borders", colours.border, BORDER_PIXELS), *lines(colours))
    lines_above = (_line(atlas, selection, line) for line in outlines)
    return [filled, *lines_above, _open_land(atlas, selection, colours)]


def _boundaries(atlas: Atlas, selection: Selection, colours: Palette) -> pdk.Layer | None:
    places = tinted_places(atlas, selection)
    fills = [_fill(feature, places, colours) for feature in features_of(atlas, "boundaries")]
    colour_of_number = _by_number(fills)
    return geojson(
        atlas,
        "boundaries",
        selection.lang,
        get_fill_color=colour_of_number,
        update_triggers={"getFillColor": colour_of_number},
        stroked=False,
    )


def _fill(feature: Feature, places: TintedPlaces, colours: Palette) -> tuple[int, ...]:
    """Return the colour of a boundary's land."""
    side = feature["properties"]["side"]
    share = places.share(feature["properties"].get("place") or "")
    return (*tint(colours, side, share), 255)


def _open_land(atlas: Atlas, selection: Selection, colours: Palette) -> pdk.Layer | None:
    """Outline the land of the open place; without one the layer stays, unseen."""
    opened, other = rgba(colours.highlight, 255), rgba(colours.highlight, 0)
    colour = f"properties.id == '{selection.place or ''}' ? {opened} : {other}"
    return geojson(
        atlas,
        "members",
        selection.lang,
        id="open-land",
        visible=highlighted(atlas, selection.place) is not None,
        filled=False,
        get_line_color=colour,
        update_triggers={"getLineColor": colour},
        get_line_width=OPEN_PIXELS,
        line_width_units=constant("pixels"),
        line_joint_rounded=True,
    )


def _by_number(fills: Sequence[tuple[int, ...]]) -> str:
    """Return the expression that looks up the colour of a boundary by its number.

    It lists the few colours once, and has a digit for each boundary that says which of them is
    its own. The browser would build a list of all their colours anew for every boundary.
    """
    distinct = list(dict.fromkeys(fills))
    digits = "".join(str(distinct.index(fill)) for fill in fills)
    return f"({[list(fill) for fill in distinct]})[('{digits}')[properties.number]]"


def _discs(atlas: Atlas, selection: Selection, colours: Palette) -> pdk.Layer:
    """Stand in for missing boundaries: discs as large as the cities and districts are, if few."""
    places = () if is_crowded(atlas, selection) else shown(atlas, selection)
    return pdk.Layer(
        "ScatterplotLayer",
        id="discs",
        data=[
            {
                "at": [disc.longitude, disc.latitude],
                "radius": 1_000 * disc.radius_km,
                "colour": rgba(colours.side(disc.place.side), DISC),
            }
            for disc in discs(atlas, places)
        ],
        get_position="at",
        get_radius="radius",
        get_fill_color="colour",
    )


def _line(atlas: Atlas, selection: Selection, line: Line) -> pdk.Layer | None:
    """Draw a line as plain segments: paths with joints cost a software renderer 0.6 s more."""
    file = static_file(atlas, line.role, selection.lang)
    if file is None:
        return None
    return pdk.Layer(
        "LineLayer",
        id=line.role,
        data=file.url,
        get_source_position="a",
        get_target_position="b",
        get_color=list(line.colour),
        get_width=line.pixels,
    )


def geojson(atlas: Atlas, role: str, language: Language, **style: Any) -> pdk.Layer | None:
    """Return a layer whose data the browser fetches, once, from the file's address."""
    file = static_file(atlas, role, language)
    if file is None:
        return None
    return pdk.Layer("GeoJsonLayer", id=style.pop("id", role), data=file.url, **style)


def rgba(colour: Colour, alpha: int) -> list[int]:
    """Return a colour with its opacity, 0-255, as deck.gl takes it."""
    return [*colour, alpha]
