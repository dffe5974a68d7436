"""GeoJSON features and files (RFC 7946), one feature a line so that changes can be read."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import shapely

Property: TypeAlias = str | int | list[float]
Feature: TypeAlias = dict[str, object]


def feature(geometry: shapely.Geometry, **properties: Property) -> Feature:
    """Return a feature; the geometry is in WGS 84 degrees, longitude first."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(geometry)),
    }


def write(file: Path, features: Iterable[Feature]) -> int:
    """Write a feature collection and return its size in bytes; the same input, the same bytes."""
    rows = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    content = f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n'.encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.write_bytes(content)
