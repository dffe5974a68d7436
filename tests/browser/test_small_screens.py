"""Telephones, tablets, a page at 200 % and at 400 %, and on paper."""

import io
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Reader, visit
from tests.browser.test_accessibility import UNFOLD, VIEWS_IN, settled
from tests.browser.test_journeys import drawn
from tests.conftest import at_night
from tests.hosting.servers import Replica

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

# CSS pixels: 1280 x 900 at 200 %, telephones, a tablet, and 1280 px at 400 % (WCAG 1.4.4, 1.4.10).
SCREENS = {
    "zoomed": (640, 450),
    "phone": (390, 844),
    "small phone": (360, 640),
    "tablet": (820, 1180),
    "narrowest": (320, 640),
}

# A table too wide for the screen scrolls in a frame of its own.
SIDEWAYS = """() => {
  const main = document.querySelector("[data-testid=stMain]")
  return [main, document.documentElement].some((one) => one.scrollWidth > one.clientWidth)
}"""

# Text that its box cuts off, but for the axis of the timeline, whose ellipses lead to the whole,
# and names for screen readers alone.
CUT = """() => [...document.querySelectorAll(".atlas *")]
  .filter((one) => {
    const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(one)
    const wide = overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1
    const high = overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1
    const meant = textOverflow === "ellipsis" || one.classList.contains("axis")
    const isText = clipPath === "none" && !one.closest(".map")
    return (wide || high) && !meant && isText && one.checkVisibility()
  })
  .map((one) => one.textContent.trim().slice(0, 60))"""

# Lines of text that lie upon one another by more than their leading, each pair by its words.
OVERLAPPING = """() => {
  const lines = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    const parent = text.parentElement
    if (!text.data.trim() || !parent.checkVisibility()) continue
    if (!parent.closest("[data-testid=stMain] .atlas")) continue // Not of the drawer.
    // Scrolled, or cut as meant.
    if (parent.closest(".map, .box, .scroll, .axis, .chips, .pages")) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const box of range.getClientRects()) lines.push([text.data.trim().slice(0, 30), box])
  }
  lines.sort(([, one], [, other]) => one.top - other.top)
  const found = []
  lines.forEach(([said, one], at) => {
    for (const [other, box] of lines.slice(at + 1)) {
      if (box.top >= one.bottom - 6) break
      if (Math.min(one.right, box.right) - Math.max(one.left, box.left) > 3)
        found.push(said + " / " + other)
    }
  })
  return found
}"""


@pytest.fixture(scope="module")
def tourist(browser: Browser, server: Replica) -> Iterator[Page]:
    """A page of a reader who changes from screen to screen."""
    context = browser.new_context(has_touch=True, reduced_motion="reduce")
    page = Reader(context, server.url).open()
    settled(page)
    yield page
    context.close()


def fitted(page: Page) -> None:
    """Give Streamlit's table time to follow the window."""
    for _ in range(20):
        if not page.evaluate(SIDEWAYS):
            return
        page.wait_for_timeout(100)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_no_screen_does_a_page_scroll_sideways_or_hide_a_part_of_its_text(
    tourist: Page, lang: str
) -> None:
    found = {}
    for view in VIEWS_IN[lang]:
        visit(tourist, view % lang)
        settled(tourist)
        tourist.evaluate(UNFOLD)
        for name in at_night(SCREENS, ["tablet", "phone", "narrowest"]):
            width, height = SCREENS[name]
            tourist.set_viewport_size({"width": width, "height": height})
            fitted(tourist)
            faults = [tourist.evaluate(one) for one in (SIDEWAYS, CUT, OVERLAPPING)]
            if any(faults):
                found[view, name] = faults
    assert found == {}


Fingers = list[tuple[float, float]]


def drag(page: Page, *moments: Fingers) -> None:
    """Put fingers on the page, move them from moment to moment, and take them away."""
    devices = page.context.new_cdp_session(page)
    for kind, fingers in (
        ("touchStart", moments[0]),
        *(("touchMove", moment) for moment in moments[1:]),
        ("touchEnd", []),
    ):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
        devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(20)
    page.wait_for_timeout(1_000)


@pytest.mark.parametrize("name", at_night(["phone", "small phone", "tablet"], ["phone"]))
def test_a_finger_on_the_map_scrolls_the_page_and_two_fingers_zoom(
    reader: Readers, name: str
) -> None:
    visitor = reader(phone=True)
    width, height = SCREENS[name]
    visitor.page.set_viewport_size({"width": width, "height": height})
    page = visitor.open("?lang=en")
    drawn(page)
    chart, main = page.locator(".map"), page.get_by_test_id("stMain")
    chart.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = chart.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    before = chart.screenshot()
    drag(page, *([(x - reach, y), (x + reach, y)] for reach in range(20, 110, 5)))
    assert chart.screenshot() != before

    top = main.evaluate("(one) => one.scrollTop")
    drag(page, *([(x, y - way)] for way in range(0, 200, 15)))
    assert main.evaluate("(one) => one.scrollTop") > top + 100


def test_the_printed_page_holds_all_of_it_and_no_controls_of_the_frame(reader: Readers) -> None:
    page = reader().open("?lang=en")
    drawn(page)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert 2 <= len(sheets) <= 8
    texts = [sheet.extract_text() for sheet in sheets]
    assert all(text.strip() for text in texts)
    for part in ("Chengyu Cluster Atlas", "Deyang", "OpenStreetMap"):
        assert part in "".join(texts)
