"""The places as JSON and as GeoJSON: the latter read by GDAL and by shapely, as RFC 7946 has it."""

import math
from typing import Any

import pytest
from geopy.distance import geodesic
from shapely import Polygon
from shapely.geometry import shape

from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.profile import profile, sources
from tests.conftest import Folder
from tests.export.exports import LINK, VIEWS, content, parsed, rows

WIDE = Selection(sets=("first-batch", "outside", "signatories"))


def test_a_place_has_everything_the_atlas_says_of_it(atlas: Atlas) -> None:
    [deyang] = parsed(atlas, Selection(q="deyang", kind=("city",)), "places.json")["places"]
    card = profile(atlas, "deyang")
    evidence = [row["id"] for sector in deyang["sectors"] for row in sector["evidence"]]
    values = [row.value for figure in card.figures for row in figure.rows]
    assert evidence == [row.id for sector in card.sectors for row in sector.rows]
    assert [row["value"] for row in deyang["figures"]] == values
    assert [row["id"] for row in deyang["enterprises"]] == [row.id for row in card.enterprises]
    assert [row["id"] for row in deyang["events"]] == [row.id for row in card.events]
    assert deyang["sources"] == [source.id for source in sources(atlas, card)]
    assert deyang["end"] is None
    [yubei] = parsed(atlas, Selection(q="yubei", kind=("district",)), "places.json")["places"]
    assert yubei["end"]["date"] == "2025-11-06"
    assert (deyang["latitude"], deyang["longitude"]) == (31.13019, 104.38198)


def test_everything_that_is_named_is_in_the_document(atlas: Atlas) -> None:
    for view in VIEWS.values():
        file = parsed(atlas, view, "places.json")
        groups, sources = ({row["id"] for row in file[table]} for table in ("groups", "sources"))
        for place in file["places"]:
            assert {row["group"] for row in place["memberships"]} <= groups
            assert set(place["sources"]) <= sources
            for row in (*place["memberships"], *place["figures"], *place["enterprises"]):
                assert row["source"] in sources


def test_it_says_what_was_asked_and_how_much_it_holds(atlas: Atlas) -> None:
    view = VIEWS["rail transit"]
    metadata = parsed(atlas, view, "places.json")["metadata"]
    assert metadata["query"] == "lang=en&sector=rail-transit"
    assert metadata["link"] == LINK
    assert metadata["count"] == len(shown(atlas, view))
    empty = parsed(atlas, VIEWS["nothing"], "places.json")
    assert (empty["places"], empty["sources"], empty["metadata"]["count"]) == ([], [], 0)


def geometries(atlas: Atlas, selection: Selection = WIDE) -> dict[str, Any]:
    listed = parsed(atlas, selection, "places.geojson")["features"]
    return {feature["id"]: feature["geometry"] for feature in listed}


def test_longitude_comes_before_latitude_exactly_as_in_the_table(atlas: Atlas) -> None:
    points = [place for place in shown(atlas, WIDE) if place.position == "point"]
    assert points
    drawn = geometries(atlas)
    for place in points:
        coordinates = [place.longitude, place.latitude]
        assert drawn[place.id] == {"type": "Point", "coordinates": coordinates}


def test_a_place_known_as_an_area_is_a_circle_counterclockwise(atlas: Atlas) -> None:
    areas = [place for place in shown(atlas, WIDE) if place.position == "area"]
    assert areas
    drawn = geometries(atlas)
    for place in areas:
        circle = shape(drawn[place.id])
        assert isinstance(circle, Polygon)
        assert circle.exterior.is_ccw
        assert circle.is_valid
        for longitude, latitude in circle.exterior.coords:
            distance = geodesic((place.latitude, place.longitude), (latitude, longitude)).km
            assert math.isclose(distance, place.precision_km or 0, abs_tol=0.001)


@pytest.mark.parametrize("language", LANGUAGES)
def test_properties_are_the_cells_of_the_table_and_each_is_explained(
    atlas: Atlas, language: str
) -> None:
    selection = WIDE.but(lang=language)
    file = parsed(atlas, selection, "places.geojson")
    explained = file["metadata"]["properties"]
    assert all(words["title"] and words["description"] for words in explained.values())
    table = rows(atlas, selection, "places.csv")
    for feature, row in zip(file["features"], table, strict=True):
        assert set(feature["properties"]) == set(explained)
        for name, value in feature["properties"].items():
            assert isinstance(value, int | float) or (value or "") == row[name]


def test_gdal_reads_it_with_geometry_and_values(atlas: Atlas) -> None:
    import pyogrio  # It loads pandas: only where this test runs.

    _, _, geometry, values = pyogrio.raw.read(content(atlas, WIDE, "places.geojson"))
    info = pyogrio.read_info(content(atlas, WIDE, "places.geojson"), force_total_bounds=True)
    table = dict(zip(info["fields"], values, strict=True))
    assert info["crs"] == "EPSG:4326"
    assert list(info["total_bounds"]) == parsed(atlas, WIDE, "places.geojson")["bbox"]
    for at, place in enumerate(shown(atlas, WIDE)):
        assert table["name_zh"][at] == place.name["zh"]
        assert (geometry[at] is None) == (place.position == "none")
        assert place.latitude is None or table["latitude"][at] == place.latitude
    assert pyogrio.read_info(content(atlas, VIEWS["nothing"], "places.geojson"))["features"] == 0


@pytest.mark.parametrize(("longitude", "latitude"), [(179.99, 48.2), (-179.99, 48.2), (16, 89.9)])
def test_a_circle_that_cannot_be_drawn_in_one_piece_is_a_point(
    tiny: Folder, longitude: float, latitude: float
) -> None:
    at = {"longitude": str(longitude), "latitude": str(latitude)}
    Folder(tiny.path / "tables").set("places", "alpha", position="area", precision_km="20", **at)
    drawn = geometries(tiny.load(), Selection(sets=("towns",)))
    assert drawn["alpha"] == {"type": "Point", "coordinates": [longitude, latitude]}
