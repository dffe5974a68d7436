"""The map as the browser gets it: read from the deck's JSON."""

import json
import math
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.datapackage.land.map_features import features_of
from atlas.map.base_style import STRONG, WEAK, tint
from atlas.map.scene.icons import icon_mapping, icon_sheet
from atlas.model.languages import LANGUAGES, Language, Words
from atlas.model.palette import DARK, LIGHT
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.facets import shown
from atlas.query.wording import tooltip
from atlas.server.routes.files import static_files
from tests.conftest import examples, land_colours, real_atlas, selections, strings
from tests.map.drawn import EVERYTHING, layers, sent

FILES = ("boundaries", "rivers", "rivers-osm", "provinces")
# What pydeck writes for "no style", and Streamlit's map reads so: without any style it would ask
# Carto for one, whatever the provider.
NO_STYLE = "__MAP_STYLE__"


# What holds for every view


@examples(20)
@given(selection=selections())
def test_whatever_is_selected_the_map_keeps_its_view_its_ground_and_its_host(
    selection: Selection,
) -> None:
    content, usual = sent(real_atlas(), selection), sent(real_atlas(), Selection())
    drawn, before = ({layer["id"]: layer for layer in deck["layers"]} for deck in (content, usual))
    assert all(drawn)
    assert len(drawn) == len(content["layers"])
    assert [text for text in strings(content) if "//" in text] == []
    assert content.get("mapProvider") is None
    assert content["mapStyle"] == NO_STYLE
    # So pan and zoom stay, and nothing is fetched again.
    assert content["initialViewState"] == usual["initialViewState"]
    addresses = {name: drawn[name]["data"] for name in FILES}
    assert addresses == {name: before[name]["data"] for name in FILES}
    assert set(addresses.values()) <= set(static_files(real_atlas()))


# The ground


@examples(20)
@given(selection=selections(), theme=st.sampled_from(["light", "dark"]))
def test_the_land_of_the_places_shown_is_filled_by_their_side(
    selection: Selection, theme: str
) -> None:
    atlas = real_atlas()
    colours = {"light": LIGHT, "dark": DARK}[theme]
    strong = {place.id for place in shown(atlas, selection)}
    weak = {place.id for place in shown(atlas, Selection())}
    boundaries = layers(atlas, selection, theme)["boundaries"]
    for feature, fill in zip(
        features_of(atlas, "boundaries"), land_colours(boundaries), strict=True
    ):
        place, side = feature["properties"].get("place"), feature["properties"]["side"]
        share = STRONG if place in strong else WEAK if place in weak else 0.0
        assert fill == [*tint(colours, side, share), 255]
    assert f"@@={boundaries['updateTriggers']['getFillColor']}" == boundaries["getFillColor"]


def test_without_boundaries_discs_of_their_area_stand_for_cities_and_districts(
    without_boundaries: Atlas,
) -> None:
    drawn = layers(without_boundaries, Selection())
    assert "boundaries" not in drawn
    discs = {tuple(row["at"]): row["radius"] for row in drawn["discs"]["data"]}
    assert len(discs) == 8
    areas = [row for row in without_boundaries.figures if row.indicator == "area" and row.preferred]
    for row in areas:
        place = without_boundaries.place[row.place]
        if radius := discs.get((place.longitude, place.latitude)):
            assert math.pi * (radius / 1_000) ** 2 == pytest.approx(row.value)


# The places


def test_every_place_has_a_mark_with_its_grade_and_its_label(atlas: Atlas) -> None:
    drawn = layers(atlas, Selection())
    labels = [row["text"] for row in drawn["labels"]["data"] + drawn["small-labels"]["data"]]
    icons = [row["icon"] for row in drawn["marks"]["data"]]
    assert sorted(labels) == sorted(place.short["en"] for place in shown(atlas, Selection()))
    assert sorted(icons) == ["diamond"] * 2 + ["diamond-hollow"] * 4 + ["disc"] * 8
    assert drawn["marks"]["iconMapping"] == icon_mapping().url
    assert set(icons) <= set(json.loads(icon_mapping().content))
    assert drawn["marks"]["iconAtlas"] == icon_sheet().url


def test_an_area_has_no_point_mark_but_can_be_clicked(atlas: Atlas) -> None:
    drawn = layers(atlas, EVERYTHING)
    assert "area" not in {row["icon"] for row in drawn["marks"]["data"]}
    clickable = {row["id"]: row["radius"] for row in drawn["pick-areas"]["data"]}
    areas = [place for place in shown(atlas, EVERYTHING) if place.position == "area"]
    assert clickable == {place.id: 1_000 * (place.precision_km or 0) for place in areas}


def test_circles_of_uncertainty_are_in_metres_on_the_ground(atlas: Atlas) -> None:
    circles = layers(atlas, EVERYTHING)["precision"]
    assert circles.get("radiusUnits", "meters") == "meters"
    assert not {"radiusMinPixels", "radiusMaxPixels", "radiusScale"} & set(circles)
    radii = {tuple(row["at"]): row["radius"] for row in circles["data"]}
    gaozhu = atlas.place["gaozhu-na"]
    assert radii[gaozhu.longitude, gaozhu.latitude] == 10_000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_have_the_colour_of_their_side_and_the_map_that_of_the_page(
    atlas: Atlas, theme: str
) -> None:
    colours = {"light": LIGHT, "dark": DARK}[theme]
    drawn = layers(atlas, Selection(), theme)
    tints = {tuple(row["at"]): row["colour"] for row in drawn["marks"]["data"]}
    for place in shown(atlas, Selection()):
        assert tints[place.longitude, place.latitude] == list(colours.side(place.side))
    assert drawn["labels"]["getColor"] == list(colours.ink)


# The open place


@pytest.mark.parametrize("place", ["deyang", "jiangbei"])
def test_the_open_place_is_ringed_and_its_land_highlighted(atlas: Atlas, place: str) -> None:
    drawn = layers(atlas, Selection(place=place))
    (ring,) = drawn["halo"]["data"]
    assert ring["at"] == [atlas.place[place].longitude, atlas.place[place].latitude]
    outline = drawn["open-land"]
    assert outline["visible"]
    assert not outline["filled"], "the fill says on which side the land lies"
    assert f"properties.id == '{place}'" in outline["getLineColor"]
    closed = layers(atlas, Selection())
    assert closed["halo"]["data"] == []
    assert not closed["open-land"]["visible"]


def test_the_ring_of_a_moved_park_moves_with_it(atlas: Atlas) -> None:
    drawn = layers(atlas, Selection(place="konggang-ip"))
    (ring,) = drawn["halo"]["data"]
    offsets = {tuple(row["at"]): row["offset"] for row in drawn["marks"]["data"]}
    assert ring["offset"] == offsets[tuple(ring["at"])] != [0, 0]


def test_layers_keep_their_ids_whatever_is_open_so_that_only_what_changes_is_drawn_anew(
    atlas: Atlas,
) -> None:
    ids = [
        [(layer["id"], "pickable" in layer) for layer in sent(atlas, view)["layers"]]
        for view in (
            Selection(),
            Selection(place="deyang"),
            Selection(lang="zh", side=("sichuan",)),
        )
    ]
    assert ids[0] == ids[1] == ids[2]
    pickable = {id for id, takes_clicks in ids[0] if takes_clicks}
    assert pickable == {"pick-members", "pick-areas", "pick-marks"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_finds_the_place_and_its_tooltip_on_marks_and_on_land(
    atlas: Atlas, language: Language
) -> None:
    drawn = layers(atlas, Selection(lang=language))
    land = json.loads(static_files(atlas)[drawn["pick-members"]["data"]].content)
    rows = drawn["pick-marks"]["data"] + [feature["properties"] for feature in land["features"]]
    assert {place.id for place in shown(atlas, Selection())} <= {row["id"] for row in rows}
    for row in rows:
        words = tooltip(atlas, text(language), atlas.place[row["id"]])
        assert words["name"] == atlas.place[row["id"]].name[language]
        assert row | words == row


# Hostile data


HOSTILE = ["@@=properties", "@@#a.b", "{sectors}", "<img src=x onerror=alert(1)>", "`${1}`", "'"]


def test_a_name_is_shown_as_it_is_and_never_computed(atlas: Atlas) -> None:
    names = map(Words.untranslated, cycle(HOSTILE))
    places = zip(atlas.places, names, strict=False)
    hostile = tuple(replace(place, name=name, short=name) for place, name in places)
    drawn = layers(replace(atlas, places=hostile), Selection())
    rows = [row for layer in drawn.values() for row in layer["data"] if isinstance(row, dict)]
    # deck.gl computes every string that starts so, in the data as elsewhere.
    assert [text for text in strings(rows) if text.startswith(("@@=", "@@#"))] == []
    assert {row["text"].strip("\u200b\u2060") for row in drawn["labels"]["data"]} == set(HOSTILE)
