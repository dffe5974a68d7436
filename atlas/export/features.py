"""The places of a view as GeoJSON (RFC 7946): longitude before latitude, degrees, WGS 84."""

from collections.abc import Iterator
from typing import Any

from atlas.distance import Position, point
from atlas.export.columns import flat, meaning
from atlas.export.nested import told
from atlas.export.place_columns import PLACE_COLUMNS
from atlas.export.place_rows import PlaceRow, place_rows
from atlas.export.provenance import Provenance, described
from atlas.profile import sources
from atlas.reach import circle
from atlas.records import Atlas, Place
from atlas.selection import Selection

# Six decimals of a degree are a tenth of a metre; more would be noise of the computation.
DECIMALS = 6


def collection(atlas: Atlas, selection: Selection, origin: Provenance) -> dict[str, Any]:
    """Return a feature for each place shown; one without a known position has no geometry.

    A position that is only an area is a circle of its precision, not a point: it must not
    look more exact than it is. Properties are the columns of the table of places. What the
    collection says of itself is a foreign member, `metadata` (RFC 7946, 6.1).
    """
    rows = place_rows(atlas, selection)
    features = [_feature(row) for row in rows]
    corners = [corner for one in features for corner in _corners(one["geometry"])]
    used = {one.id for row in rows for one in sources(atlas, row.known)}
    return {
        "type": "FeatureCollection",
        **({"bbox": _box(corners)} if corners else {}),
        "metadata": described(origin)
        | {
            "query": selection.to_query(),
            "count": len(rows),
            "properties": _properties(atlas, selection),
            "sources": [told(one, selection.lang) for one in atlas.sources if one.id in used],
        },
        "features": features,
    }


def _feature(row: PlaceRow) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.place.id,
        "geometry": _geometry(row.place),
        "properties": {column.name: flat(column.read(row)) for column in PLACE_COLUMNS},
    }


def _geometry(place: Place) -> dict[str, Any] | None:
    at = point(place)
    if at is None or place.position == "none":
        return None
    ring = _ring(place, at) if place.position == "area" else []
    if ring:
        return {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Point", "coordinates": [at.longitude, at.latitude]}


def _ring(place: Place, centre: Position) -> list[list[float]]:
    """Return the circle of a place's precision, counterclockwise as RFC 7946, 3.1.6 asks.

    One that holds a pole or crosses 180 degrees comes out empty: it would need cutting.
    """
    corners = circle(centre, place.precision_km) if place.precision_km else []
    if any(abs(longitude) > 180 for longitude, _ in corners):
        return []
    return [[round(one, DECIMALS) for one in corner] for corner in reversed(corners)]


def _corners(geometry: dict[str, Any] | None) -> Iterator[list[float]]:
    if geometry and geometry["type"] == "Point":
        yield geometry["coordinates"]
    elif geometry:
        yield from geometry["coordinates"][0]


def _box(corners: list[list[float]]) -> list[float]:
    """Return west, south, east, north."""
    longitudes, latitudes = zip(*corners, strict=True)
    return [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]


def _properties(atlas: Atlas, selection: Selection) -> dict[str, Any]:
    """Return what each property means, in the language of the view."""
    return {
        column.name: {
            "title": said.title[selection.lang],
            "description": said.text[selection.lang],
            **({"unit": column.unit} if column.unit else {}),
        }
        for column in PLACE_COLUMNS
        for said in (meaning(atlas, column),)
    }
