"""The Excel workbook, read by openpyxl."""

import io
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from atlas.claims.listing import listed
from atlas.export.columns import meaning
from atlas.export.place_columns import PLACE_COLUMNS
from atlas.export.workbook import LONGEST_CELL
from atlas.facets import shown
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from tests.conftest import Folder
from tests.exports import HOSTILE, LINK, VIEWS, content, hostile

WIDE = VIEWS["further places"]


def book(atlas: Atlas, selection: Selection) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content(atlas, selection, "places.xlsx")))


def table(sheet: Any) -> list[dict[str, Any]]:
    titles, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, line, strict=True)) for line in lines]


def test_it_has_a_sheet_for_places_evidence_sources_and_about(atlas: Atlas) -> None:
    assert book(atlas, Selection()).sheetnames == ["Places", "Evidence", "Sources", "About"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_headed_in_the_language_of_the_view(atlas: Atlas, language: str) -> None:
    sheet = book(atlas, Selection(lang=language)).worksheets[0]  # type: ignore[arg-type]
    titles = next(sheet.iter_rows(values_only=True))
    wanted = [meaning(atlas, column).title[language] for column in PLACE_COLUMNS]  # type: ignore[index]
    assert list(titles) == wanted
    assert len(set(titles)) == len(titles)


def test_places_are_those_shown_with_exact_numbers_and_grades_in_words(atlas: Atlas) -> None:
    found = table(book(atlas, WIDE)["Places"])
    places = shown(atlas, WIDE)
    assert [row["Id"] for row in found] == [place.id for place in places]
    assert [row["Latitude"] for row in found] == [place.latitude for place in places]
    assert [row["Longitude"] for row in found] == [place.longitude for place in places]
    inferred = [row for row in found if row["Grade"] == "Inferred"]
    assert {row["Id"] for row in inferred} == {
        row.place for row in atlas.memberships if row.grade == "inferred"
    }
    assert {row["Kind"] for row in found} == {"City", "District", "Park"}


def test_evidence_and_sources_go_with_them(atlas: Atlas) -> None:
    view = VIEWS["rail transit"].but(place="deyang")
    found = book(atlas, view)
    claims = listed(atlas, view.but(place=None))
    sources = {row["Id"] for row in table(found["Sources"])}
    assert [row["Id"] for row in table(found["Evidence"])] == [one.id for one in claims]
    assert {one.source for one in claims} <= sources
    assert {row["Source"] for row in table(found["Evidence"])} <= sources


def test_it_says_what_it_is(atlas: Atlas) -> None:
    lines = list(book(atlas, VIEWS["rail transit"])["About"].iter_rows(values_only=True))
    about = {line[0]: line[1] for line in lines[:8]}
    assert about["Title"] == "Chengyu Cluster Atlas"
    assert about["Link"] == LINK
    assert about["Version of the data"] == atlas.version
    assert about["As of"] == "28 November 2026"
    assert "creativecommons.org/licenses/by/4.0" in about["Licence"]
    assert "GeoNames" in about["Credit"]
    assert "working in rail transit" in about["Selection"]
    assert ("Places", "Latitude") in [line[:2] for line in lines]


def test_no_text_is_a_formula_or_a_link(data: Folder) -> None:
    atlas = hostile(data)
    file = content(atlas, WIDE, "places.xlsx")
    found = openpyxl.load_workbook(io.BytesIO(file))
    cells = [cell for sheet in found for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    dangerous = [cell for cell in cells if cell.value == HOSTILE["formula"]]
    assert dangerous
    assert all(cell.quotePrefix for cell in dangerous)
    with ZipFile(io.BytesIO(file)) as parts:
        assert not [name for name in parts.namelist() if name.endswith(".rels") and "sheet" in name]
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())


def test_texts_that_mean_harm_are_kept_word_for_word(data: Folder) -> None:
    atlas = hostile(data)
    said = [row["What it is"] for row in table(book(atlas, WIDE)["Places"])]
    assert said == [place.about.en for place in shown(atlas, WIDE)]


def test_a_text_longer_than_a_cell_is_cut_with_an_ellipsis(data: Folder) -> None:
    data.set("places", "deyang", about_en="𝒟" * LONGEST_CELL)
    [row] = table(book(data.load(), Selection(q="deyang", kind=("city",)))["Places"])
    assert row["What it is"] == "𝒟" * (LONGEST_CELL // 2) + "…"


def test_the_date_of_the_file_is_that_of_the_data(atlas: Atlas) -> None:
    properties = book(atlas, Selection()).properties
    assert properties.created.date() == atlas.as_of
    assert properties.title == "Chengyu Cluster Atlas"


def test_an_empty_view_has_headings_alone(atlas: Atlas) -> None:
    assert table(book(atlas, VIEWS["nothing"])["Places"]) == []
