"""A large atlas: every view stays small, and says what it leaves out. A small one is whole."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings

from atlas.facets import count, shown
from atlas.layers import deck
from atlas.mapfiles import static_file, static_files
from atlas.marks import pictured, shape
from atlas.masks import NUMBER
from atlas.pairs import pairs, too_many
from atlas.picture import Size, map_svg
from atlas.placing import ViewPoint
from atlas.records import LANGUAGES, Atlas, Language
from atlas.scale import LISTED, PICTURED, PLACED, WHOLE, Beginning, beginning, is_large
from atlas.selection import Selection, from_query
from atlas.summary import summary
from atlas.tables import load
from atlas.text import text
from atlas.ui import html, map_view, plain
from atlas.view import View
from atlas.wording import tooltip
from tests.conftest import real_atlas, selections
from tests.load import synthetic

VIEW = ViewPoint(30.0, 105.0, 6.0)
EVERYTHING = Selection(sets=("signatories", "first-batch", "outside"))
MANY = Selection(sector=("sector-02", "sector-03"), side=("sichuan",))
FEW = Selection(q="Place 00001")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas of some hundred places."""
    return load(synthetic.write(tmp_path_factory.mktemp("large") / "data", 400))


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas of a thousand places."""
    return load(synthetic.write(tmp_path_factory.mktemp("larger") / "data", 1_200))


def sent(atlas: Atlas, selection: Selection) -> dict[str, dict[str, Any]]:
    found = json.loads(deck(atlas, selection, "light", VIEW, tiles=False).to_json())
    return {layer["id"]: layer for layer in found["layers"]}


def rows_sent(atlas: Atlas, selection: Selection) -> int:
    """Count the rows that a click sends, over all layers."""
    layers = sent(atlas, selection).values()
    return sum(len(one["data"]) for one in layers if isinstance(one.get("data"), list))


def page(atlas: Atlas, name: str, selection: Selection) -> str:
    view = View(atlas, selection, name, theme="light", narrow=False, plain=True)
    return "".join(plain.parts(view))


def marks_file(atlas: Atlas, language: Language = "en") -> list[dict[str, Any]]:
    file = static_file(atlas, "marks", language)
    assert file is not None
    found: list[dict[str, Any]] = json.loads(file.content)
    return found


# The small atlas is shown whole


@settings(max_examples=30)
@given(selection=selections())
def test_of_a_small_atlas_nothing_is_left_out(selection: Selection) -> None:
    atlas = real_atlas()
    assert not is_large(atlas)
    assert not [name for name in sent(atlas, selection) if "crowd" in name]
    assert len(summary(atlas, selection).grid) == count(atlas, selection)


@pytest.mark.parametrize("name", ["", "place", "sectors", "distances", "timeline", "about"])
def test_no_list_of_a_small_atlas_is_shortened(atlas: Atlas, name: str) -> None:
    assert "as a file:" not in page(atlas, name, EVERYTHING)
    assert "too many" not in page(atlas, name, EVERYTHING).lower()
    assert not [file for file in static_files(atlas).values() if "marks" in file.name]


# The map


@pytest.mark.parametrize("selection", [Selection(), MANY, MANY.but(place="p000003")])
def test_a_click_sends_the_same_whatever_the_number_of_places(
    large: Atlas, larger: Atlas, selection: Selection
) -> None:
    sizes = [
        len(deck(atlas, selection, "light", VIEW, tiles=False).to_json())
        for atlas in (large, larger)
    ]
    assert abs(sizes[0] - sizes[1]) < 20
    assert rows_sent(large, selection) == rows_sent(larger, selection) < 10


def test_the_marks_of_many_come_from_a_file_of_the_site(large: Atlas) -> None:
    for language in LANGUAGES:
        drawn = sent(large, MANY.but(lang=language))
        addresses = {drawn["crowd"]["data"], drawn["pick-crowd-none"]["data"]}
        assert addresses == {
            address for address in static_files(large) if f"marks.{language}" in address
        }
        assert drawn["crowd"]["visible"]
        assert drawn["pick-crowd-none"]["pickable"]


def test_a_change_of_filter_makes_the_browser_filter_anew(large: Atlas) -> None:
    for name in ("crowd", "pick-crowd-none"):
        before, after = (sent(large, one)[name] for one in (Selection(), MANY))
        assert before["getFilterValue"] != after["getFilterValue"]
        assert before["updateTriggers"] != after["updateTriggers"]
        assert before["data"] == after["data"]


def test_few_places_are_placed_one_by_one_with_labels_and_tooltips(large: Atlas) -> None:
    places = [one for one in shown(large, FEW) if one.position != "none"]
    assert 0 < len(places) <= PLACED
    drawn = sent(large, FEW)
    assert not drawn["crowd"]["visible"]
    assert not drawn["pick-crowd-none"]["visible"]
    picks = [
        row["id"] for name in ("pick-marks-none", "pick-areas-none") for row in drawn[name]["data"]
    ]
    assert sorted(picks) == [one.id for one in places]
    labels = [row["text"] for name in ("labels", "small-labels") for row in drawn[name]["data"]]
    assert sorted(labels) == [one.short.en for one in places]


def test_the_open_place_keeps_halo_and_label_among_many(large: Atlas) -> None:
    opened = next(one for one in large.places if one.position == "point")
    drawn = sent(large, Selection(place=opened.id))
    assert [row["at"] for row in drawn["halo"]["data"]] == [[opened.longitude, opened.latitude]]
    assert [row["text"] for row in drawn["labels"]["data"]] == [opened.short.en]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_every_place_that_can_be_drawn_with_its_tooltip(
    large: Atlas, language: Language
) -> None:
    rows = marks_file(large, language)
    drawn = {one.id: one for one in large.places if one.position != "none"}
    assert {row["id"] for row in rows} == set(drawn)
    for row in rows:
        place = drawn[row["id"]]
        assert row["at"] == [place.longitude, place.latitude]
        assert tooltip(large, text(language), place).items() <= row.items()
        assert row.get("icon", "park") in ("park", shape(large, place, large.base_groups))
        assert large.places[row[NUMBER]] == place


def test_the_map_says_what_it_leaves_out_of_many_marks(large: Atlas) -> None:
    def legend(selection: Selection) -> str:
        with html.collected() as found:
            map_view.legend(View(large, selection, "", theme="light", narrow=False))
        return "".join(found)

    assert f"More than {PLACED} places are marked without labels" in legend(MANY)
    assert "without labels" not in legend(FEW)


# Pictures


def test_a_picture_of_many_is_thinned_out_and_says_so(
    larger: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.marks.PICTURED", 100)
    monkeypatch.setattr("atlas.picture.imprint.PICTURED", 100)
    marks = pictured(larger, Selection(), VIEW).marks
    assert 50 < len(marks) <= 100
    assert not [mark for mark in marks if mark.label]
    drawing = map_svg(larger, Selection(), Size(800, 500))
    assert "Only 100 marks are drawn" in re.sub(r"<[^>]+>", " ", drawing).replace("  ", " ")


def test_a_picture_of_not_too_many_has_them_all(large: Atlas) -> None:
    marks = {mark.place.id for mark in pictured(large, Selection(), VIEW).marks}
    assert marks == {one.id for one in large.places if one.position != "none"}
    assert len(marks) <= PICTURED


# Lists


def test_a_long_list_begins_with_its_first_rows_and_counts_the_others() -> None:
    assert beginning(range(WHOLE)) == Beginning(tuple(range(WHOLE)), 0)
    assert beginning(range(WHOLE + 1)) == Beginning(tuple(range(LISTED)), WHOLE + 1 - LISTED)
    assert beginning(()) == Beginning((), 0)


@pytest.mark.parametrize(
    "name", ["", "place", "sectors", "distances", "timeline", "evidence", "about", "share"]
)
def test_no_page_grows_with_the_number_of_places(large: Atlas, larger: Atlas, name: str) -> None:
    for selection in (Selection(), MANY):
        sizes = [len(page(atlas, name, selection)) for atlas in (large, larger)]
        assert sizes[1] < 1.2 * sizes[0] < 200_000


def test_the_list_says_how_many_more_there_are_and_where_to_get_them(large: Atlas) -> None:
    first_page = page(large, "", MANY)
    places = first_page[first_page.index('class="places box"') :]
    more = count(large, MANY) - LISTED
    assert f"and {more} more" in places
    assert f"api/places.csv?{MANY.to_query()}" in places.replace("&amp;", "&").replace("%2C", ",")


def test_the_grid_has_the_first_places_alone_but_every_count_is_whole(large: Atlas) -> None:
    counted = summary(large, MANY)
    places = shown(large, MANY)
    assert [row.place for row in counted.grid] == list(places[:LISTED])
    assert counted.shown == len(places)
    assert sum(group.shown for group in counted.groups) == len(places)


def test_too_many_places_are_not_paired_and_the_page_says_so(large: Atlas) -> None:
    assert too_many(large, "sector-02", Selection())
    assert pairs(large, "sector-02", Selection()) == ()
    assert "too many places to pair" in page(large, "sectors", Selection())
    assert not too_many(large, "sector-02", FEW)


# Links


def test_a_link_holds_chosen_places_in_the_order_of_the_table(larger: Atlas) -> None:
    asked = {"compare": "p001000,P000002,nowhere,p000500,p000002"}
    selection, dropped = from_query(asked, larger)
    assert selection.compare == ("p000002", "p000500", "p001000")
    assert [one.value for one in dropped] == ["nowhere"]
