"""Every download of every view: what it holds, what it says of itself, what it is called."""

import pytest

from atlas.datapackage.loader import load
from atlas.export import EXPORTS, download
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.facets import shown
from atlas.query.sentences import sentence
from tests.conftest import Folder, at_night, combined
from tests.export.exports import HOSTILE, LINK, VIEWS, content, hostile, parsed, rows


@pytest.mark.parametrize("name", EXPORTS)
def test_another_clusters_package_has_every_file_too(tiny: Folder, name: str) -> None:
    file = download(tiny.load(), Selection(sets=("towns",)), name, LINK)
    assert file.file_name.startswith("glass-atlas-0.1.0-")
    assert file.content


@pytest.mark.parametrize("name", at_night(EXPORTS, ["places.xlsx", "package.zip"]))
def test_the_same_view_gives_the_same_bytes(atlas: Atlas, name: str) -> None:
    view = VIEWS["inferred"]
    assert content(atlas, view, name) == content(load(atlas.folder), view, name)


@pytest.mark.parametrize(("view", "language"), combined(list(VIEWS), list(LANGUAGES)))
def test_every_format_holds_the_places_the_view_shows(
    atlas: Atlas, view: str, language: str
) -> None:
    selection = VIEWS[view].but(lang=language)
    ids = [place.id for place in shown(atlas, selection)]
    features = parsed(atlas, selection, "places.geojson")["features"]
    assert [row["id"] for row in rows(atlas, selection, "places.csv")] == ids
    assert [row["id"] for row in parsed(atlas, selection, "places.json")["places"]] == ids
    assert [feature["id"] for feature in features] == ids


def test_an_inferred_place_is_inferred_in_every_row_of_every_format(atlas: Atlas) -> None:
    view = VIEWS["inferred"]
    places = rows(atlas, view, "places.csv")
    assert all("inferred" in row["grade_note"] for row in places)
    places += parsed(atlas, view, "places.json")["places"]
    features = parsed(atlas, view, "places.geojson")["features"]
    places += [feature["properties"] for feature in features]
    assert {row["grade"] for row in places} == {"inferred"}
    inferred = {place.id for place in shown(atlas, view)}
    for row in rows(atlas, Selection(), "evidence.csv"):
        pairs = zip(row["places"].split("; "), row["place_grades"].split("; "), strict=True)
        assert all(grade == "inferred" for place, grade in pairs if place in inferred)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_in_the_readers_language_what_it_holds_and_rests_on(
    atlas: Atlas, language: str
) -> None:
    selection = VIEWS["rail transit"].but(lang=language)
    words = sentence(atlas, selection, text(selection.lang))
    assert {row["selection"] for row in rows(atlas, selection, "places.csv")} == {words}
    for name in ("places.json", "places.geojson"):
        file = parsed(atlas, selection, name)
        metadata = file["metadata"]
        assert (metadata["selection"], metadata["link"]) == (words, LINK)
        assert metadata["title"] == atlas.title[selection.lang]
        assert (metadata["version"], metadata["as_of"]) == (atlas.version, atlas.as_of.isoformat())
        assert metadata["licences"][0]["name"] == "CC-BY-4.0"
        assert any("GeoNames" in credit for credit in metadata["credits"])
        sources = {row["id"]: row for row in file.get("sources") or metadata["sources"]}
        assert sources["S02"]["address"] == atlas.source["S02"].address
        assert sources["S02"]["reliability"] == "A"
    first = parsed(atlas, selection, "places.json")["places"][0]
    assert first["about"] == atlas.place[first["id"]].about[selection.lang]
    assert first["name"] == dict(atlas.place[first["id"]].name)


@pytest.mark.parametrize("name", ["places.json", "places.geojson"])
def test_texts_that_mean_harm_are_carried_as_text(name: str) -> None:
    file = parsed(hostile(), VIEWS["further places"], name)
    places = file.get("places") or [feature["properties"] for feature in file["features"]]
    assert {place["about"] for place in places} == set(HOSTILE.values())
