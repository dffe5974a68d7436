"""Puts the map together and refuses to hand out anything implausible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.records import Side
from tools.basemap import checks, coverage, features, labels, rivers, sources
from tools.basemap.files import Feature
from tools.basemap.names import atlas_places
from tools.basemap.records import AtlasPlace, Label, River, Town, Unit

Shapes = NDArray[np.object_]
Files = dict[str, list[Feature]]

# Sides of squares, see coverage.py. The borders of the atlas's own places are finer;
# the province outlines of Natural Earth are coarse already.
PLACE_TOLERANCE_M = 800.0
TOLERANCE_M = 3500.0
OUTLINE_TOLERANCE_M = 800.0

# The seat of Jianyang in GeoNames. Jianyang went from Ziyang to Chengdu in 2016, and
# boundaries from before are still about.
JIANYANG, CHENGDU = 1806124, "510100"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything read from the packages and `places.csv`; WGS 84, degrees."""

    units: Sequence[Unit]
    towns: Sequence[Town]
    places: Sequence[AtlasPlace]
    waters: Mapping[str, shapely.Geometry]
    river_areas: Shapes
    provinces: Mapping[Side, shapely.Geometry]


def material(places: Path, river_areas: Path, provinces: Path) -> Material:
    """Read all sources; the three files are those of the command line."""
    return Material(
        units=sources.units(),
        towns=sources.towns(),
        places=atlas_places(places),
        waters=sources.natural_earth_rivers(rivers.NATURAL_EARTH, rivers.WINDOW),
        river_areas=sources.river_areas(river_areas, rivers.WINDOW),
        provinces=sources.natural_earth_provinces(provinces),
    )


def map_files(given: Material) -> Files:
    """Return features by file name; raises `BasemapError` for what is implausible."""
    polygons = _polygons(given)
    districts = {unit.name_zh: one for unit, one in zip(given.units, polygons, strict=True)}
    apart = rivers.open_street_map(given.waters, given.river_areas)
    clean = rivers.clean(given.waters)
    outline = _outline(given.provinces)
    names = _labels(given, [*clean, *apart], outline)
    return {
        "boundaries": features.boundaries(given.units, polygons, given.towns, given.places),
        "provinces": features.outlines(_sides(given.units, polygons)),
        "rivers": features.rivers(rivers.along_districts(given.waters, districts)),
        "rivers-osm": features.rivers(apart),
        "labels": features.labels(names, given.places),
        "fallback/provinces": features.outlines(outline),
        "fallback/rivers": features.rivers(clean),
    }


def _polygons(given: Material) -> Shapes:
    """Simplify the units and check them against what they come from."""
    units = given.units
    checks.require(checks.number(len(units)))
    own = {place.adcode for place in given.places}
    tolerance = [PLACE_TOLERANCE_M if one.adcode in own else TOLERANCE_M for one in units]
    before = np.array([unit.polygon for unit in units], dtype=object)
    after = coverage.simplify(before, np.array(tolerance))
    by_code = {unit.adcode: polygon for unit, polygon in zip(units, after, strict=True)}
    faults = checks.areas([unit.name_zh for unit in units], before, after)
    checks.require([*faults, *checks.inside(_points(given), by_code)])
    return after


def _points(given: Material) -> list[tuple[str, str, shapely.Point]]:
    """List name, code and point of what must lie in the unit of that code."""
    seats = [(one.id, one.adcode, one.point) for one in given.places if one.adcode and one.point]
    jianyang = next(town for town in given.towns if town.id == JIANYANG)
    return [*seats, (jianyang.name, CHENGDU, jianyang.point)]


def _sides(units: Sequence[Unit], polygons: Shapes) -> dict[Side, shapely.Geometry]:
    sides = np.array([unit.side for unit in units])
    return {side: shapely.coverage_union_all(polygons[sides == side]) for side in sources.PROVINCES}


def _outline(provinces: Mapping[Side, shapely.Geometry]) -> dict[Side, shapely.Geometry]:
    """Simplify the provinces of Natural Earth."""
    before = np.array(list(provinces.values()), dtype=object)
    after = coverage.simplify(before, np.full(len(before), OUTLINE_TOLERANCE_M))
    checks.require(checks.areas(list(provinces), before, after))
    return dict(zip(provinces, after, strict=True))


def _labels(
    given: Material, courses: Sequence[River], outline: Mapping[Side, shapely.Geometry]
) -> list[Label]:
    cities = labels.cities(given.towns)
    marks = [place.point for place in given.places if place.point]
    points = [*marks, *(city.point for city in cities)]
    return [*cities, *labels.rivers_and_provinces(courses, outline, points)]
