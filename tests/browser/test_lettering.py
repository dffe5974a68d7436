"""How large text is, and in which fonts: five sizes, none that is hard to read."""

import pytest

from atlas.model.pages import PAGES
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

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
FONTS = """() => Object.fromEntries([...document.querySelectorAll(".atlas, .atlas [lang]")]
  .map((element) => [element.lang || document.documentElement.lang, getComputedStyle(element)])
  .map(([language, { fontFamily }]) => [language, fontFamily]))"""


@pytest.mark.parametrize("page", PAGES)
def test_five_sizes_of_text_and_none_below_thirteen_pixels(go_to: Visit, page: str) -> None:
    shown = go_to(f"{page}?lang=en&sector=rail-transit&place=deyang&compare=deyang,ziyang")
    sizes: dict[str, str] = {}
    for width in (1280, 390):
        shown.set_viewport_size({"width": width, "height": 900})
        sizes |= shown.evaluate(SIZES)
    assert min(map(float, sizes)) >= SMALLEST, sizes
    assert len(sizes) <= MOST_SIZES, sizes


def test_chinese_is_set_in_fonts_for_chinese(go_to: Visit) -> None:
    fonts = go_to("evidence?lang=zh").evaluate(FONTS)
    chinese = [fonts[language] for language in fonts if language.startswith("zh")]
    assert chinese
    assert all("PingFang SC" in font and "Noto Sans SC" in font for font in chinese)
