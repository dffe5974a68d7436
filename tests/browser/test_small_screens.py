"""Telephones, tablets, a page at 200 % and at 400 %, and on paper."""

import io
from itertools import product

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Visit
from tests.browser.steps import drawn, unfold
from tests.browser.test_accessibility import VIEWS
from tests.conftest import at_night

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
  return [main, document.documentElement].some((node) => node.scrollWidth > node.clientWidth)
}"""

# Text that its box cuts off, but for the axis of the timeline, whose ellipses lead to the whole,
# and names for screen readers alone.
CUT = """() => [...document.querySelectorAll(".atlas *")]
  .filter((node) => {
    const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(node)
    const wide = overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1
    const high = overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1
    const meant = textOverflow === "ellipsis" || node.classList.contains("axis")
    const isText = clipPath === "none" && !node.closest(".map")
    return (wide || high) && !meant && isText && node.checkVisibility()
  })
  .map((node) => node.textContent.trim().slice(0, 60))"""

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
  lines.sort(([, upper], [, lower]) => upper.top - lower.top)
  const pairs = []
  lines.forEach(([words, upper], at) => {
    for (const [others, lower] of lines.slice(at + 1)) {
      if (lower.top >= upper.bottom - 6) break
      if (Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left) > 3)
        pairs.push(words + " / " + others)
    }
  })
  return pairs
}"""


def fitted(page: Page) -> None:
    """Give Streamlit's table and the map time to follow the window."""
    for _ in range(100):
        if not page.evaluate(SIDEWAYS):
            return
        page.wait_for_timeout(100)


# Indonesian has the longest words.
@pytest.mark.parametrize("lang", at_night(LANGUAGES, ["id"]))
def test_on_no_screen_does_a_page_scroll_sideways_or_hide_a_part_of_its_text(
    go_to: Visit, lang: str
) -> None:
    faults = {}
    # By day, all pages on the narrowest screen and the first two on a tablet.
    by_day = [*product(VIEWS, ["narrowest"]), *product(VIEWS[:2], ["tablet"])]
    for view, screen in at_night(product(VIEWS, SCREENS), by_day):
        page = go_to(view % lang, *SCREENS[screen])
        unfold(page)
        fitted(page)
        seen = [page.evaluate(script) for script in (SIDEWAYS, CUT, OVERLAPPING)]
        if any(seen):
            faults[view, screen] = seen
    assert faults == {}


def test_the_printed_page_holds_all_of_it_and_no_controls_of_the_frame(go_to: Visit) -> None:
    page = go_to("?lang=en")
    drawn(page)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert 2 <= len(sheets) <= 8
    texts = [sheet.extract_text() for sheet in sheets]
    assert all(text.strip() for text in texts)
    for part in ("Chengyu Cluster Atlas", "Deyang", "OpenStreetMap"):
        assert part in "".join(texts)
