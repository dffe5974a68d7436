"""What is measured on the pages: bars as long as their numbers, five sizes of text, fonts."""

import pytest
from playwright.sync_api import expect

from atlas.model.pages import PAGES
from tests.browser.conftest import Visit
from tests.browser.steps import unfold
from tests.conftest import at_night

# By page, the selector of a chart; its rows hold bars, each with its number beside it.
CHARTS = {"": ".bars", "timeline": ".target table", "sectors": ".bars", "evidence": ".tally"}
WIDTHS = (390, 1280, 640, 820, 1920)
# For each chart, the pixels a unit of its longest bar, and how far each bar is off from that.
MEASURED = """(selector) => [...document.querySelectorAll(selector)].map((chart) => {
  const bars = [...chart.querySelectorAll("td.bar")].map((cell) => {
    const number = cell.querySelector("b") ?? cell.parentElement.querySelector(".count")
    const value = Number(number.textContent.replaceAll(",", "").match(/[0-9.]+/)[0])
    return { value, length: cell.querySelector("span").getBoundingClientRect().width }
  })
  const longest = bars.reduce((bar, other) => (other.value > bar.value ? other : bar))
  const scale = longest.length / (longest.value || 1)
  return { longest: longest.length, off: bars.map((bar) => bar.length - scale * bar.value) }
})"""


@pytest.mark.parametrize("page", at_night(CHARTS, ["", "timeline"]))
def test_bars_are_as_long_as_their_numbers(read_at: Visit, page: str) -> None:
    shown = read_at(f"{page}?lang=en")
    unfold(shown)
    for width in at_night(WIDTHS, WIDTHS[:2]):
        shown.set_viewport_size({"width": width, "height": 900})
        expect(shown.locator(CHARTS[page]).first).to_be_visible()
        charts = shown.evaluate(MEASURED, CHARTS[page])
        assert charts
        for chart in charts:
            assert chart["longest"] > 20
            assert max(map(abs, chart["off"])) < 1


# CSS pixels.
SMALLEST, MOST_SIZES = 13, 5
SIZES = """() => {
  const sizes = {}
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { data, parentElement: parent } = texts.currentNode
    if (!data.trim() || !parent.closest(".atlas") || !parent.checkVisibility()) continue
    if (parent.closest("svg, script, style")) continue
    const size = parseFloat(getComputedStyle(parent).fontSize)
    if (size) sizes[size] ??= data.trim().slice(0, 40) // Words that a sign stands for have none.
  }
  return sizes
}"""


@pytest.mark.parametrize("page", at_night(PAGES, ["", "evidence"]))
def test_five_sizes_of_text_and_none_below_thirteen_pixels(read_at: Visit, page: str) -> None:
    shown = read_at(f"{page}?lang=en&sector=rail-transit&place=deyang&compare=deyang,ziyang")
    sizes: dict[str, str] = {}
    for width in (1280, 390):
        shown.set_viewport_size({"width": width, "height": 900})
        sizes |= shown.evaluate(SIZES)
    assert min(map(float, sizes)) >= SMALLEST, sizes
    assert len(sizes) <= MOST_SIZES, sizes


def test_chinese_is_set_in_fonts_for_chinese(read_at: Visit) -> None:
    fonts = read_at("evidence?lang=zh").evaluate(
        "[...document.querySelectorAll('.atlas, .atlas [lang^=zh]')]"
        ".map((node) => getComputedStyle(node).fontFamily)"
    )
    assert all("PingFang SC" in font and "Noto Sans SC" in font for font in fonts)
