"""GeoJSON files of a package: readable, valid, and on the ground it describes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.package.files import Files
from atlas.package.problems import Problem, fault

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


def read(files: Files, path: str, box: Box, problems: list[Problem]) -> tuple[Feature, ...]:
    """The features of a map file; what is wrong with single ones goes to `problems`."""
    found: list[Feature] = []
    for number, feature in enumerate(_features(files, path), start=1):
        try:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            found.append(Feature(number, dict(feature["properties"] or {}), shape))
        except (KeyError, TypeError, ValueError, shapely.GEOSException) as error:
            rule = f"The feature cannot be read ({error}): redraw or remove it."
            problems.append(Problem(path, None, None, f"feature {number}", rule))
    problems += (problem for feature in found for problem in _shape_problems(feature, path, box))
    return tuple(found)


def _features(files: Files, path: str) -> list[Any]:
    found = files.json(path)
    features = found.get("features") if isinstance(found, dict) else None
    if isinstance(features, list):
        return features
    raise fault(path, 'It must be a GeoJSON object with a list "features": export it again.')


def _shape_problems(feature: Feature, path: str, box: Box) -> Iterator[Problem]:
    name = feature.text("adcode") or feature.text("name_en") or f"feature {feature.number}"
    shape = feature.shape
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
