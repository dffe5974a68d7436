"""The features of each map file, with the properties that the atlas reads, and the files.

GeoJSON (RFC 7946), one feature a line so that changes can be read.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.model.languages import Words
from tools.basemap import coordinates
from tools.basemap.names import latin_and_chinese, unit_name
from tools.basemap.records import AtlasPlace, Label, River, Town, Unit

Shapes = NDArray[np.object_]
Feature = dict[str, object]

LABEL_DIGITS = 3
SHARED = Words(
    en="Border between Sichuan and Chongqing",
    zh="四川与重庆之间的边界",
    id="Batas antara Sichuan dan Chongqing",
)
OUTER = Words(
    en="Outer border of Sichuan and Chongqing",
    zh="四川和重庆的外部边界",
    id="Batas luar Sichuan dan Chongqing",
)


def feature(geometry: shapely.Geometry, **properties: str | int | list[float]) -> Feature:
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


def boundaries(
    units: Sequence[Unit], polygons: Shapes, towns: Sequence[Town], places: Iterable[AtlasPlace]
) -> list[Feature]:
    """Return the units as their simplified polygons, with the names of the atlas if it has any."""
    by_code = {place.adcode: place for place in places if place.adcode}
    return [
        _unit(unit, polygon, towns, by_code.get(unit.adcode))
        for unit, polygon in zip(units, polygons, strict=True)
    ]


def outlines(areas: Mapping[str, shapely.Geometry]) -> list[Feature]:
    """Return the border that the two provinces share and their outer border, as lines."""
    sichuan, chongqing = (shapely.boundary(areas[side]) for side in ("sichuan", "chongqing"))
    shared = shapely.intersection(sichuan, chongqing)
    outer = shapely.symmetric_difference(sichuan, chongqing)
    return [
        feature(_line(line), kind=kind, **_names(words))
        for line, kind, words in ((shared, "shared", SHARED), (outer, "outer", OUTER))
    ]


def rivers(courses: Iterable[River]) -> list[Feature]:
    """Return the rivers, each with the source of its line."""
    return [feature(river.line, **_names(river.name), source=river.source) for river in courses]


def labels(names: Iterable[Label], places: Iterable[AtlasPlace]) -> list[Feature]:
    """Return the labels; `place` is the id of the city that a label names, "" for none."""
    by_name = {place.name["zh"]: place.id for place in places if place.kind == "city"}
    return [
        feature(
            label.point,
            **_names(label.name),
            kind=label.kind,
            rank=label.rank,
            angle=label.angle,
            place=by_name.get(f"{label.name['zh']}市", "") if label.kind == "city" else "",
        )
        for label in names
    ]


def _unit(
    unit: Unit,
    polygon: shapely.Polygon | shapely.MultiPolygon,
    towns: Sequence[Town],
    place: AtlasPlace | None,
) -> Feature:
    latin = unit_name(unit, towns)
    return feature(
        polygon,
        adcode=unit.adcode,
        **_names(place.name if place else latin_and_chinese(latin, unit.name_zh)),
        side=unit.side,
        place=place.id if place else "",
        label=_inner_point(polygon),
    )


def _inner_point(polygon: shapely.Polygon | shapely.MultiPolygon) -> list[float]:
    """Return longitude and latitude of the centre of the largest circle in a polygon."""
    # A line from the centre to the edge.
    radius = shapely.maximum_inscribed_circle(shapely.transform(polygon, coordinates.metres))
    centre = shapely.transform(shapely.get_point(radius, 0), coordinates.degrees)
    return [round(centre.x, LABEL_DIGITS), round(centre.y, LABEL_DIGITS)]


def _line(borders: shapely.Geometry) -> shapely.Geometry:
    return shapely.normalize(shapely.line_merge(borders))


def _names(words: Words) -> dict[str, str]:
    # A name that is missing stays empty: `Words` would fall back on another language.
    return {
        f"name_{language}": words[language] if words.language_of(language) == language else ""
        for language in words
    }
