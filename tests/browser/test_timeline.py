"""What a reader does on the timeline page, in a real browser."""

import pytest
from playwright.sync_api import expect

from atlas.datapackage.loader import current
from tests.browser.test_journeys import Readers, address

pytestmark = pytest.mark.browser

EVENTS = len(current().events)


def test_from_the_axis_to_the_entry_with_its_sources(reader: Readers) -> None:
    page = reader().open("timeline?lang=en")
    page.locator(".moments a", has_text="The second eight-party event").click()
    entry = page.locator("#event-2024-11-07-second-eight-party-event")
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("Guangming Online Chongqing")


def test_a_place_is_chosen_and_dropped(reader: Readers) -> None:
    page = reader().open("timeline?lang=en")
    expect(page.locator("ol.events > li")).to_have_count(EVENTS)
    page.get_by_role("navigation", name="Events of a place").get_by_role(
        "link", name="Deyang 5"
    ).click()
    expect(page).to_have_url(address("/timeline?lang=en&place=deyang"))
    expect(page.locator("ol.events > li")).to_have_count(5)
    expect(page.get_by_text(f"5 events of {EVENTS} concern Deyang.").first).to_be_visible()
    page.get_by_role("link", name="Show all events").click()
    expect(page).to_have_url(address("/timeline?lang=en"))
    expect(page.locator("ol.events > li")).to_have_count(EVENTS)


def test_the_axis_fits_on_the_first_screens_and_its_dots_follow_the_years(reader: Readers) -> None:
    page = reader().open("timeline?lang=en")
    axis = page.locator(".axis").bounding_box()
    assert axis is not None
    # As high as links must be (24 px, WCAG 2.5.8), and the line of years.
    assert axis["height"] <= 24 * page.locator(".axis .moments li").count() + 30
    year = page.locator(".axis .years li", has_text="2024").bounding_box()
    dot = page.locator(".moments li", has_text="Work starts in Jiangjin").locator(".dot")
    spot = dot.bounding_box()
    assert year is not None
    assert spot is not None
    assert year["x"] < spot["x"] < year["x"] + year["width"]


@pytest.mark.parametrize("lang", ["en", "zh", "id"])
def test_a_telephone_shows_targets_and_the_list_without_scrolling_sideways(
    reader: Readers, lang: str
) -> None:
    page = reader(phone=True).open(f"timeline?lang={lang}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.atlas > *')].map(one => one.scrollWidth))"
    )
    assert widest <= 390
    expect(page.locator(".axis")).not_to_be_visible()
    expect(page.locator("#targets")).to_be_in_viewport()
    expect(page.locator("ol.events > li")).to_have_count(EVENTS)


def test_nothing_is_asked_of_another_host(reader: Readers) -> None:
    visitor = reader()
    visitor.open("timeline?lang=id").wait_for_load_state("networkidle")
    assert visitor.strayed == []
    assert visitor.errors == []
