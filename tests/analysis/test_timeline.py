"""The axis of time, what lies on it, and the targets against the events that report them."""

import re
from dataclasses import replace

import pytest

from atlas.analysis.timeline import axis, measures, moments, places_with_events, reckonings
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas


def test_the_axis_runs_from_the_first_year_to_the_last(atlas: Atlas) -> None:
    assert axis(atlas).years == tuple(range(2020, 2027))


def test_a_target_still_to_come_lengthens_the_axis(atlas: Atlas) -> None:
    (first, *_) = atlas.targets
    longer = replace(atlas, targets=(replace(first, due="2035"),))
    assert axis(longer).years[-1] == 2035


def test_without_events_the_axis_is_the_year_of_the_data(atlas: Atlas) -> None:
    empty = replace(atlas, events=(), targets=())
    assert axis(empty).years == (2026,)
    assert moments(empty) == ()
    assert measures(empty) == ()


DAYS = 7 * 365 + 2  # 2020 and 2024 are leap years


@pytest.mark.parametrize(
    ("iso", "start", "days"),
    [
        ("2020-01-01", 0, 1),
        ("2020", 0, 366),
        ("2020-02", 31, 29),
        ("2021-01-01", 366, 1),
        ("2026-12-31", DAYS - 1, 1),
        ("2026-12", DAYS - 31, 31),
    ],
)
def test_a_date_covers_the_days_it_may_mean(atlas: Atlas, iso: str, start: int, days: int) -> None:
    found = axis(atlas).stretch(iso)
    assert found.start * DAYS == pytest.approx(start)
    assert (found.end - found.start) * DAYS == pytest.approx(days)


def test_events_stand_in_order_of_time(atlas: Atlas) -> None:
    shuffled = replace(atlas, events=atlas.events[::-1])
    starts = [moment.at.start for moment in moments(shuffled)]
    assert starts == sorted(starts)
    assert {moment.event for moment in moments(shuffled)} == set(atlas.events)


def test_a_month_comes_before_its_later_days_and_after_its_earlier_ones(atlas: Atlas) -> None:
    event = atlas.events[0]
    dated = replace(
        atlas, events=tuple(replace(event, date=one) for one in ("2022-06-02", "2022-06", "2022"))
    )
    assert [moment.event.date for moment in moments(dated)] == ["2022", "2022-06", "2022-06-02"]


def test_a_place_keeps_the_events_that_name_it(atlas: Atlas) -> None:
    counted = places_with_events(atlas)
    for place in atlas.place:
        found = moments(atlas, place)
        assert [one.event for one in found] == [
            one.event for one in moments(atlas) if place in one.event.places
        ]
        assert len(found) == counted.get(place, 0)


@pytest.mark.parametrize(
    ("event", "side"),
    [
        ("2021-06-04-declaration", "both"),
        ("2021-06-11-sichuan-regional-plans", "first"),
        ("2021-07-19-chongqing-manufacturing-plan", "second"),
        ("2025-11-06-liangjiang", "both"),  # through Gaozhu, which lies on the border
    ],
)
def test_the_places_of_an_event_say_which_side_it_concerns(
    atlas: Atlas, event: str, side: str
) -> None:
    assert {one.event.id: one.side for one in moments(atlas)}[event] == side


def test_an_event_without_places_has_no_side(atlas: Atlas) -> None:
    event = replace(atlas.events[0], places=())
    assert moments(replace(atlas, events=(event,)))[0].side is None


def numbers(text: str) -> set[str]:
    return {one.replace(",", "") for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def test_a_target_stands_in_the_event_that_set_it(atlas: Atlas) -> None:
    for one in reckonings(atlas):
        said = numbers(one.set_by.text["en"])
        in_trillions = f"{one.target.target / 1_000:g}"
        assert said & {f"{one.target.target:g}", in_trillions}
        assert one.target.due[:4] in said


def test_a_later_value_stands_in_its_figure_or_in_the_event_that_reports_it(atlas: Atlas) -> None:
    figures = {figure.id: figure for figure in atlas.figures}
    for one in reckonings(atlas):
        if one.target.figure:
            figure = figures[one.target.figure]
            assert (figure.value, figure.unit) == (one.target.value, one.target.unit)
            assert str(figure.year) == one.target.as_of[:4]
        else:
            assert one.reported_by is not None
            assert f"{one.target.value:g}" in numbers(one.reported_by.text["en"])


def test_the_total_for_both_is_the_sum_of_the_two(atlas: Atlas) -> None:
    figures = {figure.id: figure.value or 0 for figure in atlas.figures}
    both = next(one for one in atlas.targets if one.id == "equipment-revenue-2025")
    assert both.value == pytest.approx(
        figures["sichuan-equipment-revenue-2023-1"] + figures["chongqing-equipment-revenue-2023-1"]
    )


def test_a_target_rests_on_the_sources_of_its_events(atlas: Atlas) -> None:
    for one in reckonings(atlas):
        cited = {one.target.source, *one.target.also}
        assert one.set_by.source in cited
        assert not one.reported_by or one.reported_by.source in cited or one.target.figure


def test_every_target_warns_in_every_language_that_definitions_may_differ(atlas: Atlas) -> None:
    for target in atlas.targets:
        assert all(target.caveat[language] for language in LANGUAGES)


def test_the_targets_are_as_the_sources_have_them(atlas: Atlas) -> None:
    found = [(one.target.target, one.target.due, one.target.value) for one in reckonings(atlas)]
    assert found == [
        (1_000, "2025", 1_275.9),
        (300, "2025", 462.6),
        (10, "2020", 20),
        (15, "2022", 20),
        (20, "2025", 35),
    ]
    assert reckonings(atlas)[0].share == pytest.approx(1.2759)


def test_targets_for_one_thing_are_one_measure_with_its_values_in_order_of_time(
    atlas: Atlas,
) -> None:
    both, chongqing, parks = measures(atlas)
    assert [len(one.reckonings) for one in (both, chongqing, parks)] == [1, 1, 3]
    assert [(bar.date, bar.value, bar.is_target) for bar in parks.bars] == [
        ("2020", 10, True),
        ("2021-01-05", 20, False),
        ("2022", 15, True),
        ("2023-10", 35, False),
        ("2025", 20, True),
    ]


def test_the_bars_of_a_measure_have_one_scale(atlas: Atlas) -> None:
    for measure in measures(atlas):
        longest = max(measure.bars, key=lambda bar: bar.value)
        for bar in measure.bars:
            assert bar.length == pytest.approx(bar.value / longest.value)


def test_the_sources_of_a_measure_are_listed_once(atlas: Atlas) -> None:
    parks = measures(atlas)[-1]
    assert parks.sources == ("S15", "S06", "S07", "S11", "S13")
