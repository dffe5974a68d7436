"""The timeline page, in every language."""

import re

import pytest

from atlas.datapackage import loader
from atlas.model.languages import LANGUAGES, Language
from atlas.model.text import text
from tests.conftest import combined
from tests.pages.opened import opened


def page_text(**query: str) -> str:
    return opened("timeline", **query).text


def listed(page: str) -> list[str]:
    return re.findall(r'<li id="event-([^"]+)"', page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_is_drawn_and_listed_with_date_and_sources(lang: Language) -> None:
    atlas = loader.current()
    page = page_text(lang=lang)
    drawn, _, rest = page.partition('class="moments"')[2].partition("</ol>")
    assert listed(page) == [
        event.id for event in sorted(atlas.events, key=lambda event: event.date)
    ]
    for event in atlas.events:
        assert f"#event-{event.id}" in drawn
        entry = rest.partition(f'<li id="event-{event.id}"')[2].partition("</li>")[0]
        for part in (drawn, entry):
            assert event.text[lang] in part
            assert text(lang).date(event.date) in part
        for source in (event.source, *event.also):
            assert atlas.source[source].publisher[lang] in entry
        for place in event.places:
            assert f"&place={place}#" in entry


def test_an_event_lies_at_its_place_in_time() -> None:
    starts = [float(start) for start in re.findall(r"--from: ([\d.]+)%", page_text(lang="en"))]
    assert len(starts) == 33
    assert starts == sorted(starts)
    assert (starts[0], round(starts[-1])) == (0.08, 87)


def test_a_month_is_drawn_as_long_as_it_is() -> None:
    page = page_text(lang="en")
    wide = dict(re.findall(r"--wide: ([\d.]+)%\"><i[^>]*></i><a href=\"[^#]*#event-([^\"]+)", page))
    widths = {event: float(width) for width, event in wide.items()}
    assert len(set(widths.values())) > 1
    for row in re.findall(r"<li class=\"side-.*?</li>", page):
        width = float(re.findall(r"--wide: ([\d.]+)%", row)[0])
        day_known = re.findall(r'datetime="([^"]+)"', row)[0].count("-") == 2
        assert (width < 0.1) is day_known


def test_an_inferred_year_is_marked_on_the_axis_and_in_the_list() -> None:
    page = page_text(lang="en")
    inferred = {event.id for event in loader.current().events if event.date_status == "inferred"}
    assert len(inferred) == 2
    rows = re.findall(r'<li class="([^"]*)"[^>]*>.*?#event-([^"]+)"(.*?)</li>', page)
    assert inferred == {
        event for css, event, text in rows if "inferred" in css and "(year inferred)" in text
    }
    entries = re.findall(r'<li id="event-([^"]+)">(.*?)</li>', page)
    assert {event for event, entry in entries if "year inferred" in entry} == inferred


@pytest.mark.parametrize(
    ("lang", "place"), combined(list(LANGUAGES), ["deyang", "chongqing", "zigong-htz"])
)
def test_a_place_keeps_its_events_and_can_be_dropped(lang: Language, place: str) -> None:
    atlas = loader.current()
    page = page_text(lang=lang, place=place)
    assert set(listed(page)) == {event.id for event in atlas.events if place in event.places}
    assert page.count(f'href="?lang={lang}"') >= 2  # in the choice of places, and in the note


def test_the_choice_of_a_place_says_how_many_events_it_has() -> None:
    page = page_text(lang="en")
    for place in ("deyang", "gaozhu-na", "rongchang-htz"):
        count = sum(place in event.places for event in loader.current().events)
        assert re.search(rf'href="\?lang=en&place={place}">.*?<small>{count}</small>', page)


def test_a_place_without_events_says_so_and_keeps_the_targets() -> None:
    page = page_text(lang="en", place="dadukou")
    assert "No event names" in page
    assert listed(page) == []
    assert "Show all events" in page
    assert 'id="targets"' in page


TARGETS = {
    "en": ["more than 1,000 bn yuan", "1,275.9 bn yuan", "more than 300 bn yuan", "462.6 bn yuan"],
    "zh": ["10,000", "12,759", "3,000", "4,626"],
    "id": ["1.000", "1.275,9", "300", "462,6"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_targets_stand_beside_later_values_with_caveat_and_sources(lang: Language) -> None:
    atlas = loader.current()
    page = page_text(lang=lang).partition('id="targets"')[2].partition("</section>")[0]
    bars = re.findall(r"<b>([^<]*\d[^<]*)</b></td>", page)
    for amount in TARGETS[lang]:
        assert any(amount in bar for bar in bars)
    for target in atlas.targets:
        assert target.name[lang] in page
        assert target.caveat[lang] in page
        assert f"#event-{target.set_by}" in page
        for source in (target.source, *target.also):
            assert atlas.source[source].publisher[lang] in page


def test_a_share_of_a_target_is_said_with_its_date() -> None:
    page = page_text(lang="en")
    assert "The value of December 2023 is 128% of the target." in page
    assert "definitions may differ" in page
    # What became of the targets comes before the events.
    assert page.index('id="targets"') < page.index('id="axis"') < page.index('id="events"')


def test_a_link_from_a_target_leads_to_its_event_also_while_a_place_is_chosen() -> None:
    page = page_text(lang="en", place="deyang")
    assert 'href="?lang=en#event-2022-01-12-implementation-plan"' in page
