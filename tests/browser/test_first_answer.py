"""The first answer is the page: readable before any script, and the same once all have run."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Reader, Readers
from tests.browser.steps import drawn, taken_in
from tests.conftest import at_night

SHIFTED = """() => {
  window.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
  }).observe({ type: "layout-shift", buffered: true })
}"""
# Where everything stands that is read or clicked.
BOXES = """() => [...document.querySelectorAll(
  ".atlas :is(h1, h2, p, a, li, dt, dd, td, th, summary, input, .map)"
)].filter((node) => node.checkVisibility()).map((node) => {
  const { x, y, width, height } = node.getBoundingClientRect()
  const text = node.textContent.trim().slice(0, 30)
  return [node.localName + " " + text, ...[x, y, width, height].map(Math.round)]
})"""
WIDTHS = (390, 820, 1280)
PAGES = ["evidence?", "place?place=deyang&", "sectors?", "timeline?", "places?"]


def hold_scripts(visitor: Reader) -> Callable[[], None]:
    """Hold Streamlit's scripts back; return what lets them go."""
    waiting: list[Route] = []
    is_held = True
    visitor.page.route(
        "**/static/js/**",
        lambda route: waiting.append(route) if is_held else route.continue_(),
    )

    def let_go() -> None:
        nonlocal is_held
        is_held = False
        while waiting:
            waiting.pop().continue_()

    return let_go


@pytest.mark.parametrize(("width", "dark"), at_night(product(WIDTHS, (False, True)), [(390, True)]))
def test_nothing_moves_or_is_lost_when_streamlit_takes_the_page_in(
    reader: Readers, width: int, dark: bool
) -> None:
    visitor = reader(dark=dark)
    visitor.page.set_viewport_size({"width": width, "height": 900})
    visitor.page.add_init_script(f"({SHIFTED})()")
    let_go = hold_scripts(visitor)
    page = visitor.open("?lang=en")
    drawn(page)
    before = page.evaluate(BOXES)
    assert len(before) > 200
    ground = brightness(page, "#atlas-first")
    assert [colour < 100 for colour in (ground, brightness(page, ".map"))] == [dark, dark]
    # On a telephone it is what the atlas is, elsewhere also what is shown of it.
    words = page.locator(".overview-lead p:visible").nth(0 if width < 640 else 1).inner_text()
    page.evaluate(
        """(words) => getSelection().selectAllChildren([...document.querySelectorAll("p")]
            .find((paragraph) => paragraph.textContent.trim() === words.trim()))""",
        words,
    )
    one_main_and_one_heading(page)
    let_go()
    taken_in(page)
    assert page.evaluate(BOXES) == before
    assert page.evaluate("window.shift") <= 0.02
    assert page.evaluate("getSelection().toString()").strip() == words.strip()
    assert brightness(page, ".stApp") == ground
    one_main_and_one_heading(page)


def one_main_and_one_heading(page: Page) -> None:
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def brightness(page: Page, selector: str) -> int:
    """Return the sum of red, green and blue of a background."""
    colour = page.locator(selector).evaluate("(node) => getComputedStyle(node).backgroundColor")
    return sum(int(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])


@pytest.mark.parametrize(
    ("path", "width"), at_night(product(PAGES, WIDTHS), [(PAGES[0], WIDTHS[-1])])
)
def test_the_other_pages_stand_still_too(reader: Readers, path: str, width: int) -> None:
    visitor = reader()
    visitor.page.set_viewport_size({"width": width, "height": 900})
    let_go = hold_scripts(visitor)
    page = visitor.open(f"{path}lang=zh")
    before = page.evaluate(BOXES)
    let_go()
    taken_in(page)
    assert page.evaluate(BOXES) == before


def test_what_is_there_is_not_fetched_again_nor_what_no_page_needs_at_first(
    reader: Readers,
) -> None:
    visitor = reader()
    urls: list[str] = []
    visitor.page.on("request", lambda request: urls.append(request.url))
    page = visitor.open("?lang=en&sector=aerospace")
    drawn(page)
    taken_in(page)
    page.wait_for_load_state("networkidle")
    assert len(urls) == len(set(urls))
    (panels,) = [url for url in urls if "/panels/" in url]
    assert "/overview.map?" in panels
    needless = ("DeckGl", "MaterialSymbols", "DataFrame", "arrow")
    assert not [url for url in urls if any(name in url for name in needless)]


def test_focus_and_scroll_outlive_the_move(reader: Readers) -> None:
    visitor = reader(webgl=False)
    let_go = hold_scripts(visitor)
    page = visitor.open("?lang=en")
    # Not once the map is drawn: after ten seconds a line says what is missing, and moves the rest.
    page.locator("#atlas-first").evaluate("(first) => first.scrollTo(0, 300)")
    # Without an event: an answer to it would change what stands above.
    page.locator("#search").evaluate(
        "(field) => { field.value = 'dey'; field.focus({ preventScroll: true }) }"
    )
    let_go()
    taken_in(page)
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("dey")
    expect(page.get_by_test_id("stMain")).to_have_js_property("scrollTop", 300)
