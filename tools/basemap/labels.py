"""The names of cities, rivers and the two provinces on the map, and where they have room.

A name takes up a straight strip, and stands where it is farthest from all others. Room is
measured in metres on the sheet of `coordinates`. Nothing here reads the boundaries, so that the
labels serve the fallback map as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import atan2, degrees

import numpy as np
import shapely
from shapely.ops import substring

from atlas.model.languages import Words
from tools.basemap import coordinates
from tools.basemap.checks import BasemapError
from tools.basemap.names import latin_and_chinese
from tools.basemap.records import Label, River, Town

REGIONS = ("32", "33")  # Sichuan and Chongqing in GeoNames

# Ranks, by what the first view has room for.
CITIES = {
    "成都": 1,
    "重庆": 1,
    "德阳": 2,
    "眉山": 2,
    "资阳": 2,
    "绵阳": 2,
    "南充": 2,
    "乐山": 2,
    "宜宾": 2,
    "泸州": 2,
    "内江": 2,
    "遂宁": 2,
    "自贡": 3,
    "雅安": 3,
    "广安": 3,
    "达州": 3,
    "巴中": 3,
    "广元": 3,
    "合川": 3,
    "涪陵": 3,
}
RIVERS = {"长江": 1, "嘉陵江": 2, "岷江": 2, "沱江": 2, "涪江": 2, "金沙江": 3}
PROVINCES: Mapping[str, Words] = {
    "sichuan": Words(en="Sichuan", zh="四川", id="Sichuan"),
    "chongqing": Words(en="Chongqing", zh="重庆", id="Chongqing"),
}

VIEW = (102.6, 28.6, 107.8, 31.9)  # the first view: west, south, east, north, degrees
EDGE_M = 25_000.0
POINT_NAME_M = 30_000.0
RIVER_NAME_M = 40_000.0
PROVINCE_NAME_M = 70_000.0
STEP_M = 5_000.0
# Room beyond this is no better: only the straightness of the river decides then.
ROOM_M = 12_000.0


def cities(towns: Sequence[Town]) -> list[Label]:
    """Return the labels of `CITIES` at their points in GeoNames; `towns` largest first."""
    return [_city(name, rank, towns) for name, rank in CITIES.items()]


def rivers_and_provinces(
    rivers: Sequence[River],
    provinces: Mapping[str, shapely.Geometry],
    points: Iterable[shapely.Point],
) -> list[Label]:
    """Return the labels of rivers and provinces, clear of each other and of points (degrees)."""
    obstacles = [_strip(shapely.transform(point, coordinates.metres)) for point in points]
    lines = {
        river.name["zh"]: shapely.transform(river.line, coordinates.metres) for river in rivers
    }
    labels = []
    for river in sorted(rivers, key=lambda river: RIVERS[river.name["zh"]]):
        other_lines = [line for name, line in lines.items() if name != river.name["zh"]]
        stretch = _river_stretch(lines[river.name["zh"]], [*obstacles, *other_lines])
        obstacles.append(_chord(stretch))
        labels.append(_river(river.name, stretch))
    obstacles += lines.values()
    return labels + [_province(side, area, obstacles) for side, area in provinces.items()]


def _city(name: str, rank: int, towns: Iterable[Town]) -> Label:
    names = {name, f"{name}市"}
    for town in towns:
        if town.region in REGIONS and names & town.other_names:
            return Label("city", latin_and_chinese(town.name, name), town.point, rank)
    raise BasemapError([f"GeoNames has no {name} in Sichuan or Chongqing."])


def _river(name: Words, stretch: shapely.LineString) -> Label:
    (west, south), (east, north) = sorted(_chord(stretch).coords)
    middle = shapely.transform(stretch.interpolate(0.5, normalized=True), coordinates.degrees)
    angle = round(degrees(atan2(north - south, east - west)))
    return Label("river", name, middle, RIVERS[name["zh"]], angle)


def _province(side: str, area: shapely.Geometry, obstacles: Sequence[shapely.Geometry]) -> Label:
    spot = province_spot(shapely.transform(area, coordinates.metres), obstacles)
    return Label("province", PROVINCES[side], shapely.transform(spot, coordinates.degrees), 1)


def _river_stretch(
    line: shapely.LineString, obstacles: Sequence[shapely.Geometry]
) -> shapely.LineString:
    """Return the freest and straightest stretch of a river in the first view or near it."""
    others, view = shapely.union_all(obstacles), _view()

    def merit_m(stretch: shapely.LineString) -> float:
        chord = _chord(stretch)
        room = min(chord.distance(others), ROOM_M)
        return room + chord.length - chord.centroid.distance(view)

    return max(_stretches(line), key=merit_m)


def province_spot(area: shapely.Geometry, obstacles: Sequence[shapely.Geometry]) -> shapely.Point:
    """Return the freest point for a name in the part of a province that the first view shows."""
    land = shapely.intersection(area, _view())
    others = shapely.union_all([*obstacles, shapely.boundary(land)])
    spots = [spot for spot in _grid() if land.contains(_strip(spot, PROVINCE_NAME_M))]
    return max(spots, key=lambda spot: _strip(spot, PROVINCE_NAME_M).distance(others))


def _strip(middle: shapely.Point, length: float = POINT_NAME_M) -> shapely.LineString:
    """Return the level line that a name takes up, centred on a point."""
    half = length / 2
    return shapely.LineString([(middle.x - half, middle.y), (middle.x + half, middle.y)])


def _chord(stretch: shapely.LineString) -> shapely.LineString:
    """Return the straight line between the ends."""
    return shapely.LineString([stretch.coords[0], stretch.coords[-1]])


def _stretches(line: shapely.LineString) -> Iterator[shapely.LineString]:
    for start in np.arange(0, line.length - RIVER_NAME_M, STEP_M):
        stretch = substring(line, start, start + RIVER_NAME_M)
        if isinstance(stretch, shapely.LineString):
            yield stretch


def _grid() -> Iterator[shapely.Point]:
    west, south, east, north = _view().bounds
    for x in np.arange(west, east, STEP_M):
        for y in np.arange(south, north, STEP_M):
            yield shapely.Point(x, y)


def _view() -> shapely.Polygon:
    """Return the first view without its edge."""
    (west, south), (east, north) = coordinates.metres(np.reshape(VIEW, (2, 2))).tolist()
    view: shapely.Polygon = shapely.box(west, south, east, north)
    return view.buffer(-EDGE_M, join_style="mitre")
