"""Figures with several values: which is shown first, which were set aside, and why."""

from atlas.analysis.disagreements import Disagreement, disagreements
from atlas.model.records import Atlas
from tests.conftest import Folder


def about(atlas: Atlas, place: str, indicator: str) -> Disagreement:
    return next(
        one
        for one in disagreements(atlas)
        if (one.place.id, one.indicator.id) == (place, indicator)
    )


def test_every_value_that_was_set_aside_stands_beside_one_shown_first(atlas: Atlas) -> None:
    aside = [row.id for one in disagreements(atlas) for row in one.others]
    assert sorted(aside) == sorted(row.id for row in atlas.figures if not row.preferred)
    assert all(one.first for one in disagreements(atlas))


def test_every_decision_has_a_reason(atlas: Atlas) -> None:
    assert [one.place.id for one in disagreements(atlas) if not one.reasons] == []


def test_values_for_one_period_are_told_from_undated_ones_and_from_other_years(
    atlas: Atlas,
) -> None:
    assert about(atlas, "chengdu", "population").difference == "same"
    assert about(atlas, "deyang", "area").difference == "undated"
    assert about(atlas, "sichuan", "equipment-output").difference == "years"


def test_contradictions_for_one_period_come_first(atlas: Atlas) -> None:
    order = [one.difference for one in disagreements(atlas)]
    assert list(dict.fromkeys(order)) == ["same", "undated", "years"]


def test_all_values_set_aside_are_kept_with_the_one_shown_first(atlas: Atlas) -> None:
    found = about(atlas, "yubei", "population")
    assert [row.value for row in found.first] == [2191493]
    assert [row.value for row in found.others] == [2257900, 2289000, 3200000]


def test_two_years_that_are_both_shown_are_no_disagreement(atlas: Atlas) -> None:
    found = {(one.place.id, one.indicator.id) for one in disagreements(atlas)}
    assert ("chengdu", "gdp") not in found
    assert ("chengdu", "population") in found


def test_where_no_value_was_set_aside_there_is_none(tiny: Folder) -> None:
    assert disagreements(tiny.load()) == ()
