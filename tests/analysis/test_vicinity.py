"""What is near a place and on its land."""

from atlas.analysis.distance import between_km, nearest_places, on_its_land
from atlas.model.records import Atlas


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


def test_on_the_land_of_a_region_are_its_cities_and_districts(atlas: Atlas) -> None:
    found = {place.id for place in on_its_land(atlas, atlas.place["sichuan"])}
    assert found == {"chengdu", "deyang", "meishan", "ziyang"}
    found = {place.id for place in on_its_land(atlas, atlas.place["deyang"])}
    assert found == {"deyang-etdz", "guanghan"}
