"""What the columns of a CSV file mean, in the form of CSV on the Web."""

import warnings
from pathlib import Path

import pytest

from atlas.export import download
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from atlas.text import TAGS
from tests.conftest import Folder
from tests.exports import LINK, VIEWS, parsed, rows

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from csvw import CSVW

TABLES = ("places", "evidence")


def saved(folder: Path, atlas: Atlas, selection: Selection, table: str) -> Path:
    """Save table and metadata beside each other as a browser would; the path of the table."""
    for name in (f"{table}.csv", f"{table}.csv-metadata.json"):
        file = download(atlas, selection, name, LINK)
        (folder / file.file_name).write_bytes(file.content)
    return folder / download(atlas, selection, f"{table}.csv", LINK).file_name


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
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_reader_of_csv_on_the_web_finds_it_valid_and_reads_it(
    atlas: Atlas, tmp_path: Path, table: str, view: str
) -> None:
    path = saved(tmp_path, atlas, VIEWS[view], table)
    found = CSVW(str(path), validate=True)
    assert found.is_valid, [str(one.message) for one in found.warnings]
    read = list(found.t.iterdicts())
    plain = rows(atlas, VIEWS[view], f"{table}.csv")
    assert [row["id"] for row in read] == [row["id"] for row in plain]
    if table == "places" and read:
        assert read[0]["groups"] == plain[0]["groups"].split("; ")
        assert float(read[0]["latitude"]) == atlas.place[read[0]["id"]].latitude


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
