"""Tables for spreadsheets: CSV and the Excel workbook, and no text in them that is computed."""

import csv
import io
from functools import cache
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.claims.listing import claims_sentence, listed
from atlas.export.spreadsheets import LONGEST_CELL, is_formula, without_formulas
from atlas.export.tables.columns import meaning
from atlas.export.tables.place_columns import place_columns
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.facets import shown
from atlas.query.profile import profile
from tests.conftest import Folder, at_night, real_atlas
from tests.export.exports import HOSTILE, LINK, VIEWS, content, hostile, rows

WIDE = VIEWS["further places"]
RAIL = VIEWS["rail transit"].but(place="deyang")


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫"]
)
def test_a_formula_gets_an_apostrophe_at_its_start(sign: str) -> None:
    for space in ("", " ", "\u3000", "\u00a0", "\u200f", "\ufeff", "\t", "\r\n"):
        assert without_formulas(f"{space}{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("separator", ["; ", ";", "\n", "\r\n", "\t", ';"', '; "'])
def test_a_part_where_a_program_may_begin_a_cell_does_too(separator: str) -> None:
    assert without_formulas(f"a{separator}=1+1") == f"a{separator}'=1+1"


@pytest.mark.parametrize(
    "harmless",
    ["", " ", "'", "1+1", "a = b", "A-1", "mail@example.org", "12 – 13", "“=1”", "a, -5", "—"],
)
def test_other_text_stays_as_it_is(harmless: str) -> None:
    assert without_formulas(harmless) == harmless
    assert not is_formula(harmless)


@given(st.text())
def test_no_text_begins_a_formula_any_more_and_none_is_lost(cell: str) -> None:
    safe = without_formulas(cell)
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not any(
        part.strip()[:1] in ("=", "+", "-", "@") for part in safe.split(";") if part.strip()
    )
    assert safe.replace("'", "") == cell.replace("'", "")


@pytest.mark.parametrize("name", ["places.csv", "evidence.csv", "figures.csv", "firms.csv"])
def test_a_file_opens_right_in_a_spreadsheet(atlas: Atlas, name: str) -> None:
    file = content(atlas, Selection(lang="zh"), name)
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.endswith(b"\r\n")
    lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(set(lines[0])) == len(lines[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_values_are_those_of_the_tables(atlas: Atlas, language: str) -> None:
    selection = Selection(lang=language, sets=("first-batch", "outside"))  # type: ignore[arg-type]
    for row in rows(atlas, selection, "places.csv"):
        place = atlas.place[row["id"]]
        card = profile(atlas, place.id)
        cells = {
            "name_zh": place.name["zh"],
            "about": place.about[selection.lang],
            "groups": "; ".join(membership.group for membership in card.memberships),
            "group_grades": "; ".join(membership.grade for membership in card.memberships),
            "sectors": "; ".join(work.sector.id for work in card.sectors),
            "sector_confidences": "; ".join(work.confidence for work in card.sectors),
            "end_event": place.end_event or "",
            "data_version": atlas.version,
            "as_of": atlas.as_of.isoformat(),
            "link": LINK,
        }
        assert row | cells == row
        for name in ("latitude", "longitude", "precision_km"):
            assert (float(row[name]) if row[name] else None) == getattr(place, name)


def test_a_place_that_is_no_more_says_when_and_why(atlas: Atlas) -> None:
    [yubei] = [row for row in rows(atlas, Selection(), "places.csv") if row["id"] == "yubei"]
    assert (yubei["end_date"], "Liangjiang" in yubei["end_note"]) == ("2025-11-06", True)
    evidence = [row for row in atlas.evidence if row.place == "yubei"]
    assert evidence
    assert all(f"{row.claim.english} [{row.source}]" in yubei["evidence"] for row in evidence)


FEW = Selection(claim=("figure",), place="deyang")


@pytest.mark.parametrize("view", at_night([*VIEWS.values(), FEW], [VIEWS["rail transit"], FEW]))
def test_evidence_holds_the_claims_that_the_page_lists(atlas: Atlas, view: Selection) -> None:
    selection = claims_sentence(atlas, view, text("en"))
    claims = zip(rows(atlas, view, "evidence.csv"), listed(atlas, view), strict=True)
    for row, claim in claims:
        source = atlas.source[claim.source]
        cells = {
            "id": claim.id,
            "claim": without_formulas(claim.sentence),
            "source": source.id,
            "title": without_formulas(source.title),
            "publisher": source.publisher["en"],
            "date": source.date,
            "address": source.address,
            "reliability": source.reliability,
            "confidence": claim.confidence or "",
            "grade": claim.grade or "",
            "selection": selection,
            "link": LINK,
        }
        assert row | cells == row


CENSUS = {
    "id": "chengdu-population-2020-1",
    "place": "chengdu",
    "place_name": "成都市",
    "indicator": "population",
    "indicator_name": "人口",
    "value": "20937757",
    "unit": "persons",
    "qualifier": "exact",
    "year": "2020",
    "preferred": "true",
    "source": "S50",
}
FIRM = {
    "id": "crrc-meishan",
    "name_en": "CRRC Meishan",
    "name_zh": "中车眉山",
    "product": "铁路货车和制动机（东坡）",
    "place": "meishan",
    "sector": "rail-transit",
    "state": "operating",
}


@pytest.mark.parametrize(("name", "cells"), [("figures.csv", CENSUS), ("firms.csv", FIRM)])
def test_figures_and_firms_stand_with_what_their_rows_say_and_their_source(
    atlas: Atlas, name: str, cells: dict[str, str]
) -> None:
    [row] = [row for row in rows(atlas, Selection(lang="zh"), name) if row["id"] == cells["id"]]
    assert row | cells | {"link": LINK} == row
    assert row["source_title"] == atlas.source[row["source"]].title


def test_no_text_is_a_formula_for_a_spreadsheet() -> None:
    atlas = hostile()
    for name in ("places.csv", "evidence.csv"):
        cells = [cell for row in rows(atlas, WIDE, name) for cell in row.values()]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "＝"))]
        assert not [cell for cell in cells if cell.startswith("-")]
    texts = {row["about"] for row in rows(atlas, WIDE, "places.csv")}
    assert "'=cmd|'/C calc'!A0" in texts
    assert {text.replace("'", "") for text in texts} == {
        text.replace("'", "") for text in HOSTILE.values()
    }


def test_a_negative_coordinate_is_a_number_and_no_formula(tiny: Folder) -> None:
    Folder(tiny.path / "tables").set("places", "alpha", latitude="-6.2", longitude="-0.5")
    [alpha, *_] = rows(tiny.load(), Selection(sets=("towns",)), "places.csv")
    assert (alpha["latitude"], alpha["longitude"]) == ("-6.2", "-0.5")


def book(atlas: Atlas, selection: Selection) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content(atlas, selection, "places.xlsx")))


@cache
def real_book(selection: Selection) -> Any:
    return book(real_atlas(), selection)


def table(sheet: Any) -> list[dict[str, Any]]:
    titles, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, line, strict=True)) for line in lines]


@pytest.mark.parametrize("language", at_night(LANGUAGES, ["id"]))
def test_columns_are_headed_in_the_language_of_the_view(atlas: Atlas, language: Language) -> None:
    sheet = book(atlas, VIEWS["nothing"].but(lang=language)).worksheets[0]
    titles = list(next(sheet.iter_rows(values_only=True)))
    assert titles == [meaning(atlas, column).title[language] for column in place_columns()]
    assert len(set(titles)) == len(titles)


def test_places_are_those_shown_with_exact_numbers_and_grades_in_words(atlas: Atlas) -> None:
    rows = table(real_book(WIDE)["Places"])
    assert [(row["Id"], row["Latitude"], row["Longitude"]) for row in rows] == [
        (place.id, place.latitude, place.longitude) for place in shown(atlas, WIDE)
    ]
    assert {row["Id"] for row in rows if row["Status"] == "Inferred"} == {
        row.place for row in atlas.memberships if row.grade == "inferred"
    }
    assert {row["Kind"] for row in rows} == {"City", "District", "Park"}


def test_evidence_and_sources_go_with_them(atlas: Atlas) -> None:
    workbook = real_book(RAIL)
    claims = listed(atlas, RAIL.but(place=None))
    sources = {row["Id"] for row in table(workbook["Sources"])}
    assert [row["Id"] for row in table(workbook["Evidence"])] == [claim.id for claim in claims]
    assert {claim.source for claim in claims} <= sources
    assert {row["Source"] for row in table(workbook["Evidence"])} <= sources


def test_figures_and_sectors_of_a_workbook_can_be_reckoned_with(atlas: Atlas) -> None:
    workbook = real_book(WIDE)
    places = {place.id for place in shown(atlas, WIDE)}
    figures = {row["Id"]: row["Value"] for row in table(workbook["Figures"])}
    assert figures == {row.id: row.value for row in atlas.figures if row.place in places}
    sectors = table(workbook["Sectors by place"])
    pairs = {(row["Place"], row["Sector"]) for row in sectors}
    assert pairs == {(row.place, row.sector) for row in atlas.evidence if row.place in places}
    assert len(pairs) == len(sectors)
    counted = sum(row["Pieces of evidence"] for row in sectors)
    assert counted == len([row for row in atlas.evidence if row.place in places])


def test_a_workbook_says_what_it_is(atlas: Atlas) -> None:
    workbook = real_book(RAIL)
    lines = list(workbook["About"].iter_rows(values_only=True))
    about = {line[0]: line[1] for line in lines[:8]}
    assert (about["Title"], about["Link"]) == (workbook.properties.title, LINK)
    assert (about["Version of the data"], about["As of"]) == (atlas.version, "28 November 2026")
    assert workbook.properties.created.date() == atlas.as_of
    assert "creativecommons.org/licenses/by/4.0" in about["Licence"]
    assert "GeoNames" in about["Credit"]
    assert "working in rail transit" in about["Selection"]
    assert ("Places", "Latitude") in [line[:2] for line in lines]


def test_no_text_in_a_workbook_is_a_formula_or_a_link() -> None:
    atlas = hostile()
    file = content(atlas, WIDE, "places.xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(file))
    cells = [cell for sheet in workbook for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    dangerous = [cell for cell in cells if cell.value == HOSTILE["formula"]]
    assert dangerous
    assert all(cell.quotePrefix for cell in dangerous)
    with ZipFile(io.BytesIO(file)) as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())
    texts = [row["What it is"] for row in table(workbook["Places"])]
    assert texts == [place.about["en"] for place in shown(atlas, WIDE)]


def test_a_text_longer_than_a_cell_is_cut_with_an_ellipsis(tiny: Folder) -> None:
    Folder(tiny.path / "tables").set("places", "alpha", about_en="𝒟" * LONGEST_CELL, source="S01")
    [row] = table(book(tiny.load(), Selection(sets=("towns",)))["Places"])
    assert row["What it is"] == "𝒟" * (LONGEST_CELL // 2) + "…"
