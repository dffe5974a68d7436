"""The signs of a place's sectors beside its label: what they say, and that they hide nothing."""

from itertools import combinations

import pytest
import shapely

from atlas.map.scene.cells import MOST_CELLS, PITCH, explained, sectors_of_cells, signs, signs_used
from atlas.map.scene.marks import Mark, label_box, scene
from atlas.map.scene.placing import ViewPoint, pixel
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.facets import shown
from atlas.query.profile import profile
from tests.map.drawn import VIEWS


def cell_boxes(mark: Mark, view: ViewPoint) -> list[shapely.Polygon]:
    x, y = pixel(mark.latitude, mark.longitude, view.zoom)
    centres = [(x + cell.right, y + cell.down) for cell in mark.cells]
    return [shapely.Point(centre).buffer(PITCH / 2 - 0.5).envelope for centre in centres]


def test_a_place_has_a_sign_for_each_focus_field_as_sure_as_its_best_evidence(
    atlas: Atlas,
) -> None:
    fields = [sector.id for sector in sectors_of_cells(atlas, Selection())]
    assert fields == [sector.id for sector in atlas.sectors if sector.level == "field"]
    surest_first = ["high", "medium", "low", "absent"]
    for place in shown(atlas, Selection()):
        best = dict.fromkeys(fields, "absent")
        for entry in profile(atlas, place.id).sectors:
            # A strength counts for its field too.
            for sector in {entry.sector.id, entry.sector.parent} & set(fields):
                best[sector] = min(best[sector], entry.confidence, key=surest_first.index)
        assert signs(atlas, place, Selection()) == tuple(best.values()), place.id


def test_with_sectors_chosen_only_these_have_signs_and_every_place_shown_has_one(
    atlas: Atlas,
) -> None:
    selection = Selection(sector=("rail-transit",))
    for place in shown(atlas, selection):
        (sign,) = signs(atlas, place, selection)
        assert sign in ("high", "medium", "low")


def test_signs_follow_the_filter_of_confidence(atlas: Atlas) -> None:
    selection = Selection(confidence=("high",))
    places = shown(atlas, selection)
    drawn = {sign for place in places for sign in signs(atlas, place, selection)}
    assert drawn == {"high", "absent"}


def test_more_sectors_than_are_read_at_a_glance_have_no_signs(atlas: Atlas) -> None:
    many = tuple(sector.id for sector in atlas.sectors)[: MOST_CELLS + 1]
    selection = Selection(sector=many)
    assert signs(atlas, atlas.place["deyang"], selection) == ()
    assert explained(atlas, selection, text("en")) == ""


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
@pytest.mark.parametrize("sector", [(), ("rail-transit",)])
def test_no_sign_covers_a_mark_a_label_or_another_sign(
    atlas: Atlas, view: ViewPoint, sector: tuple[str, ...]
) -> None:
    marks = scene(atlas, Selection(sector=sector), view).marks
    cells = [box for mark in marks if mark.cells_have_room for box in cell_boxes(mark, view)]
    labels = [shapely.box(*label_box(mark, view)) for mark in marks if mark.has_room]
    circles = []
    for mark in marks:
        x, y = pixel(mark.latitude, mark.longitude, view.zoom)
        circles.append(shapely.Point(x + mark.offset[0], y + mark.offset[1]).buffer(7))
    assert not any(cell.intersects(other) for cell, other in combinations(cells, 2))
    assert not any(cell.intersects(circle) for cell in cells for circle in circles)
    # The widest form of a label may touch the signs of its neighbour, its usual one does not.
    assert all(cell.intersection(label).area <= 20 for cell in cells for label in labels)


def test_the_wide_map_has_the_signs_of_all_and_a_telephone_those_of_one_sector(
    atlas: Atlas,
) -> None:
    def with_room(selection: Selection, view: ViewPoint) -> int:
        return sum(mark.cells_have_room for mark in scene(atlas, selection, view).marks)

    assert with_room(Selection(), VIEWS["wide"]) == 14
    assert with_room(Selection(), VIEWS["narrow"]) == 0
    rail = Selection(sector=("rail-transit",))
    assert with_room(rail, VIEWS["narrow"]) == len(shown(atlas, rail))


def test_every_sign_on_the_map_is_explained(atlas: Atlas) -> None:
    meanings = dict(signs_used(atlas, text("en")))
    drawn = {
        cell.sign for mark in scene(atlas, Selection(), VIEWS["wide"]).marks for cell in mark.cells
    }
    assert drawn <= set(meanings)
    assert meanings["high"] == "high"
    assert explained(atlas, Selection(), text("en")).startswith(
        "Signs beside a name, in this order"
    )
