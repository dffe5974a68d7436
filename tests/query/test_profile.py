"""What a card tells of a place: everything the tables know, in the order it should be read."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from atlas.model.records import Atlas
from atlas.model.values import CONFIDENCES
from atlas.query.profile import Profile, by_state, profile, sources


def every_profile(atlas: Atlas) -> Iterator[Profile]:
    return (profile(atlas, place.id) for place in atlas.places)


def test_a_card_holds_what_the_tables_say_of_its_place_and_nothing_else(atlas: Atlas) -> None:
    for known in every_profile(atlas):
        id = known.place.id
        evidence = [row for one in known.sectors for row in one.rows]
        figures = [row for one in known.figures for row in one.rows]
        assert set(evidence) == {row for row in atlas.evidence if row.place == id}
        assert set(figures) == {row for row in atlas.figures if row.place == id}
        assert list(known.memberships) == [row for row in atlas.memberships if row.place == id]
        assert list(known.events) == [row for row in atlas.events if id in row.places]
        firms = [row for row in atlas.enterprises if id in (row.place, row.park)]
        assert sorted(firm.id for firm in known.enterprises) == sorted(firm.id for firm in firms)


def test_firms_at_work_come_first_and_are_counted_apart(atlas: Atlas) -> None:
    yubei = profile(atlas, "yubei").enterprises
    states = [firm.state for firm in yubei]
    assert by_state(yubei) == {
        "operating": 3,
        "under-construction": 1,
        "announced": 2,
        "historic": 1,
    }
    assert states == [state for state, count in by_state(yubei).items() for _ in range(count)]
    assert by_state([replace(yubei[0], state=None)]) == {"unknown": 1}


def test_the_best_evidence_and_the_preferred_figures_come_first(atlas: Atlas) -> None:
    for known in every_profile(atlas):
        places = [atlas.sectors.index(one.sector) for one in known.sectors]
        assert places == sorted(places)
        for one in known.sectors:
            ranks = [CONFIDENCES.index(row.confidence) for row in one.rows]
            assert ranks == sorted(ranks)
            assert one.confidence == one.rows[0].confidence
        for figures in known.figures:
            order = [(not row.preferred, -(row.year or 0)) for row in figures.rows]
            assert order == sorted(order)


def test_a_park_names_the_city_it_lies_on_and_the_city_its_parks(atlas: Atlas) -> None:
    deyang = atlas.place["deyang"]
    assert profile(atlas, "deyang-etdz").parent == deyang
    assert atlas.place["deyang-etdz"] in profile(atlas, "deyang").children
    for known in every_profile(atlas):
        assert all(child.parent == known.place.id for child in known.children)


def test_every_source_of_a_card_is_listed_once_in_the_order_of_the_table(atlas: Atlas) -> None:
    for known in every_profile(atlas):
        listed = sources(atlas, known)
        cited = {row.source for one in known.figures for row in one.rows}
        cited |= {known.place.source, known.place.position_source, *known.place.also}
        evidence = (row for one in known.sectors for row in one.rows)
        for row in (*known.memberships, *known.events, *evidence, *known.enterprises):
            cited |= {row.source, *row.also}
        assert listed == tuple(one for one in atlas.sources if one.id in cited)


def test_an_unknown_place_has_no_card(atlas: Atlas) -> None:
    with pytest.raises(KeyError):
        profile(atlas, "atlantis")
