"""The places as one JSON document."""

import pytest

from atlas.export.json_files import told
from atlas.facets import shown
from atlas.profile import profile, sources
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from tests.conftest import Folder
from tests.exports import LINK, VIEWS, parsed


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
    found = told(place, language)  # type: ignore[arg-type]
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
