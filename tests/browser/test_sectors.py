"""What a reader does on the sectors page, in a real browser."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.steps import address, click_map, drawn, pixel_of


def test_from_the_index_to_a_sector_and_back_to_the_map_on_it(read_at: Visit) -> None:
    page = read_at("sectors?lang=en")
    page.locator("table.crossing").get_by_role("link", name="Rail transit").click()
    expect(page).to_have_url(address("/sectors?lang=en&sector=rail-transit"))
    expect(page.locator("h1")).to_have_text("Rail transit")
    expect(page.locator(".pairs tr.nearest").first).to_contain_text("Ziyang")
    page.locator("nav.pages").get_by_role("link", name="Map", exact=True).click()
    expect(page).to_have_url(address("/?lang=en&sector=rail-transit"))
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")


def test_a_click_on_a_mark_draws_its_arcs_strong(go_to: Visit) -> None:
    page = go_to("sectors?lang=en&sector=rail-transit")
    drawn(page)
    page.locator(".map").scroll_into_view_if_needed()
    click_map(page, *pixel_of(page, 104.64811, 30.12108))
    expect(page).to_have_url(address("?lang=en&sector=rail-transit&place=ziyang"))
    expect(page.get_by_text("Only the arcs of Ziyang are drawn strong.")).to_be_visible()
    page.get_by_role("link", name="Draw all again").click()
    expect(page).to_have_url(address("?lang=en&sector=rail-transit"))
