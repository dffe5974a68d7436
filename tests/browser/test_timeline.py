"""What a reader does on the timeline page, in a real browser."""

from playwright.sync_api import expect

from atlas.datapackage.loader import current
from tests.browser.conftest import Visit
from tests.browser.steps import box_of
from tests.browser.test_accessibility import VIEWS
from tests.conftest import at_night

LISTEN = """() => {
  window.scrolled = []
  const scroll = Element.prototype.scrollIntoView
  Element.prototype.scrollIntoView = function (how) {
    scrolled.push(how.behavior)
    scroll.call(this, how)
  }
}"""
MOVING = """() => [...document.querySelectorAll(".atlas, .atlas *")].filter((node) => {
  const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(node)
  return animationName !== "none" || /[1-9]/.test(transitionDuration) || scrollBehavior === "smooth"
}).map((node) => node.outerHTML.slice(0, 80))"""


def test_from_the_axis_to_its_entry_smoothly_but_for_who_wants_less_motion(read_at: Visit) -> None:
    page = read_at("timeline?lang=en")
    page.evaluate(LISTEN)
    page.locator(".moments a", has_text="The second eight-party event").click()
    entry = page.locator("#event-2024-11-07-second-eight-party-event")
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("Guangming Online Chongqing")
    page.emulate_media(reduced_motion="reduce")
    page.locator(".moments a").first.click()
    expect(page.locator(".events li").first).to_be_in_viewport()
    assert page.evaluate("scrolled") == ["smooth", "instant"]
    for view in at_night(VIEWS, VIEWS[:1]):
        assert read_at(view % "en").evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")


def test_the_axis_fits_on_the_first_screens_and_its_dots_follow_the_years(read_at: Visit) -> None:
    page = read_at("timeline?lang=en")
    axis = box_of(page.locator(".axis"))
    # As high as links must be (24 px, WCAG 2.5.8), and the line of years.
    assert axis["height"] <= 24 * page.locator(".axis .moments li").count() + 30
    year = box_of(page.locator(".axis .years li", has_text="2024"))
    moment = page.locator(".moments li", has_text="Work starts in Jiangjin")
    assert year["x"] < box_of(moment.locator(".dot"))["x"] < year["x"] + year["width"]


def test_a_telephone_shows_targets_and_the_list_alone(read_at: Visit) -> None:
    page = read_at("timeline?lang=en")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#targets")).to_be_in_viewport()
    expect(page.locator(".axis")).not_to_be_visible()
    expect(page.locator("ol.events > li")).to_have_count(len(current().events))
