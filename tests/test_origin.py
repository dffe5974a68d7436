"""Which point a reader means: names in every language, pinyin, ids, coordinates."""

from dataclasses import replace

import pytest

from atlas.coordinates import Position
from atlas.distance import point
from atlas.origin import Origin, Unclear, degrees, kept, origin, said
from atlas.records import LANGUAGES, Atlas
from atlas.text import text


def test_every_place_is_found_by_its_id_by_every_full_name_and_by_pinyin(atlas: Atlas) -> None:
    for place in atlas.places:
        names = [place.id, place.pinyin, *(place.name[language] for language in LANGUAGES)]
        for name in names:
            found = origin(atlas, name)
            if point(place):
                assert found == Origin(Position(*point(place)), place), name  # type: ignore[misc]
            else:
                assert found == Unclear("unplaced", (place,)), name


@pytest.mark.parametrize(
    "written",
    [
        "deyang",
        "DEYANG",
        " Deyang ",
        "Déyáng",
        "Déyáng Shì",
        "déyángshì",
        "德阳",
        "德阳市",
        "Kota Deyang",
    ],
)
def test_spelling_matters_little(atlas: Atlas, written: str) -> None:
    found = origin(atlas, written)
    assert isinstance(found, Origin)
    assert found.place == atlas.place["deyang"]


def test_a_part_of_a_name_will_do_if_only_one_place_has_it(atlas: Atlas) -> None:
    found = origin(atlas, "鱼复工业")
    assert isinstance(found, Origin)
    assert found.place == atlas.place["yufu-idz"]


def test_a_part_that_several_have_is_asked_back(atlas: Atlas) -> None:
    found = origin(atlas, "高新技术产业")
    assert isinstance(found, Unclear)
    assert found.reason == "several"
    assert {atlas.place["yongchuan-htz"], atlas.place["zigong-htz"]} < set(found.places)


def test_the_whole_name_goes_before_a_part_of_another(atlas: Atlas) -> None:
    # "Jiangjin" is also in the name of its industrial park.
    found = origin(atlas, "Jiangjin")
    assert isinstance(found, Origin)
    assert found.place == atlas.place["jiangjin"]


@pytest.mark.parametrize("short", ["an", "d", "区", ""])
def test_a_very_short_part_names_nothing(atlas: Atlas, short: str) -> None:
    assert origin(atlas, short) == Unclear("unknown")


def test_one_name_of_two_places_is_asked_back(atlas: Atlas) -> None:
    twin = replace(atlas.place["meishan"], id="twin", name=atlas.place["deyang"].name)
    doubled = replace(atlas, places=(*atlas.places, twin))
    found = origin(doubled, "德阳市")
    assert isinstance(found, Unclear)
    assert [place.id for place in found.places] == ["deyang", "twin"]


def test_a_coordinate_is_a_point_without_a_place_and_counts_as_exact(atlas: Atlas) -> None:
    found = origin(atlas, "31.13, 104.38")
    assert found == Origin(Position(31.13, 104.38))
    assert found.precision_km == 0


def test_a_place_brings_its_precision(atlas: Atlas) -> None:
    found = origin(atlas, "gaozhu-na")
    assert isinstance(found, Origin)
    assert found.precision_km == atlas.place["gaozhu-na"].precision_km == 10


def test_a_coordinate_that_cannot_be_one_says_why_and_what_was_perhaps_meant(atlas: Atlas) -> None:
    assert origin(atlas, "104.38, 31.13") == Unclear("latitude", meant=Position(31.13, 104.38))


def test_anything_else_is_not_known_here(atlas: Atlas) -> None:
    assert origin(atlas, "Tianfu Square 1") == Unclear("unknown")


@pytest.mark.parametrize("written", ["德阳", "Kota Deyang", "deyang"])
def test_a_link_keeps_the_id_of_a_named_place_so_that_it_holds_in_every_language(
    atlas: Atlas, written: str
) -> None:
    assert kept(atlas, written) == "deyang"
    assert [said(atlas, "deyang", language) for language in LANGUAGES] == [
        "Deyang",
        "德阳",
        "Deyang",
    ]


@pytest.mark.parametrize("written", ["31.13, 104.38", "104.38, 31.13", "Tianfu Square 1", "高新"])
def test_a_link_keeps_everything_else_as_it_was_written(atlas: Atlas, written: str) -> None:
    assert kept(atlas, written) == written
    assert said(atlas, written, "zh") == written


def test_a_place_without_a_position_is_kept_too(atlas: Atlas) -> None:
    assert kept(atlas, "荣昌高新区") == "rongchang-htz"


def test_a_point_is_written_with_its_hemispheres() -> None:
    assert degrees(text("en"), Position(31.13, 104.382341)) == "31.13° N, 104.38234° E"
    assert degrees(text("en"), Position(-33.9, -70.2)) == "33.9° S, 70.2° W"
