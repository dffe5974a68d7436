"""A large atlas: no page grows with it, and what is left out is said. A small one is whole."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from atlas.analysis.pairs import pairs, too_many
from atlas.analysis.summary import summary
from atlas.datapackage.loader import load
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import ViewPoint
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.pages import overview, panels
from atlas.pages.panels import Map, Panel
from atlas.pages.view import View
from atlas.picture import Size, map_svg
from atlas.query.facets import count, shown
from atlas.query.list_limits import FIRST_ROWS, MOST_LABELLED, is_crowded
from tests.conftest import examples, real_atlas, selections
from tests.load import synthetic
from tests.map.drawn import EVERYTHING, layers

VIEW = ViewPoint(30.0, 105.0, 6.0)
MANY = Selection(sector=("sector-02", "sector-03"), side=("north",))
FEW = Selection(q="Place 00001")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas of many places."""
    return load(synthetic.write(tmp_path_factory.mktemp("large") / "data", 250))


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas of twice as many places."""
    return load(synthetic.write(tmp_path_factory.mktemp("larger") / "data", 500))


def sent(atlas: Atlas, selection: Selection) -> dict[str, Any]:
    return layers(atlas, selection, view=VIEW)


def page(atlas: Atlas, name: str, selection: Selection) -> str:
    view = View(atlas, selection, name, theme="light", plain=True)
    return "".join(panel.markup(view) for panel in lists(name))


def lists(name: str) -> list[Panel]:
    """Return the panels of a page without maps, and without what holds every source."""
    return [
        panel
        for panel in panels(name).values()
        if not isinstance(panel, Map) and panel.name not in ("sources.listed", "sources.boxes")
    ]


# The small atlas is shown whole


@examples(30)
@given(selection=selections())
def test_of_a_small_atlas_nothing_is_left_out(selection: Selection) -> None:
    atlas = real_atlas()
    assert not is_crowded(atlas, selection)
    assert len(summary(atlas, selection).grid) == count(atlas, selection)


@pytest.mark.parametrize("name", ["", "sectors", "places", "timeline"])
def test_no_list_of_a_small_atlas_is_shortened(atlas: Atlas, name: str) -> None:
    assert "as a file:" not in page(atlas, name, EVERYTHING)
    assert "too many" not in page(atlas, name, EVERYTHING).lower()


# The map


@pytest.mark.parametrize("selection", [Selection(), MANY, FEW])
def test_every_place_that_can_be_drawn_is_marked_and_can_be_clicked_once(
    large: Atlas, selection: Selection
) -> None:
    drawn = sent(large, selection)
    places = [place for place in shown(large, selection) if place.position != "none"]
    marked = [row["at"] for name in ("marks", "pick-areas") for row in drawn[name]["data"]]
    assert sorted(marked) == sorted([place.longitude, place.latitude] for place in places)
    clickable = [row for name in ("pick-marks", "pick-areas") for row in drawn[name]["data"]]
    assert sorted(row["id"] for row in clickable) == sorted(place.id for place in places)
    assert all(row["name"] == large.place[row["id"]].name["en"] for row in clickable)


def labels(atlas: Atlas, selection: Selection) -> list[str]:
    drawn = sent(atlas, selection)
    return [row["text"] for name in ("labels", "small-labels") for row in drawn[name]["data"]]


def test_few_places_have_labels_and_many_have_none_and_smaller_marks(large: Atlas) -> None:
    places = [place for place in shown(large, FEW) if place.position != "none"]
    assert 0 < len(places) <= MOST_LABELLED
    assert sorted(labels(large, FEW)) == [place.short["en"] for place in places]
    assert labels(large, MANY) == []
    many, few = (sent(large, selection) for selection in (MANY, FEW))
    assert many["marks"]["getSize"] < few["marks"]["getSize"]
    assert many["pick-marks"]["getSize"] < few["pick-marks"]["getSize"]
    assert {tuple(row["offset"]) for row in many["marks"]["data"]} == {(0, 0)}
    of_many, of_few = (overview.legend.fill(View(large, view, "")) for view in (MANY, FEW))
    assert f"More than {MOST_LABELLED} places are marked without labels" in of_many
    assert "without labels" not in of_few


def test_among_many_an_area_has_a_mark_and_no_circle(large: Atlas) -> None:
    places = (replace(place, position="area", precision_km=5) for place in large.places)
    drawn = sent(replace(large, places=tuple(places)), MANY)
    assert {row["icon"] for row in drawn["marks"]["data"]} == {"area"}
    assert drawn["precision"]["data"] == drawn["pick-areas"]["data"] == []


def test_the_open_place_keeps_halo_and_label_among_many(large: Atlas) -> None:
    opened = next(place for place in large.places if place.position == "point")
    drawn = sent(large, Selection(place=opened.id))
    assert [row["at"] for row in drawn["halo"]["data"]] == [[opened.longitude, opened.latitude]]
    assert labels(large, Selection(place=opened.id)) == [opened.short["en"]]


# Pictures


def test_a_place_more_costs_little_on_the_drawing_of_the_first_answer(
    large: Atlas, larger: Atlas
) -> None:
    small, big = (
        len(overview.places_map.markup(View(atlas, Selection(), ""))) for atlas in (large, larger)
    )
    assert (big - small) / (len(larger.places) - len(large.places)) < 500


def test_a_picture_of_many_has_them_all_without_labels_and_says_so(large: Atlas) -> None:
    marks = scene(large, Selection(), VIEW).marks
    assert {mark.place.id for mark in marks} == {
        place.id for place in large.places if place.position != "none"
    }
    assert not [mark for mark in marks if mark.label]
    drawing = map_svg(large, Selection(), Size(800, 500))
    assert "Too many marks to show" in re.sub(r"<[^>]+>", " ", drawing).replace("  ", " ")


# Lists


@pytest.mark.parametrize("name", ["", "sectors", "places", "timeline", "evidence", "share"])
def test_no_page_grows_with_the_number_of_places(large: Atlas, larger: Atlas, name: str) -> None:
    for selection in (Selection(), MANY):
        sizes = [len(page(atlas, name, selection)) for atlas in (large, larger)]
        assert sizes[1] < 1.2 * sizes[0] < 200_000


def test_the_list_says_how_many_more_there_are_and_where_to_get_them(large: Atlas) -> None:
    first_page = page(large, "", MANY)
    places = first_page[first_page.index('class="places box"') :]
    more = count(large, MANY) - FIRST_ROWS
    assert f"and {more} more" in places
    address = f"api/places.csv?{MANY.to_query()}".replace("&", "&amp;")
    assert f'href="{address}"' in places.replace("%2C", ",")


def test_the_grid_has_the_first_places_alone_but_every_count_is_whole(large: Atlas) -> None:
    counted = summary(large, MANY)
    places = shown(large, MANY)
    assert [place for place, _ in counted.grid] == list(places[:FIRST_ROWS])
    assert counted.shown == len(places)
    assert sum(group.shown for group in counted.groups) == len(places)


def test_too_many_places_are_not_paired_and_the_page_says_so(large: Atlas) -> None:
    assert too_many(large, "sector-02", Selection())
    assert pairs(large, "sector-02", Selection()) == ()
    assert "too many places to pair" in page(large, "sectors", Selection())
    assert not too_many(large, "sector-02", FEW)


def test_of_more_values_than_a_reader_looks_through_only_the_chosen_are_chips(
    tmp_path: Path,
) -> None:
    table = tmp_path / "plants.csv"
    rows = [f"Plant {id},5{id % 9}.{id},4.{id},Kind {id},Sector {id}" for id in range(80)]
    table.write_text("\n".join(["name,lat,lon,kind,sector", *rows]), encoding="utf-8")
    atlas = load(table)
    chosen = Selection(sector=("sector-7",), kind=("kind-7",))
    chips = [
        re.findall('id="chip-(?:sector|kind)-([^"]*)"', page(atlas, "", selection))
        for selection in (Selection(), chosen)
    ]
    assert chips == [[], ["sector-7", "kind-7"]]
    assert "1 of 80 places" in page(atlas, "", chosen)
