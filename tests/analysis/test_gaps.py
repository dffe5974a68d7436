"""What is not known: each gap made and mended in the data; and where sources disagree."""

import pytest

from atlas.analysis.gaps import Disagreement, disagreements, gaps
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


def test_a_figure_is_missed_where_two_others_of_the_kind_have_it(data: Folder) -> None:
    assert "gdp" not in ids(gaps(data.load(), "ziyang").missing)
    data.drop("figures", "ziyang-gdp-2021-1")
    assert "gdp" in ids(gaps(data.load(), "ziyang").missing)
    # Deyang alone has this one.
    assert "equipment-zone-firms" not in ids(gaps(data.load(), "chengdu").missing)


def test_of_two_regions_one_that_has_a_figure_is_enough(atlas: Atlas) -> None:
    wanted = ["equipment-firms", "rail-equipment-firms", "micro-tiller-makers"]
    assert ids(gaps(atlas, "sichuan").missing) == wanted


def test_a_sector_with_low_confidence_alone_is_doubtful(atlas: Atlas) -> None:
    for place in atlas.places:
        best = {row.sector for row in atlas.evidence if row.place == place.id}
        sure = {
            row.sector
            for row in atlas.evidence
            if row.place == place.id and row.confidence != "low"
        }
        assert set(ids(gaps(atlas, place.id).weak)) == best - sure


def test_a_figure_without_any_year_is_named(atlas: Atlas) -> None:
    assert ids(gaps(atlas, "gangcheng-ip").undated) == ["area-planned"]
    assert gaps(atlas, "meishan").undated == ()  # one of its two areas has a year


def test_what_is_inferred_is_not_known_and_lists_what_speaks_against_it(data: Folder) -> None:
    found = gaps(data.load(), "yufu-idz")
    groups = [row.group for row in found.inferred]
    assert (groups, found.uncontested) == (["demonstration"], ())
    cells = {f"counter_{language}": "" for language in ("en", "zh", "id")}
    data.set("memberships", "demonstration yufu-idz", **cells)
    assert ids(gaps(data.load(), "yufu-idz").uncontested) == ["demonstration"]
    assert gaps(data.load(), "deyang-etdz").inferred == ()


def test_a_number_that_the_others_have_is_missed(data: Folder) -> None:
    assert gaps(data.load(), "dazu-htz").unnumbered == ()
    data.set("memberships", "first-batch dazu-htz", list_number="")
    assert ids(gaps(data.load(), "dazu-htz").unnumbered) == ["first-batch"]
    assert gaps(data.load(), "pujiang-sg").unnumbered == ()  # no signatory has a number


def test_no_sector_and_no_firm_are_gaps_but_not_of_a_region(atlas: Atlas) -> None:
    found = gaps(atlas, "gangcheng-ip")
    assert (found.has_sectors, found.has_enterprises) == (False, False)
    region = gaps(atlas, "sichuan")
    assert (region.has_sectors, region.has_enterprises) == (True, True)


def test_the_questions_that_name_a_place_are_on_its_list(atlas: Atlas) -> None:
    assert ids(gaps(atlas, "jiulongpo").questions) == ["transformer-move"]


def about(atlas: Atlas, place: str, indicator: str) -> Disagreement:
    found = {(one.place.id, one.indicator.id): one for one in disagreements(atlas)}
    return found[place, indicator]


def test_every_value_that_was_set_aside_stands_beside_one_shown_first_with_a_reason(
    atlas: Atlas, tiny: Folder
) -> None:
    found = disagreements(atlas)
    aside = [row.id for one in found for row in one.others]
    assert sorted(aside) == sorted(row.id for row in atlas.figures if not row.preferred)
    assert all(one.first and one.reasons for one in found)
    yubei = about(atlas, "yubei", "population")
    assert [row.value for row in yubei.first] == [2191493]
    assert [row.value for row in yubei.others] == [2257900, 2289000, 3200000]
    assert disagreements(tiny.load()) == ()


def test_contradictions_for_one_period_come_before_undated_ones_and_other_years(
    atlas: Atlas,
) -> None:
    order = [one.difference for one in disagreements(atlas)]
    assert list(dict.fromkeys(order)) == ["same", "undated", "years"]
    assert about(atlas, "chengdu", "population").difference == "same"
    assert about(atlas, "deyang", "area").difference == "undated"
    assert about(atlas, "sichuan", "equipment-output").difference == "years"
