"""What a reader with a browser notices when the replica that serves her dies."""

import logging
import re
import time

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.hosting.conftest import Site

pytestmark = pytest.mark.browser

LOG = logging.getLogger(__name__)
AWAY = 60_000  # milliseconds until she counts as lost


def sector(page: Page, name: str) -> Locator:
    return page.locator(".stMain").get_by_role("link", name=re.compile(f"^{name} "))


def chosen(page: Page, name: str) -> None:
    expect(sector(page, name)).to_have_attribute("aria-current", "true", timeout=AWAY)


def test_her_view_stays_and_her_next_click_counts(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site.url}/?lang=en")
    page.wait_for_selector(".foot")
    sector(page, "Rail transit").click()
    expect(page).to_have_url(re.compile(r"\?lang=en&sector=rail-transit$"))
    said = page.locator(".sentence").inner_text()
    serving = site.busiest()
    assert serving.sessions() == 1
    serving.kill()
    try:
        start = time.monotonic()
        others = [one for one in site.replicas if one is not serving]
        while not any(one.sessions() for one in others):
            assert time.monotonic() - start < AWAY / 1000
            page.wait_for_timeout(50)
        LOG.info("a browser was connected again after %.2f s", time.monotonic() - start)
        assert page.locator(".sentence").inner_text() == said
        chosen(page, "Rail transit")
        sector(page, "Aerospace").click()
        expect(page).to_have_url(
            re.compile("sector=(rail-transit,aerospace|aerospace,rail-transit)$")
        )
        chosen(page, "Rail transit")
        chosen(page, "Aerospace")
    finally:
        page.close()
        serving.start()


def test_a_cold_link_to_a_page_opens_through_nginx_and_reloads(
    site: Site, browser: Browser
) -> None:
    page = browser.new_page()
    refused: list[str] = []
    # 404 is no refusal: Streamlit's page asks below its own address first, then above.
    held = {429, 502, 503, 504}
    page.on("response", lambda one: refused.append(one.url) if one.status in held else None)
    page.goto(f"{site.url}/place?lang=en&place=deyang")
    expect(page.locator("h1, h2").filter(has_text="Deyang").first).to_be_visible(timeout=AWAY)
    page.reload()
    expect(page.locator("h1, h2").filter(has_text="Deyang").first).to_be_visible(timeout=AWAY)
    page.close()
    assert refused == [], "A normal reader meets no limit."
