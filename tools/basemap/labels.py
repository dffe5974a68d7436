"""The names of cities, rivers and the two provinces on the map.

Nothing here reads the boundaries, so that the labels serve the fallback map as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import atan2, degrees

import shapely

from atlas.model.languages import Words
from tools.basemap import placement, plane
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


def cities(towns: Sequence[Town]) -> list[Label]:
    """Name the cities of `CITIES` at their GeoNames points; `towns` largest first."""
    return [_city(name, rank, towns) for name, rank in CITIES.items()]


def rivers_and_provinces(
    rivers: Sequence[River],
    provinces: Mapping[str, shapely.Geometry],
    points: Iterable[shapely.Point],
) -> list[Label]:
    """Name the rivers, then the provinces, clear of each other and of the points."""
    taken = [placement.strip(shapely.transform(point, plane.metres)) for point in points]
    lines = {river.name["zh"]: shapely.transform(river.line, plane.metres) for river in rivers}
    labels = []
    for river in sorted(rivers, key=lambda river: RIVERS[river.name["zh"]]):
        others = [line for name, line in lines.items() if name != river.name["zh"]]
        stretch = placement.river_stretch(lines[river.name["zh"]], [*taken, *others])
        taken.append(placement.chord(stretch))
        labels.append(_river(river.name, stretch))
    taken += lines.values()
    return labels + [_province(side, area, taken) for side, area in provinces.items()]


def _city(name: str, rank: int, towns: Iterable[Town]) -> Label:
    named = {name, f"{name}市"}
    for town in towns:
        if town.region in REGIONS and named & town.other_names:
            return Label("city", latin_and_chinese(town.name, name), town.point, rank)
    raise BasemapError([f"GeoNames has no {name} in Sichuan or Chongqing."])


def _river(name: Words, stretch: shapely.LineString) -> Label:
    (west, south), (east, north) = sorted(placement.chord(stretch).coords)
    middle = stretch.interpolate(0.5, normalized=True)
    angle = round(degrees(atan2(north - south, east - west)))
    return Label("river", name, shapely.transform(middle, plane.degrees), RIVERS[name["zh"]], angle)


def _province(side: str, area: shapely.Geometry, taken: Sequence[shapely.Geometry]) -> Label:
    spot = placement.province_spot(shapely.transform(area, plane.metres), taken)
    return Label("province", PROVINCES[side], shapely.transform(spot, plane.degrees), 1)
