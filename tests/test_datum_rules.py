"""GCJ-02 instead of WGS 84: what is found of it, and what cannot be."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely

from atlas.datum import Coordinates, taken_back, to_gcj02
from atlas.tables import Problem
from tests.conftest import Folder

MAP_FILES = ["boundaries", "provinces", "rivers", "fallback/rivers"]


def shifted(longitude: float, latitude: float) -> tuple[float, float]:
    """A point as a Chinese web map gives it."""
    return tuple(to_gcj02(np.array([[longitude, latitude]]))[0])


def shift_file(folder: Folder, name: str, digits: int = 6) -> None:
    """Write a map file anew with every coordinate as a Chinese web map gives it."""

    def moved(points: Coordinates) -> Coordinates:
        return np.asarray(to_gcj02(points)).round(digits)

    def change(found: dict[str, Any]) -> None:
        for feature in found["features"]:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            shape = shapely.transform(shape, moved)
            feature["geometry"] = json.loads(shapely.to_geojson(shape))

    folder.json(f"map/{name}.geojson", change)


def shift_places(folder: Folder) -> dict[int, str]:
    """Write every position of the places as a Chinese web map gives it; the ids by row."""
    rows = folder.rows("places")
    for row in rows:
        if row["latitude"]:
            longitude, latitude = shifted(float(row["longitude"]), float(row["latitude"]))
            row |= {"longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}
    folder.write("places", rows)
    return {number: row["id"] for number, row in enumerate(rows, start=2)}


def gcj02(problems: tuple[Problem, ...]) -> list[Problem]:
    return [one for one in problems if "GCJ-02" in one.rule and "convert it to WGS 84" in one.rule]


def test_seats_copied_from_a_chinese_web_map_are_found_and_given_back(data: Folder) -> None:
    right = {row["id"]: row for row in data.rows("places")}
    ids = shift_places(data)
    found = {(ids[one.row or 0], one.column): one for one in gcj02(data.problems())}
    assert {place for place, _ in found} >= {"chengdu", "deyang", "meishan", "ziyang"}
    for (place, column), one in found.items():
        if column == "latitude":
            latitude, longitude = map(float, one.rule.rstrip(".").split(": ")[-1].split(", "))
            assert latitude == pytest.approx(float(right[place]["latitude"]), abs=2e-5)
            assert longitude == pytest.approx(float(right[place]["longitude"]), abs=2e-5)


def test_a_single_seat_is_found_by_its_label(data: Folder) -> None:
    longitude, latitude = shifted(104.38198, 31.13019)
    row = data.set("places", "deyang", longitude=f"{longitude:.5f}", latitude=f"{latitude:.5f}")
    problem = data.problem()
    assert (problem.file, problem.row, problem.column) == ("places.csv", row, "latitude")
    assert problem.rule == (
        "Its label in the map file lies apart: it looks like GCJ-02 (as Amap gives it), "
        "convert it to WGS 84: 31.13019, 104.38198."
    )


def near_edge(data: Folder, name: str) -> tuple[float, float]:
    """A point of a place that a Chinese web map shows outside the place's polygon."""
    features = json.loads(data.text("map/boundaries.geojson"))["features"]
    land = next(
        shapely.from_geojson(json.dumps(one["geometry"]))
        for one in features
        if one["properties"]["place"] == name
    )
    vertices = shapely.get_coordinates(land)
    candidates = vertices + 0.3 * (vertices - to_gcj02(vertices))
    for inside in candidates:
        outside = shapely.Point(*shifted(*inside))
        if land.covers(shapely.Point(*inside)) and not land.covers(outside):
            return outside.x, outside.y
    raise LookupError(name)


def test_a_seat_outside_its_polygon_that_the_conversion_brings_back_is_named_so(
    data: Folder,
) -> None:
    longitude, latitude = near_edge(data, "dadukou")
    row = data.set("places", "dadukou", longitude=f"{longitude:.6f}", latitude=f"{latitude:.6f}")
    problem = data.problem()
    assert (problem.file, problem.row, problem.column) == ("places.csv", row, "latitude")
    assert "outside the polygon with adcode 500104: it looks like GCJ-02" in problem.rule
    east, north = taken_back(longitude, latitude) or (0.0, 0.0)
    assert problem.rule.endswith(f"convert it to WGS 84: {north:.8g}, {east:.8g}.")


def test_a_park_outside_its_parent_that_the_conversion_brings_back_is_named_so(
    data: Folder,
) -> None:
    longitude, latitude = near_edge(data, "deyang")
    at = {"longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}
    row = data.set("places", "deyang-etdz", **at)
    problem = data.problem()
    assert (problem.file, problem.row, problem.column) == ("places.csv", row, "containment")
    assert "lies outside deyang: it looks like GCJ-02" in problem.rule


def test_a_seat_that_is_simply_elsewhere_is_not_said_to_be_gcj02(data: Folder) -> None:
    data.set("places", "dadukou", latitude="32", longitude="104")
    assert gcj02(data.problems()) == []


@pytest.mark.parametrize("digits", [4, 6, 14])
@pytest.mark.parametrize("name", MAP_FILES)
def test_a_shifted_map_file_is_found_by_the_points_it_shares(
    data: Folder, name: str, digits: int
) -> None:
    shift_file(data, name, digits)
    (problem,) = gcj02(data.problems())
    assert (problem.file, problem.row, problem.column) == (f"map/{name}.geojson", None, "geometry")


def test_map_files_made_from_one_another_are_found_by_those_that_are_not(data: Folder) -> None:
    for name in ("boundaries", "provinces"):
        shift_file(data, name)
    assert [one.file for one in gcj02(data.problems())] == ["map/boundaries.geojson"]


def test_shifted_labels_are_found_by_the_places_they_name(data: Folder) -> None:
    shift_file(data, "labels")
    found = gcj02(data.problems())
    assert {one.file for one in found} == {"map/labels.geojson"}
    assert {one.value for one in found} == {"chengdu", "deyang", "meishan", "ziyang"}


def everything(data: Folder) -> None:
    for name in (*MAP_FILES, "fallback/provinces", "labels", "rivers-osm"):
        shift_file(data, name)
    shift_places(data)


def lines_of_their_own(data: Folder) -> None:
    for name in ("rivers-osm", "fallback/provinces"):
        shift_file(data, name)


def a_park_without_a_label(data: Folder) -> None:
    longitude, latitude = shifted(104.3868, 31.0825)
    data.set("places", "deyang-etdz", longitude=f"{longitude:.5f}", latitude=f"{latitude:.5f}")


@pytest.mark.parametrize("spoil", [everything, lines_of_their_own, a_park_without_a_label])
def test_what_nothing_else_repeats_is_out_of_reach(
    data: Folder, spoil: Callable[[Folder], None]
) -> None:
    spoil(data)
    assert data.load().places


def test_outside_china_nothing_is_shifted(tiny: Folder) -> None:
    assert taken_back(16.4, 48.2) is None
    assert tiny.load().place["alpha"].latitude == 48.2


def test_dense_lines_that_often_meet_are_no_sign(data: Folder) -> None:
    """Two files of one dense grid meet as they stand and would meet again, shifted or not."""
    step = np.array(taken_back(104.5, 30.5)) - (104.5, 30.5)
    grid = [[104.5 + x * step[0] / 4, 30.5 + y * step[1] / 4] for x in range(20) for y in range(20)]
    line = {"type": "LineString", "coordinates": np.round(grid, 5).tolist()}
    for name in ("rivers", "rivers-osm"):
        data.json(f"map/{name}.geojson", lambda found: found["features"][0].update(geometry=line))
    assert len(data.load().maps) == 7
