"""What a reader with a browser notices when the replica that serves her dies."""

import logging
import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hosting.conftest import Site

pytestmark = pytest.mark.browser

LOG = logging.getLogger(__name__)
AWAY = 60_000  # milliseconds until she counts as lost


def chosen(page: Page, sector: str) -> None:
    chip = page.locator(f"#chip-sector-{sector}")
    expect(chip).to_have_attribute("aria-current", "true", timeout=AWAY)


def test_her_view_stays_and_her_next_click_counts(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site.url}/?lang=en")
    page.wait_for_selector("#atlas-first", state="detached")
    page.locator("#chip-sector-rail-transit").click()
    chosen(page, "rail-transit")
    said = page.locator(".sentence").inner_text()
    serving = site.busiest()
    assert serving.sessions() == 1
    serving.kill()
    try:
        page.locator("#chip-sector-aerospace").click()
        chosen(page, "aerospace")
        chosen(page, "rail-transit")
        expect(page).to_have_url(re.compile("sector=aerospace,rail-transit$"))
        start = time.monotonic()
        others = [one for one in site.replicas if one is not serving]
        while not any(one.sessions() for one in others):
            assert time.monotonic() - start < AWAY / 1000
            page.wait_for_timeout(50)
        LOG.info("a browser was connected again after %.2f s", time.monotonic() - start)
        page.locator("#chip-sector-aerospace").click()
        expect(page.locator(".sentence")).to_have_text(said)
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
