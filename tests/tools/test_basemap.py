"""The map files: how they are computed, and what must hold of those in `data/map/`."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.model.languages import LANGUAGES, Words
from tools.basemap import checks, coordinates, coverage, labels, lines, names
from tools.basemap import features as map_features
from tools.basemap.records import River, Town, Unit

DATA = Path(__file__).parents[2] / "data"
MAP = DATA / "map"
FULL = ("boundaries", "provinces", "rivers", "rivers-osm", "labels")
FALLBACK = ("fallback/provinces", "fallback/rivers")
NAMES = {f"name_{language}" for language in LANGUAGES}
PROPERTIES = {
    "boundaries": NAMES | {"adcode", "side", "place", "label"},
    "provinces": NAMES | {"kind"},
    "rivers": NAMES | {"source"},
    "rivers-osm": NAMES | {"source"},
    "labels": NAMES | {"kind", "rank", "angle", "place"},
    "fallback/provinces": NAMES | {"kind"},
    "fallback/rivers": NAMES | {"source"},
}
REGION = shapely.box(97, 25.9, 110.5, 34.5)
DRAWN = ("chengdu", "deyang", "meishan", "ziyang", "yubei", "jiangbei", "jiangjin", "yongchuan")


def features(name: str) -> list[dict[str, Any]]:
    content = json.loads((MAP / f"{name}.geojson").read_text("utf-8"))
    features: list[dict[str, Any]] = content["features"]
    return features


def shapes(name: str) -> Any:
    return np.array(
        [shapely.geometry.shape(feature["geometry"]) for feature in features(name)], object
    )


def properties(name: str) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in features(name)]


# The datum


def test_a_gcj02_point_returns_to_its_known_wgs84_point() -> None:
    longitude, latitude = coordinates.to_wgs84(np.array([[104.397894, 31.126855]]))[0]
    assert (round(latitude, 5), round(longitude, 5)) == (31.129, 104.39521)


@given(st.floats(97, 110.5), st.floats(25.9, 34.5))
def test_shifting_to_gcj02_undoes_the_return_to_wgs84(longitude: float, latitude: float) -> None:
    point = np.array([[longitude, latitude]])
    assert coordinates.to_gcj02(coordinates.to_wgs84(point)) == pytest.approx(point, abs=1e-9)


def test_the_shift_in_the_basin_is_350_to_480_metres() -> None:
    corners = np.array([[104.07, 30.67], [106.56, 29.56]])
    shift_m = np.hypot(*coordinates.metres(coordinates.to_gcj02(corners) - corners).T)
    assert shift_m == pytest.approx([360, 480], abs=25)


# Simplification


def ragged(seed: int) -> list[tuple[float, float]]:
    """Draw a ragged line from 30 to 31 degrees north, near 104 degrees east."""
    wobble = np.random.default_rng(seed).uniform(-0.01, 0.01, 99)
    return [
        (104.0, 30.0),
        *zip(104 + wobble, np.linspace(30.01, 30.99, 99), strict=True),
        (104.0, 31.0),
    ]


def neighbours(seed: int = 0) -> Any:
    border = ragged(seed)
    west = shapely.Polygon([(103, 31), (103, 30), *border])
    east = shapely.Polygon([(105, 31), (105, 30), *border])
    return np.array([west, east], object)


def border_vertices(polygons: Any) -> int:
    border = shapely.line_merge(shapely.intersection(*shapely.boundary(polygons)))
    return int(shapely.get_num_coordinates(border))


@pytest.mark.parametrize("seed", range(5))
def test_simplified_neighbours_still_share_their_border(seed: int) -> None:
    before = neighbours(seed)
    after = coverage.simplify(before, np.array([1500.0, 1500.0]))
    assert checks.coverage(after) == []
    assert 2 < border_vertices(after) < border_vertices(before)


def test_a_border_takes_the_finer_tolerance_of_its_two_sides() -> None:
    fine, coarse, mixed = (
        border_vertices(coverage.simplify(neighbours(), np.array(tolerance_m)))
        for tolerance_m in ([500.0, 500.0], [3500.0, 3500.0], [500.0, 3500.0])
    )
    assert coarse < fine == mixed


def test_polygons_that_overlap_are_refused() -> None:
    overlapping = np.array([shapely.box(103, 30, 104.1, 31), shapely.box(104, 30, 105, 31)], object)
    with pytest.raises(checks.BasemapError, match="overlap"):
        coverage.simplify(overlapping, np.array([800.0, 800.0]))


def test_an_enclave_below_a_square_kilometre_goes_to_the_land_around_it() -> None:
    speck, land = shapely.box(20_000, 20_000, 20_900, 20_900), shapely.box(0, 0, 50_000, 50_000)
    home = shapely.MultiPolygon([shapely.box(50_000, 0, 90_000, 50_000), speck])
    around, alone = coverage.absorb_specks(np.array([land.difference(speck), home], object))
    assert around.equals(land)
    assert alone.equals(home.geoms[0])


# Checks


def test_a_unit_that_changed_its_area_much_is_named() -> None:
    units = [np.array([shapely.box(104, 30, 105, north)]) for north in (31, 30.95, 30.9)]
    assert checks.areas(["Ziyang"], units[0], units[1]) == []
    with pytest.raises(checks.BasemapError, match=r"^Ziyang changed its area by -10.0%"):
        checks.require(checks.areas(["Ziyang"], units[0], units[2]))


def test_all_faults_are_raised_at_once() -> None:
    seats = [("Yubei", "500112", shapely.Point(0, 0)), ("Pujiang", "", shapely.Point(0, 0))]
    faults = checks.inside(seats, {"500112": shapely.box(1, 1, 2, 2)})
    with pytest.raises(checks.BasemapError) as caught:
        checks.require([*checks.number(58), *faults, *checks.size(900_000)])
    assert [fault.split()[0] for fault in caught.value.faults] == ["58", "Yubei", "The"]


# Lines, names and labels


def test_a_splice_follows_the_better_line_and_drops_a_stub() -> None:
    line = shapely.LineString([(0, 0), (100_000, 0)])
    better = shapely.LineString([(97_000, 500), (50_000, 900), (20_000, 500)])
    spliced = lines.splice(line, better)
    assert list(spliced.coords) == [(0, 0), (20_000, 0), *reversed(better.coords)]


def unit(name_zh: str) -> Unit:
    return Unit("500000", name_zh, "chongqing", shapely.box(106, 29, 107, 30))


def town(name: str, *other_names: str, region: str = "33", longitude: float = 106.5) -> Town:
    return Town(1, name, frozenset(other_names), region, 0, shapely.Point(longitude, 29.5))


@pytest.mark.parametrize(
    ("name_zh", "seat", "latin"),
    [
        ("长寿区", town("Fengcheng", "Changshou Qu", "长寿区"), "Changshou"),
        ("綦江区", town("Gunan", "Qijiang Xian", "綦江县"), "Qijiang"),
        ("石柱土家族自治县", town("Nanbin", "Shizhu Tujiazu Zizhixian", "石柱"), "Shizhu"),
        ("忠县", town("Zhongzhou", "Zhong Xian", "忠县"), "Zhong Xian"),
        ("黔江区", town("Qianjiang", "黔江区"), "Qianjiang"),
        ("渝中区", town("Jiefangbei", "解放碑"), ""),
        ("江北区", town("Jiangbei", "Jiangbei Qu", "江北", longitude=121.5), ""),
    ],
)
def test_a_unit_has_the_latin_name_of_its_namesake_within_it(
    name_zh: str, seat: Town, latin: str
) -> None:
    assert names.unit_name(unit(name_zh), [seat]) == latin


def test_a_unit_without_a_latin_name_has_no_other_in_its_place() -> None:
    polygons = np.array([unit("渝中区").polygon])
    (feature,) = map_features.boundaries([unit("渝中区")], polygons, [], [])
    named: Any = feature["properties"]
    assert [named[f"name_{language}"] for language in LANGUAGES] == ["", "渝中区", ""]


def test_a_city_that_geonames_lacks_stops_the_build() -> None:
    with pytest.raises(checks.BasemapError, match="成都"):
        labels.cities([town("Chengdu", "成都", region="08")])


def test_a_river_name_stands_upright_on_the_line_away_from_a_city() -> None:
    river = River(
        Words(en="Yangtze", zh="长江", id=""), shapely.LineString([(106, 31), (105, 29.5)]), ""
    )
    (label,) = labels.rivers_and_provinces([river], {}, [shapely.Point(105.5, 30.25)])
    assert label.point.distance(river.line) < 1e-3
    assert label.point.distance(shapely.Point(105.5, 30.25)) > 0.1
    assert label.angle == pytest.approx(60, abs=2)


def test_a_province_name_keeps_clear_of_what_is_there() -> None:
    area = shapely.transform(shapely.box(103, 29, 107, 31), coordinates.metres)
    spot = labels.province_spot(area, [area.centroid])
    assert spot.distance(area.centroid) > labels.PROVINCE_NAME_M / 2


def test_the_same_features_make_the_same_bytes(tmp_path: Path) -> None:
    feature = map_features.feature(shapely.Point(104.0667, 30.6667), name_zh="成都", rank=1)
    sizes = [map_features.write(tmp_path / "deep" / f"{copy}.geojson", [feature]) for copy in "ab"]
    first, second = (path.read_bytes() for path in sorted((tmp_path / "deep").iterdir()))
    assert first == second
    assert sizes == [len(first)] * 2
    assert json.loads(first)["features"] == [feature]


# The files


def test_the_boundaries_are_59_polygons_that_share_their_borders() -> None:
    polygons = shapes("boundaries")
    assert checks.number(len(polygons)) + checks.coverage(polygons) == []


def test_every_seat_lies_in_its_polygon_and_jianyang_in_chengdu() -> None:
    codes = [polygon["adcode"] for polygon in properties("boundaries")]
    polygons = dict(zip(codes, shapes("boundaries"), strict=True))
    places = names.atlas_places(DATA / "places.csv")
    seats = [
        (place.id, place.adcode, place.point) for place in places if place.adcode and place.point
    ]
    jianyang = ("Jianyang", "510100", shapely.Point(104.549, 30.391))
    assert checks.inside([*seats, jianyang], polygons) == []


def test_the_polygons_of_the_atlas_bear_the_names_of_its_places() -> None:
    places = {place.id: place for place in names.atlas_places(DATA / "places.csv")}
    drawn = {polygon["place"]: polygon for polygon in properties("boundaries") if polygon["place"]}
    assert {*drawn} == {*DRAWN, "dadukou", "jiulongpo"}
    for name, polygon in drawn.items():
        assert polygon["adcode"] == places[name].adcode
        words = Words(**{language: polygon[f"name_{language}"] for language in LANGUAGES})
        assert words == places[name].name


def test_the_polygons_have_the_area_that_the_figures_state() -> None:
    with (DATA / "figures.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["indicator"] == "area"]
    stated = {row["place"]: float(row["value"]) for row in rows if row["preferred"] == "true"}
    areas_km2 = shapely.area(shapely.transform(shapes("boundaries"), coordinates.metres)) / 1e6
    polygons = [polygon["place"] for polygon in properties("boundaries")]
    area_km2 = dict(zip(polygons, areas_km2, strict=True))
    ratios = [area_km2[place] / stated[place] for place in DRAWN]
    assert ratios == pytest.approx([1] * len(DRAWN), abs=0.02)


def test_label_points_lie_in_their_polygons() -> None:
    points = [shapely.Point(polygon["label"]) for polygon in properties("boundaries")]
    assert shapely.contains(shapes("boundaries"), np.array(points, object)).all()


def test_the_full_set_is_small() -> None:
    assert checks.size(sum((MAP / f"{name}.geojson").stat().st_size for name in FULL)) == []


@pytest.mark.parametrize("name", FULL + FALLBACK)
def test_every_feature_has_its_properties_and_lies_in_the_region(name: str) -> None:
    every = properties(name)
    assert every
    assert all(set(own) == PROPERTIES[name] and own["name_zh"] for own in every)
    assert shapely.contains(REGION, shapes(name)).all()


@pytest.mark.parametrize("rivers", ["rivers", "fallback/rivers"])
def test_river_names_stand_on_their_rivers_in_both_sets(rivers: str) -> None:
    both = zip(
        properties(rivers) + properties("rivers-osm"),
        [*shapes(rivers), *shapes("rivers-osm")],
        strict=True,
    )
    line = {river["name_zh"]: shapely.transform(shape, coordinates.metres) for river, shape in both}
    for label, point in zip(properties("labels"), shapes("labels"), strict=True):
        if label["kind"] == "river":
            spot = shapely.transform(point, coordinates.metres)
            assert line[label["name_zh"]].distance(spot) < 50
            assert -90 < label["angle"] <= 90


def test_the_fallback_holds_lines_only_and_no_vertex_of_the_boundaries() -> None:
    polygons = {tuple(vertex) for vertex in shapely.get_coordinates(shapes("boundaries"))}
    for name in FALLBACK:
        lines = shapes(name)
        assert all(line.geom_type in {"LineString", "MultiLineString"} for line in lines)
        assert not polygons & {tuple(vertex) for vertex in shapely.get_coordinates(lines)}
