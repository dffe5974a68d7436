"""A way within the page is scrolled smoothly, but not for a reader who asked for less motion."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reader
from tests.browser.test_accessibility import VIEWS, settled

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


@pytest.mark.parametrize(("asked", "way"), [("reduce", "instant"), ("no-preference", "smooth")])
def test_a_way_within_the_page_is_smooth_unless_less_motion_is_asked_for(
    reader: Readers, asked: str, way: str
) -> None:
    page = reader().open("timeline?lang=en")
    page.emulate_media(reduced_motion=asked)
    settled(page)
    page.evaluate(LISTEN)
    page.locator(".axis .moments a").last.click()
    expect(page.locator(".events li").last).to_be_in_viewport()
    assert page.evaluate("scrolled") == [way]


def test_nothing_on_a_page_moves_for_a_reader_who_asks_for_less_motion(reader: Readers) -> None:
    visitor = reader()
    visitor.page.emulate_media(reduced_motion="reduce")
    for view in VIEWS:
        page = visitor.open(view % "en")
        settled(page)
        assert page.evaluate(MOVING) == []
