"""From the map to a profile, from profile to profile, and back, as a reader goes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from atlas.datapackage.loader import current
from atlas.map.scene.placing import ViewPoint
from tests.browser.conftest import Reader, Visit
from tests.browser.test_journeys import spot_on

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]


def address(query: str) -> re.Pattern[str]:
    """Match an address; a link that was followed before Streamlit was there names its part."""
    return re.compile(re.escape(query) + "(#[a-z-]+)?$")


def heading(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_have_text(re.compile(name))
    expect(page.locator("h1")).to_be_in_viewport()


def test_the_card_leads_to_the_profile_and_the_profile_back_to_the_card(go_to: Visit) -> None:
    page = go_to("?lang=en&sector=aerospace&place=ziyang")
    page.get_by_role("link", name="Full profile").click()
    heading(page, "Ziyang")
    expect(page).to_have_url(address("/place?lang=en&sector=aerospace&place=ziyang"))
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("link", name="Show on the map").click()
    expect(page).to_have_url(address("/?lang=en&sector=aerospace&place=ziyang"))
    expect(page.locator("#card h2").first).to_contain_text("Ziyang")


def test_next_and_previous_lead_from_profile_to_profile(go_to: Visit) -> None:
    page = go_to("place?lang=en&place=deyang")
    page.get_by_role("link", name="Next: Meishan").click()
    heading(page, "Meishan")
    expect(page).to_have_url(address("/place?lang=en&place=meishan"))
    page.get_by_role("link", name="Previous: Deyang").focus()
    page.keyboard.press("Enter")
    heading(page, "Deyang")
    page.go_back()
    heading(page, "Meishan")


def test_a_name_far_down_opens_its_profile_at_the_top(go_to: Visit) -> None:
    page = go_to("place?lang=en&place=deyang")
    page.locator("#q-near ~ ul").get_by_role("link", name="Yubei").first.click()
    heading(page, "Yubei")
    expect(page.locator("#profile-yubei")).to_be_focused()


def test_a_link_to_a_folded_part_opens_it(go_to: Visit) -> None:
    page = go_to("place?lang=en&place=deyang#q-gaps")
    expect(page.locator("#q-gaps")).to_be_in_viewport()
    expect(page.locator("#fold-q-gaps")).to_have_attribute("open", "")


def test_an_open_question_opens_by_keyboard(go_to: Visit) -> None:
    page = go_to("place?lang=en&place=jiulongpo")
    page.locator("#fold-q-gaps > summary").click()
    question = page.locator("#q-gaps details", has_text="transformer plant move")
    expect(question.locator("p")).not_to_be_visible()
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(question.locator("p")).to_contain_text("agreement of 2019")


def test_a_place_on_the_locator_opens_its_profile(go_to: Visit) -> None:
    from atlas.pages.place import locator_zoom

    page = go_to("place?lang=en&place=deyang")
    page.wait_for_selector(".map.live")
    here, there = current().place["deyang"], current().place["chengdu"]
    centre = ViewPoint(here.latitude or 0, here.longitude or 0, locator_zoom(current(), here))
    spot = spot_on(page, centre, there.longitude or 0, there.latitude or 0)
    page.mouse.move(spot[0] + 2, spot[1] + 2)
    page.mouse.move(*spot)
    expect(page.locator(".atlas-tip")).to_be_visible()
    page.mouse.click(*spot)
    heading(page, "Chengdu")
    expect(page).to_have_url(address("/place?lang=en&place=chengdu"))


def test_the_list_of_all_places_leads_to_each(reader: Readers) -> None:
    page = reader().open("place?lang=id")
    expect(page).to_have_url(re.compile(r"/places\?lang=id$"))
    page.locator(".shelf summary").last.click()
    page.locator(".all-places").last.get_by_role("link").first.click()
    heading(page, "Provinsi Sichuan")
