"""The data dictionary: what the descriptor says, in the reader's language."""

import csv
import json
from typing import Any

import pytest

from atlas.export.tables.data_dictionary import Resource, data_dictionary
from atlas.model.languages import LANGUAGES, Words
from atlas.model.records import Atlas
from tests.conftest import Folder


def table(atlas: Atlas, name: str) -> Resource:
    return next(one for one in data_dictionary(atlas).resources if one.name == name)


def test_every_file_of_the_package_is_in_it_with_its_columns(atlas: Atlas) -> None:
    found = data_dictionary(atlas)
    described = json.loads((atlas.folder / "datapackage.json").read_text("utf-8"))["resources"]
    assert [one.path for one in found.resources] == [entry["path"] for entry in described]
    assert all(one.path.endswith(".geojson") for one in found.of("map"))
    for one in found.of("table"):
        with (atlas.folder / one.path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert [column.name for column in one.columns] == rows[0]
        assert one.rows == len(rows) - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_and_meaning_is_there_in_every_language(atlas: Atlas, language: str) -> None:
    found = data_dictionary(atlas)
    texts: list[Words] = [found.description]
    for one in found.resources:
        texts += [one.title, one.description]
        texts += [text for column in one.columns for text in (column.title, column.description)]
    assert all(text[language] for text in texts)
    same = [text["en"] for text in texts if text[language] == text["en"]]
    assert language == "en" or [one for one in same if " " in one] == []  # words may be loans


def test_a_column_says_what_may_stand_in_it(atlas: Atlas) -> None:
    columns = {column.name: column for column in table(atlas, "places").columns}
    latitude = columns["latitude"]
    assert (latitude.type, latitude.unit) == ("number", "degrees")
    assert (latitude.constraints["minimum"], latitude.constraints["maximum"]) == (20, 40)
    assert columns["kind"].refers_to == "kinds"
    assert columns["position"].constraints["enum"] == ["point", "area", "none"]
    assert (columns["id"].is_key, columns["id"].constraints["required"]) == (True, True)
    assert (columns["parent"].refers_to, columns["source"].refers_to) == ("places", "sources")
    assert columns["adcode"].refers_to == ""
    keys = [column.name for column in table(atlas, "memberships").columns if column.is_key]
    assert keys == ["group", "place"]


def test_a_bare_descriptor_has_names_for_titles(tiny: Folder) -> None:
    found = data_dictionary(tiny.load())
    glass = next(one for one in found.resources if one.name == "sectors")
    assert glass.title == Words.untranslated("sectors")
    assert glass.columns[0].title["zh"] == "id"
    assert glass.description["en"] == ""
    assert (found.licences, found.of("map")) == ((), ())


@pytest.mark.parametrize("entry", [None, "CC0", ["CC0"]])
def test_licences_in_another_form_are_passed_over(tiny: Folder, entry: object) -> None:
    tiny.json("datapackage.json", lambda found: found.update(licenses=entry, sources=entry))
    found = data_dictionary(tiny.load())
    assert (found.licences, found.sources) == ((), ())


def test_a_key_written_as_one_name_is_read(tiny: Folder) -> None:
    def change(found: dict[str, Any]) -> None:
        schema = next(one for one in found["resources"] if one["name"] == "evidence")["schema"]
        schema["primaryKey"] = "id"
        schema["foreignKeys"] = [
            {"fields": "sector", "reference": {"resource": "sectors", "fields": "id"}}
        ]

    tiny.json("datapackage.json", change)
    columns = {one.name: one for one in table(tiny.load(), "evidence").columns}
    assert columns["id"].is_key
    assert columns["sector"].refers_to == "sectors"
