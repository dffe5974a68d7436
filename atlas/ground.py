"""The ground of the map: boundaries, rivers, provincial border. Layers, drawn from below."""

import math
from typing import Any

import pydeck as pdk

from atlas.distance import point
from atlas.facets import shown
from atlas.mapfiles import boundaries, place_bits, static_file
from atlas.palette import Colour, Palette, mixed
from atlas.profile import profile
from atlas.records import Atlas, Language, Place
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
    rivers = (_lines(atlas, role, colours.river, 1.8) for role in ("rivers", "rivers-osm"))
    return [filled, *rivers, _lines(atlas, "provinces", colours.province, 2)]


def _boundaries(
    atlas: Atlas, selection: Selection, colours: Palette, tiles: bool
) -> pdk.Layer | None:
    shown_bits = _shown_bits(atlas, selection)
    land = rgba(colours.land, 0 if tiles else 255)
    strong, weak = (_side_fill(colours, share, tiles) for share in (0.36, 0.1))
    base_bits = _shown_bits(atlas, Selection())
    return geojson(
        atlas,
        "boundaries",
        selection.lang,
        get_fill_color=f"properties.bit & {shown_bits} ? ({strong}) "
        f": (properties.bit & {base_bits} ? ({weak}) : {land})",
        update_triggers={"getFillColor": [shown_bits, *colours.land]},
        get_line_color=list(colours.border),
        line_width_min_pixels=0.8,
        highlighted_object_index=_index(atlas, selection.place),
        highlight_color=rgba(colours.highlight, 55),
    )


def _side_fill(colours: Palette, share: float, tiles: bool) -> str:
    """Return the expression that tints land by its side; over tiles it stays see-through."""
    tints = (
        rgba(side, round(255 * share)) if tiles else rgba(mixed(colours.land, side, share), 255)
        for side in (colours.sichuan, colours.chongqing)
    )
    return "properties.side == 'sichuan' ? {} : {}".format(*tints)


def _shown_bits(atlas: Atlas, selection: Selection) -> int:
    bits = place_bits(atlas)
    return sum(bits.get(place.id, 0) for place in shown(atlas, selection))


def _index(atlas: Atlas, place: str | None) -> int | None:
    owners = [feature["properties"]["place"] for feature in boundaries(atlas)]
    return owners.index(place) if place in owners else None


def _discs(atlas: Atlas, selection: Selection, colours: Palette) -> pdk.Layer:
    """Stand in for missing boundaries: discs as large as the cities and districts are."""
    places = [place for place in shown(atlas, selection) if place.kind != "park" and point(place)]
    return pdk.Layer(
        "ScatterplotLayer",
        id="discs",
        data=[
            {
                "at": [place.longitude, place.latitude],
                "radius": _disc_metres(atlas, place),
                "colour": rgba(colours.side(place.side), 70),
            }
            for place in places
        ],
        get_position="at",
        get_radius="radius",
        get_fill_color="colour",
    )


def _disc_metres(atlas: Atlas, place: Place) -> float:
    """Return the radius in metres of a disc with the place's area, 0 where that is not known."""
    areas = [one.rows[0] for one in profile(atlas, place.id).figures if one.indicator.id == "area"]
    km2 = areas[0].value if areas and areas[0].value else 0.0
    return 1_000 * math.sqrt(km2 / math.pi)


def _lines(atlas: Atlas, role: str, colour: Colour, pixels: float) -> pdk.Layer | None:
    return geojson(atlas, role, "en", get_line_color=list(colour), line_width_min_pixels=pixels)


def geojson(atlas: Atlas, role: str, language: Language, **style: Any) -> pdk.Layer | None:
    """Return a layer whose data the browser fetches, once, from the file's address."""
    file = static_file(atlas, role, language)
    if file is None:
        return None
    return pdk.Layer("GeoJsonLayer", id=style.pop("id", role), data=file.url, **style)


def rgba(colour: Colour, alpha: int) -> list[int]:
    """Return a colour with its opacity, 0-255, as deck.gl takes it."""
    return [*colour, alpha]
