"""The places as GeoJSON: read by GDAL and by shapely, as RFC 7946 has it."""

import math
from typing import Any

import pyogrio
import pytest
from geopy.distance import geodesic
from shapely import Polygon
from shapely.geometry import shape

from atlas.export.columns import flat
from atlas.export.place_columns import PLACE_COLUMNS
from atlas.export.place_rows import place_rows
from atlas.facets import shown
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from tests.conftest import Folder
from tests.exports import VIEWS, content, hostile, parsed

WIDE = Selection(sets=("first-batch", "outside", "signatories"))


def features(atlas: Atlas, selection: Selection = WIDE) -> dict[str, Any]:
    listed = parsed(atlas, selection, "places.geojson")["features"]
    return {one["id"]: one for one in listed}


def test_longitude_comes_before_latitude_exactly_as_in_the_table(atlas: Atlas) -> None:
    points = [place for place in shown(atlas, WIDE) if place.position == "point"]
    assert points
    for place in points:
        geometry = features(atlas)[place.id]["geometry"]
        assert geometry == {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def test_a_place_without_position_is_there_without_geometry(atlas: Atlas) -> None:
    found = features(atlas)
    unknown = [place for place in shown(atlas, WIDE) if place.position == "none"]
    assert unknown
    assert all(found[place.id]["geometry"] is None for place in unknown)
    assert all(found[place.id]["properties"]["name_en"] for place in unknown)


def test_a_place_known_as_an_area_is_a_circle_counterclockwise(atlas: Atlas) -> None:
    areas = [place for place in shown(atlas, WIDE) if place.position == "area"]
    assert areas
    for place in areas:
        found = shape(features(atlas)[place.id]["geometry"])
        assert isinstance(found, Polygon)
        assert found.exterior.is_ccw
        assert found.is_valid
        for longitude, latitude in found.exterior.coords:
            distance = geodesic((place.latitude, place.longitude), (latitude, longitude)).km
            assert math.isclose(distance, place.precision_km or 0, abs_tol=0.001)


def test_the_box_holds_every_geometry_and_no_more(atlas: Atlas) -> None:
    found = parsed(atlas, WIDE, "places.geojson")
    bounds = [shape(one["geometry"]).bounds for one in found["features"] if one["geometry"]]
    west, south, east, north = zip(*bounds, strict=True)
    assert found["bbox"] == [min(west), min(south), max(east), max(north)]


def test_it_has_no_member_that_the_standard_has_dropped(atlas: Atlas) -> None:
    for view in VIEWS.values():
        found = parsed(atlas, view, "places.geojson")
        assert found["type"] == "FeatureCollection"
        assert "crs" not in found
        assert ("bbox" in found) == bool(found["features"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_properties_are_flat_and_each_is_explained(atlas: Atlas, language: str) -> None:
    found = parsed(atlas, WIDE.but(lang=language), "places.geojson")
    explained = found["metadata"]["properties"]
    for one in found["features"]:
        assert set(one["properties"]) == set(explained)
        assert not [value for value in one["properties"].values() if isinstance(value, dict | list)]
    assert all(said["title"] and said["description"] for said in explained.values())


def test_the_properties_are_the_columns_of_the_table(atlas: Atlas) -> None:
    found = features(atlas)
    for row in place_rows(atlas, WIDE):
        wanted = {column.name: flat(column.read(row)) for column in PLACE_COLUMNS}
        assert found[row.place.id]["properties"] == wanted


def test_gdal_reads_it_with_geometry_and_values(atlas: Atlas) -> None:
    _, _, geometry, values = pyogrio.raw.read(content(atlas, WIDE, "places.geojson"))
    info = pyogrio.read_info(content(atlas, WIDE, "places.geojson"))
    table = dict(zip(info["fields"], values, strict=True))
    assert info["crs"] == "EPSG:4326"
    assert len(geometry) == len(shown(atlas, WIDE))
    for at, place in enumerate(shown(atlas, WIDE)):
        assert table["name_zh"][at] == place.name.zh
        assert (geometry[at] is None) == (place.position == "none")
        assert place.latitude is None or table["latitude"][at] == place.latitude


def test_gdal_reads_an_empty_view(atlas: Atlas) -> None:
    assert pyogrio.read_info(content(atlas, VIEWS["nothing"], "places.geojson"))["features"] == 0


def test_texts_that_mean_harm_reach_gdal_as_they_are(data: Folder) -> None:
    atlas = hostile(data)
    file = content(atlas, WIDE, "places.geojson")
    names, values = pyogrio.read_info(file)["fields"], pyogrio.raw.read(file)[3]
    table = dict(zip(names, values, strict=True))
    assert list(table["about"]) == [place.about.en for place in shown(atlas, WIDE)]


@pytest.mark.parametrize(("longitude", "latitude"), [(179.99, 48.2), (-179.99, 48.2), (16, 89.9)])
def test_a_circle_that_cannot_be_drawn_in_one_piece_is_a_point(
    tiny: Folder, longitude: float, latitude: float
) -> None:
    at = {"longitude": str(longitude), "latitude": str(latitude)}
    Folder(tiny.path / "tables").set("places", "alpha", position="area", precision_km="20", **at)
    found = features(tiny.load(), Selection(sets=("towns",)))["alpha"]["geometry"]
    assert found == {"type": "Point", "coordinates": [longitude, latitude]}
