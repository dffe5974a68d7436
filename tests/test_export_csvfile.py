"""The tables as CSV: read by a spreadsheet, by pandas, and by Python's own reader."""

import csv
import io
from typing import Any

import pandas as pd
import pytest

from atlas.claims.listing import listed
from atlas.export.inert import inert
from atlas.profile import profile
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from tests.conftest import Folder
from tests.exports import HOSTILE, LINK, VIEWS, content, hostile, rows


def frame(atlas: Atlas, selection: Selection, name: str) -> Any:
    return pd.read_csv(io.BytesIO(content(atlas, selection, name)), encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["places.csv", "evidence.csv"])
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
        known = profile(atlas, place.id)
        assert row["name_zh"] == place.name.zh
        assert row["about"] == place.about[selection.lang]
        assert row["groups"] == "; ".join(one.group for one in known.memberships)
        assert row["group_grades"] == "; ".join(one.grade for one in known.memberships)
        assert row["sectors"].split("; ") == [one.sector.id for one in known.sectors] or [""]
        assert row["end_event"] == (place.end_event or "")
        assert [row[name] for name in ("data_version", "as_of", "link")] == [
            atlas.version,
            atlas.as_of.isoformat(),
            LINK,
        ]


def test_numbers_are_exactly_those_of_the_tables(atlas: Atlas) -> None:
    found = frame(atlas, Selection(sets=("first-batch", "outside")), "places.csv").set_index("id")
    for place_id, row in found.iterrows():
        place = atlas.place[str(place_id)]
        for name in ("latitude", "longitude", "precision_km"):
            wanted = getattr(place, name)
            assert row[name] == wanted or (wanted is None and pd.isna(row[name]))


def test_a_place_that_is_no_more_says_when_and_why(atlas: Atlas) -> None:
    yubei = next(row for row in rows(atlas, Selection(), "places.csv") if row["id"] == "yubei")
    assert yubei["end_date"] == "2025-11-06"
    assert "Liangjiang" in yubei["end_note"]


def test_evidence_stands_with_its_confidence_and_source(atlas: Atlas) -> None:
    [deyang] = [row for row in rows(atlas, Selection(), "places.csv") if row["id"] == "deyang"]
    evidence = [row for row in atlas.evidence if row.place == "deyang"]
    assert evidence
    assert all(f"{row.claim.en} [{row.source}]" in deyang["evidence"] for row in evidence)
    assert len(deyang["sector_confidences"].split("; ")) == len(deyang["sectors"].split("; "))


@pytest.mark.parametrize(
    "view", [*VIEWS.values(), Selection(claim=("figure",), reliability=("C",))]
)
def test_evidence_holds_the_claims_that_the_page_lists(atlas: Atlas, view: Selection) -> None:
    wanted = listed(atlas, view)
    found = rows(atlas, view, "evidence.csv")
    assert [row["id"] for row in found] == [one.id for one in wanted]
    for row, one in zip(found, wanted, strict=True):
        source = atlas.source[one.source]
        assert (row["claim"], row["source"]) == (inert(one.sentence), source.id)
        assert (row["title"], row["publisher"]) == (inert(source.title), source.publisher.en)
        assert (row["date"], row["address"]) == (source.date, source.address)
        assert row["reliability"] == source.reliability
        assert (row["confidence"], row["grade"]) == (one.confidence or "", one.grade or "")


def test_evidence_says_which_claims_these_are(atlas: Atlas) -> None:
    view = Selection(claim=("figure",), reliability=("C",), place="deyang", q="census")
    found = rows(atlas, view.but(reliability=(), q=""), "evidence.csv")
    assert found[0]["selection"].endswith("claims; place: Deyang; kind of claim: figure")
    assert found[0]["selection"].startswith(f"{len(found)} of ")


def test_an_empty_view_is_a_heading_without_rows(atlas: Atlas) -> None:
    assert rows(atlas, VIEWS["nothing"], "places.csv") == []
    assert content(atlas, VIEWS["nothing"], "places.csv").count(b"\r\n") == 1


def test_no_text_is_a_formula_for_a_spreadsheet(data: Folder) -> None:
    atlas = hostile(data)
    for name in ("places.csv", "evidence.csv"):
        found = rows(atlas, VIEWS["further places"], name)
        cells = [cell for row in found for cell in row.values()]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "＝"))]
        assert not [cell for cell in cells if cell.startswith("-")]
    said = {row["about"] for row in rows(atlas, VIEWS["further places"], "places.csv")}
    assert "'=cmd|'/C calc'!A0" in said
    assert HOSTILE["script"] in said
    assert {one.replace("'", "") for one in said} == {
        one.replace("'", "") for one in HOSTILE.values()
    }


def test_a_negative_coordinate_is_a_number_and_no_formula(tiny: Folder) -> None:
    Folder(tiny.path / "tables").set("places", "alpha", latitude="-6.2", longitude="-0.5")
    [alpha, *_] = rows(tiny.load(), Selection(sets=("towns",)), "places.csv")
    assert (alpha["latitude"], alpha["longitude"]) == ("-6.2", "-0.5")
