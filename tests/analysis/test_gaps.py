"""What is not known: gaps that open and close with the rows; and where sources disagree."""

from dataclasses import replace
from typing import Any

import pytest

from atlas.analysis.gaps import Disagreement, disagreements, gaps
from atlas.model.languages import Words
from atlas.model.records import Atlas
from tests.conftest import Folder


def ids(rows: tuple[object, ...]) -> list[str]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("qijiang-ip", "none"),
        ("gangcheng-ip", "area"),
        ("konggang-ip", "rough"),
        ("deyang-etdz", None),
        ("chengdu", None),
        ("sichuan", None),
    ],
)
def test_how_a_position_is_known(atlas: Atlas, place: str, expected: str | None) -> None:
    assert gaps(atlas, place).position == expected


def test_a_figure_is_missed_where_two_others_of_the_kind_have_it(atlas: Atlas) -> None:
    assert "gdp" not in ids(gaps(atlas, "ziyang").missing)
    rest = tuple(row for row in atlas.figures if row.id != "ziyang-gdp-2021-1")
    assert "gdp" in ids(gaps(replace(atlas, figures=rest), "ziyang").missing)
    # Deyang alone has this one.
    assert "equipment-zone-firms" not in ids(gaps(atlas, "chengdu").missing)


def test_of_two_regions_one_that_has_a_figure_is_enough(atlas: Atlas) -> None:
    missing = ["equipment-firms", "rail-equipment-firms", "micro-tiller-makers"]
    assert ids(gaps(atlas, "sichuan").missing) == missing


def test_a_sector_with_low_confidence_alone_is_doubtful(atlas: Atlas) -> None:
    for place in atlas.places:
        rows = [row for row in atlas.evidence if row.place == place.id]
        sure = {row.sector for row in rows if row.confidence != "low"}
        assert set(ids(gaps(atlas, place.id).weak)) == {row.sector for row in rows} - sure


def test_a_figure_without_any_year_is_named(atlas: Atlas) -> None:
    assert ids(gaps(atlas, "gangcheng-ip").undated) == ["area-planned"]
    assert gaps(atlas, "meishan").undated == ()  # one of its two areas has a year


def with_membership(atlas: Atlas, group: str, place: str, **changes: Any) -> Atlas:
    """Return the atlas with one membership changed."""
    rows = (
        replace(row, **changes) if (row.group, row.place) == (group, place) else row
        for row in atlas.memberships
    )
    return replace(atlas, memberships=tuple(rows))


def test_what_is_inferred_is_not_known_and_lists_what_speaks_against_it(atlas: Atlas) -> None:
    yufu = gaps(atlas, "yufu-idz")
    assert [row.group for row in yufu.inferred] == ["demonstration"]
    assert yufu.uncontested == ()
    silent = with_membership(atlas, "demonstration", "yufu-idz", counter=Words.untranslated(""))
    assert ids(gaps(silent, "yufu-idz").uncontested) == ["demonstration"]
    assert gaps(atlas, "deyang-etdz").inferred == ()


def test_a_number_that_the_others_have_is_missed(atlas: Atlas) -> None:
    assert gaps(atlas, "dazu-htz").unnumbered == ()
    without = with_membership(atlas, "first-batch", "dazu-htz", list_number=None)
    assert ids(gaps(without, "dazu-htz").unnumbered) == ["first-batch"]
    assert gaps(atlas, "pujiang-sg").unnumbered == ()  # no signatory has a number


def test_no_sector_and_no_firm_are_gaps_but_not_of_a_region(atlas: Atlas) -> None:
    for place, has_rows in (("gangcheng-ip", False), ("sichuan", True)):
        assert gaps(atlas, place).has_sectors is gaps(atlas, place).has_enterprises is has_rows


def test_the_questions_that_name_a_place_are_on_its_list(atlas: Atlas) -> None:
    assert ids(gaps(atlas, "jiulongpo").questions) == ["transformer-move"]


def about(atlas: Atlas, place: str, indicator: str) -> Disagreement:
    by_key = {(row.place.id, row.indicator.id): row for row in disagreements(atlas)}
    return by_key[place, indicator]


def test_every_value_that_was_set_aside_stands_beside_one_shown_first_with_a_reason(
    atlas: Atlas, tiny: Folder
) -> None:
    aside = [figure.id for row in disagreements(atlas) for figure in row.others]
    assert sorted(aside) == sorted(row.id for row in atlas.figures if not row.preferred)
    assert all(row.first and row.reasons for row in disagreements(atlas))
    yubei = about(atlas, "yubei", "population")
    assert [row.value for row in yubei.first] == [2191493]
    assert [row.value for row in yubei.others] == [2257900, 2289000, 3200000]
    assert disagreements(tiny.load()) == ()


def test_contradictions_for_one_period_come_before_undated_ones_and_other_years(
    atlas: Atlas,
) -> None:
    order = [row.difference for row in disagreements(atlas)]
    assert list(dict.fromkeys(order)) == ["same", "undated", "years"]
    assert about(atlas, "chengdu", "population").difference == "same"
    assert about(atlas, "deyang", "area").difference == "undated"
    assert about(atlas, "sichuan", "equipment-output").difference == "years"
