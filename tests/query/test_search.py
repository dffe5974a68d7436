"""What a reader finds by typing: places, firms, products, sectors, in three languages."""

import pytest

from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.query.facets import shown
from atlas.query.search import firms_found, near_spellings, suggestions


def places_found(atlas: Atlas, search: str) -> set[str]:
    return {place.id for place in shown(atlas, Selection(q=search))}


@pytest.mark.parametrize("search", ["中车", "中車", "CRRC", "crrc"])
def test_a_firm_is_found_with_its_places_and_what_it_makes(atlas: Atlas, search: str) -> None:
    assert {"meishan", "ziyang", "jiangbei"} <= places_found(atlas, search)
    (firm, *_) = firms_found(atlas, search)["meishan"]
    assert firm.name_zh == "中车眉山"
    assert firm.product["zh"]


def test_a_product_is_found_by_a_part_of_its_word(atlas: Atlas) -> None:
    assert {"deyang", "deyang-etdz"} <= places_found(atlas, "turbin")


@pytest.mark.parametrize("search", ["轨道", "Rail transit", "transportasi rel"])
def test_a_sector_is_found_with_the_places_that_work_in_it(atlas: Atlas, search: str) -> None:
    assert "meishan" in places_found(atlas, search)


def test_words_of_two_things_are_no_match(atlas: Atlas) -> None:
    assert places_found(atlas, "chengdu meishan") == set()


@pytest.mark.parametrize(("search", "name"), [("deyng", "Deyang"), ("Chegndu", "Chengdu")])
def test_a_slip_is_offered_the_name_that_was_meant(atlas: Atlas, search: str, name: str) -> None:
    assert places_found(atlas, search) == set()
    assert name in near_spellings(atlas, search)
    assert near_spellings(atlas, "qqqqqqq") == ()


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("中车", ("firm", "crrc-chengdu")),
        ("CRRC", ("firm", "crrc-chengdu")),
        ("轨道", ("sector", "rail-transit")),
        ("turbin", ("firm", "dongfang-turbine")),
        ("deyang", ("place", "deyang")),
        ("Dé yáng", ("place", "deyang")),
        ("德陽", ("place", "deyang")),
        ("kereta", ("firm", "crrc-chengdu")),
    ],
)
def test_what_is_typed_suggests_what_it_means(
    atlas: Atlas, search: str, first: tuple[str, str]
) -> None:
    offers = [(offer.parameter, offer.row.id) for offer in suggestions(atlas, search)]
    assert offers[0] == first
    assert len(offers) <= 11
    assert suggestions(atlas, "  ") == suggestions(atlas, "xyzzy") == ()
