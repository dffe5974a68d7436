"""The places of a view as JSON: one nested document, and map features (GeoJSON, RFC 7946)."""

from collections.abc import Iterable
from typing import Any

from shapely import total_bounds
from shapely.geometry import shape

from atlas.analysis.distance import Position, point
from atlas.analysis.reach import circle
from atlas.export.exported_view import ExportedView
from atlas.export.tables.columns import NAMES, Column, meaning, plain_number
from atlas.export.tables.place_columns import end, grade, grade_in_words, place_columns
from atlas.model.languages import Language, Words
from atlas.model.records import Place, stored_fields
from atlas.query.profile import Profile, sources

# Six decimals of a degree are a tenth of a metre; more would be noise of the computation.
DECIMALS = 6


def places_document(view: ExportedView) -> dict[str, Any]:
    """Return the places of a view, and the groups, sectors, indicators and sources they refer to.

    The fields are the columns of the tables, as in the data dictionary. Degrees, WGS 84.
    """
    places, atlas, language = view.places(), view.atlas, view.language
    groups = {row.group for place in places for row in place.memberships}
    sectors = {row.sector.id for place in places for row in place.sectors}
    sectors |= {row.sector for place in places for row in place.enterprises}
    indicators = {row.indicator.id for place in places for row in place.figures}
    return {
        "metadata": view.metadata(places),
        "places": [_place(view, place) for place in places],
        "groups": _objects((row for row in atlas.groups if row.id in groups), language),
        "sectors": _objects((row for row in atlas.sectors if row.id in sectors), language),
        "indicators": _objects((row for row in atlas.indicators if row.id in indicators), language),
        "sources": _objects(view.sources(places), language),
    }


def as_object(record: Any, language: Language) -> dict[str, Any]:
    """Return a record as a JSON object, with names in every language and other texts in one."""
    return {
        field.name: _value(field.name, getattr(record, field.name), language)
        for field in stored_fields(type(record))
    }


def _objects(records: Iterable[Any], language: Language) -> list[dict[str, Any]]:
    return [as_object(record, language) for record in records]


def _value(name: str, value: Any, language: Language) -> Any:
    if isinstance(value, Words):
        return dict(value) if name in NAMES else value[language]
    return list(value) if isinstance(value, tuple) else plain_number(value)


def _place(view: ExportedView, row: Profile) -> dict[str, Any]:
    language, last_event = view.language, end(view, row)
    return as_object(row.place, language) | {
        "grade": grade(view, row),
        "grade_note": grade_in_words(view, row),
        "memberships": _objects(row.memberships, language),
        "sectors": [
            {
                "sector": sector.sector.id,
                "confidence": sector.confidence,
                "evidence": _objects(sector.rows, language),
            }
            for sector in row.sectors
        ],
        "figures": _objects((figure for group in row.figures for figure in group.rows), language),
        "enterprises": _objects(row.enterprises, language),
        "events": _objects(row.events, language),
        "end": as_object(last_event, language) if last_event else None,
        "sources": [source.id for source in sources(view.atlas, row)],
    }


def places_features(view: ExportedView) -> dict[str, Any]:
    """Return a feature for each place of a view, without a geometry if its position is unknown.

    Degrees, WGS 84, longitude before latitude. A position that is only an area becomes a circle
    of its precision, so that it does not look more exact than it is. Properties are the columns
    of the table of places. The metadata are a foreign member (RFC 7946, 6.1).
    """
    places, columns = view.places(), place_columns()
    features = [_feature(view, place, columns) for place in places]
    shapes = [shape(feature["geometry"]) for feature in features if feature["geometry"]]
    return {
        "type": "FeatureCollection",
        **({"bbox": total_bounds(shapes).tolist()} if shapes else {}),
        "metadata": view.metadata(places)
        | {
            "properties": {column.name: _property(view, column) for column in columns},
            "sources": _objects(view.sources(places), view.language),
        },
        "features": features,
    }


def _feature(
    view: ExportedView, row: Profile, columns: Iterable[Column[Profile]]
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.place.id,
        "geometry": _geometry(row.place),
        "properties": {column.name: column.cell(view, row) for column in columns},
    }


def _geometry(place: Place) -> dict[str, Any] | None:
    centre = point(place)
    if centre is None or place.position == "none":
        return None
    ring = _ring(place, centre) if place.position == "area" else []
    if ring:
        return {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Point", "coordinates": [centre.longitude, centre.latitude]}


def _ring(place: Place, centre: Position) -> list[list[float]]:
    """Return the circle of a place's precision, counterclockwise (RFC 7946, 3.1.6).

    It is empty if it holds a pole or crosses 180 degrees, since it would have to be cut.
    """
    corners = circle(centre, place.precision_km) if place.precision_km else []
    if any(abs(longitude) > 180 for longitude, _ in corners):
        return []
    return [[round(degrees, DECIMALS) for degrees in corner] for corner in reversed(corners)]


def _property(view: ExportedView, column: Column[Profile]) -> dict[str, str]:
    """Return what a property means, in the language of the view."""
    words, unit = meaning(view.atlas, column), {"unit": column.unit} if column.unit else {}
    title, description = words.title[view.language], words.description[view.language]
    return {"title": title, "description": description} | unit
