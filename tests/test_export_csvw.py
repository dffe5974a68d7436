"""What the columns of a CSV file mean, in the form of CSV on the Web."""

from collections.abc import Callable
from typing import Any

import pytest

from atlas.export import download
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from atlas.text import TAGS
from tests.conftest import Folder
from tests.exports import LINK, VIEWS, parsed, rows

TABLES = ("places", "evidence")
READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "anyURI": str,
    "integer": int,
    "number": float,
    "decimal": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def cell(column: dict[str, Any], value: str) -> object:
    """Read a cell as its description says (W3C, Model for Tabular Data, 6.4)."""
    kind = column.get("datatype", "string")
    read = READ.get(kind["base"] if isinstance(kind, dict) else kind, str)
    if value == "":
        return None
    if "separator" in column:
        return [read(one) for one in value.split(column["separator"])]
    return read(value)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_described_in_every_language(
    atlas: Atlas, table: str, language: str
) -> None:
    view = VIEWS["rail transit"].but(lang=language)
    found = parsed(atlas, view, f"{table}.csv-metadata.json")
    columns = found["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == list(rows(atlas, view, f"{table}.csv")[0])
    for one in columns:
        assert set(one["titles"]) == {"und", *TAGS.values()}
        assert all(one["titles"].values())
        assert {said["@language"] for said in one["dc:description"]} == set(TAGS.values())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("view", ["all", "further places", "nothing"])
def test_every_cell_is_what_its_description_says(atlas: Atlas, table: str, view: str) -> None:
    columns = parsed(atlas, VIEWS[view], f"{table}.csv-metadata.json")["tableSchema"]["columns"]
    by_name = {one["name"]: one for one in columns}
    for row in rows(atlas, VIEWS[view], f"{table}.csv"):
        read = {name: cell(by_name[name], value) for name, value in row.items()}
        required = [name for name, one in by_name.items() if one.get("required")]
        assert all(read[name] is not None for name in required)
        if table == "places":
            assert read["latitude"] == atlas.place[row["id"]].latitude
            assert read["precision_km"] == atlas.place[row["id"]].precision_km


@pytest.mark.parametrize("table", TABLES)
def test_the_description_names_the_file_it_lies_beside(atlas: Atlas, table: str) -> None:
    found = parsed(atlas, VIEWS["rail transit"], f"{table}.csv-metadata.json")
    assert found["url"] == download(atlas, VIEWS["rail transit"], f"{table}.csv", LINK).file_name
    assert found["dialect"]["encoding"].lower() == "utf-8"


def test_it_says_licence_version_view_and_sources(atlas: Atlas) -> None:
    found = parsed(atlas, VIEWS["rail transit"], "places.csv-metadata.json")
    assert found["dc:license"] == [{"@id": "https://creativecommons.org/licenses/by/4.0/"}]
    assert found["schema:version"] == atlas.version
    assert found["dcat:landingPage"] == {"@id": LINK}
    assert "rail transit" in found["dc:description"]["@value"]
    assert {"S01", "S02"} <= {one["dc:identifier"] for one in found["dc:source"]}


def test_a_package_without_words_for_its_columns_names_them(tiny: Folder) -> None:
    found = parsed(tiny.load(), Selection(), "places.csv-metadata.json")
    titles = {one["name"]: one["titles"]["en-GB"] for one in found["tableSchema"]["columns"]}
    assert titles["latitude"] == "latitude"
    assert titles["groups"] == "Groups"
