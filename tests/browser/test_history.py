"""One move is one entry of the history, and going back ends exactly on the view that was left."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM, FLAGS, QUICKER, Readers, Visit, visit
from tests.browser.steps import address, taken_in
from tests.hosting.servers import Replica

EVERYTHING = "14 of 14 places: 8 cities and districts and 6 parks"


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def to_page(page: Page, name: str) -> None:
    page.locator("nav.pages a", has_text=re.compile(f"^{name}$")).click()
    expect(page.locator("nav.pages a[aria-current]")).to_have_text(name)


def test_each_move_is_one_entry_also_between_pages_and_so_is_typing(reader: Readers) -> None:
    page = reader(webgl=False).open("evidence?lang=en&sector=aerospace")
    taken_in(page)
    before = entries(page)
    page.locator("#chip-sector-rail-transit").click()
    expect(page.locator("#chip-sector-rail-transit")).to_have_attribute("aria-current", "true")
    to_page(page, "Sectors")
    expect(page.locator("h1")).to_contain_text("Aerospace")
    assert entries(page) == before + 2
    page.go_back()
    expect(page).to_have_url(address("/evidence?lang=en&sector=aerospace,rail-transit"))
    expect(page.locator("h1")).to_have_text("Evidence")
    page.go_back()
    expect(page).to_have_url(address("/evidence?lang=en&sector=aerospace"))
    expect(page.locator("#chip-sector-rail-transit[aria-current]")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#chip-sector-rail-transit")).to_have_attribute("aria-current", "true")
    visit(page, "?lang=en")
    before = entries(page)
    page.locator("#search").press_sequentially("deyang", delay=120)
    expect(page.locator(".sentence")).to_contain_text("“deyang”")
    assert entries(page) == before + 1
    page.go_back()
    expect(page.locator(".sentence")).to_have_text(EVERYTHING)
    expect(page.locator("#search")).to_have_value("")


def test_from_claims_to_a_profile_and_back_to_the_claims(read_at: Visit) -> None:
    page = read_at("evidence?lang=en&sector=monorail")
    claims = page.locator("#claims ~ .sentence, .sentence").first.inner_text()
    page.locator(".ledger a[href^=place]").first.click()
    expect(page.locator("h1")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(address("/evidence?lang=en&sector=monorail"))
    expect(page.locator(".sentence").first).to_have_text(claims)


def test_going_back_ends_where_the_reader_was(go_to: Visit) -> None:
    page = go_to("?lang=en")
    main = page.get_by_test_id("stMain")
    main.evaluate("(main) => main.scrollTo(0, 500)")
    page.locator("#chip-sector-aerospace").evaluate("(chip) => chip.click()")
    expect(page.locator(".sentence")).to_contain_text("aerospace")
    main.evaluate("(main) => main.scrollTo(0, 0)")
    page.go_back()
    expect(page.locator(".sentence")).not_to_contain_text("aerospace")
    expect(main).to_have_js_property("scrollTop", 500)


def test_what_streamlit_draws_follows_the_view(read_at: Visit) -> None:
    page = read_at("evidence?lang=en&form=table")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    page.locator("#chip-sector-monorail").evaluate("(chip) => chip.click()")
    expect(page.locator(".sentence").first).to_contain_text("of 499 claims")
    page.get_by_role("link", name="Close the table").click()
    expect(table).to_have_count(0)
    page.go_back()
    expect(table).to_be_visible()


def test_a_tab_and_its_duplicate_keep_their_own_views(go_to: Visit, reader: Readers) -> None:
    page = go_to("?lang=en&sector=rail-transit")
    duplicate = reader(webgl=False).open("?lang=en&sector=rail-transit")
    duplicate.locator("#chip-sector-aerospace").click()
    expect(duplicate.locator(".sentence")).to_contain_text("aerospace or rail transit")
    page.locator("#chip-sector-rail-transit").click()
    expect(page.locator(".sentence")).to_have_text(EVERYTHING)
    expect(duplicate).to_have_url(address("?lang=en&sector=aerospace,rail-transit"))


@pytest.mark.night  # By day, going back within the site is enough.
def test_a_page_that_the_browser_keeps_goes_on(browser: Browser, server: Replica) -> None:
    """Back from another site it shows the page as it was left, without loading it, if it can."""
    launched = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*FLAGS, QUICKER],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = launched.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{server.url}/?lang=en&sector=rail-transit")
    taken_in(page)
    page.goto(f"{server.url.replace('127.0.0.1', 'localhost')}/health")
    page.evaluate("history.back()")
    expect(page.locator(".sentence")).to_contain_text("working in rail transit")
    page.locator("#chip-sector-aerospace").click()
    expect(page.locator(".sentence")).to_contain_text("aerospace or rail transit")
    expect(page).to_have_url(address("?lang=en&sector=aerospace,rail-transit"))
    to_page(page, "Timeline")
    expect(page.locator("h1")).to_have_text("Timeline")
    launched.close()
