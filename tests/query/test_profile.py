"""What a card tells of a place: everything the tables know, in the order it should be read."""

from collections.abc import Iterator
from dataclasses import replace

from atlas.model.records import Atlas
from atlas.model.values import CONFIDENCES
from atlas.query.profile import Profile, by_state, profile, sources


def cards(atlas: Atlas) -> Iterator[Profile]:
    return (profile(atlas, place.id) for place in atlas.places)


def test_a_card_holds_what_the_tables_say_of_its_place_and_nothing_else(atlas: Atlas) -> None:
    for card in cards(atlas):
        id = card.place.id
        evidence = [row for work in card.sectors for row in work.rows]
        figures = [row for values in card.figures for row in values.rows]
        assert set(evidence) == {row for row in atlas.evidence if row.place == id}
        assert set(figures) == {row for row in atlas.figures if row.place == id}
        assert list(card.memberships) == [row for row in atlas.memberships if row.place == id]
        assert list(card.events) == [row for row in atlas.events if id in row.places]
        firms = [row for row in atlas.enterprises if id in (row.place, row.park)]
        assert sorted(firm.id for firm in card.enterprises) == sorted(firm.id for firm in firms)


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
    for card in cards(atlas):
        places = [atlas.sectors.index(work.sector) for work in card.sectors]
        assert places == sorted(places)
        for work in card.sectors:
            ranks = [CONFIDENCES.index(row.confidence) for row in work.rows]
            assert ranks == sorted(ranks)
            assert work.confidence == work.rows[0].confidence
        for figures in card.figures:
            order = [(not row.preferred, -(row.year or 0)) for row in figures.rows]
            assert order == sorted(order)


def test_a_park_names_the_city_it_lies_on_and_the_city_its_parks(atlas: Atlas) -> None:
    deyang = atlas.place["deyang"]
    assert profile(atlas, "deyang-etdz").parent == deyang
    assert atlas.place["deyang-etdz"] in profile(atlas, "deyang").children
    for card in cards(atlas):
        assert all(child.parent == card.place.id for child in card.children)


def test_every_source_of_a_card_is_listed_once_in_the_order_of_the_table(atlas: Atlas) -> None:
    for card in cards(atlas):
        cited = {row.source for values in card.figures for row in values.rows}
        cited |= {card.place.source, card.place.position_source, *card.place.also}
        evidence = (row for work in card.sectors for row in work.rows)
        for row in (*card.memberships, *card.events, *evidence, *card.enterprises):
            cited |= {row.source, *row.also}
        expected = tuple(source for source in atlas.sources if source.id in cited)
        assert sources(atlas, card) == expected
