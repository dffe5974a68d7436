"""What a reader does on the timeline page, in a real browser."""

import pytest
from playwright.sync_api import expect

from atlas.datapackage.loader import current
from tests.browser.conftest import Visit
from tests.browser.test_journeys import Readers

pytestmark = pytest.mark.browser

EVENTS = len(current().events)


def test_from_the_axis_to_the_entry_with_its_sources(go_to: Visit) -> None:
    page = go_to("timeline?lang=en")
    page.locator(".moments a", has_text="The second eight-party event").click()
    entry = page.locator("#event-2024-11-07-second-eight-party-event")
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("Guangming Online Chongqing")


def test_the_axis_fits_on_the_first_screens_and_its_dots_follow_the_years(go_to: Visit) -> None:
    page = go_to("timeline?lang=en")
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


def test_a_telephone_shows_targets_and_the_list_alone(reader: Readers) -> None:
    page = reader(phone=True).open("timeline?lang=en")
    expect(page.locator("#targets")).to_be_in_viewport()
    expect(page.locator(".axis")).not_to_be_visible()
    expect(page.locator("ol.events > li")).to_have_count(EVENTS)
