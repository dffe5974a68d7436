"""The arcs as the browser gets them, and where their lengths are written."""

from itertools import combinations
from math import dist
from typing import Any

import pytest

from atlas.analysis.pairs import Pair, nearest_pairs, pairs
from atlas.map.arcs import BULGE, LENGTH_SIZE, SPOTS, along, length_box
from atlas.map.extent import Size, first_view
from atlas.map.scene.placing import ViewPoint, pixel, text_width
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import combined, real_atlas
from tests.map.drawn import USUAL, layers

NARROW = first_view(real_atlas(), Size(360, 500))
RAIL = Selection(sector=("rail-transit",))


def arcs(atlas: Atlas, selection: Selection, which: str = "all") -> list[dict[str, Any]]:
    return list(layers(atlas, selection, arcs=which)["arcs"]["data"])


def test_every_pair_is_one_arc_between_its_two_places_in_the_colours_of_their_sides(
    atlas: Atlas,
) -> None:
    for sector in atlas.sectors:
        drawn = arcs(atlas, Selection(sector=(sector.id,)))
        assert sorted((tuple(arc["from"]), tuple(arc["to"])) for arc in drawn) == sorted(
            tuple((end.longitude, end.latitude) for end in pair.places)
            for pair in pairs(atlas, sector.id, Selection())
        )
        for arc in drawn:
            assert (arc["start"][:3], arc["end"][:3]) == ([28, 92, 166], [172, 70, 12])


def test_the_nearest_are_drawn_stronger_than_the_others(atlas: Atlas) -> None:
    widths = [arc["width"] for arc in arcs(atlas, RAIL)]
    nearest = nearest_pairs(pairs(atlas, "rail-transit", Selection()))
    assert widths.count(max(widths)) == len(nearest) < len(widths)


def test_with_a_place_open_the_other_arcs_step_back(atlas: Atlas) -> None:
    ziyang = atlas.place["ziyang"]
    own, others = [], []
    for arc in arcs(atlas, RAIL.but(place="ziyang")):
        is_own = arc["from"] == [ziyang.longitude, ziyang.latitude]
        (own if is_own else others).append(arc["width"])
    assert min(own) > max(others)


def test_an_open_place_without_a_counterpart_changes_no_arc(atlas: Atlas) -> None:
    for place in ("yongchuan", "dadukou", "sichuan"):
        assert arcs(atlas, RAIL.but(place=place)) == arcs(atlas, RAIL)


def test_of_two_sectors_a_pair_is_drawn_once_and_as_strong_as_it_is_in_either(
    atlas: Atlas,
) -> None:
    both = Selection(sector=("intelligent-equipment", "rail-transit"))
    drawn = arcs(atlas, both)
    widths = {(tuple(arc["from"]), tuple(arc["to"])): arc["width"] for arc in drawn}
    assert len(widths) == len(drawn)
    for sector in both.sector:
        for arc in arcs(atlas, Selection(sector=(sector,))):
            assert widths[tuple(arc["from"]), tuple(arc["to"])] >= arc["width"]


def test_a_sector_on_one_side_alone_has_marks_and_no_arc(atlas: Atlas) -> None:
    drawn = layers(atlas, Selection(sector=("monorail",)), arcs="all")
    assert drawn["arcs"]["data"] == []
    assert len(drawn["marks"]["data"]) == 3


def test_on_the_map_of_places_arcs_lead_to_nearest_counterparts_of_one_sector(
    atlas: Atlas,
) -> None:
    def ends(selection: Selection) -> set[tuple[tuple[float, float], ...]]:
        drawn = arcs(atlas, selection, "nearest")
        return {(tuple(arc["from"]), tuple(arc["to"])) for arc in drawn}

    nearest = nearest_pairs(pairs(atlas, "rail-transit", RAIL))
    assert ends(RAIL) == {
        tuple((end.longitude, end.latitude) for end in pair.places) for pair in nearest
    }
    assert len(nearest) < len(pairs(atlas, "rail-transit", RAIL))
    assert ends(Selection()) == ends(Selection(sector=("rail-transit", "aerospace"))) == set()


def test_an_arc_ends_at_its_places_and_stands_off_between_them(atlas: Atlas) -> None:
    pair = pairs(atlas, "rail-transit", Selection())[0]
    for share, end in ((0.0, pair.first), (1.0, pair.second)):
        assert along(pair, share) == pytest.approx((end.longitude, end.latitude))
    ends = [pixel(end.latitude or 0, end.longitude or 0, 0) for end in pair.places]
    x, y = pixel(*reversed(along(pair, 0.5)), 0)
    middle = [sum(axis) / 2 for axis in zip(*ends, strict=True)]
    assert dist((x, y), middle) == pytest.approx(dist(*ends) * BULGE / 2)
    assert y < middle[1]  # to the north


@pytest.mark.parametrize(("lang", "view"), combined(list(LANGUAGES), [USUAL, NARROW]))
def test_no_length_covers_another(atlas: Atlas, lang: Language, view: ViewPoint) -> None:
    for sector in atlas.sectors:
        chosen = Selection(lang=lang, sector=(sector.id,))
        rows = layers(atlas, chosen, view=view, arcs="all")["lengths"]["data"]
        boxes = [length_box(row["at"], text_width(row["text"], LENGTH_SIZE), view) for row in rows]
        assert not any(box.overlaps(other) for box, other in combinations(boxes, 2))


def length(pair: Pair) -> str:
    margin = f" ± {pair.margin_km:.0f}" if pair.margin_km else ""
    return f"{pair.distance_km:.0f}{margin} km"


def test_a_length_stands_on_its_arc_and_says_its_kilometres(atlas: Atlas) -> None:
    near = nearest_pairs(pairs(atlas, "aerospace", Selection()))
    rows = layers(atlas, Selection(sector=("aerospace",)), arcs="all")["lengths"]["data"]
    spots = {tuple(along(pair, share)): length(pair) for pair in near for share in SPOTS}
    assert rows
    for row in rows:
        assert spots[tuple(row["at"])] == row["text"]
