"""What stands on the map: every place once, as what it is, and nothing over anything else."""

import math
import unicodedata
from itertools import combinations

import pytest
import shapely
from hypothesis import given

from atlas.map.scene.marks import Mark, Name, Scene, scene
from atlas.map.scene.placing import ViewPoint
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.pages.view import MAP_SIZES
from atlas.query.facets import shown
from tests.conftest import examples, real_atlas, selections
from tests.map.drawn import EVERYTHING, VIEWS, spot

WIDE = VIEWS["wide"]
# How far a seat's disc and a park's diamond reach from their centre, and a label is high: pixels.
DISC = 5.2
DIAMOND = 7.5
LETTER = 13


# Boxes, recomputed from what is drawn: pixels, right and down


def width(text: str, size: float) -> float:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return size * (wide + 0.56 * (len(text) - wide))


def mark_shape(mark: Mark, zoom: float) -> shapely.Polygon:
    x, y = spot(mark.latitude, mark.longitude, zoom)
    centre = shapely.Point(x + mark.offset[0], y + mark.offset[1])
    return (
        centre.buffer(DISC)
        if mark.shape == "disc"
        else shapely.box(
            centre.x - DIAMOND, centre.y - DIAMOND, centre.x + DIAMOND, centre.y + DIAMOND
        )
    )


def label_box(mark: Mark, zoom: float) -> shapely.Polygon:
    x, y = spot(mark.latitude, mark.longitude, zoom)
    long = width(mark.label, LETTER)
    left = (
        x + mark.label_offset[0] - {"start": 0, "middle": long / 2, "end": long}[mark.label_anchor]
    )
    y += mark.label_offset[1]
    return shapely.box(left, y - LETTER / 2, left + long, y + LETTER / 2)


def name_box(name: Name, zoom: float) -> shapely.Polygon:
    x, y = map(sum, zip(spot(name.latitude, name.longitude, zoom), name.offset, strict=True))
    size = {"river": 11, "province": 17, "city": 11}[name.kind]
    half = width(name.text, size) / 2
    flat = shapely.box(x - half, y - size / 2, x + half, y + size / 2)
    return shapely.affinity.rotate(flat, -name.angle)


def boxes(drawn: Scene, zoom: float) -> dict[str, shapely.Polygon]:
    """What is seen at the first view: not a label without room, nor a mark for an area."""
    marks = {
        f"mark {mark.place.id}": mark_shape(mark, zoom)
        for mark in drawn.marks
        if mark.shape != "area"
    }
    labels = {
        f"label {mark.place.id}": label_box(mark, zoom) for mark in drawn.marks if mark.has_room
    }
    names = {f"name {name.text}": name_box(name, zoom) for name in drawn.names}
    return marks | labels | names


def overlaps(drawn: Scene, zoom: float) -> list[tuple[str, str]]:
    return [
        (name, other)
        for (name, box), (other, above) in combinations(boxes(drawn, zoom).items(), 2)
        if shapely.intersection(box, above).area > 0
    ]


# Nothing over anything else


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_labels_and_names_are_clear_of_each_other_and_none_repeats_another(
    atlas: Atlas, language: Language, view: ViewPoint
) -> None:
    drawn = scene(atlas, Selection(lang=language), view)
    assert overlaps(drawn, view.zoom) == []
    assert not {mark.label for mark in drawn.marks} & {name.text for name in drawn.names}


@examples(200)
@given(selection=selections())
def test_a_label_seen_at_the_first_view_is_clear_whatever_is_selected(
    selection: Selection,
) -> None:
    drawn = scene(real_atlas(), selection, WIDE)
    clashes = overlaps(drawn, WIDE.zoom)
    assert [pair for pair in clashes if any("label" in name for name in pair)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_city_and_district_and_park_has_its_label_at_first(
    atlas: Atlas, language: Language
) -> None:
    marks = scene(atlas, Selection(lang=language), WIDE).marks
    assert [mark.label for mark in marks if not mark.has_room] == []


def test_the_first_view_holds_every_mark_also_on_a_phone(atlas: Atlas) -> None:
    for name, (across, high) in MAP_SIZES.items():
        view = VIEWS[name]
        x, y = spot(view.latitude, view.longitude, view.zoom)
        window = shapely.box(x - across / 2, y - high / 2, x + across / 2, y + high / 2)
        marks = scene(atlas, Selection(), view).marks
        assert all(window.contains(mark_shape(mark, view.zoom)) for mark in marks)


# Every place, as what it is


@examples(200)
@given(selection=selections())
def test_every_shown_place_with_a_position_is_drawn_once_and_so_is_the_open_one(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    places = {place.id for place in shown(atlas, selection)} | {selection.place} - {None}
    drawn = [mark.place.id for mark in scene(atlas, selection, WIDE).marks]
    placed = [id for id in places if id and atlas.place[id].latitude is not None]
    assert sorted(drawn) == sorted(placed)


@pytest.mark.parametrize(
    ("place", "shape"),
    [
        ("chengdu", "disc"),
        ("dadukou", "disc"),
        ("konggang-ip", "diamond"),
        ("yufu-idz", "diamond-hollow"),
        ("pujiang-sg", "square"),
        ("gangcheng-ip", "area"),
    ],
)
def test_the_shape_tells_the_kind_and_the_status(atlas: Atlas, place: str, shape: str) -> None:
    shapes = {mark.place.id: mark.shape for mark in scene(atlas, EVERYTHING, WIDE).marks}
    assert shapes[place] == shape


def test_a_circle_is_as_large_as_the_position_is_uncertain(atlas: Atlas) -> None:
    marks = scene(atlas, EVERYTHING, WIDE).marks
    circles = {mark.place.id: mark.circle_km for mark in marks if mark.circle_km}
    assert circles == {
        mark.place.id: mark.place.precision_km
        for mark in marks
        if mark.place.precision_km and mark.place.precision_km >= 2
    }
    for mark in marks:
        is_area = mark.place.position == "area"
        assert not is_area or (mark.shape, mark.offset) == ("area", (0, 0))


def test_only_parks_are_moved_and_no_farther_than_a_mark_is_wide(atlas: Atlas) -> None:
    for view in VIEWS.values():
        for selection in (Selection(), EVERYTHING):
            for mark in scene(atlas, selection, view).marks:
                assert math.hypot(*mark.offset) <= 18
                assert mark.place.kind == "park" or mark.offset == (0, 0)
