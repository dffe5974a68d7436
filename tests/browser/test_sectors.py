"""What a reader does on the sectors page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_journeys import Readers, address, click_map, drawn

pytestmark = pytest.mark.browser


def test_from_the_index_to_a_sector_and_back_to_the_map_on_it(go_to: Visit) -> None:
    page = go_to("sectors?lang=en")
    page.locator("table.crossing").get_by_role("link", name="Rail transit").click()
    expect(page).to_have_url(address("/sectors?lang=en&sector=rail-transit"))
    expect(page.locator("h1")).to_have_text("Rail transit")
    expect(page.locator(".pairs tr.nearest").first).to_contain_text("Ziyang")
    page.locator("nav.pages").get_by_role("link", name="Map", exact=True).click()
    expect(page).to_have_url(address("/?lang=en&sector=rail-transit"))
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")


def test_a_grid_cell_opens_its_evidence_on_the_page(go_to: Visit) -> None:
    page = go_to("sectors?lang=en")
    page.get_by_role("link", name="Meishan · Rail transit: High").click()
    expect(page).to_have_url(re.compile("/sectors.*sector=rail-transit"))
    expect(page.locator("#evidence-rail-transit-meishan")).to_be_focused()


def test_a_click_on_a_mark_draws_its_arcs_strong(reader: Readers) -> None:
    page = reader().open("sectors?lang=en&sector=rail-transit")
    drawn(page)
    page.locator(".map").scroll_into_view_if_needed()
    click_map(page, 104.64811, 30.12108)
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&place=ziyang"))
    expect(page.get_by_text("Only the arcs of Ziyang are drawn strong.")).to_be_visible()
    page.get_by_role("link", name="Draw all again").click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit"))


def test_two_places_are_chosen_by_keyboard_and_the_link_holds_them(go_to: Visit) -> None:
    page = go_to("sectors?lang=en")
    choices = page.get_by_role("navigation", name="Choose two places")
    for place in ("Deyang", "Jiangbei"):
        choices.get_by_role("link", name=place, exact=True).focus()
        page.keyboard.press("Enter")
        expect(choices.get_by_role("link", name=place, exact=True)).to_have_attribute(
            "aria-current", "true"
        )
    expect(page).to_have_url(address("?lang=en&compare=deyang,jiangbei"))
    page.reload()
    expect(page.get_by_text("Both Deyang and Jiangbei")).to_be_visible()
