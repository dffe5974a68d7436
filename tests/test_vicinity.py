"""What is near a place and on its land, and how sure a distance is."""

from dataclasses import replace

from atlas.distance import between_km
from atlas.records import Atlas
from atlas.vicinity import margin_km, nearest_places, on_its_land


def test_the_nearest_come_first_and_no_nearer_one_is_missing(atlas: Atlas) -> None:
    for place in atlas.places:
        found = nearest_places(atlas, place, 5)
        distances = [one.distance_km for one in found]
        assert distances == sorted(distances)
        left = {other.id for other in atlas.places} - {one.place.id for one in found}
        for other in (atlas.place[id] for id in left - {place.id, place.parent}):
            far = between_km(place, other)
            assert far is None or other.parent == place.id or far >= distances[-1]


def test_a_place_is_not_near_itself_nor_what_lies_on_its_land(atlas: Atlas) -> None:
    deyang = nearest_places(atlas, atlas.place["deyang"], 40)
    assert not {"deyang", "deyang-etdz", "guanghan"} & {one.place.id for one in deyang}
    park = nearest_places(atlas, atlas.place["deyang-etdz"], 40)
    assert "deyang" not in {one.place.id for one in park}


def test_a_place_without_a_position_is_near_nothing(atlas: Atlas) -> None:
    assert nearest_places(atlas, atlas.place["qijiang-ip"], 5) == ()


def test_a_distance_is_as_sure_as_the_two_positions(atlas: Atlas) -> None:
    konggang, yufu = atlas.place["konggang-ip"], atlas.place["yufu-idz"]
    assert (konggang.precision_km, yufu.precision_km) == (10, 4)
    assert margin_km(konggang, yufu) == 14
    assert margin_km(konggang, replace(yufu, precision_km=0.2)) == 11  # rounded up, never down


def test_a_margin_that_hardly_matters_is_not_named(atlas: Atlas) -> None:
    deyang, chengdu = atlas.place["deyang"], atlas.place["chengdu"]
    assert margin_km(deyang, atlas.place["deyang-etdz"]) == 0  # 1.5 km in all
    assert margin_km(deyang, chengdu) == 0  # 2.5 km of 60
    assert margin_km(deyang, atlas.place["pujiang-sg"]) == 16  # 16 km of 133


def test_on_the_land_of_a_region_are_its_cities_and_districts(atlas: Atlas) -> None:
    found = {place.id for place in on_its_land(atlas, atlas.place["sichuan"])}
    assert found == {"chengdu", "deyang", "meishan", "ziyang"}
    found = {place.id for place in on_its_land(atlas, atlas.place["deyang"])}
    assert found == {"deyang-etdz", "guanghan"}
