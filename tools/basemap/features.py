"""What each map file holds: the features with the properties the atlas reads."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.model.languages import Words
from tools.basemap import plane
from tools.basemap.files import Feature, feature
from tools.basemap.names import latin_and_chinese, unit_name
from tools.basemap.records import AtlasPlace, Label, River, Town, Unit

Shapes = NDArray[np.object_]

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


def boundaries(
    units: Sequence[Unit], polygons: Shapes, towns: Sequence[Town], places: Iterable[AtlasPlace]
) -> list[Feature]:
    """Draw the units as their simplified polygons, named by the atlas where it has them."""
    by_code = {place.adcode: place for place in places if place.adcode}
    return [
        _unit(unit, polygon, towns, by_code.get(unit.adcode))
        for unit, polygon in zip(units, polygons, strict=True)
    ]


def outlines(areas: Mapping[str, shapely.Geometry]) -> list[Feature]:
    """Draw the border the two provinces share, and their border with others, as lines."""
    sichuan, chongqing = (shapely.boundary(areas[side]) for side in ("sichuan", "chongqing"))
    shared = shapely.intersection(sichuan, chongqing)
    outer = shapely.symmetric_difference(sichuan, chongqing)
    return [
        feature(_line(line), kind=kind, **_names(words))
        for line, kind, words in ((shared, "shared", SHARED), (outer, "outer", OUTER))
    ]


def rivers(courses: Iterable[River]) -> list[Feature]:
    """Draw the rivers, each with the source of its line."""
    return [feature(river.line, **_names(river.name), source=river.source) for river in courses]


def labels(names: Iterable[Label], places: Iterable[AtlasPlace]) -> list[Feature]:
    """Draw the labels; `place` is the city of the atlas that a city's label names, or ""."""
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
    """Return longitude and latitude of the middle of the largest circle in a polygon."""
    radius = shapely.maximum_inscribed_circle(shapely.transform(polygon, plane.metres))
    middle = shapely.transform(shapely.get_point(radius, 0), plane.degrees)
    return [round(middle.x, LABEL_DIGITS), round(middle.y, LABEL_DIGITS)]


def _line(borders: shapely.Geometry) -> shapely.Geometry:
    return shapely.normalize(shapely.line_merge(borders))


def _names(words: Words) -> dict[str, str]:
    return {f"name_{language}": name for language, name in words.items()}
