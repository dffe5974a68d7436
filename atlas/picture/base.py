"""The base of a picture, below its marks: land tinted by side, rivers, the provincial border."""

from collections.abc import Iterator

from markupsafe import Markup

from atlas.datapackage.land.map_features import features_of
from atlas.map.base_style import (
    BORDER_PIXELS,
    DISC,
    OPEN_PIXELS,
    discs,
    highlighted,
    lines,
    tint,
    tinted_places,
)
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.canvas import Canvas, outlines
from atlas.picture.svg import element, hexadecimal, opacity
from atlas.query.facets import shown
from atlas.query.list_limits import is_crowded


def base(atlas: Atlas, selection: Selection, canvas: Canvas, colours: Palette) -> Markup:
    """Return what lies below the marks, drawn from below, as the layers of the map do."""
    has_land = bool(features_of(atlas, "boundaries"))
    filled = _units if has_land else _discs
    return Markup("").join(
        (filled(atlas, selection, canvas, colours), *_lines(atlas, canvas, colours))
    )


def _units(atlas: Atlas, selection: Selection, canvas: Canvas, colours: Palette) -> Markup:
    shapes = outlines(atlas, "boundaries", canvas)
    places = tinted_places(atlas, selection)
    units = []
    for feature, shape in zip(features_of(atlas, "boundaries"), shapes, strict=True):
        place = feature["properties"].get("place") or ""
        share = places.share(place)
        fill = hexadecimal(tint(colours, feature["properties"]["side"], share)) if share else None
        if shape:
            units.append(element("path", d=shape, fill=fill, data_place=place or None))
    opened = highlighted(atlas, selection.place)
    if opened is not None:
        colour = hexadecimal(colours.highlight)
        units.append(
            element("path", d=shapes[opened], fill="none", stroke=colour, stroke_width=OPEN_PIXELS)
        )
    return element(
        "g",
        *units,
        id="land",
        fill=hexadecimal(colours.land),
        fill_rule="evenodd",
        stroke=hexadecimal(colours.border),
        stroke_width=BORDER_PIXELS,
        stroke_linejoin="round",
    )


def _discs(atlas: Atlas, selection: Selection, canvas: Canvas, colours: Palette) -> Markup:
    circles = []
    places = () if is_crowded(atlas, selection) else shown(atlas, selection)
    for disc in discs(atlas, places):
        x, y = canvas.at(disc.latitude, disc.longitude)
        circles.append(
            element(
                "circle",
                cx=x,
                cy=y,
                r=canvas.pixels(disc.radius_km, disc.latitude),
                fill=hexadecimal(colours.side(disc.place.side)),
                data_place=disc.place.id,
            )
        )
    return element("g", *circles, id="land", fill_opacity=opacity(DISC))


def _lines(atlas: Atlas, canvas: Canvas, colours: Palette) -> Iterator[Markup]:
    for line in lines(colours):
        shapes = "".join(outlines(atlas, line.role, canvas))
        if shapes:
            yield element(
                "path",
                d=shapes,
                id=line.role,
                fill="none",
                stroke=hexadecimal(line.colour),
                stroke_width=line.pixels,
                stroke_linejoin="round",
                stroke_linecap="round",
            )
