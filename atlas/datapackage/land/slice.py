"""The land around the places of a package without map files of its own, cut out at start.

Shapes are in degrees, WGS 84, longitude first.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.datapackage.land.geojson import Box
from atlas.datapackage.land.world import Point, State, World, world
from atlas.model.languages import LANGUAGES, Words
from atlas.model.records import Atlas, MapFile

# The value of "land" in a descriptor.
NATURAL_EARTH = "natural-earth"
CREDIT = Words.untranslated("Natural Earth (naturalearthdata.com)")
FOLDER = "land/"
# Degrees of land around the places; more, if they lie more than twice as far apart.
LEAST_MARGIN = 3.0
# Across more degrees than these a map shows countries, not their states.
COUNTRIES_ACROSS = 25.0
# The tolerance of simplification, as a share of what the places lie apart.
FINENESS = 1 / 2_000
FILE_TOLERANCE = 0.02  # degrees; the file is no finer


class _Land(NamedTuple):
    """An area to draw: a state with its shape, or a country with any one of its states."""

    state: State
    shape: shapely.Geometry


def with_land(atlas: Atlas) -> Atlas:
    """Return an atlas with the land around its places, unless it has boundaries of its own."""
    points = [
        (place.latitude, place.longitude)
        for place in atlas.places
        if place.latitude is not None and place.longitude is not None
    ]
    if not points or any(file.name in ("boundaries", "provinces") for file in atlas.maps):
        return atlas
    features = land_features(points)
    roles = {file.name for file in atlas.maps}
    maps = tuple(
        MapFile(role, f"{FOLDER}{role}.geojson", CREDIT) for role in features if role not in roles
    )
    content = {file.path: _collection(features[file.name]) for file in maps}
    return replace(atlas, maps=(*atlas.maps, *maps), files={**atlas.files, **content})


def land_features(points: list[Point]) -> dict[str, list[dict[str, Any]]]:
    """Return features by role: land with its coast, borders of countries, names of regions."""
    boxes, across = _boxes(points)
    by_country = across > COUNTRIES_ACROSS
    lands = _lands(world(), boxes, across, by_country)
    features = {
        "boundaries": [
            _feature(land.shape, {"side": "", "name_en": land.state.name().english})
            for land in lands
        ]
    }
    if borders := _borders(lands):
        features["provinces"] = [_feature(borders, {})]
    if names := list(_names(lands, points, by_country)):
        features["labels"] = names
    return features


def _collection(features: list[dict[str, Any]]) -> bytes:
    content = {"type": "FeatureCollection", "features": features}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _boxes(points: list[Point]) -> tuple[list[Box], float]:
    """Return the box around points with a margin, and how many degrees the points lie apart.

    The box is in two parts where it crosses 180 degrees.
    """
    south, north = min(point[0] for point in points), max(point[0] for point in points)
    west, across = narrowest([point[1] for point in points])
    margin = max(LEAST_MARGIN, across / 2, (north - south) / 2)
    south, north = max(south - margin, -90.0), min(north + margin, 90.0)
    span = max(across, north - south - 2 * margin)
    if across + 2 * margin >= 360:
        return [(-180.0, south, 180.0, north)], span
    west, east = west - margin, west + across + margin
    boxes = [(max(west, -180.0), south, min(east, 180.0), north)]
    if west < -180:
        boxes.append((west + 360, south, 180.0, north))
    if east > 180:
        boxes.append((-180.0, south, east - 360, north))
    return boxes, span


def narrowest(longitudes: list[float]) -> tuple[float, float]:
    """Return the western end and the width of the narrowest stretch that holds all longitudes."""
    ordered = sorted(set(longitudes))
    gaps = ((east - west, east) for west, east in pairwise([*ordered, ordered[0] + 360]))
    widest, start = max(gaps)
    return (start - 360 if start > 180 else start), 360 - widest


def _lands(world: World, boxes: list[Box], across: float, by_country: bool) -> list[_Land]:
    hits = np.unique(
        np.concatenate([world.tree.query(shapely.box(*box), "intersects") for box in boxes])
    )
    states, shapes = [world.states[hit] for hit in hits], world.shapes[hits]
    if by_country:
        states, shapes = _countries(states, shapes)
    tolerance = across * FINENESS
    if tolerance > FILE_TOLERANCE:
        shapes = shapely.coverage_simplify(shapes, tolerance)
    return [
        _Land(state, shape)
        for state, shape in zip(states, shapes, strict=True)
        if not shape.is_empty and shape.is_valid
    ]


def _countries(
    states: list[State], shapes: NDArray[np.object_]
) -> tuple[list[State], NDArray[np.object_]]:
    """Return countries and their shapes, each as any one of its states."""
    members: dict[str, list[int]] = {}
    for index, state in enumerate(states):
        members.setdefault(state.admin, []).append(index)
    unions = [_union(shapes[indices]) for indices in members.values()]
    return [states[indices[0]] for indices in members.values()], np.array(unions, dtype=object)


def _union(shapes: Any) -> shapely.Geometry:
    try:
        return shapely.coverage_union_all(shapes)
    except shapely.GEOSException:  # At the antimeridian or a pole, borders may not match.
        return shapely.union_all(shapes)


def _feature(shape: shapely.Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type != "Point"]
    if len(parts) == 1:
        shape = parts[0]
    elif parts and parts[0].geom_type == "Polygon":
        shape = shapely.MultiPolygon(parts)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def _borders(lands: list[_Land]) -> shapely.Geometry | None:
    """Return the lines between countries, without their coasts."""
    countries: dict[str, list[shapely.Geometry]] = {}
    for land in lands:
        countries.setdefault(land.state.admin, []).append(land.shape)
    outlines = [shapely.boundary(_union(parts)) for parts in countries.values()]
    shared = [
        shapely.intersection(*pair)
        for pair in combinations(outlines, 2)
        if shapely.intersects(*pair)
    ]
    lines = [
        part
        for shape in shared
        for part in shapely.get_parts(shape)
        if part.geom_type == "LineString"
    ]
    return shapely.line_merge(shapely.MultiLineString(lines)) if lines else None


def _names(
    lands: list[_Land], points: Iterable[Point], by_country: bool
) -> Iterator[dict[str, Any]]:
    """Yield a label for each region that places lie in, at a point inside it."""
    places = shapely.points([(longitude, latitude) for latitude, longitude in points])
    for land in lands:
        if not shapely.intersects(land.shape, places).any():
            continue
        name = land.state.country_name() if by_country else land.state.name()
        largest = max(shapely.get_parts(land.shape), key=shapely.area)
        properties = {"kind": "province", **{f"name_{part}": name[part] for part in LANGUAGES}}
        point = shapely.point_on_surface(largest)
        yield _feature(shapely.Point(round(point.x, 3), round(point.y, 3)), properties)
