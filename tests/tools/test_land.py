"""The land of the world is built with borders that still meet, and small enough to be shipped."""

import lzma
from typing import Any

import shapely

from atlas.datapackage.land.world import FILE, world
from tools.land.__main__ import MOST_BYTES, land


def state(name: str, west: float, code: str) -> dict[str, Any]:
    """A square of one degree with a bend of some 50 m in its eastern side."""
    east = west + 1
    bend = [east + 0.0005, 0.5] if west == 0 else [east, 0.5]
    back = [west + 0.0005, 0.5] if west else [west, 0.5]
    ring = [[west, 0], [east, 0], bend, [east, 1], [west, 1], back, [west, 0]]
    properties = {"name": name, "name_en": name, "name_zh": "甲", "region": None}
    codes = {"iso_3166_2": code, "iso_a2": "XX", "admin": "Land"}
    return {
        "properties": properties | codes,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_neighbours_still_share_their_border_without_its_smallest_bends() -> None:
    content = lzma.decompress(land([state("West", 0, "XX-A"), state("East", 1, "XX-B~")]))
    lines = [line.split("\t") for line in content.decode().split("\n")]
    west, east = (shapely.from_geojson(geometry) for _, geometry in lines)
    assert shapely.coverage_is_valid([west, east])
    assert west.bounds == (0, 0, 1, 1)
    assert '"code": "XX-A"' in lines[0][0]
    assert '"code": ""' in lines[1][0]
    assert "name_en" not in lines[0][0]


def test_the_land_that_is_shipped_is_whole_and_bearable() -> None:
    assert FILE.stat().st_size <= MOST_BYTES
    whole = world()
    assert shapely.is_valid(whole.shapes).all()
    names = [state and state.name()["zh"] for state in whole.states_at([(30.66, 104.06), (0, 0)])]
    assert names == ["四川省", None]
    assert sum(bool(state.code) for state in whole.states) > 3_500
