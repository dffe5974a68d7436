"""Every download of every view: what it holds, what it says of itself, what it is called."""

import re

import pytest

from atlas.export import EXPORTS, download
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.facets import shown
from atlas.query.sentences import sentence
from tests.conftest import Folder, at_night, combined
from tests.export.exports import HOSTILE, LINK, VIEWS, content, hostile, parsed, rows

EVERY = combined(list(EXPORTS), LANGUAGES, list(VIEWS))


@pytest.mark.parametrize(("name", "language", "view"), EVERY)
def test_every_file_of_every_view_is_made_in_every_language(
    atlas: Atlas, name: str, language: str, view: str
) -> None:
    selection = VIEWS[view].but(lang=language)
    file = download(atlas, selection, name, LINK)
    assert file.media_type.partition("/")[0] in ("text", "application")
    assert re.fullmatch(r"[a-z0-9][A-Za-z0-9.-]{1,200}", file.file_name)
    assert file.file_name.endswith(name.partition(".")[2])
    # An empty CSV has no row to say it in; workbook and package are opened in their own tests.
    if file.media_type.endswith("json") or (file.media_type == "text/csv" and view != "nothing"):
        assert LINK in file.content.decode()


@pytest.mark.parametrize("name", EXPORTS)
def test_another_clusters_package_has_every_file_too(tiny: Folder, name: str) -> None:
    file = download(tiny.load(), Selection(sets=("towns",)), name, LINK)
    assert file.file_name.startswith("glass-atlas-0.1.0-")
    assert file.content


@pytest.mark.parametrize("name", at_night(EXPORTS, ["places.xlsx", "package.zip"]))
def test_the_same_view_gives_the_same_bytes(data: Folder, name: str) -> None:
    view = VIEWS["inferred"]
    assert content(data.load(), view, name) == content(data.load(), view, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_holds_the_places_the_view_shows(atlas: Atlas, language: str) -> None:
    for view in VIEWS.values():
        selection = view.but(lang=language)
        wanted = [place.id for place in shown(atlas, selection)]
        features = parsed(atlas, selection, "places.geojson")["features"]
        assert [row["id"] for row in rows(atlas, selection, "places.csv")] == wanted
        assert [row["id"] for row in parsed(atlas, selection, "places.json")["places"]] == wanted
        assert [one["id"] for one in features] == wanted


def test_an_inferred_place_is_inferred_in_every_row_of_every_format(atlas: Atlas) -> None:
    view = VIEWS["inferred"]
    told = rows(atlas, view, "places.csv")
    assert all("inferred" in row["grade_note"] for row in told)
    told += parsed(atlas, view, "places.json")["places"]
    told += [one["properties"] for one in parsed(atlas, view, "places.geojson")["features"]]
    assert {row["grade"] for row in told} == {"inferred"}
    inferred = {place.id for place in shown(atlas, view)}
    for row in rows(atlas, Selection(), "evidence.csv"):
        pairs = zip(row["places"].split("; "), row["place_grades"].split("; "), strict=True)
        assert all(grade == "inferred" for place, grade in pairs if place in inferred)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_in_the_readers_language_what_it_holds_and_rests_on(
    atlas: Atlas, language: str
) -> None:
    selection = VIEWS["rail transit"].but(lang=language)
    said = sentence(atlas, selection, text(selection.lang))
    assert {row["selection"] for row in rows(atlas, selection, "places.csv")} == {said}
    for name in ("places.json", "places.geojson"):
        found = parsed(atlas, selection, name)
        metadata = found["metadata"]
        assert (metadata["selection"], metadata["link"]) == (said, LINK)
        assert metadata["title"] == atlas.title[selection.lang]
        assert (metadata["version"], metadata["as_of"]) == (atlas.version, atlas.as_of.isoformat())
        assert metadata["licences"][0]["name"] == "CC-BY-4.0"
        assert any("GeoNames" in credit for credit in metadata["credits"])
        sources = {one["id"]: one for one in found.get("sources") or metadata["sources"]}
        assert sources["S02"]["address"] == atlas.source["S02"].address
        assert sources["S02"]["reliability"] == "A"
    first = parsed(atlas, selection, "places.json")["places"][0]
    assert first["about"] == atlas.place[first["id"]].about[selection.lang]
    assert first["name"] == dict(atlas.place[first["id"]].name)


@pytest.mark.parametrize("name", ["places.json", "places.geojson"])
def test_texts_that_mean_harm_are_carried_as_text(name: str) -> None:
    found = parsed(hostile(), VIEWS["further places"], name)
    listed = found.get("places") or [one["properties"] for one in found["features"]]
    assert {one["about"] for one in listed} == set(HOSTILE.values())
