"""GeoJSON files of a package: readable, valid, and on the ground it describes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.datapackage import features
from atlas.datapackage.files import Files
from atlas.datapackage.problems import Problem, bounded, fault
from atlas.model.records import MapFile

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a map file; `number` counts from 1."""

    number: int
    properties: Mapping[str, Any]
    shape: BaseGeometry

    def text(self, name: str) -> str:
        """A property as text, "" where it is missing."""
        return str(self.properties.get(name) or "")

    @property
    def name(self) -> str:
        """What the feature is called in a report."""
        return self.text("adcode") or self.text("name_en") or f"feature {self.number}"


def read(files: Files, file: MapFile, box: Box, problems: list[Problem]) -> tuple[Feature, ...]:
    """The features of a map file; what is wrong with single ones goes to `problems`.

    Where something is, none is returned: nothing can be said about the others' places.
    """
    found: list[Feature] = []
    wrong: list[Problem] = []
    for number, feature in enumerate(_features(files, file.path), start=1):
        try:
            found.append(_feature(number, feature))
        except (KeyError, TypeError, ValueError, shapely.GEOSException) as error:
            rule = _unread(error)
            wrong.append(Problem(file.path, None, None, f"feature {number}", rule))
    for one in found:
        wrong += _shape_problems(one, file.path, box)
        for column, value, rule in features.findings(
            file.name, one.shape.geom_type, one.properties
        ):
            wrong.append(Problem(file.path, None, column, f"{one.name}: {value}", rule))
    problems += bounded(wrong, file.path)
    return () if wrong else tuple(found)


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
    found = files.json(path)
    features = found.get("features") if isinstance(found, dict) else None
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
