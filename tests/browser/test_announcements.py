"""What a screen reader is told: the sentence of a view, once, when the view has changed.

A live region is announced when its text changes while it stands on the page; one that comes
together with its text is passed over by most screen readers. So it must be the same element.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.browser.test_journeys import address, taken_in

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

LISTEN = """() => {
  const region = document.querySelector(".announcer")
  window.announced = []
  const hear = () => announced.push(region.isConnected && region.textContent)
  new MutationObserver(hear).observe(region, { childList: true, characterData: true })
}"""


def listening(page: Page) -> Page:
    taken_in(page)  # Before that, another page is loaded as a link is.
    expect(page.locator(".announcer[role=status]")).to_have_text("")
    page.evaluate(LISTEN)
    return page


def heard(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)
    found: list[str] = page.evaluate("announced")
    return found


def test_a_changed_view_is_announced_once_in_a_sentence(reader: Readers) -> None:
    page = listening(reader().open("?lang=id"))
    page.locator("#chip-sector-rail-transit").click()
    expect(page).to_have_url(address("?lang=id&sector=rail-transit"))
    said = heard(page)
    assert said == [page.locator(".sentence").inner_text()]
    page.locator("#card a", has_text="Deyang").first.click()
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    assert heard(page) == said  # The focus is on the card, which is read.


def test_what_a_page_says_of_a_filter_is_announced_with_it(reader: Readers) -> None:
    page = listening(reader().open("timeline?lang=en"))
    places = page.get_by_role("navigation", name="Events of a place")
    places.get_by_role("link", name="Deyang 5").click()
    expect(page).to_have_url(address("/timeline?lang=en&place=deyang"))
    assert heard(page) == ["5 events of 33 concern Deyang."]


def test_a_page_just_opened_announces_nothing_but_its_title(reader: Readers) -> None:
    page = listening(reader().open("?lang=en&sector=aerospace"))
    page.locator("nav.pages a", has_text="Evidence").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evidence")
    expect(page.get_by_text("499 claims").first).to_be_visible()
    assert heard(page) == []
