"""The axis of time, what lies on it, and the targets against the events that report them."""

import re
from dataclasses import replace

import pytest

from atlas.analysis.timeline import axis, events_in_order, measures, side
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas


def test_the_axis_runs_from_the_first_year_to_the_last_event_or_target(atlas: Atlas) -> None:
    assert axis(atlas).years == tuple(range(2020, 2027))
    (first, *_) = atlas.targets
    assert axis(replace(atlas, targets=(replace(first, due="2035"),))).years[-1] == 2035
    empty = replace(atlas, events=(), targets=())
    assert (axis(empty).years, events_in_order(empty), measures(empty)) == ((2026,), [], ())


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
    stretch = axis(atlas).stretch(iso)
    assert stretch.start * DAYS == pytest.approx(start)
    assert (stretch.end - stretch.start) * DAYS == pytest.approx(days)


def test_events_stand_in_order_of_time(atlas: Atlas) -> None:
    shuffled = replace(atlas, events=atlas.events[::-1])
    starts = [axis(atlas).stretch(event.date).start for event in events_in_order(shuffled)]
    assert starts == sorted(starts)
    assert set(events_in_order(shuffled)) == set(atlas.events)
    dates = ("2022-06-02", "2022-06", "2022")
    alike = tuple(replace(atlas.events[0], date=date, places=()) for date in dates)
    ordered = events_in_order(replace(atlas, events=alike))
    assert [event.date for event in ordered] == ["2022", "2022-06", "2022-06-02"]
    assert {side(atlas, event) for event in ordered} == {None}


@pytest.mark.parametrize(
    ("event", "concerned"),
    [
        ("2021-06-04-declaration", "both"),
        ("2021-06-11-sichuan-regional-plans", "first"),
        ("2021-07-19-chongqing-manufacturing-plan", "second"),
        ("2025-11-06-liangjiang", "both"),  # through Gaozhu, which lies on the border
    ],
)
def test_the_places_of_an_event_say_which_side_it_concerns(
    atlas: Atlas, event: str, concerned: str
) -> None:
    (row,) = (row for row in atlas.events if row.id == event)
    assert side(atlas, row) == concerned


def numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def test_a_target_stands_in_the_event_that_set_it_and_rests_on_its_source(atlas: Atlas) -> None:
    events = {event.id: event for event in atlas.events}
    for target in atlas.targets:
        stated = numbers(events[target.set_by].text["en"])
        assert stated & {f"{target.target:g}", f"{target.target / 1_000:g}"}
        assert target.due[:4] in stated
        cited = {target.source, *target.also}
        assert events[target.set_by].source in cited
        reported = events.get(target.reported_by or "")
        assert not reported or reported.source in cited or target.figure
        assert all(target.caveat[language] for language in LANGUAGES)


def test_a_later_value_stands_in_its_figure_or_in_the_event_that_reports_it(atlas: Atlas) -> None:
    figures = {figure.id: figure for figure in atlas.figures}
    events = {event.id: event for event in atlas.events}
    for target in atlas.targets:
        if target.figure:
            figure = figures[target.figure]
            assert (figure.value, figure.unit) == (target.value, target.unit)
            assert str(figure.year) == target.as_of[:4]
        else:
            reported = events[target.reported_by or ""]
            assert f"{target.value:g}" in numbers(reported.text["en"])


def test_the_total_for_both_is_the_sum_of_the_two(atlas: Atlas) -> None:
    figures = {figure.id: figure.value or 0 for figure in atlas.figures}
    both = next(target for target in atlas.targets if target.id == "equipment-revenue-2025")
    assert both.value == pytest.approx(
        figures["sichuan-equipment-revenue-2023-1"] + figures["chongqing-equipment-revenue-2023-1"]
    )


def test_targets_for_one_thing_are_one_measure_with_its_values_in_order_of_time(
    atlas: Atlas,
) -> None:
    both, chongqing, parks = measures(atlas)
    assert [len(measure.targets) for measure in (both, chongqing, parks)] == [1, 1, 3]
    assert [(bar.date, bar.value, bar.is_target) for bar in parks.bars] == [
        ("2020", 10, True),
        ("2021-01-05", 20, False),
        ("2022", 15, True),
        ("2023-10", 35, False),
        ("2025", 20, True),
    ]
    assert parks.sources == ("S15", "S06", "S07", "S11", "S13")
    for measure in measures(atlas):
        longest = max(bar.value for bar in measure.bars)
        assert [bar.length * longest for bar in measure.bars] == pytest.approx(
            [bar.value for bar in measure.bars]
        )
