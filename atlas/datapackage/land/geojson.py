"""Read the GeoJSON files of a package and check that they are valid and within its bounds.

Coordinates are degrees, WGS 84, longitude first, as in GeoJSON.
"""

import json
from collections.abc import Mapping
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

BOUNDARIES = "boundaries"


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
        """How a report names the feature."""
        return self.text("adcode") or self.text("name_en") or f"feature {self.number}"


def read_features(
    files: Files, file: MapFile, box: Box, problems: list[Problem]
) -> tuple[Feature, ...]:
    """Return the features of a map file; what is wrong with single ones goes to `problems`.

    None are returned if anything is wrong: positions cannot be checked against a part of them.
    """
    features: list[Feature] = []
    faults: list[Problem] = []
    for number, feature in enumerate(_features(files, file.path), start=1):
        try:
            features.append(_feature(number, feature))
        except (KeyError, TypeError, ValueError, shapely.GEOSException) as error:
            faults.append(Problem(file.path, _unreadable(error), value=f"feature {number}"))
    for feature in features:
        if rule := _shape_fault(feature.shape, box):
            faults.append(Problem(file.path, rule, column="geometry", value=feature.name))
        findings = feature_findings(file.name, feature.shape.geom_type, feature.properties)
        for column, value, rule in findings:
            value = f"{feature.name}: {value}"
            faults.append(Problem(file.path, rule, column=column, value=value))
    problems += bounded(faults, file.path)
    return () if faults else tuple(features)


def _feature(number: int, feature: Any) -> Feature:
    if feature["type"] != "Feature" or not isinstance(feature["properties"], dict):
        raise ValueError
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    return Feature(number, feature["properties"], shape)


def _unreadable(error: Exception) -> str:
    # Of all messages of GEOS, the one about an open ring is the only helpful one.
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


def _shape_fault(shape: BaseGeometry, box: Box) -> str | None:
    """Return what to do about a shape, None if it is valid and within the box."""
    if shape.is_empty:
        return "The shape is empty: draw or remove it."
    if not shapely.is_valid(shape):
        return f"The shape is not valid ({shapely.is_valid_reason(shape)}): repair it."
    if shapely.box(*box).covers(shapely.box(*shape.bounds)):
        return None
    west, south, east, north = box
    return (
        f"It leaves longitude {west:g} to {east:g}, latitude {south:g} to {north:g}: "
        "write WGS 84 degrees, longitude first."
    )
