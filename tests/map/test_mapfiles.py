"""The map files as the browser fetches them."""

import json
from itertools import pairwise
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from atlas.datapackage.land.map_features import credits, features_of
from atlas.map.served_files import LINES, static_file
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.server.routes.files import static_files
from tests.conftest import Folder


def test_every_file_is_found_at_its_own_address(atlas: Atlas) -> None:
    files = static_files(atlas)
    assert all(address == file.url for address, file in files.items())
    maps = [file for file in files.values() if file.media_type == "application/geo+json"]
    assert sorted({file.name for file in maps}) == [
        "boundaries.geojson",
        "members.en.geojson",
        "members.id.geojson",
        "members.zh.geojson",
    ]
    assert all(json.loads(file.content)["type"] == "FeatureCollection" for file in maps)


def test_the_ground_is_the_same_file_in_every_language(atlas: Atlas) -> None:
    for role in ("boundaries", *LINES):
        files = [static_file(atlas, role, language) for language in LANGUAGES]
        assert len({file.url for file in files if file}) == 1


def test_every_boundary_has_a_number_by_which_it_is_coloured(atlas: Atlas) -> None:
    fetched = content(atlas, "boundaries")["features"]
    numbers = [{"number": number} for number in range(len(fetched))]
    assert [feature["properties"] for feature in fetched] == numbers
    assert [feature["geometry"] for feature in fetched] == [
        feature["geometry"] for feature in features_of(atlas, "boundaries")
    ]


def content(atlas: Atlas, role: str) -> Any:
    """Return what the browser fetches."""
    file = static_file(atlas, role, "en")
    assert file is not None
    return json.loads(file.content)


def ends(*paths: list[list[float]]) -> set[frozenset[tuple[float, ...]]]:
    """Return the segments of lines or rings, whichever way they run."""
    return {frozenset(map(tuple, pair)) for path in paths for pair in pairwise(path)}


def drawn(atlas: Atlas, role: str) -> list[frozenset[tuple[float, ...]]]:
    """Return the segments that the browser fetches, each as its two ends."""
    segments = content(atlas, role)
    return [frozenset((tuple(segment["a"]), tuple(segment["b"]))) for segment in segments]


def read(atlas: Atlas, path: str) -> list[Any]:
    features = json.loads((atlas.folder / path).read_text("utf-8"))["features"]
    return [feature["geometry"]["coordinates"] for feature in features]


@pytest.mark.parametrize("role", ["provinces", "rivers", "rivers-osm"])
def test_a_line_is_fetched_as_its_segments_each_once(atlas: Atlas, role: str) -> None:
    segments = drawn(atlas, role)
    assert len(set(segments)) == len(segments)
    assert set(segments) == ends(*read(atlas, f"map/{role}.geojson"))


def test_a_changed_line_has_a_new_address_and_its_parts_are_not_joined(
    atlas: Atlas, data: Folder
) -> None:
    (line, *_) = read(atlas, "map/rivers.geojson")
    parts = [line[:5], line[9:20]]

    def change(content: dict[str, Any]) -> None:
        content["features"] = content["features"][:1]
        content["features"][0]["geometry"] = {"type": "MultiLineString", "coordinates": parts}

    data.json("map/rivers.geojson", change)
    changed = data.load()
    assert set(drawn(changed, "rivers")) == ends(*parts)
    files = [static_file(each, "rivers", "en") for each in (atlas, changed)]
    assert len({file.url for file in files if file}) == 2


def test_a_border_between_two_is_fetched_once(atlas: Atlas) -> None:
    shapes = [shape(feature["geometry"]) for feature in features_of(atlas, "boundaries")]
    rings = [[*ring.coords] for ring in shapely.get_parts(shapely.boundary(shapes))]
    segments = drawn(atlas, "borders")
    assert len(set(segments)) == len(segments) < 0.6 * sum(map(len, rings))
    assert set(segments) == {pair for pair in ends(*rings) if len(pair) == 2}


def test_without_boundaries_the_fallback_is_drawn(atlas: Atlas, without_boundaries: Atlas) -> None:
    for role in ("provinces", "rivers"):
        expected = ends(*read(without_boundaries, f"map/fallback/{role}.geojson"))
        assert set(drawn(without_boundaries, role)) == expected != set(drawn(atlas, role))
    assert features_of(without_boundaries, "labels") == features_of(atlas, "labels")


def test_without_boundaries_nothing_of_them_is_left_nor_credited(without_boundaries: Atlas) -> None:
    assert features_of(without_boundaries, "boundaries") == ()
    assert static_file(without_boundaries, "boundaries", "en") is None
    assert static_file(without_boundaries, "members", "en") is None
    words = " ".join(credit["en"] for credit in credits(without_boundaries))
    assert "OpenStreetMap" in words
    assert "Amap" not in words
    assert "cnmaps" not in words


def test_every_credit_is_given_once_and_with_boundaries_none_of_the_fallback(atlas: Atlas) -> None:
    fallback = {file.credit for file in atlas.maps if file.name == "fallback-provinces"}
    assert any("Amap" in credit["en"] for credit in credits(atlas))
    assert not fallback & set(credits(atlas))
    assert len(set(credits(atlas))) == len(credits(atlas))


def test_a_package_without_map_files_has_none_to_fetch(tiny: Folder) -> None:
    files = static_files(tiny.load()).values()
    names = {file.name for file in files if file.media_type != "text/javascript"}
    assert names == {"icons.json", "icons.svg", "style.css"}
