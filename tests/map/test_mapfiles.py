"""The map files as the browser fetches them."""

import json
from itertools import chain, pairwise
from typing import Any

import pytest

from atlas.datapackage.land.map_features import credits, features_of
from atlas.map.served_files import LINES, static_file
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.server.routes.files import static_files
from tests.conftest import Folder


@pytest.fixture
def clean(data: Folder) -> Atlas:
    """The package without the boundaries, whose title is doubtful."""
    (data.path / "map/boundaries.geojson").unlink()
    found: Atlas = data.load()
    return found


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


def test_a_changed_map_file_has_a_new_address(data: Folder) -> None:
    before = static_file(data.load(), "rivers", "en")
    data.json("map/rivers.geojson", lambda content: content["features"].pop())
    after = static_file(data.load(), "rivers", "en")
    assert before is not None
    assert after is not None
    assert before.url != after.url


def test_every_boundary_has_a_number_by_which_it_is_coloured(atlas: Atlas) -> None:
    file = static_file(atlas, "boundaries", "en")
    assert file is not None
    fetched = json.loads(file.content)["features"]
    assert [one["properties"] for one in fetched] == [{"number": at} for at in range(len(fetched))]
    assert [one["geometry"] for one in fetched] == [
        one["geometry"] for one in features_of(atlas, "boundaries")
    ]


def ends(*paths: list[list[float]]) -> set[frozenset[tuple[float, ...]]]:
    """The segments of lines or rings, whichever way they run."""
    return {frozenset(map(tuple, pair)) for path in paths for pair in pairwise(path)}


def drawn(atlas: Atlas, role: str) -> list[frozenset[tuple[float, ...]]]:
    """The segments that the browser fetches, each as its two ends."""
    file = static_file(atlas, role, "en")
    assert file is not None
    return [frozenset((tuple(one["a"]), tuple(one["b"]))) for one in json.loads(file.content)]


def read(atlas: Atlas, path: str) -> list[Any]:
    content = json.loads((atlas.folder / path).read_text("utf-8"))
    return [one["geometry"]["coordinates"] for one in content["features"]]


@pytest.mark.parametrize("role", ["provinces", "rivers", "rivers-osm"])
def test_a_line_is_fetched_as_its_segments_each_once(atlas: Atlas, role: str) -> None:
    found = drawn(atlas, role)
    assert len(set(found)) == len(found)
    assert set(found) == ends(*read(atlas, f"map/{role}.geojson"))


def test_a_line_in_parts_is_not_joined_from_part_to_part(data: Folder) -> None:
    (line, *_) = read(data.load(), "map/rivers.geojson")
    parts = [line[:5], line[9:20]]
    geometry = {"type": "MultiLineString", "coordinates": parts}
    data.json("map/rivers.geojson", lambda found: found["features"][0].update(geometry=geometry))
    data.json("map/rivers.geojson", lambda found: found.update(features=found["features"][:1]))
    assert set(drawn(data.load(), "rivers")) == ends(*parts)


def test_a_border_between_two_is_fetched_once(atlas: Atlas) -> None:
    shapes = [one["geometry"] for one in features_of(atlas, "boundaries")]
    polygons = [one["coordinates"] for one in shapes if one["type"] == "Polygon"]
    several = [one["coordinates"] for one in shapes if one["type"] == "MultiPolygon"]
    rings = [ring for one in (*polygons, *chain(*several)) for ring in one]
    found = drawn(atlas, "borders")
    assert len(set(found)) == len(found) < 0.6 * sum(map(len, rings))
    assert set(found) == {pair for pair in ends(*rings) if len(pair) == 2}


def test_without_boundaries_the_fallback_is_drawn(atlas: Atlas, clean: Atlas) -> None:
    for role in ("provinces", "rivers"):
        expected = ends(*read(clean, f"map/fallback/{role}.geojson"))
        assert set(drawn(clean, role)) == expected != set(drawn(atlas, role))
    assert features_of(clean, "labels") == features_of(atlas, "labels")


def test_without_boundaries_nothing_of_them_is_left_nor_credited(clean: Atlas) -> None:
    assert features_of(clean, "boundaries") == ()
    assert static_file(clean, "boundaries", "en") is None
    assert static_file(clean, "members", "en") is None
    assert not [one for one in credits(clean) if "Amap" in one["en"] or "cnmaps" in one["en"]]
    assert any("OpenStreetMap" in one["en"] for one in credits(clean))


def test_every_credit_is_given_once_and_with_boundaries_none_of_the_fallback(atlas: Atlas) -> None:
    fallback = {one.credit for one in atlas.maps if one.name == "fallback-provinces"}
    assert any("Amap" in one["en"] for one in credits(atlas))
    assert not fallback & set(credits(atlas))
    assert len(set(credits(atlas))) == len(credits(atlas))


def test_a_package_without_map_files_has_none_to_fetch(tiny: Folder) -> None:
    files = static_files(tiny.load()).values()
    names = {file.name for file in files if file.media_type != "text/javascript"}
    assert names == {"icons.json", "icons.svg", "style.css"}
