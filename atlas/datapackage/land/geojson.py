"""GeoJSON files of a package: readable, valid, within its bounds.

Coordinates are degrees, WGS 84, longitude first as GeoJSON has them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.datapackage.files import Files
from atlas.datapackage.land.map_features import feature_findings
from atlas.datapackage.problems import Problem, bounded, fault
from atlas.model.records import MapFile

# West, south, east, north in degrees, WGS 84.
Box = tuple[float, float, float, float]

ROLE = "boundaries"


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
