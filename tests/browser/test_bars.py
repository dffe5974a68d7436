"""Every bar is as long as its number: within a chart, all have the same pixels a unit."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.conftest import at_night

pytestmark = pytest.mark.browser

# By page, the selector of a chart; its rows hold bars, each with its number beside it.
CHARTS = {"": ".bars", "sectors": ".bars", "evidence": ".tally", "timeline": ".target table"}
WIDTHS = (390, 640, 820, 1280, 1920)

# For each chart, the pixels a unit of its longest bar, and how far each bar is off from that.
MEASURED = """(selector) => [...document.querySelectorAll(selector)].map((chart) => {
  const bars = [...chart.querySelectorAll("td.bar")].map((cell) => {
    const number = cell.querySelector("b") ?? cell.parentElement.querySelector(".count")
    const value = Number(number.textContent.replaceAll(",", "").match(/[0-9.]+/)[0])
    return { value, length: cell.querySelector("span").getBoundingClientRect().width }
  })
  const longest = bars.reduce((one, other) => (other.value > one.value ? other : one))
  const scale = longest.length / (longest.value || 1)
  return { longest: longest.length, off: bars.map((one) => one.length - scale * one.value) }
})"""


@pytest.mark.parametrize("page", CHARTS)
def test_bars_are_as_long_as_their_numbers(go_to: Visit, page: str) -> None:
    shown = go_to(f"{page}?lang=en")
    shown.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for width in at_night(WIDTHS, (390, 1280)):
        shown.set_viewport_size({"width": width, "height": 900})
        expect(shown.locator(CHARTS[page]).first).to_be_visible()
        charts = shown.evaluate(MEASURED, CHARTS[page])
        assert charts
        for chart in charts:
            assert chart["longest"] > 20
            assert max(map(abs, chart["off"])) < 1
