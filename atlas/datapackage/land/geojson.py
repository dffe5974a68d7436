"""GeoJSON files of a package: readable, valid, within its bounds, in accord with its places.

Coordinates are degrees, WGS 84, longitude first as GeoJSON has them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.datapackage.files import Files
from atlas.datapackage.land.map_features import feature_findings
from atlas.datapackage.problems import Problem, bounded, fault
from atlas.model.records import Atlas, MapFile, Place

# West, south, east, north in degrees, WGS 84.
Box = tuple[float, float, float, float]
# Table or role of the map file, row index or None, column, value, and what to do.
MapFinding = tuple[str, int | None, str, object, str]

ROLE = "boundaries"
# GCJ-02, the datum of Chinese web maps, lies 350 to 480 m off in the Sichuan basin.
REMEDY = "correct it; a point from a Chinese web map is in GCJ-02, convert it to WGS 84."


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a map file; `number` counts from 1."""

    number: int
    properties: Mapping[str, Any]
    shape: BaseGeometry

    def text(self, name: str) -> str:
        """Return a property as text, "" where it is missing."""
        return str(self.properties.get(name) or "")

    @property
    def name(self) -> str:
        """What the feature is called in a report."""
        return self.text("adcode") or self.text("name_en") or f"feature {self.number}"


def read_features(
    files: Files, file: MapFile, box: Box, problems: list[Problem]
) -> tuple[Feature, ...]:
    """Return the features of a map file; what is wrong with single ones goes to `problems`.

    If anything is wrong, none is returned: the others' positions cannot be checked either.
    """
    parsed: list[Feature] = []
    faults: list[Problem] = []
    for number, feature in enumerate(_features(files, file.path), start=1):
        try:
            parsed.append(_feature(number, feature))
        except (KeyError, TypeError, ValueError, shapely.GEOSException) as error:
            rule = _unread(error)
            faults.append(Problem(file.path, None, None, f"feature {number}", rule))
    for feature in parsed:
        faults += _shape_problems(feature, file.path, box)
        for column, value, rule in feature_findings(
            file.name, feature.shape.geom_type, feature.properties
        ):
            faults.append(Problem(file.path, None, column, f"{feature.name}: {value}", rule))
    problems += bounded(faults, file.path)
    return () if faults else tuple(parsed)


def _feature(number: int, feature: Any) -> Feature:
    if feature["type"] != "Feature" or not isinstance(feature["properties"], dict):
        raise ValueError
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    return Feature(number, feature["properties"], shape)


def _unread(error: Exception) -> str:
    # What GEOS says of a ring is the only one of its words that helps.
    if "closed linestring" in str(error):
        return "A ring is not closed: repeat its first point as its last."
    return "It is no GeoJSON feature with type, properties and geometry: redraw or remove it."


def _features(files: Files, path: str) -> list[Any]:
    content = files.json(path)
    features = content.get("features") if isinstance(content, dict) else None
    if isinstance(features, list) and features:
        return features
    if features == []:
        raise fault(path, "It has no features: restore it from a copy, or remove the file.")
    raise fault(path, 'It must be a GeoJSON object with a list "features": export it again.')


def _shape_problems(feature: Feature, path: str, box: Box) -> Iterator[Problem]:
    name, shape = feature.name, feature.shape
    if shape.is_empty:
        yield Problem(path, None, "geometry", name, "The shape is empty: draw or remove it.")
    elif not shapely.is_valid(shape):
        rule = f"The shape is not valid ({shapely.is_valid_reason(shape)}): repair it."
        yield Problem(path, None, "geometry", name, rule)
    elif not shapely.box(*box).covers(shapely.box(*shape.bounds)):
        west, south, east, north = box
        rule = (
            f"It leaves longitude {west:g} to {east:g}, latitude {south:g} to {north:g}: "
            "write WGS 84 degrees, longitude first."
        )
        yield Problem(path, None, "geometry", name, rule)


def position_findings(atlas: Atlas, polygons: tuple[Feature, ...]) -> Iterator[MapFinding]:
    """Yield where points and polygons contradict each other."""
    of_place: dict[str | None, Feature] = {
        polygon.text("place"): polygon for polygon in polygons if polygon.text("place")
    }
    yield from _named_places(atlas, polygons)
    for index, place in enumerate(atlas.places):
        yield from _own_polygon(index, place, polygons)
        yield from _containment(index, place, of_place)


def missing_polygons(
    atlas: Atlas, polygons: tuple[Feature, ...], groups: tuple[str, ...]
) -> Iterator[MapFinding]:
    """Yield the places of some groups that are land and have no polygon."""
    drawn = {polygon.text("place") for polygon in polygons}
    base = {row.place for row in atlas.memberships if row.group in groups}
    for index, place in enumerate(atlas.places):
        if place.extent == "area" and place.id in base - drawn:
            rule = "Draw its polygon in the boundaries file: its group is always on the map."
            yield "places", index, "id", place.id, rule


def _named_places(atlas: Atlas, polygons: tuple[Feature, ...]) -> Iterator[MapFinding]:
    seen: set[str] = set()
    codes = Counter(polygon.text("adcode") for polygon in polygons)
    for code in (code for code, times in codes.items() if code and times > 1):
        yield (
            ROLE,
            None,
            "adcode",
            code,
            "Two polygons have this adcode: merge them or correct one.",
        )
    for polygon in polygons:
        name, adcode = polygon.text("place"), polygon.text("adcode")
        if not name:
            continue
        place = atlas.place.get(name)
        if place is None:
            yield ROLE, None, "place", name, "places has no such id: correct it or add the place."
        elif place.adcode and place.adcode != adcode:
            rule = f"The polygon of {name} must have its adcode {place.adcode}: correct one."
            yield ROLE, None, "adcode", adcode, rule
        if name in seen:
            yield ROLE, None, "place", name, "Two polygons name this place: merge them."
        seen.add(name)


def _own_polygon(index: int, place: Place, polygons: tuple[Feature, ...]) -> Iterator[MapFinding]:
    point = _point(place)
    own = [
        polygon.shape
        for polygon in polygons
        if place.adcode and polygon.text("adcode") == place.adcode
    ]
    if point and own and not shapely.covers(own, point).any():
        rule = f"The point lies outside the polygon with adcode {place.adcode}: {REMEDY}"
        yield "places", index, "latitude", _degrees(point), rule


def _containment(
    index: int, place: Place, of_place: Mapping[str | None, Feature]
) -> Iterator[MapFinding]:
    point, parent = _point(place), of_place.get(place.parent)
    if point is None or parent is None:
        return
    if not parent.shape.covers(point):
        remedy = "correct one of them, or give no point."
        rule = f"The point {_degrees(point)} lies outside {place.parent}: {remedy}"
        yield "places", index, "containment", place.containment, rule


def _point(place: Place) -> shapely.Point | None:
    if place.longitude is None or place.latitude is None:
        return None
    return shapely.Point(place.longitude, place.latitude)


def _degrees(point: shapely.Point) -> str:
    return f"{point.y:.8g}, {point.x:.8g}"
