"""What a screen reader is told: the sentence of a view, once, when the view has changed.

A live region is announced when its text changes while it stands on the page; one that comes
together with its text is passed over by most screen readers. So it must be the same element.
"""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import address

LISTEN = """() => {
  const region = document.querySelector(".announcer")
  window.announced = []
  const hear = () => announced.push(region.isConnected && region.textContent)
  window.listener?.disconnect()
  window.listener = new MutationObserver(hear)
  listener.observe(region, { childList: true, characterData: true })
}"""


def announced(page: Page) -> list[str]:
    """Return what was announced since the last time, when no more can come."""
    page.wait_for_timeout(700)
    texts: list[str] = page.evaluate("announced.splice(0)")
    return [text for text in texts if text != ""]  # To be emptied says nothing.


def test_a_changed_view_is_announced_once_in_a_sentence_and_a_page_not_at_all(
    read_at: Visit,
) -> None:
    page = read_at("?lang=id")
    page.evaluate(LISTEN)
    page.locator("#chip-sector-rail-transit").click()
    expect(page).to_have_url(address("?lang=id&sector=rail-transit"))
    assert announced(page) == [page.locator(".sentence").inner_text()]
    page.locator("#card a", has_text="Deyang").first.click()
    expect(page.locator("#card h2").first).to_contain_text("Deyang")
    assert announced(page) == [], "The focus is on the card, which is read."
    page.locator("nav.pages a").nth(3).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Linimasa")
    assert announced(page) == [], "Its title is read."


def test_what_a_page_says_of_a_filter_is_announced_with_it(read_at: Visit) -> None:
    page = read_at("timeline?lang=en")
    page.evaluate(LISTEN)
    places = page.get_by_role("navigation", name="Events of a place")
    places.get_by_role("link", name="Deyang 5").click()
    expect(page).to_have_url(address("/timeline?lang=en&place=deyang"))
    assert announced(page) == ["5 events of 33 concern Deyang."]
