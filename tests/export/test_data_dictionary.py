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
    return next(table for table in data_dictionary(atlas).resources if table.name == name)


def test_every_file_of_the_package_is_in_it_with_its_columns(atlas: Atlas) -> None:
    dictionary = data_dictionary(atlas)
    described = json.loads((atlas.folder / "datapackage.json").read_text("utf-8"))["resources"]
    paths = [resource.path for resource in dictionary.resources]
    assert paths == [resource["path"] for resource in described]
    assert all(resource.path.endswith(".geojson") for resource in dictionary.of("map"))
    for resource in dictionary.of("table"):
        with (atlas.folder / resource.path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert [column.name for column in resource.columns] == rows[0]
        assert resource.rows == len(rows) - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_and_meaning_is_there_in_every_language(atlas: Atlas, language: str) -> None:
    dictionary = data_dictionary(atlas)
    texts: list[Words] = [dictionary.description]
    for resource in dictionary.resources:
        for entry in (resource, *resource.columns):
            texts += [entry.title, entry.description]
    assert all(text[language] for text in texts)
    same = [text["en"] for text in texts if text[language] == text["en"]]
    assert language == "en" or [text for text in same if " " in text] == []  # words may be loans


def test_a_bare_descriptor_has_names_for_titles(tiny: Folder) -> None:
    atlas = tiny.load()
    sectors = table(atlas, "sectors")
    assert sectors.title == Words.untranslated("sectors")
    assert sectors.columns[0].title["zh"] == "id"
    assert sectors.description["en"] == ""
    assert (data_dictionary(atlas).licences, data_dictionary(atlas).of("map")) == ((), ())


@pytest.mark.parametrize("entry", [None, "CC0", ["CC0"]])
def test_licences_in_another_form_are_passed_over(tiny: Folder, entry: object) -> None:
    tiny.update(licenses=entry, sources=entry)
    dictionary = data_dictionary(tiny.load())
    assert (dictionary.licences, dictionary.sources) == ((), ())


def test_a_key_written_as_one_name_is_read(tiny: Folder) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        (entry,) = (entry for entry in descriptor["resources"] if entry["name"] == "evidence")
        reference = {"resource": "sectors", "fields": "id"}
        keys = [{"fields": "sector", "reference": reference}]
        entry["schema"] |= {"primaryKey": "id", "foreignKeys": keys}

    tiny.json("datapackage.json", change)
    columns = {column.name: column for column in table(tiny.load(), "evidence").columns}
    assert columns["id"].is_key
    assert columns["sector"].refers_to == "sectors"
