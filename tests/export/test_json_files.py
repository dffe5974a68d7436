"""The places as JSON and as GeoJSON: the latter read by GDAL and by shapely, as RFC 7946 has it."""

import math
from typing import Any

import pyogrio
import pytest
from geopy.distance import geodesic
from shapely import Polygon
from shapely.geometry import shape

from atlas.export.exported_view import ExportedView
from atlas.export.json_files import as_object
from atlas.export.tables.place_columns import place_columns
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.profile import profile, sources
from tests.conftest import Folder
from tests.export.exports import LINK, VIEWS, content, hostile, parsed

WIDE = Selection(sets=("first-batch", "outside", "signatories"))


def test_a_place_has_everything_the_atlas_says_of_it(atlas: Atlas) -> None:
    [deyang] = parsed(atlas, Selection(q="deyang", kind=("city",)), "places.json")["places"]
    known = profile(atlas, "deyang")
    evidence = [row for one in deyang["sectors"] for row in one["evidence"]]
    assert [row["id"] for row in evidence] == [row.id for one in known.sectors for row in one.rows]
    assert [row["value"] for row in deyang["figures"]] == [
        row.value for one in known.figures for row in one.rows
    ]
    assert [row["id"] for row in deyang["enterprises"]] == [row.id for row in known.enterprises]
    assert [row["id"] for row in deyang["events"]] == [row.id for row in known.events]
    assert deyang["sources"] == [one.id for one in sources(atlas, known)]
    assert deyang["end"] is None
    assert (deyang["latitude"], deyang["longitude"]) == (31.13019, 104.38198)


def test_what_became_of_a_place_stands_with_it(atlas: Atlas) -> None:
    [yubei] = parsed(atlas, Selection(q="yubei", kind=("district",)), "places.json")["places"]
    assert yubei["end"]["date"] == "2025-11-06"


def test_everything_that_is_named_is_in_the_document(atlas: Atlas) -> None:
    for view in VIEWS.values():
        found = parsed(atlas, view, "places.json")
        held = {table: {one["id"] for one in found[table]} for table in ("groups", "sources")}
        for place in found["places"]:
            assert {row["group"] for row in place["memberships"]} <= held["groups"]
            assert set(place["sources"]) <= held["sources"]
            for row in (*place["memberships"], *place["figures"], *place["enterprises"]):
                assert row["source"] in held["sources"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_in_every_language_and_texts_in_one(atlas: Atlas, language: str) -> None:
    place = atlas.places[0]
    found = as_object(place, language)  # type: ignore[arg-type]
    assert found["name"] == {one: place.name[one] for one in LANGUAGES}
    assert found["about"] == place.about[language]  # type: ignore[index]
    assert found["also"] == list(place.also)


def test_it_says_what_was_asked_and_how_much_it_holds(atlas: Atlas) -> None:
    view = VIEWS["rail transit"]
    metadata = parsed(atlas, view, "places.json")["metadata"]
    assert metadata["query"] == "lang=en&sector=rail-transit"
    assert metadata["link"] == LINK
    assert metadata["count"] == len(shown(atlas, view))


def test_an_empty_view_is_an_empty_list(atlas: Atlas) -> None:
    found = parsed(atlas, VIEWS["nothing"], "places.json")
    assert (found["places"], found["sources"], found["metadata"]["count"]) == ([], [], 0)


def test_another_clusters_places_are_told_too(tiny: Folder) -> None:
    found = parsed(tiny.load(), Selection(sets=("towns",)), "places.json")
    assert [place["name"]["zh"] for place in found["places"]] == ["甲"]
    assert found["metadata"]["licences"] == []


def features(atlas: Atlas, selection: Selection = WIDE) -> dict[str, Any]:
    listed = parsed(atlas, selection, "places.geojson")["features"]
    return {one["id"]: one for one in listed}


def test_longitude_comes_before_latitude_exactly_as_in_the_table(atlas: Atlas) -> None:
    points = [place for place in shown(atlas, WIDE) if place.position == "point"]
    assert points
    found = features(atlas)
    for place in points:
        geometry = found[place.id]["geometry"]
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
    geometries = features(atlas)
    for place in areas:
        found = shape(geometries[place.id]["geometry"])
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
    view = ExportedView(atlas, WIDE, "places", LINK)
    for row in view.places():
        wanted = {column.name: column.cell(view, row) for column in place_columns()}
        assert found[row.place.id]["properties"] == wanted


def test_gdal_reads_it_with_geometry_and_values(atlas: Atlas) -> None:
    _, _, geometry, values = pyogrio.raw.read(content(atlas, WIDE, "places.geojson"))
    info = pyogrio.read_info(content(atlas, WIDE, "places.geojson"))
    table = dict(zip(info["fields"], values, strict=True))
    assert info["crs"] == "EPSG:4326"
    assert len(geometry) == len(shown(atlas, WIDE))
    for at, place in enumerate(shown(atlas, WIDE)):
        assert table["name_zh"][at] == place.name["zh"]
        assert (geometry[at] is None) == (place.position == "none")
        assert place.latitude is None or table["latitude"][at] == place.latitude


def test_gdal_reads_an_empty_view(atlas: Atlas) -> None:
    assert pyogrio.read_info(content(atlas, VIEWS["nothing"], "places.geojson"))["features"] == 0


def test_texts_that_mean_harm_reach_gdal_as_they_are() -> None:
    atlas = hostile()
    file = content(atlas, WIDE, "places.geojson")
    names, values = pyogrio.read_info(file)["fields"], pyogrio.raw.read(file)[3]
    table = dict(zip(names, values, strict=True))
    assert list(table["about"]) == [place.about["en"] for place in shown(atlas, WIDE)]


@pytest.mark.parametrize(("longitude", "latitude"), [(179.99, 48.2), (-179.99, 48.2), (16, 89.9)])
def test_a_circle_that_cannot_be_drawn_in_one_piece_is_a_point(
    tiny: Folder, longitude: float, latitude: float
) -> None:
    at = {"longitude": str(longitude), "latitude": str(latitude)}
    Folder(tiny.path / "tables").set("places", "alpha", position="area", precision_km="20", **at)
    found = features(tiny.load(), Selection(sets=("towns",)))["alpha"]["geometry"]
    assert found == {"type": "Point", "coordinates": [longitude, latitude]}
