"""From the map to a profile, from profile to profile, and back, as a reader goes."""

import re

from playwright.sync_api import Page, expect

from atlas.datapackage.loader import current
from atlas.map.scene.placing import ViewPoint
from atlas.pages.place import locator_zoom
from tests.browser.conftest import Visit
from tests.browser.steps import address, click_map, drawn, spot_on


def heading(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_have_text(re.compile(name))
    expect(page.locator("h1")).to_be_in_viewport()


def test_the_card_leads_to_the_profile_and_the_profile_back_to_the_card(read_at: Visit) -> None:
    page = read_at("?lang=en&sector=aerospace&place=ziyang")
    page.get_by_role("link", name="Full profile").click()
    heading(page, "Ziyang")
    expect(page).to_have_url(address("/place?lang=en&sector=aerospace&place=ziyang"))
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("link", name="Show on the map").click()
    expect(page).to_have_url(address("/?lang=en&sector=aerospace&place=ziyang"))
    expect(page.locator("#card h2").first).to_contain_text("Ziyang")


def test_next_and_previous_lead_from_profile_to_profile(read_at: Visit) -> None:
    page = read_at("place?lang=en&place=deyang")
    page.get_by_role("link", name="Next: Meishan").click()
    heading(page, "Meishan")
    expect(page).to_have_url(address("/place?lang=en&place=meishan"))
    page.get_by_role("link", name="Previous: Deyang").focus()
    page.keyboard.press("Enter")
    heading(page, "Deyang")
    page.go_back()
    heading(page, "Meishan")


def test_a_name_far_down_opens_its_profile_at_the_top(read_at: Visit) -> None:
    page = read_at("place?lang=en&place=deyang")
    page.locator("#q-near ~ ul").get_by_role("link", name="Yubei").first.click()
    heading(page, "Yubei")
    expect(page.locator("#profile-yubei")).to_be_focused()


def test_a_link_to_a_folded_part_opens_it(read_at: Visit) -> None:
    page = read_at("place?lang=en&place=deyang#q-gaps")
    expect(page.locator("#q-gaps")).to_be_in_viewport()
    expect(page.locator("#fold-q-gaps")).to_have_attribute("open", "")


def test_a_place_on_the_locator_opens_its_profile(go_to: Visit) -> None:
    page = go_to("place?lang=en&place=deyang")
    drawn(page)
    here, there = current().place["deyang"], current().place["chengdu"]
    centre = ViewPoint(here.latitude or 0, here.longitude or 0, locator_zoom(current(), here))
    click_map(page, *spot_on(page, centre, there.longitude or 0, there.latitude or 0))
    heading(page, "Chengdu")
    expect(page).to_have_url(address("/place?lang=en&place=chengdu"))
