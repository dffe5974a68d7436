"""Build every map file, and stop at anything implausible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from tools.basemap import checks, coverage, features, labels, rivers, sources
from tools.basemap.features import Feature
from tools.basemap.names import atlas_places
from tools.basemap.records import AtlasPlace, Label, River, Town, Unit

Shapes = NDArray[np.object_]
Files = dict[str, list[Feature]]

# Sides of squares, see coverage.py. Of the atlas's own places the borders are finer; the
# outlines of Natural Earth's provinces are coarse already.
PLACE_TOLERANCE_M = 800.0
TOLERANCE_M = 3500.0
OUTLINE_TOLERANCE_M = 800.0

# The seat of Jianyang in GeoNames. Jianyang went from Ziyang to Chengdu in 2016, and older
# boundaries are still in circulation.
JIANYANG, CHENGDU = 1806124, "510100"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is read from the packages and `places.csv`; degrees, WGS 84."""

    units: Sequence[Unit]
    towns: Sequence[Town]
    places: Sequence[AtlasPlace]
    waters: Mapping[str, shapely.Geometry]
    river_areas: Shapes
    provinces: Mapping[str, shapely.Geometry]


def read(places: Path, river_areas: Path, provinces: Path) -> Material:
    """Read all sources; the three files are those named on the command line."""
    return Material(
        units=sources.units(),
        towns=sources.towns(),
        places=atlas_places(places),
        waters=sources.natural_earth_rivers(rivers.NATURAL_EARTH, rivers.WINDOW),
        river_areas=sources.river_areas(river_areas, rivers.WINDOW),
        provinces=sources.natural_earth_provinces(provinces),
    )


def map_files(material: Material) -> Files:
    """Return features by file name; raises `BasemapError` for anything implausible."""
    polygons = _polygons(material)
    districts = {
        unit.name_zh: polygon for unit, polygon in zip(material.units, polygons, strict=True)
    }
    osm_rivers = rivers.open_street_map(material.waters, material.river_areas)
    clean_rivers = rivers.clean(material.waters)
    outline = _outline(material.provinces)
    names = _labels(material, [*clean_rivers, *osm_rivers], outline)
    return {
        "boundaries": features.boundaries(
            material.units, polygons, material.towns, material.places
        ),
        "provinces": features.outlines(_sides(material.units, polygons)),
        "rivers": features.rivers(rivers.along_districts(material.waters, districts)),
        "rivers-osm": features.rivers(osm_rivers),
        "labels": features.labels(names, material.places),
        "fallback/provinces": features.outlines(outline),
        "fallback/rivers": features.rivers(clean_rivers),
    }


def _polygons(material: Material) -> Shapes:
    """Return the units simplified, after checking them against their originals."""
    units = material.units
    checks.require(checks.number(len(units)))
    place_codes = {place.adcode for place in material.places}
    tolerance = [PLACE_TOLERANCE_M if unit.adcode in place_codes else TOLERANCE_M for unit in units]
    before = np.array([unit.polygon for unit in units], dtype=object)
    after = coverage.simplify(before, np.array(tolerance))
    by_code = {unit.adcode: polygon for unit, polygon in zip(units, after, strict=True)}
    faults = checks.areas([unit.name_zh for unit in units], before, after)
    checks.require([*faults, *checks.inside(_points(material), by_code)])
    return after


def _points(material: Material) -> list[tuple[str, str, shapely.Point]]:
    """Return name, code and point of everything that must lie in the unit of that code."""
    seats = [
        (place.id, place.adcode, place.point)
        for place in material.places
        if place.adcode and place.point
    ]
    jianyang = next(town for town in material.towns if town.id == JIANYANG)
    return [*seats, (jianyang.name, CHENGDU, jianyang.point)]


def _sides(units: Sequence[Unit], polygons: Shapes) -> dict[str, shapely.Geometry]:
    sides = np.array([unit.side for unit in units])
    return {side: shapely.coverage_union_all(polygons[sides == side]) for side in sources.PROVINCES}


def _outline(provinces: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Return the provinces of Natural Earth simplified."""
    before = np.array(list(provinces.values()), dtype=object)
    after = coverage.simplify(before, np.full(len(before), OUTLINE_TOLERANCE_M))
    checks.require(checks.areas(list(provinces), before, after))
    return dict(zip(provinces, after, strict=True))


def _labels(
    material: Material, courses: Sequence[River], outline: Mapping[str, shapely.Geometry]
) -> list[Label]:
    cities = labels.cities(material.towns)
    places = [place.point for place in material.places if place.point]
    points = [*places, *(city.point for city in cities)]
    return [*cities, *labels.rivers_and_provinces(courses, outline, points)]
