"""A way within the page is scrolled smoothly, but not for a reader who asked for less motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader, visit
from tests.browser.test_accessibility import VIEWS, settled
from tests.conftest import at_night

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

LISTEN = """() => {
  window.scrolled = []
  const scroll = Element.prototype.scrollIntoView
  Element.prototype.scrollIntoView = function (how) {
    scrolled.push(how.behavior)
    scroll.call(this, how)
  }
}"""
MOVING = """() => [...document.querySelectorAll(".atlas, .atlas *")].filter((one) => {
  const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one)
  return animationName !== "none" || /[1-9]/.test(transitionDuration) || scrollBehavior === "smooth"
}).map((one) => one.outerHTML.slice(0, 80))"""


def test_a_reader_who_asks_for_less_motion_sees_none(reader: Readers) -> None:
    page = reader().open("timeline?lang=en")
    settled(page)
    page.evaluate(LISTEN)
    moments = page.locator(".axis .moments a")
    moments.last.click()
    expect(page.locator(".events li").last).to_be_in_viewport()
    page.emulate_media(reduced_motion="reduce")
    moments.first.click()
    expect(page.locator(".events li").first).to_be_in_viewport()
    assert page.evaluate("scrolled") == ["smooth", "instant"]
    for view in at_night(VIEWS, VIEWS[:3]):
        visit(page, view % "en")
        settled(page)
        assert page.evaluate(MOVING) == []
