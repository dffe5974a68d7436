"""The ground of the map: boundaries, rivers, provincial border. Layers, drawn from below."""

from collections.abc import Iterable
from typing import Any

import pydeck as pdk

from atlas.facets import shown
from atlas.land import (
    BORDER_PIXELS,
    DISC,
    HIGHLIGHT,
    STRONG,
    WEAK,
    Line,
    discs,
    highlighted,
    land,
    lines,
    side_of,
    tint,
)
from atlas.mapfiles import boundaries, place_bits, static_file
from atlas.palette import Colour, Palette
from atlas.records import Atlas, Language
from atlas.scale import is_crowded
from atlas.selection import Selection


def ground(
    atlas: Atlas, selection: Selection, colours: Palette, tiles: bool
) -> list[pdk.Layer | None]:
    """Return the layers below the marks; with tiles, other land is left see-through."""
    filled = (
        _boundaries(atlas, selection, colours, tiles)
        if boundaries(atlas)
        else _discs(atlas, selection, colours)
    )
    drawn = (Line("borders", colours.border, BORDER_PIXELS), *lines(colours))
    return [filled, *(_line(atlas, line) for line in drawn)]


def _boundaries(
    atlas: Atlas, selection: Selection, colours: Palette, tiles: bool
) -> pdk.Layer | None:
    tinted = land(atlas, selection)
    shown_bits, base_bits = _bits(atlas, tinted.shown), _bits(atlas, tinted.base)
    plain = rgba(colours.land, 0 if tiles else 255)
    strong, weak = (_side_fill(colours, share, tiles) for share in (STRONG, WEAK))
    return geojson(
        atlas,
        "boundaries",
        selection.lang,
        get_fill_color=f"properties.bit & {shown_bits} ? ({strong}) "
        f": (properties.bit & {base_bits} ? ({weak}) : {plain})",
        update_triggers={"getFillColor": [shown_bits, *colours.land]},
        stroked=False,
        highlighted_object_index=highlighted(atlas, selection.place),
        highlight_color=rgba(colours.highlight, HIGHLIGHT),
    )


def _bits(atlas: Atlas, places: Iterable[str]) -> int:
    bits = place_bits(atlas)
    return sum(bits.get(place, 0) for place in places)


def _side_fill(colours: Palette, share: float, tiles: bool) -> str:
    """Return the expression that tints land by its side; over tiles it stays see-through."""
    tints = (
        rgba(side_of(colours, side), round(255 * share))
        if tiles
        else rgba(tint(colours, side, share), 255)
        for side in ("sichuan", "chongqing")
    )
    return "properties.side == 'sichuan' ? {} : {}".format(*tints)


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


def _line(atlas: Atlas, line: Line) -> pdk.Layer | None:
    """Draw a line as plain segments: paths with joints cost a software renderer 0.6 s more."""
    file = static_file(atlas, line.role, "en")
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
